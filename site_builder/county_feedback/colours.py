"""The parts of a sheet as colours in the marked workbook, where a table is more than heads and rows."""

from __future__ import annotations

from collections.abc import Iterable

from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from site_builder.collect.structure.parts import PartKind, Table
from site_builder.county_feedback.copying import Copy
from site_builder.county_feedback.understood import kinds, worth_showing

FILLS = {
    PartKind.TITLE: PatternFill("solid", fgColor="FFE3E6EA"),
    PartKind.HEADS: PatternFill("solid", fgColor="FFCFE2F7"),
    PartKind.ROWS: PatternFill("solid", fgColor="FFE1F2DC"),
    PartKind.SUM: PatternFill("solid", fgColor="FFF6D9B8"),
    PartKind.TOWNSHIP: PatternFill("solid", fgColor="FFD5EBEA"),
    PartKind.NOTE: PatternFill("solid", fgColor="FFEFEAE0"),
    PartKind.REPEATED: PatternFill("solid", fgColor="FFDDE3F0"),
    PartKind.LEFT_OUT: PatternFill("solid", fgColor="FFE3D3EE"),
}


def colour(copy: Copy, tables: Iterable[Table]) -> list[PartKind]:
    """Fill the parts of tables that are more than heads and rows, where the sender has no colour; which there are."""
    used: set[PartKind] = set()
    for table in worth_showing(tables):
        sheet = copy.sheets.get(table.name)
        if sheet is not None:
            used.update(kinds(table))
            _colour(sheet, table)
    return [kind for kind in PartKind if kind in used]


def _colour(sheet: Worksheet, table: Table) -> None:
    for area in table.areas:
        for at in table.cells(area):
            cell = sheet._cells.get(at)
            if cell is not None and (not cell.has_style or cell.fill.fill_type is None):
                cell.fill = FILLS[area.kind]
