"""Deliveries as offices list them: one column for each material, villages by their names."""

from dataclasses import replace
from pathlib import Path

import pytest
from collect_examples import context_of, rows_of
from test_collect_structure import errors, of_code, sheet_of, taken

from site_builder.collect.collection_context import CollectionContext
from site_builder.collect.structure.titles import of_forms
from site_builder.shared.problems import sentence

DAY = "2018-06-26"
HEADS: list[object] = ["序号", "乡镇", "村名", "发放时间"]


@pytest.fixture(scope="module")
def context(untouched: Path) -> CollectionContext:
    return context_of(untouched)


def with_materials(context: CollectionContext, **titles: str) -> CollectionContext:
    """The same where these are the materials on record."""
    materials = titles or {"M-01": "联络员公示板", "M-02": "12348宣传单"}
    return replace(context, forms=replace(context.forms, materials=materials))


@pytest.mark.parametrize("head", ["12348宣传单（份）", "《12348宣传单》", "M-02", "宣传单"])
def test_a_column_of_a_material_is_its_deliveries(head: str, context: CollectionContext) -> None:
    """Named by its title, by the end of it, or by its number; an empty cell and a zero are no delivery."""
    rows = [[1, "瓦房镇", "荣华村", "2018.6.26", 40], [2, "瓦房镇", "瓦房村", "2018.6.26", 0]]
    one = taken(context, sheet_of([[*HEADS, head], *rows, ["合计", None, None, None, 40]]))
    assert errors(one) == []
    new = [row for row in rows_of(one, "deliveries") if row["delivered_on"] == DAY]
    assert [(row["recipient_code"], row["material_id"], row["quantity"]) for row in new] == [
        ("220881100201", "M-02", "40")
    ]


def test_a_column_between_or_beside_them_that_nobody_knows_is_asked_about(context: CollectionContext) -> None:
    """Its numbers would be lost; a signature or a sum beside them is none."""
    heads = [*HEADS, "12348宣传单", "扇子", "合计", "领取人签字"]
    one = taken(context, sheet_of([heads, [1, "瓦房镇", "荣华村", DAY, 40, 7, 47, "李春花"]]))
    assert errors(one) == [("column-choice-unclear", "F1")]


def test_a_part_of_several_titles_is_asked_about(context: CollectionContext) -> None:
    """公示板 may be the window's or the village's."""
    several = with_materials(context, **{"M-01": "窗口公示板", "M-02": "村公示板"})
    heads = [*HEADS, "村公示板", "公示板"]
    assert errors(taken(several, sheet_of([heads, [1, "瓦房镇", "荣华村", DAY, 1, 1]]))) == [
        ("column-choice-unclear", "F1")
    ]


def test_a_list_with_a_row_for_each_may_name_the_village(context: CollectionContext) -> None:
    """Without a column for the recipient's code."""
    heads = ["乡镇", "村名", "材料名称", "数量", "发放时间"]
    one = taken(context, sheet_of([heads, ["瓦房镇", "荣华村", "12348宣传单", "40份", DAY]]))
    assert errors(one) == []
    assert of_code(one, "column-missing") == []
    assert ("220881100201", "40") in [(row["recipient_code"], row["quantity"]) for row in rows_of(one, "deliveries")]


@pytest.mark.parametrize("note", ["箱", "百份", "计划", "库存"])
def test_a_column_of_something_else_of_a_material_is_asked_about(note: str, context: CollectionContext) -> None:
    """Boxes, hundreds, what was planned and what is left are no number of what was handed out."""
    heads = [*HEADS, "联络员公示板", f"12348宣传单（{note}）"]
    rows = sheet_of([heads, [1, "瓦房镇", "荣华村", DAY, 1, 2]])
    assert ("column-choice-unclear", "F1") in errors(taken(with_materials(context), rows))


def test_what_was_planned_stands_beside_what_was_handed_out(context: CollectionContext) -> None:
    """Under the head of each material; the plan is named and left out."""
    heads: list[object] = ["乡镇", "村名", "12348宣传单", None, "联络员公示板", None, "发放时间"]
    inner: list[object] = [None, None, "应发", "实发", "应发", "实发数量", None]
    rows = [heads, inner, ["瓦房镇", "荣华村", 150, 120, 2, 1, DAY]]
    one = taken(with_materials(context), sheet_of(rows, ((1, 3, 1, 4), (1, 5, 1, 6))))
    assert errors(one) == []
    assert [(each.cell, each.details["head"]) for each in of_code(one, "column-ignored")] == [
        ("C2", "12348宣传单·应发”、“联络员公示板·应发")
    ]
    new = {row["material_id"]: row["quantity"] for row in rows_of(one, "deliveries") if row["delivered_on"] == DAY}
    assert new == {"M-01": "1", "M-02": "120"}


@pytest.mark.parametrize(
    ("head", "likely"), [("招贴画（张）", "找12348"), ("海报", "找12348"), ("老年人手册", "敬老指南")]
)
@pytest.mark.parametrize("between", [[], ["领取人", "联系人"]])
def test_a_column_that_names_a_kind_of_material_is_asked_about(
    head: str, likely: str, between: list[str], context: CollectionContext
) -> None:
    """Wherever it stands: the materials of that kind are offered, those most like it first."""
    titles = {"M-01": "联络员公示板", "M-02": "找12348", "M-03": "敬老指南", "M-04": "农民工讨薪指南"}
    words = context.forms.head_words.material_kinds
    forms = with_materials(context, **titles).forms
    called = {"M-02": words["poster"], "M-03": words["leaflet"], "M-04": words["leaflet"]}
    known = replace(context, forms=replace(forms, material_words=called))
    heads = [*HEADS, "联络员公示板", *between, head, "备注"]
    one = taken(known, sheet_of([heads, [1, "瓦房镇", "荣华村", DAY, 1, *["张"] * len(between), 30, "已领"]]))
    asked = of_code(one, "column-choice-unclear")
    assert [(each.details["head"], each.details["hint"]) for each in asked] == [(head, f"，是不是“{likely}”？")]


def test_all_unknown_columns_of_numbers_are_asked_about_at_once(context: CollectionContext) -> None:
    """In one sentence, not each time that the list comes back; nor what was planned or how many live there."""
    heads = [*HEADS, "12348宣传单", "扇子", "围裙（条）", "领取人", "纸杯", "应发数", "总户数"]
    one = taken(context, sheet_of([heads, [1, "瓦房镇", "荣华村", DAY, 40, 7, 8, "李春花", 9, 50, 310]]))
    assert errors(one) == [("column-choice-unclear", "F1")]
    assert "“扇子”（F1）、“围裙（条）”（G1）、“纸杯”（I1）" in sentence(of_code(one, "column-choice-unclear")[0])
    (ignored,) = of_code(one, "column-ignored")
    assert ignored.details["head"] == "序号”、“领取人”、“应发数”、“总户数"


def test_a_cell_names_a_material_by_the_words_that_a_head_may(context: CollectionContext) -> None:
    """What is left of its title is that one; its kind alone is asked about, with an example of its own."""
    titles = {"M-01": "残疾人法律援助指南", "M-02": "找12348"}
    called = {"M-02": context.forms.head_words.material_kinds["poster"]}
    forms = with_materials(context, **titles).forms
    known = replace(context, forms=replace(forms, material_words=called))
    heads = ["乡镇", "村名", "材料名称", "数量", "发放时间"]
    rows = [["瓦房镇", "荣华村", name, 40, DAY] for name in ("残疾人指南", "宣传画")]
    one = taken(known, sheet_of([heads, *rows]))
    (asked,) = of_code(one, "cell-choice-like")
    assert (asked.cell, asked.details["meant"], asked.example) == ("C3", "是不是找12348（M-02）？", "M-02")
    assert errors(one) == [("cell-choice-like", "C3")]


def test_the_number_of_the_hotline_is_no_material(context: CollectionContext) -> None:
    """Though it is most of a title: under it stand calls."""
    (titles,) = (each for each in of_forms(context.forms, {}) if each.form.table.name == "deliveries")
    counted = next(column for column in titles.form.columns if column.field.name == "quantity")
    assert titles.materials("12348宣传", counted).numbers == ("M-02",)
    assert titles.materials("12348", counted).numbers == ()


def test_a_code_and_the_name_beside_it_agree(context: CollectionContext) -> None:
    """A name that slipped by a row is found in deliveries too."""
    heads = ["接收单位代码", "村名", "材料名称", "数量", "发放时间"]
    one = taken(context, sheet_of([heads, ["220881100201", "瓦房村", "12348宣传单", 40, DAY]]))
    assert ("village-name-mismatch", "A2") in errors(one)


def test_a_board_in_a_list_under_its_longer_name_is_that_one(context: CollectionContext) -> None:
    """公示板 of a list of the village liaisons' boards; without the title it is asked about."""
    several = with_materials(context, **{"M-01": "法律援助窗口公示板", "M-02": "村法律援助联络员公示板"})
    heads = [*HEADS, "公示板（块）", "悬挂时间"]
    row = [1, "瓦房镇", "荣华村", DAY, 1, DAY]
    one = taken(several, sheet_of([["某县联络员公示板悬挂情况统计表"], heads, row]))
    assert errors(one) == []
    assert [each["material_id"] for each in rows_of(one, "deliveries") if each["delivered_on"] == DAY] == ["M-02"]
    asked = taken(several, sheet_of([["某县公示板悬挂情况统计表"], heads, row]))
    assert ("column-choice-unclear", "E2") in errors(asked)


@pytest.mark.parametrize("head", ["农民工讨薪指南（份）", "农民工讨薪法律援助指南（份）"])
def test_a_title_without_its_middle_is_that_one(head: str, context: CollectionContext) -> None:
    known = with_materials(context, **{"M-01": "农民工讨薪法律援助指南", "M-02": "老年人法律援助指南"})
    one = taken(known, sheet_of([[*HEADS, head], [1, "瓦房镇", "荣华村", DAY, 40]]))
    assert errors(one) == []
    assert [each["material_id"] for each in rows_of(one, "deliveries") if each["delivered_on"] == DAY] == ["M-01"]


def test_a_whole_title_may_have_its_kind_behind_it(context: CollectionContext) -> None:
    known = with_materials(context, **{"M-01": "有法律问题，请拨12348", "M-02": "12348便民卡"})
    heads = ["村名", "材料名称", "数量", "发放时间"]
    one = taken(known, sheet_of([heads, ["荣华村", "有法律问题，请拨12348（海报）", 5, DAY]]))
    assert errors(one) == []
    assert ("cell-choice", "B2") in errors(taken(known, sheet_of([heads, ["荣华村", "请拨打电话（海报）", 5, DAY]])))


@pytest.fixture(name="boards", scope="module")
def _boards(context: CollectionContext) -> CollectionContext:
    """The same with a plaque, leaflets and a board of the villages on record."""
    path = "content/data/materials.csv"
    board = {**context.rows[path][0], "material_id": "M-03", "kind": "board", "title": "村公示板"}
    known = {"M-01": "窗口牌匾", "M-02": "12348宣传单", "M-03": "村公示板"}
    rows = {**context.rows, path: [*context.rows[path], board]}
    return with_materials(replace(context, rows=rows), **known)


@pytest.mark.parametrize("head", ["公示板上墙时间", "悬挂日期", "上墙时间"])
def test_a_day_of_hanging_is_that_of_what_hangs(head: str, boards: CollectionContext) -> None:
    """A line has one such day for all its materials: a leaflet is hung nowhere."""
    heads = ["乡镇", "村名", "村公示板", "12348宣传单", "发放时间", head]
    one = taken(boards, sheet_of([heads, ["瓦房镇", "荣华村", 1, 40, DAY, "2018-06-27"]]))
    new = [row for row in rows_of(one, "deliveries") if row["delivered_on"] == DAY]
    assert [(row["material_id"], row["hung_on"]) for row in new] == [("M-02", ""), ("M-03", "2018-06-27")]
    assert of_code(one, "column-ignored") == of_code(one, "hung-on-nothing") == []


def test_a_day_of_hanging_of_nothing_that_hangs_is_told(boards: CollectionContext) -> None:
    """It is neither taken for the leaflet nor lost without a word."""
    heads = ["乡镇", "村名", "材料名称", "数量", "发放时间", "悬挂日期"]
    one = taken(boards, sheet_of([heads, ["瓦房镇", "荣华村", "12348宣传单", 40, DAY, "2018-06-27"]]))
    assert [each.cell for each in of_code(one, "hung-on-nothing")] == ["F2"]
    assert [row["hung_on"] for row in rows_of(one, "deliveries") if row["delivered_on"] == DAY] == [""]


def test_a_village_merged_over_its_materials_is_that_of_each(context: CollectionContext) -> None:
    """As a township is; and a day that only says 日期 may be the one that is asked for."""
    heads: list[object] = ["日期", "乡镇", "接收村", "品名", "数量"]
    rows: list[list[object]] = [
        ["二〇一八年六月十日", "瓦房镇", "荣华村", "12348宣传单", 40],
        [None, None, None, "联络员公示板", 1],
    ]
    one = taken(with_materials(context), sheet_of([heads, *rows], ((2, 1, 3, 1), (2, 2, 3, 2), (2, 3, 3, 3))))
    assert errors(one) == [("column-missing", "")]
    assert "栏“日期”是不是“发放日期”？" in of_code(one, "column-missing")[0].details["hint"]
    named = [["发放日期", *heads[1:]], *rows]
    whole = taken(with_materials(context), sheet_of(named, ((2, 1, 3, 1), (2, 2, 3, 2), (2, 3, 3, 3))))
    assert errors(whole) == []
    new = {
        row["material_id"]: row["recipient_code"]
        for row in rows_of(whole, "deliveries")
        if row["delivered_on"] == "2018-06-10"
    }
    assert new == {"M-01": "220881100201", "M-02": "220881100201"}
