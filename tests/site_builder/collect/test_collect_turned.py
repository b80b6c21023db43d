"""A list with a record in each column: titles above it are no part of it, and no record in it is lost unsaid."""

from dataclasses import replace
from pathlib import Path

import pytest
from collect_examples import COUNTY, context_of, rows_of
from office_sheets import PLAIN, SECOND, VILLAGE, Cells, N, numbered, turned

from site_builder.cli import row_of_sheet
from site_builder.collect import intake
from site_builder.collect.collection_context import CollectionContext
from site_builder.collect.incoming_file import CollectedReturn, CollectOptions
from site_builder.untrusted_files import Sheet, UntrustedFile

NAME = "瓦房镇"
KEYS: Cells = turned([row[1:] for row in PLAIN])
WINDOW_KEYS: Cells = [
    ["窗口编号", "W-220881-2018"],
    ["活动年度", 2018],
    ["窗口名称", "样例窗口"],
    ["地址", "团结路1号"],
    ["接待时间", "周一至周五 8:30—11:30"],
    ["窗口电话", "0436-0000003"],
    ["备注", N],
]
TITLE: Cells = [["瓦房镇贫困村摸底调查表"]]


@pytest.fixture(scope="module")
def context(untouched: Path) -> CollectionContext:
    return context_of(untouched)


def taken(context: CollectionContext, rows: Cells, *accepted: str) -> CollectedReturn:
    """What a file with this sheet brings."""
    sheet = Sheet(name=NAME, rows=[list(row) for row in rows])  # type: ignore[arg-type]
    file = UntrustedFile(path=Path("报表.xlsx"), kind="xlsx", digest="f" * 64, sheets=(sheet,))
    options = CollectOptions(county=COUNTY, accepted=frozenset(map(row_of_sheet, accepted)))
    (one,) = intake.take(file, context, options)
    return one


def codes(one: CollectedReturn) -> set[str]:
    return {problem.code for problem in one.problems if problem.is_error}


def test_a_window_that_is_written_as_keys_and_values_is_read_as_one(context: CollectionContext) -> None:
    """Under a title, with who fills it in below: lines that are no keys."""
    rows: Cells = [["样例县法律援助窗口情况表"], *WINDOW_KEYS, [], ["填报单位（盖章）：某中心"], ["2018年6月20日"]]
    one = taken(context, rows)
    assert [(table.header.form.table.name, table.count) for table in one.tables] == [("windows", 1)]
    assert "sheet-heads-lost" not in codes(one)


@pytest.mark.parametrize(
    "line",
    [
        ["填报单位：某所", N, "填报日期：2018年6月20日"],
        ["填报单位：某所", "填报日期：2018年6月20日"],
        ["填报单位", "某所", "填报日期：2018年6月20日"],
        ["某司法所", N, "2018年6月20日"],
    ],
)
def test_titles_above_keys_are_no_part_of_a_record(line: list[object], context: CollectionContext) -> None:
    """A day that stands above the column of a village takes nothing from that village."""
    one = taken(context, [*TITLE, line, *KEYS])
    assert one.counts["village_surveys"][0] == 2
    assert "row-skipped" not in {problem.code for problem in one.problems}


@pytest.mark.parametrize("corner", ["项目", "指 标", "村名/项目"])
def test_a_corner_that_only_says_that_keys_stand_below_it_is_one_of_villages(
    corner: str, context: CollectionContext
) -> None:
    """Where villages stand beside it."""
    one = taken(context, [*TITLE, [corner, VILLAGE, SECOND], *KEYS[1:]])
    assert rows_of(one, "village_surveys") == rows_of(taken(context, KEYS), "village_surveys")
    assert codes(taken(context, [[corner, "甲", "乙"], *KEYS[1:]]))


def test_a_row_with_a_note_before_it_is_no_note_where_it_holds_entries(context: CollectionContext) -> None:
    """It is taken, whatever stands in the column of numbers; a line of signatures is left out as before."""
    rows = [list(row) for row in numbered(PLAIN)]
    rows[2][0] = "注：第二次"
    signed = ["填表人", "郑学文", "审核人", "高明", "联系电话", "0436-0000001", "日期", "2018-06-20"]
    one = taken(context, [*rows, signed])
    assert one.counts["village_surveys"][0] == 2


def test_a_record_in_a_column_is_named_by_its_cell_and_accepted_by_it(context: CollectionContext) -> None:
    """As it stands in the sheet that was sent, without a character that nobody can type."""
    rows = [list(row) for row in KEYS]
    rows[1][2] = "2017-06-11"
    (asked,) = [problem for problem in taken(context, rows).problems if problem.code == "day-before-campaign"]
    assert asked.details["row"] == f"{NAME}!C1"
    one = taken(context, rows, asked.details["row"])
    assert codes(one) == set()
    assert [row for row in rows_of(one, "submissions") if row["accepted_rows"] == f"{NAME}!C1"]
    assert "accept-unmet" in {problem.code for problem in taken(context, rows, f"{NAME}!2").problems}


def test_rows_that_are_counted_stand_below_heads_and_not_beside_them(context: CollectionContext) -> None:
    """However much a column of a list looks like heads: names of materials under one that nobody knows."""
    heads = ["序号", "发放日期", "接收单位", "东西", "数量"]
    materials = {"M-01": "联络员公示板", "M-02": "12348宣传单", "M-03": "便民卡"}
    of_three = replace(context, forms=replace(context.forms, materials=materials))
    rows = [[n, "2018-06-05", VILLAGE, name, f"{n}份"] for n, name in enumerate(materials.values(), start=1)]
    one = taken(of_three, [["宣传资料发放登记表"], heads, *rows])
    assert {(problem.code, problem.cell) for problem in one.problems if problem.is_error} == {("column-missing", "")}


CROSSED: Cells = [
    ["群体＼事项", "劳动报酬", "赡养费、抚养费、扶养费", "土地承包经营权", "合计"],
    ["农民工", 4, N, 2, 6],
    ["老年人", N, 3, N, 3],
    ["合计", 4, 3, 2, 9],
    ["填表人：李某", N, N, "审核人：张某"],
]


def crossed(context: CollectionContext, above: Cells, name: str) -> CollectedReturn:
    sheet = Sheet(name=name, rows=[list(row) for row in [["法律援助需求统计表"], *above, *CROSSED]])  # type: ignore[arg-type]
    file = UntrustedFile(path=Path("报表.xlsx"), kind="xlsx", digest="f" * 64, sheets=(sheet,))
    (one,) = intake.take(file, context, CollectOptions(county=COUNTY))
    return one


@pytest.mark.parametrize(
    ("above", "name"),
    [
        ([["瓦房镇荣华村", N, N, "调查时间：2018年6月5日"]], "荣华村"),
        ([["村名：瓦房镇荣华村"]], "Sheet1"),
        ([["填报单位：瓦房镇", N, "单位：人"]], "荣华村"),
    ],
)
def test_groups_and_matters_of_one_village_are_counts_of_the_village_that_the_sheet_names(
    above: Cells, name: str, context: CollectionContext
) -> None:
    """In its name or above its heads; the heads stand in a line, so nothing is said of turning."""
    one = crossed(context, above, name)
    assert not codes(one) - {"needs-above-group"}
    taken_up = [row for row in rows_of(one, "needs") if row["village_code"] == "220881100201"]
    counted = {(row["group"], row["matter"]): row["persons"] for row in taken_up}
    assert counted["migrant_workers", "labour_pay"] == "4"
    assert counted["elderly", "support_payments"] == "3"
    assert [table.is_turned for table in one.tables] == [False]


def test_groups_and_matters_of_no_village_or_of_two_are_not_taken(context: CollectionContext) -> None:
    assert codes(crossed(context, [["单位：人"]], "Sheet1")) == {"region-without-villages"}
    assert "village-not-found" in codes(crossed(context, [["村名：瓦房村"]], "荣华村"))


WINDOW: Cells = [
    ["便民法律援助窗口登记表"],
    ["填报单位：样例县司法局", N, N, "填报时间：2018年6月20日"],
    ["窗口名称", "样例县法律援助窗口"],
    ["地址", "同心路128号"],
    ["办公时间", "周一至周五 8:30-11:30"],
    ["联系电话", "0436-0000011", "负责人", "金海燕"],
    ["设立时间", "2017年4月19日", "悬挂牌匾时间", "2017年5月31日"],
    ["优先接待", "√", "优先受理", "√"],
    [],
    ["填表人：朴美玉", N, "联系电话：0436-0000012"],
]


def test_a_form_of_two_pairs_in_a_line_is_one_record_whatever_is_signed_around_it(context: CollectionContext) -> None:
    """A window's, under its title, with a number in the line of who fills it in; a value is no key."""
    rows = [*WINDOW[:5], ["县（市、区）", "洮南市", "民族", "满", "备注"], *WINDOW[5:]]
    one = taken(context, rows)
    assert [table.count for table in one.tables] == [1]
    assert codes(one) <= {"record-unnumbered", "window-other"}
    assert "满" not in {problem.details.get("head") for problem in one.problems}


@pytest.mark.parametrize("mark", ["－", "—", "/", "-", "无"])
def test_a_mark_for_none_among_counts_by_two_choices_is_none(mark: str, context: CollectionContext) -> None:
    """Nothing is asked; a word for what nobody knows is."""
    heads = ["村名", "农民工·劳动报酬", "老年人·赡养费", "农民工·土地承包经营权"]
    one = taken(context, [heads, ["荣华村", 3, mark, 1]])
    assert not codes(one) - {"needs-above-group"}
    of_elderly = [row for row in rows_of(one, "needs") if row["village_code"] == "220881100201"]
    assert {row["persons"] for row in of_elderly if row["group"] == "elderly"} == {"0"}
    assert "cell-not-number" in codes(taken(context, [heads, ["荣华村", 3, "多", 1]]))
    assert codes(taken(context, [heads, ["荣华村", 3, "不详", 1]]))


def test_who_signs_beside_a_list_in_the_column_of_villages_is_no_village(context: CollectionContext) -> None:
    """Where two lists stand side by side, under the right one."""
    heads = ["序号", "村", "姓名", "联系电话"]
    rows: Cells = [
        [*heads, N, *heads],
        [1, "荣华村", "李春花", "0436-0000101", N, 2, "瓦房村", "朴银姬", "0436-0000102"],
        [N] * 6,
        [*[N] * 6, "某县法律援助中心"],
        [*[N] * 6, "二〇一八年六月十五日"],
    ]
    one = taken(context, rows)
    assert [table.count for table in one.tables] == [1, 1]
    assert "village-not-found" not in codes(one)
