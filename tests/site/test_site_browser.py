"""One page of each kind that the site has, on a phone: it asks nobody else, complains of nothing, and fits."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe import violations
from playwright.sync_api import Browser, BrowserContext, Route
from site_pages import kinds

pytestmark = pytest.mark.needs("chromium", "nodejs", "npm")


@pytest.fixture(scope="module")
def phone(chromium: Browser, address: str) -> Iterator[BrowserContext]:
    """A phone that reaches nothing but this site; without animations, which axe would catch half way."""
    context = chromium.new_context(viewport={"width": 360, "height": 640}, reduced_motion="reduce")

    def only_this_site(route: Route) -> None:
        if route.request.url.startswith(f"{address}/"):
            route.continue_()
        else:
            route.abort()

    context.route("**/*", only_this_site)
    yield context
    context.close()


def complaints(phone: BrowserContext, address: str, path: str) -> list[str]:
    """What is wrong with a page: what it asked for in vain or elsewhere, its errors, axe's findings, its width."""
    page = phone.new_page()
    found: list[str] = []
    page.on("requestfailed", lambda request: found.append(f"failed: {request.url}"))
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("console", lambda message: found.append(message.text) if message.type in {"error", "warning"} else None)
    page.goto(f"{address}/{path}", wait_until="networkidle")
    found += violations(page)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append("wider than the screen")
    page.close()
    return found


def test_every_kind_of_page_is_sound(site: Path, phone: BrowserContext, address: str) -> None:
    """Nothing leaves the site or fails, nothing is logged, axe finds nothing by day or night, nothing is too wide."""
    seen = {kind: complaints(phone, address, path.as_posix()) for kind, path in kinds(site).items()}
    assert len(seen) > 20
    assert {kind: found for kind, found in seen.items() if found} == {}


def test_a_fault_would_be_seen(site: Path, phone: BrowserContext, address: str) -> None:
    """The control: a page with a picture from elsewhere, without words and too wide, is complained of thrice."""
    body = '<html lang="zh-CN"><title>x</title><main><h1>x</h1><img src="https://elsewhere.example/a.png" width="900">'
    phone.route(f"{address}/faulty.html", lambda route: route.fulfill(body=body, content_type="text/html"))
    found = " ".join(complaints(phone, address, "faulty.html"))
    assert "failed: https://elsewhere.example/a.png" in found
    assert "image-alt" in found
    assert "wider than the screen" in found
