"""Sitemaps of the village pages, apart from the site tool's own: a click on a village must load the page itself."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import escape

from site_builder.model.campaign import DataStatus
from site_builder.publication import addresses
from site_builder.publication.public import PublicRecords

_MOST_IN_ONE = 50_000  # the protocol's limit
# Invented data are for no list. Who heeds the noindex of a page has to read it, so that what others link to is left out
# too, and so has who makes cards of shared links; of all others not all know noindex.
_READERS = ("Googlebot", "bingbot", "Twitterbot", "facebookexternalhit", "LinkedInBot", "TelegramBot")
_ROBOTS_OF_DEMO = "".join(f"User-agent: {name}\n" for name in _READERS) + "Allow: /\n\nUser-agent: *\nDisallow: /\n"
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemaps(public: PublicRecords) -> Iterator[tuple[str, str]]:
    """(path below build/site, XML): the village sitemaps, their index, and robots.txt naming the index."""
    base = public.campaign.site.address
    day = public.campaign.data_as_of.isoformat()
    found = [addresses.village(village.code) for county in public.counties for village in county.villages]
    korean = set(public.campaign.korean_counties)
    found += [addresses.korean(path) for path in found if path.rpartition("/")[2][:6] in korean]
    names = ["sitemap.xml"]
    for start in range(0, len(found), _MOST_IN_ONE):
        name = addresses.village_sitemap(start // _MOST_IN_ONE + 1)
        pages = (base + path for path in found[start : start + _MOST_IN_ONE])
        yield name, _xml("urlset", "url", pages, day)
        names.append(name)
    yield addresses.SITEMAPS, _xml("sitemapindex", "sitemap", (base + name for name in names), day)
    yield "robots.txt", _ROBOTS_OF_DEMO if public.campaign.data_status is DataStatus.DEMO else _robots(base)


def _robots(base: str) -> str:
    return f"User-agent: *\nAllow: /\nSitemap: {base}{addresses.SITEMAPS}\n"


def _xml(root: str, item: str, addresses: Iterator[str], day: str) -> str:
    rows = "\n".join(f"<{item}><loc>{escape(url)}</loc><lastmod>{day}</lastmod></{item}>" for url in addresses)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{_NAMESPACE}">\n{rows}\n</{root}>\n'
