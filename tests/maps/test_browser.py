"""Maps in a real browser: from a disk, from a server under a strict policy, by keys, touch and mouse."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from map_examples import HOSTILE, SHARES, WORDS
from map_pages import SAVES_DATA, expected_text, first_map, open_map, said, wait_until
from playwright.sync_api import Browser, Page

from maps import county_codes
from maps.geometry import counties, neighbours

pytestmark = pytest.mark.needs("chromium")


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
    """A page with maps costs the drawing, one style and one small script more until the button is pressed."""
    watched.page.goto(f"{address}/needs/index.html")
    loaded = {request.removeprefix(address) for request in watched.requests}
    own = {"/needs/index.html", "/assets/site.css"}
    assert loaded == own | {"/assets/maps/county-map.css", "/assets/maps/county-map.js"}


def test_two_maps_on_a_page_open_each_for_itself(address: str, watched: SimpleNamespace) -> None:
    """Opening one leaves the other a drawing, and both can be open."""
    watched.page.goto(f"{address}/needs/index.html")
    open_map(watched.page)
    assert watched.page.locator(".county-map").nth(1).get_attribute("data-state") == "closed"
    watched.page.get_by_role("button", name=WORDS.open_map).click()
    watched.page.wait_for_selector("#map-other-map[data-state=open]")
    assert watched.page.locator("#map_other_map .county").count() == 60
    assert watched.complaints == []


def test_keys_walk_from_county_to_county_and_the_name_and_figure_are_reported(
    address: str, watched: SimpleNamespace
) -> None:
    """The map takes the focus and tells its keys; each arrow tells the nearest county that way."""
    page = watched.page
    page.goto(f"{address}/needs/index.html")
    open_map(page)
    wait_until(page, f"document.querySelector('.county-map-said').textContent === '{WORDS.hint}'")
    here = county_codes()[0]
    page.keyboard.press("ArrowRight")
    assert said(page) == f"第{here}县 {WORDS.no_data}"
    for key, direction in [("ArrowDown", 3), ("ArrowRight", 1), ("ArrowRight", 1), ("ArrowUp", 2), ("ArrowLeft", 0)]:
        county = next(county for county in counties() if county.code == here)
        here = neighbours(county)[direction] or here
        page.keyboard.press(key)
        assert said(page) == expected_text(here)
    assert page.locator(".leaflet-pane .county.chosen").count() == 1
    assert page.locator(".county-map-label").inner_text() == expected_text(here)


def test_the_map_is_one_tab_stop(address: str, watched: SimpleNamespace) -> None:
    """Tab goes from the map to the button that closes it; the zoom buttons have keys of their own."""
    page = watched.page
    page.goto(f"{address}/needs/index.html")
    open_map(page)
    assert page.evaluate("document.activeElement.id") == "map_needs"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == WORDS.close_map
    page.keyboard.press("Shift+Tab")
    zoom = page.evaluate("map_needs.getZoom()")
    page.keyboard.press("+")
    assert page.evaluate("map_needs.getZoom()") == pytest.approx(zoom + 1)
    page.keyboard.press("-")
    assert page.evaluate("map_needs.getZoom()") == pytest.approx(zoom)


def test_a_map_that_is_looked_at_opens_by_itself_and_disturbs_nobody(address: str, lavish: SimpleNamespace) -> None:
    """In view it opens without taking the focus or saying a word; one further down the page waits for its turn."""
    page = lavish.page
    page.goto(f"{address}/needs/index.html")
    page.wait_for_selector("#map-needs[data-state=open]")
    assert page.evaluate("document.activeElement.tagName") == "BODY"
    assert said(page) == ""
    assert not any("other-map" in request for request in lavish.requests)
    page.locator("#map-other-map .county-map-stage").scroll_into_view_if_needed()
    page.wait_for_selector("#map-other-map[data-state=open]")
    assert lavish.complaints == []


def test_a_map_closed_again_stays_closed(address: str, lavish: SimpleNamespace) -> None:
    """Who closes the live map is not offered it again by scrolling."""
    page = lavish.page
    page.goto(f"{address}/needs/index.html")
    page.wait_for_selector("#map-needs[data-state=open]")
    page.locator("#map-needs button").first.click()
    page.mouse.wheel(0, 3000)
    wait_until(page, "scrollY > 1000")
    page.mouse.wheel(0, -9000)  # the button is below the first screen
    wait_until(page, "scrollY === 0")
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")  # it is looked at
    assert page.locator("#map-needs").get_attribute("data-state") == "closed"


def test_the_drawing_s_links_are_no_tab_stops(address: str, watched: SimpleNamespace) -> None:
    """On a page with a drawing of sixty links Tab reaches the list of counties, then the button."""
    watched.page.goto(f"{address}/needs/index.html")
    watched.page.keyboard.press("Tab")
    assert watched.page.evaluate("document.activeElement.tagName") == "SELECT"
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


def test_a_file_that_does_not_come_is_reported_and_can_be_asked_for_again(
    address: str, watched: SimpleNamespace
) -> None:
    """On a bad line the reader is informed, keeps the drawing, and the next try succeeds."""
    page = watched.page
    page.route("**/leaflet.js", lambda route: route.abort())
    page.goto(f"{address}/needs/index.html")
    first_map(page).get_by_role("button").first.click()
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
    assert page.get_by_role("application", name=SHARES.title).count() == 1
    page.keyboard.press("ArrowRight")
    assert page.get_by_role("status").first.inner_text() == f"第{county_codes()[0]}县 {WORDS.no_data}"


def test_hostile_text_runs_nothing_and_is_shown_as_it_is(address: str, watched: SimpleNamespace) -> None:
    """Names, title and words full of markup and template signs are read as text everywhere."""
    page = watched.page
    page.goto(f"{address}/hostile/index.html")
    first_map(page).get_by_role("button").first.click()
    page.wait_for_selector(".county-map[data-state=open]")
    page.mouse.move(0, 0)
    page.keyboard.press("ArrowRight")
    page.locator(".county-map select").first.select_option("two")
    shown = page.locator(".county-map-said").evaluate("element => element.textContent")
    assert shown == f"{HOSTILE} {HOSTILE}"
    options = page.locator("option[value]").evaluate_all("all => all.map(one => one.textContent)")
    assert options == [HOSTILE] * 63
    assert page.locator(".county-map-label td").evaluate("element => element.textContent") == shown
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
    here, there = expected_text(county_codes()[9]), expected_text(county_codes()[30])
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
    context.add_init_script(SAVES_DATA)
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


def test_with_a_key_the_live_map_asks_for_base_tiles_and_nobody_else(site: Path, watched: SimpleNamespace) -> None:
    """The tiles come from the service alone, only once the map is open, and show through the areas."""
    page = watched.page
    page.route("https://*.tianditu.gov.cn/**", lambda route: route.fulfill(status=204))
    page.goto((site / "based" / "index.html").as_uri())
    assert all(request.startswith("file:") for request in watched.requests)
    open_map(page)
    others = {request.split("/")[2] for request in watched.requests if not request.startswith("file:")}
    assert others
    assert all(re.fullmatch(r"t[0-7]\.tianditu\.gov\.cn", host) for host in others)
    opacity = "place => getComputedStyle(document.querySelector(`${place} .county`)).fillOpacity"
    assert float(page.evaluate(opacity, ".leaflet-pane")) < 1
    assert float(page.evaluate(opacity, ".county-map-drawing")) == 1


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
    assert not first_map(page).locator("button").first.is_visible()
    page.close()


@pytest.mark.parametrize("scheme", ["day", "night"])
def test_the_drawing_and_the_live_map_are_coloured_alike(scheme: str, address: str, watched: SimpleNamespace) -> None:
    """A county has the colour of its legend row in the drawing and in the live map, by day and by night."""
    page = watched.page
    page.goto(f"{address}/needs/index.html")
    page.evaluate("scheme => document.documentElement.classList.add(scheme)", scheme)
    open_map(page)
    colours = """kind => [".county-map-legend", ".county-map-drawing", ".leaflet-pane"].map(
        place => getComputedStyle(document.querySelector(`${place} .county.${kind}`)).fill)"""
    found = [page.evaluate(colours, kind) for kind in ("no-data", "suppressed", "zero", "level-1", "level-5")]
    assert all(len(set(places)) == 1 for places in found)
    assert len({places[0] for places in found}) == len(found)
