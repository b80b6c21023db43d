"""The marked workbook: the sender's own, every faulty cell filled and commented, the list of problems first."""

import io
import re
import subprocess
import zipfile
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from feedback_cases import CONTEXT, HIDDEN, NAME, PATTERN, QUOTED, ROW, SHEET, WARNING, WHOLE, kit_workbook, problem
from feedback_cases import received as read
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.workbook import Workbook
from rounds import rounds

from site_builder.county_feedback import MARK, copying, feedback_files, marked
from site_builder.model.forms import PROBLEM_SHEET
from site_builder.shared.problems import Problem, remedy, sentence
from site_builder.untrusted_files import Sheet, UntrustedFile

ERROR_FILL, WARNING_FILL = (marked.FILLS[level].fgColor.rgb for level in ("error", "warning"))
HEAD = 4


@pytest.fixture
def sent(tmp_path: Path) -> UntrustedFile:
    return read(kit_workbook(tmp_path / NAME))


def bytes_of(received: UntrustedFile, *problems: Problem) -> bytes:
    files = feedback_files(received, NAME, problems, CONTEXT)
    return files["洮南市2018-已标注.xlsx"]


def answered(received: UntrustedFile, *problems: Problem) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(bytes_of(received, *problems)))


def fill(workbook: Workbook, sheet: str, cell: str) -> str:
    return str(workbook[sheet][cell].fill.fgColor.rgb)


def test_a_faulty_cell_is_filled_and_says_what_to_do(sent: UntrustedFile) -> None:
    """Its comment holds what is wrong, the remedy and the example after what the sender had noted."""
    cell = answered(sent, PATTERN)[SHEET]["C4"]
    assert cell.fill.fgColor.rgb == ERROR_FILL
    before, mark, ours = cell.comment.text.partition(MARK)
    assert (before.strip(), mark) == ("我的批注", MARK)
    assert sentence(PATTERN) in ours
    assert remedy(PATTERN) in ours
    assert "李春花" in ours


def test_a_warning_looks_milder_and_an_error_beside_it_prevails(sent: UntrustedFile) -> None:
    """Yellow for a warning, red as soon as one error is at the cell; all of them are reported."""
    both = problem(sheet=SHEET, line=7, cell="A7")
    assert fill(answered(sent, WARNING), SHEET, "A7") == WARNING_FILL
    workbook = answered(sent, WARNING, both)
    assert fill(workbook, SHEET, "A7") == ERROR_FILL
    assert sentence(WARNING) in workbook[SHEET]["A7"].comment.text
    assert sentence(both) in workbook[SHEET]["A7"].comment.text


@pytest.mark.parametrize(
    ("place", "cell"),
    [
        ({"sheet": SHEET, "line": 9}, "A9"),
        ({"sheet": SHEET}, "A1"),
        ({"sheet": SHEET, "cell": "AB30"}, "AB30"),
        ({"sheet": SHEET, "cell": "B2:D4", "line": 5}, "A5"),
        ({"sheet": QUOTED, "cell": "C4"}, "B3"),
    ],
    ids=["line", "sheet", "cell without line", "no single cell", "merged"],
)
def test_every_place_has_its_cell(sent: UntrustedFile, place: dict[str, Any], cell: str) -> None:
    """A line is marked at its first cell, a sheet at A1, a merged cell where its value stands."""
    workbook = answered(sent, problem(**place))
    assert fill(workbook, str(place["sheet"]), cell) == ERROR_FILL
    assert MARK in workbook[str(place["sheet"])][cell].comment.text


@pytest.mark.parametrize("place", [{}, {"sheet": "没有的表", "cell": "A1"}, {"sheet": SHEET, "cell": "ZZZ1"}])
def test_what_has_no_place_stands_in_the_list_alone(sent: UntrustedFile, place: dict[str, Any]) -> None:
    """A problem of the whole file, or at a cell that no sheet has, marks nothing and is listed without a link."""
    workbook = answered(sent, problem(**place))
    marks = [c for sheet in workbook.worksheets[1:] for row in sheet.iter_rows() for c in row if is_marked(c)]
    assert marks == []
    assert workbook[PROBLEM_SHEET].cell(HEAD + 1, 4).hyperlink is None


def is_marked(cell: object) -> bool:
    comment = getattr(cell, "comment", None)
    return bool(comment and MARK in comment.text)


def test_the_list_stands_first_and_leads_to_the_cells(sent: UntrustedFile) -> None:
    """Errors first, one row each, in words of the catalogue, linked to the cell; only the list is selected."""
    quoted = problem(sheet=QUOTED, line=3, cell="B3", column="窗口名称")
    workbook = answered(sent, WARNING, quoted, WHOLE)
    sheet = workbook.worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=HEAD + 1)]
    assert sheet.title == PROBLEM_SHEET
    assert [row[:2] for row in rows] == [[1, "错误"], [2, "错误"], [3, "提醒"]]
    assert rows[2][6] == sentence(WARNING)
    assert rows[2][8] == remedy(WARNING)
    assert sheet.cell(HEAD + 2, 4).hyperlink.location == "'it''s 窗口'!B3"
    assert [s.sheet_view.tabSelected for s in workbook.worksheets] == [True, False, False, False]
    assert (sheet.freeze_panes, sheet.page_setup.orientation) == (f"A{HEAD + 1}", "landscape")


def test_what_was_entered_never_becomes_a_formula(sent: UntrustedFile) -> None:
    """An entry that begins with = is a text with the quote prefix, in the list of this program and of the next."""
    cell = answered(sent, PATTERN)[PROBLEM_SHEET].cell(HEAD + 1, 6)
    assert (cell.value, cell.data_type, cell.quotePrefix) == ('=HYPERLINK("http://x")', "s", True)


def test_the_kit_s_own_features_survive(sent: UntrustedFile) -> None:
    """Dropdown, protection, hidden sheet and merged cells are as they were sent; of a formula its value is."""
    workbook = answered(sent, PATTERN)
    (dropdown,) = workbook[SHEET].data_validations.dataValidation
    assert (str(dropdown.sqref), dropdown.formula1) == ("D2:D20", "lists!$A$1:$A$2")
    assert workbook[SHEET].protection.sheet
    assert workbook[HIDDEN].sheet_state == "hidden"
    assert [str(area) for area in workbook[QUOTED].merged_cells.ranges] == ["B3:D4"]
    assert workbook[QUOTED]["A1"].data_type != "f"


def test_only_a_faulty_cell_is_unlocked(sent: UntrustedFile) -> None:
    """A locked cell with a fault can be mended; one that only stands for its line, and every other, stays locked."""
    sheet = answered(sent, WARNING, ROW)[SHEET]
    assert [sheet[cell].protection.locked for cell in ("A7", "A9", "B7")] == [False, True, True]


@pytest.mark.needs("libreoffice-calc")
def test_a_marked_workbook_survives_libreoffice(sent: UntrustedFile, tmp_path: Path) -> None:
    """Opened and saved by LibreOffice, marks, links, dropdown, locks and the hidden sheet are still there."""
    (tmp_path / "a.xlsx").write_bytes(bytes_of(sent, PATTERN, WARNING))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command: list[str | Path] = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "xlsx",
        "--outdir",
        tmp_path / "b",
        tmp_path / "a.xlsx",
    ]
    subprocess.run(command, check=True, capture_output=True)
    workbook = openpyxl.load_workbook(tmp_path / "b" / "a.xlsx")
    assert fill(workbook, SHEET, "C4") == ERROR_FILL
    assert MARK in workbook[SHEET]["C4"].comment.text
    assert workbook[PROBLEM_SHEET].cell(HEAD + 1, 4).hyperlink.location == f"'{SHEET}'!C4"
    assert workbook[PROBLEM_SHEET].cell(HEAD + 1, 6).value == '=HYPERLINK("http://x")'
    assert workbook[SHEET].data_validations.dataValidation[0].formula1.endswith("$A$1:$A$2")
    assert workbook[SHEET].protection.sheet
    assert not workbook[SHEET]["A7"].protection.locked
    assert workbook[HIDDEN].sheet_state == "hidden"


def test_an_answer_to_an_answer_shows_only_what_is_still_wrong(sent: UntrustedFile, tmp_path: Path) -> None:
    """Sent in again, old marks and the old list go; the sender's own comment stays."""
    again = tmp_path / "again.xlsx"
    again.write_bytes(bytes_of(sent, PATTERN, WARNING))
    workbook = answered(replace(sent, path=again), WARNING)
    assert workbook.sheetnames == [PROBLEM_SHEET, SHEET, HIDDEN, QUOTED]
    assert fill(workbook, SHEET, "C4") != ERROR_FILL
    assert workbook[SHEET]["C4"].comment.text.strip() == "我的批注"
    assert fill(workbook, SHEET, "A7") == WARNING_FILL
    assert workbook[SHEET]["A7"].comment.text.count(MARK) == 1


def test_a_hidden_sheet_is_named_and_not_linked(sent: UntrustedFile) -> None:
    """A link to a hidden sheet does nothing when clicked, so the list says that it is hidden."""
    sheet = answered(sent, problem(sheet=HIDDEN, cell="A1"))[PROBLEM_SHEET]
    assert sheet.cell(HEAD + 1, 3).value == "lists（隐藏的表）"
    assert sheet.cell(HEAD + 1, 4).hyperlink is None


VALUES = st.one_of(
    st.text(max_size=8),
    st.sampled_from(["=1+1", "#N/A", "2.20881E+11", "+86", "@x", "\x00"]),
    st.integers(-(10**15), 10**15),
    st.booleans(),
    st.dates(date(1905, 1, 1), date(2100, 1, 1)),
    st.datetimes(datetime(1905, 1, 1), datetime(2100, 1, 1)).map(lambda moment: moment.replace(microsecond=0)),
    st.none(),
)


@settings(max_examples=rounds(15, 40))
@given(rows=st.lists(st.lists(VALUES, max_size=5), max_size=6), name=st.text(max_size=40))
def test_any_cells_are_copied_to_the_same_addresses(rows: list[list[object]], name: str) -> None:
    """Of a file that is no .xlsx: each value in its cell and of its kind; no text is taken for a formula."""
    sheet = Sheet(name=name, rows=rows)  # type: ignore[arg-type]
    sent = UntrustedFile(path=Path("x.csv"), kind="csv", digest="", sheets=(sheet,))
    copy = openpyxl.load_workbook(io.BytesIO(marked.workbook(sent, "x.csv", [WHOLE], CONTEXT))).worksheets[1]
    for line, row in enumerate(rows, 1):
        for place, value in enumerate(row, 1):
            assert copy.cell(line, place).value == as_kept(value), (line, place)
            assert copy.cell(line, place).data_type != "f"


def as_kept(value: object) -> object:
    """A text without what a workbook cannot hold; a day as its first moment."""
    if isinstance(value, str):
        return copying.fit_for_xml(value).replace("\r", "\n") or None
    is_day = isinstance(value, date) and not isinstance(value, datetime)
    return datetime(value.year, value.month, value.day) if is_day else value  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods", "csv"])
def test_a_file_that_cannot_be_opened_as_a_workbook_is_copied(tmp_path: Path, kind: str) -> None:
    """A .csv, .xls or .ods, or an .xlsx that openpyxl refuses: a fresh workbook, marked all the same."""
    path = tmp_path / NAME
    path.write_bytes(b"no workbook")
    sheets = (Sheet(name="a/b", rows=[["村代码"], [220881100200]]), Sheet(name="A_B", rows=[["x"]], is_hidden=True))
    sent = UntrustedFile(path=path, kind=kind, digest="", sheets=sheets)
    workbook = answered(sent, problem(sheet="a/b", cell="A2"))
    assert workbook.sheetnames == [PROBLEM_SHEET, "a_b", "A_B_2"]
    assert (workbook["a_b"]["A2"].value, workbook["a_b"]["A2"].number_format) == (220881100200, "0")
    assert fill(workbook, "a_b", "A2") == ERROR_FILL
    assert workbook["A_B_2"].sheet_state == "hidden"


def test_a_problem_of_a_csv_file_needs_no_sheet() -> None:
    """A file with one sheet has its problems marked, although they name none."""
    sent = UntrustedFile(path=Path("x.csv"), kind="csv", digest="", sheets=(Sheet(name="x", rows=[["a"], ["b"]]),))
    assert fill(answered(sent, problem(cell="A2", line=2)), "x", "A2") == ERROR_FILL


def test_merged_cells_of_a_copy_hide_nothing() -> None:
    """Merged cells stay merged, unless something stands below the first, which merging would drop."""
    rows: list[list[object]] = [["a", None], ["b", "c"], [None, None]]
    sheet = Sheet(name="x", rows=rows, merged=((1, 1, 1, 2), (2, 1, 2, 2)))  # type: ignore[arg-type]
    workbook = answered(UntrustedFile(path=Path("x.ods"), kind="ods", digest="", sheets=(sheet,)), WHOLE)
    assert [str(area) for area in workbook["x"].merged_cells.ranges] == ["A1:B1"]
    assert workbook["x"]["B2"].value == "c"


@pytest.mark.parametrize(
    "sheet",
    [
        Sheet(name="x", rows=[[1] * 1000] * 151),
        Sheet(name="x", rows=[[1]], merged=((1, 1, 1_048_576, 16_384),)),
    ],
    ids=["many cells", "merged over everything"],
)
def test_a_huge_file_gets_the_list_alone(sheet: Sheet) -> None:
    """No copy is made of what would take minutes; the list still says everything."""
    workbook = answered(UntrustedFile(path=Path("x.xls"), kind="xls", digest="", sheets=(sheet,)), WHOLE)
    assert workbook.sheetnames == [PROBLEM_SHEET]
    assert workbook[PROBLEM_SHEET].cell(HEAD + 1, 7).value == sentence(WHOLE)


def test_more_problems_than_anyone_reads_are_counted(monkeypatch: pytest.MonkeyPatch, sent: UntrustedFile) -> None:
    """Beyond the limit the list says how many more there are."""
    monkeypatch.setattr(marked, "MOST", 2)
    sheet = answered(sent, *[problem(sheet=SHEET, cell=f"C{line}", line=line) for line in range(2, 7)])[PROBLEM_SHEET]
    assert sheet.max_row == HEAD + 3
    assert "3" in sheet.cell(HEAD + 3, 1).value


def test_an_answer_holds_no_clock(sent: UntrustedFile) -> None:
    """The same return gives the same bytes: every part and property bears one fixed day."""
    with zipfile.ZipFile(io.BytesIO(bytes_of(sent, PATTERN))) as archive:
        assert {part.date_time for part in archive.infolist()} == {(2018, 1, 1, 0, 0, 0)}
        assert set(re.findall(rb">([0-9]{4}-[^<]*)<", archive.read("docProps/core.xml"))) == {b"2018-01-01T00:00:00Z"}
