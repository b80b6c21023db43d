"""Fifteen things that people come for, done by thumb on a small phone: each in two taps at most, typing not counted."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from old_engines import taken
from playwright.sync_api import Browser, Locator, Page
from rounds import IS_LONG
from site_pages import open_data

pytestmark = pytest.mark.needs("chromium")
MOST_TAPS = 2
ABOVE_KEYBOARD = 640 - 290  # pixels of the screen that a keyboard leaves
FIRST = "#find-results [role=option]"
OLD = "80"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Something that is typed into the box. page: where; leads: how the address of the result to tap ends.

    says: what stands on the result's line.
    """

    page: str = "index.html"
    words: str
    leads: str
    says: str


ASKED = {
    "the village that is on no list": Asked(
        words="吉林省梨树县龙山村", leads="counties/220322.html#unlisted", says="不在名单上"
    ),
    "the bus": Asked(words="直通车什么时候来", leads="visits/index.html", says="办事"),
    "a farmer's sentence": Asked(
        words="你好，我是洮南福胜的，联络员是谁？", leads="villages/220881007201.html", says="联络员"
    ),
    "a need": Asked(words="老板跑了工资没给", leads="help/migrant-workers.html", says="办事"),
    "a sheet's code": Asked(words="CODE", leads="villages/220881007201.html#check", says="公示单"),
    "a name in Hangul": Asked(words="화룡시 룡산촌", leads="villages/222406100205.html", says="和龙市"),
    "a page that is missing": Asked(page="404.html", words="讨薪", leads="help/migrant-workers.html", says="办事"),
    "a county's page": Asked(
        page="counties/220881.html", words="福胜", leads="villages/220881007201.html", says="洮府街道"
    ),
    "a wrong character": Asked(words="洮南付胜村联络员是谁", leads="villages/220881007201.html", says="洮府街道"),
    "a village without a liaison": Asked(words="VACANT", leads="VACANT", says="暂缺"),
}


class Thumb:
    """Taps, and counts."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.taps = 0

    def tap(self, target: Locator) -> None:
        """What is tapped is large enough for a thumb, or a line of its own."""
        target.wait_for()
        box = target.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 24
        target.tap()
        self.taps += 1


@pytest.fixture
def thumb(chromium: Browser) -> Iterator[Thumb]:
    """A small phone; it ends with two taps at most and no error of a script."""
    context = chromium.new_context(viewport={"width": 360, "height": 640}, has_touch=True, is_mobile=True)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    thumb = Thumb(page)
    yield thumb
    context.close()
    assert errors == []
    assert 1 <= thumb.taps <= MOST_TAPS


@pytest.fixture(scope="module")
def asked(built_site: Path) -> Callable[[str], Asked]:
    """A task by its name, with what only the built site knows."""
    page = (built_site / "villages" / "220881007201.html").read_text(encoding="utf-8")
    code = re.findall(r'<strong class="code">([^<]*)</strong>', page)[0]
    served = {row["village_code"] for row in open_data(built_site, "liaisons") if row["to_date"] is None}
    vacant = next(row for row in open_data(built_site, "villages") if row["village_code"] not in served)
    county = next(row for row in open_data(built_site, "divisions") if row["code"] == str(vacant["village_code"])[:6])

    def task(name: str) -> Asked:
        given = ASKED[name]
        if given.words == "CODE":
            return Asked(words=code, leads=given.leads, says=given.says)
        if given.words == "VACANT":
            words, leads = f"{county['name']}{vacant['name']}", f"villages/{vacant['village_code']}.html"
            return Asked(words=words, leads=leads, says=given.says)
        return given

    return task


@pytest.mark.parametrize("name", ASKED)
def test_what_is_typed_is_a_tap_away(name: str, asked: Callable[[str], Asked], thumb: Thumb, address: str) -> None:
    """A tap into the box and one on the result, which stands above the phone's keyboard and says what it is."""
    task = asked(name)
    page = thumb.page
    page.goto(f"{address}/{task.page}")
    thumb.tap(page.locator("#find-input"))
    page.set_viewport_size({"width": 360, "height": ABOVE_KEYBOARD})
    page.locator("#find-input").fill(task.words)
    result = page.locator(f"{FIRST}[href$='{task.leads}']")
    result.wait_for()
    assert task.says in result.inner_text()
    first = page.locator(FIRST).first.bounding_box()
    assert first
    assert first["y"] + first["height"] <= ABOVE_KEYBOARD
    thumb.tap(result)
    page.wait_for_url(f"**/{task.leads}")
    assert page.locator("h1").is_visible()


def test_the_nearest_window(thumb: Thumb, address: str) -> None:
    """Its address and its phone: the list of windows, then the county's."""
    thumb.page.goto(f"{address}/index.html")
    thumb.tap(thumb.page.locator(".tasks a[href='windows/index.html']"))
    thumb.tap(thumb.page.locator("main a[href$='W-220881-2018.html']").first)
    thumb.page.wait_for_url("**/windows/W-220881-2018.html")
    assert thumb.page.locator("main a[href^='tel:']").first.is_visible()


def test_a_county_to_take_along(thumb: Thumb, address: str) -> None:
    """From the county's page: the fold, then the file."""
    thumb.page.goto(f"{address}/counties/220881.html")
    thumb.tap(thumb.page.locator("summary", has=thumb.page.locator("#offline")))
    with thumb.page.expect_download() as coming:
        thumb.tap(thumb.page.locator("a[href$='offline/220881.html']"))
    assert coming.value.suggested_filename.endswith(".html")


def test_a_call(thumb: Thumb, address: str) -> None:
    """The hotline is a link of the first screen; it is the phone that dials."""
    thumb.page.goto(f"{address}/index.html")
    call = thumb.page.locator("main a[href='tel:12348']").first
    box = call.bounding_box()
    assert box
    assert box["y"] + box["height"] <= 640
    thumb.page.evaluate(
        "addEventListener('click', (e) => { window.called = e.target.closest('a').href; e.preventDefault(); })"
    )
    thumb.tap(call)
    assert thumb.page.evaluate("window.called") == "tel:12348"


def test_large_type(thumb: Thumb, address: str) -> None:
    """One tap."""
    size = "parseFloat(getComputedStyle(document.documentElement).fontSize)"
    thumb.page.goto(f"{address}/index.html")
    before = thumb.page.evaluate(size)
    thumb.tap(thumb.page.get_by_role("button", name="大字"))
    assert thumb.page.evaluate(size) > before


def test_a_paper_is_compared(thumb: Thumb, address: str, asked: Callable[[str], Asked]) -> None:
    """On the village's page: into the field, then the button."""
    thumb.page.goto(f"{address}/villages/220881007201.html")
    thumb.tap(thumb.page.locator("#paper"))
    thumb.page.locator("#paper").fill(asked("a sheet's code").words)
    thumb.tap(thumb.page.locator("[data-compare] form button"))
    assert "一样" in thumb.page.locator("#check [role=status]").inner_text()


@pytest.mark.needs("npm")
@pytest.mark.parametrize("name", ASKED if IS_LONG else ["the village that is on no list", "a need", "a name in Hangul"])
def test_an_old_phone_finds_it_too(name: str, asked: Callable[[str], Asked], built_site: Path, tmp_path: Path) -> None:
    """Chromium 80 lists the same result."""
    task = asked(name)
    ended: dict[str, Any] = taken(OLD, built_site, task.page, "find", tmp_path / "profile", words=task.words)
    assert ended["faults"] == []
    assert any(leads.endswith(task.leads) for leads in ended["all"])
