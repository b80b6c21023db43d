"""A reader who has never seen the notice gets from the home page to what people ask for in three taps."""

from pathlib import Path
from urllib.parse import urldefrag, urljoin

import pytest
from lxml import html
from playwright.sync_api import Browser
from site_kinds import as_of
from site_pages import open_data

HOME = "index.html"
TAPS = 3
PARSER = html.HTMLParser(encoding="utf-8")


def links(path: Path, name: str) -> list[str]:
    """Where the links of a page's content lead: those of the navigation are no answer to a question."""
    page = html.document_fromstring(path.read_bytes(), parser=PARSER)
    found = (str(link) for link in page.xpath("//a[ancestor::article or ancestor::main]/@href"))
    return [urldefrag(urljoin(name, link)).url for link in found if link and ":" not in link]


@pytest.fixture(scope="module")
def taps(built_site: Path) -> dict[str, int]:
    """How many taps each page is away from the home page, up to three, by the links of the pages' contents."""
    away, edge = {HOME: 0}, [HOME]
    for tap in range(1, TAPS + 1):
        pages = [page for page in edge if page.endswith(".html")]
        edge = sorted({to for page in pages for to in links(built_site / page, page)} - set(away))
        away |= dict.fromkeys(edge, tap)
    return away


def test_every_window_is_near(taps: dict[str, int], built_site: Path) -> None:
    """The windows' list is one tap away, each window two, or one while its move is news."""
    assert taps["windows/index.html"] == 1
    windows = [f"windows/{window['window_id']}.html" for window in open_data(built_site, "windows")]
    assert {taps[window] for window in windows} <= {1, 2}


def test_every_liaison_is_near(taps: dict[str, int], built_site: Path) -> None:
    """Without typing anything: county, then village, which names its liaison."""
    villages = [f"villages/{village['village_code']}.html" for village in open_data(built_site, "villages")]
    assert max(taps.get(village, TAPS + 1) for village in villages) <= 2


@pytest.mark.parametrize(
    ("page", "most"),
    [
        ("help/migrant-workers.html", 1),
        ("help/elderly.html", 1),
        ("help/disabled.html", 1),
        ("help/left-behind-women.html", 1),
        ("help/left-behind-children.html", 1),
        ("programme/legal-aid.html", 1),
        ("visits/index.html", 1),
        ("stations/index.html", 1),
        ("feedback/index.html", 1),
        ("news/index.html", 1),
        ("help/criminal-defence.html", 2),
        ("cases/index.html", 2),
        ("about/coverage.html", 3),
        ("programme/notice.html", 3),
    ],
)
def test_what_people_ask_for_is_near(taps: dict[str, int], page: str, most: int) -> None:
    """Help for each group, the bus, the stations: so many taps and no more."""
    assert taps[page] <= most


def test_what_changed_lately_is_near(taps: dict[str, int], built_site: Path) -> None:
    """The newest month in which anything changed is one tap away."""
    months = sorted(path.name for path in (built_site / "changes").glob("2*.html"))
    assert taps[f"changes/{months[-1]}"] == 1


@pytest.mark.needs("chromium")
def test_the_bus_is_found_by_tapping_on_a_phone(chromium: Browser, address: str, built_site: Path) -> None:
    """On a small phone: from home to the dates, where the next round after the day of the data stands first."""
    page = chromium.new_page(viewport={"width": 360, "height": 640})
    page.goto(f"{address}/{HOME}")
    page.get_by_role("link", name="直通车什么时候来").click()
    page.wait_for_url("**/visits/index.html")
    day, rounds = as_of(built_site), {"legal_aid_bus", "home_visit", "team_visit"}
    ahead = [r for r in open_data(built_site, "activities") if r["kind"] in rounds and str(r["held_on"]) > day]
    times = page.locator("#ahead ~ .table-scroll time, #later time, details:has(#later) time")
    days = times.evaluate_all("all => all.map(t => t.dateTime)")
    assert page.locator("#ahead ~ .table-scroll time").first.is_visible()
    assert days == sorted(str(row["held_on"]) for row in ahead)
    page.close()
