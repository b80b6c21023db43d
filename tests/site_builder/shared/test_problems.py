"""Problems: safe to show, worded from one catalogue, listed in one way."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.shared import problems
from site_builder.shared.characters import unfit
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem, safe_to_show

HOURS = "周一至周五 8:30-11:30，13:30-16:30"


@pytest.mark.parametrize("text", ["220881100201", "2018-03-05", "0436", "412", "荣华村", "220881", "2018-13-45", HOURS])
def test_what_is_not_personal_is_shown_in_full(text: str) -> None:
    """Division codes, dates, counts and names stay as they were entered."""
    assert safe_to_show(text) == text


@pytest.mark.parametrize(
    "number",
    [
        "13812345678",
        "138-1234-5678",
        "138 1234 5678",
        "１３８１２３４５６７８",
        "220881199001011234",
        "22088119900101123X",
        "220881 19900101 1234",
        "220881900101123",
        "6222021234567890123",
        "13:81-23:45678",
    ],
)
def test_a_personal_number_is_never_shown_in_full(number: str) -> None:
    """Mobiles, identity numbers and bank cards are cut, however they were split or widened."""
    shown = safe_to_show(f"电话{number}转")
    assert number not in shown
    assert sum(c.isdigit() for c in shown) <= 3


def test_a_number_beside_hours_is_cut_all_the_same() -> None:
    """The hours of an office are shown whole; a mobile behind them is not."""
    shown = safe_to_show("8:30-11:30，13812345678")
    assert shown.startswith("8:30-11:30")
    assert "138123" not in shown


@given(st.text(max_size=80))
def test_what_is_shown_is_short_and_visible(text: str) -> None:
    """Whatever was entered, at most 41 characters are shown and none of them steers a terminal."""
    shown = safe_to_show(text)
    assert len(shown) <= 41
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u200b]", shown)


@pytest.mark.parametrize("code", sorted(problems.catalogue()))
def test_an_entry_is_complete(code: Code) -> None:
    """Each entry has a sentence and a remedy, in Chinese, with a full stop."""
    entry = problems.catalogue()[code]
    for text in (entry.says, entry.do):
        assert re.search(r"[\u4e00-\u9fff]", text)
        assert text.rstrip("}").endswith(("。", "{hint", "{reason", "{meant", "{who"))


def test_a_listing_names_place_fault_and_remedy() -> None:
    """A problem is listed with level, code, file, line, cell, column, entry, example and remedy; errors come first."""
    warning = Problem(code=Code.FILE_NOT_CANONICAL, file="content/data/a.csv")
    error = Problem(
        code=Code.CELL_TOO_LONG,
        file="content/data/b.csv",
        line=17,
        cell="D17",
        column="姓名",
        entered="很长",
        example="李春花",
        details={"limit": "30"},
    )
    text = problems.listing([warning, error])
    assert text.splitlines() == [
        "[错误 cell-too-long] content/data/b.csv 第17行 D17「姓名」",
        "  这一格太长，最多30个字。",
        "  填的是：很长",
        "  正确的例子：李春花",
        "  怎么办：缩短这一格的内容。",
        "[提醒 file-not-canonical] content/data/a.csv",
        "  内容没有问题，但行的顺序、空行、换行或编码标记不是规定的写法。",
        "  怎么办：运行 campaign tidy 自动整理，再提交。",
        "每个编号的说明和例子，在手册的 docs/handbook/codes 里：cell-too-long.md、file-not-canonical.md。",
        "共有错误1处，提醒1处。",
    ]


def test_many_alike_are_reported_once_and_then_counted() -> None:
    """Of a hundred equal faults in a column five are reported in full, the others by their cells."""
    alike = [
        Problem(code=Code.CELL_SPACES, file="a.csv", line=line, cell=f"D{line}", column="姓名")
        for line in range(2, 102)
    ]
    text = problems.listing(alike)
    assert text.count("[错误 cell-spaces]") == 5
    assert "另有95处相同的问题：D7、D8、" in text
    assert "共有错误100处" in text
    assert len(text.splitlines()) < 20


def test_a_listing_names_the_handbook_s_pages_and_not_too_many() -> None:
    """Those of errors first, each once; of many kinds the first dozen."""
    entries = problems.catalogue().items()
    errors = [
        code for code, entry in entries if entry.level is problems.Level.ERROR and "{" not in entry.says + entry.do
    ]
    codes = errors[:14]
    alike = [Problem(code=code, file="a.csv", line=line) for line, code in enumerate(codes, start=1) for _ in range(2)]
    [line] = [line for line in problems.listing(alike).splitlines() if "docs/handbook/codes" in line]
    assert line.count(".md") == 12
    assert line.index(f"{codes[0]}.md") < line.index(f"{codes[1]}.md")
    assert line.endswith("……。")


def test_a_file_named_after_a_person_is_not_repeated_in_full() -> None:
    """An identity number in a file's name is cut like one in a cell."""
    text = problems.listing(
        [Problem(code=Code.FILE_UNEXPECTED, file="x/张110101199003071234.csv", details={"hint": ""})]
    )
    assert "110101199003071234" not in text


def test_nothing_found_is_said() -> None:
    """An empty listing says that nothing was found."""
    assert problems.listing([]) == "检查完毕，没有发现问题。"


def test_whatever_a_problem_holds_its_lines_and_sentences_are_harmless() -> None:
    """No part of a problem steers a terminal, gives a runner an order, or adds a line to the listing."""
    harm = "a\x1b[2J\u202e\n::error::##[x]"
    spoilt = Problem(
        code=Code.HEADER_UNKNOWN,
        file=harm,
        sheet=harm,
        line=1,
        cell=harm,
        column=harm,
        entered=harm,
        example=harm,
        details={"column": harm, "hint": harm, "expected": harm},
    )
    lines = problems.as_lines(spoilt)
    assert len(lines) == 5
    assert not re.search(r"[\x1b\u202e\n]|##\[", "".join(lines))
    assert "\x1b" not in problems.sentence(spoilt) + problems.remedy(spoilt)


@pytest.mark.parametrize(("text", "shown"), [("x" * 40, "x" * 40), ("x" * 41, "x" * 40 + "…"), ("a\tb", "a□b")])
def test_what_is_cut_is_marked(text: str, shown: str) -> None:
    """Forty characters are shown; what is longer ends in an ellipsis, what is not seen has a box."""
    assert safe_to_show(text) == shown


def test_an_unfit_character_is_described() -> None:
    """By the kind in words, by itself as far as it can be shown, and by its number."""
    found = unfit("а")
    assert found
    said = problems.unfit_details(found)
    assert (said["character"], said["point"]) == ("а", "U+0430")
    assert said["kind"] == problems.layout()["unfit"]["lookalike"]
    unseen = unfit("\u202e")
    assert unseen
    assert problems.unfit_details(unseen)["character"] == "□"


def alike(count: int, sheet: str = "", cell: str = "") -> list[Problem]:
    """So many problems of one kind in one column."""
    return [
        Problem(code=Code.CELL_SPACES, file="a.csv", sheet=sheet, line=line, cell=cell, column="姓名")
        for line in range(1, count + 1)
    ]


@pytest.mark.parametrize(
    ("count", "reported", "rest"),
    [
        (6, 6, ""),
        (7, 5, "另有2处相同的问题：第6行、第7行"),
        (17, 5, "另有12处相同的问题：" + "、".join(f"第{line}行" for line in range(6, 18))),
        (18, 5, "另有13处相同的问题：" + "、".join(f"第{line}行" for line in range(6, 18)) + "……"),
    ],
)
def test_the_rest_of_many_alike_is_named_by_its_lines(count: int, reported: int, rest: str) -> None:
    """Six alike are reported; of more, five, and twelve of the others are named by cell or line."""
    ((shown, others),) = problems.folded(alike(count))
    assert (len(shown), others) == (reported, rest)


def test_the_rest_that_stands_at_no_line_is_named_by_its_villages() -> None:
    """A village without a liaison has no row in the file."""
    villages = [f"样例市第{n}村" for n in range(1, 8)]
    found = [Problem(code=Code.LIAISON_MISSING, file="a.csv", details={"village": each}) for each in villages]
    ((_, others),) = problems.folded(found)
    assert others == "另有2处相同的问题：样例市第6村、样例市第7村"


def test_what_is_said_of_one_entry_in_many_cells_is_said_once() -> None:
    """The others are named by their cells; of another entry, or with another hint, it is said again."""
    cells = [
        ("B2", "村干", "甲"),
        ("B3", "村干", "甲"),
        ("B4", "文书", "甲"),
        ("B5", "村干", "甲"),
        ("B6", "村干", "乙"),
    ]
    found = [
        Problem(code=Code.CELL_CHOICE, file="a.csv", cell=cell, line=int(cell[1]), entered=entered, details={"x": said})
        for cell, entered, said in cells
    ]
    ((shown, others),) = problems.folded(found)
    assert [problem.cell for problem in shown] == ["B2", "B4", "B6"]
    assert others == "另有2处相同的问题：B3、B5"


def test_problems_of_other_files_and_sheets_are_not_folded_together() -> None:
    """Alike are those of one code in one column of one sheet of one file."""
    groups = problems.folded([*alike(3), *alike(2, sheet="甲"), *alike(1, sheet="乙")])
    assert sorted(len(shown) for shown, _ in groups) == [1, 2, 3]


def test_a_sheet_is_named_after_its_file() -> None:
    """The place of a problem in a workbook is file, sheet, line, cell and column."""
    (problem,) = alike(1, sheet="联络员名单", cell="D1")
    assert problems.as_lines(problem)[0] == "[错误 cell-spaces] a.csv “联络员名单”表 第1行 D1「姓名」"
    no_line = Problem(code=Code.CELL_SPACES, file="a.csv", sheet="甲")
    assert sorted([problem, no_line], key=problems.place) == [no_line, problem]


COUNTIES = ("220102", "220881", "220882", "222402")


@pytest.mark.parametrize(
    ("entered", "near"),
    [
        ("220818", "220881"),  # two digits swapped
        ("222403", "222402"),  # another digit
        ("22240", "222402"),  # one lacking
        ("2224002", "222402"),  # one too many
        ("220888", ""),  # two are as near
        ("999999", ""),
        ("222042x", ""),
        ("222213", ""),
        ("", ""),
    ],
)
def test_of_numbers_only_one_slip_is_near(entered: str, near: str) -> None:
    """Another county's code is no help to who mistyped one: only what a single slip explains is named."""
    assert problems.nearest(entered, COUNTIES) == near


@pytest.mark.parametrize(
    ("entered", "near"),
    [("chek", "check"), ("operater", "operator"), ("洮南", "洮南市"), ("publsh", "publish"), ("x", "")],
)
def test_a_word_that_is_not_alike_is_not_near(entered: str, near: str) -> None:
    """A word is named only where it can have been meant."""
    assert problems.nearest(entered, ["check", "operator", "publish", "洮南市", "四平市"]) == near


def test_a_hint_names_the_nearest_or_all_there_is() -> None:
    """One sentence, or none where there is nothing to name."""
    assert problems.hint("check", ["build"]) == "最接近的是“check”。"
    assert problems.hint("", ["build", "check"]) == "可以写的有：build、check。"
    assert problems.hint("") == ""
