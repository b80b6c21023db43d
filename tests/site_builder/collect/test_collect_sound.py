"""Of what a return would change only that is listed which is sound, by the names of villages and choices."""

from pathlib import Path

import pytest
from collect_examples import context_of, take, write_workbook

from site_builder.collect.answers import sound
from site_builder.collect.collection_context import CollectionContext
from site_builder.collect.incoming_file import CollectedReturn, CollectOptions

HEADS = ("村名", "调查日期", "贫困户数", "贫困人口", "农民工", "残疾人")
SOUND = ("瓦房村", "2018-06-20", 22, 53, 4, 2)


@pytest.fixture(scope="module")
def context(untouched: Path) -> CollectionContext:
    return context_of(untouched)


def taken(context: CollectionContext, folder: Path, *rows: tuple[object, ...]) -> CollectedReturn:
    path = write_workbook(folder / "a.xlsx", {"摸底": [HEADS, *rows]})
    (one,) = take(context.root, path, CollectOptions(county="220881"), context)
    return one


def test_what_is_in_error_is_no_change(context: CollectionContext, tmp_path: Path) -> None:
    """Neither listed nor counted: it stands among the problems."""
    found = taken(context, tmp_path, SOUND, ("荣华村", "2018-06-20", "很多", 53, 4, 2))
    assert [change.key[0] for change in found.changes] == ["220881100200"]
    assert sound.counts(found.counts, found.unsound)["village_surveys"][0] == 1


def test_a_record_is_called_by_its_village_and_its_choices(context: CollectionContext) -> None:
    """Materials by their titles; a day and a number are themselves."""
    tables = context.schemas.tables
    assert context.record_name(tables["needs"], ["220881100201", "elderly", "support_payments"]).startswith(
        "瓦房镇荣华村 老年人·赡养费"
    )
    assert context.record_name(tables["liaisons"], ["220881100201", "2018-03-05"]) == "瓦房镇荣华村 2018-03-05"
    assert context.record_name(tables["activities"], ["A-220881-0007"]) == "A-220881-0007"


def test_a_repeated_row_names_the_village_and_the_columns_of_its_list(
    context: CollectionContext, tmp_path: Path
) -> None:
    """Not codes that the list does not have."""
    other = (*SOUND[:2], 23, *SOUND[3:])
    (problem,) = [one for one in taken(context, tmp_path, SOUND, other).problems if one.code == "rows-differ"]
    assert problem.details["key"] == "瓦房镇瓦房村 2018-06-20"
    assert problem.column == "村名、调查日期"
