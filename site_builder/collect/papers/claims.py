"""What each table is called, held against what it is read as: where that is no list of ours, nothing of it is taken.

A title may say of whom a list is, that it does not count, that nothing of it has been done, or of which year it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from site_builder.collect.papers import words
from site_builder.collect.papers.words import Kind
from site_builder.collect.structure import lines
from site_builder.collect.structure.parts import PartKind, Table
from site_builder.collect.structure.tables import Understood
from site_builder.collect.values.cells import plain
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem, layout, safe_to_show
from site_builder.untrusted_files import Sheet, address

CODES = {
    "others": Code.SHEET_OF_OTHERS,
    "void": Code.SHEET_VOID,
    "not_yet": Code.SHEET_NOT_YET,
    "leavers": Code.SHEET_OF_LEAVERS,
    "year": Code.SHEET_OTHER_YEAR,
}
_LONGEST = 50  # characters of a title; what is longer explains
_EXAMPLE = re.compile("样例|示例|范例")
_OF_FILES = ("void",)  # kinds that are believed of a file's name too
_DAYS_OF_TERMS, _FORMER = "to_date", "former_name"
Row = tuple[str, int | str]


class _Text(NamedTuple):
    """What says what a table is, with its cell, (0, 0) for a name. place: which, by the key of its word."""

    text: str
    cell: tuple[int, int]
    place: str


class _Claim(NamedTuple):
    """A kind of paper, the word that says that a table is one, and where it stands."""

    kind: str
    said: str
    at: _Text


class Paper(NamedTuple):
    """The file that a sheet stands in, its rows that a person has accepted, and the campaign's year."""

    stem: str
    file: str
    accepted: frozenset[Row]
    year: int


class Sorted(NamedTuple):
    """Sheets as they were understood, without what says to be something else; what was accepted all the same."""

    sheets: list[tuple[Sheet, Understood]]
    accepted: frozenset[Row]


def sort(paper: Paper, understood: Iterable[tuple[Sheet, Understood]]) -> Sorted:
    """The sheets without the tables, and the rows below a line, that say to be none of ours; each time it is asked."""
    sheets, kept, met = list(understood), list[tuple[Sheet, Understood]](), set[Row]()
    is_one_of_several = sum(bool(one.tables) for _, one in sheets) > 1
    for sheet, one in sheets:
        said, tables = list(one.problems), list[Table]()
        for table in one.tables:
            asked = list(_claims(paper, sheet, table))
            met.update(row for _, row, _ in asked if row in paper.accepted)
            refused = [each for each in asked if each[1] not in paper.accepted]
            said.extend(_softened(problem) if is_one_of_several else problem for problem, _, _ in refused)
            left = _without(table, [own for _, _, own in refused])
            tables.extend([left] if left else [])
        kept.append((sheet, Understood(tables, said)))
    return Sorted(kept, frozenset(met))


def are_said(problems: Iterable[Problem]) -> bool:
    """Whether problems of a sheet tell what it says that it is."""
    return any(one.code in CODES.values() for one in problems)


def silent(understood: Iterable[tuple[Sheet, Understood]]) -> list[Sheet]:
    """The sheets that do not say to be something else: only these may be what another option takes in."""
    return [sheet for sheet, one in understood if not are_said(one.problems)]


def _softened(problem: Problem) -> Problem:
    """That a sheet is left out, of one that is called an example beside others: nobody takes that for a report."""
    if problem.code is not Code.SHEET_VOID or problem.cell or not _EXAMPLE.search(problem.sheet):
        return problem
    return replace(problem, code=Code.SHEET_IGNORED, details={"expected": problem.details["form"]})


def _without(table: Table, refused: Sequence[range]) -> Table | None:
    """The table without these lines; None where none of its rows is left."""
    gone = {line for lines_of in refused for line in lines_of}
    if not gone:
        return table
    areas = tuple(area for area in table.areas if area.kind is not PartKind.ROWS or area.first[0] not in gone)
    if not any(area.kind is PartKind.ROWS for area in areas):
        return None
    rows = [[] if line in gone else row for line, row in enumerate(table.sheet.rows, start=1)]
    return replace(table, sheet=replace(table.sheet, rows=rows), areas=areas)


def _claims(paper: Paper, sheet: Sheet, table: Table) -> Iterator[tuple[Problem, Row, range]]:
    """What a table says to be that is not ours, with the row by which it is accepted and the lines it is said of."""
    every = range(table.header.line + 1, len(table.sheet.rows) + 1)
    above = list(_above(paper, sheet, table))
    claim = _claim(paper, table, above)
    if claim:
        yield _asked(paper, table, claim, every)
        return
    within = _within(sheet, table)
    for place, text in enumerate(within):
        claim = _claim(paper, table, [text])
        end = within[place + 1].cell[0] if place + 1 < len(within) else every.stop
        if claim:
            yield _asked(paper, table, claim, range(text.cell[0], end))


def _asked(paper: Paper, table: Table, claim: _Claim, own: range) -> tuple[Problem, Row, range]:
    kind, said, at = claim
    line = at.cell[0] or table.origin(table.header.line, min(table.header.places, default=1))[0]
    details = {
        "text": safe_to_show(at.text),
        "said": safe_to_show(said),
        "where": layout()["paper"][at.place],
        "form": table.header.form.sheet,
        "year": str(paper.year),
        "row": f"{safe_to_show(table.name)}!{line}",
    }
    cell = address(*at.cell) if at.cell[0] else ""
    at_line = {"line": line, "cell": cell} if cell else {}
    problem = Problem(code=CODES[kind], file=paper.file, sheet=table.name, details=details, **at_line)  # type: ignore[arg-type]
    return problem, (table.name, line), own


def _claim(paper: Paper, table: Table, texts: Sequence[_Text]) -> _Claim | None:
    """The first kind of paper that these texts say; None where they say none."""
    name = table.header.form.table.name
    for kind in (one for one in words.kinds() if one.concerns(name) and not _has_own_days(one, table)):
        if kind.name == "others" and _are_ours(kind, table, texts):
            continue
        own = (text for text in texts if text.place != "file" or kind.name in _OF_FILES)
        for text in own:
            if said := kind.said_by(text.text):
                return _Claim(kind.name, said, text)
    if at := _unfilled_post(table):
        return _Claim("not_yet", at.text, at)
    years = [(words.other_year(text.text, paper.year), text) for text in texts if text.place != "file"]
    is_asked = not any(str(paper.year) in text.text for text in texts if text.place != "file")
    return next((_Claim("year", year, text) for year, text in years if year and is_asked), None)


def _unfilled_post(table: Table) -> _Text | None:
    """The head of those who are to be liaisons, in a list that names no others: 拟定人选."""
    header = table.header
    if header.form.table.name != "liaisons" or any(each.field.name == "name" for each in header.columns.values()):
        return None
    asked = next(kind for kind in words.kinds() if kind.name == "not_yet")
    heads = ((place, head) for place, head in header.ignored.items() if asked.said_by(head))
    place, head = next(heads, (0, ""))
    return _Text(head, table.origin(header.line, place), "head") if place else None


def _has_own_days(kind: Kind, table: Table) -> bool:
    """Whether a list says of each who left when that was, or who was there before: such lists are read as they are."""
    fields = {column.field.name for column in table.header.columns.values()}
    is_of_terms = {_DAYS_OF_TERMS, "from_date"} <= fields or _FORMER in table.header.context
    return kind.name == "leavers" and is_of_terms


def _are_ours(kind: Kind, table: Table, texts: Iterable[_Text]) -> bool:
    """Whether a head, or anything that the sheet is called, names those whom we ask for."""
    header = table.header
    heads = (header.head_at(table.sheet.rows, place) for place in header.places)
    outer = (plain(value) for line in range(header.first, header.line) for value in table.sheet.rows[line - 1])
    return any(map(kind.is_denied_by, (*heads, *outer, *(each.text for each in texts if each.place != "file"))))


def _above(paper: Paper, sheet: Sheet, table: Table) -> Iterator[_Text]:
    """What stands above a table's heads, the nearest first, then the names of its sheet and its file."""
    titles = [area for area in table.areas if area.kind is PartKind.TITLE and area.first[0] < table.header.first]
    found = [cell for area in titles for cell in table.cells(area)] if table.origins else []
    for area in titles if not table.origins else ():
        for line in range(area.first[0], area.last[0] + 1):
            cells = lines.filled(sheet.rows[line - 1])
            found += [(line, place) for place, _ in cells if len(cells) == 1 or area.first[1] <= place <= area.last[1]]
    for line, place in sorted(set(found), reverse=True):
        row = sheet.rows[line - 1] if line <= len(sheet.rows) else []
        text = plain(row[place - 1]).strip() if place <= len(row) else ""
        if text and len(text) <= _LONGEST and not lines.is_note(text):
            yield _Text(text, (line, place), "title")
    yield _Text(sheet.name, (0, 0), "sheet")
    yield _Text(paper.stem, (0, 0), "file")


def _within(sheet: Sheet, table: Table) -> list[_Text]:
    """The lines between a table's rows that stand alone, as headings of those below them."""
    last = max((area.last[0] for area in table.areas if area.kind is PartKind.ROWS), default=0)
    rows = sheet.rows if not table.origins else []
    found = []
    for line, row in enumerate(rows[table.header.line : last - 1], start=table.header.line + 1):
        cells = lines.filled(row) if len(row) - row.count(None) == 1 else []
        text = plain(cells[0][1]).strip() if cells else ""
        if text and len(text) <= _LONGEST and not lines.is_note(text):
            found.append(_Text(text, (line, cells[0][0]), "line"))
    return found
