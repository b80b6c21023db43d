"""The periods of the reports: their days, parts and predecessors."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from site_builder.shared import periods
from site_builder.shared.periods import PeriodKind

KEYS = ["2018-01", "2018-12", "2018-Q1", "2018-Q4", "2018-H1", "2018-H2", "2018"]


@pytest.mark.parametrize("key", KEYS)
def test_a_key_is_read_as_it_is_written(key: str) -> None:
    """A period has the key that it was read from, and begins the day after the one before it."""
    period = periods.parse(key)
    assert period
    assert period.key == key
    assert period.before.last + timedelta(days=1) == period.first
    assert period.before.kind == period.kind


@pytest.mark.parametrize(
    "key",
    ["", "2018-", "2018-00", "2018-13", "2018-4", "2018-Q0", "2018-Q5", "2018-H3", "２０１８", "2018-04\n", "1"],
)
def test_nothing_else_is_a_period(key: str) -> None:
    """What is not written as the schema says is no period."""
    assert periods.parse(key) is None


@pytest.mark.parametrize("key", KEYS)
def test_the_parts_fill_the_period(key: str) -> None:
    """The parts follow one another from the first day to the last; a month has none."""
    period = periods.parse(key)
    assert period
    days = [(part.first, part.last) for part in period.parts] or [(period.first, period.last)]
    assert (days[0][0], days[-1][1]) == (period.first, period.last)
    assert all(after[0] - before[1] == timedelta(days=1) for before, after in pairwise(days))
    assert bool(period.parts) == (period.kind is not PeriodKind.MONTH)


def test_a_period_is_over_in_the_evening_of_its_last_day() -> None:
    """By 30 June six months, two quarters and a half-year are over; a day earlier three periods fewer."""
    over = [period.key for period in periods.periods_over(2018, date(2018, 6, 30))]
    months = [f"2018-{month:02}" for month in range(1, 7)]
    assert over == [*months, "2018-Q1", "2018-Q2", "2018-H1"]
    assert [p.key for p in periods.periods_over(2018, date(2018, 6, 29))] == [*months[:5], "2018-Q1"]
    assert len(list(periods.periods_over(2018, date(2018, 12, 31)))) == 19
