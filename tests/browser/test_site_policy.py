"""The content policy of each kind of page, in force in a browser: what somebody smuggled into a page does not run."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from browsers import borrowed
from patience import until
from playwright.sync_api import Browser, Page, Route
from rounds import sample
from site_kinds import KINDS

pytestmark = pytest.mark.needs("chromium")
# Each way to run a script, to lead relative links astray, to send a form away, or to load from elsewhere.
SMUGGLED = """
<base href="https://elsewhere.example/">
<script>window.ran = "inline"</script>
<script src="data:text/javascript,window.ran='data'"></script>
<script src="https://elsewhere.example/x.js"></script>
<img src="x:" onerror="window.ran = 'handler'">
<svg onload="window.ran = 'svg'"></svg>
<iframe srcdoc="<script>parent.ran = 'frame'</script>"></iframe>
<object data="data:text/html,<script>parent.ran='object'</script>"></object>
<link rel="stylesheet" href="https://elsewhere.example/x.css">
<style>body { display: none }</style>
<p id="styled" style="color: red">x</p>
<a id="link" href="javascript:window.ran='link'">x</a>
<form action="https://elsewhere.example/"><button id="send">x</button></form>
"""


@pytest.fixture(scope="module")
def tab(chromium: Browser) -> Page:
    """A browser's page for all tests of this module."""
    return chromium.new_page()


@pytest.fixture
def page(tab: Page) -> Iterator[Page]:
    """A page with nothing in it."""
    with borrowed(tab) as page:
        yield page


@pytest.mark.parametrize("kind", sample(KINDS, 8))
def test_what_was_smuggled_into_a_page_does_nothing(
    kind: str, page: Page, address: str, built_site: Path, place: dict[str, str]
) -> None:
    """No script of any kind runs, nothing is asked for elsewhere, nothing is styled, and no form is sent."""
    body = (built_site / place[kind]).read_text(encoding="utf-8").replace("</body>", SMUGGLED + "</body>")

    def answer(route: Route) -> None:
        route.fulfill(body=body, content_type="text/html; charset=utf-8")

    page.route(f"{address}/{place[kind]}", answer)
    stopped = []
    page.on("requestfailed", lambda request: stopped.append((request.url, request.failure)))
    page.on("requestfinished", lambda request: stopped.append((request.url, "finished")))
    page.goto(f"{address}/{place[kind]}", wait_until="load")
    page.evaluate("document.getElementById('link').click(); document.getElementById('send').click()")
    page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done)))")  # what waited has had its turn
    assert page.evaluate("window.ran") is None
    elsewhere = {url: why for url, why in stopped if url.startswith("https://elsewhere.example/")}
    assert set(elsewhere.values()) == {"csp"}, elsewhere  # reported, and never sent
    assert page.url == f"{address}/{place[kind]}"
    assert page.evaluate("getComputedStyle(document.body).display") != "none"
    assert page.evaluate("getComputedStyle(document.getElementById('styled')).color") != "rgb(255, 0, 0)"
    assert page.evaluate("document.baseURI") == f"{address}/{place[kind]}"


def test_without_a_policy_it_would(chromium: Browser, address: str) -> None:
    """The control: on a page without a policy the very same runs."""
    page = chromium.new_page()
    page.route(f"{address}/bare.html", lambda route: route.fulfill(body=SMUGGLED, content_type="text/html"))
    page.goto(f"{address}/bare.html", wait_until="load")
    until(lambda: bool(page.evaluate("window.ran")))
    assert page.evaluate("document.baseURI") == "https://elsewhere.example/"
    page.close()
