"""A map, its lists and its table in a real browser: what is chosen in one is seen in the others."""

from types import SimpleNamespace

import pytest
from map_examples import WORDS
from map_pages import expected_text, first_map, open_map, said, wait_until
from playwright.sync_api import Browser, Page

from maps import county_codes
from maps.geometry import counties

pytestmark = pytest.mark.needs("chromium")
CODES = county_codes()


def rows(page: Page) -> list[str]:
    """The codes of the table's rows, in their present order."""
    first, *others = page.locator("tbody tr").evaluate_all("all => all.map(row => row.dataset.county ?? null)")
    assert first is None  # the sum, which stays where it is
    codes: list[str] = others
    return codes


def choose(page: Page, option: str) -> None:
    title = page.locator("figcaption").inner_text()
    page.locator("select").first.select_option(option)
    wait_until(page, f"document.querySelector('figcaption').textContent !== '{title}'")


def click_on(page: Page, code: str) -> None:
    """Click on the middle of a county of the live map."""
    east, north = next(county.centre for county in counties() if county.code == code)
    x, y = page.evaluate(f"(({{ x, y }}) => [x, y])(map_choice.latLngToContainerPoint([{north}, {east}]))")
    page.locator("#map_choice").click(position={"x": x, "y": y})


def fills(page: Page, place: str) -> list[str]:
    """What every county is filled with in the drawing or in the live map."""
    areas = page.locator(f"{place} .county")
    found: list[str] = areas.evaluate_all("all => all.map(area => getComputedStyle(area).fill)")
    return found


def test_a_choice_recolours_drawing_legend_title_and_the_column_that_follows(
    address: str, watched: SimpleNamespace
) -> None:
    """Without opening the live map, everything on the page shows what was chosen."""
    page = watched.page
    page.goto(f"{address}/choice/index.html")
    before = fills(page, ".county-map-drawing")
    choose(page, "few")
    assert page.locator("figcaption").inner_text() == "很少的县"
    assert fills(page, ".county-map-drawing") != before
    shown = page.locator(".county-map-panel:not([hidden])")
    assert shown.locator(".county-map-legend li").all_inner_texts() == ["单位：个", "0", WORDS.no_data]
    assert shown.locator(".county-map-key text").all_text_contents() == ["50", "200", "1,000"]
    assert page.locator(".county-map-drawing .county-map-circle:not([r='0'])").count() == 1
    assert page.locator("thead th").all_inner_texts()[-1] == "很少的县"
    assert page.locator("td[data-follows]").all_inner_texts() == ["1,234", WORDS.no_data, "0", *[WORDS.no_data] * 2]
    assert watched.complaints == []


def test_what_is_drawn_at_build_time_is_what_the_script_draws(address: str, watched: SimpleNamespace) -> None:
    """Choosing another figure and the first one again gives the page as it came."""
    page = watched.page
    page.goto(f"{address}/choice/index.html")
    parts = ".county-map-drawing *, .county-map-panel"
    read = """parts => [...document.querySelectorAll(parts)].map(
        one => [one.tagName, [...one.attributes].map(each => each.name + each.value).sort(), one.textContent.trim()])"""
    before = page.evaluate(read, parts)
    choose(page, "totals")
    assert page.evaluate(read, parts) != before
    choose(page, "shares")
    assert page.evaluate(read, parts) == before


@pytest.mark.parametrize("option", ["shares", "totals", "few"])
def test_the_live_map_lies_over_the_drawing_and_looks_like_it(
    option: str, address: str, watched: SimpleNamespace
) -> None:
    """Every area and circle is where the drawing has it, to three pixels (both are rounded), in the same colour."""
    page = watched.page
    page.goto(f"{address}/choice/index.html")
    if option != "shares":
        choose(page, option)
    open_map(page)
    for kind, marks in ((".county", ("county", "county")), (".county-map-circle", ("middle", "place"))):
        measure = """(all, mark) => Object.fromEntries(all.map(one => {
            const box = one.getBoundingClientRect();
            return [one.dataset[mark], [box.left, box.top, box.right, box.bottom]];
        }).filter(([, box]) => box[2] - box[0] > 0))"""
        drawn, live = (
            page.locator(f"{place} {kind}").evaluate_all(measure, mark)
            for place, mark in zip((".county-map-drawing", ".leaflet-pane"), marks, strict=True)
        )
        assert drawn.keys() == live.keys()
        differences = [
            abs(one - other) for code, box in drawn.items() for one, other in zip(box, live[code], strict=True)
        ]
        assert max(differences, default=0) <= 3
    assert fills(page, ".county-map-drawing") == fills(page, ".leaflet-pane")


def test_a_choice_recolours_the_live_map_and_tells_the_chosen_county_anew(
    address: str, watched: SimpleNamespace
) -> None:
    """The county chosen stays chosen, and its label and the line below tell the new figure."""
    page = watched.page
    page.goto(f"{address}/choice/index.html")
    open_map(page)
    page.keyboard.press("ArrowRight")
    choose(page, "few")
    assert said(page) == f"第{CODES[0]}县 1,234个"
    assert fills(page, ".county-map-drawing") == fills(page, ".leaflet-pane")
    assert page.locator(".leaflet-pane .county.chosen").count() == 1


def test_a_county_chosen_on_the_map_is_marked_in_the_table(address: str, watched: SimpleNamespace) -> None:
    """By key or by click, its row and no other is marked, and scrolled into sight within the table's own box."""
    page = watched.page
    page.goto(f"{address}/choice/index.html")
    box = "document.querySelector('table[data-county-table]').parentElement"
    page.evaluate(f"Object.assign({box}.style, {{ height: '60px', overflow: 'auto' }})")
    open_map(page)
    page.keyboard.press("ArrowRight")
    assert page.locator("tr.chosen").evaluate_all("all => all.map(row => row.dataset.county)") == [CODES[0]]
    click_on(page, CODES[4])
    assert page.locator("tr.chosen").evaluate_all("all => all.map(row => row.dataset.county)") == [CODES[4]]
    assert page.evaluate(f"{box}.scrollTop") > 0
    assert page.locator(".county-map-drawing .chosen").get_attribute("data-county") == CODES[4]


def test_a_row_chosen_in_the_table_is_marked_on_the_map(address: str, watched: SimpleNamespace) -> None:
    """By a click on the row or by the focus on its link, in the drawing and in the live map; nothing is announced."""
    page = watched.page
    page.goto(f"{address}/choice/index.html")
    chosen = page.locator(".county-map-drawing .chosen")
    page.locator("tbody td[data-follows]").first.click()
    assert chosen.get_attribute("data-county") == CODES[0]
    page.locator("tbody a").nth(2).focus()
    assert chosen.get_attribute("data-county") == CODES[2]
    assert said(page) == ""
    open_map(page)
    assert page.locator(".county-map-label").inner_text() == f"第{CODES[2]}县 0件"
    page.locator("tbody a").nth(3).focus()
    assert page.locator(".county-map-label").inner_text() == expected_text(CODES[3])


def test_a_head_sorts_the_table_and_says_so(address: str, watched: SimpleNamespace) -> None:
    """Figures fall first, then rise; a word instead of a figure comes last both ways; names give the official order."""
    page = watched.page
    page.goto(f"{address}/choice/index.html")
    head = page.locator("thead th").nth(1)
    official = list(CODES[:5])
    head.get_by_role("button").click()
    assert (rows(page), head.get_attribute("aria-sort")) == ([official[i] for i in (1, 0, 3, 4, 2)], "descending")
    head.get_by_role("button").press("Enter")
    assert (rows(page), head.get_attribute("aria-sort")) == ([official[i] for i in (4, 0, 3, 1, 2)], "ascending")
    page.locator("thead th").first.get_by_role("button").click()
    assert (rows(page), head.get_attribute("aria-sort")) == (official, None)


def test_a_table_needs_no_script(address: str, chromium: Browser) -> None:
    """Without scripts it stands as it came, without buttons that could not work, and so do the lists."""
    page = chromium.new_page(java_script_enabled=False)
    page.goto(f"{address}/choice/index.html")
    assert page.locator("tbody tr").count() == 6
    assert page.locator("thead button").count() == 0
    assert not page.locator("select").first.is_visible()
    page.close()


def test_places_are_points_and_marked_counties(address: str, watched: SimpleNamespace) -> None:
    """With coordinates a place is a point inside its county, without it marks its county; each tells its address."""
    page = watched.page
    page.goto(f"{address}/places/index.html")
    open_map(page)
    inside = """() => {
        const box = one => one.getBoundingClientRect();
        const middle = one => [(box(one).left + box(one).right) / 2, (box(one).top + box(one).bottom) / 2];
        const [x, y] = middle(document.querySelector('.leaflet-pane .county-map-spot'));
        const [drawn_x, drawn_y] = middle(document.querySelector('.county-map-drawing .county-map-spot'));
        const under = document.elementsFromPoint(x, y).find(one => one.classList.contains('county'));
        return [Math.hypot(x - drawn_x, y - drawn_y) < 1.5, under.classList.contains('mark-1')];
    }"""
    assert page.evaluate(inside) == [True, True]
    page.locator("select[data-finds]").select_option("220881")
    page.locator(".county-map-said a").wait_for()
    assert said(page) == "第220881县 甲窗口 团结路1号；周一至周五"
    assert first_map(page).locator(".leaflet-pane .county.mark-2").count() == 1
