"""Tables for people: one line a village, as the pages say it, which no spreadsheet program takes for a formula."""

import csv
import io
import re
from collections.abc import Callable
from dataclasses import replace

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from site_builder.publication.public import PublicRecords
from site_builder.render.open_data.people import csv_text, people_files, people_table
from site_builder.shared.words import Words

Public = Callable[[], PublicRecords]
TRICKS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "；=1"]


@pytest.fixture
def files(public: Public, labels: Words) -> dict[str, bytes]:
    return dict(people_files(public(), labels))


def rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_each_county_and_the_province_have_a_table(files: dict[str, bytes], public: Public) -> None:
    """As CSV that Excel reads rightly, and as XLSX; the province's holds the lines of all."""
    records = public()
    codes = [county.code for county in records.counties]
    assert set(files) == {f"lists/{area}.{form}" for area in [*codes, "campaign"] for form in ("csv", "xlsx")}
    assert all(content.startswith(b"\xef\xbb\xbf") for path, content in files.items() if path.endswith(".csv"))
    villages = sum(len(county.villages) for county in records.counties)
    own = [line for code in codes for line in rows(files[f"lists/{code}.csv"])[1:] if len(line) > 1]
    assert [line for line in rows(files["lists/campaign.csv"])[1:] if len(line) > 1] == own
    assert len(own) == villages


def test_a_line_says_what_the_page_of_the_village_says(files: dict[str, bytes], public: Public, labels: Words) -> None:
    """Names under Chinese heads, phones as they are published, and that nobody serves where nobody does."""
    for county in public().counties:
        head, *lines = rows(files[f"lists/{county.code}.csv"])
        for village, line in zip(county.villages, lines, strict=False):
            told = dict(zip(head, line, strict=True))
            assert (told["县（市、区）"], told["村"]) == (county.name, village.name)
            liaison = village.liaison
            assert told["法律援助联络员"] == (liaison.name if liaison else labels["county"]["vacant"])
            assert told["联络员电话"] == (liaison.phone if liaison else "")
            assert told["办公电话"] == county.office_phone
            ways = {"helped": "有台阶，走不了的打电话，有人下来接", "": ""}
            assert told["窗口台阶和坡道"] == "；".join(ways[window.way_in] for window in county.windows)
            assert told["服务窗口"] == "；".join(window.name for window in county.windows)


def test_the_workbook_holds_the_same_texts(files: dict[str, bytes]) -> None:
    """Each cell a text, none a formula; the sheet says that the data are invented."""
    for path in [path for path in files if path.endswith(".xlsx")]:
        sheet = openpyxl.load_workbook(io.BytesIO(files[path])).worksheets[0]
        cells = [[cell.value or "" for cell in row] for row in sheet.iter_rows()]
        plain = rows(files[path.replace(".xlsx", ".csv")])
        assert [[cell for cell in row if cell] for row in cells] == [[cell for cell in row if cell] for row in plain]
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
        assert sheet.title == "演示名单"


def test_the_workbook_is_legible_on_a4(files: dict[str, bytes]) -> None:
    """All columns go across a sheet on its side at four fifths of their size, and each row shows all its lines."""
    for path in [path for path in files if path.endswith(".xlsx")]:
        sheet = openpyxl.load_workbook(io.BytesIO(files[path])).worksheets[0]
        widths = {
            get_column_letter(place): found.width
            for found in sheet.column_dimensions.values()
            for place in range(found.min, found.max + 1)
        }
        across = 141 + 2 * (0.7 - sheet.page_margins.left) * 14  # digits: 14 an inch
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert across / sum(widths.values()) > 0.8
        for row in [row for row in sheet.iter_rows() if row[1].value]:
            chinese = [cell for cell in row if cell.value and not re.search("[ -~]", str(cell.value))]
            lines = max(2 * len(str(cell.value)) / widths[cell.column_letter] for cell in chinese)
            assert sheet.row_dimensions[row[0].row].height >= 13 * lines


def test_terms_source_and_day_stand_below(public: Public, labels: Words, files: dict[str, bytes]) -> None:
    """And of invented data that they are; without a licence nothing is said of one."""
    notes = [line[0] for line in rows(files["lists/220881.csv"]) if len(line) == 1]
    assert notes[0] == labels["common"]["demo_banner"]
    assert any("数据截至2018年6月30日" in note for note in notes)
    records = public()
    licence = records.campaign.site.licence
    assert any(note.startswith("许可：") for note in notes) == bool(licence)
    site = records.campaign.site.model_copy(update={"licence": None})
    bare = replace(records, campaign=records.campaign.model_copy(update={"site": site}))
    assert not any("许可" in note for note in people_table(bare, labels, "洮南市", bare.counties).notes)


@pytest.mark.parametrize("trick", TRICKS)
def test_no_text_becomes_a_formula(trick: str, public: Public, labels: Words) -> None:
    """Whatever a village is called."""
    records = public()
    county = next(county for county in records.counties if county.villages)
    county = replace(county, villages=(replace(county.villages[0], name=trick), *county.villages[1:]))
    table = people_table(records, labels, "洮南市", [county])
    named = next(csv.DictReader(io.StringIO(csv_text(table), newline="")))["村"]
    assert named.startswith("'") or "'" in named or not trick.strip().startswith(("=", "+", "-", "@"))
    content = dict(people_files(replace(records, counties=(county,)), labels))[f"lists/{county.code}.xlsx"]
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert "f" not in {cell.data_type for row in sheet.iter_rows() for cell in row}


def test_the_same_table_gives_the_same_bytes(public: Public, labels: Words, files: dict[str, bytes]) -> None:
    """No clock and no chance in it."""
    assert dict(people_files(public(), labels)) == files
