"""Needs of a village beside those on record: what a sheet asks and leaves empty goes, what it does not ask is told."""

from pathlib import Path

import pytest
from collect_examples import context_of, rows_of
from test_collect_structure import errors, of_code, sheet_of, taken

from site_builder.collect.collection_context import CollectionContext
from site_builder.shared.problems import sentence

LAYOUTS: dict[str, list[list[object]]] = {
    "two lines of heads": [["村名", "农民工", None], [None, "劳动报酬", "土地承包"], ["荣华村", 6, 1]],
    "one head for both": [["村名", "农民工劳动报酬", "农民工土地承包"], ["荣华村", 6, 1]],
    "groups as rows": [["村名", "群体", "劳动报酬", "土地承包经营权"], ["荣华村", "农民工", 6, 1]],
    "a row for each": [
        ["村名", "群体", "事项", "人数"],
        ["荣华村", "农民工", "劳动报酬", 6],
        ["荣华村", "农民工", "土地承包经营权", 1],
    ],
}


@pytest.fixture(scope="module")
def context(untouched: Path) -> CollectionContext:
    return context_of(untouched)


@pytest.mark.parametrize("rows", LAYOUTS.values(), ids=list(LAYOUTS))
def test_what_no_column_asks_for_stays_and_is_told(rows: list[list[object]], context: CollectionContext) -> None:
    """In every layout alike, by village and item, with how much the record then has more than the sheet."""
    one = taken(context, sheet_of(rows))
    assert errors(one) == []
    kept = [(row["group"], row["persons"]) for row in rows_of(one, "needs") if row["village_code"] == "220881100201"]
    assert sorted(kept) == [("disabled", "1"), ("migrant_workers", "1"), ("migrant_workers", "6")]
    (told,) = of_code(one, "needs-kept")
    assert "荣华村 残疾人·社会保险、最低生活保障1" in sentence(told)
    assert (told.details["count"], told.details["persons"]) == ("1", "1")


def test_what_a_column_asks_for_and_is_left_empty_goes_and_nothing_is_kept(context: CollectionContext) -> None:
    """The rule of the guide: of a village that is reported, this return counts."""
    heads: list[list[object]] = [["村名", "农民工", "残疾人"], [None, "劳动报酬", "社保低保"]]
    one = taken(context, sheet_of([*heads, ["荣华村", 6, None]], name="法律援助需求"))
    assert errors(one) == []
    assert of_code(one, "needs-kept") == []
    assert [change.before for change in one.changes if change.before and not change.field] == [
        "220881100201 disabled social_insurance"
    ]


def test_a_matter_that_stands_there_twice_is_one_question(context: CollectionContext) -> None:
    """Where groups are rows: not that each row says the same thing twice."""
    heads: list[object] = ["村名", "群体", "劳动报酬", "土地承包经营权", "劳动报酬"]
    rows: list[list[object]] = [heads, ["荣华村", "农民工", 6, 1, 9], ["荣华村", "老年人", 0, 1, 8]]
    one = taken(context, sheet_of(rows))
    (asked,) = of_code(one, "column-repeated")
    assert "“劳动报酬”（C1）和“劳动报酬”（E1）" in sentence(asked)
    assert of_code(one, "rows-differ") == []
