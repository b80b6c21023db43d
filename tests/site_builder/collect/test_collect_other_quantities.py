"""A head in another unit, or of a sum of all so far, is never offered as the plain number: it must be converted."""

from pathlib import Path

import pytest
from collect_examples import context_of
from test_collect_structure import errors, of_code, sheet_of, taken

from site_builder.collect.collection_context import CollectionContext
from site_builder.collect.values import units


@pytest.fixture(scope="module")
def context(untouched: Path) -> CollectionContext:
    return context_of(untouched)


@pytest.mark.parametrize("head", ["数量（捆）", "发放数量（百份）", "累计发放数量", "发放数量（箱）"])
def test_what_must_be_converted_is_not_offered_as_it_stands(head: str, context: CollectionContext) -> None:
    """Neither a new head nor --column would make two bundles two sheets of paper."""
    rows: list[list[object]] = [["村名", "材料", head, "发放日期"], ["荣华村", "M-02", 2, "2018-06-20"]]
    one = taken(context, sheet_of(rows))
    assert errors(one) != []
    hints = [each.details.get("hint", "") for each in one.problems]
    assert not any("--column" in hint and head in hint for hint in hints)


def test_the_sentence_says_what_the_numbers_are(context: CollectionContext) -> None:
    rows: list[list[object]] = [["村名", "材料", "数量（捆）", "发放日期"], ["荣华村", "M-02", 2, "2018-06-20"]]
    (said,) = of_code(taken(context, sheet_of(rows)), "column-missing")
    assert ("“捆”" in said.details["hint"], "换算" in said.details["hint"]) == (True, True)


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("数量（捆）", "捆"),
        ("发放箱数", "箱"),
        ("数量（百份）", "百份"),
        ("累计发放", "累计"),
        ("数量（份）", ""),
        ("发放数", ""),
        ("数量（必填）", ""),
    ],
)
def test_what_a_head_says_of_its_numbers(head: str, said: str) -> None:
    assert units.otherwise(head, ("份", "张", "本")) == said
