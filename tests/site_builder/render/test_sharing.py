"""What robots, messengers and home screens are told: of invented data that they are, else what a page gives."""

import json
import re
from collections.abc import Callable
from dataclasses import replace

from site_builder.model.campaign import DataStatus
from site_builder.publication.public import PublicRecords
from site_builder.render.feeds.sitemap import sitemaps
from site_builder.render.lean_pages.county_files import county_files
from site_builder.render.lean_pages.villages import village_pages
from site_builder.render.manifest import manifest
from site_builder.shared.words import Words

Public = Callable[[], PublicRecords]


def official(records: PublicRecords) -> PublicRecords:
    """The same records as official ones."""
    return replace(records, campaign=records.campaign.model_copy(update={"data_status": DataStatus.OFFICIAL}))


def test_a_demonstration_is_for_no_list(public: Public) -> None:
    """Robots are kept off, but for those that heed the noindex of a page, which they read, and makers of cards."""
    robots = dict(sitemaps(public()))["robots.txt"]
    groups = [group.split("\n") for group in robots.strip().split("\n\n")]
    assert [group[-1] for group in groups] == ["Allow: /", "Disallow: /"]
    assert {"User-agent: Googlebot", "User-agent: bingbot"} <= set(groups[0])
    assert groups[1][0] == "User-agent: *"
    assert "Sitemap" not in robots


def test_official_pages_are_for_all(public: Public) -> None:
    """With the list of all pages."""
    robots = dict(sitemaps(official(public())))["robots.txt"]
    assert robots == "User-agent: *\nAllow: /\nSitemap: https://example.org/sitemap-index.xml\n"


def test_each_title_says_whether_the_data_are_invented(public: Public, labels: Words, korean: Words) -> None:
    """Of villages, boxes and files: title, card and noindex with a demonstration's, none of them with official data."""
    for records, is_demo in ((public(), True), (official(public()), False)):
        made = {**dict(village_pages(records, labels, korean)), **dict(county_files(records, labels, korean))}
        for path, text in made.items():
            mark = korean["common"]["demo_mark"] if path.startswith("ko/") else "【演示】"
            told = re.findall(
                r"<title>(.*?)</title>|og:title\" content=\"(.*?)\"|og:site_name\" content=\"(.*?)\"", text
            )
            assert {any(part.startswith(mark) for part in parts) for parts in told} == {is_demo}, path
            assert ('<meta name="robots" content="noindex">' in text) == is_demo


def test_what_a_page_gives_stands_in_its_title(rendered: dict[str, bytes]) -> None:
    """A county's name alone says nothing: its title tells what is there; its picture is the county's own."""
    text = rendered["counties/220881.md"].decode()
    head = text.partition("\n---\n")[0]
    assert "洮南市&#65306;法律援助联络员&#12289;窗口和需求" in head
    assert 'picture: "share/220881.png"' in head
    for path, content in rendered.items():
        if path.endswith(".md"):
            assert re.search(r'^headline: "(?!")', content.decode(), re.MULTILINE), path


def test_the_manifest_names_what_is_there(public: Public, labels: Words) -> None:
    """The site's name, and icons in the sizes that a phone asks for."""
    told = json.loads(dict(manifest(public(), labels))["manifest.json"])
    assert told["name"].startswith("【演示】")
    assert told["start_url"] == "index.html"
    assert {icon["sizes"] for icon in told["icons"]} == {"192x192", "512x512"}
    assert not json.loads(dict(manifest(official(public()), labels))["manifest.json"])["name"].startswith("【")
