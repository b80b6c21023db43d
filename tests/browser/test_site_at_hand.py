"""What people come for is at hand: on a phone, for a thumb, for the keyboard alone, and on paper."""

from collections.abc import Iterator

import pytest
from browsers import borrowed
from pdf_text import pages
from playwright.sync_api import Browser, Page
from rounds import sample
from site_kinds import KINDS, open_map

pytestmark = pytest.mark.needs("chromium")

THUMB, NEAR, SCREEN = 44, 160, 740  # pixels


@pytest.fixture(scope="module")
def tab(chromium: Browser) -> Page:
    """A small phone's browser."""
    return chromium.new_page(viewport={"width": 360, "height": 640})


@pytest.fixture
def phone(tab: Page) -> Iterator[Page]:
    """A small phone that remembers nothing."""
    with borrowed(tab) as page:
        yield page


@pytest.mark.parametrize(
    ("kind", "actions"),
    [
        ("home", [".menu summary", ".large-type", "#find-input", ".call", ".tasks li", ".links a", "details summary"]),
        ("county", ["article summary", ".links a", "details[open] table.stacked th a"]),
        ("windows", ["table.stacked th a"]),
        ("returns", ["table.stacked thead button"]),
        ("window", ["#way + .links a"]),
        ("needs", [".county-map button", ".county-map select", ".leaflet-bar a"]),
        ("programme/index", [".beside .section a"]),
        ("deliveries", ["summary"]),
        ("not found", [".links a", ".call"]),
        ("village of 2018", [".call"]),
    ],
)
def test_main_actions_are_big_enough_for_a_thumb(
    kind: str, actions: list[str], phone: Page, address: str, place: dict[str, str]
) -> None:
    """At least 44 pixels high, wherever somebody is meant to tap."""
    phone.goto(f"{address}/{place[kind]}")
    if kind == "needs":
        open_map(phone)
    phone.evaluate("document.querySelectorAll('article details').forEach(fold => fold.open = true)")
    for action in actions:
        heights = phone.locator(action).evaluate_all("all => all.map(one => one.getBoundingClientRect().height)")
        assert heights, action
        assert min(heights) >= THUMB, action


def test_the_find_box_is_on_a_phone_s_first_screen(phone: Page, address: str) -> None:
    """At 360 × 640 nobody scrolls before typing a village's name."""
    phone.goto(f"{address}/index.html")
    box = phone.locator("#find-input").bounding_box()
    assert box
    assert box["y"] + box["height"] <= 640


SECTIONS = ["找人找窗口", "能帮您什么", "怎样申请", "动态", "数据"]


def stops(page: Page, count: int) -> list[str]:
    """Where the tab key leads first, so many times; each stop is seen."""
    found = []
    for _ in range(count):
        page.keyboard.press("Tab")
        found.append(page.evaluate("document.activeElement.ariaLabel || document.activeElement.textContent.trim()"))
        assert page.evaluate("document.activeElement.checkVisibility({checkVisibilityCSS: true})"), found[-1]
    return found


@pytest.mark.parametrize("kind", ["about/index", "village of 2018"])
def test_a_desk_has_the_whole_menu_at_hand(kind: str, chromium: Browser, address: str, place: dict[str, str]) -> None:
    """Skip link, home, the five sections, large type, then the way here; on pages of ours as on the site tool's."""
    page = chromium.new_page(viewport={"width": 1280, "height": 800})
    page.goto(f"{address}/{place[kind]}")
    assert stops(page, 9) == ["跳到正文", "吉林省法律援助惠民生活动", *SECTIONS, "大字", "首页"]
    page.close()


@pytest.mark.parametrize("kind", ["about/index", "village of 2018"])
def test_a_phone_unfolds_the_menu(kind: str, chromium: Browser, address: str, place: dict[str, str]) -> None:
    """By one key, without a script: the five sections, which are not there before."""
    context = chromium.new_context(viewport={"width": 360, "height": 640}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/{place[kind]}")
    menu = page.locator(".menu li a")
    assert not any(entry.is_visible() for entry in menu.all())
    page.locator(".menu summary").focus()
    page.keyboard.press("Enter")
    assert [entry.inner_text() for entry in menu.all() if entry.is_visible()] == SECTIONS
    context.close()


WAYS = {
    "county": ["首页", "找人找窗口", "各县联络员", "白城市", "洮南市"],
    "window": ["首页", "找人找窗口", "服务窗口", "法律援助窗口 洮南市"],
    "prefecture": ["首页", "找人找窗口", "各县联络员", "白城市"],
    "changes of a month": ["首页", "动态", "最近变动", "2018年6月"],
    "material": ["首页", "动态", "宣传材料", "12348热线海报"],
    "news/2018-06-25-visits": ["首页", "动态", "7月直通车和上门服务的日期公布了"],
    "not found": ["首页", "找不到这个网页"],
}


@pytest.mark.parametrize("kind", WAYS)
def test_a_page_says_where_it_stands(kind: str, phone: Page, address: str, place: dict[str, str]) -> None:
    """The steps from the home page, the last of them the page itself; its section is marked in the menu."""
    phone.goto(f"{address}/{place[kind]}")
    assert phone.locator(".crumbs li").all_inner_texts() == WAYS[kind]
    assert phone.locator(".crumbs [aria-current=page]").inner_text() == WAYS[kind][-1]
    marked = phone.locator(".menu [aria-current]").all_text_contents()
    assert marked == [step for step in WAYS[kind] if step in SECTIONS]


@pytest.mark.parametrize("kind", ["home", "county", "needs", "about/index"])
def test_the_keyboard_skips_to_the_content(kind: str, phone: Page, address: str, place: dict[str, str]) -> None:
    """From the skip link the next stop is in the content, past the navigation."""
    phone.goto(f"{address}/{place[kind]}")
    phone.keyboard.press("Tab")
    phone.keyboard.press("Enter")
    phone.keyboard.press("Tab")
    assert phone.evaluate("document.querySelector('article').contains(document.activeElement)")


def test_day_and_night_are_changed_by_keyboard_and_remembered(phone: Page, address: str) -> None:
    """From the system's choice to night, and the next page is as the reader left it."""
    phone.goto(f"{address}/index.html")
    phone.locator("[data-night]").focus()
    phone.keyboard.press("Enter")
    ground = "getComputedStyle(document.body).backgroundColor"
    assert phone.evaluate(ground) == "rgb(23, 24, 27)"
    phone.goto(f"{address}/about/index.html")
    assert phone.evaluate(ground) == "rgb(23, 24, 27)"
    assert phone.locator("[data-night]").inner_text() == "夜间：开"


@pytest.mark.parametrize("large", [False, True])
def test_the_heading_is_near_the_top(large: bool, chromium: Browser, address: str, place: dict[str, str]) -> None:
    """On a phone of 360 pixels within 160, in large type too, whatever kind of page."""
    page = chromium.new_page(viewport={"width": 360, "height": 740})
    if large:
        page.add_init_script("localStorage.setItem('large-type', 'on')")
    far: dict[str, float] = {}
    for kind in sample(KINDS, 10):
        page.goto(f"{address}/{place[kind]}")
        top = page.evaluate("document.querySelector('h1').getBoundingClientRect().top")
        far |= {kind: top} if top > NEAR else {}
    page.close()
    assert far == {}


def test_pages_are_of_a_phone_s_length(chromium: Browser, address: str, place: dict[str, str]) -> None:
    """Five screens at most, but for what is asked for whole: the notice, a county's file to take along."""
    page = chromium.new_page(viewport={"width": 360, "height": SCREEN})
    long: dict[str, float] = {}
    for kind in sample(KINDS, 24):
        if kind not in {"programme/notice", "county in a file"}:
            page.goto(f"{address}/{place[kind]}")
            height = page.evaluate("document.documentElement.scrollHeight")
            long |= {kind: height} if height > 5 * SCREEN else {}
    page.close()
    assert long == {}


@pytest.mark.parametrize("anchor", ["counties/220881.html#t220881007", "changes/2018-06.html#c220881"])
def test_an_address_into_what_is_folded_opens_it(anchor: str, phone: Page, address: str) -> None:
    """Addresses that were given out before pages were folded lead to what they name."""
    phone.goto(f"{address}/{anchor}")
    named = phone.locator(f"#{anchor.partition('#')[2]}")
    assert named.evaluate("heading => heading.closest('details').open")
    assert phone.locator("details[open] table th a").first.is_visible()


def test_a_county_s_page_fits_on_a_few_sheets(phone: Page, address: str, place: dict[str, str]) -> None:
    """Printed, more than ten villages a sheet; no heading or head of a table stands alone at a sheet's foot."""
    phone.goto(f"{address}/{place['county']}")
    headings = {"".join(text.split()) for text in phone.locator("h2, h3, thead").all_inner_texts() if text.strip()}
    villages = phone.locator("table.stacked th a").count()
    sheets = pages(phone.pdf(format="A4"))
    assert len(sheets) <= 2 + villages / 15
    assert [sheet[-30:] for sheet in sheets if any(sheet.endswith(heading) for heading in headings)] == []
    phone.emulate_media(media="print")
    assert not phone.locator(".snippet").is_visible()


@pytest.mark.parametrize("kind", ["home", "county", "window", "about/index", "not found"])
def test_paper_keeps_banner_and_content(kind: str, phone: Page, address: str, place: dict[str, str]) -> None:
    """Printed, the banner, the heading and the footer are there; navigation is not."""
    phone.emulate_media(media="print")
    phone.goto(f"{address}/{place[kind]}")
    for part in (".demo", "h1", ".foot"):
        assert phone.locator(part).is_visible(), part
    for part in (".top .row", ".crumbs", ".tasks", ".beside"):
        assert not any(each.is_visible() for each in phone.locator(part).all()), part
