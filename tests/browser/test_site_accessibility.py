"""Every kind of page meets WCAG 2.2 AA as far as axe-core can tell: on phone and desktop, by day and by night."""

from collections.abc import Callable, Iterator

import pytest
from axe import violations
from playwright.sync_api import Browser, Page
from rounds import IS_LONG, sample
from site_kinds import KINDS, choose_by_keys, open_map

pytestmark = pytest.mark.needs("chromium", "nodejs", "npm")

WIDTHS = [360, 1280] if IS_LONG else [360]
# On a phone, by day and by night, the tests of the site look at every kind; a desktop's layout is of a few kinds only.
ON_A_PHONE, ON_A_DESK = sample(KINDS, 3), sample(KINDS, 4)


@pytest.fixture(scope="module", params=WIDTHS)
def page(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Page]:
    """A page of a phone's or a desktop's width, without animations, which axe would catch half way."""
    page = chromium.new_page(viewport={"width": request.param, "height": 800}, reduced_motion="reduce")
    yield page
    page.close()


@pytest.mark.parametrize(
    ("page", "kind"),
    [(360, kind) for kind in ON_A_PHONE] + [(1280, kind) for kind in ON_A_DESK],
    indirect=["page"],
)
def test_axe_finds_nothing_on_a_page(kind: str, page: Page, address: str, place: dict[str, str]) -> None:
    """Not one violation on any kind of page, and what is printed by night is dark on the white paper."""
    page.goto(f"{address}/{place[kind]}")
    assert violations(page) == []
    page.emulate_media(media="print")
    found = pale(page)
    page.emulate_media(media="screen")
    assert found == []


def pale(page: Page) -> list[str]:
    """The texts without a contrast of 4.5 to white paper, since browsers print no backgrounds but those in pictures."""
    found: list[str] = page.evaluate(
        """() => {
          const linear = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
          const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
          function contrast(colour) {
            canvas.fillStyle = "#fff";
            canvas.fillRect(0, 0, 1, 1);
            canvas.fillStyle = colour;
            canvas.fillRect(0, 0, 1, 1);
            const [red, green, blue] = [...canvas.getImageData(0, 0, 1, 1).data].map((value) => linear(value / 255));
            return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05);
          }
          const texts = [...document.querySelectorAll("body *:not(svg *)")].filter((element) =>
            [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim()));
          return texts.filter((element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
            .map((element) => [element, getComputedStyle(element).color])
            .filter(([, colour]) => contrast(colour) < 4.5)
            .map(([element, colour]) => `${element.outerHTML.slice(0, 120)} ${colour}`);
        }"""
    )
    return found


@pytest.mark.parametrize(
    ("kind", "part", "use"),
    [
        ("needs", ".county-map-pair", open_map),
        ("liaisons", ".county-map-pair", choose_by_keys),
        ("windows", "article", choose_by_keys),
        ("deliveries", "main details", lambda page: page.locator("main details summary").first.click()),
        ("home", ".find", lambda page: find(page, "村")),
        ("home", ".find", lambda page: find(page, "没有这个村")),
        ("find", ".find", lambda page: choose(page, "太平")),
    ],
    ids=[
        "map open",
        "county chosen",
        "window chosen",
        "table open",
        "villages found",
        "nothing found",
        "village chosen",
    ],
)
def test_axe_finds_nothing_on_a_page_in_use(
    kind: str, part: str, use: Callable[[Page], None], page: Page, address: str, place: dict[str, str]
) -> None:
    """Nor in the map or a table when it is open, or in the find box when it has something to say."""
    page.goto(f"{address}/{place[kind]}")
    use(page)
    assert violations(page, part) == []


def find(page: Page, text: str) -> None:
    """Type into the find box and wait for its answer."""
    page.locator("#find-input").fill(text)
    page.locator(".find-state:not(:empty)").wait_for()


def choose(page: Page, text: str) -> None:
    """Find something and go down to the first result."""
    find(page, text)
    page.locator("#find-input").press("ArrowDown")


def test_axe_would_find_a_fault(page: Page, address: str) -> None:
    """On a page made faulty the check does tell: a picture without words and text too pale to read."""
    page.goto(f"{address}/index.html")
    page.evaluate("document.querySelector('article').insertAdjacentHTML('beforeend', '<img src=\"assets/icon.svg\">')")
    page.evaluate("document.querySelector('article .hint').style.color = '#767676'")
    rules = [violation.split(":")[0] for violation in violations(page)]
    assert rules == ["image-alt", "by night color-contrast"]


def test_a_phone_s_page_has_nothing_wider_than_the_screen(
    chromium: Browser, address: str, place: dict[str, str]
) -> None:
    """At 320 pixels, which is a desktop page at 400 %, no page scrolls sideways as a whole."""
    page = chromium.new_page(viewport={"width": 320, "height": 640})
    wide = []
    for path in sample(place.values(), 24):
        page.goto(f"{address}/{path}")
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(path)
    page.close()
    assert wide == []
