"""What people come for is at hand: on a phone, for a thumb, for the keyboard alone, and on paper."""

from collections.abc import Iterator

import pytest
from browsers import borrowed
from pdf_text import pages
from playwright.sync_api import Browser, Page
from site_kinds import open_map

pytestmark = pytest.mark.needs("chromium")

THUMB = 44  # pixels


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
        ("home", [".md-tabs a", "#find-input", ".call-button", ".links a", ".county-list dd a"]),
        ("county", [".md-tabs a", ".links a", "table.stacked th a"]),
        ("windows", [".md-tabs a", "table.stacked thead button", "table.stacked th a"]),
        ("needs", [".county-map button", ".county-map select", ".leaflet-bar a"]),
        ("programme/index", [".section-tabs a"]),
        ("deliveries", ["summary"]),
        ("not found", [".links a", ".call-button"]),
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


@pytest.mark.parametrize("width", [360, 1280])
def test_the_keyboard_goes_through_the_navigation(width: int, chromium: Browser, address: str) -> None:
    """Skip link, home, day or night, large type, then every section: each stop is seen, on a phone's width too."""
    page = chromium.new_page(viewport={"width": width, "height": 800})
    page.goto(f"{address}/about/index.html")
    stops = []
    for _ in range(17):
        page.keyboard.press("Tab")
        stops.append(page.evaluate("document.activeElement.ariaLabel || document.activeElement.textContent.trim()"))
        seen = page.evaluate("document.activeElement.checkVisibility({checkVisibilityCSS: true})")
        assert seen, stops[-1]
    page.close()
    home, palette = "吉林省法律援助惠民生活动", "现在随系统，切换到浅色"
    sections = ["首页", "找村", "联络员", "服务窗口", "法律援助", "法律需求", "宣传材料", "活动方案", "动态", "关于"]
    assert stops == [
        "跳到正文",
        home,
        palette,
        "大字",
        *sections,
        "关于本站",
        "方案里的事，做到哪一步",
        "哪些公布，哪些不公布",
    ]


@pytest.mark.parametrize("kind", ["home", "county", "needs", "about/index"])
def test_the_keyboard_skips_to_the_content(kind: str, phone: Page, address: str, place: dict[str, str]) -> None:
    """From the skip link the next stop is in the content, past the navigation."""
    phone.goto(f"{address}/{place[kind]}")
    phone.keyboard.press("Tab")
    phone.keyboard.press("Enter")
    phone.keyboard.press("Tab")
    assert phone.evaluate("document.querySelector('article').contains(document.activeElement)")


def test_day_and_night_are_changed_by_keyboard_and_remembered(phone: Page, address: str) -> None:
    """From the system's choice to day to night, and the next page is as the reader left it."""
    phone.goto(f"{address}/index.html")
    scheme = "document.body.dataset.mdColorScheme"
    phone.keyboard.press("Tab")
    phone.keyboard.press("Tab")
    phone.keyboard.press("Tab")
    phone.keyboard.press("ArrowRight")
    phone.keyboard.press("ArrowRight")
    phone.wait_for_function(f"{scheme} === 'slate'")
    phone.goto(f"{address}/about/index.html")
    assert phone.evaluate(scheme) == "slate"


def test_a_county_s_page_fits_on_a_few_sheets(phone: Page, address: str, place: dict[str, str]) -> None:
    """Printed, more than ten villages a sheet; no heading or head of a table stands alone at a sheet's foot."""
    phone.goto(f"{address}/{place['county']}")
    headings = {"".join(text.split()) for text in phone.locator("h2, h3, thead").all_inner_texts()}
    villages = phone.locator("table.stacked th a").count()
    sheets = pages(phone.pdf(format="A4"))
    assert len(sheets) <= 2 + villages / 15
    assert [sheet[-30:] for sheet in sheets if any(sheet.endswith(heading) for heading in headings)] == []
    phone.emulate_media(media="print")
    assert not phone.locator(".snippet").is_visible()
    assert not phone.get_by_text("有贫困村的乡镇（街道）").is_visible()


@pytest.mark.parametrize("kind", ["home", "county", "window", "about/index", "not found"])
def test_paper_keeps_banner_and_content(kind: str, phone: Page, address: str, place: dict[str, str]) -> None:
    """Printed, the banner, the heading and the footer are there; navigation is not."""
    phone.emulate_media(media="print")
    phone.goto(f"{address}/{place[kind]}")
    for part in (".demo-banner", "h1", ".site-footer"):
        assert phone.locator(part).is_visible(), part
    for part in (".md-header", ".md-tabs", ".md-top"):
        assert not phone.locator(part).is_visible(), part
