"""The first sheet of the marked workbook: every problem with a link to its cell, fit for the screen and for paper."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.workbook import Workbook
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from site_builder.collect.structure.parts import PartKind
from site_builder.county_feedback.colours import FILLS
from site_builder.county_feedback.context import FeedbackContext, words
from site_builder.county_feedback.copying import lines_of, put_text
from site_builder.county_feedback.page import address, level
from site_builder.model.forms import PROBLEM_SHEET
from site_builder.shared.problems import Problem, layout, remedy, sentence, shown_name

_WIDTHS = (6, 7, 15, 9, 16, 18, 36, 18, 40, 16)  # half-width characters
_LINE_HEIGHT = 15  # points
_FONT = "Microsoft YaHei"
_LEGEND, _HEAD = 3, 4
_FIRST_COLOUR = 3  # the column in which the colours begin
_LINK = 4  # the column of the cell
_SENTENCE = 7  # the column that is never empty
_THIN = Side(style="thin", color="FFB8C0CA")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_MIDDLE = Alignment(horizontal="center", vertical="top")
_PLAIN = Font(name=_FONT, size=10)
_HEAD_FILL = PatternFill("solid", fgColor="FFE4E9F1")
_INK = {"error": "FFA8201A", "warning": "FF6B4A00"}


def add(
    workbook: Workbook,
    spots: Sequence[tuple[Problem, Cell | None]],
    left_out: int,
    file_name: str,
    context: FeedbackContext,
) -> None:
    """Put the list first. spots: each problem with the cell it is marked at; left_out: how many more there are."""
    sheet = workbook.create_sheet(PROBLEM_SHEET, 0)
    workbook.active = 0
    said = words()["list"]
    errors = sum(problem.is_error for problem, _ in spots)
    summary = words()["summary"].format(errors=errors, warnings=len(spots) - errors)
    put_text(sheet["A1"], said["title"].format(county=context.county_name, file=shown_name(file_name)))
    put_text(sheet["A2"], f"{summary}{said['guide']}")
    sheet["A1"].font = Font(name=_FONT, bold=True, size=14)
    sheet["A2"].font = Font(name=_FONT, size=10)
    for place, title in enumerate(said["columns"], start=1):
        _put(sheet.cell(_HEAD, place), title, Font(name=_FONT, size=10, bold=True))
        sheet.cell(_HEAD, place).fill = _HEAD_FILL
    for number, (problem, cell) in enumerate(spots, start=1):
        _put_problem(sheet, number, problem, cell)
    if left_out:
        put_text(sheet.cell(_HEAD + len(spots) + 1, 1), said["more"].format(count=left_out))
    _set_up(sheet, len(spots))


def add_legend(workbook: Workbook, kinds: Sequence[PartKind]) -> None:
    """What the colours of the sheets mean, above the list; nothing where no sheet has any."""
    sheet, said = workbook[PROBLEM_SHEET], words()["understood"]
    if kinds:
        _put(sheet.cell(_LEGEND, 1), said["legend"], _PLAIN)
    for place, kind in enumerate(kinds, start=_FIRST_COLOUR):
        _put(sheet.cell(_LEGEND, place), said["kinds"][kind], _PLAIN)
        sheet.cell(_LEGEND, place).fill = FILLS[kind]


def _put_problem(sheet: Worksheet, number: int, problem: Problem, cell: Cell | None) -> None:
    ink = Font(name=_FONT, size=10, bold=True, color=_INK[level(problem)])
    texts = [
        "",
        layout()["levels"][level(problem)],
        _sheet_name(problem, cell),
        address(problem),
        problem.column,
        problem.entered,
        sentence(problem),
        problem.example,
        remedy(problem),
        problem.code,
    ]
    line = _HEAD + number
    for place, text in enumerate(texts, start=1):
        if number == 1 or place in {2, _LINK}:
            _put(sheet.cell(line, place), text, ink if place == 2 else _PLAIN)
        else:  # looks like the line before: to work out a look anew costs more than all else
            _put_alike(sheet.cell(line, place), text, sheet.cell(_HEAD + 1, _SENTENCE))
    sheet.cell(line, 1).value = number
    sheet.cell(line, 1).alignment = sheet.cell(line, 2).alignment = _MIDDLE
    if cell is not None and cell.parent.sheet_state == "visible":
        _link(sheet.cell(line, _LINK), cell)
    # Not every program fits a row to its wrapped text by itself.
    lines = max(lines_of(text, width - 1) for text, width in zip(texts, _WIDTHS, strict=True))
    sheet.row_dimensions[line].height = lines * _LINE_HEIGHT + 3


def _sheet_name(problem: Problem, cell: Cell | None) -> str:
    name = shown_name(problem.sheet)
    is_hidden = cell is not None and cell.parent.sheet_state != "visible"
    return str(words()["list"]["hidden"].format(sheet=name)) if is_hidden else name


def _put(cell: Cell, text: str, font: Font) -> None:
    if text:
        put_text(cell, text)
    cell.alignment = _WRAPPED
    cell.border = _BORDER
    cell.font = font


def _put_alike(cell: Cell, text: str, other: Cell) -> None:
    if text:
        put_text(cell, text)
    cell._style = copy(other._style)


def _link(cell: Cell, target: Cell) -> None:
    """Let a click go to the target. Set as an object: as a text it would also take over the cell's words."""
    name = target.parent.title.replace("'", "''")
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{name}'!{target.coordinate}")
    cell.font = Font(name=_FONT, size=10, color="FF1F4E9E", underline="single")


def _set_up(sheet: Worksheet, count: int) -> None:
    """Widths, a frozen head, and A4 paper across with the head on each page."""
    for column, width in zip("ABCDEFGHIJ", _WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = f"A{_HEAD + 1}"
    sheet.auto_filter.ref = f"A{_HEAD}:J{_HEAD + count}"
    sheet.sheet_view.tabSelected = True
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = Worksheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{_HEAD}:{_HEAD}"
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.oddFooter.center.text = words()["list"]["page"]
