"""Texts to read aloud or to paste into a message: a page each, on which a button copies it."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from site_builder import look
from site_builder.prints.on_site import OfferedPrints
from site_builder.publication import addresses
from site_builder.publication.public import PublicRecords
from site_builder.render.environment import html_environment
from site_builder.render.menu import menu
from site_builder.shared import content_policy
from site_builder.shared.words import Words


def text_pages(public: PublicRecords, words: Words, korean: Words, offer: OfferedPrints) -> Iterator[tuple[str, str]]:
    """(path below build/site, HTML) of every text that is offered; beside it stands the file."""
    style = look.style("look/frame.css", "texts/text.css")
    template = html_environment(words, korean).get_template("texts/text.html.jinja")
    shared = {
        "campaign": public.campaign,
        "menu": menu(),
        "policy": content_policy.of_village_page(style),
        "style": Markup(style),  # noqa: S704  (ours)
    }
    for path, each in offer.files.items():
        if each.text is not None:
            page = template.render(shared, title=each.sheet.title, design=each.sheet.design, path=path, text=each.text)
            yield addresses.text_page(path), page
