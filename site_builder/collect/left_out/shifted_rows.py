"""A row whose cells all fit the columns one further to the left, or to the right: one thing to say, not one a cell."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from site_builder.collect.structure.sheet_header import SheetHeader
from site_builder.collect.values import readers
from site_builder.collect.values.cells import is_blank
from site_builder.collect.values.readers import CellReader
from site_builder.model.forms import FormColumn
from site_builder.untrusted_files import Value

_FEWEST_PLAIN = 2  # cells of a plain kind, such as a phone or a choice, that must fit where they then stand
_FEWEST_MISFITS = 3  # cells that fit not where they stand: fewer are mistakes of their own
_PLAIN_TYPES = ("date", "integer", "number", "boolean")

Columns = Mapping[int, FormColumn]


def shifted_from(
    row: Sequence[Value],
    understood: Mapping[int, readers.Understood],
    header: SheetHeader,
    by_place: Mapping[int, CellReader],
) -> int:
    """The place from which a row's cells stand one too far left or right; 0 where they fit, or fit nowhere."""
    faulty = [place for place, cell in understood.items() if cell.fault]
    if not faulty or any(column.fixed for column in header.columns.values()):
        return 0
    places = sorted(header.columns)
    cells = [*row, *[None] * (places[-1] + 1 - len(row))]
    for place in (each for each in places if each <= min(faulty)):  # else more is wrong than that cells are shifted
        own = {each: header.columns[each] for each in places if each >= place}
        if len(_misfits(cells, own, by_place)) < _FEWEST_MISFITS:
            return 0
        if any(_fit(moved, own, by_place, place) for moved in _moved(cells, place, places[-1])):
            return place
    return 0


def _moved(cells: list[Value], place: int, last: int) -> list[list[Value]]:
    """The row with its cells from a place on where they may belong: over an empty cell, or past one left out."""
    ways = []
    if is_blank(cells[place - 1]) and not is_blank(cells[place]):
        ways.append([*cells[: place - 1], *cells[place:], None])
    if is_blank(cells[last - 1]) and not is_blank(cells[place - 1]):
        ways.append([*cells[: place - 1], None, *cells[place - 1 :]])
    return ways


def _misfits(row: Sequence[Value], columns: Columns, by_place: Mapping[int, CellReader]) -> list[int]:
    """The places whose cell cannot be read in its column, or is missing."""
    misfits = []
    for place, column in columns.items():
        cell = readers.understand(column, by_place[place], [row[place - 1]])[0]
        is_lacking = not cell.text and bool(column.field.constraints.get("required"))
        pattern = str(column.field.constraints.get("pattern", ""))
        is_other = bool(cell.text and pattern) and re.fullmatch(pattern, cell.text) is None
        misfits.extend([place] if cell.fault or is_lacking or is_other else [])
    return misfits


def _fit(row: Sequence[Value], columns: Columns, by_place: Mapping[int, CellReader], first: int) -> bool:
    """Whether every cell fits its column, all there but perhaps the first, and enough of them are of a plain kind."""
    filled = [column for place, column in columns.items() if not is_blank(row[place - 1])]
    spared = {first} if is_blank(row[first - 1]) else set[int]()
    return set(_misfits(row, columns, by_place)) <= spared and sum(map(_is_plain, filled)) >= _FEWEST_PLAIN


def _is_plain(column: FormColumn) -> bool:
    is_of_pattern = bool(column.field.choices or column.field.constraints.get("pattern"))
    return is_of_pattern or column.field.type in _PLAIN_TYPES
