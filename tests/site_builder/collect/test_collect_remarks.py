"""Remarks beside rows that go into no field: what denies its row is asked about, what may change it is quoted."""

from pathlib import Path

import pytest
from collect_examples import context_of
from test_collect_structure import errors, of_code, sheet_of, taken

from site_builder.collect.collection_context import CollectionContext

DELIVERIES: tuple[list[object], list[object]] = (
    ["村名", "材料", "数量", "发放日期", "备注"],
    ["荣华村", "M-02", 30, "2018-06-20"],
)
EVENTS: tuple[list[object], list[object]] = (
    ["日期", "种类", "地点", "名称", "备注"],
    ["2018-06-18", "集中宣传", "瓦房镇集市", "大集普法"],
)
PERSONS: tuple[list[object], list[object]] = (
    ["村名", "姓名", "身份", "任职日期", "备注"],
    ["荣华村", "李春花", "村会计", "2018-06-20"],
)
SURVEYS: tuple[list[object], list[object]] = (
    ["村名", "调查日期", "贫困户数", "贫困人口", "农民工", "老年人", "残疾人", "留守妇女", "留守儿童", "备注"],
    ["荣华村", "2018-06-21", 21, 52, 12, 8, 3, 2, 1],
)
Table = tuple[list[object], list[object]]


@pytest.fixture(scope="module")
def context(untouched: Path) -> CollectionContext:
    return context_of(untouched)


@pytest.mark.parametrize(
    ("table", "remark"),
    [
        *[
            (DELIVERIES, word)
            for word in (
                "村部拆迁，已退回县中心",
                "印错，已收回销毁",
                "实收20份",
                "在所里存放，村里没领",
                "路上丢失10份",
            )
        ],
        *[(EVENTS, word) for word in ("因雨改期至7月5日", "因疫情取消", "与大集冲突，没办")],
        *[(SURVEYS, word) for word in ("数据为2017年底数", "按去年数填", "估计数")],
    ],
)
def test_a_remark_that_denies_its_row_is_an_error_at_its_cell(
    table: Table, remark: str, context: CollectionContext
) -> None:
    """What the row says is not taken before somebody has decided."""
    heads, row = table
    one = taken(context, sheet_of([heads, [*row, remark]]))
    assert [(each.line, each.details["text"]) for each in of_code(one, "row-annulled")] == [(2, remark)]
    assert of_code(one, "remarks-left-out") == []


@pytest.mark.parametrize(
    ("table", "remark"),
    [
        (DELIVERIES, "其中10份留在镇里"),
        (EVENTS, "与妇联合办，数字为两家合计"),
        (PERSONS, "兼任两个村"),
        (PERSONS, "6月20日到岗，代会计"),
    ],
)
def test_what_may_change_a_row_is_quoted_and_never_waved_away(
    table: Table, remark: str, context: CollectionContext
) -> None:
    """With its cell, in one sentence; that the column need not be sent is not said besides."""
    heads, row = table
    one = taken(context, sheet_of([heads, [*row, remark]]))
    (said,) = of_code(one, "remarks-left-out")
    assert (remark in said.details["notes"], said.is_error) == (True, False)
    assert "备注" not in "".join(each.details["head"] for each in of_code(one, "column-ignored"))


@pytest.mark.parametrize("remark", ["无", "已签收", "已发放到位", "党员", "贫困户", "正常", 1])
def test_a_harmless_remark_is_not_quoted(remark: object, context: CollectionContext) -> None:
    """The column is left out, as any that is not asked for."""
    heads, row = DELIVERIES
    one = taken(context, sheet_of([heads, [*row, remark]]))
    assert (errors(one), of_code(one, "remarks-left-out")) == ([], [])


@pytest.mark.parametrize(("remark", "is_asked"), [("未退回", False), ("没有退回", False), ("又退回", True)])
def test_what_is_denied_was_not_done(remark: str, is_asked: bool, context: CollectionContext) -> None:
    heads, row = DELIVERIES
    one = taken(context, sheet_of([heads, [*row, remark]]))
    assert [code for code, _ in errors(one)] == ["row-annulled"] * is_asked


@pytest.mark.parametrize(
    ("village", "is_asked"),
    [
        ("荣华村（已并入瓦房村）", True),
        ("荣华村（撤并）", True),
        ("荣华村（贫困村）", False),
        ("荣华村(原东风村)", False),
    ],
)
def test_a_village_that_is_none_any_more_is_asked_about(
    village: str, is_asked: bool, context: CollectionContext
) -> None:
    """What stands in brackets behind its name says so; what it was called before does not."""
    heads, row = PERSONS
    one = taken(context, sheet_of([heads, [village, *row[1:]]]))
    assert ("row-annulled", "A2") in errors(one) or not is_asked
    assert bool(of_code(one, "row-annulled")) is is_asked


def test_an_event_that_is_to_come_is_asked_about(context: CollectionContext) -> None:
    """Whoever writes a list of the month notes it behind the name."""
    heads, row = EVENTS
    one = taken(context, sheet_of([heads, [*row[:3], "送法进村（拟办）"]]))
    assert errors(one) == [("row-annulled", "D2")]


@pytest.mark.parametrize(
    ("address", "is_asked"),
    [("团结路1号（6月11日起迁至光明街5号）", True), ("原团结路1号，现搬到光明街5号", True), ("迁安路3号", False)],
)
def test_an_address_that_says_that_a_window_moves_is_asked_about(
    address: str, is_asked: bool, context: CollectionContext
) -> None:
    """Two addresses in one would be published together; where it was and when it moved have columns of their own."""
    rows: list[list[object]] = [
        ["窗口名称", "地址", "接待时间", "电话"],
        ["样例窗口", address, "周一至周五", "0436-0000003"],
    ]
    found = of_code(taken(context, sheet_of(rows)), "address-moves")
    assert [each.cell for each in found] == ["B2"] * is_asked
