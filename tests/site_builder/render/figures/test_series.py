"""The months of the campaign."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from site_builder.publication.public import PublicRecords
from site_builder.render.figures.series import MEASURES, months, then_and_now


def test_months_end_with_the_day_of_the_data(public: Callable[[], PublicRecords]) -> None:
    """Each with the counts as they stood then; what is no end of a month is none of them."""
    records = public()
    bare = tuple(replace(county, progress={}) for county in records.counties)
    earlier = replace(records, counties=bare)
    year = records.campaign.data_as_of.year
    told = replace(records, past={date(year, 1, 31): earlier, date(year, 2, 10): earlier})
    found = months(told)
    assert [month.day for month in found] == sorted({date(year, 1, 31), records.campaign.data_as_of})
    assert [found[0].counts[measure] for measure in MEASURES] == [0, 0, 0]
    assert found[-1].counts["named"] == sum(of.named for county in records.counties for of in county.progress.values())


def test_without_an_earlier_state_there_is_nothing_to_compare(public: Callable[[], PublicRecords]) -> None:
    """A campaign in its first month has one state."""
    assert then_and_now(replace(public(), past={}), "named") == ()
