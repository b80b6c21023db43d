"""Names and figures that stand at another village's row: copied a line too low, or sorted without the rest."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple, Protocol

from site_builder.collect.left_out.rows import Row
from site_builder.collect.neighbours import slips
from site_builder.collect.neighbours.slips import Known, Placed, Slip
from site_builder.collect.structure.parts import Table, heads
from site_builder.collect.values.cells import plain
from site_builder.model.schemas import Table as RecordTable
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem, layout, safe_to_show
from site_builder.untrusted_files import address

LIAISONS = "liaisons"
_VILLAGE, _NAME = "village_code", "name"
_FEWEST_FIGURES = 3  # that a row must have to be known by them
_OF_VILLAGES = {"户": "households", "人": "persons"}
_BRACKETED = re.compile(r"[(（][^)）]*[)）]|\s")
_OTHERWISE_COUNTED = "常住"
_FOLLOWS = ("liaison-", Code.ROW_REKEYED, Code.ROW_LACKS_COLUMNS, Code.CONSENT_OF_OTHER_PHONE)
Accepted = Collection[tuple[str, int | str]]
RecordRows = Sequence[Mapping[str, str]]


class Against(NamedTuple):
    """What a return's rows are held against: what the record has, by table, and the rows that a person has accepted.

    words: the heads of figures that no form asks for; title: of names; village: what the village of a row is called;
    area_codes: of the landlines on record, by county.
    """

    file: str
    accepted: Accepted
    on_record: Callable[[str], RecordRows]
    words: Collection[str]
    title: str
    village: Callable[[Any], str]
    area_codes: Mapping[str, set[str]]


class Reported(Row, Protocol):
    """A row of a return, with the columns that its values stand in."""

    @property
    def places(self) -> Mapping[str, int]: ...  # noqa: D102


def of_liaisons(against: Against, rows: Iterable[Reported]) -> Iterator[Problem]:
    """Names of liaisons each of whom the record has in the village of another row, in lists of a county's villages."""
    own: dict[str, set[str]] = {}
    serving: dict[str, set[str]] = {}
    for term in sorted(against.on_record(LIAISONS), key=lambda term: term["from_date"]):
        own.setdefault(term[_VILLAGE], set()).add(term[_NAME])
        serving[term[_VILLAGE]] = {term[_NAME]}
    for sheet, of_sheet in _by_sheet(rows).items():
        first = {row.line: row for row in of_sheet}
        names = {line: row.values.get(_NAME) for line, row in first.items() if not row.values.get("to_date")}
        placed = [Placed(line, row.values[_VILLAGE], names.get(line) or None) for line, row in first.items()]
        slip = slips.find(placed, own, serving, _lines(sheet, against.accepted))
        what, places = layout()["slipped_what"]["names"], {line: row.places for line, row in first.items()}
        yield from (replace(one, column=against.title) for one in _problems(against.file, sheet, slip, what, places))


def of_figures(against: Against, table: RecordTable, rows: Iterable[Reported]) -> Iterator[Problem]:
    """Rows of figures that are, one and all, those that the record has of the village of another row."""
    for sheet, of_sheet in _by_sheet(rows).items():
        by_line: dict[int, list[Reported]] = {}
        for row in of_sheet:
            by_line.setdefault(row.line, []).append(row)
        names = [name for name in _fields_of(table) if any(name in row.values for row in of_sheet)]
        known = _figures_on_record(table, names, against.on_record(table.name))
        placed = [
            Placed(line, of_line[0].values[_VILLAGE], _said([row.values for row in of_line], names))
            for line, of_line in by_line.items()
        ]
        slip = slips.find(placed, known, known, _lines(sheet, against.accepted))
        places = {
            line: {_NAME: min(p for row in of_line for p in row.places.values())} for line, of_line in by_line.items()
        }
        yield from _problems(against.file, sheet, slip, layout()["slipped_what"]["figures"], places)


def _fields_of(table: RecordTable) -> list[str]:
    """The fields that a village's records are told from another's by: their counts, and what is counted."""
    return [
        field.name
        for field in table.fields
        if field.type == "integer" or (field.name in table.key and field.name != _VILLAGE and field.type != "date")
    ]


def _figures_on_record(table: RecordTable, names: Sequence[str], on_record: RecordRows) -> Known:
    """What each village's records of one day say; of a table without days all of them together."""
    days = [name for name in table.key if table.field(name).type == "date"]
    grouped: dict[tuple[str, ...], list[Mapping[str, str]]] = {}
    for row in on_record:
        grouped.setdefault((row[_VILLAGE], *(row[day] for day in days)), []).append(row)
    known: dict[str, set[object]] = {}
    for key, rows in grouped.items():
        known.setdefault(key[0], set()).add(_said(rows, names))
    return known


def _said(rows: Iterable[Mapping[str, str]], names: Sequence[str]) -> frozenset[tuple[str, ...]] | None:
    """What rows say together; None where it is too little to know a village by."""
    said = frozenset(texts for row in rows if any(texts := tuple(row.get(name, "") for name in names)))
    figures = [text for texts in said for text in texts if text.isdecimal() and text != "0"]
    return said if len(figures) >= _FEWEST_FIGURES else None


def of_villages(against: Against, table: Table, villages: Mapping[int, str]) -> Iterator[Problem]:
    """Columns that no form asks for and that say what the record knows of villages: how many live there.

    villages: the village of each line.
    """
    sheet, columns = table.sheet.name, _village_columns(table, against.words)
    known = {row[_VILLAGE]: row for row in against.on_record("villages") if all(row[name] for name in columns)}
    listed = [line for line, village in villages.items() if village in known] if columns else []
    texts = {line: tuple(_cell(table, line, place) for place in columns.values()) for line in listed}
    own = {village: {tuple(row[name] for name in columns)} for village, row in known.items()}
    placed = [
        Placed(line, villages[line], said if all(map(str.isdecimal, said)) else None) for line, said in texts.items()
    ]
    slip = slips.find(placed, own, own, _lines(sheet, against.accepted))
    titles = heads([table], sheet, columns, columns)
    what = "、".join(layout()["slipped_what"]["title"].format(title=title) for title in titles)
    yield from _problems(against.file, sheet, slip, what, {line: {_NAME: min(columns.values())} for line in listed})
    spared = {*(slip.lines if slip else ()), *_lines(sheet, against.accepted)}
    for row in (row for row in placed if row.said and row.line not in spared):
        for title, name, text in zip(titles, columns, texts[row.line], strict=True):
            kept, cell = known[row.village][name], address(row.line, columns[name])
            if text != kept:
                details = {"titles": title, "text": safe_to_show(text), "kept": kept}
                differs = Code.VILLAGE_FIGURES_DIFFER
                yield Problem(code=differs, file=against.file, sheet=sheet, line=row.line, cell=cell, details=details)


def _village_columns(table: Table, words: Collection[str]) -> dict[str, int]:
    """The places of the ignored columns that say how many households and persons a village has, the first of each."""
    found: dict[str, int] = {}
    for place, head in table.header.ignored.items():
        bare = _BRACKETED.sub("", head)
        name = next((name for word, name in _OF_VILLAGES.items() if word in bare), "")
        if name and bare in words and _OTHERWISE_COUNTED not in bare:
            found.setdefault(name, place)
    return found


def _cell(table: Table, line: int, place: int) -> str:
    row = table.sheet.rows[line - 1]
    return plain(row[place - 1]).strip() if place <= len(row) else ""


def _problems(
    file: str, sheet: str, slip: Slip | None, what: str, places: Mapping[int, Mapping[str, int]]
) -> Iterator[Problem]:
    """The rows that slipped, each for itself: they are said in one."""
    if slip is None:
        return
    way = "sorted" if not slip.by else "above" if slip.by > 0 else "below"
    texts = layout()["slipped"][f"far_{way}" if abs(slip.by) > 1 else way]
    words = {name: text.format(by=abs(slip.by)) for name, text in texts.items()}
    for line in slip.lines:
        details = {"titles": what, **words, "row": f"{safe_to_show(sheet)}!{line}"}
        cell = address(line, places[line].get(_NAME, 1))
        yield Problem(code=Code.ROWS_SLIPPED, file=file, sheet=sheet, line=line, cell=cell, details=details)


def _by_sheet(rows: Iterable[Reported]) -> dict[str, list[Reported]]:
    found: dict[str, list[Reported]] = {}
    for row in sorted(rows, key=lambda row: row.line):
        found.setdefault(row.sheet, []).append(row)
    return found


def _lines(sheet: str, accepted: Accepted) -> set[int]:
    return {line for name, line in accepted if name == sheet and isinstance(line, int)}


def said_once(problems: Iterable[Problem]) -> list[Problem]:
    """The problems without what follows from a slip: who is at another village's row would follow or precede.

    So it is of all that stands between the first row that slipped and the last.
    """
    found, slipped = list(problems), dict[str, list[int]]()
    for one in found:
        if one.code is Code.ROWS_SLIPPED and one.line:
            slipped.setdefault(one.sheet, []).append(one.line)
    return [one for one in found if not (one.code.startswith(_FOLLOWS) and _is_within(one, slipped.get(one.sheet, ())))]


def _is_within(one: Problem, lines: Sequence[int]) -> bool:
    return bool(lines) and one.line is not None and min(lines) <= one.line <= max(lines)
