"""The one sheet of values: every colour that a style sheet asks for is in it, and stands nowhere else."""

import re
from pathlib import Path

import pytest

from site_builder import look
from site_builder.render.environment import TEMPLATES

PROJECT = Path(__file__).resolve().parents[3]
SHEETS = sorted([*TEMPLATES.rglob("*.css"), PROJECT / "maps" / "assets" / "county-map.css"])
OF_NO_PAGE = {"feedback.css", "desk.css"}  # mark what is wrong in a county's return by colours of their own
WHITE = {"#fff", "#111", "#111827", "#767676"}  # on the hotline's red, and on what a map puts over any colour


def named(text: str) -> set[str]:
    return set(re.findall(r"var\(--([a-z0-9-]+)\)", text))


def given() -> set[str]:
    sheet = look.values()
    return {*sheet["day"], *sheet["letters"], *sheet["space"], *sheet["maps"]["day"]}


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_a_sheet_asks_for_values_that_there_are(path: Path) -> None:
    """A variable that is misspelt would leave a thing without its colour, in silence."""
    text = path.read_text(encoding="utf-8")
    own = set(re.findall(r"--([a-z0-9-]+):", text))
    assert named(text) - given() - own == set()


@pytest.mark.parametrize("path", [path for path in SHEETS if path.name not in OF_NO_PAGE], ids=lambda path: path.name)
def test_no_sheet_has_a_colour_of_its_own(path: Path) -> None:
    """Whoever changes the look changes the sheet of values alone."""
    rules = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert set(re.findall(r"#[0-9a-f]{3,8}\b", rules)) - WHITE == set()


def test_night_and_paper_have_the_colours_of_the_day() -> None:
    """None is forgotten: a day's ink on a night's ground could not be read."""
    sheet = look.values()
    assert set(sheet["day"]) == set(sheet["night"]) == set(sheet["paper"])
    assert {name for name in sheet["maps"]["day"] if name != "map-own"} == set(sheet["maps"]["night"])


@pytest.mark.parametrize("light", ["day", "night", "paper"])
@pytest.mark.parametrize("letters", ["ink", "soft", "link", "late", "good"])
def test_letters_stand_out_from_their_grounds(light: str, letters: str) -> None:
    """At 4.5 to 1 (WCAG 2.1, 1.4.3), on the page and on a panel; white on the hotline's red, too."""
    colours = look.values()[light]
    assert contrast(colours[letters], colours["page"]) >= 4.5
    assert contrast(colours[letters], colours["panel"]) >= 4.5
    assert contrast(colours["notice-ink"], colours["notice"]) >= 4.5
    assert contrast("#fff" if light != "paper" else colours["ink"], colours["call"]) >= 4.5


def test_the_red_of_prints_is_that_of_the_pages() -> None:
    """One red: on the wall, on the plaque and across the head of the page."""
    assert look.print_red() == look.values()["day"]["rule"] == look.values()["day"]["call"]


def test_a_sheet_is_squeezed_without_changing_what_it_says() -> None:
    """Notes and spaces go; a selector keeps the space between its parts."""
    style = look.style("look/frame.css")
    assert "/*" not in style
    assert ".crumbs li+li::before" in style or ".crumbs li + li::before" in style
    assert 'content:" › "' in style


def contrast(one: str, other: str) -> float:
    """How far two colours are apart, from 1 to 21 (https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
