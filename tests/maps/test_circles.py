"""Proportional circles."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maps.circles import LARGEST, MOST_COVERED, key_figures, radius, scale
from maps.drawing import province_sheet

SHEET = province_sheet()


FIGURES = st.lists(st.integers(0, 10**7), min_size=1, max_size=60)


@given(FIGURES)
def test_areas_are_as_the_figures(figures: list[int]) -> None:
    """The area of a circle is to the largest as its figure is to the largest, but for rounding to a tenth."""
    of_one, most = scale(figures, SHEET), max(figures)
    for figure in figures:
        assert radius(figure, of_one) == pytest.approx(
            of_one * math.sqrt(most) * math.sqrt(figure / (most or 1)), abs=0.05
        )


@given(FIGURES)
def test_circles_are_neither_too_large_nor_too_many_for_the_sheet(figures: list[int]) -> None:
    """No radius is above the largest allowed, and all together cover no more of the sheet than they may."""
    radii = [scale(figures, SHEET) * math.sqrt(figure) for figure in figures]
    assert max(radii) <= LARGEST + 1e-6
    covered = sum(math.pi * size**2 for size in radii)
    assert covered <= MOST_COVERED * SHEET.width * SHEET.height * (1 + 1e-9)


def test_one_figure_alone_has_the_largest_circle() -> None:
    """Where there is room, the largest figure is drawn as large as may be."""
    assert radius(7, scale([7, 0], SHEET)) == LARGEST
    assert scale([0, 0], SHEET) == scale([], SHEET) == 0


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
