"""That a liaison has left, where it is written but goes into no field: in comments, in remarks, in notes below."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from types import MappingProxyType

from site_builder import privacy
from site_builder.collect.structure.parts import PartKind, Table
from site_builder.collect.values.cells import is_blank, plain
from site_builder.model import meanings
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem, layout, safe_to_show
from site_builder.untrusted_files import Sheet, UntrustedFile, Value, address

_MOST_NAMED = 5
_REASON = re.compile("(?:变动|变更|调整|更换|离任|离职|卸任).{0,2}(?:原因|理由|事由)$")
_Cell = tuple[int, int]
_Comments = dict[tuple[str, str], list[str]]


def problems(
    received: UntrustedFile,
    found: Iterable[Table],
    others: Container[tuple[str, int]] = (),
    ended: Mapping[tuple[str, int], str] = MappingProxyType({}),
) -> Iterator[Problem]:
    """One word for each table of liaisons beside which it is written.

    others: rows that are another county's; ended: whose term the return ends anyway, by row.
    """
    comments: _Comments = defaultdict(list)
    for note in received.notes:
        comments[note.sheet, note.cell].append(note.text)
    sheets = {sheet.name: sheet for sheet in received.sheets}
    for table in found:
        if table.header.form.table.name != "liaisons":
            continue
        texts = _texts(table, sheets[table.name], comments, others)
        quoted = _quoted((cell, text) for cell, line, text in texts if not _is_ended(table, cell, line, text, ended))
        if quoted:
            named = "、".join(quoted[:_MOST_NAMED]) + ("……" if len(quoted) > _MOST_NAMED else "")
            details = {"notes": named}
            yield Problem(code=Code.NOTE_OF_LEAVING, file=received.path.name, sheet=table.name, details=details)


def _is_ended(table: Table, cell: _Cell, line: int, text: str, ended: Mapping[tuple[str, int], str]) -> bool:
    """Whether a text is of somebody whose term ends by the same row: by the name, or as the reason of the change."""
    name = ended.get((table.sheet.name, line), "")
    places = (place for place, head in table.header.ignored.items() if _REASON.search(head))
    is_reason = any(table.origin(line, place) == cell for place in places)
    return bool(name) and (name in text or is_reason)


def _quoted(texts: Iterable[tuple[_Cell, str]]) -> list[str]:
    """The sentences among texts that say that somebody has left, each with its address."""
    quoted = []
    for cell, text in texts:
        said = meanings.of_leaving(text)
        if said:
            shown = layout()["hidden"] if privacy.find(text) else safe_to_show(said)
            quoted.append(layout()["quoted"].format(cell=address(*cell), text=shown))
    return quoted


def _texts(
    table: Table, sheet: Sheet, comments: _Comments, others: Container[tuple[str, int]]
) -> Iterator[tuple[_Cell, int, str]]:
    """What goes into no field, with its cell and line: of rows that do not say the last day, and of the notes."""
    lines = [(area, line) for area in table.areas for line in range(area.first[0], area.last[0] + 1)]
    for area, line in lines:
        is_passed_over = (table.sheet.name, line) in others or _has_last_day(table, line)
        is_row, is_note = area.kind is PartKind.ROWS and not is_passed_over, area.kind is PartKind.NOTE
        for place in range(area.first[1], area.last[1] + 1) if is_row or is_note else ():
            at = table.origin(line, place)
            if is_note or place in table.header.ignored:
                yield at, line, plain(_value(sheet, at))
            if is_row and comments:
                yield from ((at, line, text) for text in comments.get((table.name, address(*at)), ()))


def _has_last_day(table: Table, line: int) -> bool:
    columns = table.header.columns.items()
    place = next((place for place, column in columns if column.field.name == "to_date"), 0)
    return bool(place) and not is_blank(_value(table.sheet, (line, place)))


def _value(sheet: Sheet, cell: _Cell) -> Value:
    line, place = cell
    row = sheet.rows[line - 1] if line <= len(sheet.rows) else []
    return row[place - 1] if place <= len(row) else None
