"""Returns to answer: a workbook as the kit locks it, and problems at its cells."""

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter

from site_builder.county_feedback import FeedbackContext
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem
from site_builder.untrusted_files import Sheet, UntrustedFile

NAME = "洮南市2018.xlsx"
SHEET, QUOTED, HIDDEN = "联络员名单", "it's 窗口", "lists"
CONTEXT = FeedbackContext(county_name="洮南市", received_on=date(2018, 6, 20), accepted=False)


def problem(code: Code = Code.CELL_SPACES, **place: Any) -> Problem:  # noqa: ANN401
    """A problem of the return, an error at a cell by default."""
    return Problem(code=code, file=NAME, **place)


PATTERN = problem(
    Code.CELL_PATTERN,
    sheet=SHEET,
    line=4,
    cell="C4",
    column="姓名",
    entered='=HYPERLINK("http://x")',
    example="李春花",
    details={"description": "填身份证上的姓名"},
)
WARNING = problem(
    Code.VILLAGE_NAME_DIFFERS,
    sheet=SHEET,
    line=7,
    cell="A7",
    column="村名",
    details={"name": "瓦房", "official": "荣华村委会"},
)
ROW = problem(Code.ROW_LENGTH, sheet=SHEET, line=9, details={"found": "3", "expected": "5"})
WHOLE = problem(Code.FILE_EMPTY)


def kit_workbook(path: Path) -> Path:
    """A protected sheet with a locked code column and a dropdown, a hidden sheet, a sheet with an awkward name."""
    workbook = xlsxwriter.Workbook(str(path))
    sheet = workbook.add_worksheet(SHEET)
    locked = workbook.add_format({"bg_color": "#EEEEEE"})
    free = workbook.add_format({"locked": False, "num_format": "@"})
    sheet.write_row(0, 0, ["村名", "村代码", "姓名", "身份"])
    for line in range(1, 20):
        sheet.write_string(line, 0, "荣华村", locked)
        sheet.write_string(line, 1, f"2208811002{line:02}", locked)
        sheet.write_string(line, 2, "李春花 ", free)
    sheet.data_validation(1, 3, 19, 3, {"validate": "list", "source": f"={HIDDEN}!$A$1:$A$2"})
    sheet.write_comment(3, 2, "我的批注")
    sheet.protect("")
    hidden = workbook.add_worksheet(HIDDEN)
    hidden.write_column(0, 0, ["村书记", "村主任"])
    hidden.hide()
    quoted = workbook.add_worksheet(QUOTED)
    quoted.merge_range("B3:D4", "合并")
    quoted.write_formula("A1", "=1+1", None, 2)
    workbook.close()
    return path


def received(path: Path, kind: str = "xlsx", **more: Any) -> UntrustedFile:  # noqa: ANN401
    """What a reader makes of a workbook, near enough for an answer."""
    workbook = openpyxl.load_workbook(path)
    sheets = tuple(
        Sheet(
            name=sheet.title,
            rows=[list(row) for row in sheet.iter_rows(values_only=True)],
            is_hidden=sheet.sheet_state != "visible",
        )
        for sheet in workbook.worksheets
    )
    return UntrustedFile(path=path, kind=kind, digest="0" * 64, sheets=sheets, **more)
