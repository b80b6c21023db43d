"""Personal data that nobody asked for: found wherever they stand in a file, and reported without being repeated."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

from site_builder import privacy
from site_builder.privacy import NumberKind
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem, cut_numbers, layout
from site_builder.untrusted_files.file import Note, Sheet, UntrustedFile, Value
from site_builder.untrusted_files.formats.bounds import address

# Whether a phone number is asked for in a cell: by the sheet's name, row and column, from 1.
Allowed = Callable[[str, int, int], bool]

_CODE = re.compile("[1-9][0-9]{11}|[A-Z]-[0-9]{6}-[0-9]{4,6}")
_SHORTEST = 6  # characters of a cell with something to be found: a@b.cn
_OWN = "_"  # the names of our own hidden sheets begin so
_CODES = {
    NumberKind.IDENTITY: Code.PERSONAL_IDENTITY,
    NumberKind.CARD: Code.PERSONAL_CARD,
    NumberKind.MOBILE: Code.PERSONAL_MOBILE,
}
_OF_PERSONS = {*_CODES.values(), Code.PERSONAL_OTHER}


def find(received: UntrustedFile, allowed: Allowed) -> list[Problem]:
    """What leads to a person in cells, comments, names and hidden parts; hidden sheets too.

    Mobiles are fine where they are asked for; no form asks for anything else. Elsewhere every such number is a problem,
    with the cell's address and never with what stood there. One that stands in no cell, comment or name has no address.
    """
    file = received.path.name
    seen: set[str] = set()
    problems = [_problem(kind, file) for kind in _kinds(file, seen)]
    for sheet in received.sheets:
        problems += _in_sheet(file, sheet, allowed, seen)
    for note in received.notes:
        if note.sheet or note.cell:
            problems += _in_note(file, note, seen)
    loose = [note.text for note in received.notes if not note.sheet and not note.cell]
    problems += [_problem(kind, file) for kind in _unseen(loose, seen)]
    return problems


def _problem(kind: NumberKind, file: str, **place: Any) -> Problem:  # noqa: ANN401  (whatever a problem has)
    details = {} if kind in _CODES else {"what": layout()["personal"][kind.value]}
    return Problem(code=_CODES.get(kind, Code.PERSONAL_OTHER), file=file, details=details, **place)


def has_number(problems: Iterable[Problem]) -> bool:
    """Whether there is a personal number among what was found: a hidden sheet alone is none."""
    return any(problem.code in _OF_PERSONS for problem in problems)


def blanked(received: UntrustedFile, allowed: Allowed) -> UntrustedFile:
    """The file as county feedback may hold it: a cell with a number says so instead, and no note is left."""
    sheets = tuple(_blanked(sheet, allowed) for sheet in received.sheets)
    return replace(received, sheets=sheets, notes=(), is_blanked=True)


def _blanked(sheet: Sheet, allowed: Allowed) -> Sheet:
    rows = [list(row) for row in sheet.rows]
    for row, column, _ in _in_cells(sheet, allowed, set()):
        rows[row - 1][column - 1] = layout()["hidden"]
    return replace(sheet, name=cut_numbers(sheet.name), rows=rows)


def _in_sheet(file: str, sheet: Sheet, allowed: Allowed, seen: set[str]) -> Iterator[Problem]:
    shown = cut_numbers(sheet.name)
    if not file.startswith(sheet.name):  # a CSV file's sheet is named after the file
        yield from (_problem(kind, file, sheet=shown) for kind in _kinds(sheet.name, seen))
    if sheet.is_hidden and sheet.rows and not sheet.name.startswith(_OWN):
        yield Problem(code=Code.SHEET_HIDDEN, file=file, sheet=shown)
    for row, column, kind in _in_cells(sheet, allowed, seen):
        cell = address(row, column)
        yield _problem(kind, file, sheet=shown, line=row, cell=cell, entered=layout()["hidden"])


def _in_cells(sheet: Sheet, allowed: Allowed, seen: set[str]) -> Iterator[tuple[int, int, NumberKind]]:
    """Each value is looked at once, however often it stands there; where it stands is looked for when it matters."""
    values = {cell for cells in sheet.rows for cell in cells}
    kinds = {cell: found for cell in values if _may_hold_one(cell) and (found := _kinds(cell, seen))}
    for row, cells in enumerate(sheet.rows if kinds else (), start=1):
        for column, cell in enumerate(cells, start=1):
            for kind in kinds.get(cell, ()):
                if kind is not NumberKind.MOBILE or not allowed(sheet.name, row, column):
                    yield row, column, kind
    yield from _across_cells(sheet, values, seen)


def _across_cells(sheet: Sheet, values: set[Value], seen: set[str]) -> Iterator[tuple[int, int, NumberKind]]:
    """All cells of a number that stands in several."""
    parts = privacy.halves(values)
    for row, cells in enumerate(sheet.rows if parts else (), start=1):
        for columns, one in privacy.across(cells, parts):
            seen.add(one.number)
            yield from ((row, column, one.kind) for column in columns)


def _may_hold_one(cell: Value) -> bool:
    """A quick look: most cells are too short, or hold a division code or the number of an event and nothing else."""
    if isinstance(cell, str):
        return len(cell) >= _SHORTEST and not _CODE.fullmatch(cell)
    return isinstance(cell, float | int) and cell >= 1e10


def _kinds(cell: Value, seen: set[str]) -> list[NumberKind]:
    """What kinds of numbers a cell or a text holds, each once; the numbers are added to those seen."""
    if isinstance(cell, str):
        found = privacy.find_in_data(cell)
        if not found:
            return []
        seen.update(one.number for one in found)
        return list(dict.fromkeys(one.kind for one in found))
    kind = privacy.in_number(cell) if isinstance(cell, float | int) else None
    if kind:
        seen.add(str(int(cell)))  # type: ignore[arg-type]
    return [kind] if kind else []


def _in_note(file: str, note: Note, seen: set[str]) -> Iterator[Problem]:
    shown = cut_numbers(note.sheet)
    for kind in _kinds(note.text, seen):
        yield _problem(kind, file, sheet=shown, cell=note.cell, entered=layout()["hidden"])


def _unseen(texts: Iterable[str], seen: set[str]) -> list[NumberKind]:
    found = {one.number: one.kind for text in texts for one in privacy.find(text)}
    return sorted({kind for number, kind in found.items() if number not in seen})
