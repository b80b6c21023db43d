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

_FEWEST = 2  # cells of a plain kind, such as a phone or a choice, that must fit where they then stand
_PLAIN_TYPES = ("date", "integer", "number", "boolean")


def shifted_from(
    row: Sequence[Value],
    understood: Mapping[int, readers.Understood],
    header: SheetHeader,
    by_place: Mapping[int, CellReader],
) -> int:
    """The place from which a row's cells stand one too far left or right; 0 where they fit, or fit nowhere."""
    places = sorted(header.columns)
    if not any(cell.fault for cell in understood.values()) or any(column.fixed for column in header.columns.values()):
        return 0
    cells = [*row, *[None] * (places[-1] + 1 - len(row))]
    for place in places:
        for moved in _moved(cells, place, places[-1]):
            own = {each: header.columns[each] for each in places if each >= place}
            if not _has_faults(understood, place) and _fit(moved, own, by_place, place):
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


def _fit(
    row: Sequence[Value], columns: Mapping[int, FormColumn], by_place: Mapping[int, CellReader], first: int
) -> bool:
    """Whether every cell can be read in its column, none is missing but the first, and enough are of a plain kind."""
    plain = 0
    for place, column in columns.items():
        cell = readers.understand(column, by_place[place], [row[place - 1]])[0]
        is_lacking = place != first and not cell.text and bool(column.field.constraints.get("required"))
        pattern = str(column.field.constraints.get("pattern", ""))
        if cell.fault or is_lacking or (cell.text and pattern and not re.fullmatch(pattern, cell.text)):
            return False
        is_plain = bool(column.field.choices or pattern) or column.field.type in _PLAIN_TYPES
        plain += bool(cell.text) and is_plain
    return plain >= _FEWEST


def _has_faults(understood: Mapping[int, readers.Understood], place: int) -> bool:
    """Whether something before a place cannot be read either: then more is wrong than that cells are shifted."""
    return any(cell.fault for at, cell in understood.items() if at < place)
