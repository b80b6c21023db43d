"""One list of how fields limit one another: the workbook marks what the rules refuse."""

import pytest
from tiny_campaign import PROJECT

from site_builder.model import schemas
from site_builder.model.relations import earlier, not_above, wholes
from site_builder.model.schemas import Table
from site_builder.model.survey import survey_items

KNOWN = schemas.load(PROJECT)
each_table = pytest.mark.parametrize("table", KNOWN.tables.values(), ids=lambda table: table.name)


@each_table
def test_fields_that_limit_one_another_are_of_one_kind(table: Table) -> None:
    """Counts are compared with counts, dates with dates, and none with itself."""
    for low, high in not_above(table):
        assert low != high
        assert {table.field(low).type, table.field(high).type} in ({"integer"}, {"date"})


def test_what_is_limited_by_way_of_another_is_limited_too() -> None:
    """A posting is verified no earlier than the liaison's term begins, whether or not the day of posting is known."""
    liaisons = KNOWN.tables["liaisons"]
    assert list(earlier(liaisons, "posting_verified_on")) == ["posted_on", "from_date"]
    assert ("from_date", "posting_verified_on") in not_above(liaisons)
    assert ("opened_on", "moved_on") in not_above(KNOWN.tables["windows"])


def test_a_count_is_within_its_whole() -> None:
    """Each group within the poor persons; the persons within nothing of the survey."""
    surveys = KNOWN.tables["village_surveys"]
    assert {tuple(wholes(surveys, group)) for group in KNOWN.code_lists["groups"]} == {("poor_persons",)}
    assert list(wholes(surveys, "poor_persons")) == []


def test_the_survey_counts_its_items_and_then_the_groups() -> None:
    """In the order of the columns; a group's persons are published as a part of the poor persons."""
    found = [(item.column, item.item, item.group) for item in survey_items(KNOWN)]
    assert found[:4] == [
        (name, name, "all") for name in ("poor_households", "poor_persons", "hotline_asked", "hotline_aware")
    ]
    assert found[4:] == [(group, "poor_persons", group) for group in KNOWN.code_lists["groups"]]
    assert [item.column for item in survey_items(KNOWN) if item.is_base] == ["hotline_asked"]
