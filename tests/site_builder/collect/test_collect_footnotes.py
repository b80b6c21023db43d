"""A name with a telephone or with the mark of a footnote behind it is told as that, not as a name that is covered."""

from pathlib import Path

import pytest
from collect_examples import context_of
from test_collect_structure import errors, of_code, sheet_of, taken

from site_builder.collect.collection_context import CollectionContext

HEADS: list[object] = ["村名", "姓名", "身份", "任职日期"]


@pytest.fixture(scope="module")
def context(untouched: Path) -> CollectionContext:
    return context_of(untouched)


def row(name: str) -> list[object]:
    return ["荣华村", name, "村会计", "2018-06-20"]


@pytest.mark.parametrize(
    "typed", ["李春花0436-0000001", "李春花（0436-0000001）", "李春花 0436 0000001", "李春花：04360000001"]
)
def test_a_telephone_behind_a_name_is_told_as_that(typed: str, context: CollectionContext) -> None:
    """The name alone is offered; which of two numbers counts is the county's to say."""
    one = taken(context, sheet_of([HEADS, row(typed)]))
    assert errors(one) == [("name-with-phone", "B2")]
    assert of_code(one, "name-with-phone")[0].details["name"] == "李春花"


@pytest.mark.parametrize(
    ("typed", "note", "code"),
    [
        ("李春花*", "*已调离，待定", "name-marked"),
        ("李春花＊", "注：带*号的已调离", "name-marked"),
        ("李春花＃", None, "name-marked"),
        ("王丽*", "* 6月起外出务工", "name-marked"),
        ("王丽*", None, "name-masked"),
        ("王*", "带*的已调离", "name-masked"),
        ("欧阳春*", None, "name-masked"),
        ("欧阳*", None, "name-masked"),
    ],
)
def test_the_mark_of_a_footnote_is_told_with_its_words(
    typed: str, note: str | None, code: str, context: CollectionContext
) -> None:
    """Without a footnote two characters and a mark may be a name of which one is covered."""
    one = taken(context, sheet_of([HEADS, row(typed), *([[note]] if note else [])]))
    (said,) = of_code(one, code)
    assert said.cell == "B2"
    assert (note or "") in said.details.get("note", "") or code == "name-masked"
    assert ("village-not-found", "A3") not in errors(one)
