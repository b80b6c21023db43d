"""What a screen reader is told of a page and in which order, by Chromium's own tree, and the keyboard's way."""

from collections.abc import Iterator

import pytest
from browsers import borrowed
from playwright.sync_api import Browser, Page
from rounds import sample
from site_kinds import KINDS

pytestmark = pytest.mark.needs("chromium")

WITHOUT_HEAD = {"county in a frame", "county in a file"}
LONGEST = 30  # characters of a name in the head of a page
ARROWS = "↕↑↓›"
TOLD = ("button", "link", "textbox", "combobox", "radio", "checkbox", "heading", "DisclosureTriangle")


@pytest.fixture(scope="module", params=[360, 1280])
def tab(request: pytest.FixtureRequest, chromium: Browser) -> Page:
    """A phone's browser, and a desktop's."""
    return chromium.new_page(viewport={"width": request.param, "height": 740})


@pytest.fixture
def page(tab: Page) -> Iterator[Page]:
    """A page that remembers nothing."""
    with borrowed(tab) as page:
        yield page


def tree(page: Page) -> list[dict[str, str]]:
    """What is told of a page: role and name of each thing, in the order of the page."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    by_id = {node["nodeId"]: node for node in nodes}

    def walk(number: str) -> Iterator[dict[str, str]]:
        node = by_id[number]
        if not node.get("ignored"):
            yield {"role": node["role"]["value"], "name": node.get("name", {}).get("value", "")}
        for child in node.get("childIds", []):
            if child in by_id:
                yield from walk(child)

    return list(walk(nodes[0]["nodeId"]))


def stops(page: Page, most: int = 12) -> list[str]:
    """The names of what the tab key comes to before the search, which ends the list."""
    found = []
    for _ in range(most):
        page.keyboard.press("Tab")
        found.append(str(page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()")))
        if found[-1] == "find-input":
            break
    return found


def test_the_search_comes_first(page: Page, address: str) -> None:
    """On the home page a handful of short names stand before it, beside the menu's; the first stop leads to it."""
    page.goto(f"{address}/index.html")
    page.locator("#find-input").wait_for()
    told = [each for each in tree(page) if each["role"] in TOLD]
    before = told[: next(number for number, each in enumerate(told) if each["role"] == "combobox")]
    assert [each["name"] for each in before if each["role"] == "heading"] == ["找本村的法律援助联络员"]
    menu = page.locator(".entries a:visible").count()
    assert len([each for each in before if each["role"] != "heading"]) - menu <= 5
    assert max(len(each["name"]) for each in before) <= LONGEST
    way = stops(page)
    assert (way[0], way[-1]) == ("跳到查找", "find-input")
    assert len(way) - menu <= 6


def test_the_first_stop_leads_to_the_search(page: Page, address: str) -> None:
    """Pressed, it takes the keyboard there: the next stop is the box."""
    page.goto(f"{address}/index.html")
    page.locator("#find-input").wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert stops(page, 1) == ["find-input"]


@pytest.mark.parametrize("kind", sample(KINDS, 6))
def test_a_page_has_its_landmarks_and_plain_names(kind: str, page: Page, address: str, place: dict[str, str]) -> None:
    """One banner, one main part, one foot; all text stands in one of them; no arrow is read; no two fields alike."""
    page.goto(f"{address}/{place[kind]}")
    told = tree(page)
    roles = [each["role"] for each in told]
    assert roles.count("main") == 1
    if kind not in WITHOUT_HEAD:
        assert (roles.count("banner"), roles.count("contentinfo")) == (1, 1)
        outside = page.evaluate(
            """() => [...document.body.children].filter(each => each.getClientRects().length
                 && !each.matches(".skip, header, main, footer, nav, .body, script")).map(each => each.outerHTML)"""
        )
        assert outside == []
    names = [(each["role"], each["name"]) for each in told if each["role"] in TOLD]
    assert [name for _, name in names if any(arrow in name for arrow in ARROWS)] == []
    fields = [each for each in names if each[0] in {"textbox", "combobox", "radio", "checkbox"}]
    assert len(fields) == len(set(fields))
