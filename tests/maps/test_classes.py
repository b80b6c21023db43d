"""Classes of figures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maps import SUPPRESSED, Band, Measure
from maps.classes import kind
from maps.request import MOST_BANDS

STARTS = st.sets(st.integers(min_value=2, max_value=1000), max_size=MOST_BANDS - 1).map(
    lambda found: [1, *sorted(found)]
)


def bands(starts: list[int]) -> tuple[Band, ...]:
    return tuple(Band(lowest=start, text=str(start)) for start in starts)


@given(STARTS, st.integers(min_value=1, max_value=2000))
def test_a_figure_is_in_the_class_that_begins_last_before_it(starts: list[int], figure: int) -> None:
    """The legend tells the truth: from where a class begins to where the next one does."""
    assert kind(figure, bands(starts)) == f"level-{sum(start <= figure for start in starts)}"


@given(STARTS)
def test_nothing_is_a_class_of_its_own_and_so_is_what_is_not_shown(starts: list[int]) -> None:
    """0, what is withheld and what is not known are never of the class of a figure."""
    assert [kind(figure, bands(starts)) for figure in (0, SUPPRESSED, None)] == ["zero", "suppressed", "no-data"]


@given(STARTS)
def test_what_is_only_rounded_down_to_nothing_is_in_the_lowest_class(starts: list[int]) -> None:
    """One village of two hundred is not none."""
    assert kind(0, bands(starts), is_some=True) == "level-1"


@pytest.mark.parametrize("starts", [[], [0, 5], [5, 5], [5, 1], [1, 2, 3, 4, 5, 6]])
def test_classes_that_do_not_rise_or_are_too_many_are_refused(starts: list[int]) -> None:
    """At most five, as there are colours, each beginning above the one before and above 0."""
    with pytest.raises(ValueError, match="classes"):
        Measure(title="数", unit="", figures={}, bands=bands(starts))
