"""That a liaison has left is quoted, wherever a clerk wrote it that goes into no field."""

from pathlib import Path

import openpyxl
import pytest
from collect_examples import take, write_workbook
from openpyxl.comments import Comment
from tiny_campaign import make_root

from site_builder.collect.incoming_file import CollectOptions

HEADS = ("村名", "姓名", "身份", "任职日期", "离任日期", "备注")
ROW = ("瓦房村", "朴银姬", "人民调解员", "2018-05-02", None, None)
REMARK = "该同志6月5日已去世，待补选"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_root(tmp_path_factory.mktemp("root"))


def quoted(root: Path, folder: Path, *rows: tuple[object, ...], comments: dict[str, str] | None = None) -> list[str]:
    """What is quoted of a list of liaisons, table by table."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "联络员名单"
    for row in (HEADS, *rows):
        sheet.append(list(row))
    for cell, text in (comments or {}).items():
        sheet[cell].comment = Comment(text, "x")
    book.save(folder / "a.xlsx")
    (taken,) = take(root, folder / "a.xlsx", CollectOptions(county="220881"))
    found = [problem for problem in taken.problems if problem.code == "note-of-leaving"]
    asked = [problem.details["note"] for problem in taken.problems if problem.code == "liaison-said-gone"]
    return [*asked, *(problem.details["notes"] for problem in found)]


def test_comments_remarks_and_notes_below_that_say_so_are_quoted_once(root: Path, tmp_path: Path) -> None:
    """The sentence that says it, with its place; all in one list."""
    rows = (*ROW[:5], "今年换届。" + REMARK), ("注：瓦房村朴银姬已于6月辞职。",)
    said = [f"F2“{REMARK}”", "A3“注：瓦房村朴银姬已于6月辞职”", "B2“此人已调离”"]
    assert sorted(quoted(root, tmp_path, *rows, comments={"B2": "此人已调离"})) == sorted(said)


@pytest.mark.parametrize(
    "text",
    (
        *(
            "换成李四",
            "改由李四担任",
            "李四接替",
            "此人已不干，换成李四",
            "不干了",
            "换届落选",
            "现由李四负责",
            "已更换",
        ),
        *("新人李四", "停用", "李四", "原在外务工", "暂由会计张丽代管", "已变更"),
    ),
)
def test_that_another_has_come_is_quoted_however_it_is_worded(root: Path, tmp_path: Path, text: str) -> None:
    """In a remark and in a comment alike: a name alone beside another one's says it as well."""
    said = quoted(root, tmp_path, (*ROW[:5], text), comments={"B2": text})
    assert said in ([f"B2“{text}”、F2“{text}”"], [f"B2“{text}”", f"F2“{text}”"])


@pytest.mark.parametrize(
    "text",
    (
        *("未离任", "如有调离请及时报告", "离任日期没有的不填", "电话下午打", "没有空缺", "无变化", "朴银姬", "未更换"),
        *("包村", "党员", "高龄", "方便接听", "兼", "更换时报告"),
    ),
)
def test_other_remarks_are_not_quoted(root: Path, tmp_path: Path, text: str) -> None:
    assert quoted(root, tmp_path, (*ROW[:5], text), comments={"B2": text, "A1": "已离任"}) == []


def test_a_term_that_is_ended_needs_no_word(root: Path, tmp_path: Path) -> None:
    """The remark says what the last day says."""
    assert quoted(root, tmp_path, (*ROW[:4], "2018-06-05", REMARK)) == []


def test_a_text_with_a_personal_number_is_not_shown(root: Path, tmp_path: Path) -> None:
    """Its place is enough to find it."""
    assert quoted(root, tmp_path, ROW, comments={"B2": "已调离，手机13800000000"}) == ["B2“（内容不显示）”"]


def test_of_many_the_first_are_quoted(root: Path, tmp_path: Path) -> None:
    """The rest is found where these are."""
    (said,) = quoted(
        root, tmp_path, ROW, *[ROW] * 20, comments=dict.fromkeys([f"B{line}" for line in range(2, 23)], "已停用")
    )
    assert (said.count("已停用"), said[-2:]) == (20, "……")


def test_a_county_reads_nothing_of_another_one_s_rows(root: Path, tmp_path: Path) -> None:
    """A list of two counties: each gets the remarks on its own liaisons."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "联络员名单"
    for row in (("村代码", *HEADS[1:]), ("220881100200", *ROW[1:5], "号码停用"), ("220882202204", *ROW[1:5], "住院")):
        sheet.append(list(row))
    book.save(tmp_path / "a.xlsx")
    found = {taken.county: taken.problems for taken in take(root, tmp_path / "a.xlsx")}
    said = {
        county: [one.details["notes"] for one in of if one.code == "note-of-leaving"] for county, of in found.items()
    }
    assert said == {"220881": ["F2“号码停用”"], "220882": ["F3“住院”"]}


def test_the_reason_of_a_change_that_was_taken_is_not_quoted(root: Path, tmp_path: Path) -> None:
    """Why somebody left, in the row of whoever follows, is of the term that the row ends."""
    heads = [*HEADS[:4], "变动原因"]
    path = write_workbook(
        tmp_path / "a.xlsx", {"变动表": [heads, ["瓦房村", "金英", "人民调解员", "2018-06-11", "到龄退休"]]}
    )
    (taken,) = take(root, path, CollectOptions(county="220881"))
    assert "to_date" in {change.field for change in taken.changes}
    assert [problem for problem in taken.problems if problem.code == "note-of-leaving"] == []


def test_a_row_of_one_who_leaves_empties_nothing(root: Path, tmp_path: Path) -> None:
    """Of somebody on record it says the last day: the role and the number to call stay as they are."""
    heads = ["村名", "姓名", "身份", "工作电话", "任职日期", "离任日期"]
    path = write_workbook(
        tmp_path / "a.xlsx", {"变动表": [heads, ["瓦房村", "朴银姬", None, None, "2018-05-02", "2018-06-15"]]}
    )
    (taken,) = take(root, path, CollectOptions(county="220881"))
    assert [problem.code for problem in taken.problems if problem.is_error] == []
    assert [(change.field, change.after) for change in taken.changes] == [("to_date", "2018-06-15")]


def test_a_vacancy_with_a_day_beside_it_is_asked_about_with_that_day(root: Path, tmp_path: Path) -> None:
    """What to write is said with the day that the row has already."""
    heads = ["村名", "姓名", "身份", "任职日期", "日子"]
    path = write_workbook(tmp_path / "a.xlsx", {"变动表": [heads, ["瓦房村", "暂缺", None, None, "2018.6.15"]]})
    (taken,) = take(root, path, CollectOptions(county="220881"))
    (asked,) = [problem for problem in taken.problems if problem.code == "liaison-not-ended"]
    assert asked.details["left"] == "2018-06-15"
