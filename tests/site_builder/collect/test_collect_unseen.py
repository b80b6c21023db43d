"""What nobody sees in a return, or what somebody crossed out, is named by its place."""

import subprocess
from pathlib import Path

import openpyxl
import pytest
from collect_examples import SOUND, context_of, grid, take
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from site_builder.model.forms import Forms


def unseen(root: Path, path: Path) -> list[tuple[str, str]]:
    """The problems of unseen parts, each with the places that it names."""
    (taken,) = take(root, path, context=context_of(root))
    codes = ("rows-hidden", "columns-hidden", "cells-struck")
    return sorted((found.code, found.details["places"]) for found in taken.problems if found.code in codes)


def book_of(known: Forms) -> tuple[openpyxl.Workbook, Worksheet]:
    """A workbook with the list of liaisons, of one row."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = known.forms["liaisons"].sheet
    for row in grid(known.forms["liaisons"], SOUND["liaisons"]):
        sheet.append(row)
    return book, sheet


def spoilt(root: Path, path: Path) -> Path:
    """A hidden row and column with contents and without, a cell struck through and one struck in part."""
    book, sheet = book_of(context_of(root).forms)
    sheet.row_dimensions[2].hidden = sheet.row_dimensions[9].hidden = True
    sheet.column_dimensions["C"].hidden = sheet.column_dimensions["Z"].hidden = True
    sheet["B2"].font = Font(strike=True)
    crossed_out = TextBlock(InlineFont(strike=True), "韩冬梅")
    sheet["D2"] = CellRichText("原为", crossed_out)
    book.save(path)
    return path


FOUND = [("cells-struck", "B2、D2"), ("columns-hidden", "C"), ("rows-hidden", "2")]


def test_hidden_and_struck_parts_that_hold_something_are_named(root: Path, tmp_path: Path) -> None:
    """Those that hold nothing are nobody's concern."""
    assert unseen(root, spoilt(root, tmp_path / "报表.xlsx")) == FOUND


def test_filtered_rows_are_named(root: Path, tmp_path: Path) -> None:
    """A filter hides rows; the file says so of each."""
    book, sheet = book_of(context_of(root).forms)
    sheet.auto_filter.ref = "A1:K2"
    sheet.row_dimensions[2].hidden = True
    book.save(tmp_path / "报表.xlsx")
    assert unseen(root, tmp_path / "报表.xlsx") == [("rows-hidden", "2")]


def test_a_return_with_nothing_unseen_is_taken_without_a_word(root: Path, tmp_path: Path) -> None:
    """Nothing hidden, nothing said."""
    book, _ = book_of(context_of(root).forms)
    book.save(tmp_path / "报表.xlsx")
    assert unseen(root, tmp_path / "报表.xlsx") == []


@pytest.mark.needs("libreoffice-calc")
@pytest.mark.parametrize("kind", ["ods", "xls"])
def test_other_kinds_of_workbooks_tell_of_it_too(kind: str, root: Path, tmp_path: Path) -> None:
    """As LibreOffice saves them."""
    path = spoilt(root, tmp_path / "报表.xlsx")
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/home", "--headless", "--convert-to", kind]
    subprocess.run([*command, "--outdir", tmp_path / "out", path], check=True, capture_output=True)
    assert unseen(root, tmp_path / "out" / f"报表.{kind}") == FOUND


def test_of_a_term_that_is_crossed_out_nothing_more_is_asked(root: Path, tmp_path: Path) -> None:
    """It overlaps the next one only if it counts, which is asked already."""
    context = context_of(root)
    book, sheet = book_of(context.forms)
    heads = [cell.value for cell in sheet[1]]
    after = {"village_code": "220881100201", "name": "韩冬梅", "role": "村会计", "from_date": "2018-06-20"}
    sheet.append([after.get(column.field.name) for column in context.forms.forms["liaisons"].columns])
    book.save(tmp_path / "甲.xlsx")
    for place in range(1, len(heads) + 1):
        sheet.cell(2, place).font = Font(strike=True)
    book.save(tmp_path / "乙.xlsx")
    found = []
    for name in ("甲.xlsx", "乙.xlsx"):
        (taken,) = take(root, tmp_path / name, context=context)
        found.append({problem.code for problem in taken.problems} & {"cells-struck", "liaison-overlap"})
    assert found == [{"liaison-overlap"}, {"cells-struck"}]
