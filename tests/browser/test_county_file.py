"""A county's file for where there is no network: it speaks of keys only where there are some."""

import pytest
from playwright.sync_api import Browser

pytestmark = pytest.mark.needs("chromium")


@pytest.mark.parametrize("is_phone", [True, False])
def test_keys_are_named_where_there_are_some(
    is_phone: bool, chromium: Browser, address: str, place: dict[str, str]
) -> None:
    """On a phone, which has none, it says how to find a village by hand."""
    context = chromium.new_context(viewport={"width": 360, "height": 740}, is_mobile=is_phone, has_touch=is_phone)
    page = context.new_page()
    page.goto(f"{address}/{place['county in a file']}")
    said = page.locator("main").inner_text()
    assert ("Ctrl+F" in said) != is_phone
    assert ("浏览器菜单" in said) == is_phone
    context.close()
