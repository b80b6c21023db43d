"""What a caller may ask for."""

from dataclasses import replace
from typing import Any

import pytest
from map_examples import CHOICE, EXAMPLE, PLACES, SHARES

from maps import Measure, county_codes


@pytest.mark.parametrize("name", ["", "Needs", "1st", "a b", "a_b", "../x", "需求", "a\n", "a.data"])
def test_a_name_that_is_no_plain_file_name_is_refused(name: str) -> None:
    """Ids and file names are made from the name, so it holds small letters, digits and hyphens alone."""
    with pytest.raises(ValueError, match="map name"):
        replace(EXAMPLE, name=name)


@pytest.mark.parametrize("code", ["220171", "110101", "2201", "<b>"])
def test_a_figure_without_a_boundary_is_refused_by_its_code(code: str) -> None:
    """A figure that cannot be drawn is an error, never left out in silence."""
    with pytest.raises(ValueError, match=f"no boundary for the counties {code}"):
        replace(SHARES, figures={code: 12})


def test_a_county_without_a_name_is_refused_by_its_code() -> None:
    """Every county drawn is named, with or without a figure."""
    first, *others = county_codes()
    with pytest.raises(ValueError, match=f"no name for the counties {first}"):
        replace(EXAMPLE, county_names=dict.fromkeys(others, "县"))


@pytest.mark.parametrize("value", [-1, True, 1.5, "12", float("nan")])
def test_a_figure_that_is_no_count_is_refused(value: object) -> None:
    """A figure is a whole number from 0 up, the mark for suppressed, or None."""
    figures: dict[str, Any] = {"220102": value}  # as a caller gives it whose types nobody checks
    with pytest.raises(ValueError, match="not a count from 0 up in 220102"):
        replace(SHARES, figures=figures)


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "https://example.org/", "//example.org/", "a b", 'x" onload="y', "", "/\\example.org"],
)
def test_a_link_out_of_the_site_is_refused(address: str) -> None:
    """A link has no scheme, no host and no sign that could end an attribute."""
    with pytest.raises(ValueError, match="not an address inside the site"):
        replace(EXAMPLE, links={"220102": address})


def test_names_and_links_of_other_counties_are_ignored() -> None:
    """A caller passes the names of all counties it knows, development zones among them."""
    names = {**EXAMPLE.county_names, "220171": "开发区"}
    assert replace(EXAMPLE, county_names=names, links={"220171": "../x/"}).county_names == names


@pytest.mark.parametrize("shown", [{}, {("shares",): SHARES}, {(): SHARES}])
def test_what_can_be_chosen_must_be_there(shown: dict[tuple[str, ...], Measure]) -> None:
    """Every choice leads to something, and nothing is left that no choice leads to."""
    with pytest.raises(ValueError, match="does not fit what can be chosen"):
        replace(CHOICE, shown=shown)


def test_places_have_no_chooser() -> None:
    """The browser's part knows how to change figures, not places."""
    with pytest.raises(ValueError, match="places stand on a map of their own"):
        replace(CHOICE, shown=dict.fromkeys(CHOICE.shown, PLACES))


@pytest.mark.parametrize("key", ["x", "0" * 31, "0" * 33, "G" * 32, '"' + "0" * 31, "{{ 7*7 }}"])
def test_a_key_that_is_none_is_refused(key: str) -> None:
    """The key goes through Folium's templates, so its form is checked first."""
    with pytest.raises(ValueError, match="key of the base layer"):
        replace(EXAMPLE, base_key=key)
