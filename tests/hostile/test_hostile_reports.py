"""Reports made of hostile cells: in the document and the workbook each is the text that it is, and nothing runs."""

import html
import io
import re
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from hostile_campaign import DEMONSTRATION, SCHEMAS, make_root
from office import converted
from pdf_text import text

from site_builder import checks, publication
from site_builder.model import campaign, programme
from site_builder.office import internal_report
from site_builder.office.internal_report import Inside
from site_builder.publication.public import PublicRecords
from site_builder.render.pages.reports import downloads, report_page
from site_builder.reports.public import periods_over
from site_builder.shared import words

# What our own template is made of.
ELEMENTS = {
    "html",
    "head",
    "meta",
    "link",
    "title",
    "style",
    "body",
    "p",
    "main",
    "h1",
    "h2",
    "h3",
    "br",
    "div",
    "strong",
}
ELEMENTS |= {"span", "dl", "dt", "dd", "svg", "rect", "table", "caption", "thead", "tbody", "tr", "th", "td", "time"}
WORDS, KOREAN = programme.chinese_words(DEMONSTRATION), words.load(DEMONSTRATION, "ko")


@pytest.fixture(scope="module")
def inside(tmp_path_factory: pytest.TempPathFactory) -> Inside:
    root = make_root(tmp_path_factory.mktemp("reports"))
    settings = campaign.load(root)
    return internal_report.inside_of(root, settings, SCHEMAS, checks.check(root, settings, SCHEMAS).records)


@pytest.fixture(scope="module")
def public(inside: Inside) -> PublicRecords:
    return publication.publish(inside.records, inside.campaign, SCHEMAS)


@pytest.fixture(scope="module")
def files(public: PublicRecords, inside: Inside) -> dict[str, bytes]:
    """The half-year's document, workbook and page: the internal edition, which holds all that the public one does."""
    (half,) = (period for period in periods_over(public) if period.key == "2018-H1")
    report = internal_report.internal_report(public, inside, half, WORDS)
    page = report_page(report, WORDS, KOREAN).encode()
    return {path.rpartition(".")[2]: content for path, content in downloads(report, WORDS).items()} | {"html": page}


@pytest.fixture(scope="module")
def names(public: PublicRecords, inside: Inside) -> set[str]:
    """What every form of a report shows: counties, prefectures, milestones, and who verified."""
    found = {county.name for county in public.counties} | set(public.prefectures.values())
    found |= {item.verified_by for item in inside.records.indicators}
    return found | {milestone.title for milestone in public.campaign.milestones}


def test_the_document_holds_every_cell_as_text(names: set[str], files: dict[str, bytes]) -> None:
    """Names stand in the document word for word; no field but the page's number, and nothing from elsewhere."""
    made = docx.Document(io.BytesIO(files["docx"]))
    cells = {cell.text for table in made.tables for row in table.rows for cell in row.cells}
    assert names - cells == set()
    parts = zipfile.ZipFile(io.BytesIO(files["docx"]))
    everything = b"".join(parts.read(name) for name in parts.namelist() if name.endswith((".xml", ".rels")))
    assert everything.count(b"fldSimple ") == everything.count(b'w:instr="PAGE"') == 2  # left and right pages
    assert b"instrText" not in everything
    assert b'TargetMode="External"' not in everything


def test_the_workbook_holds_no_formula(names: set[str], files: dict[str, bytes]) -> None:
    """Names stand in the workbook word for word; every cell is a text, a number or a day."""
    book = openpyxl.load_workbook(io.BytesIO(files["xlsx"]))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert names - {cell.value for cell in cells} == set()


@pytest.mark.needs("libreoffice-writer", "libreoffice-calc", "poppler-utils")
def test_an_office_program_shows_them_and_runs_nothing(
    names: set[str], files: dict[str, bytes], tmp_path: Path
) -> None:
    """LibreOffice calculates nothing of the workbook, and sets the document with its names on paper."""
    for kind in ("docx", "xlsx"):
        (tmp_path / f"half.{kind}").write_bytes(files[kind])
    before, after = (
        openpyxl.load_workbook(path) for path in (tmp_path / "half.xlsx", converted(tmp_path / "half.xlsx", "xlsx"))
    )
    for sheet in before:
        texts = {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "s"}
        assert {place: after[sheet.title][place].value for place in texts} == texts
        assert {after[sheet.title][place].data_type for place in texts} <= {"s"}
    paper = text(converted(tmp_path / "half.docx", "pdf").read_bytes())
    plain = [name for name in names if name.isalnum()]
    assert [name for name in plain if name not in paper] == []
    assert not list(tmp_path.rglob("*.ran"))


def test_the_page_shows_them_as_text(names: set[str], files: dict[str, bytes]) -> None:
    """Read back by a parser of HTML, every name is text; no element and no attribute came of one."""
    page = files["html"].decode()
    shown = html.unescape(re.sub(r"<[^<>]*>", "\n", page))
    assert [name for name in names if name not in shown] == []
    assert set(re.findall(r"<([a-z0-9]+)", page)) <= ELEMENTS
    assert re.findall(r"<[^<>]*\son[a-z]+\s*=", page) == []
