"""Every page works from its own site alone: no request leaves it, and the browser has nothing to complain of."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Route
from rounds import sample
from site_kinds import KINDS, open_map

pytestmark = pytest.mark.needs("chromium")


def watch(page: Page) -> SimpleNamespace:
    """Keep what a page asks for and every complaint."""
    seen = SimpleNamespace(requests=[], complaints=[])

    def on_console(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            seen.complaints.append(message.text)

    page.on("request", lambda request: seen.requests.append(request.url))
    page.on("requestfailed", lambda request: seen.complaints.append(f"failed: {request.url}"))
    page.on("console", on_console)
    page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    return seen


@pytest.fixture(scope="module")
def from_disk(chromium: Browser) -> Page:
    """A browser with its network cut."""
    page = chromium.new_page()
    page.context.set_offline(True)
    return page


@pytest.fixture(scope="module")
def from_server(chromium: Browser, address: str) -> Iterator[BrowserContext]:
    """A browser that reaches nothing but this server."""
    context = chromium.new_context()

    def only_this_server(route: Route) -> None:
        if route.request.url.startswith(f"{address}/"):
            route.continue_()
        else:
            route.abort()

    context.route("**/*", only_this_server)
    yield context
    context.close()


@pytest.fixture(scope="module")
def served_page(from_server: BrowserContext) -> Page:
    """A page of that browser."""
    return from_server.new_page()


def visit(page: Page, page_address: str, kind: str) -> SimpleNamespace:
    """Open a page, wait until it is at rest, use what loads more, and scroll through it."""
    page.goto("about:blank")  # what the page before was about to ask for is not this one's
    seen = watch(page)
    page.goto(page_address, wait_until="networkidle")
    if page.locator(".county-map[data-map]").count():
        open_map(page)
    if kind == "home":
        page.locator("#find-input").fill("东安村")
        page.locator("#find-results a").first.wait_for()
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    return SimpleNamespace(requests=[*seen.requests], complaints=[*seen.complaints])


@pytest.mark.parametrize("kind", sample([kind for kind in KINDS if kind != "not found"], 6))
def test_a_page_opened_from_a_disk_works_without_a_network(
    kind: str, built_site: Path, place: dict[str, str], from_disk: Page
) -> None:
    """Copied to a disk, each kind of page reads files of the site only; only a server shows the 404 page."""
    seen = visit(from_disk, (built_site / place[kind]).as_uri(), kind)
    assert seen.complaints == []
    assert [url for url in seen.requests if not url.startswith((built_site.as_uri(), "data:"))] == []


@pytest.mark.parametrize("kind", sample(KINDS, 8))  # the tests of the site look at every kind
def test_a_served_page_asks_no_other_host(kind: str, address: str, place: dict[str, str], served_page: Page) -> None:
    """From a server, each kind of page asks that server only, and gets all it asks for."""
    seen = visit(served_page, f"{address}/{place[kind]}", kind)
    assert seen.complaints == []
    assert [url for url in seen.requests if not url.startswith((f"{address}/", "data:"))] == []


def test_a_wrong_address_deep_in_the_site_shows_the_whole_404_page(address: str, from_server: BrowserContext) -> None:
    """The page for a wrong address has its styles and working links wherever it is shown."""
    page = from_server.new_page()
    seen = watch(page)
    answer = page.goto(f"{address}/villages/2018/nowhere.html", wait_until="networkidle")
    assert answer
    assert answer.status == 404
    assert len(seen.complaints) == 1  # the browser tells of the 404 itself
    page.get_by_role("link", name="按县（市、区）查找联络员").click()
    assert page.url == f"{address}/liaisons/index.html"
    page.close()
