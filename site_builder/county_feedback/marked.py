"""The marked workbook: a copy of what was sent in which every faulty cell is filled and says how to mend it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill, Protection
from openpyxl.utils import column_index_from_string
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from site_builder.county_feedback import problem_sheet
from site_builder.county_feedback.context import FeedbackContext, words
from site_builder.county_feedback.copying import Copy, empty_copy, fit_for_xml, fresh_copy, is_huge, lines_of, own_copy
from site_builder.county_feedback.page import level
from site_builder.model.forms import PROBLEM_MARK
from site_builder.shared.problems import Problem, layout, place, remedy, sentence
from site_builder.untrusted_files import UntrustedFile

MOST = 3_000  # problems that are marked and listed; who has more mends these first
FILLS = {
    "error": PatternFill("solid", fgColor="FFFBC4C0"),
    "warning": PatternFill("solid", fgColor="FFFFF27A"),
}
_OURS = {fill.fgColor.rgb for fill in FILLS.values()}
_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_SOME_DAY = datetime(2018, 1, 1)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_LAST_LINE, _LAST_COLUMN = 1_048_576, 16_384
_SHOWN_IN_A_COMMENT = 5
_COMMENT_WIDTH, _COMMENT_COLUMNS, _COMMENT_LINE = 320, 46, 18  # pixels, half-width characters, pixels


def workbook(received: UntrustedFile, file_name: str, problems: Sequence[Problem], context: FeedbackContext) -> bytes:
    """The marked copy as the bytes of an .xlsx file, its first sheet the list of problems."""
    if is_huge(received):
        return _marked(empty_copy(), file_name, problems, context)
    if received.kind == "xlsx" and not received.is_blanked:
        with suppress(Exception):  # openpyxl raises anything on a workbook it does not know, opening or saving
            return _marked(own_copy(received), file_name, problems, context)
    return _marked(fresh_copy(received), file_name, problems, context)


def _marked(copy: Copy, file_name: str, problems: Sequence[Problem], context: FeedbackContext) -> bytes:
    for sheet in copy.sheets.values():
        _unmark(sheet)
        sheet.sheet_view.tabSelected = False  # two selected sheets would be edited both at once
    order = {name: number for number, name in enumerate(copy.sheets)}
    found = sorted(problems, key=lambda p: (not p.is_error, order.get(p.sheet, -1), place(p)))
    spots = [(problem, _spot(problem, copy)) for problem in found[:MOST]]
    _mark_all(spots)
    problem_sheet.add(copy.workbook, spots, len(found) - len(spots), file_name, context)
    return _saved(copy.workbook)


def _saved(workbook: Workbook) -> bytes:
    """The workbook's bytes without openpyxl's clock: in the list of parts and in the workbook's properties."""
    workbook.properties.created = _SOME_DAY
    plain, out = io.BytesIO(), io.BytesIO()
    workbook.save(plain)
    with zipfile.ZipFile(plain) as parts, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in parts.namelist():
            content = parts.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>" + _SOME_DAY.strftime("%Y-%m-%dT%H:%M:%SZ").encode(), content)
            archive.writestr(zipfile.ZipInfo(name, _SOME_DAY.timetuple()[:6]), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _unmark(sheet: Worksheet) -> None:
    """Remove the marks of earlier feedback. Only cells that exist are visited: a far-off one makes millions."""
    for cell in sheet._cells.values():
        if cell.has_style and cell.fill.fgColor.rgb in _OURS:
            cell.fill = PatternFill()
        if cell.comment and PROBLEM_MARK in cell.comment.text:
            kept = cell.comment.text.partition(PROBLEM_MARK)[0].rstrip()
            cell.comment = Comment(kept, cell.comment.author) if kept else None


def _spot(problem: Problem, copy: Copy) -> Cell | None:
    """The cell to mark: the problem's own, the first of its line, or A1 of its sheet; None outside every sheet."""
    sheet = copy.sheets.get(problem.sheet)
    if sheet is None and not problem.sheet and len(copy.sheets) == 1 and (problem.cell or problem.line):
        (sheet,) = copy.sheets.values()
    if sheet is None:
        return None
    address = _ADDRESS.fullmatch(problem.cell)
    column = column_index_from_string(address.group(1)) if address else 1
    line = int(address.group(2)) if address else problem.line or 1
    if line > _LAST_LINE or column > _LAST_COLUMN:
        return None
    return _anchor(sheet, line, column)


def _anchor(sheet: Worksheet, line: int, column: int) -> Cell:
    """The cell itself, or the first one of the merged cells it belongs to."""
    cell = sheet.cell(line, column)
    if not isinstance(cell, MergedCell):
        return cell
    area = next(area for area in sheet.merged_cells.ranges if cell.coordinate in area)
    return sheet.cell(area.min_row, area.min_col)


def _mark_all(spots: Sequence[tuple[Problem, Cell | None]]) -> None:
    by_cell: dict[tuple[str, str], tuple[Cell, list[Problem]]] = {}
    for problem, cell in spots:
        if cell is not None:
            by_cell.setdefault((cell.parent.title, cell.coordinate), (cell, []))[1].append(problem)
    for cell, own in by_cell.values():
        _mark(cell, own)


def _mark(cell: Cell, problems: Sequence[Problem]) -> None:
    cell.fill = FILLS["error" if any(problem.is_error for problem in problems) else "warning"]
    said = "\n\n".join(_comment(problem) for problem in problems[:_SHOWN_IN_A_COMMENT])
    before = cell.comment.text.rstrip() + "\n" if cell.comment else ""
    author = cell.comment.author if cell.comment else words()["author"]
    text = fit_for_xml(f"{before}{PROBLEM_MARK}\n{said}")
    height = (lines_of(text, _COMMENT_COLUMNS) + 1) * _COMMENT_LINE
    cell.comment = Comment(text, author, height=height, width=_COMMENT_WIDTH)
    if cell.parent.protection.sheet and any(problem.cell for problem in problems):
        cell.protection = Protection(locked=False, hidden=cell.protection.hidden)  # or nobody could mend it


def _comment(problem: Problem) -> str:
    said = words()
    lines = [
        said["comment"].format(level=layout()["levels"][level(problem)], wrong=sentence(problem)),
        said["comment_do"].format(do=remedy(problem)),
    ]
    if problem.example:
        lines.append(said["comment_example"].format(example=problem.example))
    return "\n".join(lines)
