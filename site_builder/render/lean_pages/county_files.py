"""A county to take along: a small box for frames of other sites, and everything of it in one file for a stick."""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import Environment
from markupsafe import Markup

from site_builder import look
from site_builder.publication import addresses
from site_builder.publication.public import PublicCounty, PublicRecords
from site_builder.render.environment import html_environment
from site_builder.render.pages.overviews import townships
from site_builder.shared import content_policy
from site_builder.shared.words import Words


def county_files(public: PublicRecords, words: Words, korean: Words) -> Iterator[tuple[str, str]]:
    """(path below build/site, HTML): the box and the file of each county."""
    environment = html_environment(words, korean)
    for county in public.counties:
        yield addresses.box(county.code), _page(environment, "box", public, county)
        yield addresses.offline(county.code), _page(environment, "file", public, county)


def _page(environment: Environment, kind: str, public: PublicRecords, county: PublicCounty) -> str:
    style = look.style("county/plain.css", f"county/{kind}.css")
    return environment.get_template(f"county/{kind}.html.jinja").render(
        campaign=public.campaign,
        county=county,
        townships=townships(county.villages),
        edition=public.figures.edition,
        groups=public.groups,
        survey_items=public.survey_items,
        policy=content_policy.of_plain_page(style),
        style=Markup(style),  # noqa: S704  (ours)
    )
