"""Lists of villages as offices lay the same ones out: no code in any of them."""

from collections.abc import Callable, Sequence
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import openpyxl


class Listed(NamedTuple):
    """One village: its county, township and own name, and the code that stands in no list."""

    county: str
    township: str
    name: str
    code: str


Rows = Sequence[Listed]
Layout = Callable[[Rows], openpyxl.Workbook]


def _county(each: Listed) -> str:
    return each.county


def _township(each: Listed) -> str:
    return each.township


def one_long_table(villages: Rows) -> openpyxl.Workbook:
    """A province's list: a title, heads, one row a village, the sum at the end."""
    book, sheet = _book("名单")
    sheet.append(["全省贫困村名单"])
    sheet.append(["序号", "县（市、区）", "乡镇（街道）", "贫困村"])
    for number, each in enumerate(villages, start=1):
        sheet.append([number, each.county, each.township, each.name])
    sheet.append(["合计", None, None, f"{len(villages)}个村"])
    return book


def one_sheet_a_county(villages: Rows) -> openpyxl.Workbook:
    """Each county on a sheet of its own, which alone says whose it is; villages as their committees."""
    book = openpyxl.Workbook()
    for county, own in groupby(villages, key=_county):
        sheet = book.create_sheet(county)
        sheet.append(["乡镇", "行政村名称"])
        for each in own:
            sheet.append([each.township, each.name.removesuffix("村") + "村民委员会"])
    del book[book.sheetnames[0]]
    return book


def sections_by_township(villages: Rows) -> openpyxl.Workbook:
    """The county over its rows, the township in one merged cell beside all its villages."""
    book, sheet = _book("Sheet1")
    sheet.append(["序号", "乡镇", "村名", "备注"])
    for county, of_county in groupby(villages, key=_county):
        sheet.append([county])
        sheet.merge_cells(start_row=sheet.max_row, end_row=sheet.max_row, start_column=1, end_column=4)
        for township, own in groupby(of_county, key=_township):
            first = sheet.max_row + 1
            for number, each in enumerate(own, start=1):
                sheet.append([number, township if number == 1 else None, each.name])
            sheet.merge_cells(start_row=first, end_row=sheet.max_row, start_column=2, end_column=2)
    return book


def side_by_side(villages: Rows) -> openpyxl.Workbook:
    """Two halves of the list beside one another, to save paper."""
    book, sheet = _book("贫困村")
    half = (len(villages) + 1) // 2
    sheet.append(["县区", "乡镇", "村", None, "县区", "乡镇", "村"])
    for place in range(half):
        left, right = villages[place], villages[place + half : place + half + 1]
        sheet.append([*left[:3], None, *(right[0][:3] if right else ())])
    return book


def joined_in_one_cell(villages: Rows) -> openpyxl.Workbook:
    """No heads at all: the county as a title line, then each township with its villages in one cell."""
    book, sheet = _book("附件")
    sheet.append(["附件1"])
    sheet.append(["贫困村名单"])
    for number, (county, of_county) in enumerate(groupby(villages, key=_county), start=1):
        own = list(of_county)
        sheet.append([f"{number}、{county}（{len(own)}个）"])
        for township, of_township in groupby(own, key=_township):
            sheet.append([township, "、".join(each.name for each in of_township)])
    return book


def townships_over_columns(villages: Rows) -> openpyxl.Workbook:
    """A sheet for each county, a column for each of its townships, with a count behind some."""
    book = openpyxl.Workbook()
    for county, of_county in groupby(villages, key=_county):
        sheet = book.create_sheet(county)
        sheet.append([f"{county}贫困村名单"])
        for place, (township, of_township) in enumerate(groupby(of_county, key=_township), start=1):
            own = list(of_township)
            heads = township if place % 2 else f"{township}（{len(own)}个）"
            for line, text in enumerate([heads, *(each.name for each in own)], start=2):
                sheet.cell(line, place).value = text
    del book[book.sheetnames[0]]
    return book


def townships_in_one_cell(villages: Rows) -> openpyxl.Workbook:
    """A row for each county: all its townships in one cell, each with its villages."""
    book, sheet = _book("Sheet1")
    sheet.append(["县（市、区）", "贫困村"])
    for county, of_county in groupby(villages, key=_county):
        told = [(township, [each.name for each in own]) for township, own in groupby(of_county, key=_township)]
        sheet.append([county, "；".join(f"{name}（{len(own)}个）：{'、'.join(own)}" for name, own in told)])
    return book


def _book(title: str) -> tuple[openpyxl.Workbook, "openpyxl.worksheet.worksheet.Worksheet"]:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    return book, sheet


LAYOUTS: dict[str, Layout] = {
    "one long table": one_long_table,
    "one sheet a county": one_sheet_a_county,
    "sections by township": sections_by_township,
    "side by side": side_by_side,
    "joined in one cell": joined_in_one_cell,
}

# Layouts that are nothing without their townships.
OVER_VILLAGES: dict[str, Layout] = {
    "townships over columns": townships_over_columns,
    "townships in one cell": townships_in_one_cell,
}


def save(book: openpyxl.Workbook, path: Path) -> Path:
    """The workbook as a file."""
    book.save(path)
    return path
