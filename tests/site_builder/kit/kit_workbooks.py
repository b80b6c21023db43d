"""Workbooks to look at: those of the tiny campaign, and those of counties made up for a test."""

import io
from collections.abc import Mapping
from functools import cache

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet
from tiny_campaign import EXAMPLE, PROJECT

from site_builder.kit.county import KitCounty, KitVillage, gather
from site_builder.kit.workbook import county_workbook
from site_builder.model import campaign, forms, schemas
from site_builder.model.forms import HEAD_LINE, Form, RowKind

SETTINGS = campaign.load(EXAMPLE)
SCHEMAS = schemas.load(PROJECT)
FORMS = forms.load(PROJECT, SCHEMAS)
FIRST = HEAD_LINE + 1


@cache
def tiny_county(code: str = "220881") -> KitCounty:
    """A county of the tiny campaign."""
    return next(county for county in gather(EXAMPLE, SETTINGS, SCHEMAS) if county.code == code)


def made_up(
    villages: tuple[KitVillage, ...] = (),
    rows: Mapping[str, list[dict[str, str]]] | None = None,
    window_years: tuple[int, ...] = (),
) -> KitCounty:
    """A county with only what a test gives it."""
    return KitCounty(
        code="220881",
        name="洮南市",
        legal_aid_centre="洮南市法律援助中心",
        submitting_body="白城市司法局",
        villages=villages,
        rows=rows or {},
        window_years=window_years,
        periods=("2018-01", "2018-Q1", "2018"),
        materials={"M-01": "牌匾"},
    )


def village(code: str, name: str = "太平村", township: str = "瓦房镇") -> KitVillage:
    return KitVillage(code=code, name=name, township=township, year=2018)


def content(county: KitCounty) -> bytes:
    return county_workbook(county, FORMS, SCHEMAS, SETTINGS)


def opened(county: KitCounty) -> Workbook:
    return load_workbook(io.BytesIO(content(county)))


def place(form: Form, title: str) -> int:
    """The place of a column in the sheet, from 1."""
    index = next(index for index, column in enumerate(form.columns) if column.title == title)
    return index + 1 + (2 if index and form.rows is RowKind.VILLAGES else 0)


def texts(sheet: Worksheet, line: int) -> list[str | None]:
    return [cell.value for cell in sheet[line]]


def column_cells(book: Workbook, table: str, title: str) -> list[Cell]:
    """The cells of a column, from the first line of data on."""
    form = FORMS.forms[table]
    return [row[0] for row in book[form.sheet].iter_rows(FIRST, min_col=place(form, title), max_col=place(form, title))]


def validation(sheet: Worksheet, cell: Cell) -> DataValidation | None:
    """What a cell lets in, if anything is said of it."""
    found = [rule for rule in sheet.data_validations.dataValidation if cell.coordinate in rule.sqref]
    assert len(found) < 2, f"{cell.coordinate} has {len(found)} validations"
    return found[0] if found else None


def rule_of(sheet: Worksheet, cell: Cell) -> DataValidation:
    """What a cell lets in, of which something must be said."""
    rule = validation(sheet, cell)
    assert rule, f"nothing is said of {cell.coordinate}"
    return rule


def dropdown(book: Workbook, rule: DataValidation) -> list[str]:
    """The entries of a dropdown, read from the sheet that it refers to."""
    sheet, _, area = rule.formula1.lstrip("=").partition("!")
    first_column, first, last_column, last = range_boundaries(area)
    assert first_column == last_column
    assert last - first + 1 <= book[sheet.strip("'")].max_row
    return [row[0].value for row in book[sheet.strip("'")].iter_rows(first, last, first_column, last_column)]
