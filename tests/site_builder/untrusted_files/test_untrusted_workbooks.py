"""Workbooks: cells at their addresses, and what stands beside their values."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from sent_files import (
    LINKS,
    converted_together,
    of_cells,
    parts_of,
    problem_of,
    received,
    rich_workbook,
    saved,
    sent,
    with_parts,
    xlsx_of,
    zipped,
)

from site_builder.untrusted_files import Note, Sheet, UntrustedFile, read

FORMATS = ["xlsx", "xls", "ods"]


@pytest.fixture(scope="module", params=FORMATS)
def both(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, UntrustedFile]:
    """The rich workbook and one that counts its days from 1904, as LibreOffice saves them, read."""
    early = openpyxl.Workbook()
    early.epoch = CALENDAR_MAC_1904
    early.worksheets[0]["A1"] = date(2018, 3, 5)
    folder, suffix = tmp_path_factory.mktemp(request.param), request.param
    made = converted_together({"rich": saved(rich_workbook()), "early": saved(early)}, suffix, folder)
    return {name: received(folder, f"{name}.{suffix}", content) for name, content in made.items()}


@pytest.fixture(scope="module")
def rich(both: dict[str, UntrustedFile]) -> UntrustedFile:
    return both["rich"]


def sheet_of(file: UntrustedFile, name: str) -> Sheet:
    return next(sheet for sheet in file.sheets if sheet.name == name)


@pytest.mark.needs("libreoffice-calc")
class TestEveryFormat:
    """What holds for .xlsx, .xls and .ods alike, as a spreadsheet program saves them."""

    def test_cells_stand_at_their_addresses(self, rich: UntrustedFile) -> None:
        """Row 3 begins with an empty A; text, day, moment, time and numbers come as what they are."""
        row = sheet_of(rich, "名单").rows[2]
        assert row[:5] == [None, "荣华村", date(2018, 3, 5), datetime(2018, 3, 5, 8, 30), time(8, 30)]
        assert row[5:9] == [True, 12, 2.5, 220881007201]

    def test_error_values_are_reported(self, rich: UntrustedFile) -> None:
        """Cells with an error hold its text, which calamine leaves out; M7 is behind all other cells."""
        rows = sheet_of(rich, "名单").rows
        assert (rows[2][11], rows[6][12]) == ("#REF!", "#N/A")
        assert len(rows) == 7

    def test_formulas_are_reported_and_have_results(self, rich: UntrustedFile) -> None:
        """The sum is a formula with its result; nothing is unsolved once a program has saved it."""
        sheet = sheet_of(rich, "名单")
        assert {(3, 11), (7, 13)} <= sheet.formulas
        assert sheet.unsolved == frozenset()
        assert sheet.rows[2][10] == 2

    def test_merged_cells_are_reported(self, rich: UntrustedFile) -> None:
        """A5:B6 is one range."""
        assert sheet_of(rich, "名单").merged == ((5, 1, 6, 2),)

    def test_hidden_sheets_are_read_and_reported(self, rich: UntrustedFile) -> None:
        """Hidden and deeply hidden sheets are read like the others and marked."""
        hidden = [sheet for sheet in rich.sheets if sheet.is_hidden]
        assert [(sheet.name, sheet.rows) for sheet in hidden] == [("藏", [["看不见"]]), ("深藏", [["看不见"]])]

    def test_comments_stand_at_their_cells(self, rich: UntrustedFile) -> None:
        """The comment at B3 is a note of that cell."""
        assert Note(sheet="名单", cell="B3", text="批注里的话") in rich.notes


@pytest.mark.needs("libreoffice-calc")
def test_days_from_1904_are_the_same_days(both: dict[str, UntrustedFile]) -> None:
    """A workbook that counts its days from 1904 gives the day that was typed."""
    file = both["early"]
    assert file.sheets[0].rows == [[date(2018, 3, 5)]]
    assert file.counts_from_1904 == (file.kind != "ods")  # .ods writes days as days


def test_a_formula_that_was_never_worked_out_is_unsolved(tmp_path: Path) -> None:
    """A formula without a stored result is reported; one whose stored result is an empty text is not."""
    rows = (
        '<row r="2"><c r="B2"><f>1+1</f></c><c r="C2" t="str"><f>""</f><v></v></c><c r="D2"><f>2</f><v>2</v></c></row>'
    )
    (sheet,) = received(tmp_path, "报表.xlsx", xlsx_of(rows)).sheets
    assert sheet.formulas == {(2, 2), (2, 3), (2, 4)}
    assert sheet.unsolved == {(2, 2)}


def test_cells_without_an_address_follow_the_one_before(tmp_path: Path) -> None:
    """Rows and cells may leave out their addresses; values, formulas and errors still meet."""
    second = '<c><v>2</v></c><c r="D2"><v>3</v></c><c t="e"><f>1/0</f><v>#DIV/0!</v></c>'
    rows = f"<row><c><v>1</v></c></row><row>{second}</row>"
    (sheet,) = received(tmp_path, "报表.xlsx", xlsx_of(rows)).sheets
    assert sheet.rows == [[1, None, None, None, None], [2, None, None, 3, "#DIV/0!"]]
    assert sheet.formulas == {(2, 5)}


def test_what_is_no_number_is_text(tmp_path: Path) -> None:
    """Infinity and "not a number" do not come as numbers."""
    (sheet,) = received(tmp_path, "报表.xlsx", xlsx_of("<row><c><v>1e999</v></c><c><v>NaN</v></c></row>")).sheets
    assert sheet.rows == [["inf", "nan"]]


def test_long_times_are_text(tmp_path: Path) -> None:
    """A span of 30 hours is no time of day."""
    assert received(tmp_path, "报表.xlsx", of_cells([[timedelta(hours=30)]])).sheets[0].rows == [["30:00:00"]]


def test_a_styled_empty_cell_far_off_does_no_harm(tmp_path: Path) -> None:
    """Programs format whole columns down to the last row; no row is made of that."""
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="0"/></row>'
    assert received(tmp_path, "报表.xlsx", xlsx_of(rows)).sheets[0].rows == [[1]]


TEXTS = {
    "xl/sharedStrings.xml": "<sst><si><t>甲</t></si><si><t xml:space='preserve'> </t></si></sst>",
    "xl/_rels/workbook.xml.rels": str(parts_of()["xl/_rels/workbook.xml.rels"]).replace(
        "</Relationships>",
        f'<Relationship Id="s" Type="{LINKS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
    ),
}


def far(kind: str, held: str) -> bytes:
    """A workbook with a cell at XFD1, and with one in the last row that there is."""
    first = f'<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="0" {kind}>{held}</c></row>'
    rows = f'{first}<row r="1048576"><c {kind} r="A1048576">{held}</c></row>'
    return zipped({**parts_of(rows), **TEXTS})


@pytest.mark.parametrize(
    ("kind", "held"),
    [
        ('t="s"', "<v>1</v>"),
        ('t="inlineStr"', "<is><t> </t></is>"),
        ('t="inlineStr"', "<is><r><t>&#160;</t></r></is>"),
        ('t="str"', '<f>""</f><v></v>'),
        ("", "<v></v>"),
    ],
)
def test_a_blank_far_off_is_no_loss(kind: str, held: str, tmp_path: Path) -> None:
    """A text of blanks, by number or within the cell: neither is the file refused nor are a million rows made of it."""
    assert received(tmp_path, "报表.xlsx", far(kind, held)).sheets[0].rows == [[1]]


@pytest.mark.parametrize(
    ("kind", "held"),
    [('t="s"', "<v>0</v>"), ('t="inlineStr"', "<is><t>甲</t></is>"), ("", "<v>0</v>"), ("", "<f>1+1</f>")],
)
def test_what_stands_far_off_is_named(kind: str, held: str, tmp_path: Path) -> None:
    """It would be lost without a word."""
    problem = problem_of(sent(tmp_path, "报表.xlsx", far(kind, held)))
    assert (problem.code, problem.sheet, problem.cell) == ("sheet-far-cell", "表", "XFD1")


def test_1904_is_reported(tmp_path: Path) -> None:
    """The workbook's own setting is handed on."""
    assert received(tmp_path, "报表.xlsx", xlsx_of(settings='<workbookPr date1904="1"/>')).counts_from_1904
    assert not received(tmp_path, "报表.xlsx", xlsx_of()).counts_from_1904


def test_texts_outside_the_cells_are_reported(tmp_path: Path) -> None:
    """Headers, text boxes and the file's own properties are notes without a cell."""
    header = "<headerFooter><oddHeader>&amp;C页眉</oddHeader></headerFooter>"
    drawing = '<x:d xmlns:x="urn:x"><x:p><x:t>文本框</x:t></x:p></x:d>'
    content = with_parts(
        {
            "xl/drawings/drawing1.xml": drawing,
            "docProps/custom.xml": "<p><v>属性</v></p>",
            "xl/worksheets/sheet1.xml": xml_sheet(header),
        }
    )
    texts = {note.text for note in received(tmp_path, "报表.xlsx", content).notes if not note.cell}
    assert texts == {"&C页眉", "文本框", "属性"}


def xml_sheet(after: str) -> str:
    return (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/>'
        + after
        + "</worksheet>"
    )


def test_the_same_bytes_have_the_same_digest(tmp_path: Path) -> None:
    """The digest is of the bytes, in hexadecimal, whatever the file is called."""
    content = of_cells([["甲"]])
    one, other = received(tmp_path, "a.xlsx", content), received(tmp_path, "b.xlsx", content)
    assert one.digest == other.digest
    assert len(one.digest) == 64


def test_the_sender_s_name_counts(tmp_path: Path) -> None:
    """A file kept under a name of ours is read as what its sender called it."""
    path = sent(tmp_path, "0001.bin", "村代码,姓名\n".encode())
    assert read(path, "名单.csv").sheets[0].name == "名单"
    assert problem_of(path, "名单.docx").file == "名单.docx"
