"""Pages with maps in a slow browser on a slow line: when the picture is there, when the live map, and at what cost."""

from __future__ import annotations

import gzip
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, CDPSession, sync_playwright

import maps
from benchmarks.host import served
from benchmarks.measure import ROUNDS, tell

SLOWER_PROCESSOR = 4
BITS_A_SECOND = 1_600_000
LATENCY = 150  # milliseconds, as Lighthouse's slow 4G
PAGES = {
    "windows": "windows/index.html",
    "liaisons": "liaisons/index.html",
    "needs": "needs/index.html",
}
_ALONE = '<!DOCTYPE html><meta charset="utf-8"><meta name="viewport" content="width=device-width">{}'
CODE = ("county-map.css", "county-map.js", "county-table.js", "leaflet.css", "leaflet.js", "live-map.js", "counties.js")

# Notes the first frame that has the whole picture, and the first that has the live map; brings the map into view.
_WATCH = """
    window.seen = {};
    const note = (name, there) => { if (there && !(name in seen)) seen[name] = performance.now(); };
    const look = () => {
        const stage = document.querySelector(".county-map-stage");
        if ("drawn" in seen && !window.scrolled) { stage.scrollIntoView({ block: "center" }); window.scrolled = true; }
        note("drawn", document.querySelector(".county-map-credit"));
        note("live", document.querySelector(".county-map[data-state=open]")
            || document.querySelectorAll(".leaflet-overlay-pane path.leaflet-interactive").length >= 60 && !stage);
        requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
"""
_LIVE = ".county-map[data-state=open], body > .folium-map path.leaflet-interactive:nth-of-type(60)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One page: seconds until picture and live map (a page without a drawing has the live map alone), and its cost."""

    picture: float
    live: float
    bytes: int
    requests: int


Visits = Mapping[str, Visit]
"""Visits by page: those of the site, our map alone, and stock Folium's map alone."""


def built(root: Path) -> Path:
    """The site of a campaign that lies under a root, built as staff build it."""
    subprocess.run(
        [sys.executable, "-m", "site_builder", "--root", str(root), "build"], check=True, capture_output=True
    )
    return (root / "build" / "site").resolve()


def code_bytes() -> int:
    """Bytes of a live map's code, Leaflet and the county areas among it, as they travel."""
    files = maps.shared_files()
    return sum(len(gzip.compress(files[f"maps/{name}"], mtime=0)) for name in CODE)


def alone(folder: Path, made: maps.MapFiles) -> Path:
    """A folder with one map on a page that has nothing else, as stock Folium's has nothing else."""
    files = {f"assets/{name}": content for name, content in {**maps.shared_files(), **made.files}.items()}
    for name, content in {**files, "index.html": _ALONE.format(made.fragment).encode()}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def contest(folders: Mapping[str, Path]) -> Visits:
    """Visit pages of the site, our map alone and Folium's in turn, round by round; the medians."""
    found: dict[str, list[Visit]] = {}
    with ExitStack() as stack:
        browser = stack.enter_context(sync_playwright()).chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        hosts = {name: stack.enter_context(served(folder)) for name, folder in folders.items()}
        addresses = {name: f"{hosts['site']}/{path}" for name, path in PAGES.items()}
        addresses |= {name: f"{hosts[name]}/index.html" for name in ("alone", "stock")}
        for number in range(1, ROUNDS + 1):
            for name, address in addresses.items():
                found.setdefault(name, []).append(_visit(browser, address))
                tell(f"    round {number}: {name} live after {found[name][-1].live:.2f} s")
    return {name: _middle(visits) for name, visits in found.items()}


def _visit(browser: Browser, address: str) -> Visit:
    context = browser.new_context(viewport={"width": 412, "height": 823}, is_mobile=True, has_touch=True)
    page = context.new_page()
    received: list[float] = []
    requests: list[str] = []
    wire = context.new_cdp_session(page)
    _slow(wire)
    wire.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    page.on("request", lambda request: requests.append(request.url))
    page.add_init_script(_WATCH)
    page.goto(address, wait_until="commit")
    page.locator(_LIVE).first.wait_for(state="attached", timeout=60_000)  # the pages' policy forbids to wait for code
    page.wait_for_load_state("networkidle")
    seen = page.evaluate("window.seen")
    painted = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    context.close()
    return Visit(
        picture=max(painted, seen.get("drawn", seen["live"])) / 1000,  # frames begin before anything may be painted
        live=seen["live"] / 1000,
        bytes=round(sum(received)),
        requests=len(requests),
    )


def _slow(wire: CDPSession) -> None:
    wire.send("Network.enable")
    speed = BITS_A_SECOND / 8
    line = {"offline": False, "latency": LATENCY, "downloadThroughput": speed, "uploadThroughput": speed}
    wire.send("Network.emulateNetworkConditions", line)
    wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER_PROCESSOR})


def _middle(visits: Sequence[Visit]) -> Visit:
    return Visit(
        picture=median(visit.picture for visit in visits),
        live=median(visit.live for visit in visits),
        bytes=round(median(visit.bytes for visit in visits)),
        requests=round(median(visit.requests for visit in visits)),
    )
