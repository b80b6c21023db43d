"""One page of each kind that the site has, on a phone: it asks nobody else, complains of nothing, and fits."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe import show, violations
from playwright.sync_api import Browser, Page, ProxySettings
from site_pages import kinds

pytestmark = pytest.mark.needs("chromium", "nodejs", "npm")
NOBODY = ProxySettings(server="http://127.0.0.1:9", bypass="127.0.0.1")
IS_WIDE = "document.documentElement.scrollWidth > innerWidth"


@pytest.fixture(scope="module")
def said() -> list[str]:
    """What the phone complains of, as it comes."""
    return []


@pytest.fixture(scope="module")
def phone(chromium: Browser, said: list[str]) -> Iterator[Page]:
    """A phone that reaches nothing but this site; without animations, which axe would catch half way.

    One page shows all in turn: a page of its own takes a process, and as long again as what it shows. Others are asked
    by way of a proxy that is not there: to stop each request by hand would take the browser its memory, too.
    """
    context = chromium.new_context(viewport={"width": 360, "height": 640}, reduced_motion="reduce", proxy=NOBODY)
    page = context.new_page()
    page.on("requestfailed", lambda request: said.append(f"failed: {request.url}"))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
    yield page
    context.close()


def complaints(page: Page, said: list[str], address: str, path: str) -> list[str]:
    """What is wrong with a page: what it asked for in vain or elsewhere, its errors, axe's findings, its width."""
    page.goto("about:blank")  # what the page before was about to ask for is not this one's
    show(page, "light")
    said.clear()
    page.goto(f"{address}/{path}")
    if page.locator(".county-map").count():  # it opens by itself, and axe would catch it half way
        page.wait_for_load_state("networkidle")
    is_wide = page.evaluate(IS_WIDE)
    found = violations(page)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    if is_wide or page.evaluate(IS_WIDE):
        found.append("wider than the screen")
    page.wait_for_load_state("networkidle")  # by now it is, nearly always: to wait for it first would take 36 s
    return [*said, *found]


def test_every_kind_of_page_is_sound(site: Path, phone: Page, said: list[str], address: str) -> None:
    """Nothing leaves the site or fails, nothing is logged, axe finds nothing by day or night, nothing is too wide."""
    seen = {kind: complaints(phone, said, address, path.as_posix()) for kind, path in kinds(site).items()}
    assert len(seen) > 20
    assert {kind: found for kind, found in seen.items() if found} == {}


def test_a_fault_would_be_seen(site: Path, phone: Page, said: list[str], address: str) -> None:
    """The control: a page with a picture from elsewhere, without words and too wide, is complained of thrice."""
    body = '<html lang="zh-CN"><title>x</title><main><h1>x</h1><img src="https://elsewhere.example/a.png" width="900">'
    phone.context.route(f"{address}/faulty.html", lambda route: route.fulfill(body=body, content_type="text/html"))
    found = " ".join(complaints(phone, said, address, "faulty.html"))
    assert "failed: https://elsewhere.example/a.png" in found
    assert "image-alt" in found
    assert "wider than the screen" in found
