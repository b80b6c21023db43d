"""What the tiny campaign looks like, to the byte. `make bless` accepts a change after it was looked at."""

import re
from collections.abc import Callable

import pytest

PAGES = [
    "index.md",
    "find/index.md",
    "ko/index.md",
    "ko/find/index.md",
    "liaisons/index.md",
    "liaisons/2208.md",
    "counties/220104.md",
    "counties/220881.md",
    "windows/index.md",
    "windows/W-220881-2018.md",
    "needs/index.md",
    "needs/survey.md",
    "materials/index.md",
    "materials/deliveries.md",
    "changes/index.md",
    "changes/2018-05.md",
    "reports/2018-06.md",
    "reports/index.md",
    "standing/index.md",
    "data/index.md",
    "data/changes.csv",
    "data/progress.json",
    "hsds/datapackage.json",
    "hsds/services.csv",
    "hsds/contacts.csv",
    "about/index.md",
    "data/datapackage.json",
    "data/liaisons.csv",
    "about/publication.md",
    "about/coverage.md",
    "visits/index.md",
    "stations/index.md",
    "cases/index.md",
    "feedback/index.md",
    "news/index.md",
    "feeds/news.xml",
    "data/needs_by_area.csv",
    "data/needs_by_area.json",
    "data/surveys_by_area.csv",
]
OWN = [
    "embed/220881.html",
    "offline/220881.html",
    "feeds/campaign.xml",
    "calendar/220881.ics",
    "assets/lookup/index.js",
    "assets/lookup/names-220881.js",
    "assets/lookup/names-r.js",
    "villages/220881100200.html",
    "villages/220882202203.html",
    "villages/220882202204.html",
    "sitemap-villages-1.xml",
    "sitemap-index.xml",
    "robots.txt",
    "manifest.json",
    "ko/villages/220882202203.html",
]

pytestmark = pytest.mark.golden


def test_each_is_named_once() -> None:
    """A file named twice would stand for one that nobody looks at."""
    assert len({*PAGES, *OWN}) == len(PAGES) + len(OWN)


@pytest.mark.parametrize("name", PAGES)
def test_pages_for_the_site_tool(
    rendered: dict[str, bytes], same_as_expected: Callable[[str, bytes], None], name: str
) -> None:
    """Markdown pages, downloads and the lookup of the tiny campaign; of the maps all but the lines of the areas."""
    same_as_expected(name, re.sub(rb' d="M[^"]{80,}"', b' d="M\xe2\x80\xa6"', rendered[name]))


@pytest.mark.parametrize("name", OWN)
def test_our_own_pages(rendered: dict[str, bytes], same_as_expected: Callable[[str, bytes], None], name: str) -> None:
    """Village pages (served, with a platform, vacant) and sitemaps of the tiny campaign."""
    same_as_expected(name, rendered[name])
