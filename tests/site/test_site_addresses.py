"""Where each page says that it stands: one address, the same in the sitemaps, and its twin in the other language."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from lxml import etree, html

from site_builder.model import campaign
from site_builder.publish.browsers import expected

ANY = "x-default"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a page says of itself. twins: addresses by language; led_to: languages that a reader finds a way to."""

    language: str
    canonical: list[str]
    twins: Mapping[str, str]
    led_to: frozenset[str]


def said(page: Path) -> Said:
    """As a parser of HTML has it."""
    document = html.parse(str(page), html.HTMLParser(encoding="utf-8")).getroot()
    alternates = document.xpath("//head/link[@rel='alternate'][@hreflang]")
    return Said(
        language=document.get("lang"),
        canonical=document.xpath("//head/link[@rel='canonical']/@href"),
        twins={each.get("hreflang"): each.get("href") for each in alternates},
        led_to=frozenset(document.xpath("//body//a[@class='language']/@hreflang")),
    )


def twin_faults(pages: Mapping[str, Said]) -> list[str]:
    """What is wrong with the twins that pages name. pages: by their full address."""
    faults = []
    for address, page in pages.items():
        languages = page.twins.keys() - {ANY}
        if page.twins and page.twins.get(page.language) != address:
            faults.append(f"{address} is not its own {page.language}")
        if page.twins and page.twins.get(ANY) != page.twins.get("zh-CN"):
            faults.append(f"{address}: who reads neither is not led to the Chinese page")
        if page.led_to != languages - {page.language}:
            faults.append(f"{address} has no way to the other language, or to one that is not there")
        for language, twin in page.twins.items():
            there = pages.get(twin)
            if there is None or there.twins != page.twins or language not in {there.language, ANY}:
                faults.append(f"{address}: {twin} does not point back")
    return faults


@pytest.fixture(scope="module")
def pages(root: Path, site: Path) -> dict[str, Said]:
    """What every page says of itself, by its full address."""
    base = campaign.load(root).site.address
    return {f"{base}{page.relative_to(site).as_posix()}": said(page) for page in sorted(site.rglob("*.html"))}


def test_pages_in_two_languages_point_at_each_other(pages: dict[str, Said]) -> None:
    """Robots by hreflang, readers by a link; every page in Korean has its Chinese twin, and no twin is a third page."""
    assert twin_faults(pages) == []
    assert [address for address, page in pages.items() if page.language == "ko" and "zh-CN" not in page.twins] == []


def test_a_twin_that_does_not_point_back_would_be_found() -> None:
    """Of a page whose twin names no other, is not there, or has another address than it says."""
    twins = {"zh-CN": "a", "ko": "b", ANY: "a"}
    chinese = Said(language="zh-CN", canonical=["a"], twins=twins, led_to=frozenset({"ko"}))
    korean = Said(language="ko", canonical=["b"], twins=twins, led_to=frozenset({"zh-CN"}))
    assert twin_faults({"a": chinese, "b": korean}) == []
    alone = Said(language="ko", canonical=["b"], twins={}, led_to=frozenset())
    assert twin_faults({"a": chinese, "b": alone}) == ["a: b does not point back"]
    assert twin_faults({"a": chinese}) == ["a: b does not point back"]
    assert "c is not its own zh-CN" in twin_faults({"c": chinese, "b": korean})


def test_each_page_has_one_address(pages: dict[str, Said]) -> None:
    """All but the 404 page say one; it is a page that says the same, and the one that its twin knows."""
    without = [address for address, page in pages.items() if len(page.canonical) != 1]
    assert [address.rpartition("/")[2] for address in without] == ["404.html"]
    ways = {address: page.canonical[0] for address, page in pages.items() if page.canonical}
    assert [address for address, there in ways.items() if ways.get(there) != there] == []
    twins = {address: page for address, page in pages.items() if page.twins}
    assert [address for address, page in twins.items() if page.canonical != [address]] == []


def test_sitemaps_name_pages_by_that_address(root: Path, site: Path, pages: dict[str, Said]) -> None:
    """None that calls itself by another, none twice; the index names the sitemaps."""
    maps = {path.name: etree.parse(path).getroot() for path in site.glob("sitemap*.xml")}
    index = maps.pop("sitemap-index.xml")
    base = campaign.load(root).site.address
    assert [each.text for each in index.iter(f"{SITEMAP}loc")] == [f"{base}{name}" for name in sorted(maps, key=len)]
    named = [each.text or "" for sitemap in maps.values() for each in sitemap.iter(f"{SITEMAP}loc")]
    assert [address for address in named if address not in pages or pages[address].canonical != [address]] == []
    assert len(named) == len(set(named)) > 1


def test_every_file_is_of_a_kind_that_servers_are_told_of(site: Path) -> None:
    """A file of another kind would arrive as something to be saved: name its type in `TYPES`, and try it."""
    files = [path.relative_to(site) for path in site.rglob("*") if path.is_file()]
    assert [str(path) for path in files if path.suffix not in expected.TYPES] == []
