"""Maps in a real browser: from a disk, from a server under a strict policy, by keys, touch and mouse."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest
from map_examples import EXAMPLE, HOSTILE, HOSTILE_EXAMPLE, HOSTILE_WORDS, WORDS
from playwright.sync_api import Browser, Locator, Page

from maps import MapFiles, county_codes, county_map, shared_files
from maps.geometry import counties, neighbours

POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'"
PAGE = """<!DOCTYPE html>
<html lang="zh-CN">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>地图</title></head>
<body data-md-color-scheme="default"><h1>地图</h1>
{fragments}
<p>{below}</p>
</body>
</html>
"""


class _Server(SimpleHTTPRequestHandler):
    """Serves a folder under the policy and keeps quiet."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *args: object) -> None:
        """Say nothing."""


def write_page(site: Path, name: str, *maps: MapFiles) -> None:
    files = {key: content for made in maps for key, content in made.files.items()}
    fragments = "\n".join(made.fragment for made in maps)
    page = PAGE.format(fragments=fragments, below="下文。<br>" * 100)
    pages = {f"{name}/index.html": page.encode()}
    assets = {f"assets/{key}": content for key, content in {**shared_files(), **files}.items()}
    for path, content in {**pages, **assets}.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes(content)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one page of two maps, one page of a hostile map, and a county's page to go to."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "favicon.ico").touch()  # a browser asks for it by itself
    other = county_map(replace(EXAMPLE, name="other-map", links={}), WORDS, "../assets")
    write_page(folder, "needs", county_map(EXAMPLE, WORDS, "../assets"), other)
    write_page(folder, "hostile", county_map(HOSTILE_EXAMPLE, HOSTILE_WORDS, "../assets"))
    return folder


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """The address of a server on this machine that serves the folder."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Server, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture
def watched(chromium: Browser) -> Iterator[SimpleNamespace]:
    """A page that keeps a list of what it asked for and of every complaint."""
    page = chromium.new_page(viewport={"width": 800, "height": 900})
    seen = SimpleNamespace(page=page, requests=[], complaints=[])
    page.on("request", lambda request: seen.requests.append(request.url))
    page.on("console", lambda message: seen.complaints.append(message.text))
    page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    yield seen
    page.close()


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
    for _ in range(500):
        if page.evaluate(truth):
            return
        page.wait_for_timeout(20)
    raise AssertionError(truth)


def told(code: str) -> str:
    """What is told of a county of the example with a figure of its own."""
    return f"第{code}县 {10 + county_codes().index(code) ** 2} 件"


@pytest.mark.parametrize("way", ["disk", "server"])
def test_a_map_opens_and_asks_nobody_else(way: str, site: Path, address: str, watched: SimpleNamespace) -> None:
    """From a disk as from a server under the policy: every county is there, and no request leaves the site."""
    home = site.as_uri() if way == "disk" else address
    watched.page.goto(f"{home}/needs/index.html")
    open_map(watched.page)
    assert first_map(watched.page).locator(".leaflet-pane .county").count() == 60
    assert watched.complaints == []
    assert all(request.startswith(f"{home}/") for request in watched.requests)


def test_nothing_of_the_live_map_is_loaded_before_the_reader_asks(address: str, watched: SimpleNamespace) -> None:
    """A page with maps costs the drawing, one style and one small script until the button is pressed."""
    watched.page.goto(f"{address}/needs/index.html")
    loaded = {request.removeprefix(address) for request in watched.requests}
    assert loaded == {"/needs/index.html", "/assets/maps/county-map.css", "/assets/maps/live-map.js"}


def test_two_maps_on_a_page_open_each_for_itself(address: str, watched: SimpleNamespace) -> None:
    """Opening one leaves the other a drawing, and both can be open."""
    watched.page.goto(f"{address}/needs/index.html")
    open_map(watched.page)
    assert watched.page.locator(".county-map").nth(1).get_attribute("data-state") == "closed"
    watched.page.get_by_role("button", name=WORDS.open_map).click()
    watched.page.wait_for_selector("#map-other-map[data-state=open]")
    assert watched.page.locator("#map_other_map .county").count() == 60
    assert watched.complaints == []


def test_keys_walk_from_county_to_county_and_the_name_and_figure_are_told(
    address: str, watched: SimpleNamespace
) -> None:
    """The map takes the focus and tells its keys; each arrow tells the nearest county that way."""
    page = watched.page
    page.goto(f"{address}/needs/index.html")
    open_map(page)
    assert said(page) == WORDS.hint
    here = county_codes()[0]
    page.keyboard.press("ArrowRight")
    assert said(page) == f"第{here}县 {WORDS.no_data}"
    for key, direction in [("ArrowDown", 3), ("ArrowRight", 1), ("ArrowRight", 1), ("ArrowUp", 2), ("ArrowLeft", 0)]:
        county = next(county for county in counties() if county.code == here)
        here = neighbours(county)[direction] or here
        page.keyboard.press(key)
        assert said(page) == told(here)
    assert page.locator(".county.chosen").count() == 1
    assert page.locator(".county-map-label").inner_text() == told(here)


def test_the_county_layer_is_one_tab_stop(address: str, watched: SimpleNamespace) -> None:
    """Tab goes from the map to its two zoom buttons and on to the button that closes it."""
    page = watched.page
    page.goto(f"{address}/needs/index.html")
    open_map(page)
    assert page.evaluate("document.activeElement.id") == "map_needs"
    stops = []
    for _ in range(3):
        page.keyboard.press("Tab")
        stops.append(page.evaluate("document.activeElement.title || document.activeElement.textContent"))
    assert stops == [WORDS.zoom_in, WORDS.zoom_out, WORDS.close_map]


def test_the_drawing_s_links_are_no_tab_stops(address: str, watched: SimpleNamespace) -> None:
    """The first Tab on a page with a drawing of sixty links reaches the button."""
    watched.page.goto(f"{address}/needs/index.html")
    watched.page.keyboard.press("Tab")
    assert watched.page.evaluate("document.activeElement.textContent") == WORDS.open_map


def test_enter_follows_the_county_s_link(address: str, watched: SimpleNamespace) -> None:
    """After an arrow, Enter goes to that county's page."""
    page = watched.page
    page.goto(f"{address}/needs/index.html")
    open_map(page)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_url("**/counties/**")
    assert page.url == f"{address}/counties/{county_codes()[0]}/"


def test_a_click_in_the_drawing_follows_the_county_s_link(address: str, watched: SimpleNamespace) -> None:
    """The drawing works as a map of links without opening the live map."""
    page = watched.page
    page.goto(f"{address}/needs/index.html")
    page.locator("#map-needs .county-map-drawing a").nth(9).click()
    page.wait_for_url("**/counties/**")
    assert page.url == f"{address}/counties/{county_codes()[9]}/"


def test_escape_closes_the_map_and_returns_to_the_button(address: str, watched: SimpleNamespace) -> None:
    """After Esc the drawing is back and the focus is on the button, which opens the map again."""
    page = watched.page
    page.goto(f"{address}/needs/index.html")
    open_map(page)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.textContent") == WORDS.open_map
    assert said(page) == ""
    assert first_map(page).locator(".county-map-drawing").is_visible()
    assert not first_map(page).locator(".county-map-live").is_visible()
    page.keyboard.press("Enter")
    page.wait_for_selector(".county-map[data-state=open]")
    assert page.evaluate("document.activeElement.id") == "map_needs"


def test_a_file_that_does_not_come_is_told_and_can_be_asked_for_again(address: str, watched: SimpleNamespace) -> None:
    """On a bad line the reader is told, keeps the drawing, and the next try succeeds."""
    page = watched.page
    page.route("**/leaflet.js", lambda route: route.abort())
    page.goto(f"{address}/needs/index.html")
    first_map(page).get_by_role("button").click()
    page.get_by_text(WORDS.failed).wait_for()
    assert first_map(page).locator(".county-map-drawing").is_visible()
    page.unroute("**/leaflet.js")
    open_map(page)
    assert first_map(page).locator(".leaflet-pane .county").count() == 60


def test_the_live_region_is_polite_and_the_map_has_a_name(address: str, watched: SimpleNamespace) -> None:
    """Assistive software finds the map under its title and hears the text below it."""
    page = watched.page
    page.goto(f"{address}/needs/index.html")
    open_map(page)
    assert page.get_by_role("application", name=EXAMPLE.title).count() == 1
    page.keyboard.press("ArrowRight")
    assert page.get_by_role("status").first.inner_text() == f"第{county_codes()[0]}县 {WORDS.no_data}"


def test_hostile_text_runs_nothing_and_is_shown_as_it_is(address: str, watched: SimpleNamespace) -> None:
    """Names, title and words full of markup and template signs are read as text everywhere."""
    page = watched.page
    page.goto(f"{address}/hostile/index.html")
    first_map(page).get_by_role("button").click()
    page.wait_for_selector(".county-map[data-state=open]")
    page.mouse.move(0, 0)
    page.keyboard.press("ArrowRight")
    shown = page.locator(".county-map-said").evaluate("element => element.textContent")
    assert shown == f"{HOSTILE} {HOSTILE}"
    assert page.locator(".county-map-label").evaluate("element => element.textContent") == shown
    assert page.locator("figcaption").evaluate("element => element.textContent") == HOSTILE
    assert page.locator(".county-map img").count() == 0
    assert page.evaluate("window.ran") is None
    assert watched.complaints == []


def test_the_wheel_scrolls_the_page_and_a_drag_with_the_mouse_moves_the_map(
    address: str, watched: SimpleNamespace
) -> None:
    """The wheel is the page's, also above the map; the mouse drags once zoomed in."""
    page = watched.page
    page.goto(f"{address}/needs/index.html")
    open_map(page)
    zoom = page.evaluate("map_needs.getZoom()")
    page.locator("#map_needs").hover()
    page.mouse.wheel(0, 200)
    wait_until(page, "scrollY > 0")
    assert page.evaluate("map_needs.getZoom()") == zoom
    page.evaluate("map_needs.setZoom(8, {animate: false})")
    before = page.evaluate("map_needs.getCenter().lng")
    page.locator("#map_needs").hover()
    page.mouse.down()
    page.mouse.move(300, 300, steps=5)
    page.mouse.up()
    assert page.evaluate("map_needs.getCenter().lng") != before


def test_the_label_follows_the_mouse_and_returns_to_the_chosen_county(address: str, watched: SimpleNamespace) -> None:
    """Pointing at a county labels it; moving off the map labels the county chosen by key or click again."""
    page = watched.page
    page.goto(f"{address}/needs/index.html")
    open_map(page)
    here, there = told(county_codes()[9]), told(county_codes()[30])
    label = page.locator(".county-map-label")
    first, second = (page.locator("#map_needs .county").nth(place).element_handle() for place in (9, 30))
    first.hover()
    assert label.inner_text() == here
    page.mouse.move(0, 0)
    label.wait_for(state="detached")
    first.click()
    second.hover()
    assert (label.inner_text(), said(page)) == (there, here)
    page.mouse.move(0, 0)
    label.filter(has_text=here).wait_for()


def test_one_finger_scrolls_the_page_and_two_zoom_the_map(address: str, chromium: Browser) -> None:
    """On a phone the map is no trap for the finger that scrolls past it."""
    context = chromium.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{address}/needs/index.html")
    first_map(page).get_by_role("button", name=WORDS.open_map).tap()
    page.wait_for_selector(".county-map[data-state=open]")
    box = page.locator("#map_needs").bounding_box()
    assert box
    x, y = box["x"] + 120, box["y"] + 160
    before = page.evaluate("[map_needs.getZoom(), map_needs.getCenter().lat]")
    swipe(page, [[(x, y - 12 * step)] for step in range(10)])
    wait_until(page, "scrollY > 0")
    assert page.evaluate("[map_needs.getZoom(), map_needs.getCenter().lat]") == before
    box = page.locator("#map_needs").bounding_box()
    assert box
    x, y = box["x"] + 160, box["y"] + 120
    swipe(page, [[(x - 20 - 6 * step, y), (x + 20 + 6 * step, y)] for step in range(10)])
    wait_until(page, f"map_needs.getZoom() > {before[0]} + 1")
    assert page.evaluate("visualViewport.scale") == 1
    context.close()


def swipe(page: Page, moves: list[list[tuple[float, float]]]) -> None:
    """Put fingers down at the first place, draw them over the others and lift them."""
    wire = page.context.new_cdp_session(page)
    for kind, fingers in [("touchStart", moves[0]), *(("touchMove", move) for move in moves[1:]), ("touchEnd", [])]:
        points = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(fingers)]
        wire.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def test_print_shows_the_drawing_even_while_the_live_map_is_open(address: str, watched: SimpleNamespace) -> None:
    """Paper gets the drawing, its legend and the credit, but neither the live map nor its button."""
    page = watched.page
    page.goto(f"{address}/needs/index.html")
    open_map(page)
    page.emulate_media(media="print")
    figure = first_map(page)
    assert figure.locator(".county-map-drawing").is_visible()
    assert figure.get_by_text(WORDS.attribution).is_visible()
    assert figure.get_by_text(WORDS.suppressed, exact=True).is_visible()
    assert not figure.locator(".county-map-live").is_visible()
    assert not figure.get_by_role("button").first.is_visible()


def test_the_drawing_needs_no_script(address: str, chromium: Browser) -> None:
    """Without scripts the drawing and its legend stand there, and no button that could not work."""
    page = chromium.new_page(java_script_enabled=False)
    page.goto(f"{address}/needs/index.html")
    assert first_map(page).locator(".county-map-drawing").is_visible()
    assert not first_map(page).locator("button").is_visible()
    page.close()


@pytest.mark.parametrize("scheme", ["default", "slate"])
def test_the_drawing_and_the_live_map_are_coloured_alike(scheme: str, address: str, watched: SimpleNamespace) -> None:
    """A county has the colour of its legend row in the drawing and in the live map, by day and by night."""
    page = watched.page
    page.goto(f"{address}/needs/index.html")
    page.evaluate("scheme => document.body.setAttribute('data-md-color-scheme', scheme)", scheme)
    open_map(page)
    colours = """kind => [".county-map-legend", ".county-map-drawing", ".leaflet-pane"].map(
        place => getComputedStyle(document.querySelector(`${place} .county.${kind}`)).fill)"""
    found = [page.evaluate(colours, kind) for kind in ("no-data", "suppressed", "zero", "level-1", "level-5")]
    assert all(len(set(places)) == 1 for places in found)
    assert len({places[0] for places in found}) == len(found)
