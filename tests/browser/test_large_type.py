"""Large type: a button on every page makes the letters larger, is remembered, and breaks no layout."""

from collections.abc import Iterator

import pytest
from browsers import borrowed
from playwright.sync_api import Browser, BrowserContext, Page
from rounds import sample
from site_kinds import KINDS as ALL_KINDS

pytestmark = pytest.mark.needs("chromium")

# Those that stand in another site's page or alone on a stick have no script of ours.
KINDS = [kind for kind in ALL_KINDS if kind not in {"county in a frame", "county in a file"}]
# A store that every use of is denied, as some browsers do when a reader blocks cookies.
DENIED = (
    """Object.defineProperty(window, "localStorage", {get() { throw new DOMException("denied", "SecurityError"); }})"""
)
SIZE = "parseFloat(getComputedStyle(document.querySelector('main p:not(.aloud)')).fontSize)"


@pytest.fixture(scope="module")
def tab(chromium: Browser) -> Page:
    """A small phone's browser."""
    return chromium.new_page(viewport={"width": 360, "height": 640})


@pytest.fixture
def phone(tab: Page) -> Iterator[Page]:
    """A small phone that remembers nothing."""
    with borrowed(tab) as page:
        yield page


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """The browser of a small phone, with a memory of its own."""
    context = chromium.new_context(viewport={"width": 360, "height": 640})
    yield context
    context.close()


def turned_on_by_keyboard(page: Page) -> None:
    """Go to the button with the tab key and press it."""
    button = page.get_by_role("button", name="大字")
    for _ in range(8):
        page.keyboard.press("Tab")
        if button.evaluate("button => button === document.activeElement"):
            break
    page.keyboard.press("Space")
    assert button.get_attribute("aria-pressed") == "true"


@pytest.mark.parametrize("kind", sample(KINDS, 5))
def test_the_keyboard_turns_it_on_and_off(kind: str, phone: Page, address: str, place: dict[str, str]) -> None:
    """On each kind of page, within the first eight stops; half as large again at least, and back."""
    phone.goto(f"{address}/{place[kind]}")
    before = phone.evaluate(SIZE)
    turned_on_by_keyboard(phone)
    assert phone.evaluate(SIZE) >= 1.4 * before
    phone.keyboard.press("Enter")
    assert phone.evaluate(SIZE) == before


def test_it_is_remembered_from_page_to_page(context: BrowserContext, address: str, place: dict[str, str]) -> None:
    """Turned on on the home page, it is on for villages too; turned off there, it is off everywhere."""
    page = context.new_page()
    page.goto(f"{address}/index.html")
    turned_on_by_keyboard(page)
    for kind, pressed in (("village of 2018", "true"), ("county", "true"), ("vacant village", "true")):
        page.goto(f"{address}/{place[kind]}")
        assert page.get_by_role("button", name="大字").get_attribute("aria-pressed") == pressed
    page.get_by_role("button", name="大字").click()
    page.goto(f"{address}/about/index.html")
    assert page.get_by_role("button", name="大字").get_attribute("aria-pressed") == "false"


@pytest.mark.parametrize("kind", ["home", "village of 2018"])
def test_it_works_where_the_store_is_denied(
    kind: str, context: BrowserContext, address: str, place: dict[str, str]
) -> None:
    """For the page at hand."""
    page = context.new_page()
    page.add_init_script(DENIED)
    page.goto(f"{address}/{place[kind]}")
    assert page.evaluate("(() => { try { return localStorage; } catch { return 'denied'; } })()") == "denied"
    before = page.evaluate(SIZE)
    turned_on_by_keyboard(page)
    assert page.evaluate(SIZE) > before


@pytest.mark.parametrize(("width", "zoom"), [(360, 1), (1280, 1), (640, 2)])
def test_no_layout_breaks(width: int, zoom: int, chromium: Browser, address: str, place: dict[str, str]) -> None:
    """On a phone, a desktop, one at 200 %: nothing too wide, heading in sight, the site's name beside the button."""
    kinds = sample(ALL_KINDS, 12 if width == 360 else 6)
    context = chromium.new_context(viewport={"width": width, "height": 740}, device_scale_factor=zoom)
    page = context.new_page()
    page.add_init_script("localStorage.setItem('large-type', 'on')")
    broken = []
    for path in (place[kind] for kind in kinds):
        page.goto(f"{address}/{path}")
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        hidden = page.evaluate(
            """() => { const box = document.querySelector("h1").getBoundingClientRect();
                       return box.width < 40 || box.left < 0 || box.right > innerWidth + 1; }"""
        )
        covered = page.evaluate(
            """() => { const name = document.querySelector(".top .home");
                       if (!name) return false;
                       const text = document.createRange();
                       text.selectNodeContents(name);
                       const box = text.getBoundingClientRect();
                       const bar = document.querySelector(".top").getBoundingClientRect();
                       const beside = [...document.querySelectorAll(".top .row > :not(.home)")]
                           .map(each => each.getBoundingClientRect()).filter(each => each.width);
                       const out = box.top < bar.top || box.bottom > bar.bottom;
                       return out || beside.some(each => box.right > each.left + 1); }"""
        )
        if wide or hidden or covered:
            broken.append(path)
    context.close()
    assert broken == []


def test_without_scripts_there_is_no_button(chromium: Browser, address: str, place: dict[str, str]) -> None:
    """A button that does nothing is not shown."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    for kind in ("home", "village of 2018"):
        page.goto(f"{address}/{place[kind]}")
        assert page.get_by_role("button", name="大字").count() == 0
    context.close()
