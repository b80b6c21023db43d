"""A pytest plugin: the browser that tests look at pages with."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from patience import END
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium, without a window; it asks nobody for anything by itself."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
            timeout=END * 1000,
        )
        browser.new_context = _patient(browser.new_context)  # type: ignore[method-assign]
        browser.new_page = _patient(browser.new_page)  # type: ignore[method-assign]
        _running.append(browser)
        yield browser
        _running.remove(browser)


_running: list[Browser] = []


@pytest.fixture(scope="module", autouse=True)
def left_open() -> Iterator[None]:
    """Close what a module's tests have left open: a forgotten page works on until the whole run ends."""
    yield
    for browser in _running:
        for context in browser.contexts:
            context.close()


@contextmanager
def borrowed(page: Page) -> Iterator[Page]:
    """A module's page for one test: a page of its own takes a process, and three times the work of one navigation.

    Nothing is left for the next test: no route, no medium, nothing that the site remembers.
    """
    yield page
    page.unroute_all()
    page.evaluate("() => { try { localStorage.clear(); sessionStorage.clear(); } catch { return; } }")
    page.emulate_media(media="null", color_scheme="null")
    page.goto("about:blank")


def _patient(make: Callable[..., Any]) -> Callable[..., Any]:
    """What is made waits as long as it takes: Playwright's own half a minute is little on a busy machine."""

    def made(**options: Any) -> BrowserContext | Page:  # noqa: ANN401  (Playwright's own options)
        context: BrowserContext | Page = make(**options)
        context.set_default_timeout(END * 1000)
        return context

    return made
