"""A sheet named after one village with the title of another one is asked about: a copy kept one of them."""

from pathlib import Path

import pytest
from collect_examples import context_of
from test_collect_structure import of_code, sheet_of, taken

from site_builder.collect.collection_context import CollectionContext


@pytest.fixture(scope="module")
def context(untouched: Path) -> CollectionContext:
    return context_of(untouched)


@pytest.mark.parametrize(
    ("tab", "title", "is_asked"),
    [
        ("瓦房村", "洮南市瓦房镇荣华村法律援助需求调查表", True),
        ("荣华村", "洮南市荣华村法律援助需求调查表", False),
        ("荣华村", "荣华村、瓦房村法律援助需求调查表", False),
        ("Sheet1", "荣华村法律援助需求调查表", False),
        ("荣华村", "法律援助需求调查表", False),
    ],
)
def test_a_tab_and_a_title_of_two_villages_are_asked_about(
    tab: str, title: str, is_asked: bool, context: CollectionContext
) -> None:
    """Both are quoted; nothing says which of them is right."""
    rows: list[list[object]] = [[title], ["人群", "社会保险", "劳动报酬"], ["农民工", 1, 2], ["老年人", 2, 1]]
    found = of_code(taken(context, sheet_of(rows, name=tab)), "village-tab-differs")
    assert [(each.is_error, each.details["tab"]) for each in found] == [(True, tab)] * is_asked
