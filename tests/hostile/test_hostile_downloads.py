"""Downloads of hostile data in a spreadsheet program: nothing is calculated, and the exact text can be had back."""

import csv
import io
import json
import subprocess
from pathlib import Path

import openpyxl
import pytest
from hostile_campaign import DEMONSTRATION, SCHEMAS, all_cells, make_root, placed, text_fields
from hostile_pages import public_records
from office import converted
from rounds import sample

from site_builder.cli import main
from site_builder.model import programme
from site_builder.publication.public import OpenTable, PublicRecords
from site_builder.render.open_data.tables import open_data
from site_builder.shared.spreadsheet_text import RESTORING, restored

pytestmark = pytest.mark.needs("libreoffice-calc", "nodejs")
TABLE = "windows"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_root(tmp_path_factory.mktemp("downloads"))


@pytest.fixture(scope="module")
def public(root: Path) -> PublicRecords:
    return public_records(root)


@pytest.fixture(scope="module")
def files(public: PublicRecords) -> dict[str, bytes]:
    return open_data(public, programme.chinese_words(DEMONSTRATION))


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def text_columns(table: OpenTable) -> list[int]:
    return [place for place, field in enumerate(table.fields) if field.type == "string"]


def test_json_holds_the_exact_text_and_csv_gives_it_back(public: PublicRecords, files: dict[str, bytes]) -> None:
    """Every hostile cell of every open table stands in JSON as it is, and is restored from CSV."""
    for table in public.tables:
        records = json.loads(files[f"data/{table.name}.json"])
        _, *rows = rows_of(files[f"data/{table.name}.csv"])
        for place in text_columns(table):
            name = table.fields[place].name
            exact = [row[place] for row in table.rows]
            assert [record[name] for record in records] == exact
            assert [restored(row[place]) for row in rows] == exact
        hostile = (
            {field.name for field in text_fields(SCHEMAS.tables[table.name])} if table.name in SCHEMAS.tables else set()
        )
        shown = {field.name for field in table.fields}
        assert not hostile & shown or set(all_cells()) & {cell for row in table.rows for cell in row}


def test_other_languages_restore_it_by_the_published_pattern(files: dict[str, bytes], public: PublicRecords) -> None:
    """The pattern in the Data Package gives the exact text in JavaScript too."""
    assert json.loads(files["data/datapackage.json"])["formulaGuard"] == RESTORING
    (table,) = (table for table in public.tables if table.name == TABLE)
    _, *rows = rows_of(files[f"data/{TABLE}.csv"])
    cells = [row[place] for row in rows for place in text_columns(table)]
    program = """
      const { rule, cells } = JSON.parse(require("fs").readFileSync(0, "utf8"));
      const guard = new RegExp(rule.pattern, "g");
      console.log(JSON.stringify(cells.map((cell) => cell.replace(guard, rule.replacement))));
    """
    given = json.dumps({"rule": RESTORING, "cells": cells})
    done = subprocess.run(["node", "-e", program], input=given, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [row[place] for row in table.rows for place in text_columns(table)]


# CSV filter: separators (44 comma, 59 semicolon), quote, UTF-8, from line 1, no column formats, language, not all as
# text, detect numbers, save as shown, …, and last of all: evaluate formulas.
READERS = {
    "by comma": "CSV:44,34,76,1,,2052,false,true,false,false,false,0,true,true",
    "by semicolon": "CSV:59,34,76,1,,1031,false,true,false,false,false,0,true,true",
    "by both": "CSV:44/59,34,76,1,,1031,false,true,false,false,false,0,true,true",
}


@pytest.mark.parametrize("reader", sample(READERS, 2))
def test_a_spreadsheet_calculates_nothing(
    reader: str, tmp_path: Path, public: PublicRecords, files: dict[str, bytes]
) -> None:
    """Opened with formulas switched on, parted at commas or at semicolons, no cell of the CSV is a formula."""
    path = tmp_path / "download.csv"
    path.write_bytes(files[f"data/{TABLE}.csv"])
    book = openpyxl.load_workbook(converted(path, "xlsx", READERS[reader]))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert [cell.value for cell in cells if cell.data_type in ("f", "e")] == []
    if reader == "by comma":
        (table,) = (table for table in public.tables if table.name == TABLE)
        for place in text_columns(table):
            shown = [str(row[place].value or "") for row in list(book.active.iter_rows())[1:]]
            same = [restored(cell) == row[place] for cell, row in zip(shown, table.rows, strict=True)]
            assert sum(same) >= len(same) - 1, table.fields[place].name  # one may look like a number or a date


def test_the_reader_would_calculate(tmp_path: Path) -> None:
    """The control: what is not neutralised becomes a formula at once."""
    path = tmp_path / "bare.csv"
    path.write_text("name\n=7*7\nx;=6*6\n", encoding="utf-8")
    for reader, formula in (("by comma", "=7*7"), ("by semicolon", "=6*6")):
        book = openpyxl.load_workbook(converted(path, "xlsx", READERS[reader]))
        assert formula in [cell.value for row in book.active.iter_rows() for cell in row]


def test_the_status_list_is_neutralised(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What `campaign status --csv` writes gives each county's name and body back, and begins no formula."""
    target = tmp_path / "status.csv"
    monkeypatch.chdir(tmp_path)
    main(["--root", str(root), "status", "--csv", str(target)])
    rows = rows_of(target.read_bytes())
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "＝"))]
    bodies = {cell for place, cell in placed().items() if (place.table, place.field) == ("counties", "submitting_body")}
    assert {restored(row[2]) for row in rows} >= bodies & set(all_cells()[:60])
