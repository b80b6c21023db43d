"""Sheets and rows of which nothing is taken in: what is said of them is one thing, and says what to do."""

from pathlib import Path

import pytest
from collect_examples import context_of
from test_collect_structure import errors, of_code, sheet_of, taken

from site_builder.collect.collection_context import CollectionContext

SURVEY: list[object] = ["贫困户数", "贫困人口", "农民工", "老年人", "残疾人", "留守妇女", "留守儿童"]
LIAISONS: list[object] = ["村名", "姓名", "身份", "任职日期", "工作电话", "备注"]


@pytest.fixture(scope="module")
def context(untouched: Path) -> CollectionContext:
    return context_of(untouched)


def test_a_table_that_is_none_is_told_which_it_is_most_like(context: CollectionContext) -> None:
    """With what it lacks, and which of its heads that may be by what stands below it."""
    rows = [["何处", *SURVEY], ["荣华村", 21, 52, 12, 8, 3, 2, 1], ["瓦房村", 22, 53, 12, 8, 3, 2, 1]]
    (unclear,) = of_code(taken(context, sheet_of(rows)), "region-unclear")
    assert unclear.details["hint"].startswith("最像“摸底调查”，缺“村名”、“调查日期”")
    assert "栏“何处”是不是“村名”？" in unclear.details["hint"]


def test_what_is_like_no_form_is_said_to_be_like_none(context: CollectionContext) -> None:
    """A list of cars; two heads of many that a form happens to have."""
    below: list[list[object]] = [[], ["二、车辆"], ["车牌号码", "购置日期", "金额"], ["甲", "2018-01-02", 3000]]
    cars = taken(context, sheet_of([LIAISONS, ["荣华村", "李春花", "村会计", "2018-03-05", None, None], *below]))
    heads: list[object] = ["甲", "乙", "丙", "丁", "开始日期", "结束日期", "戊", "备注"]
    other = taken(context, sheet_of([heads, ["一", "二", "三", "四", "2018-05-02", "2018-05-03", "五", "六"]]))
    assert [each.details["hint"] for one in (cars, other) for each in of_code(one, "region-unclear")] == ["", ""]


@pytest.mark.parametrize(
    ("name", "heads", "code"),
    [
        ("工作站", ["序号", "工作站名称", "设在单位", "地址", "联系电话", "设立时间"], "sheet-of-stations"),
        ("名册", ["序号", "姓名", "性别", "类别", "工作单位", "联系电话"], "sheet-of-names"),
        ("Sheet1", ["序号", "姓名", "性别", "执业机构"], "sheet-of-names"),
    ],
)
def test_a_sheet_of_what_a_county_does_not_report_is_told_for_what_it_is(
    name: str, heads: list[object], code: str, context: CollectionContext
) -> None:
    """By its name, or because it asks for persons and no village."""
    one = taken(context, sheet_of([heads, [1, *["甲乙丙"] * (len(heads) - 1)]], name=name))
    assert errors(one) == [(code, "")]


@pytest.mark.parametrize(("name", "code"), [("签到表", "sheet-of-signatures"), ("填表说明", "sheet-ignored")])
def test_who_signed_and_how_to_fill_in_stop_nothing(name: str, code: str, context: CollectionContext) -> None:
    """Beside a list that is taken in, or one that is not."""
    beside = sheet_of([["序号", "姓名", "单位", "联系电话", "签字"], [1, "李春花", "瓦房镇", "", ""]], name=name)
    whole = sheet_of([LIAISONS, ["荣华村", "李春花", "村会计", "2018-03-05", None, None]])
    unclear = sheet_of([["何处", *SURVEY], ["荣华村", 21, 52, 12, 8, 3, 2, 1]])
    for sheet in (whole, unclear):
        (found,) = (each for each in taken(context, sheet, beside).problems if each.sheet == name)
        assert (found.code, found.is_error) == (code, False)


def test_a_list_of_trainings_is_asked_once_for_their_kind(context: CollectionContext) -> None:
    """All else of it is known."""
    heads: list[object] = ["序号", "培训时间", "培训地点", "培训主题", "参训人数", "发放资料（份）"]
    one = taken(context, sheet_of([heads, [1, "2018-05-10", "瓦房镇政府", "联络员培训", 41, 40]]))
    assert [each.details["title"] for each in of_code(one, "column-missing")] == ["种类"]
    assert not of_code(one, "region-unclear")


def test_a_row_whose_cells_slipped_by_one_is_one_error(context: CollectionContext) -> None:
    """To the right of an empty cell, or to the left of one left out; nothing of it is taken in."""
    right: list[object] = ["荣华村", None, "李春花", "村会计", "2018-03-05", "0436-0000101"]
    left: list[object] = ["瓦房村", "村会计", "2018-03-05", "0436-0000101", None, None]
    one = taken(context, sheet_of([LIAISONS, right, left]))
    assert errors(one) == [("row-shifted", "B2"), ("row-shifted", "B3")]


def test_a_row_with_a_wrong_cell_is_not_said_to_have_slipped(context: CollectionContext) -> None:
    """What is wrong in its own place is said of its own cell."""
    row: list[object] = ["荣华村", "李春花", "调研员某", "2018-03-05", "0436-0000101", None]
    found = errors(taken(context, sheet_of([LIAISONS, row])))
    assert ("cell-choice", "C2") in found
    assert not any(code == "row-shifted" for code, _ in found)


@pytest.mark.parametrize(("head", "is_asked"), [("养蜂（户）", True), ("总户数", False), ("备注二", False)])
def test_numbers_with_a_unit_are_never_dropped_as_needless(
    head: str, is_asked: bool, context: CollectionContext
) -> None:
    """In any list: asked about, unless no form surely asks for them."""
    heads: list[object] = ["村名", "调查日期", *SURVEY, "询问热线人数", "知道热线人数", "调查人", head]
    row: list[object] = ["瓦房村", "2018-06-20", 21, 52, 12, 8, 3, 2, 1, 30, 20, "张三丰", 12]
    one = taken(context, sheet_of([heads, row]))
    assert [each.details["head"] for each in of_code(one, "column-figures")] == [head] * is_asked


def test_a_list_of_one_township_lacks_none_of_another(context: CollectionContext) -> None:
    """Its title names the township."""
    rows: list[list[object]] = [
        ["瓦房镇联络员名单"],
        LIAISONS,
        ["荣华村", "李春花", "村会计", "2018-03-05", None, None],
    ]
    missing = of_code(taken(context, sheet_of(rows)), "villages-missing")
    assert all(village.startswith("瓦房镇") for each in missing for village in each.details["villages"].split("、"))
