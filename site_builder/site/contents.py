"""Render: from public records to texts and bytes by path. Nothing is written here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

import maps
from site_builder import look
from site_builder.disclosure.proof import proof_file
from site_builder.prints.on_site import NOTHING, OfferedPrints
from site_builder.publication.addresses import source_page
from site_builder.publication.public import PublicRecords
from site_builder.render.environment import TEMPLATES
from site_builder.render.feeds.atom import feeds, news_feed
from site_builder.render.feeds.calendars import calendars
from site_builder.render.feeds.sitemap import sitemaps
from site_builder.render.lean_pages.county_files import county_files
from site_builder.render.lean_pages.texts import text_pages
from site_builder.render.lean_pages.villages import village_pages
from site_builder.render.lookup import PAGES, lookup_files, prose_files, refuse_addresses, scripts
from site_builder.render.manifest import manifest
from site_builder.render.open_data.hsds import hsds
from site_builder.render.open_data.people import people_files
from site_builder.render.open_data.tables import open_data
from site_builder.render.pages.atlas import atlas, korean_sketches
from site_builder.render.pages.changes import changes_pages
from site_builder.render.pages.coverage import coverage_page
from site_builder.render.pages.hand_written import Written, hand_written_pages, read_pages
from site_builder.render.pages.korean import korean_pages
from site_builder.render.pages.news import news, news_pages
from site_builder.render.pages.overviews import pages
from site_builder.render.pages.page_renderer import page_renderer
from site_builder.render.pages.programme import programme_pages
from site_builder.render.pages.proof import proof_files, proof_page
from site_builder.render.pages.reports import report_downloads, report_pages
from site_builder.render.pages.standing import standing_page
from site_builder.shared.words import Words


def site_tool_files(
    root: Path, public: PublicRecords, words: Words, korean: Words, offer: OfferedPrints = NOTHING
) -> dict[str, bytes]:
    """Everything that goes through the site tool, by path below build/pages: Markdown, downloads and assets."""
    refuse_addresses(words.get(PAGES, {}))
    drawn = atlas(public, words, korean)
    printer = page_renderer(public, words, korean, drawn.fragments, offer)
    korean_printer = page_renderer(public, korean, korean, korean_sketches(public, words, korean), offer)
    written = _without_held_cases(read_pages(root), public)
    items, paths = news(public.campaign, written), {each.path for each in written}
    texts = {
        **hand_written_pages(printer, korean_printer, written),
        **pages(printer, items, paths),
        **changes_pages(printer),
    }
    texts |= {**programme_pages(printer), **news_pages(printer, items), **report_pages(printer)}
    proof = proof_file.stored(root, public.editions, public.campaign.smallest_published_count)
    texts |= proof_page(printer, proof)
    texts[source_page("standing")] = standing_page(printer)
    texts[source_page("about", "coverage")] = coverage_page(printer, texts)
    texts |= {**news_feed(public, words, items), **korean_pages(korean_printer, paths)}
    assets = {
        **{path.name: path.read_bytes() for path in sorted((TEMPLATES / "assets").iterdir())},
        "site.css": (look.style("look/frame.css", "assets/site.css") + look.map_style()).encode("utf-8"),
        **scripts(),
        **maps.shared_files(),
        **drawn.files,
    }
    return {
        **{path: text.encode("utf-8") for path, text in texts.items()},
        **open_data(public, words),
        **hsds(public, words),
        **proof_files(proof),
        **{f"assets/{path}": content for path, content in assets.items()},
    }


def _without_held_cases(written: Iterable[Written], public: PublicRecords) -> list[Written]:
    """The pages without the texts of model cases that are still on their way up, in either language."""
    shown = {case.page for case in public.cases}
    texts = ((page, page.path.removeprefix("ko/")) for page in written)
    return [page for page, path in texts if not path.startswith("cases/") or path in shown]


def own_files(
    public: PublicRecords,
    words: Words,
    korean: Words,
    offer: OfferedPrints = NOTHING,
    sources: Iterable[str] | None = None,
) -> Iterator[tuple[str, str]]:
    """Everything of ours beside the site tool's output: (path below build/site, text), one village after another.

    sources: what went through the site tool, by path; of pages that are not among it the find box knows nothing.
    """
    yield from village_pages(public, words, korean, offer)
    yield from county_files(public, words, korean)
    yield from text_pages(public, words, korean, offer)
    yield from feeds(public, words)
    yield from calendars(public, words)
    yield from sitemaps(public)
    yield from manifest(public, words)
    named: Mapping[str, str] = words.get(PAGES, {})
    built = named if sources is None else {PurePosixPath(path).with_suffix(".html").as_posix() for path in sources}
    yield from lookup_files(public, {address: text for address, text in named.items() if address in built})


def page_search(site: Path) -> Iterator[tuple[str, str]]:
    """The index of what the site tool's finished pages say: (path below build/site, script)."""
    paths = sorted(site.rglob("*.html"))
    yield from prose_files((path.relative_to(site).as_posix(), path.read_text(encoding="utf-8")) for path in paths)


def downloads(public: PublicRecords, words: Words) -> Iterator[tuple[str, bytes]]:
    """Documents and workbooks: (path below build/site, bytes)."""
    yield from report_downloads(public, words)
    yield from people_files(public, words)
