"""What rows of villages say beside the record or one another: vacancies, one person for two villages, two surveys."""

from pathlib import Path

import openpyxl
import pytest
from collect_examples import context_of, rows_of, take, write_workbook
from tiny_campaign import make_root

from site_builder.collect.answers import sound
from site_builder.collect.incoming_file import CollectedReturn, CollectOptions

HEADS = ("村名", "姓名", "身份", "任职日期", "离任日期", "工作电话", "备注")
NAMED = ("乡镇", "村名", "姓名", "工作电话")
SERVING = ("荣华村", "斯琴高娃", "村党组织书记", "2018-03-05", None, None, None)
ANOTHER = ("瓦房村", "朴银姬", "人民调解员", "2018-05-02", None, "13800000000", None)
OURS = ("liaison-still-serving", "liaison-not-ended", "liaison-of-two-villages")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_root(tmp_path_factory.mktemp("root"))


def said(root: Path, folder: Path, *rows: tuple[object, ...]) -> list[tuple[str, str, str]]:
    """Code, cell and village of what is said of these rows."""
    path = write_workbook(folder / "a.xlsx", {"联络员名单": [HEADS, *rows]})
    (taken,) = take(root, path, CollectOptions(county="220881"))
    found = [problem for problem in taken.problems if problem.code in OURS]
    return [(problem.code, problem.cell, problem.details["village"][-3:]) for problem in found]


@pytest.mark.parametrize("note", [None, "空缺"])
def test_an_empty_row_of_a_village_with_somebody_in_office_is_asked_about(
    root: Path, tmp_path: Path, note: str | None
) -> None:
    """Nothing ends a term but its last day: an empty row would leave the one who left in office without a word."""
    vacant = ("荣华村", None, None, None, None, None, note)
    assert said(root, tmp_path, ANOTHER, vacant) == [("liaison-still-serving", "B3", "荣华村")]


def test_a_term_that_was_ended_leaves_nothing_to_ask(root: Path, tmp_path: Path) -> None:
    """The name with its last day is how a vacancy is told, beside an empty row or not."""
    ended = ("荣华村", "斯琴高娃", "村党组织书记", "2018-03-05", "2018-06-01", None, None)
    vacant = ("荣华村", None, None, None, None, None, None)
    assert said(root, tmp_path, ANOTHER, ended, vacant) == []


@pytest.mark.parametrize("word", ["暂缺", "空缺", "待定"])
def test_a_row_that_says_that_the_post_is_vacant_is_understood(root: Path, tmp_path: Path, word: str) -> None:
    """As an empty one is; with somebody in office on record it is an error, for the record would stay wrong."""
    vacant = ("荣华村", word, None, None, None, "无", "待补选")
    assert said(root, tmp_path, ANOTHER, vacant) == [("liaison-not-ended", "B3", "荣华村")]
    ended = ("荣华村", "斯琴高娃", "村党组织书记", "2018-03-05", "2018-06-01", None, None)
    assert said(root, tmp_path, ANOTHER, ended, vacant) == []


def test_who_came_last_must_have_left(root: Path, tmp_path: Path) -> None:
    """A return that names somebody and says vacant of one village says two things; the one before is not meant."""
    vacant = ("荣华村", "暂缺", None, None, None, None, None)
    came = ("荣华村", "李春花", "村会计", "2018-05-01", None, None, None)
    assert said(root, tmp_path, came, vacant) == [("liaison-not-ended", "B3", "荣华村")]
    assert said(root, tmp_path, (*came[:4], "2018-06-01", *came[5:]), vacant) == []
    before = (*came[:3], "2018-01-02", "2018-02-01", *came[5:])
    assert said(root, tmp_path, before, vacant) == [("liaison-not-ended", "B3", "荣华村")]


def test_a_vacancy_with_somebodys_number_is_one_error(root: Path, tmp_path: Path) -> None:
    """That it lacks the post and the day of nobody is not said."""
    row = ("荣华村", "暂缺", None, None, None, "0436-0000101", None)
    path = write_workbook(tmp_path / "a.xlsx", {"联络员名单": [HEADS, row]})
    (taken,) = take(root, path, CollectOptions(county="220881"))
    assert [(problem.code, problem.cell) for problem in taken.problems if problem.is_error] == [("name-vacant", "B2")]


def test_a_vacant_post_is_shown_as_it_was_understood(root: Path, tmp_path: Path) -> None:
    """The words that stood there, and that they count as nothing."""
    path = write_workbook(tmp_path / "a.xlsx", {"联络员名单": [HEADS, ANOTHER, ("荣华村", "暂缺", "无")]})
    (taken,) = take(root, path, CollectOptions(county="220881"))
    assert [(each.cell, each.before) for each in taken.normalised if each.cell in ("B3", "C3")] == [
        ("B3", "暂缺"),
        ("C3", "无"),
    ]


def test_one_person_for_two_villages_is_asked_about(root: Path, tmp_path: Path) -> None:
    """One name with one phone in two rows was copied down, most likely."""
    copied = ("荣华村", *ANOTHER[1:])
    assert said(root, tmp_path, ANOTHER, copied) == [("liaison-of-two-villages", "B3", "荣华村")]


def test_two_of_one_name_are_two(root: Path, tmp_path: Path) -> None:
    """A name is shared by many: without one phone nothing is asked."""
    namesake = ("荣华村", "朴银姬", "人民调解员", "2018-05-02", None, "13900000000", None)
    assert said(root, tmp_path, ANOTHER, namesake) == []
    assert said(root, tmp_path, SERVING, ANOTHER) == []


def test_rows_of_no_known_village_are_asked_nothing_more(root: Path, tmp_path: Path) -> None:
    """Which village they are of is asked where it is written, once a row."""
    rows = [HEADS, ("桃源村", *ANOTHER[1:]), (None, *SERVING[1:])]
    path = write_workbook(tmp_path / "a.xlsx", {"联络员名单": rows})
    (taken,) = take(root, path, CollectOptions(county="220881"))
    errors = [(problem.code, problem.cell) for problem in taken.problems if problem.is_error]
    assert errors == [("village-not-found", "A2"), ("row-unidentified", "A3")]


def surveys(root: Path, folder: Path, *rows: tuple[str, str]) -> list[tuple[str, str, str]]:
    """Cell and both lines of what is said of surveys, each of a village on a day."""
    heads = ("村名", "调查日期", "贫困户数", "贫困人口")
    path = write_workbook(folder / "a.xlsx", {"摸底调查": [heads, *((*row, 20, 50) for row in rows)]})
    (taken,) = take(root, path, CollectOptions(county="220881"))
    found = [problem for problem in taken.problems if problem.code == "survey-twice"]
    return [(problem.cell, problem.details["first"], problem.details["line"]) for problem in found]


def test_two_days_for_one_village_in_one_list_are_asked_about(root: Path, tmp_path: Path) -> None:
    """One of the rows is another village's, most likely; the same day twice is told elsewhere."""
    twice = [("荣华村", "2018-06-28"), ("瓦房村", "2018-06-28"), ("荣华村", "2018-06-29")]
    assert surveys(root, tmp_path, *twice) == [("A4", "2", "4")]
    assert surveys(root, tmp_path, *twice[:2], twice[0]) == []


def test_two_surveys_that_are_on_record_come_back_without_a_word(root: Path, tmp_path: Path) -> None:
    """As a kit holds them; a third of the village is asked about."""
    known = [("瓦房村", "2018-04-20"), ("瓦房村", "2018-06-01")]
    assert surveys(root, tmp_path, *known) == []
    assert surveys(root, tmp_path, *known, ("瓦房村", "2018-06-20")) == [("A4", "2", "4")]


def test_two_persons_in_office_in_one_village_are_told_as_that(root: Path, tmp_path: Path) -> None:
    """By their names, not as a row that was repeated; one whose term has ended is no rival of the next."""

    def told(*rows: tuple[object, ...]) -> list[tuple[str, str, str | None]]:
        path = write_workbook(tmp_path / "a.xlsx", {"联络员名单": [HEADS, *rows]})
        (taken,) = take(root, path, CollectOptions(county="220881"))
        own = ("liaison-rivals", "row-duplicate")
        return [(one.code, one.cell, one.details.get("other")) for one in taken.problems if one.code in own]

    assert told(ANOTHER, (*ANOTHER[:1], "李春花", *ANOTHER[2:])) == [("liaison-rivals", "B3", "朴银姬")]
    assert told((*ANOTHER[:4], "2018-05-31", *ANOTHER[5:]), ("瓦房村", "李春花", "村会计", "2018-06-01")) == []


def test_a_row_that_stands_there_many_times_is_kept_once(root: Path, tmp_path: Path) -> None:
    """Each is the same record: the others have short names of their own, however many there are."""
    path = write_workbook(tmp_path / "a.xlsx", {"联络员名单": [HEADS, *[ANOTHER] * 40]})
    (taken,) = take(root, path, CollectOptions(county="220881"))
    assert {len(change.key) for change in taken.changes if not change.field} <= {2, 3}


def test_two_columns_of_phones_are_one_question(root: Path, tmp_path: Path) -> None:
    """Both are named; no number below the second one is asked to be taken out."""
    heads = ("村名", "姓名", "身份", "任职日期", "办公电话", "手机")
    row = ("荣华村", "李春花", "村会计", "2018-06-01", "0436-0000101", "13800000000")
    path = write_workbook(tmp_path / "a.xlsx", {"联络员名单": [heads, row]})
    (taken,) = take(root, path, CollectOptions(county="220881"))
    (asked,) = [problem for problem in taken.problems if problem.is_error]
    assert (asked.code, asked.cell) == ("column-repeated", "F1")
    assert (asked.details["first"], asked.details["head"]) == ("办公电话", "手机")


FORMER = ("村名", "原联络员", "姓名", "身份", "任职日期", "确定单位", "备注")


def handed_over(
    root: Path, folder: Path, former: str | None, note: str | None = None, head: str = "原联络员"
) -> CollectedReturn:
    """What a list of changes brings of 荣华村, where 斯琴高娃 serves."""
    row = ("荣华村", former, "李春花", "村会计", "2018-06-18", "样例法律援助中心", note)
    path = write_workbook(folder / "a.xlsx", {"变更": [(FORMER[0], head, *FORMER[2:]), row]})
    (taken,) = take(root, path, CollectOptions(county="220881"))
    return taken


@pytest.mark.parametrize("former", ["斯琴高娃", "斯琴 高娃", "斯琴高娃（外出务工）", "斯琴高娃主任", "无", None])
def test_whoever_is_followed_is_the_one_on_record(root: Path, tmp_path: Path, former: str | None) -> None:
    """Then the term of that one ends the day before, and the column is no stranger's."""
    taken = handed_over(root, tmp_path, former)
    assert [problem.code for problem in taken.problems if problem.is_error] == []
    assert not [problem for problem in taken.problems if problem.code == "column-ignored" and problem.cell == "B1"]
    assert [change.after for change in taken.changes if change.field == "to_date"] == ["2018-06-17"]


@pytest.mark.parametrize("before", ["调整前", "变更前", "更换前"])
def test_the_role_of_the_one_before_is_not_the_new_one_s(root: Path, tmp_path: Path, before: str) -> None:
    """Under a head for both, 职务 stands there twice: the new one's is taken."""
    heads: list[list[str | None]] = [
        ["村名", before, None, "调整后", None, None],
        [None, "姓名", "职务", "姓名", "职务", "任职日期"],
    ]
    after: list[str | None] = ["荣华村", "斯琴高娃", "村党组织书记", "李春花", "村会计", "2018-06-18"]
    path = write_workbook(tmp_path / "a.xlsx", {"联络员名单": [*heads, after]})
    book = openpyxl.load_workbook(path)
    for area in ("A1:A2", "B1:C1", "D1:F1"):
        book["联络员名单"].merge_cells(area)
    book.save(path)
    (taken,) = take(root, path, CollectOptions(county="220881"))
    assert [problem.code for problem in taken.problems if problem.is_error] == []
    (new,) = [row for row in rows_of(taken, "liaisons") if row["name"] == "李春花"]
    assert new["role"] == "village_accountant"


@pytest.mark.parametrize("head", ["原联络员", "前任", "离任人员", "变更前姓名"])
@pytest.mark.parametrize("former", ["斯琴高哇", "李建国"])
def test_another_than_the_one_on_record_is_an_error(root: Path, tmp_path: Path, former: str, head: str) -> None:
    """Both are shown, however alike they look; no change of that row is listed."""
    taken = handed_over(root, tmp_path, former, head=head)
    (problem,) = [problem for problem in taken.problems if problem.is_error]
    assert (problem.code, problem.cell, problem.column) == ("liaison-former-differs", "B2", head)
    assert (problem.details["former"], problem.details["name"]) == (former, "斯琴高娃")
    assert (taken.changes, sound.counts(taken.counts, taken.unsound)["liaisons"]) == ([], (0, 0, 0))


@pytest.mark.parametrize(
    ("left", "is_asked"),
    [
        ("2018-06-17", False),
        ("2018.6.18", False),
        ("6月17日", False),
        (None, False),
        ("2018-06-10", True),
        ("6月初", True),
    ],
)
def test_the_day_on_which_somebody_left_is_heard(root: Path, tmp_path: Path, left: str | None, is_asked: bool) -> None:
    """Under the head of the one before: the record would have the day before the successor's, which may be wrong."""
    heads = [["村名", "原联络员", None, "现联络员", None, None], [None, "姓名", "卸任时间", "姓名", "身份", "任职日期"]]
    row = ["荣华村", "斯琴高娃", left, "李春花", "村会计", "2018-06-18"]
    (taken,) = take(root, write_workbook(tmp_path / "a.xlsx", {"变更": [*heads, row]}), CollectOptions(county="220881"))
    found = [problem.cell for problem in taken.problems if problem.code == "liaison-left-otherwise"]
    assert found == (["C3"] if is_asked else [])


def test_that_somebody_has_left_is_not_asked_where_the_row_ends_the_term(root: Path, tmp_path: Path) -> None:
    """Of another name it still is."""

    def noted(note: str) -> bool:
        taken = handed_over(root, tmp_path, None, note)
        return "note-of-leaving" in {problem.code for problem in taken.problems}

    assert not noted("新换，原联络员斯琴高娃外出务工")
    assert noted("原联络员斯琴高哇外出务工")


@pytest.mark.parametrize(
    ("on_record", "role", "name", "is_asked"),
    [
        ("village_head", "主任", "斯琴高娃", False),
        ("secretary_and_head", "主任", "斯琴高娃", False),
        ("deputy_head", "主任", "斯琴高娃", True),
        ("mediator", "主任", "斯琴高娃", True),
        ("village_head", "主任", "李春花", True),
    ],
)
def test_a_role_in_short_is_that_of_the_person_on_record(
    root: Path, tmp_path: Path, on_record: str, role: str, name: str, is_asked: bool
) -> None:
    """The end of its title is it; a deputy's is not. What is asked names the roles that it may be short for."""
    context = context_of(root)
    for row in context.rows["content/data/liaisons/220881.csv"]:
        row["role"] = on_record
    path = write_workbook(
        tmp_path / "a.xlsx", {"联络员名单": [HEADS, ("荣华村", name, role, "2018-03-05", None, None, None)]}
    )
    (taken,) = take(root, path, CollectOptions(county="220881"), context)
    asked = [problem for problem in taken.problems if problem.code == "cell-choice"]
    assert bool(asked) == is_asked
    assert all("村委会主任" in one.details["choices"] and "村医" not in one.details["choices"] for one in asked)
    assert [change for change in taken.changes if change.field == "role"] == []


def test_many_surveys_on_another_day_are_one_question(root: Path, tmp_path: Path) -> None:
    """It names the rows, with both days, and all that a person may accept."""
    heads = ("村名", "调查日期", "贫困户数", "贫困人口")
    rows = [("荣华村", "2018-06-28", 21, 51), ("瓦房村", "2018-06-29", 23, 53)]
    path = write_workbook(tmp_path / "a.xlsx", {"摸底": [heads, *rows]})
    (taken,) = take(root, path, CollectOptions(county="220881"))
    (asked,) = [problem for problem in taken.problems if problem.code == "survey-again"]
    assert (asked.cell, asked.details["count"]) == ("B2", "2")
    assert asked.details["accept"] == "--accept 摸底!2 --accept 摸底!3"
    assert "2018-06-29" in asked.details["rows"]


def test_of_a_row_that_is_refused_nothing_else_is_asked(root: Path, tmp_path: Path) -> None:
    """Whether it counts comes first."""
    row = ("桃源村", "李春花", "总经理", "2018-06-18", None, None, "作废")
    path = write_workbook(tmp_path / "a.xlsx", {"联络员名单": [HEADS, ANOTHER, row]})
    (taken,) = take(root, path, CollectOptions(county="220881"))
    assert [problem.code for problem in taken.problems if problem.line == 3] == ["row-annulled"]


@pytest.mark.parametrize("word", ["待定", "空缺", "暂无", "未定"])
def test_a_vacant_post_that_the_record_has_nobody_in_is_told(root: Path, tmp_path: Path, word: str) -> None:
    """In one sentence, with the village and what stands beside it: nothing of the row is taken in."""
    rows = [ANOTHER, (*SERVING[:4], "2018-06-01", None, None), ("荣华村", word, None, None, None, None, "7月初定")]
    path = write_workbook(tmp_path / "a.xlsx", {"联络员名单": [HEADS, *rows]})
    (taken,) = take(root, path, CollectOptions(county="220881"))
    (none,) = (problem for problem in taken.problems if problem.code == "liaison-none")
    assert (none.cell, none.details["village"][-3:], none.details["text"]) == ("B4", "荣华村", word)
    assert none.details["remark"] == "（旁边写着“7月初定”）"


def told(root: Path, folder: Path, title: str, *rows: tuple[object, ...]) -> dict[str, list[str]]:
    """The cells of what is said of a list of the county's, by code."""
    path = write_workbook(folder / "a.xlsx", {"Sheet1": [[title], *rows]})
    (taken,) = take(root, path, CollectOptions(county="220881"))
    found: dict[str, list[str]] = {}
    for problem in taken.problems:
        found.setdefault(problem.code, []).append(problem.cell)
    return found


@pytest.mark.parametrize(
    ("title", "heads", "is_whole"),
    [
        ("洮南市联络员名单", ("乡镇", "村名", "姓名", "身份"), True),
        ("洮南市联络员变更名单", ("乡镇", "村名", "姓名", "身份"), False),
        ("联络员变动情况表", ("乡镇", "村名", "姓名", "身份"), False),
        ("洮南市联络员名单", ("乡镇", "村名", "姓名", "身份", "原联络员"), False),
    ],
)
def test_a_list_of_changes_lacks_no_villages(
    title: str, heads: tuple[str, ...], is_whole: bool, root: Path, tmp_path: Path
) -> None:
    """By its title, or by who was before in every row; of a whole list the others are named."""
    row = ("瓦房镇", "荣华村", "斯琴高娃", "村党组织书记", "李春花")[: len(heads)]
    assert ("villages-missing" in told(root, tmp_path, title, heads, row)) is is_whole


@pytest.mark.parametrize("other", ["瓦房村", "某某村"])
def test_of_a_village_that_nobody_knows_only_the_village_is_asked(other: str, root: Path, tmp_path: Path) -> None:
    """Whose record has the rest: under a name that is put right nothing more may be lacking."""
    rows = ("瓦房镇", "荣花寸", "斯琴高娃", None), ("瓦房镇", other, "朴银姬", "13800000000")
    found = told(root, tmp_path, "洮南市", NAMED, *rows)
    assert found.keys() & {"row-lacks-columns", "column-missing", "cell-required"} == set()
    assert "B3" in found["village-not-found"]


def test_what_new_persons_lack_is_one_line(root: Path, tmp_path: Path) -> None:
    """Role and first day are asked together, with the cells of whom they are asked."""
    rows = [NAMED, ("瓦房镇", "荣华村", "金大勇"), ("瓦房镇", "瓦房村", "李春花")]
    path = write_workbook(tmp_path / "a.xlsx", {"Sheet1": rows})
    (taken,) = take(root, path, CollectOptions(county="220881"))
    (found,) = [problem for problem in taken.problems if problem.is_error]
    assert (found.code, found.details["title"]) == ("column-missing", "身份”、“任职日期")
    assert "C2、C3" in found.details["hint"]


@pytest.mark.parametrize(
    ("title", "heads", "is_list"),
    [
        ("联络员培训签到表", ("村名", "姓名", "工作电话"), False),
        ("培训会议签到簿", ("村名", "姓名", "身份", "工作电话"), False),
        ("联络员名单（附培训签到表）", ("村名", "姓名", "工作电话"), True),
        ("联络员签到表", ("村名", "姓名", "身份", "任职日期"), True),
    ],
)
def test_who_signed_for_having_come_is_no_list_of_liaisons(
    title: str, heads: tuple[str, ...], is_list: bool, root: Path, tmp_path: Path
) -> None:
    """It names villages and persons as well, and says of nobody since when: it is told for what it is."""
    row = dict(zip(HEADS, SERVING, strict=True))
    found = told(root, tmp_path, title, heads, tuple(row[head] for head in heads))
    assert ("sheet-of-signatures" in found) is not is_list


def test_a_row_of_its_own_township_is_named_once(root: Path, tmp_path: Path) -> None:
    """What stands above a row is not put before a name that has it already."""
    rows = [["瓦房镇"], NAMED[1:], ("洮南市瓦房镇某某村", "金大勇", None)]
    path = write_workbook(tmp_path / "a.xlsx", {"Sheet1": rows})
    (taken,) = take(root, path, CollectOptions(county="220881"))
    (found,) = [problem for problem in taken.problems if problem.code == "village-not-found"]
    assert found.details["named"] == "洮南市瓦房镇某某村"


def test_a_survey_again_is_told_of_every_row_whatever_else_is_said_of_its_cell(root: Path, tmp_path: Path) -> None:
    """Its day without a year is said at its cell as well: neither takes the place of the other."""
    heads = ["村代码", "调查日期", "贫困户数", "贫困人口", "农民工", "老年人", "残疾人", "留守妇女", "留守儿童"]
    heads += ["询问热线人数", "知道热线人数"]
    row = ["220881100200", "6月25日", 20, 50, 10, 15, 1, 6, 0, 30, 19]
    path = write_workbook(tmp_path / "a.xlsx", {"摸底调查": [["2018年摸底调查表"], heads, row]})
    (taken,) = take(root, path, CollectOptions(county="220881"))
    assert {"survey-again", "dates-without-year"} <= {one.code for one in taken.problems if one.cell == "B3"}


@pytest.mark.parametrize("poor", [20, 21])
def test_a_survey_without_its_day_is_asked_for_it_where_the_record_has_one_of_its_village(
    root: Path, tmp_path: Path, poor: int
) -> None:
    """Whatever else it says, the same as that one or not: which day it is of nobody knows."""
    rows = [("荣华村", poor, 50, 12, 15, 1, 6, 0)]
    heads = ("村名", "贫困户数", "贫困人口", "农民工", "老年人", "残疾人", "留守妇女", "留守儿童")
    (taken,) = take(root, write_workbook(tmp_path / "a.xlsx", {"Sheet1": [heads, *rows]}), CollectOptions())
    assert [(problem.code, problem.details["title"][:4]) for problem in taken.problems if problem.is_error] == [
        ("column-missing", "调查日期")
    ]
