"""The look: one sheet of values, templates/look/values.yml, as variables of style sheets and as colours of prints."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

TEMPLATES = Path(__file__).parents[1] / "templates"
SHEET = TEMPLATES / "look" / "values.yml"
# Where the values hold: a reader's own choice of day or night, the class of the page, outweighs the system's.
_NIGHTS = (
    "@media screen and (prefers-color-scheme:dark){{:root:not(.day){{{}}}}}",
    "@media screen{{:root.night{{{}}}}}",
)


@cache
def values() -> dict[str, Any]:
    """The sheet as it is written."""
    sheet: dict[str, Any] = yaml.load(SHEET.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return sheet


def print_red() -> str:
    """The red of prints, as #rrggbb: that of the rule across the pages."""
    return str(values()["day"]["rule"])


def series_colours() -> tuple[str, str]:
    """The colours of a chart's two rows of bars on paper, as #rrggbb."""
    paper = values()["paper"]
    return paper["series-1"], paper["series-2"]


@cache
def style(*paths: str) -> str:
    """The style sheet of a page: the values, then the sheets of these paths below templates/, without their notes."""
    sheet = values()
    variables = _for_each_light(sheet["day"] | sheet["letters"] | sheet["space"], sheet["night"], sheet["paper"])
    return variables + _sheets(paths)


@cache
def map_style() -> str:
    """What the maps' own style sheet leaves to the page that shows them: their colours."""
    colours = values()["maps"]
    return _for_each_light(colours["day"], colours["night"], {})


def _for_each_light(day: Mapping[str, str], night: Mapping[str, str], paper: Mapping[str, str]) -> str:
    rules = [f":root{{{_variables(day)}}}", *(rule.format(_variables(night)) for rule in _NIGHTS)]
    return "".join([*rules, f"@media print{{:root{{{_variables(paper)}}}}}" if paper else ""])


def _variables(named: Mapping[str, str]) -> str:
    return ";".join(f"--{name}:{value}" for name, value in named.items())


def _sheets(paths: tuple[str, ...]) -> str:
    """Style sheets in one, in as few bytes as line ends and notes allow: on a village's page each counts."""
    text = "".join((TEMPLATES / path).read_text(encoding="utf-8") for path in paths)
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    return re.sub(r"\s*([{};]|(?<=:)|(?<=,))\s*", r"\1", re.sub(r"\s+", " ", text)).replace(";}", "}").strip()
