"""That a liaison has left or another came, where it goes into no field: in comments, in remarks, in notes below."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from site_builder.collect.left_out import comments
from site_builder.collect.structure.parts import PartKind, Table
from site_builder.collect.structure.unseen import REMARKS
from site_builder.collect.values.cells import is_blank, plain
from site_builder.model import meanings
from site_builder.model.persons_in_texts import named_alone
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem
from site_builder.untrusted_files import Sheet, UntrustedFile, Value, address

_MOST_NAMED = 20
_REASON = re.compile("(?:变动|变更|调整|更换|离任|离职|卸任).{0,2}(?:原因|理由|事由)$")
_ONLY_CHANGED = re.compile("已?(?:更换|换人|变更|新任|新人|接任)")


class _Text(NamedTuple):
    """A text that goes into no field. is_remark: on its row, not on the whole; own: what its row reports."""

    cell: tuple[int, int]
    line: int
    text: str
    is_remark: bool
    own: frozenset[str]


def problems(
    received: UntrustedFile,
    found: Iterable[Table],
    others: Container[tuple[str, int]] = (),
    ended: Mapping[tuple[str, int], str] = MappingProxyType({}),
) -> Iterator[Problem]:
    """One word for each table of liaisons beside which it is written.

    others: rows that are another county's; ended: whose term the return ends anyway, by row.
    """
    commented = comments.by_cell(received)
    sheets = {sheet.name: sheet for sheet in received.sheets}
    for table in found:
        if table.header.form.table.name != "liaisons":
            continue
        texts = _texts(table, sheets[table.name], commented, others)
        quoted = _quoted(text for text in texts if not _is_ended(table, text, ended))
        if quoted:
            named = "、".join(quoted[:_MOST_NAMED]) + ("……" if len(quoted) > _MOST_NAMED else "")
            details = {"notes": named}
            yield Problem(code=Code.NOTE_OF_LEAVING, file=received.path.name, sheet=table.name, details=details)


def _is_ended(table: Table, one: _Text, ended: Mapping[tuple[str, int], str]) -> bool:
    """Whether a text is of somebody whose term ends by the same row: by the name, or as the reason of the change."""
    name, text = ended.get((table.sheet.name, one.line), ""), one.text.strip()
    places = (place for place, head in table.header.ignored.items() if _REASON.search(head))
    is_reason = any(table.origin(one.line, place) == one.cell for place in places)
    return bool(name) and (name in text or is_reason or _ONLY_CHANGED.fullmatch(text) is not None)


def _quoted(texts: Iterable[_Text]) -> list[str]:
    """The sentences of texts that say of somebody else, or that one has left, each with its address."""
    said = ((one, meanings.of_leaving(one.text) or _other_person(one)) for one in texts)
    return [comments.quoted(address(*one.cell), sentence, one.text) for one, sentence in said if sentence]


def _other_person(one: _Text) -> str:
    """Whom a remark or a comment names and nothing else of its row does; "" for nobody."""
    person = named_alone(one.text) if one.is_remark else ""
    return "" if person in one.own else person


def _texts(
    table: Table, sheet: Sheet, commented: comments.ByCell, others: Container[tuple[str, int]]
) -> Iterator[_Text]:
    """What goes into no field, with its cell and line: of rows that do not say the last day, and of the notes."""
    lines = [(area, line) for area in table.areas for line in range(area.first[0], area.last[0] + 1)]
    remarks = {place for place, head in table.header.ignored.items() if REMARKS.search(head)}
    for area, line in lines:
        is_passed_over = (table.sheet.name, line) in others or _has_last_day(table, line)
        is_row, is_note = area.kind is PartKind.ROWS and not is_passed_over, area.kind is PartKind.NOTE
        own = frozenset("".join(plain(_value(table.sheet, (line, at))).split()) for at in table.header.columns)
        for place in range(area.first[1], area.last[1] + 1) if is_row or is_note else ():
            at = table.origin(line, place)
            if is_note or place in table.header.ignored:
                is_remark = is_row and place in remarks
                yield _Text(cell=at, line=line, text=plain(_value(sheet, at)), is_remark=is_remark, own=own)
            for text in commented.get((table.name, address(*at)), ()) if is_row else ():
                yield _Text(cell=at, line=line, text=text, is_remark=True, own=own)


def _has_last_day(table: Table, line: int) -> bool:
    columns = table.header.columns.items()
    place = next((place for place, column in columns if column.field.name == "to_date"), 0)
    return bool(place) and not is_blank(_value(table.sheet, (line, place)))


def _value(sheet: Sheet, cell: tuple[int, int]) -> Value:
    line, place = cell
    row = sheet.rows[line - 1] if line <= len(sheet.rows) else []
    return row[place - 1] if place <= len(row) else None
