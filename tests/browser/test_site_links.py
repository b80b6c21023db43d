"""Every link and anchor of the site leads somewhere, and every village can be reached."""

import json
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import yaml
from site_kinds import open_data

LYCHEE = Path(sys.executable).with_name("lychee")
PROJECT = Path(__file__).parents[2]


def broken_links(site: Path) -> list[str]:
    """Links and anchors that lead nowhere; the site's own public address counts as the site."""
    settings = yaml.safe_load((PROJECT / "content" / "campaign.yml").read_text(encoding="utf-8"))
    here = [f"--root-dir={site}", f"--remap={settings['site']['address']} {site.as_uri()}/"]
    options = ["--offline", "--include-fragments", "--no-progress", "--format=json", *here]
    answer = subprocess.run([LYCHEE, *options, site], capture_output=True, check=False)
    report = json.loads(answer.stdout)
    assert report["successful"] > 0 or report["errors"] > 0, "no link was checked"
    return [f"{page}: {fault['url']}" for page, faults in report["error_map"].items() for fault in faults]


def test_no_link_or_anchor_is_broken(built_site: Path) -> None:
    """Over all pages, styles and sitemaps: each address of this site exists, each anchor too."""
    assert broken_links(built_site) == []


def test_a_broken_link_would_be_found(tmp_path: Path) -> None:
    """A missing page, a missing anchor and a missing page under the public address are told."""
    (tmp_path / "page.html").write_text(
        '<a href="gone.html">1</a> <a href="#gone">2</a> <a href="https://example.org/gone.html">3</a>'
        '<a href="/page.html">4</a> <h1 id="here">5</h1> <a href="#here">6</a>'
    )
    assert len(broken_links(tmp_path)) == 3


class _Links(HTMLParser):
    """Collects the addresses that a page links to."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.found: set[str | None] = set()
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found.add(dict(attrs).get("href"))


def test_every_village_has_a_page_that_its_county_links_to(built_site: Path) -> None:
    """There is a page for each village of the data and no other, and the county's page leads to it."""
    codes = {str(village["village_code"]) for village in open_data(built_site, "villages")}
    assert {path.stem for path in (built_site / "villages").iterdir()} == codes
    linked = {link for page in (built_site / "counties").iterdir() for link in _county_links(page)}
    assert linked == codes


def _county_links(page: Path) -> set[str]:
    """The codes of the villages that a county's page links to, all of them in that county."""
    links = {Path(link).stem for link in _Links(page).found if link and link.startswith("../villages/")}
    assert all(code.startswith(page.stem) for code in links)
    return links


def test_every_county_is_linked_from_the_home_page(built_site: Path) -> None:
    """The way without scripts begins on the home page: all counties are there."""
    links = _Links(built_site / "index.html").found
    assert {f"counties/{page.name}" for page in (built_site / "counties").iterdir()} <= links
