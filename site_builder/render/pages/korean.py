"""The pages in Korean for the counties that post their signs in it: the same templates, with the Korean words.

What stands in no other language leads to the Chinese page. Hand-written pages in Korean stand below content/pages/ko.
"""

from __future__ import annotations

from collections.abc import Container

from site_builder.publication import addresses
from site_builder.publication.addresses import source
from site_builder.publication.public import PublicCounty, PublicRecords
from site_builder.render.environment import is_korean
from site_builder.render.pages.changes import felt_lines
from site_builder.render.pages.overviews import numbers, townships, window_page
from site_builder.render.pages.page_renderer import PageRenderer
from site_builder.render.pages.programme import visits_ahead

_LINES = 5  # changes on the home page


def korean_counties(public: PublicRecords) -> tuple[PublicCounty, ...]:
    """The counties of these pages."""
    return tuple(county for county in public.counties if is_korean(public.campaign, county))


def korean_pages(renderer: PageRenderer, written: Container[str]) -> dict[str, str]:
    """Markdown by path below build/pages: home, search, a page for each window. Nothing where no county has them."""
    counties = korean_counties(renderer.public)
    if not counties:
        return {}
    return {
        _source("index.html"): _home(renderer, counties, written),
        _source(addresses.page("find")): _find(renderer, counties),
        **{
            _source(addresses.window(window.window_id)): window_page(renderer, county, window)
            for county in counties
            for window in county.windows
        },
    }


def _source(address: str) -> str:
    return source(addresses.korean(address))


def _home(renderer: PageRenderer, counties: tuple[PublicCounty, ...], written: Container[str]) -> str:
    public, words = renderer.public, renderer.words
    codes = {county.code for county in counties}
    lines = [line for line in felt_lines(public, words) if line.change.county_code in codes]
    names = {county.code: words["places"].get(county.code, county.name) for county in counties}
    groups = {name: title for name, title in words["groups"].items() if _source(addresses.group_help(name)) in written}
    shown = {"numbers": numbers(renderer), "ahead": visits_ahead(public), "names": names, "groups": groups}
    shown |= {"windows": sum(len(county.windows) for county in counties), "newest": lines[:_LINES], "month": ""}
    shown |= {"news": [], "counties": counties, "codes": " ".join(names)}
    return renderer.page("home", words["home"]["title"], wide=True, find_box=True, **shown)


def _find(renderer: PageRenderer, counties: tuple[PublicCounty, ...]) -> str:
    places = [(county, townships(county.villages)) for county in counties]
    codes = " ".join(county.code for county in counties)
    return renderer.page("find", renderer.words["find"]["title"], find_box=True, places=places, codes=codes)
