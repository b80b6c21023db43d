"""Lists without numbers of their own: what is on record keeps its number, what is new gets the next one."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from collect_examples import context_of, rows_of
from test_collect_structure import errors, of_code, sheet_of, taken

from site_builder.collect import intake
from site_builder.collect.collection_context import CollectionContext
from site_builder.collect.incoming_file import CollectOptions
from site_builder.shared.problems import sentence
from site_builder.untrusted_files import UntrustedFile

HEADS = ["序号", "活动时间", "活动地点", "活动形式", "活动主题", "参加人数"]
KNOWN = [1, "2018.5.12", "瓦房村文化广场", "服务团进村", "服务团进瓦房村", 86]
NEW = [2, "2018.6.12", "瓦房镇集市", "集中宣传", "端午集市宣传", 180]
OTHER = [3, "2018.6.20", "荣华村村部", "培训", "联络员培训", 20]
WINDOW = ["窗口名称", "窗口地址", "接待时间", "联系电话"]


@pytest.fixture(scope="module")
def context(untouched: Path) -> CollectionContext:
    return context_of(untouched)


def numbers(context: CollectionContext, *rows: list[object], heads: list[str] = HEADS) -> dict[str, str]:
    """The titles of the activities as they would stand, by number."""
    one = taken(context, sheet_of([heads, *rows]))
    assert errors(one) == []
    return {row["activity_id"]: row["title"] for row in rows_of(one, "activities")}


def test_new_ones_get_the_next_free_numbers(context: CollectionContext) -> None:
    """In the order of the list, after those on record."""
    assert numbers(context, NEW, OTHER) == {
        "A-220881-0001": "服务团进瓦房村",
        "A-220881-0002": "法律援助直通车到瓦房镇",
        "A-220881-0003": "端午集市宣传",
        "A-220881-0004": "联络员培训",
    }


def test_what_is_on_record_is_not_taken_again(context: CollectionContext) -> None:
    """The list of last month comes again, longer; a figure of it may have been put right."""
    assert list(numbers(context, KNOWN, NEW)) == ["A-220881-0001", "A-220881-0002", "A-220881-0003"]
    one = taken(context, sheet_of([HEADS, [*KNOWN[:5], 90]]))
    assert [row["people_reached"] for row in rows_of(one, "activities")] == ["90", ""]


def test_numbers_that_only_count_the_rows_are_none(context: CollectionContext) -> None:
    """1, 2 under 编号; what does not count from one on is no number that we know, and is refused."""
    heads = ["编号", *HEADS[1:]]
    assert list(numbers(context, [1, *NEW[1:]], [2, *OTHER[1:]], heads=heads))[2:] == ["A-220881-0003", "A-220881-0004"]
    one = taken(context, sheet_of([heads, [1, *NEW[1:]], [7, *OTHER[1:]]]))
    assert errors(one) == [("cell-pattern", "A2"), ("cell-pattern", "A3")]


def test_one_row_twice_is_one_record(context: CollectionContext) -> None:
    """It does not get two numbers."""
    one = taken(context, sheet_of([HEADS, NEW, NEW]))
    assert [problem.code for problem in one.problems if problem.code.startswith("row-")] == ["row-repeated"]
    assert len(rows_of(one, "activities")) == 3


@pytest.mark.parametrize("row", [[*KNOWN[:4], "服务团来到瓦房", 30], [*KNOWN[:2], "村部", *KNOWN[3:]]])
def test_what_may_be_on_record_is_asked_about(row: list[object], context: CollectionContext) -> None:
    """The same day with the same place, title or figure: one sentence, which names the column and the record."""
    one = taken(context, sheet_of([HEADS, row, NEW]))
    (asked,) = [problem for problem in one.problems if problem.is_error]
    assert (asked.code, asked.line) == ("record-unnumbered", 2)
    assert "活动编号" in sentence(asked) and "A-220881-0001" in sentence(asked)


def test_a_county_has_one_window_of_a_year(context: CollectionContext) -> None:
    """It is that one, where the name, the address or the number to call is the same; else it is asked."""
    (row,) = (each for each in context.rows["content/data/windows/220881.csv"])
    same = ["新名称的法律援助窗口", row["address"], "周一至周五 8:30—11:30", "0436-0000009"]
    one = taken(context, sheet_of([WINDOW, same]))
    assert errors(one) == []
    (window,) = rows_of(one, "windows")
    assert (window["window_id"], window["phone"]) == ("W-220881-2018", "0436-0000009")
    other = ["别的窗口", "民主路9号", "周一至周五 8:30—11:30", "0436-0000009"]
    asked = taken(context, sheet_of([WINDOW, other]))
    assert [code for code, _ in errors(asked)] == ["window-other"]


def test_a_sheet_without_the_way_in_is_taken_as_before(context: CollectionContext) -> None:
    """Kits that were sent before it was asked have no such column: not a word of it, and what is on record stays."""
    (row,) = (each for each in context.rows["content/data/windows/220881.csv"])
    heads, same = WINDOW, [row["name"], row["address"], "周一至周五 8:30—11:30", row["phone"]]
    one = taken(context, sheet_of([heads, same]))
    asked = taken(context, sheet_of([[*heads, "台阶和坡道"], [*same, "没有台阶"]]))
    assert one.problems == asked.problems
    assert [rows_of(each, "windows")[0]["way_in"] for each in (one, asked)] == ["helped", "step_free"]


def test_the_village_of_an_activity_is_known_by_its_name(context: CollectionContext) -> None:
    """Where there is one: most activities are of no one village."""
    rows = [[*NEW, ""], [*OTHER, "瓦房镇荣华村"]]
    one = taken(context, sheet_of([[*HEADS, "涉及村"], *rows]))
    assert [row["village_code"] for row in rows_of(one, "activities")][2:] == ["", "220881100201"]
    (wrong,) = of_code(taken(context, sheet_of([[*HEADS, "涉及村"], [*NEW, "桃源村"]])), "village-not-found")
    assert wrong.cell == "G2"


def test_one_event_in_two_villages_is_two_records(context: CollectionContext) -> None:
    """Of one title, day and number of people: what is new in the list is not asked about for what else is new in it."""
    rows = [[*NEW, "瓦房镇荣华村"], [*NEW, "瓦房镇瓦房村"]]
    assert list(numbers(context, *rows, heads=[*HEADS, "涉及村"]))[2:] == ["A-220881-0003", "A-220881-0004"]


def test_the_record_of_another_village_is_not_overwritten(context: CollectionContext) -> None:
    """Though the day and every text agree."""
    one = taken(context, sheet_of([[*HEADS, "涉及村"], [*KNOWN, "瓦房镇荣华村"]]))
    assert [code for code, _ in errors(one)] == ["record-unnumbered"]
    assert [row["village_code"] for row in rows_of(one, "activities")] == ["220881100200", ""]


def test_an_answer_without_a_word_may_be_any_of_its_day(context: CollectionContext) -> None:
    """What residents said is often noted by its day and kind alone; two of one day are two."""
    (known,) = context.rows["content/data/feedback/220881.csv"][:1]
    heads = ["收到日期", "渠道", "类型"]
    channel, kind = "12348热线", "咨询"
    asked = taken(context, sheet_of([heads, [known["received_on"], channel, kind]]))
    assert [code for code, _ in errors(asked)] == ["record-unnumbered"]
    new = taken(context, sheet_of([heads, ["2018-06-28", channel, kind], ["2018-06-28", channel, kind]]))
    assert errors(new) == []
    assert len({row["feedback_id"] for row in rows_of(new, "feedback") if row["received_on"] == "2018-06-28"}) == 2


def test_two_windows_of_a_year_are_not_one(context: CollectionContext) -> None:
    """Neither overwrites the other."""
    (row,) = (each for each in context.rows["content/data/windows/220881.csv"])
    hours = "周一至周五 8:30—11:30"
    rows = [[row["name"], row["address"], hours, phone] for phone in ("0436-0000009", "0436-0000008")]
    assert "rows-differ" in [code for code, _ in errors(taken(context, sheet_of([WINDOW, *rows])))]


def test_numbers_that_count_the_rows_of_a_list_are_none_in_a_part_of_it(context: CollectionContext) -> None:
    """A row between that is another county's, or of a village that nobody knows, takes its number with it."""
    heads = ["编号", *HEADS[1:], "村名"]
    lines = [["1", *NEW[1:], "荣华村"], ["2", *NEW[1:4], "甲", 8, "火星村"], ["3", *OTHER[1:], "荣华村"]]
    one = taken(context, sheet_of([heads, *lines]))
    assert not {code for code, _ in errors(one)} & {"cell-pattern", "record-unnumbered"}


@pytest.mark.parametrize(
    ("heads", "own"),
    [
        (["县（市、区）", *WINDOW[1:], "负责人"], ["洮南市"]),
        (["县（市、区）", *WINDOW, "启用日期"], ["洮南市", "洮南市窗口"]),
        ([*WINDOW, "负责人", "启用日期"], ["洮南市脱贫攻坚便民法律援助窗口"]),
    ],
)
def test_a_window_is_of_the_county_that_its_row_names(
    heads: list[str], own: list[str], context: CollectionContext
) -> None:
    """In a column or in its name, in a list that no county has sent; nobody is asked for a village."""
    row = [*own, "样例路2号一楼", "周一至周五 9:00—16:00", "0436-0000006"]
    rows = [["便民法律援助窗口一览表"], heads, row]
    file = UntrustedFile(path=Path("a.xlsx"), kind="xlsx", digest="f" * 64, sheets=(sheet_of(rows),))
    (one,) = intake.take(file, context, CollectOptions(received_on=date(2018, 6, 20)))
    assert one.county == "220881"
    assert {code for code, _ in errors(one)} <= {"column-missing", "cell-required"}
    assert [row["phone"] for row in rows_of(one, "windows")] == ["0436-0000006"]


def test_a_window_of_no_county_gets_no_number(context: CollectionContext) -> None:
    """Nobody wrote one, so nothing is said of it; that its county is not told is said once."""
    heads = [*WINDOW, "负责人", "启用日期"]
    row = ["便民法律援助窗口", "样例路2号一楼", "周一至周五 9:00—16:00", "0436-0000006", "赵志刚", "2018-03-20"]
    file = UntrustedFile(path=Path("a.xlsx"), kind="xlsx", digest="f" * 64, sheets=(sheet_of([heads, row]),))
    (one,) = intake.take(file, context, CollectOptions(received_on=date(2018, 6, 20)))
    assert "county-unsaid" in {code for code, _ in errors(one)}
    assert not [problem for problem in one.problems if "W-" in problem.entered or problem.code == "record-unnumbered"]


def test_an_autonomous_county_is_known_by_its_short_name(context: CollectionContext) -> None:
    places = replace(context.places, counties={"220623": "长白朝鲜族自治县", "220622": "靖宇县"})
    assert places.counties_named("长白县") == places.counties_before("长白县法律援助窗口") == ["220623"]
    assert places.counties_named("长春县") == []
