"""Atom feeds (RFC 4287) of the changes, one of the province and one of each county, and of the news.

An entry's identifier is a tag: URI (RFC 4151) of what changed and of the term it belongs to, not of the day: a day that
is put right updates the entry instead of making a second one. All days are those of the records.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from xml.etree import ElementTree as ET

from site_builder.publication import addresses
from site_builder.publication.changes import identifier
from site_builder.publication.public import PublicChange, PublicRecords
from site_builder.publication.site_host import host
from site_builder.render.pages.changes import line
from site_builder.render.pages.news import NewsItem
from site_builder.shared.words import Words, fill

_ATOM = "http://www.w3.org/2005/Atom"
_NEWEST = 500  # entries of the province's feed; a county's holds all
_NEWS = "news"
_MINTED = "2018"  # the year since when tags are made in this way; it must never change


def feeds(public: PublicRecords, words: Words) -> Iterator[tuple[str, str]]:
    """(path below build/site, XML) of every feed."""
    site = public.campaign.site.address
    names = {county.code: county.name for county in public.counties}
    title = fill(words["changes"]["feed_title"], area=public.campaign.title)
    newest = public.changes[:_NEWEST]
    head = (addresses.CAMPAIGN, title, site + addresses.page("changes"))
    yield addresses.feed(addresses.CAMPAIGN), _feed(public, words, head, newest, names)
    by_county: dict[str, list[PublicChange]] = {code: [] for code in names}
    for change in public.changes:
        by_county[change.county_code].append(change)
    for code, changes in by_county.items():
        title = fill(words["changes"]["feed_title"], area=names[code])
        head = (code, title, site + addresses.county(code))
        yield addresses.feed(code), _feed(public, words, head, changes, names)


def _feed(
    public: PublicRecords,
    words: Words,
    head: tuple[str, str, str],
    changes: Sequence[PublicChange],
    names: dict[str, str],
) -> str:
    """head: the feed's name, its title and the page that it is about."""
    feed = _empty(public, words, head, max((change.day for change in changes), default=public.campaign.data_as_of))
    for change in changes:
        _entry(feed, public, words, change, names[change.county_code])
    return _text(feed)


def news_feed(public: PublicRecords, words: Words, items: Sequence[NewsItem]) -> dict[str, str]:
    """The feed of news, by its path below build/pages. An item is known by its page, which must not be renamed."""
    site, title = public.campaign.site.address, fill(words["news"]["feed_title"], area=public.campaign.title)
    latest = max((item.day for item in items), default=public.campaign.data_as_of)
    feed = _empty(public, words, (_NEWS, title, site + addresses.page(_NEWS)), latest)
    for item in items:
        entry = _add(feed, "entry")
        _add(entry, "id", f"tag:{host(public)},{_MINTED}:{item.link.removesuffix('.html')}")
        _add(entry, "title", item.title)
        _add(entry, "updated", _moment(item.day))
        _add(entry, "link", rel="alternate", type="text/html", href=site + item.link)
        _add(entry, "summary", item.summary or item.title)
    return {addresses.feed(_NEWS): _text(feed)}


def _empty(public: PublicRecords, words: Words, head: tuple[str, str, str], latest: date) -> ET.Element:
    """A feed without entries."""
    name, title, page = head
    address = public.campaign.site.address + addresses.feed(name)
    feed = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": "zh-CN"})
    _add(feed, "id", f"tag:{host(public)},{_MINTED}:feeds/{name}")
    _add(feed, "title", title)
    _add(feed, "updated", _moment(latest))
    _add(feed, "link", rel="self", type="application/atom+xml", href=address)
    _add(feed, "link", rel="alternate", type="text/html", href=page)
    _add(_add(feed, "author"), "name", public.campaign.site.footer.organiser or public.campaign.title)
    if public.campaign.data_status == "demo":
        _add(feed, "subtitle", words["common"]["demo_banner"])
    return feed


def _text(feed: ET.Element) -> str:
    ET.indent(feed, space=" ")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(feed, encoding="unicode")}\n'


def _entry(feed: ET.Element, public: PublicRecords, words: Words, change: PublicChange, county: str) -> None:
    change_line = line(change, words)
    title = fill(
        words["changes"]["entry_title"],
        county=county,
        township=change.township,
        place=change.place,
        says=change_line.says,
    )
    entry = _add(feed, "entry")
    _add(entry, "id", f"tag:{host(public)},{_MINTED}:changes/{identifier(change)}")
    _add(entry, "title", title)
    _add(entry, "updated", _moment(change.day))
    _add(entry, "link", rel="alternate", type="text/html", href=public.campaign.site.address + change_line.link)
    _add(entry, "category", term=change.kind, label=words["changes_short"][change.kind])
    _add(entry, "summary", change_line.says)


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, name, attributes)
    element.text = text or None
    return element


def _moment(day: date) -> str:
    """The beginning of a day in China."""
    return f"{day.isoformat()}T00:00:00+08:00"
