"""Cells whose text is crossed out, wholly or in part, by each writer in its own way."""

import io
import struct
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from sent_files import converted, received, saved

from site_builder.untrusted_files.formats import xls_strikes

FONT, STYLE, TEXTS, CONTINUE, CELL = 0x0031, 0x00E0, 0x00FC, 0x003C, 0x00FD


def by_openpyxl() -> bytes:
    """A cell struck wholly, one in part with its text within, one with a strike taken back, one plain."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for place, strike in (("A1", True), ("C1", False), ("D1", None)):
        sheet[place] = "甲"
        sheet[place].font = Font(strike=strike)
    sheet["B1"] = CellRichText("甲", TextBlock(InlineFont(strike=True), "乙"))
    sheet["A3"] = 12
    sheet["B3"] = 13
    sheet["B3"].font = sheet["C3"].font = Font(strike=True)
    return saved(book)


def by_xlsxwriter() -> bytes:
    """The same with shared texts, as Excel writes them."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet, line = book.add_worksheet(), book.add_format({"font_strikeout": True})
    sheet.write("A1", "甲", line)
    sheet.write_rich_string("B1", "甲", line, "乙")
    sheet.write("C1", "甲")
    sheet.write("A3", 1)
    sheet.write("B3", 13, line)
    book.close()
    return out.getvalue()


@pytest.mark.parametrize("book", [by_openpyxl, by_xlsxwriter])
def test_strikes_in_xlsx_are_told(book: Callable[[], bytes], tmp_path: Path) -> None:
    """The number 1 in A3 is not taken for the text number 1, which is struck."""
    filled = received(tmp_path, "报表.xlsx", book()).sheets[0].struck - {(3, 3)}
    assert filled == {(1, 1), (1, 2), (3, 2)}


@pytest.mark.needs("libreoffice-calc")
def test_strikes_in_xls_are_told(tmp_path: Path) -> None:
    """By the font of a cell's style, or by that of a part of its text; numbers side by side are one record."""
    (sheet,) = received(tmp_path, "报表.xls", converted(by_openpyxl(), "xls", tmp_path)).sheets
    assert sheet.struck - {(3, 3)} == {(1, 1), (1, 2), (3, 2)}


def text(shown: str, *runs: tuple[int, int], extension: bytes = b"") -> bytes:
    """A shared text with parts in fonts of their own, one byte a character."""
    head = struct.pack("<HB", len(shown), (8 if runs else 0) | (4 if extension else 0))
    counts = (struct.pack("<H", len(runs)) if runs else b"") + (struct.pack("<I", len(extension)) if extension else b"")
    return head + counts + shown.encode("latin-1") + b"".join(struct.pack("<HH", *run) for run in runs) + extension


LISTED = text("abcdef"), text("abcdef", (2, 5)), text("a", extension=b"xyz"), text("abc", (1, 5)), text("ab", (2, 5))


@pytest.mark.parametrize("cut", range(4, sum(map(len, LISTED))))
def test_a_list_of_texts_may_be_cut_anywhere(cut: int) -> None:
    """A record holds 8 KB; within a text the next one says anew how wide its characters are, elsewhere it does not."""
    fonts = [(FONT, struct.pack("<HH", 200, flags)) for flags in (0, 0, 0, 0, 8)]  # the last one has number 5
    whole, ends, marked = b"".join(LISTED), 0, b""
    for each in LISTED:
        first = ends + 3 + (2 if each[2] & 8 else 0) + (4 if each[2] & 4 else 0)
        marked = b"\0" if first <= cut < first + int.from_bytes(each[:2], "little") else marked
        ends += len(each)
    records = [*fonts, (TEXTS, bytes(8) + whole[:cut]), (CONTINUE, marked + whole[cut:])]
    strikes = xls_strikes.of_workbook(records)
    assert strikes.texts == {1, 3}
    cells = [(CELL, struct.pack("<HHHI", 0, number, 0, number)) for number in range(5)]
    assert list(xls_strikes.in_sheet(cells, strikes)) == [(1, 2), (1, 4)]
