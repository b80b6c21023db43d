"""Classes of figures."""

from collections import Counter
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from maps import SUPPRESSED
from maps.classes import MOST_LEVELS, kind, levels

COUNTS = st.lists(st.integers(min_value=0, max_value=40) | st.integers(min_value=0), max_size=60)


@given(COUNTS)
def test_each_figure_lies_between_the_ends_of_its_own_class(figures: list[int]) -> None:
    """The legend tells the truth: a figure is in the class whose span holds it, and only there."""
    classes = levels(figures)
    for figure in figures:
        spans = [f"level-{rank}" for rank, level in enumerate(classes, 1) if level.lowest <= figure <= level.highest]
        assert spans == ([kind(figure, classes)] if figure else [])


@given(COUNTS)
def test_classes_rise_without_overlap_and_end_at_figures_that_occur(figures: list[int]) -> None:
    """Both ends of a class are figures on the map, and a class begins above the one before."""
    classes = levels(figures)
    ends = [end for level in classes for end in (level.lowest, level.highest)]
    assert ends == sorted(ends)
    assert set(ends) <= set(figures)
    assert all(before.highest < after.lowest for before, after in pairwise(classes))
    assert len(classes) <= MOST_LEVELS


@given(COUNTS)
def test_zero_is_a_class_of_its_own(figures: list[int]) -> None:
    """Zero changes no class and is in none of them."""
    assert levels([0, *figures]) == levels(figures)
    assert kind(0, levels(figures)) == "zero"


@given(COUNTS)
def test_no_data_and_suppressed_change_no_class(figures: list[int]) -> None:
    """A figure that is not shown leaves no trace in the classes."""
    assert levels([None, SUPPRESSED, *figures]) == levels(figures)
    assert kind(None, levels(figures)) == "no-data"
    assert kind(SUPPRESSED, levels(figures)) == "suppressed"


@given(st.sets(st.integers(min_value=1), min_size=MOST_LEVELS, max_size=60))
def test_figures_that_all_differ_fall_into_classes_of_about_equal_size(figures: set[int]) -> None:
    """Without ties the classes are quantiles: their sizes differ by one at most."""
    classes = levels(figures)
    sizes = Counter(kind(figure, classes) for figure in figures)
    assert len(sizes) == MOST_LEVELS
    assert max(sizes.values()) - min(sizes.values()) <= 1


def test_equal_figures_share_a_class_even_where_a_quantile_ends_among_them() -> None:
    """Seven equal figures of ten stay together, and fewer classes come out."""
    classes = levels([5, 10, 10, 10, 10, 10, 10, 10, 20, 30])
    assert [(level.lowest, level.highest) for level in classes] == [(5, 10), (20, 30)]


def test_without_figures_there_are_no_classes() -> None:
    """Nothing to sort gives nothing, not an error."""
    assert levels([]) == levels([0, None, SUPPRESSED]) == ()
