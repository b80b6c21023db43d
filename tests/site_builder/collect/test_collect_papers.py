"""What a sheet says that it is: a list of others, void, a plan, of those who left, of another year."""

from pathlib import Path

import pytest
from collect_examples import COUNTY, context_of, rows_of
from test_collect_structure import errors, of_code, sheet_of, taken

from site_builder.collect import intake
from site_builder.collect.collection_context import CollectionContext
from site_builder.collect.incoming_file import CollectedReturn, CollectOptions
from site_builder.shared.problems import remedy, sentence
from site_builder.untrusted_files import Sheet, UntrustedFile

HEADS: list[object] = ["村名", "姓名", "身份", "任职日期"]
PERSON: list[object] = ["荣华村", "李春花", "村会计", "2018-06-20"]
LIST: list[list[object]] = [HEADS, PERSON]
DELIVERIES: list[list[object]] = [["村名", "材料", "数量", "发放日期"], ["荣华村", "M-02", 30, "2018-06-20"]]
EVENTS: list[list[object]] = [["日期", "种类", "地点", "名称"], ["2018-06-18", "集中宣传", "瓦房镇集市", "大集普法"]]
SURVEY: list[list[object]] = [
    ["村名", "调查日期", "贫困户数", "贫困人口", "农民工", "老年人", "残疾人", "留守妇女", "留守儿童"],
    ["荣华村", "2018-06-21", 21, 52, 12, 8, 3, 2, 1],
]


@pytest.fixture(scope="module")
def context(untouched: Path) -> CollectionContext:
    return context_of(untouched)


def of_file(context: CollectionContext, name: str, *sheets: Sheet, accepted: str = "") -> CollectedReturn:
    """What a file of this name brings, with one line accepted."""
    file = UntrustedFile(path=Path(name), kind="xlsx", digest="f" * 64, sheets=sheets)
    sheet, _, line = accepted.partition("!")
    rows = frozenset([(sheet, int(line))] if line else [])
    (one,) = intake.take(file, context, CollectOptions(county=COUNTY, accepted=rows))
    return one


@pytest.mark.parametrize(
    ("title", "rows", "code"),
    [
        *[
            (title, LIST, "sheet-of-others")
            for title in (
                *("某县驻村第一书记名单", "人民调解员名册", "村干部通讯录", "扶贫信息员名单", "村两委成员一览表"),
                *("护林员登记表", "各村老年协会会长花名册", "驻村工作队员名单", "包村律师联系表"),
            )
        ],
        *[
            (title, LIST, "sheet-void")
            for title in ("联络员名单（作废稿）", "旧名单", "联络员名单（填写样例）", "联络员名单（初稿）", "勿用")
        ],
        *[
            (title, LIST, "sheet-not-yet")
            for title in ("联络员后备人选名单", "拟聘联络员名单", "联络员推荐名单", "联络员候选人")
        ],
        *[
            (title, DELIVERIES, "sheet-not-yet")
            for title in ("材料发放计划表", "宣传材料分配方案", "指南印制需求（申领）表", "公示板悬挂计划完成时间表")
        ],
        *[(title, EVENTS, "sheet-not-yet") for title in ("6月宣传活动安排表", "活动日程", "宣传活动方案")],
        *[(title, LIST, "sheet-of-leavers") for title in ("离任联络员名单", "卸任联络员", "历任联络员名单")],
        *[(title, SURVEY, "sheet-other-year") for title in ("2017年度摸底调查表", "某县2016年摸底表")],
    ],
)
def test_a_title_that_says_something_else_is_one_error_at_its_cell(
    title: str, rows: list[list[object]], code: str, context: CollectionContext
) -> None:
    """Quoted, with what to do; nothing of the table is taken, and nothing else is asked of it."""
    one = taken(context, sheet_of([[title], *rows]))
    assert (errors(one), one.changes) == ([(code, "A1")], [])
    (problem,) = of_code(one, code)
    assert (title in sentence(problem), "--accept Sheet1!1" in remedy(problem)) == (True, True)


@pytest.mark.parametrize(
    ("title", "rows"),
    [
        ("某县村法律援助联络员名单", LIST),
        ("人民调解员兼法律援助联络员名单", LIST),
        ("联络员情况表（公示期6月20日至26日）", LIST),
        ("联络员调整情况表", LIST),
        ("法律援助联系人通讯录", LIST),
        ("2017年建档立卡贫困村联络员名单", LIST),
        ("2018年度联络员名单（2017年换届）", LIST),
        ("2017年底贫困村摸底调查表", SURVEY),
        ("附件1", LIST),
        ("拟援助人员需求摸底表", SURVEY),
        ("材料发放登记表", DELIVERIES),
        ("活动安排落实情况统计表", EVENTS),
        ("样例县宣传活动一览表", EVENTS),
    ],
)
def test_a_title_of_what_is_asked_for_is_no_question(
    title: str, rows: list[list[object]], context: CollectionContext
) -> None:
    """Though it has a word that elsewhere tells something else."""
    codes = {problem.code for problem in taken(context, sheet_of([[title], *rows])).problems}
    assert not codes & {"sheet-of-others", "sheet-void", "sheet-not-yet", "sheet-of-leavers", "sheet-other-year"}


def test_what_a_person_accepts_is_taken_and_noted(context: CollectionContext) -> None:
    """By the line of the title; of a sheet's name by that of the heads."""
    titled = of_file(context, "a.xlsx", sheet_of([["村干部通讯录"], *LIST]), accepted="Sheet1!1")
    named = of_file(context, "a.xlsx", sheet_of(LIST, name="旧名单"), accepted="旧名单!1")
    for one, row in ((titled, "Sheet1!1"), (named, "旧名单!1")):
        assert errors(one) == []
        assert "李春花" in [each["name"] for each in rows_of(one, "liaisons")]
        assert rows_of(one, "submissions")[-1]["accepted_rows"] == row


def test_names_of_sheets_and_files_are_believed_as_well(context: CollectionContext) -> None:
    """Of the file's only that it does not count: many keep the name of the plan that they filled in."""
    assert errors(of_file(context, "a.xlsx", sheet_of(LIST, name="旧名单（勿用）"))) == [("sheet-void", "")]
    assert errors(of_file(context, "联络员（作废）.xlsx", sheet_of(LIST))) == [("sheet-void", "")]
    assert errors(of_file(context, "6月安排表.xlsx", sheet_of(EVENTS))) == []


def test_an_example_beside_the_list_is_left_out(context: CollectionContext) -> None:
    """It hinders nothing; alone it is asked about."""
    example = sheet_of([HEADS, ["瓦房村", "张某人", "村会计", "2018-06-20"]], name="填写示例")
    one = of_file(context, "a.xlsx", sheet_of(LIST), example)
    assert (errors(one), [each.sheet for each in of_code(one, "sheet-ignored")]) == ([], ["填写示例"])
    assert errors(of_file(context, "a.xlsx", example)) == [("sheet-void", "")]


@pytest.mark.parametrize("has_heads", [True, False])
def test_a_line_above_some_rows_speaks_for_these(has_heads: bool, context: CollectionContext) -> None:
    """Those who serve are read; those who left, and those who are to come, are asked about by their lines."""
    again = [HEADS] * has_heads
    left: list[object] = ["瓦房村", "朴银姬", "村会计", "2018-03-01"]
    coming: list[object] = ["瓦房村", "张丽", "村会计", "2018-06-25"]
    rows: list[list[object]] = [
        ["联络员情况"],
        ["一、现任"],
        *LIST,
        ["二、已卸任联络员"],
        *again,
        left,
        ["三、待定人选"],
        *again,
        coming,
    ]
    one = taken(context, sheet_of(rows))
    second = 5
    third = second + 2 + has_heads
    assert errors(one) == [("sheet-of-leavers", f"A{second}"), ("sheet-not-yet", f"A{third}")]
    assert {change.key[0] for change in one.changes if change.table == "liaisons"} == {"220881100201"}


def test_heads_tell_who_is_to_come(context: CollectionContext) -> None:
    """A list that names nobody but those is asked about once, not told to add a column of names."""
    one = taken(context, sheet_of([["村名", "拟定人选", "身份", "任职日期"], PERSON]))
    assert errors(one) == [("sheet-not-yet", "B1")]


def test_a_list_that_says_when_each_left_is_read(context: CollectionContext) -> None:
    """Its rows say by themselves that they are over."""
    rows: list[list[object]] = [
        ["离任联络员名单"],
        [*HEADS, "离任日期"],
        ["荣华村", "斯琴高娃", "村党组织书记", "2018-03-05", "2018-06-01"],
    ]
    assert errors(taken(context, sheet_of(rows))) == []
