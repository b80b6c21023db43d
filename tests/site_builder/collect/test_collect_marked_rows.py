"""Rows that only say none: taken as 0, and told in one line."""

from pathlib import Path

import pytest
from collect_examples import COUNTY, context_of, rows_of, take, write_workbook

from site_builder.collect.collection_context import CollectionContext
from site_builder.collect.incoming_file import CollectedReturn, CollectOptions

HEADS = ["村名", "残疾人·低保", "农民工·劳动报酬"]


@pytest.fixture(scope="module")
def context(untouched: Path) -> CollectionContext:
    return context_of(untouched)


def sent(context: CollectionContext, folder: Path, *row: object) -> CollectedReturn:
    path = write_workbook(folder / "报表.xlsx", {"法律援助需求": [HEADS, ["荣华村", *row]]})
    (taken,) = take(context.root, path, CollectOptions(county=COUNTY), context)
    return taken


@pytest.mark.parametrize("words", [("/", "/"), ("无需求", "无"), ("—", "没有需求")])
def test_a_row_of_marks_is_told_where_the_record_has_numbers(
    words: tuple[str, str], context: CollectionContext, tmp_path: Path
) -> None:
    """It is taken as it says, but among many changes nobody would see that a whole village has become 0."""
    before = sent(context, tmp_path, 2, 3)
    context.take_in(before.drafted, before.rows)
    taken = sent(context, tmp_path, *words)
    assert taken.is_sound
    found = [problem for problem in taken.problems if problem.code == "rows-marked-none"]
    assert [(one.details["rows"], one.details["count"], one.details["text"]) for one in found] == [("2", "2", words[0])]
    mine = {(row["group"], row["matter"]): row["persons"] for row in rows_of(taken, "needs")}
    assert mine["disabled", "social_insurance"] == "0"
    assert mine["migrant_workers", "labour_pay"] == "0"


def test_a_row_of_zeros_was_counted(context: CollectionContext, tmp_path: Path) -> None:
    """Digits are nothing to ask about, nor is a row in which one number stands."""
    before = sent(context, tmp_path, 2, 3)
    context.take_in(before.drafted, before.rows)
    for row in ([0, 0], ["/", 4]):
        assert "rows-marked-none" not in {problem.code for problem in sent(context, tmp_path, *row).problems}
