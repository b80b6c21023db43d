"""A table of a sheet as it was understood, and its parts, as they are shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NamedTuple

from xlsxwriter.utility import xl_cell_to_rowcol

from site_builder.collect.structure.lines import filled
from site_builder.collect.structure.sheet_header import SheetHeader
from site_builder.collect.values import units
from site_builder.collect.values.cells import plain
from site_builder.collect.values.dittos import Repeated
from site_builder.model.forms import FormColumn
from site_builder.shared.problems import Problem, safe_to_show
from site_builder.untrusted_files import Sheet, Value, address, personal


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
    sends it, the nearest first: of its own, of the tables beside it too, of the sheet; repeated: its cells that say to
    be as another, by whose value they stand there.
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
    repeated: tuple[Repeated, ...] = ()

    @property
    def is_plain(self) -> bool:
        """Whether it is as the kit's forms are: one line of heads, rows below it, nothing else to be shown."""
        kinds = {area.kind for area in self.areas}
        has_plain_heads = self.header.first == self.header.line and not self.origins and not self.filled_down
        return has_plain_heads and kinds <= {PartKind.TITLE, PartKind.HEADS, PartKind.ROWS}

    @property
    def is_turned(self) -> bool:
        """Whether its heads do not stand in a line of the sheet that was sent."""
        return len({self.origin(self.header.line, place)[0] for place in self.header.columns}) > 1

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
        own = {"sheet": self.name, "row": self.row_name(problem.line)}
        details = {name: own.get(name, text) for name, text in problem.details.items()}
        return replace(problem, sheet=self.name, line=line, cell=address(line, place), details=details)

    @property
    def are_lines(self) -> bool:
        """Whether the records stand in lines of the sheet that was sent, not in columns."""
        below = range(self.header.line + 1, len(self.sheet.rows) + 1)
        return len(below) == 1 or len({self.origin(line, 1)[0] for line in below}) > 1

    def row_name(self, line: int) -> str:
        """A row of `sheet` as `--accept` names it: the sheet that was sent, and the line, or a cell of a column's."""
        place = min((*self.header.columns, *self.header.context.values()), default=1)
        shown = str(self.origin(line, 1)[0]) if self.are_lines else address(*self.origin(line, place))
        return f"{safe_to_show(self.name)}!{shown}"

    def led_back_cell(self, cell: str) -> str:
        """An address of `sheet` as one of the sheet that was sent."""
        row, column = xl_cell_to_rowcol(cell)
        return address(*self.origin(row + 1, column + 1))


def heads(found: Iterable[Table], sheet: str, places: Mapping[str, int], names: Iterable[str]) -> list[str]:
    """What the columns of these fields are called in the sheet that was sent. places: the column of each field."""
    tables = [table for table in found if table.sheet.name == sheet]
    asked = [places[name] for name in names if name in places]
    texts = (next(filter(None, (table.header.head_at(table.sheet.rows, at) for table in tables)), "") for at in asked)
    return [safe_to_show(text) for text in texts if text]


def led_back(problems: Iterable[Problem], found: Iterable[Table]) -> list[Problem]:
    """Problems of tables that were turned, at the cells of the sheets that were sent."""
    turned = {table.sheet.name: table for table in found if table.origins}
    return [turned[one.sheet].led_back(one) if one.sheet in turned else one for one in problems]


class OtherUnit(NamedTuple):
    """A cell that says that numbers are in a unit that no column below it asks for. asked: the units that they do."""

    line: int
    place: int
    said: str
    asked: tuple[str, ...]


def other_units(sheet: Sheet, found: Sequence[Table]) -> Iterator[OtherUnit]:
    """Every unit of a sheet that is not that of its tables' numbers: 单位：百人 above them, 箱 in a column of units."""
    if not _asked(found, 0):
        return
    of_line = _tables_by_line(found)
    for line, row in enumerate(sheet.rows, start=1):
        is_row, tables = of_line.get(line, (False, ()))
        for place, said in _row_units(row, tables) if is_row else _said_units(row, is_head=_is_head(tables, line)):
            is_of_table = is_row or units.stated(plain(row[place - 1]))
            asked = _asked(tables or _nearest(found, line), 0 if is_of_table else place) if said else []
            other = units.unfit(said, (unit for column in asked for unit in column.units))
            if other and asked:
                first = dict.fromkeys(column.units[0] for column in asked)
                yield OtherUnit(line, place, other, tuple(first if len(first) > 1 else asked[0].units))


def _tables_by_line(found: Sequence[Table]) -> dict[int, tuple[bool, list[Table]]]:
    """For each line of the tables whether it is one of their rows, and which they are; of turned ones no line is."""
    of_line: dict[int, tuple[bool, list[Table]]] = {}
    for table in found:
        for area in () if table.origins else table.areas:
            for line in range(area.first[0], area.last[0] + 1):
                _, tables = of_line.get(line, (False, []))
                of_line[line] = area.kind is PartKind.ROWS, [*tables, table]
    return of_line


def _row_units(row: Sequence[Value], tables: Iterable[Table]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The units that a row says its numbers are in, in a column of its own."""
    heads = {place for table in tables for place, head in table.header.ignored.items() if units.is_head(head)}
    return ((place, units.alone(plain(row[place - 1]))) for place in heads if place <= len(row))


def _is_head(tables: Iterable[Table], line: int) -> bool:
    return any(table.header.first <= line <= table.header.line for table in tables)


def _said_units(row: Sequence[Value], *, is_head: bool) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The units that the cells of a line say, or that a label says of the cell after it. 户 as a head is none."""
    labelled = ""
    for place, value in filled(row):
        if isinstance(value, str) and units.is_label(value):
            labelled = value
        elif isinstance(value, str) and not (is_head and len(value.strip()) == 1):
            yield place, units.stated(labelled + value) or units.alone(value)
            labelled = ""


def _nearest(found: Sequence[Table], line: int) -> Sequence[Table]:
    """The table that a line outside all tables is about: the first below it, else the last."""
    return [table for table in found if table.header.first > line][:1] or found[-1:]


def _asked(tables: Iterable[Table], place: int) -> list[FormColumn]:
    """The columns of numbers that a cell's units are of: the one in its place, or else all of its tables'."""
    columns = [(at, column) for table in tables for at, column in table.header.columns.items() if column.units]
    return [column for at, column in columns if at == place] or [column for _, column in columns]


def named_rows(named: frozenset[tuple[str, int | str]], found: Iterable[Table]) -> frozenset[tuple[str, int | str]]:
    """Rows that somebody names as they were sent, by line or by a cell of a column, as they are told here: by line."""
    here: dict[tuple[str, int | str], set[tuple[str, int | str]]] = {}
    for table in found if named else ():
        for (line, _), at in table.origins.items():
            if line > table.header.line:
                sent = at[0] if table.are_lines else address(*at)
                here.setdefault((table.name, sent), set()).add((table.sheet.name, line))
    return frozenset(row for each in named for row in here.get(each, {each}))


def note_lines(found: Iterable[Table]) -> set[tuple[str, int | str]]:
    """The lines of the notes of tables, by sheet."""
    notes = ((table, area) for table in found for area in table.areas if area.kind is PartKind.NOTE)
    return {(table.sheet.name, line) for table, area in notes for line in range(area.first[0], area.last[0] + 1)}


def phone_cells(found: Iterable[Table]) -> personal.Allowed:
    """Whether a cell is one in which a phone number is asked for."""
    columns: set[tuple[str, int]] = set()
    cells: set[tuple[str, int, int]] = set()
    for table in found:
        known = (*table.header.columns.items(), *table.header.repeated.items())
        asked = {place for place, column in known if column.kind == "phone"}
        cells |= {(table.name, *cell) for (_, place), cell in table.origins.items() if place in asked}
        columns |= {(table.name, place) for place in asked if not table.origins}
    return lambda sheet, line, place: (sheet, place) in columns or (sheet, line, place) in cells
