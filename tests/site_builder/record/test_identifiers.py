"""The numbers of records: the next one is after the last of the county's own."""

import pytest

from site_builder.record.identifiers import last_number, numbered, window_id


def test_an_identifier_names_its_table_and_county() -> None:
    """With four digits at least."""
    assert numbered("activities", "220881", 7) == "A-220881-0007"
    assert numbered("feedback", "220881", 12345) == "F-220881-12345"
    assert window_id("220881", 2018) == window_id("220881", "2018") == "W-220881-2018"


@pytest.mark.parametrize(
    ("identifiers", "last"),
    [
        ([], 0),
        (["A-220881-0002", "A-220881-0010", "A-220881-0003"], 10),
        (["A-220882-0099", "F-220881-0099", "A-220881-99", "A-220881-0001x", ""], 0),
    ],
)
def test_the_last_number_is_the_largest_of_the_countys_own(identifiers: list[str], last: int) -> None:
    """What is no such identifier counts for nothing."""
    assert last_number("activities", "220881", identifiers) == last
