"""The built site of a campaign whose every text is hostile, in a real browser: nothing runs, all is shown as it is."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hostile_campaign import all_cells, county_codes, make_root
from hostile_pages import HIT, Visit, expected, look, public_records, watched
from jinja2 import Environment
from markupsafe import Markup
from patience import until
from playwright.sync_api import Browser, BrowserContext, Page
from rounds import IS_LONG, sample
from site_kinds import open_map
from site_pages import served

from site_builder.build import build
from site_builder.publication.public import PublicRecords

pytestmark = pytest.mark.needs("chromium")
CONTROL = 16 if IS_LONG else 8  # counties of the control: cells enough that run

OPEN_FRAMES = """async (addresses) => {
  for (const address of addresses) {
    const frame = document.createElement("iframe");
    const loaded = new Promise((done) => frame.addEventListener("load", done));
    frame.src = address;
    document.body.append(frame);
    await loaded;
  }
}"""
# Whoever watches for what comes into view has had their turn.
LOOKED_AT = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"
KINDS = (
    "index",
    "liaisons/index",
    "needs/index",
    "materials/index",
    "materials/deliveries",
    "windows/index",
    "404",
    "about/index",
    "stations/index",
    "feedback/index",
)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hostile campaign, built; what its cells would make on this machine would lie in the folder at hand."""
    folder = make_root(tmp_path_factory.mktemp("hostile"))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        build(folder, "0" * 64, report=lambda step: None)
    return folder


@pytest.fixture(scope="module")
def public(root: Path) -> PublicRecords:
    return public_records(root)


@pytest.fixture(scope="module")
def address(root: Path) -> Iterator[str]:
    with served((root / "build" / "site").resolve()) as address:
        yield address


@pytest.fixture(scope="module")
def without_policy(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser that heeds no content policy: whatever is not escaped runs."""
    context = chromium.new_context(bypass_csp=True)
    context.add_init_script(HIT)
    yield context
    context.close()


@pytest.fixture(scope="module")
def with_policy(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context()
    context.add_init_script(HIT)
    yield context
    context.close()


def visits(context: BrowserContext, address: str, paths: list[str]) -> dict[str, Visit]:
    """What is seen of each page, opened as a reader opens it and left when its maps are through.

    Each in a tab of its own: a map that is opening when its page is left complains that its scripts did not come, and
    the next page would be blamed for it.
    """
    found = {}
    for path in paths:
        page, requests, complaints = watched(context)
        page.goto(f"{address}/{path}")
        page.evaluate(LOOKED_AT)
        until(lambda page=page: page.locator(".county-map[data-state=opening]").count() == 0)  # type: ignore[misc]
        found[path] = look(page)
        found[path].requests = [each.url for each in requests if not each.url.startswith((f"{address}/", "data:,"))]
        found[path].complaints = list(complaints)
        page.close()
    return found


def framed(context: BrowserContext, address: str, paths: list[str]) -> dict[str, Visit]:
    """The same of many pages, a dozen side by side in frames, which takes a third of the time."""
    page, requests, _ = watched(context)
    found: dict[str, Visit] = {}
    for start in range(0, len(paths), 12):
        some = paths[start : start + 12]
        page.goto(f"{address}/robots.txt")
        page.evaluate(OPEN_FRAMES, [f"{address}/{path}" for path in some])
        found |= {path: look(frame) for path, frame in zip(some, page.frames[1:], strict=True)}
    found[paths[0]].requests = [each.url for each in requests if not each.url.startswith((f"{address}/", "data:,"))]
    page.close()
    return found


def test_no_cell_ran_anything_on_the_machine_that_built_the_site(root: Path) -> None:
    """No file or folder was made by a cell, neither in the folder at hand nor above or below it."""
    assert [path for folder in (root, root.parent) for path in folder.rglob("*.ran*")] == []


def test_every_page_shows_every_cell_and_runs_none(
    address: str, public: PublicRecords, without_policy: BrowserContext
) -> None:
    """On each page, without the help of the policy: no script, no foreign address, each text as it was entered."""
    texts = expected(public)
    seen = framed(without_policy, address, list(texts))
    assert {path: visit.hits for path, visit in seen.items() if visit.hits} == {}
    assert {path: visit.wrong for path, visit in seen.items() if visit.wrong} == {}
    assert {path: visit.requests for path, visit in seen.items() if visit.requests} == {}
    assert {path: visit.scripts for path, visit in seen.items() if visit.scripts} == {}
    lost = {path: [text for text in texts[path] if text not in visit.text] for path, visit in seen.items()}
    assert {path: missing for path, missing in lost.items() if missing} == {}
    everything = "\n".join(visit.text for visit in seen.values())
    assert [cell for cell in all_cells() if cell not in everything] == []


def test_the_policy_has_nothing_to_complain_of(
    address: str, public: PublicRecords, with_policy: BrowserContext
) -> None:
    """One page of each kind with the policy in force: everything works, nothing was in need of being stopped."""
    county = public.counties[0]
    paths = [f"{kind}.html" for kind in KINDS if kind != "404"]
    paths += [f"counties/{county.code}.html", f"windows/{county.windows[0].window_id}.html"]
    paths += [f"{folder}/{county.code}.html" for folder in ("embed", "offline")]
    paths += [f"villages/{county.villages[0].code}.html", "standing/index.html", "changes/index.html"]
    seen = visits(with_policy, address, paths)
    assert {path: visit.complaints for path, visit in seen.items() if visit.complaints} == {}


def test_the_live_map_shows_names_as_text(address: str, public: PublicRecords, without_policy: BrowserContext) -> None:
    """Each county that the mouse goes over is reported by its name as it is."""
    page, _, complaints = watched(without_policy)
    page.goto(f"{address}/liaisons/index.html")
    open_map(page)
    drawn = {county.name for county in public.counties}
    reported = page.evaluate("Object.values(window.countyMaps.data.liaisons.counties).map(([name]) => name)")
    assert set(reported) <= drawn
    assert len(reported) == 60
    heard = walked(page)
    assert [label for label in heard if not any(label.startswith(f"{name} ") for name in drawn)] == []
    assert len(heard) > 20
    assert page.evaluate("window.hits") == []
    assert complaints == []
    page.close()


def walked(page: Page) -> set[str]:
    """The names that the map's label shows when the mouse goes over each county in turn."""
    return set(
        page.evaluate(
            """() => [...document.querySelectorAll(".county-map-live path.county")].map((area) => {
                 const box = area.getBoundingClientRect();
                 const where = { bubbles: true, clientX: box.x + box.width / 2, clientY: box.y + box.height / 2 };
                 area.dispatchEvent(new MouseEvent("mouseover", where));
                 area.dispatchEvent(new MouseEvent("mousemove", where));
                 const label = document.querySelector(".county-map-label");
                 return label ? label.textContent.trim() : "";
               })"""
        )
    )


def test_the_find_box_shows_names_as_text(address: str, public: PublicRecords, without_policy: BrowserContext) -> None:
    """Every cell that stands as a village's name is listed as text when its first letters are typed."""
    page, _, complaints = watched(without_policy)
    page.goto(f"{address}/index.html")
    for county in sample(public.counties, 20):
        name = county.villages[0].name
        page.locator("#find-input").fill("")
        page.locator("#find-input").fill(name)
        page.locator("#find-results a").first.wait_for()
        shown = page.locator("#find-results [role=option]").all_text_contents()
        assert any(line.startswith(f"{name} {county.name} ") for line in shown), name
    assert page.evaluate("window.hits") == []
    assert page.locator("#find-results a *:not(b, small, span)").count() == 0
    assert complaints == []
    page.close()


# ---- the test bites


def unescaping(**settings: Any) -> Environment:  # noqa: ANN401
    """A template environment that trusts what it prints."""
    return Environment(**{**settings, "autoescape": False})  # noqa: S701  (the control)


def trusted(value: object) -> Markup:
    """What escapes nothing."""
    return Markup(str(value))  # noqa: S704  (the control)


@pytest.fixture(scope="module")
def unescaped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Some counties of the same campaign, built with escaping switched off in Markdown and in HTML."""
    folder = make_root(tmp_path_factory.mktemp("unescaped"), CONTROL)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setattr("site_builder.render.environment.encoded", trusted)
        patch.setattr("site_builder.render.lean_pages.villages.escape", trusted)
        patch.setattr("site_builder.render.environment.Environment", unescaping)
        patch.setattr("site_builder.site.prose_html.problems", lambda *_: iter(()))  # it would refuse every page
        build(folder, "0" * 64, report=lambda step: None)
    with served((folder / "build" / "site").resolve()) as address:
        yield address


def paths_of_control() -> list[str]:
    codes = county_codes()[:CONTROL]
    return [path for code in codes for path in (f"counties/{code}.html", f"villages/{code}100200.html")]


def test_without_escaping_and_policy_cells_run(
    unescaped: str, public: PublicRecords, without_policy: BrowserContext
) -> None:
    """The control: with escaping switched off many cells run on both kinds of page, and texts are lost."""
    seen = visits(without_policy, unescaped, paths_of_control())
    for kind in ("counties/", "villages/"):
        ran = {hit for path, visit in seen.items() if path.startswith(kind) for hit in visit.hits if hit}
        assert len(ran) >= CONTROL // 2, kind
    texts = expected(public)
    assert any(text not in visit.text for path, visit in seen.items() for text in texts[path])
    assert any(visit.requests for visit in seen.values())


def test_without_escaping_the_policy_alone_stops_every_script(unescaped: str, with_policy: BrowserContext) -> None:
    """The second net: what would have run is stopped, and the browser says so."""
    seen = visits(with_policy, unescaped, paths_of_control())
    assert {path: visit.hits for path, visit in seen.items() if visit.hits} == {}
    assert any("Content Security Policy" in reported for visit in seen.values() for reported in visit.complaints)
