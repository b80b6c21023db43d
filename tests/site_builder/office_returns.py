"""What counties send to the office: their kits with some cells of a liaison changed, and the record as it moves on."""

import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl
from tiny_campaign import PROJECT

from site_builder.kit.county import gather
from site_builder.kit.workbook import county_workbook
from site_builder.model import campaign, forms, schemas

LIAISONS = forms.load(PROJECT, schemas.load(PROJECT)).forms["liaisons"]
VILLAGE = "220881100201"
"""A village of the tiny campaign, whose liaison is changed."""


def kits(root: Path, codes: Sequence[str]) -> dict[str, bytes]:
    """The workbook that each county is sent, by code."""
    settings, known = campaign.load(root), schemas.load(root)
    asked = forms.load(root, known)
    return {
        county.code: county_workbook(county, asked, known, settings)
        for county in gather(root, settings, known)
        if county.code in codes
    }


def filled(kit: bytes, village: str, changes: Mapping[str, object]) -> bytes:
    """A county's kit with some cells of the liaison of a village changed, by field."""
    book, out = openpyxl.load_workbook(io.BytesIO(kit)), io.BytesIO()
    sheet = book[LIAISONS.sheet]
    heads = {str(cell.value): cell for line in sheet.iter_rows() for cell in line if cell.value}
    titles = {column.field.name: heads[column.title] for column in LIAISONS.columns}
    lines = range(titles["name"].row + 1, sheet.max_row + 1)
    row = next(line for line in lines if sheet.cell(line, titles["village_code"].column).value == village)
    for name, value in changes.items():
        sheet.cell(row, titles[name].column).value = value
    book.save(out)
    return out.getvalue()


def move_on(root: Path, code: str, before: str, after: str) -> None:
    """What another return has changed since in a county's liaisons."""
    path = root / "content" / "data" / "liaisons" / f"{code}.csv"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")
