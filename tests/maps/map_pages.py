"""What the browser tests of maps do with a page."""

from map_examples import WORDS
from patience import until
from playwright.sync_api import Locator, Page

from maps import county_codes

# What a reader's browser says when the reader saves data: nothing is then opened unasked.
SAVES_DATA = 'Object.defineProperty(navigator, "connection", { value: { saveData: true } })'


def first_map(page: Page) -> Locator:
    return page.locator(".county-map").first


def said(page: Page) -> str:
    return first_map(page).locator(".county-map-said").inner_text()


def open_map(page: Page) -> None:
    first_map(page).get_by_role("button", name=WORDS.open_map).click()
    page.wait_for_selector(".county-map[data-state=open]")
    page.mouse.move(0, 0)  # off the map, whose labels follow the mouse


def wait_until(page: Page, truth: str) -> None:
    """Wait for an expression to hold; Playwright's own way is forbidden by the policy, which knows no eval."""
    until(lambda: bool(page.evaluate(truth)))


def expected_text(code: str) -> str:
    """What is said of a county of the example with a figure of its own."""
    return f"第{code}县 {10 + county_codes().index(code) ** 2:,}件"
