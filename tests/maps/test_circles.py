"""Proportional circles."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maps.circles import LARGEST, key_figures, radius


@given(st.integers(1, 10**7), st.integers(1, 10**7))
def test_areas_are_as_the_figures(one: int, other: int) -> None:
    """The area of a circle is to the largest as its figure is to the largest, but for rounding to a tenth."""
    small, large = sorted([one, other])
    assert radius(large, large) == LARGEST
    assert radius(small, large) == pytest.approx(LARGEST * math.sqrt(small / large), abs=0.05)


@given(st.integers(1, 10**7))
def test_the_key_has_round_figures_that_occur_on_such_a_map(largest: int) -> None:
    """At most three, falling, each a 1, 2 or 5 with zeros, the first of them more than a third of the largest."""
    figures = key_figures(largest)
    assert 1 <= len(figures) <= 3
    assert list(figures) == sorted(set(figures), reverse=True)
    assert all(str(figure).rstrip("0") in {"1", "2", "5"} for figure in figures)
    assert largest / 3 < figures[0] <= largest


def test_without_figures_there_is_no_key() -> None:
    """Nothing to compare gives nothing."""
    assert key_figures(0) == ()
