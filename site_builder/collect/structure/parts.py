"""A table of a sheet as it was understood, and its parts, as they are shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from xlsxwriter.utility import xl_cell_to_rowcol

from site_builder.collect.structure.sheet_header import SheetHeader
from site_builder.shared.problems import Problem
from site_builder.untrusted_files import Sheet, address, personal


class PartKind(StrEnum):
    """What lines of a table are."""

    TITLE = "title"
    HEADS = "heads"
    ROWS = "rows"
    SUM = "sum"
    TOWNSHIP = "township"  # a line that names the township of the rows below
    NOTE = "note"
    REPEATED = "repeated"  # heads that stand there again, and lines that explain heads
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A part of a sheet: the first and the last cell, as (line, place) from 1."""

    kind: PartKind
    first: tuple[int, int]
    last: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table of a sheet.

    sheet: what of the sheet its rows are, at their own addresses, all else of the sheet empty; header: its heads;
    name: of the sheet that was sent; areas: its parts, in order; count: rows that were taken; filled_down: places of
    columns in which a merged cell holds for several rows; problems: what is to be said of its structure; origins: for
    a table that was turned, the cell that each cell of `sheet` comes from; titles: what stands above it or says who
    sends it, the nearest first: of its own, of the tables beside it too, of the sheet.
    """

    sheet: Sheet
    header: SheetHeader
    name: str
    areas: tuple[Area, ...]
    count: int
    filled_down: tuple[int, ...] = ()
    problems: tuple[Problem, ...] = ()
    origins: Mapping[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    titles: tuple[tuple[str, ...], ...] = ()

    @property
    def is_plain(self) -> bool:
        """Whether it is as the kit's forms are: one line of heads, rows below it, nothing else to be shown."""
        kinds = {area.kind for area in self.areas}
        has_plain_heads = self.header.first == self.header.line and not self.origins and not self.filled_down
        return has_plain_heads and kinds <= {PartKind.TITLE, PartKind.HEADS, PartKind.ROWS}

    def origin(self, line: int, place: int) -> tuple[int, int]:
        """The cell of the sheet that was sent, for one of `sheet`."""
        return self.origins.get((line, place), (line, place))

    def cells(self, area: Area) -> Iterator[tuple[int, int]]:
        """The cells of one of its areas, in the sheet that was sent."""
        lines, places = range(area.first[0], area.last[0] + 1), range(area.first[1], area.last[1] + 1)
        return (self.origin(line, place) for line in lines for place in places)

    def range(self, area: Area) -> str:
        """Where one of its areas is in the sheet that was sent, as A3:F4."""
        corners = [area.first, area.last]
        if self.origins:
            lines, places = zip(*self.cells(area), strict=True)
            corners = [(min(lines), min(places)), (max(lines), max(places))]
        first, last = (address(*corner) for corner in corners)
        return first if first == last else f"{first}:{last}"

    def led_back(self, problem: Problem) -> Problem:
        """A problem of a turned table at the cell of the sheet that was sent; a whole row of it stands at its first."""
        if problem.line is None:
            return replace(problem, sheet=self.name)
        row, column = xl_cell_to_rowcol(problem.cell) if problem.cell else (problem.line - 1, 0)
        line, place = self.origin(row + 1, column + 1)
        details = {name: self.name if name == "sheet" else text for name, text in problem.details.items()}
        return replace(problem, sheet=self.name, line=line, cell=address(line, place), details=details)

    def led_back_cell(self, cell: str) -> str:
        """An address of `sheet` as one of the sheet that was sent."""
        row, column = xl_cell_to_rowcol(cell)
        return address(*self.origin(row + 1, column + 1))


def led_back(problems: Iterable[Problem], found: Iterable[Table]) -> list[Problem]:
    """Problems of tables that were turned, at the cells of the sheets that were sent."""
    turned = {table.sheet.name: table for table in found if table.origins}
    return [turned[one.sheet].led_back(one) if one.sheet in turned else one for one in problems]


def phone_cells(found: Iterable[Table]) -> personal.Allowed:
    """Whether a cell is one in which a phone number is asked for."""
    columns: set[tuple[str, int]] = set()
    cells: set[tuple[str, int, int]] = set()
    for table in found:
        asked = {place for place, column in table.header.columns.items() if column.kind == "phone"}
        cells |= {(table.name, *cell) for (_, place), cell in table.origins.items() if place in asked}
        columns |= {(table.name, place) for place in asked if not table.origins}
    return lambda sheet, line, place: (sheet, place) in columns or (sheet, line, place) in cells
