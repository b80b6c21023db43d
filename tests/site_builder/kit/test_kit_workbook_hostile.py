"""The workbook keeps whatever the record holds as the text that it is: hostile names and cells."""

import io
import re
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kit_workbooks import FIRST, FORMS, SCHEMAS, SETTINGS, content, made_up, opened, village
from openpyxl import load_workbook
from rounds import rounds

from site_builder.kit.workbook import county_workbook
from site_builder.kit.workbook.values import cell_value

# What the record's own reader lets through: no control characters, no surrogates.
TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=40)
FORMULAS = [
    "=1+1",
    '=HYPERLINK("http://example.org","x")',
    "+1",
    "-1",
    "@SUM(1)",
    "=cmd|' /C calc'!A0",
    "{{7*7}}",
    "_x000D_",
]
CODE = "220881100200"


@pytest.mark.parametrize("name", FORMULAS)
def test_what_begins_like_a_formula_is_text(name: str) -> None:
    """Formulas, templates and escapes of the file format stay the text that they are."""
    come_back(name, name, name)


@settings(max_examples=rounds(4, 15))
@given(TEXTS, TEXTS, TEXTS)
def test_names_come_back_as_they_are(name: str, township: str, liaison: str) -> None:
    """Whatever a village, a township or a liaison is called stands in its cell and in the dropdowns."""
    come_back(name, township, liaison)


def come_back(name: str, township: str, liaison: str) -> None:
    county = made_up(
        villages=(village(CODE, name, township),),
        rows={"liaisons": [{"village_code": CODE, "name": liaison, "from_date": "2018-03-01"}]},
    )
    book = load_workbook(io.BytesIO(content(county)))
    row = book["联络员名单"][FIRST]
    assert [cell.value for cell in row[:4]] == [CODE, township, name, liaison]
    assert {cell.data_type for sheet in book for cells in sheet.iter_rows() for cell in cells} <= {"s", "n", "d"}
    offered = [cell.value for cells in book["_lists"].iter_rows() for cell in cells]
    assert f"{CODE} {township}{name}" in offered


@settings(max_examples=rounds(4, 15))
@given(st.lists(TEXTS, min_size=12, max_size=12))
def test_cells_that_fit_no_type_come_back_as_text(cells: list[str]) -> None:
    """A record with nonsense in every field still makes a workbook, and nothing of it is lost."""
    table = SCHEMAS.tables["village_surveys"]
    row = dict(zip(table.header, [CODE, *cells], strict=False))
    book = opened(made_up(villages=(village(CODE),), rows={"village_surveys": [row]}))
    found = [cell.value for cell in book["摸底调查"][FIRST]]
    assert [str(value) for value in found[3:]] == cells


@given(st.integers(-(10**18), 10**18))
def test_a_whole_number_is_a_number_where_a_workbook_keeps_it(number: int) -> None:
    """Up to fifteen digits it is a number; beyond, where digits would be lost, it stays text."""
    value = cell_value(SCHEMAS.tables["village_surveys"].field("elderly"), str(number))
    assert value == (number if abs(number) < 10**15 else str(number))


@given(st.one_of(st.decimals(-1000, 1000, places=3).map(str), TEXTS))
def test_a_decimal_reads_back_as_the_same_text(text: str) -> None:
    """What is written as a number has the record's text as its shortest form; anything else stays text."""
    value = cell_value(SCHEMAS.tables["windows"].field("longitude"), text)
    is_number = isinstance(value, float)
    assert is_number == bool(re.fullmatch(r"0|-?(0|[1-9][0-9]*)\.[0-9]*[1-9]|-?[1-9][0-9]*", text))
    assert (f"{value:.3f}".rstrip("0").rstrip(".") if is_number else value) == text


@given(st.dates().map(str) | TEXTS)
def test_a_day_reads_back_as_the_same_text(text: str) -> None:
    """What is written as a day has the record's text; days that Excel does not know stay text."""
    assert str(cell_value(SCHEMAS.tables["windows"].field("opened_on"), text)) == text


@pytest.mark.parametrize(
    ("field", "text"),
    [
        *(("campaign_year", text) for text in ("007", "-0", "1e3", "１２", "2018.0")),
        *(("longitude", text) for text in ("1.50", "-0", "007.5", "122.0", "1e2", "nan", "١٢٣")),
        *(("opened_on", text) for text in ("2018-02-30", "20180301", "1899-12-31", "1900-02-28", "2018-3-1")),
    ],
)
def test_what_would_change_stays_text(field: str, text: str) -> None:
    """Leading zeros, trailing zeros, other digits, days that are none."""
    assert cell_value(SCHEMAS.tables["windows"].field(field), text) == text


@pytest.mark.parametrize("name", ["县&区<b>", "A" * 300, "&P&D&[File]", "'; DROP", "𠮷林县", "县\x01\uffff"])
def test_a_hostile_county_name_does_no_harm(name: str) -> None:
    """Titles, headers, footers and properties hold it as text; header and footer stay within their 255 characters."""
    county = made_up(villages=(village(CODE),), window_years=(2018,))
    hostile = type(county)(**{each: getattr(county, each) for each in county.__slots__} | {"name": name})
    made = county_workbook(hostile, FORMS, SCHEMAS, SETTINGS)
    book = load_workbook(io.BytesIO(made))
    assert name.rstrip("\x01\uffff") in book["联络员名单"]["A1"].value
    for form in FORMS.forms.values():
        for part in (book[form.sheet].oddHeader.left, book[form.sheet].oddFooter.left):
            assert name.rstrip("\x01\uffff")[:30] in part.text.replace("&&", "&")
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        assert "_rels/.rels" in parts.namelist()
        assert not [part for part in parts.namelist() if "externalLink" in part]


def test_characters_that_the_format_cannot_hold_do_no_harm() -> None:
    """A village named with a noncharacter, which stands in prompts and dropdowns too, still gives a sound file."""
    book = opened(made_up(villages=(village(CODE, "村\uffff\ufffe\x01"),)))
    assert book["联络员名单"][FIRST][2].value.startswith("村")


def test_nothing_in_the_workbook_points_outside() -> None:
    """No relation leaves the file: all links are to its own sheets."""
    with zipfile.ZipFile(io.BytesIO(content(made_up(villages=(village(CODE),))))) as parts:
        for name in parts.namelist():
            assert b'TargetMode="External"' not in parts.read(name)
