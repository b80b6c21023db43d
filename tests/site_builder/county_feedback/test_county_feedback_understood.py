"""What was understood of a sheet is shown to the county: in words on the page, as colours in its own workbook."""

import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from feedback_cases import CONTEXT, problem
from openpyxl.styles import PatternFill
from openpyxl.workbook import Workbook

from site_builder import county_feedback, untrusted_files
from site_builder.collect.structure import tables
from site_builder.collect.structure.parts import PartKind
from site_builder.county_feedback import FeedbackContext
from site_builder.county_feedback.colours import FILLS
from site_builder.county_feedback.context import words
from site_builder.model import forms
from site_builder.model.schemas import Schemas
from site_builder.shared.codes import Code

ROWS: list[list[object]] = [
    ["联络员名单"],
    ["村名", "联络员", None, "任职日期"],
    [None, "姓名", "职务", None],
    ["荣华村", "陈志高", "村会计", "2018-06-01"],
    ["合计", "1人"],
    ["注：截至6月20日"],
]
KINDS = [PartKind.TITLE, PartKind.HEADS, PartKind.HEADS, PartKind.ROWS, PartKind.SUM, PartKind.NOTE]
OWN = "FFABCDEF"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A list with a title, two lines of heads, a sum and a note; one cell has a colour of its own."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "表一"
    for row in ROWS:
        sheet.append(row)
    sheet["D4"].fill = PatternFill("solid", fgColor=OWN)
    book.save(tmp_path / "报表.xlsx")
    return tmp_path / "报表.xlsx"


def answered(path: Path, root: Path, known: Schemas) -> tuple[str, Workbook, bytes]:
    """The page and the marked workbook."""
    file = untrusted_files.read(path)
    sheet = next(sheet for sheet in file.sheets if sheet.name == "表一")
    found = tables.understand(path.name, sheet, forms.load(root, known)).tables
    context: FeedbackContext = replace(CONTEXT, tables=tuple(found))
    wrong = problem(Code.CELL_SPACES, sheet="表一", line=4, cell="B4")
    page, book = county_feedback.feedback_files(file, path.name, [wrong], context).values()
    return page.decode(), openpyxl.load_workbook(io.BytesIO(book)), book


def test_each_part_has_its_colour_and_the_list_says_which(path: Path, root: Path, known: Schemas) -> None:
    """A fault's own colour prevails, and so does the sender's."""
    page, book, _ = answered(path, root, known)
    filled = [book["表一"][cell].fill.fgColor.rgb for cell in ("A1", "A2", "B3", "A4", "A5", "A6")]
    assert filled == [FILLS[kind].fgColor.rgb for kind in KINDS]
    assert book["表一"]["D4"].fill.fgColor.rgb == OWN
    assert book["表一"]["B4"].fill.fgColor.rgb not in {fill.fgColor.rgb for fill in FILLS.values()}
    legend = {cell.value: cell.fill.fgColor.rgb for cell in book.worksheets[0][3] if cell.value}
    kinds = words()["understood"]["kinds"]
    assert legend[kinds["sum"]] == FILLS[PartKind.SUM].fgColor.rgb
    assert "A2:D3" in page


def test_sent_again_it_is_read_and_coloured_afresh(path: Path, root: Path, known: Schemas) -> None:
    """Our colours are taken off where a row that was a note is none any more."""
    path.write_bytes(answered(path, root, known)[2])
    book = openpyxl.load_workbook(path)
    book["表一"]["A6"].value = None
    book.save(path)
    _, again, _ = answered(path, root, known)
    assert again["表一"]["A6"].fill.fill_type is None
    assert again["表一"]["A2"].fill.fgColor.rgb == FILLS[PartKind.HEADS].fgColor.rgb
