"""The lean village pages: whole HTML pages of our own, small enough for a slow phone, rendered county by county."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from site_builder.publication.public import PublicRecords
from site_builder.render.environment import TEMPLATES, html_environment
from site_builder.words import Words


def village_pages(public: PublicRecords, words: Words) -> Iterator[tuple[str, str]]:
    """(path below build/site, HTML) of every village. What a county's villages share is rendered once."""
    environment = html_environment(words)
    page = environment.get_template("villages/village.html.jinja")
    shared = environment.get_template("villages/county.html.jinja")
    style = Markup((TEMPLATES / "villages" / "village.css").read_text(encoding="utf-8"))  # noqa: S704  (ours)
    for county in public.counties:
        parts = {
            part: Markup(shared.render(part=part, county=county, campaign=public.campaign))  # noqa: S704  (rendered)
            for part in ("top", "help", "foot")
        }
        for village in county.villages:
            text = page.render(village=village, county=county, style=style, parts=parts)
            yield f"villages/{village.code}.html", text
