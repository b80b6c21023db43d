"""A workbook to mark: the sender's own where it can be opened, else a fresh one with the same cells."""

from __future__ import annotations

import re
import warnings
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice, product
from unicodedata import east_asian_width

import openpyxl
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from site_builder.county_feedback.values_alone import keep_values_alone
from site_builder.model.forms import PROBLEM_SHEET
from site_builder.untrusted_files import Sheet, UntrustedFile, Value

# An ordinary return holds some thousand cells; these bounds keep the copy within seconds and in memory.
MOST_CELLS = 150_000
_MOST_BYTES = 64 * 1024 * 1024
_NOT_IN_A_TITLE = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_FIRST_YEAR = 1904  # earlier days have no number that Excel and LibreOffice agree on


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A workbook to mark. sheets: its sheets by the names that problems know them by."""

    workbook: Workbook
    sheets: dict[str, Worksheet]


def is_huge(received: UntrustedFile) -> bool:
    """Whether a copy would take too long; of merged cells openpyxl makes each one."""
    cells = sum(len(row) for sheet in received.sheets for row in sheet.rows)
    merged = sum(
        (bottom - top + 1) * (right - left + 1)
        for sheet in received.sheets
        for top, left, bottom, right in sheet.merged
    )
    return cells + merged > MOST_CELLS


def empty_copy() -> Copy:
    """A workbook without a sheet."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    return Copy(workbook=workbook, sheets={})


def fit_for_xml(text: str) -> str:
    """A text as a workbook can hold it: no control characters, at most as long as a cell."""
    return _NOT_IN_XML.sub("□", text)[:32_767]


def lines_of(text: str, width: int) -> int:
    """How many lines a text takes at a width in half-width characters; a Chinese character is two of them wide."""
    widths = [sum(2 if east_asian_width(c) in "WFA" else 1 for c in line) for line in text.split("\n")]
    return sum(max(1, -(-line // width)) for line in widths)


def put_text(cell: Cell, text: str) -> None:
    """Write a text as text, whatever it begins with: never a formula, never an error, never a number."""
    cell.value = fit_for_xml(text)
    cell.data_type = "s"
    cell.quotePrefix = True


def own_copy(received: UntrustedFile) -> Copy:
    """The sender's own workbook: its values, looks and conditions. Raises whatever openpyxl does."""
    with zipfile.ZipFile(received.path) as archive:
        if sum(part.file_size for part in archive.infolist()) > _MOST_BYTES:
            raise ValueError(received.kind)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of what it leaves out; the sender still has it
        workbook = openpyxl.load_workbook(received.path, keep_vba=False)
    sheets = {sheet.title: sheet for sheet in workbook.worksheets}
    if PROBLEM_SHEET in sheets:
        workbook.remove(sheets.pop(PROBLEM_SHEET))
    keep_values_alone(workbook, {sheet.name: sheet for sheet in received.sheets})
    return Copy(workbook=workbook, sheets=sheets)


def fresh_copy(received: UntrustedFile) -> Copy:
    """The same cells at the same addresses. Numbers stay numbers: as text, lost digits would look whole."""
    copy = empty_copy()
    if received.counts_from_1904:
        copy.workbook.epoch = CALENDAR_MAC_1904
    for sheet in received.sheets:
        if sheet.name != PROBLEM_SHEET:
            own = copy.workbook.create_sheet(_title(sheet.name, copy.workbook.sheetnames))
            own.sheet_state = "hidden" if sheet.is_hidden else "visible"
            _fill(own, sheet)
            copy.sheets[sheet.name] = own
    return copy


def _title(name: str, taken: list[str]) -> str:
    """A name that Excel allows and no other sheet has."""
    wanted = _NOT_IN_A_TITLE.sub("_", fit_for_xml(name)).strip("'")[:28] or "1"
    used = {title.casefold() for title in (*taken, PROBLEM_SHEET)}
    numbered = (wanted if number == 1 else f"{wanted}_{number}" for number in range(1, len(used) + 2))
    return next(title for title in numbered if title.casefold() not in used)


def _fill(copy: Worksheet, sheet: Sheet) -> None:
    for line, row in enumerate(sheet.rows, start=1):
        for place, value in enumerate(row, start=1):
            if value is not None and value != "":
                _put(copy, line, place, value)
    for top, left, bottom, right in sheet.merged:
        places = product(range(top, bottom + 1), range(left, right + 1))
        if not any(place in copy._cells for place in islice(places, 1, None)):  # merging would drop their values
            copy.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
    for place in range(1, max((len(row) for row in sheet.rows), default=0) + 1):
        copy.column_dimensions[get_column_letter(place)].width = 18


def _put(copy: Worksheet, line: int, place: int, value: Value) -> None:
    if isinstance(value, str) or (isinstance(value, date | datetime) and value.year < _FIRST_YEAR):
        cell = copy.cell(line, place)
        put_text(cell, str(value))
        cell.number_format = "@"  # so that a code typed over it stays whole
        return
    cell = copy.cell(line, place, value)
    if isinstance(value, int) and not isinstance(value, bool):
        cell.number_format = "0"  # as General, twelve digits show as 2.20881E+11
