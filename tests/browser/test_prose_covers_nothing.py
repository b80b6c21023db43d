"""Prose stays in its place: with the worst that a hand-written page may hold, all that stands around it can be reached.

What is refused is not tried here: each piece passes the allow-list and is written anew, as a build does.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route
from site_kinds import _NAMES as HAND_WRITTEN

from site_builder.site import prose_html

pytestmark = pytest.mark.needs("chromium")

LINK = '<a href="https://fake.example/">12348</a>'
DEEP = 40
HEBREW = chr(0x5D0) * 500
OVERRIDE, ISOLATE = chr(0x202E), chr(0x2067)
MARKS = "".join(map(chr, (0x338, 0x489, 0x335))) * 300
WORST = {
    "raised": "<p>" + "<sup>" * DEEP + LINK + "</sup>" * DEEP + "</p>",
    "lowered": "<p>" + "<sub>" * DEEP + LINK + "</sub>" * DEEP + "</p>",
    "wide and high": f'<table width="9999" height="9999"><tr><td width="9999" height="9999">{LINK}</td></tr></table>',
    "a picture": '<a href="https://fake.example/"><img src="../assets/x.png" alt="x" width="9999" height="9999"></a>',
    "without an end": f"<h2>{'WWWWWWWWWW' * 200}</h2><pre><code>{'x' * 5000}</code></pre><p>{'12348' * 500}</p>",
    "in boxes": '<div class="admonition danger">' * DEEP + LINK + "</div>" * DEEP,
    "quoted": "<blockquote>" * DEEP + LINK + "</blockquote>" * DEEP,
    "listed": "<ul><li>" * DEEP + LINK + "</li></ul>" * DEEP,
    "turned round": f"<p>{OVERRIDE}{HEBREW}{LINK}</p><p>{ISOLATE}{LINK}</p>",
    "of marks": f"<h2>{LINK}{MARKS}</h2>",
    "as the theme's": f'<dl class="item-head"><div class="summary"><dt>{LINK}</dt></div></dl>',
    "as its ids": "".join(f'<p id="{name}">{LINK}</p>' for name in ("main", "find-input", "find-results", "ask")),
    "folded": f"<details open><summary>{LINK}</summary>{'<br>' * 400}</details>",
}
WIDTHS = {"a telephone": 360, "a desk": 1280}
# What stands around the prose: each that is shown has to be what a finger meets in its middle, wherever it stands.
_COVERED = """() => {
  const around = [...document.querySelectorAll("a, button, summary, input")].filter((one) => !one.closest("article"));
  const shown = around.filter((one) => one.getClientRects().length && !one.matches(".skip") && one.checkVisibility());
  const covered = shown.filter((one) => {
    one.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
    const box = one.getClientRects()[0];
    const met = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return !(met && (one.contains(met) || met.contains(one) && !met.closest("article")));
  });
  return [shown.length, covered.map((one) => one.outerHTML)];
}"""
_FOREIGN = """() => [...document.querySelectorAll("article a")].filter((one) => one.host === "fake.example").length"""


def page_with(site: Path, tmp_path: Path, piece: str) -> str:
    """A hand-written page of the site whose prose begins and ends with a piece, as a build hands it to readers."""
    page = tmp_path / "page.html"
    page.write_text(f"<article>{piece}</article>", encoding="utf-8")
    assert list(prose_html.problems(page, page, "page.md")) == []
    prose_html.write_anew(page)
    own = page.read_text(encoding="utf-8").removeprefix("<article>").removesuffix("</article>")
    text = (site / f"{HAND_WRITTEN[0]}.html").read_text(encoding="utf-8")
    return text.replace("<article>", f"<article>{own}").replace("</article>", f"{own}</article>")


def covered(browser: Browser, address: str, text: str, width: int, style: str = "") -> tuple[int, list[str], int]:
    """How much is shown around the prose, what of it cannot be met, and how many links lead away from it."""
    page = browser.new_page(viewport={"width": width, "height": 800}, bypass_csp=bool(style))
    place = f"{address}/{HAND_WRITTEN[0]}.html"

    def answer(route: Route) -> None:
        route.fulfill(body=text, content_type="text/html; charset=utf-8")

    page.route(place, answer)
    page.goto(place)
    if style:
        page.add_style_tag(content=style)
    (count, found), foreign = page.evaluate(_COVERED), page.evaluate(_FOREIGN)
    page.close()
    return count, found, foreign


@pytest.mark.parametrize("width", WIDTHS.values(), ids=list(WIDTHS))
@pytest.mark.parametrize("kind", WORST)
def test_the_worst_prose_covers_nothing(
    kind: str, width: int, chromium: Browser, built_site: Path, address: str, tmp_path: Path
) -> None:
    """The site's name, the way to the search, the menu, the way here, the foot: each is what a finger meets there."""
    count, found, _ = covered(chromium, address, page_with(built_site, tmp_path, WORST[kind]), width)
    assert count > 8
    assert found == []


def test_what_lies_over_the_page_is_found(chromium: Browser, built_site: Path, address: str, tmp_path: Path) -> None:
    """The control: a link that a style lays over the page is met in the place of all the rest."""
    text = page_with(built_site, tmp_path, WORST["quoted"])
    style = "article a[href^='https://fake'] { position: fixed; inset: 0; z-index: 99 }"
    count, found, foreign = covered(chromium, address, text, 360, style)
    assert (len(found), foreign) == (count, 2)
