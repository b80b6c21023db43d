"""The documents and workbooks of the reports: laid out as they should be, the same bytes again, nothing internal."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from office import converted
from openpyxl.utils import get_column_letter
from pdf_text import pages
from tiny_campaign import PROJECT

from site_builder import checks, publication
from site_builder.cli import main
from site_builder.model import campaign as settings_of
from site_builder.model import schemas
from site_builder.office import internal_report
from site_builder.office.internal_report import Inside, as_of
from site_builder.publication.public import PublicRecords
from site_builder.record.records import latest_surveys
from site_builder.render.pages.reports import downloads, report_page
from site_builder.reports.model import NUMERIC, ColumnKind, Report, ReportColumn, ReportSection, ReportTable
from site_builder.reports.paper import numeral
from site_builder.reports.public import public_report
from site_builder.shared import periods
from site_builder.shared.words import Words
from site_builder.site import contents

Public = Callable[[], PublicRecords]
JUNE = periods.Period(year=2018, kind=periods.PeriodKind.MONTH, number=6)
# Numbers and texts that nothing else in the tiny campaign comes near.
CANARIES = {"self_value": "918273645", "verified_value": "817263541", "panel_value": "716253419"}
SURVEYED, VERIFIER, PANEL = "73519", "核验某甲", "考评某组"
HALF = periods.Period(year=2018, kind=periods.PeriodKind.HALF, number=1)


@pytest.fixture
def canaries(root: Path) -> Path:
    """The tiny campaign with figures in it that are for the office alone."""
    values = ",".join([CANARIES["self_value"], CANARIES["verified_value"], "site_visit", "2018-06-30", VERIFIER])
    values += f",{CANARIES['panel_value']},2018-06-30,{PANEL}"
    with (root / "content/data/indicators/220881.csv").open("a", encoding="utf-8") as file:
        file.writelines(f"220881,2018-H1,{name},{values},demo\n" for name in ("cases_accepted", "hotline_calls"))
    surveys = root / "content/data/village_surveys/220881.csv"
    text = surveys.read_text(encoding="utf-8").replace("2018-05-20,20,50,", f"2018-05-20,20,{SURVEYED},")
    surveys.write_text(text, encoding="utf-8")
    villages = root / "content/data/villages/220881.csv"
    villages.write_text(villages.read_text(encoding="utf-8").replace(",300,", ",90000,"), encoding="utf-8")
    return root


def inside_of(root: Path) -> tuple[PublicRecords, Inside]:
    """The public records of a root, and all the others. Its editions are not made anew, which would be an error."""
    settings, known = settings_of.load(root), schemas.load(root)
    checked = checks.check(root, settings, known)
    inside = internal_report.inside_of(root, settings, known, checked.records)
    return publication.publish(checked.records, settings, known), inside


def plain(name: str, content: bytes) -> str:
    """What stands in a file, whatever it is packed in."""
    if name.endswith((".docx", ".xlsx")):
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            return "\n".join(parts.read(part).decode("utf-8", "replace") for part in parts.namelist())
    return content.decode("utf-8", "replace")


def test_the_site_holds_nothing_of_the_internal_edition(canaries: Path, labels: Words, korean: Words) -> None:
    """What the internal edition tells beyond the public one is in no page, download or lookup of the site."""
    public, inside = inside_of(canaries)
    made = internal_report.internal_report(public, inside, HALF, labels)
    shown = {ending: plain(f"report.{ending}", content) for ending, content in downloads(made, labels).items()}
    shown["page.html"] = report_page(made, labels, korean)
    surveyed = sum(
        survey.counts["poor_persons"] or 0 for survey in latest_surveys(inside.records.village_surveys).values()
    )
    assert surveyed > int(SURVEYED)
    secrets = [*CANARIES.values(), str(surveyed), VERIFIER]
    secrets += [f"{int(number):,}" for number in secrets[:4]]
    for name, text in shown.items():
        assert "内部" in text, name
        assert any(secret in text for secret in secrets), name
    assert [secret for secret in secrets[4:] if secret not in shown["page.html"]] == []
    site = {
        **contents.site_tool_files(canaries, public, labels, korean),
        **{name: text.encode() for name, text in contents.own_files(public, labels, korean)},
        **dict(contents.downloads(public, labels)),
    }
    assert {"reports/2018-H1.docx", "reports/2018-H1.md", "reports/2018-H1.xlsx"} <= site.keys()
    leaks = [(name, secret) for name, content in site.items() for secret in secrets if secret in plain(name, content)]
    assert leaks == []


def test_what_no_edition_published_is_not_published(public: Public, labels: Words) -> None:
    """Calls, feedback and accepted cases say so; so do hidden counts of the edition and what they changed by."""
    sheet = openpyxl.load_workbook(io.BytesIO(downloads(public_report(public(), JUNE, labels), labels)["xlsx"]))
    cells = {row[0]: row[1:4] for each in sheet for row in each.iter_rows(values_only=True)}
    for name in ("12348热线来电（次）", "收到的意见，累计（条）", "办理法律援助案件（件）", "农民工"):
        assert cells[name][0] == "不公布", name
    assert cells["全部需求"][0] == 17


def test_the_same_report_gives_the_same_bytes(public: Public, labels: Words) -> None:
    """Document and workbook are the same, byte for byte, and carry no day but the period's own."""
    report = public_report(public(), HALF, labels)
    first, second = downloads(report, labels), downloads(report, labels)
    assert first == second
    assert "2018-06-30T00:00:00Z" in plain("x.docx", first["docx"])


def test_the_document_is_laid_out_as_an_official_one(public: Public, labels: Words) -> None:
    """True headings, named fonts, heads that repeat, rows that hold together, numbered pages, described pictures."""
    report = public_report(public(), HALF, labels)
    made = docx.Document(io.BytesIO(downloads(report, labels)["docx"]))
    heads = [each.text for each in made.paragraphs if each.style.name == "Heading 1"]
    assert heads == [f"{numeral(number)}、{each.title}" for number, each in enumerate(report.sections, start=1)]
    fonts = {name: made.styles[name].element.rPr.rFonts.get(qn("w:eastAsia")) for name in ("Normal", "Heading 1")}
    assert fonts == {"Normal": "仿宋_GB2312", "Heading 1": "黑体"}
    assert len(made.tables) == sum(len(section.tables) for section in report.sections)
    for table in made.tables:
        head, *others = (row._tr.trPr for row in table.rows)
        assert head.find(qn("w:tblHeader")) is not None
        assert all(row.find(qn("w:cantSplit")) is not None for row in [head, *others])
    assert "PAGE" in made.sections[0].footer._element.xml
    pictures = made.element.body.findall(f".//{qn('wp:docPr')}")
    assert [each for each in pictures if not each.get("descr")] == []
    assert len(pictures) == sum(len(section.charts) for section in report.sections)


def test_every_table_of_the_document_is_laid_out(public: Public, labels: Words) -> None:
    """Heads and cells have their own styles, numbers stand at the right, and no row is torn by the end of a page."""
    found = public_report(public(), HALF, labels)
    made = docx.Document(io.BytesIO(downloads(found, labels)["docx"])).tables
    tables = [table for section in found.sections for table in section.tables]
    assert len(made) == len(tables) > 3
    for drawn, table in zip(made, tables, strict=True):
        looks = ["Table Number" if column.kind in NUMERIC else "Table Text" for column in table.columns]
        lines = [[cell.paragraphs[0].style.name for cell in row.cells] for row in drawn.rows]
        assert lines == [["Table Head"] * len(looks), *[looks] * len(table.rows)]
        assert drawn.style.name == "Table Grid"
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in drawn.rows)
        assert [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in drawn.rows].index(True) == 0


def test_the_document_is_chinese_in_every_style(public: Public, labels: Words) -> None:
    """In its defaults, its theme and whatever part names a language; numbers are English, so that none is torn."""
    document = downloads(public_report(public(), HALF, labels), labels)["docx"]
    with zipfile.ZipFile(io.BytesIO(document)) as parts:
        written = b"".join(parts.read(name) for name in parts.namelist() if name.endswith(".xml"))
    tags = re.findall(rb"<w:(?:lang|themeFontLang) [^>]*>", written)
    assert len(tags) >= 2
    assert {re.search(rb'w:val="([^"]*)" w:eastAsia="([^"]*)"', tag).groups() for tag in tags} == {(b"en-US", b"zh-CN")}  # type: ignore[union-attr]
    defaults = docx.Document(io.BytesIO(document)).styles.element.find(qn("w:docDefaults"))
    assert defaults.find(f".//{qn('w:lang')}") is not None


def test_the_workbook_is_legible_on_a4(public: Public, labels: Words) -> None:
    """Each sheet fits the paper's width at nine tenths of its size or more, lying on its side where it is wide."""
    book = openpyxl.load_workbook(io.BytesIO(downloads(public_report(public(), HALF, labels), labels)["xlsx"]))
    for sheet in book:
        across = sum(sheet.column_dimensions[get_column_letter(1 + place)].width for place in range(sheet.max_column))
        room = {"landscape": 141, "portrait": 94}[sheet.page_setup.orientation]
        assert sheet.page_setup.paperSize == 9, sheet.title
        assert (sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage) == (0, True)
        assert room / across > 0.9, sheet.title
    assert [sheet.title for sheet in book if sheet.max_row > 60 and not sheet.print_title_rows] == []


@pytest.mark.needs("libreoffice-writer", "libreoffice-calc", "poppler-utils")
def test_an_office_program_opens_both(root: Path, labels: Words, tmp_path: Path) -> None:
    """LibreOffice sets the internal edition on paper: every section and cell, and 内部 at the head of every page."""
    public, inside = inside_of(root)
    report = internal_report.internal_report(public, inside, HALF, labels)
    for name, content in downloads(report, labels).items():
        (tmp_path / name).write_bytes(content)
        paper = converted(tmp_path / name, "pdf").read_bytes()
        shown = pages(paper)
        assert [page for page in shown if "内部" not in page] == [], name
        flat = "".join(shown)
        assert [section.title for section in report.sections if section.title not in flat] == [], name


def test_the_internal_edition_counts_what_is_on_record(root: Path, labels: Words) -> None:
    """Feedback received and handled in the period, all needs however few, and the county's own figures."""
    public, inside = inside_of(root)
    may = periods.Period(year=2018, kind=periods.PeriodKind.MONTH, number=5)
    cells = first_cells(internal_report.internal_report(public, inside, may, labels))
    assert cells["对热线的意见（条）"][:2] == (2, 0)
    assert cells["已办结的意见（条）"][:2] == (2, 0)
    assert sum(int(str(values[0])) for name, values in cells.items() if str(name).startswith("其中：")) == 2
    april = periods.Period(year=2018, kind=periods.PeriodKind.MONTH, number=4)
    assert first_cells(internal_report.internal_report(public, inside, april, labels))["法律咨询（人次）"][0] == 12


def first_cells(report: Report) -> dict[object, tuple[object, ...]]:
    return {row[0]: row[1:] for section in report.sections for table in section.tables for row in table.rows}


def test_the_record_of_an_earlier_day(root: Path) -> None:
    """On 1 May the liaison who left that evening has gone, the next has not come, and later surveys are not known."""
    _, inside = inside_of(root)
    then = as_of(inside.records, periods.Period(year=2018, kind=periods.PeriodKind.MONTH, number=4).last)
    terms = {liaison.name: liaison for liaison in then.liaisons if liaison.village_code == "220881100200"}
    assert set(terms) == {"欧阳䶮"}
    assert terms["欧阳䶮"].to_date is None
    assert {survey.surveyed_on.isoformat() for survey in then.village_surveys} <= {"2018-04-20"}
    assert {need.village_code for need in then.needs} <= {survey.village_code for survey in then.village_surveys}


def test_the_past_ends_in_the_present(public: Public) -> None:
    """On the day of the data the counties stand where the pages say that they stand."""
    now = public()
    last = now.past[now.campaign.data_as_of]
    assert [county.progress for county in last.counties] == [county.progress for county in now.counties]
    assert last.figures == now.figures


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--period", "2018-H2"], 1),
        (["--period", "2018-13"], 1),
        (["--period", "2018-06", "--internal", "--out", "{root}/content"], 1),
        (["--period", "2018-06", "--internal", "--out", "{root}/build/site"], 1),
        (["--period", "2018-06", "--internal", "--out", "{root}/reports"], 0),
    ],
)
def test_the_command_keeps_the_internal_edition_out(root: Path, arguments: list[str], code: int) -> None:
    """No period that is not over, and no place for the internal edition but the folder that git leaves alone."""
    arguments = [each.format(root=root) for each in arguments]
    assert main(["--root", str(root), "report", *arguments]) == code
    written = [path for path in root.rglob("2018-06.docx") if path.is_file()]
    assert written == ([root / "reports/2018-06-internal/2018-06.docx"] if code == 0 else [])
    assert "/reports/" in (PROJECT / ".gitignore").read_text(encoding="utf-8").splitlines()


def test_the_command_s_public_edition_is_the_site_s(root: Path, public: Public, labels: Words, tmp_path: Path) -> None:
    """The command writes the very bytes that stand in the site."""
    assert main(["--root", str(root), "report", "--period", "2018-Q2", "--out", str(tmp_path / "out")]) == 0
    site = dict(contents.downloads(public(), labels))
    for kind in ("docx", "xlsx"):
        assert (tmp_path / f"out/2018-Q2/2018-Q2.{kind}").read_bytes() == site[f"reports/2018-Q2.{kind}"]


def half_year(table: ReportTable) -> Report:
    sections = (ReportSection(title="节", tables=(table,)),)
    return Report(
        period=HALF, title="小结", label="上半年", issuer="中心", as_of="", dated="", marks=(), sections=sections
    )


def test_long_cells_have_room_for_their_lines(labels: Words) -> None:
    """A row of the workbook is as high as its longest text needs, whatever program opens it."""
    columns = (
        ReportColumn(title="县", kind=ColumnKind.TEXT),
        ReportColumn(title="没有完成的节点", kind=ColumnKind.TEXT),
    )
    rows = (("九台区", "完成调研"), ("双辽市", "明确窗口县、贫困村和联络员名单；完成法律援助需求摸底调研"))
    made = downloads(half_year(ReportTable(title="节", columns=columns, rows=rows)), labels)["xlsx"]
    sheet = openpyxl.load_workbook(io.BytesIO(made)).active
    heights = {sheet.cell(row, 1).value: sheet.row_dimensions[row].height for row in range(1, sheet.max_row + 1)}
    assert heights["九台区"] is None
    assert heights["双辽市"] > 30


def test_numbers_and_days_have_room_on_one_line(labels: Words) -> None:
    """However many columns: those of text give way, a head may wrap, and the table is as wide as the page's text."""
    kinds = [
        ColumnKind.TEXT,
        ColumnKind.TEXT,
        *[ColumnKind.NUMBER] * 3,
        ColumnKind.DAY,
        ColumnKind.NUMBER,
        ColumnKind.DAY,
    ]
    day = date(2018, 12, 31)
    row = ("长白朝鲜族自治县", "法律援助需求", 4, 1_234_567, 1, day, 100, day)
    wide = ReportTable(
        title="表", columns=tuple(ReportColumn(title="很长的栏目名称", kind=kind) for kind in kinds), rows=(row,)
    )
    (made,) = docx.Document(io.BytesIO(downloads(half_year(wide), labels)["docx"])).tables
    cells = made.rows[1].cells
    assert sum(cell.width.mm for cell in cells) == pytest.approx(156, abs=0.1)
    for cell, kind in zip(cells, kinds, strict=True):
        halves = sum(1 if character.isascii() else 2 for character in cell.text)  # of 10 points: half of that each
        assert kind is ColumnKind.TEXT or cell.width.mm >= halves * 5 * 0.3528 + 3.8, cell.text


def test_years_in_texts_are_never_broken_and_heads_have_two_characters_a_line(labels: Words) -> None:
    """A year among texts stays on one line beside long columns, and so does 100%; no head stands in a single column."""
    kinds = [ColumnKind.TEXT, ColumnKind.TEXT, *[ColumnKind.DAY] * 3, ColumnKind.SHARE, ColumnKind.NUMBER]
    day = date(2018, 12, 31)
    row = ("长白朝鲜族自治县", "2018", day, day, day, 100, 1)
    wide = ReportTable(
        title="表", columns=tuple(ReportColumn(title="未完成的地方", kind=kind) for kind in kinds), rows=(row,)
    )
    (made,) = docx.Document(io.BytesIO(downloads(half_year(wide), labels)["docx"])).tables
    widths = {cell.text: cell.width.mm - 3.8 for cell in made.rows[1].cells}  # between a cell's edges
    letter = 5 * 0.3528  # of 10 points
    assert widths["2018"] >= 4 * letter
    assert widths["100%"] >= 5 * letter
    assert min(widths.values()) >= 4 * letter  # two characters
