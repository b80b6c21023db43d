"""What holds for each page of the site: language, title, headings, zoom, banner; every link leads somewhere."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from lxml import html
from site_pages import open_data

from site_builder.model import campaign
from site_builder.model.campaign import DataStatus
from site_builder.shared import words

PARSER = html.HTMLParser(encoding="utf-8")
LYCHEE = Path(sys.executable).with_name("lychee")


class Outline:
    """What a page says of itself."""

    def __init__(self, path: Path) -> None:
        page = html.document_fromstring(path.read_bytes(), parser=PARSER)
        self.language = page.get("lang")
        self.viewport = "".join(page.xpath("//meta[@name='viewport']/@content"))
        self.headings = [int(heading.tag[1]) for heading in page.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
        self.links = set(map(str, page.xpath("//a/@href")))
        shown = {"title": "/html/head/title", "h1": "//h1", "note": "//*[@role='note']"}
        self.texts = {name: "".join(one.text_content() for one in page.xpath(way)) for name, way in shown.items()}


@pytest.fixture(scope="module")
def outlines(site: Path) -> dict[str, Outline]:
    """The outline of every page by its path."""
    return {page.relative_to(site).as_posix(): Outline(page) for page in sorted(site.rglob("*.html"))}


def language(path: str) -> str:
    """The language of a page by its address."""
    return "ko" if path.startswith("ko/") else "zh-CN"


def test_every_page_names_its_language_and_may_be_zoomed(outlines: dict[str, Outline]) -> None:
    """Glyphs and voices are those of the mainland; the width is the device's, and nothing forbids to enlarge."""
    assert [path for path, page in outlines.items() if page.language != language(path)] == []
    assert [path for path, page in outlines.items() if "width=device-width" not in page.viewport] == []
    forbidding = ("user-scalable", "maximum-scale")
    assert [path for path, page in outlines.items() if any(word in page.viewport for word in forbidding)] == []


def test_every_title_is_there_and_names_one_page(outlines: dict[str, Outline]) -> None:
    """No two pages have the same title, and none has an empty one."""
    titles = Counter(page.texts["title"].strip() for page in outlines.values())
    assert titles[""] == 0
    assert [title for title, pages in titles.items() if pages > 1] == []


def test_every_page_has_one_main_heading_and_leaves_out_no_level(outlines: dict[str, Outline]) -> None:
    """One h1, not empty, before all other headings; below it a level is never skipped."""
    wrong = [path for path, page in outlines.items() if page.headings[:1] != [1] or page.headings.count(1) != 1]
    wrong += [path for path, page in outlines.items() if not page.texts["h1"].strip()]
    steps = {path: zip(page.headings, page.headings[1:], strict=False) for path, page in outlines.items()}
    wrong += [path for path, pairs in steps.items() if any(later - earlier > 1 for earlier, later in pairs)]
    assert wrong == []


def test_a_demonstration_says_so_on_every_page_and_official_data_nowhere(
    root: Path, outlines: dict[str, Outline]
) -> None:
    """The banner stands on each page, the 404 page too, just while the data are invented."""
    is_demo = campaign.load(root).data_status is DataStatus.DEMO
    banner = {name: words.load(root, name)["common"]["demo_banner"] for name in ("zh-CN", "ko")}
    said = {path: banner[language(path)] in page.texts["note"] for path, page in outlines.items()}
    assert [path for path, is_said in said.items() if is_said is not is_demo] == []


def test_no_link_or_anchor_is_broken(root: Path, site: Path) -> None:
    """Over all pages, styles and sitemaps: each address of this site exists, each anchor too."""
    assert broken_links(site, campaign.load(root).site.address) == []


def test_a_broken_link_would_be_found(tmp_path: Path) -> None:
    """A missing page, a missing anchor and a missing page under the public address are reported."""
    (tmp_path / "page.html").write_text(
        '<a href="gone.html">1</a> <a href="#gone">2</a> <a href="https://example.org/gone.html">3</a>'
        '<a href="/page.html">4</a> <h1 id="here">5</h1> <a href="#here">6</a>'
    )
    assert len(broken_links(tmp_path, "https://example.org/")) == 3


def broken_links(site: Path, public: str) -> list[str]:
    """Links and anchors that lead nowhere; what stands under the site's public address counts as the site."""
    here = [f"--root-dir={site}", f"--remap={public} {site.as_uri()}/"]
    options = ["--offline", "--include-fragments", "--no-progress", "--format=json", *here]
    answer = subprocess.run([LYCHEE, *options, site], capture_output=True, check=False)
    report = json.loads(answer.stdout)
    assert report["successful"] > 0 or report["errors"] > 0, "no link was checked"
    return [f"{page}: {fault['url']}" for page, faults in report["error_map"].items() for fault in faults]


def test_every_village_can_be_reached(site: Path, outlines: dict[str, Outline]) -> None:
    """Each village of the data has a page and no other is there; its county leads to it, and home to its county."""
    codes = {str(village["village_code"]) for village in open_data(site, "villages")}
    counties = [path for path in outlines if path.startswith("counties/")]
    assert {Path(path).stem for path in outlines if path.startswith("villages/")} == codes
    links = {path: {Path(link).stem for link in outlines[path].links if "../villages/" in link} for path in counties}
    assert set().union(*links.values()) == codes
    assert all(code.startswith(Path(path).stem) for path, found in links.items() for code in found)
    assert set(counties) <= outlines["index.html"].links


def test_every_page_that_the_search_offers_is_there(site: Path) -> None:
    """Those of `find_pages` in the words: the search leads to none that was taken away."""
    pages = (site / "assets/lookup/pages.js").read_text(encoding="utf-8")
    offered = json.loads(pages.partition('["pages"]=')[2].removesuffix(";\n"))
    assert [address for address, *_ in offered if not (site / address).is_file()] == []
