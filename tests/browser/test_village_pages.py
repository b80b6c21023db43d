"""A village page gives the liaison's name at once: small, alone, without scripts, on paper, by keyboard."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from browsers import borrowed
from playwright.sync_api import Browser, Page
from site_kinds import VILLAGES
from site_pages import open_data

pytestmark = pytest.mark.needs("chromium")

MOST_BYTES = 26 * 1024
VACANT = "本村联络员暂缺"


@pytest.fixture(scope="module")
def tab(chromium: Browser) -> Page:
    """The browser of a small phone that runs no scripts."""
    return chromium.new_page(viewport={"width": 360, "height": 640}, java_script_enabled=False)


@pytest.fixture
def phone(tab: Page) -> Iterator[Page]:
    """A small phone that runs no scripts."""
    with borrowed(tab) as page:
        yield page


def expected_name(site: Path, path: str) -> str:
    """The name of the liaison who serves now, or what is said where nobody does."""
    now = [row for row in open_data(site, "liaisons") if row["to_date"] is None]
    return next((str(row["name"]) for row in now if row["village_code"] == Path(path).stem), VACANT)


def scripts_of(built_site: Path) -> list[Path]:
    """The two small scripts of a village's page, by the names that say what is in them."""
    return [next((built_site / "assets").glob(f"{name}.*.js")) for name in ("reading", "compare")]


def test_no_village_page_is_bigger_than_26_kilobytes(built_site: Path) -> None:
    """Styles and scripts included, and nothing compressed."""
    scripts = sum(path.stat().st_size for path in scripts_of(built_site))
    sizes = {page.name: page.stat().st_size + scripts for page in (built_site / "villages").iterdir()}
    assert {name: size for name, size in sizes.items() if size > MOST_BYTES} == {}


@pytest.mark.parametrize("kind", VILLAGES)
def test_a_village_page_needs_one_request(
    kind: str, chromium: Browser, address: str, place: dict[str, str], built_site: Path
) -> None:
    """The browser asks for the page, then for our two small scripts, and for nothing else but its icon, last of all."""
    page = chromium.new_page()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(f"{address}/{place[kind]}", wait_until="networkidle")
    page.close()
    scripts = [f"{address}/{path.relative_to(built_site).as_posix()}" for path in scripts_of(built_site)]
    needed = [url for url in requests if not url.startswith("data:") and not url.endswith("/assets/icon.svg")]
    assert needed == [f"{address}/{place[kind]}", *scripts]


@pytest.mark.parametrize("kind", VILLAGES)
def test_the_name_is_on_a_phone_s_first_screen(kind: str, phone: Page, built_site: Path, place: dict[str, str]) -> None:
    """At 360 × 640, without scripts and without scrolling: the liaison, or that there is none and whom to call."""
    phone.goto((built_site / place[kind]).as_uri())
    name = phone.get_by_text(expected_name(built_site, place[kind])).first
    box = name.bounding_box()
    assert box
    assert name.is_visible()
    assert box["y"] + box["height"] <= 640


@pytest.mark.parametrize("kind", VILLAGES)
def test_the_hotline_is_a_tap_away(kind: str, phone: Page, built_site: Path, place: dict[str, str]) -> None:
    """12348 is a link that dials, high enough for a thumb, and starts on the first screen."""
    phone.goto((built_site / place[kind]).as_uri())
    call = phone.get_by_role("link", name="拨打 12348")
    box = call.bounding_box()
    assert call.get_attribute("href") == "tel:12348"
    assert box
    assert box["height"] >= 44
    assert box["y"] + 44 <= 640


@pytest.mark.parametrize("kind", VILLAGES)
def test_paper_keeps_the_name_and_the_hotline(kind: str, phone: Page, built_site: Path, place: dict[str, str]) -> None:
    """Printed, even by night, name, 12348 and banner stand there in dark ink; the way home does not."""
    phone.emulate_media(media="print", color_scheme="dark")
    phone.goto((built_site / place[kind]).as_uri())
    assert phone.get_by_text(expected_name(built_site, place[kind])).first.is_visible()
    assert phone.get_by_role("link", name="拨打 12348").is_visible()
    assert phone.get_by_role("note").is_visible()
    assert not phone.locator("header .row").is_visible()
    assert not phone.locator(".crumbs").is_visible()
    for part in ("body", ".call", ".liaison h2", "dt"):
        colour = phone.locator(part).first.evaluate("element => getComputedStyle(element).color")
        assert max(map(int, re.findall(r"\d+", colour))) < 0x80, part


def test_the_keyboard_skips_to_the_name(phone: Page, built_site: Path, place: dict[str, str]) -> None:
    """The first stop is the skip link, seen when it has the focus; from there the next stop is in the main part."""
    phone.goto((built_site / place["village of 2018"]).as_uri())
    skip = phone.get_by_role("link", name="跳到正文")
    phone.keyboard.press("Tab")
    assert skip.evaluate("link => link === document.activeElement")
    assert skip.evaluate("link => link.getBoundingClientRect().left >= 0")
    phone.keyboard.press("Enter")
    phone.keyboard.press("Tab")
    assert phone.url.endswith("#main")
    assert phone.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_the_liaisons_and_their_villages_belong_together(phone: Page, built_site: Path) -> None:
    """On the pages of ten villages from all over the province stand the name of the village and its own liaison."""
    for village in open_data(built_site, "villages")[::149]:
        path = f"villages/{village['village_code']}.html"
        phone.goto((built_site / path).as_uri())
        assert str(village["name"]) in phone.locator("h1").inner_text()
        assert expected_name(built_site, path) in phone.locator(".liaison").inner_text()


@pytest.mark.parametrize("system", ["light", "dark"])
def test_day_or_night_is_as_chosen_on_other_pages(
    system: Literal["light", "dark"], chromium: Browser, address: str, place: dict[str, str]
) -> None:
    """What a reader chose on the home page holds here against the system, until the choice is left to it again."""
    page = chromium.new_page(color_scheme=system)
    light, dark = "rgb(255, 255, 255)", "rgb(23, 24, 27)"
    for chosen, ground in (("night", dark), ("day", light), ("", {"light": light, "dark": dark}[system])):
        page.goto(f"{address}/index.html")
        page.locator("[data-night]").click()
        page.goto(f"{address}/{place['village of 2018']}")
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == ground, chosen
    page.close()
