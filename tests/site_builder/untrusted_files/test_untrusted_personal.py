"""Personal data that no field asks for: found everywhere, named by the cell, never repeated."""

import zlib
from dataclasses import replace
from pathlib import Path
from zipfile import ZipInfo

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation
from sent_files import (
    CARD,
    IDENTITY,
    MOBILE,
    OTHER_IDENTITY,
    converted_together,
    received,
    saved,
    sent,
    with_parts,
    zipped,
)

from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem, as_lines
from site_builder.untrusted_files import Note, Sheet, UntrustedFile, hidden_numbers, personal, read

PHONES = 3  # the column in which phones are asked for


def found(file: UntrustedFile) -> list[tuple[str, str, str]]:
    """(code, sheet, cell) of each problem, after a look that none of them repeats a number."""
    problems = personal.find(file, lambda sheet, row, column: column == PHONES)
    for problem in problems:
        assert_repeats_nothing(problem)
    return [(problem.code, problem.sheet, problem.cell) for problem in problems]


def assert_repeats_nothing(problem: Problem) -> None:
    shown = "".join(as_lines(problem)) + problem.entered + problem.sheet + problem.cell + problem.column
    for number in (IDENTITY, OTHER_IDENTITY, CARD, MOBILE):
        assert number not in shown


def in_sheet(*rows: list[object], name: str = "表") -> UntrustedFile:
    sheet = Sheet(name=name, rows=list(rows))  # type: ignore[arg-type]
    return UntrustedFile(path=Path("报表.xlsx"), kind="xlsx", digest="", sheets=(sheet,))


def test_each_number_is_named_by_its_cell() -> None:
    """Identity numbers and cards anywhere, mobiles where none is asked for."""
    file = in_sheet(["村", "姓名", "电话"], [IDENTITY, f"李春花{CARD}", MOBILE], [MOBILE, None, OTHER_IDENTITY])
    assert found(file) == [
        (Code.PERSONAL_IDENTITY, "表", "A2"),
        (Code.PERSONAL_CARD, "表", "B2"),
        (Code.PERSONAL_MOBILE, "表", "A3"),
        (Code.PERSONAL_IDENTITY, "表", "C3"),
    ]


def test_numbers_in_number_cells_are_named() -> None:
    """Typed as numbers, whole or with lost digits."""
    file = in_sheet([110101199003074514.0, 13812345678.0, 13812345678.0, True, 220881007201.0])
    assert found(file) == [("personal-identity", "表", "A1"), ("personal-mobile", "表", "B1")]


def test_two_cells_may_be_one_number() -> None:
    """Half a number beside the other half is one, in both cells; typed as numbers too. So are three parts."""
    halved: list[object] = [OTHER_IDENTITY[:9], OTHER_IDENTITY[9:]]
    assert found(in_sheet(["110101", "19900307", "4514"], halved, [138.0, 12345678.0])) == [
        ("personal-identity", "表", "A1"),
        ("personal-identity", "表", "B1"),
        ("personal-identity", "表", "C1"),
        ("personal-identity", "表", "A2"),
        ("personal-identity", "表", "B2"),
        ("personal-mobile", "表", "A3"),
        ("personal-mobile", "表", "B3"),
    ]


def test_what_no_form_asks_for_is_named() -> None:
    """Passports, plates, e-mail, QQ and WeChat, each in words of its own."""
    file = in_sheet(["护照E12345678", "吉A·12345", "li@example.cn", "QQ：10001234", "微信号：lichunhua"])
    whats = [problem.details["what"] for problem in personal.find(file, lambda *_: True)]
    assert whats == ["护照号", "车牌号", "电子邮箱", "QQ号", "微信号"]
    assert found(file) == [("personal-other", "表", f"{column}1") for column in "ABCDE"]


def test_the_packed_words_of_a_picture_are_read() -> None:
    """A picture in a workbook says more than it shows."""
    words = b"Comment\0\0" + zlib.compress(IDENTITY.encode())
    picture = b"\x89PNG\r\n\x1a\n" + len(words).to_bytes(4, "big") + b"zTXt" + words + b"sum!"
    assert hidden_numbers.in_part("xl/media/image1.png", picture) == {IDENTITY}


def test_a_cell_with_two_kinds_is_named_for_both() -> None:
    """Each kind is reported once for a cell, however often it stands there."""
    file = in_sheet([f"{IDENTITY}，{OTHER_IDENTITY}，电话{MOBILE}"])
    assert found(file) == [("personal-identity", "表", "A1"), ("personal-mobile", "表", "A1")]


def test_an_ordinary_return_has_none() -> None:
    """Codes, days, landlines, counts and names."""
    row = ["220881007201", "荣华村", MOBILE, "2018-03-20", 12.0, "0436-0810101", "A-220881-0001", 2.5, None]
    assert found(in_sheet(*[row] * 50)) == []


def test_names_are_looked_at() -> None:
    """The file's name and the sheets' names."""
    file = in_sheet([1], name=f"张三{IDENTITY}")
    named = UntrustedFile(path=Path(f"{OTHER_IDENTITY}.xlsx"), kind="xlsx", digest="", sheets=file.sheets)
    assert found(named) == [("personal-identity", "", ""), ("personal-identity", "张三110…", "")]


def test_hidden_sheets_with_content_are_named() -> None:
    """Our own begin with a low line and are known; an empty one does no harm; numbers within are named as well."""
    sheets = [
        Sheet(name="藏", rows=[[IDENTITY]], is_hidden=True),
        Sheet(name="_kit", rows=[["version"]], is_hidden=True),
        Sheet(name="空", rows=[], is_hidden=True),
    ]
    file = UntrustedFile(path=Path("报表.xlsx"), kind="xlsx", digest="", sheets=tuple(sheets))
    assert found(file) == [("sheet-hidden", "藏", ""), ("personal-identity", "藏", "A1")]


def book_with_notes() -> openpyxl.Workbook:
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "表"
    sheet["B2"] = "李春花"
    sheet["B2"].comment = Comment(f"身份证 {IDENTITY}", "甲")
    return workbook


@pytest.fixture(scope="module", params=["xlsx", "xls", "ods"])
def saved_elsewhere(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, UntrustedFile]:
    """Workbooks with a number in a comment and in the message of a validation, as LibreOffice saves them."""
    folder, suffix = tmp_path_factory.mktemp(request.param), request.param
    books = {"comment": saved(book_with_notes()), "message": saved(book_with_message())}
    made = converted_together(books, suffix, folder)
    return {name: received(folder, f"{name}.{suffix}", content) for name, content in made.items()}


@pytest.mark.needs("libreoffice-calc")
def test_comments_are_looked_at(saved_elsewhere: dict[str, UntrustedFile]) -> None:
    """A number in a comment is named by the comment's cell, once, in every format."""
    assert found(saved_elsewhere["comment"]) == [("personal-identity", "表", "B2")]


@pytest.mark.needs("libreoffice-calc")
def test_a_number_in_no_cell_is_found(saved_elsewhere: dict[str, UntrustedFile]) -> None:
    """In the message of a validation, where no cell shows it: a problem without a cell."""
    assert found(saved_elsewhere["message"]) == [("personal-identity", "", "")]


def book_with_message() -> openpyxl.Workbook:
    workbook = openpyxl.Workbook()
    rule = DataValidation(type="whole", formula1="1", prompt=f"照{OTHER_IDENTITY}填", showInputMessage=True)
    rule.add("A1")
    workbook.worksheets[0].add_data_validation(rule)
    workbook.worksheets[0]["B1"] = "x"
    return workbook


def test_a_number_in_a_forgotten_part_is_found(tmp_path: Path) -> None:
    """A text that no cell uses any more, an old comment, the file's properties."""
    for part in ("xl/old.xml", "customXml/item1.xml", "docProps/core.xml", "docProps/custom.xml", "xl/printer.bin"):
        content = with_parts({part: f"<a><b>{OTHER_IDENTITY}</b></a>"})
        assert found(received(tmp_path, "报表.xlsx", content)) == [("personal-identity", "", "")]


def test_a_number_in_a_cell_is_not_reported_again(tmp_path: Path) -> None:
    """The parts of the file that hold the cells hold the number, too."""
    workbook = openpyxl.Workbook()
    workbook.worksheets[0].title = "表"
    workbook.worksheets[0]["C2"] = f"身份证{IDENTITY}"
    workbook.worksheets[0]["C3"] = OTHER_IDENTITY
    file = received(tmp_path, "报表.xlsx", saved(workbook))
    assert found(file) == [("personal-identity", "表", "C2"), ("personal-identity", "表", "C3")]


def test_text_files_and_exports_are_looked_at(tmp_path: Path) -> None:
    """A CSV file and the files of an export are sheets like others."""
    content = f"KEY,a\nuuid:85cb9aff-005e-4edd-9739-dc9c1a829c44,{IDENTITY}\n".encode()
    assert found(received(tmp_path, "表.csv", content)) == [("personal-identity", "表", "B2")]
    assert found(received(tmp_path, "导出.zip", zipped({"甲.csv": content}))) == [("personal-identity", "甲", "B2")]


def test_a_csv_file_s_name_is_reported_once(tmp_path: Path) -> None:
    """Its sheet is named after the file: one name, one problem."""
    file = read(sent(tmp_path, f"{IDENTITY}.csv", b"a,b\n"))
    assert found(file) == [("personal-identity", "", "")]


def test_an_answer_carries_no_number_back() -> None:
    """Where a number stood it says so; a mobile that was asked for stays, a note does not, and what was read stays."""
    rows: list[list[object]] = [[IDENTITY, "村", MOBILE], [f"户主{CARD}", MOBILE, None]]
    file = replace(in_sheet(*rows, name=f"张三{IDENTITY}"), notes=(Note(sheet="表", cell="A1", text=IDENTITY),))
    blank = personal.blanked(file, lambda sheet, row, column: column == PHONES)
    assert blank.sheets[0].rows == [["（内容不显示）", "村", MOBILE], ["（内容不显示）", "（内容不显示）", None]]
    assert blank.sheets[0].name == "张三110…"
    assert blank.notes == ()
    assert blank.is_blanked
    assert (blank.path, blank.kind) == (file.path, file.kind)
    assert file.sheets[0].rows == rows
    assert not file.is_blanked


def test_whether_a_mobile_may_stand_is_asked_of_its_sheet_and_place() -> None:
    """Rows and columns are counted from 1."""
    asked: list[tuple[str, int, int]] = []
    file = in_sheet(["村", None], [None, MOBILE])
    personal.blanked(file, lambda *place: asked.append(place) or True)  # type: ignore[func-returns-value]
    assert asked == [("表", 2, 2)]


@pytest.mark.parametrize(
    ("code", "is_number"),
    [
        (Code.PERSONAL_IDENTITY, True),
        (Code.PERSONAL_CARD, True),
        (Code.PERSONAL_MOBILE, True),
        (Code.PERSONAL_OTHER, True),
        (Code.SHEET_HIDDEN, False),
    ],
)
def test_a_hidden_sheet_alone_is_no_number(code: Code, is_number: bool) -> None:
    """One number among other problems is enough."""
    assert personal.has_number([Problem(code=Code.SHEET_HIDDEN, file="a"), Problem(code=code, file="a")]) is is_number


def test_a_problem_says_where_and_not_what() -> None:
    """File, sheet, line and cell; in place of what was entered, that it is not shown."""
    (problem,) = personal.find(in_sheet(["村"], [None, IDENTITY]), lambda *_: False)
    assert (problem.file, problem.line, problem.entered) == ("报表.xlsx", 2, "（内容不显示）")


def test_parts_that_are_no_text_are_read_all_the_same() -> None:
    """Bytes that are no UTF-8 hide no number beside them: in markup, in a remark, in anything else."""
    remarked = ZipInfo("a.xml")
    remarked.comment = b"\xff " + MOBILE.encode()
    assert hidden_numbers.in_directory([remarked]) == {MOBILE}
    assert hidden_numbers.in_part("xl/worksheets/sheet1.xml", b"<a>\xff " + MOBILE.encode() + b"</a>") == {MOBILE}
    assert hidden_numbers.in_part("xl/media/p.bin", MOBILE.encode("utf-16-le")) == {MOBILE}
    assert hidden_numbers.in_part("xl/a.xml", "\u00a0".join(MOBILE[at : at + 4] for at in (0, 4, 8)).encode()) == {
        MOBILE
    }


def test_a_formula_at_the_end_of_cells_is_no_part_of_what_follows() -> None:
    """Half a number in a formula and half a number behind the cells make none."""
    xml = f"<sheetData><c><f>{MOBILE[:6]}</f></c></sheetData>{MOBILE[6:]}"
    assert hidden_numbers.in_part("xl/worksheets/sheet1.xml", xml.encode()) == set()
