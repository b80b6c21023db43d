"""What holds for each page of the site, village pages too: language, title, heading, zoom, banner."""

from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml

WORDS = Path(__file__).parents[2] / "content" / "words" / "zh-CN.yml"


class Outline(HTMLParser):
    """What a page says of itself."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.language: str | None = None
        self.viewport: str | None = None
        self.headings: list[int] = []
        self.texts: dict[str, str] = {"title": "", "h1": "", "note": ""}
        self._inside = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what the tag says, and whose text comes next."""
        given = dict(attrs)
        if tag == "html":
            self.language = given.get("lang")
        if tag == "meta" and given.get("name") == "viewport":
            self.viewport = given.get("content")
        if tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            self.headings.append(int(tag[1]))
        self._inside = "note" if given.get("role") == "note" else tag if tag in self.texts else self._inside

    def handle_endtag(self, tag: str) -> None:
        """The text of a title, heading or note ends here."""
        if tag in {"title", "h1", "p"}:
            self._inside = ""

    def handle_data(self, data: str) -> None:
        """Keep the text of what it is inside of."""
        if self._inside:
            self.texts[self._inside] += data


@pytest.fixture(scope="module")
def outlines(built_site: Path) -> dict[str, Outline]:
    """The outline of every page by its path."""
    pages = sorted(built_site.rglob("*.html"))
    return {page.relative_to(built_site).as_posix(): Outline(page.read_text(encoding="utf-8")) for page in pages}


def test_every_page_is_in_chinese(outlines: dict[str, Outline]) -> None:
    """Every page says zh-CN, so that glyphs and voices are those of the mainland."""
    assert {path: page.language for path, page in outlines.items() if page.language != "zh-CN"} == {}


def test_every_title_is_there_and_names_one_page(outlines: dict[str, Outline]) -> None:
    """No two pages have the same title, and none has an empty one."""
    titles = Counter(page.texts["title"].strip() for page in outlines.values())
    assert titles[""] == 0
    assert [title for title, pages in titles.items() if pages > 1] == []


def test_every_page_has_one_main_heading_and_leaves_out_no_level(outlines: dict[str, Outline]) -> None:
    """One h1, not empty, before all other headings; below it a level is never skipped."""
    for path, page in outlines.items():
        assert page.headings[0] == 1, path
        assert page.headings.count(1) == 1, path
        assert page.texts["h1"].strip(), path
        steps = zip(page.headings, page.headings[1:], strict=False)
        assert all(later - earlier <= 1 for earlier, later in steps), path


def test_every_page_may_be_zoomed(outlines: dict[str, Outline]) -> None:
    """The viewport fits the device and forbids no enlarging."""
    for path, page in outlines.items():
        assert page.viewport, path
        assert "width=device-width" in page.viewport, path
        assert not any(word in page.viewport for word in ("user-scalable", "maximum-scale")), path


def test_every_page_says_that_the_data_are_invented(outlines: dict[str, Outline]) -> None:
    """While the data are for demonstration, each page carries the banner, the 404 page too."""
    banner = yaml.safe_load(WORDS.read_text(encoding="utf-8"))["common"]["demo_banner"]
    assert [path for path, page in outlines.items() if page.texts["note"].strip() != banner] == []
    assert "404.html" in outlines
