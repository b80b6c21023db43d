"""The two template environments: HTML with escaping, and Markdown in which every character of data is encoded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from site_builder.model.campaign import Campaign
from site_builder.publication import addresses
from site_builder.publication.figures import total_progress
from site_builder.publication.gate import HIDDEN
from site_builder.publication.public import PublicCounty
from site_builder.render.record_cells import under_heads
from site_builder.reports.model import largest, numeric_columns
from site_builder.shared.characters import set_apart
from site_builder.shared.words import Words, fill

KOREAN = "ko"
"""What Korean words say that their language is."""
TEMPLATES = Path(__file__).parent.parent / "templates"


def html_environment(words: Words, korean: Words) -> Environment:
    """Templates of whole HTML pages: autoescaped, an unknown name is an error."""
    return _environment(words, korean, finalize=_present, safe=escape)


def markdown_environment(words: Words, korean: Words) -> Environment:
    """Templates of Markdown pages: whatever is not marked safe comes out as letters and &#N; entities.

    Markdown gives meaning to many characters that HTML escaping leaves alone, and undoes escaping in
    headings; an entity survives all of it and shows the character itself.
    """
    return _environment(words, korean, finalize=lambda value: encoded(_present(value)), safe=encoded)


def _environment(
    words: Words, korean: Words, finalize: Callable[[Any], Any], safe: Callable[[object], Markup]
) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals |= {"words": words, "korean": korean, "address": _addresses(safe)}
    environment.filters["in_same_folder"] = addresses.in_same_folder
    environment.filters["fill"] = fill
    environment.filters["day"] = cache(lambda value: written_day(value, words))
    environment.filters["under_heads"] = under_heads
    environment.filters["total_progress"] = total_progress
    environment.filters["numeric_columns"] = numeric_columns
    environment.filters["largest"] = largest
    environment.tests["hidden"] = lambda value: value is HIDDEN
    return environment


def _addresses(safe: Callable[[object], Markup]) -> SimpleNamespace:
    """The addresses of pages and files as templates make them: data in them are escaped, what is ours stays."""

    def made(address: Callable[..., str], form: Callable[[object], str]) -> Callable[..., Markup]:
        return lambda *parts: Markup(address(*(form(each) for each in parts)))  # noqa: S704  (escaped, or ours)

    known = {address.__name__: made(address, safe) for address in addresses.OF_DATA}
    return SimpleNamespace(**known, **{address.__name__: made(address, str) for address in addresses.OWN})


def _present(value: Any) -> Any:  # noqa: ANN401  (whatever a template prints)
    """Refuse to print what stands for an absent or hidden value: a template must say what to show instead.

    A name that is written from right to left is set apart, wherever it is printed.
    """
    if value is None or value is HIDDEN:
        raise TypeError("a template prints an absent or hidden value")
    return set_apart(value) if type(value) is str else value


def written_day(value: date, words: Words) -> str:
    """A day as the pages write it."""
    return fill(words["common"]["date"], year=value.year, month=value.month, day=value.day)


def encoded(value: object) -> Markup:
    """A value as Markup in which everything but letters and digits is a numeric character reference."""
    if isinstance(value, Markup):
        return value
    text = str(value)
    if text.isalnum():
        return Markup(text)  # noqa: S704  (letters and digits only)
    return Markup("".join(c if c.isalnum() else f"&#{ord(c)};" for c in text))  # noqa: S704  (encoded)


def is_korean(campaign: Campaign, county: PublicCounty) -> bool:
    """Whether a county posts public signs in Korean beside Chinese, and its pages follow."""
    return county.code in campaign.korean_counties
