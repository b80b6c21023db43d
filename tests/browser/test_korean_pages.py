"""A reader of Korean goes from the Chinese home page to a village without meeting another language's page."""

import pytest
from axe import violations
from playwright.sync_api import Browser
from rounds import sample

pytestmark = pytest.mark.needs("chromium")
KINDS = [
    "ko/index.html",
    "ko/find/index.html",
    "ko/help/index.html",
    "ko/help/elderly.html",
    "ko/programme/legal-aid.html",
]


def test_the_way_to_a_village(chromium: Browser, address: str) -> None:
    """The switch leads to Korean; what is found there is a Korean page; the switch leads back to the same village."""
    page = chromium.new_page(viewport={"width": 360, "height": 740})
    page.goto(f"{address}/index.html")
    page.get_by_role("link", name="조선문").click()
    assert page.locator("html").get_attribute("lang") == "ko"
    page.locator("#find-input").fill("永庆乡富沟村")
    page.locator(".find-results a").first.wait_for()
    page.locator(".find-results a").first.click()
    page.wait_for_url("**/ko/villages/*.html")
    assert page.locator("html").get_attribute("lang") == "ko"
    name = page.locator(".name").inner_text()
    page.get_by_role("link", name="中文", exact=True).click()
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    assert page.locator(".name").inner_text() == name
    page.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_on_them(width: int, chromium: Browser, address: str) -> None:
    """As on the Chinese ones, and nothing is wider than the screen."""
    page = chromium.new_page(viewport={"width": width, "height": 740}, reduced_motion="reduce")
    found = []
    for path in KINDS if width == 360 else sample(KINDS, 2):
        page.goto(f"{address}/{path}")
        found += violations(page)
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    page.close()
    assert found == []


def test_nobody_is_lost(chromium: Browser, address: str) -> None:
    """The page that is not found says so in both languages."""
    page = chromium.new_page()
    page.goto(f"{address}/404.html")
    assert "페지를 찾을 수 없습니다" in page.locator("[lang=ko]").last.inner_text()
    page.close()
