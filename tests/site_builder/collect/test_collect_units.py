"""The units that a sheet says its numbers are in: another than they are asked for in is an error, never a factor."""

from pathlib import Path

import pytest
from collect_examples import context_of
from office_sheets import BODY, LOWER, PLAIN, UPPER, Cells, N
from test_collect_structure import errors, of_code, sheet_of, taken

from site_builder.collect.collection_context import CollectionContext
from site_builder.collect.values import units
from site_builder.shared.problems import sentence

UNITS_BELOW: Cells = [PLAIN[0], [N, N, "年月日", "（户）", "（百人）"], *BODY]
DELIVERED: Cells = [["接收单位", "材料", "单位", "数量", "发放日期"], ["荣华村", "12348宣传单", "箱", 2, "2018-06-26"]]
OTHERS: dict[str, tuple[Cells, str, str]] = {
    "a line of its own": ([["单位：百人"], *PLAIN], "A1", "百人"),
    "behind who sends it": ([["填报单位：某司法所", N, "单位：户、千人"], *PLAIN], "C1", "千人"),
    "in the title": ([["摸底调查表（单位：百户）"], *PLAIN], "A1", "百户"),
    "label and unit in a cell each": ([["摸底调查表", N, "单位：", "百人"], *PLAIN], "D1", "百人"),
    "in a line below the heads": (UNITS_BELOW, "E2", "百人"),
    "in a note below": ([*PLAIN, ["注：本表以千人为单位"]], "A4", "千人"),
    "of something else": ([["单位：元"], *PLAIN], "A1", "元"),
    "one over heads of two lines": ([["单位：万人"], UPPER, LOWER, *BODY], "A1", "万人"),
    "in the rows": (DELIVERED, "C2", "箱"),
}


@pytest.fixture(scope="module")
def context(untouched: Path) -> CollectionContext:
    return context_of(untouched)


@pytest.mark.parametrize(("rows", "cell", "said"), OTHERS.values(), ids=OTHERS)
def test_another_unit_is_an_error_that_says_where_it_stands(
    rows: Cells, cell: str, said: str, context: CollectionContext
) -> None:
    """Wherever it is written, and once."""
    (found,) = of_code(taken(context, sheet_of(rows)), "unit-other")
    assert (found.cell, found.is_error) == (cell, True)
    assert f"{cell}写着“{said}”" in sentence(found)


def test_fractions_of_another_unit_are_not_told_one_by_one(context: CollectionContext) -> None:
    """Of 0.5 hundred persons the unit is the one thing to say."""
    rows: Cells = [PLAIN[0], [*BODY[0][:4], 0.5, *BODY[0][5:]]]
    assert errors(taken(context, sheet_of(rows))) == [("cell-not-number", "E2")]
    assert errors(taken(context, sheet_of([["单位：百人"], *rows]))) == [("unit-other", "A1")]


@pytest.mark.parametrize(
    "above", ["单位：人", "单位：户、人", "（单位：户/人）", "填报单位：百人村司法所", "制表单位：万人乡"]
)
def test_the_units_that_are_asked_for_are_in_agreement(above: str, context: CollectionContext) -> None:
    """So is the name of an office that only looks like a number."""
    assert of_code(taken(context, sheet_of([[above], *PLAIN])), "unit-other") == []


def test_units_of_each_column_and_of_each_row_may_agree(context: CollectionContext) -> None:
    """A line of units below heads, a column of units beside the numbers."""
    below: Cells = [PLAIN[0], [N, N, "年月日", "户", *["人"] * 8], *BODY]
    of_row: Cells = [DELIVERED[0], ["荣华村", "12348宣传单", "份", 2, "2018-06-26"]]
    for rows in (below, of_row):
        assert "unit-other" not in dict(errors(taken(context, sheet_of(rows))))


def test_a_list_without_numbers_has_no_unit(context: CollectionContext) -> None:
    """Of names it says nothing."""
    rows: Cells = [["单位：百人"], ["村名", "姓名", "职务", "任职时间"], ["荣华村", "李春花", "会计", "2018.6.1"]]
    assert of_code(taken(context, sheet_of(rows)), "unit-other") == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("单位：户、百人", ("户", "百人")),
        ("计量单位: 万元", ("万元",)),
        ("以千元计", ("千元",)),
        ("单位：万宝镇人民政府", ()),
        ("填报单位：人", ()),
        ("先进单位", ()),
    ],
)
def test_what_a_text_says_of_units(text: str, said: tuple[str, ...]) -> None:
    """A label of units, not one of who sends it."""
    assert units.stated(text) == said
