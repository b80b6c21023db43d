"""From the home page to a name on slow 3G, in a real browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, sync_playwright

from benchmarks.host import served
from benchmarks.measure import tell

BITS_A_SECOND = 400_000
LATENCY = 400  # milliseconds
ROUNDS = 5

# Types as soon as there is a box to type in; notes when there was, and when the first result stands in the list.
_TYPE = """
    window.seen = {};
    const look = () => {
        const box = document.querySelector("[data-find]:not([hidden]) input");
        if (box && !seen.box) {
            seen.box = performance.now();
            box.value = TEXT;
            box.dispatchEvent(new InputEvent("input"));
        }
        if (!document.querySelector("#find-results [role=option]")) return requestAnimationFrame(look);
        seen.listed = performance.now();
    };
    requestAnimationFrame(look);
"""
# Resolves to when a page was first painted. A page's own policy lets nothing be evaluated from a text in it again.
_PAINTED = """
    new Promise(resolve => {
        const look = () => {
            const [paint] = performance.getEntriesByName("first-contentful-paint");
            if (paint) resolve(paint.startTime); else requestAnimationFrame(look);
        };
        look();
    })
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Seconds since the home page was asked for: the box, the liaison's name in the list, the village's page."""

    box: float
    listed: float
    page: float


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium, without a window."""
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])


def home_to_name(browser: Browser, site: Path, text: str) -> Visit:
    """The medians of visits with an empty cache to somebody who types a text at once and opens the first result."""
    with served(site) as address:
        visits = [_visit(browser, f"{address}/index.html", text) for _ in range(ROUNDS)]
    return Visit(
        box=median(visit.box for visit in visits),
        listed=median(visit.listed for visit in visits),
        page=median(visit.page for visit in visits),
    )


def _visit(browser: Browser, address: str, text: str) -> Visit:
    context = browser.new_context(viewport={"width": 360, "height": 640}, is_mobile=True, has_touch=True)
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    speed = BITS_A_SECOND / 8
    line = {"offline": False, "latency": LATENCY, "downloadThroughput": speed, "uploadThroughput": speed}
    wire.send("Network.emulateNetworkConditions", line)
    page.add_init_script(_TYPE.replace("TEXT", json.dumps(text)))
    page.goto(address, wait_until="commit")
    page.locator("#find-results [role=option] span").first.wait_for()
    seen = page.evaluate("window.seen")
    page.locator("#find-results [role=option]").first.click()
    page.locator(".liaison .name").wait_for()
    opened: float = page.evaluate(_PAINTED)
    context.close()
    found = Visit(box=seen["box"] / 1000, listed=seen["listed"] / 1000, page=(seen["listed"] + opened) / 1000)
    tell(f"    listed after {found.listed:.2f} s, opened after {found.page:.2f} s")
    return found
