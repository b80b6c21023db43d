"""From the home page to a village: by the find box, by keyboard alone, and without scripts by clicking."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from browsers import borrowed
from playwright.sync_api import Browser, Page
from site_pages import open_data

from benchmarks.lookup_search import searched

pytestmark = pytest.mark.needs("chromium", "nodejs")

MOST = 50
NONE_FOUND = "没有找到。请换个写法，或者在下面按县（市、区）查找。"
UNLISTED = "不在名单上"
HOSTILE = '<img src=x onerror="window.ran=1">{{7*7}}&amp;'
OPTIONS = "#find-results [role=option]:not([data-near])"
NEAR = "#find-results [data-near]"


@pytest.fixture(scope="module")
def errors() -> list[str]:
    """What scripts of the home page failed with."""
    return []


@pytest.fixture(scope="module")
def tab(chromium: Browser, errors: list[str]) -> Page:
    """A browser's page for all tests of this module."""
    page = chromium.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    return page


@pytest.fixture
def home(tab: Page, errors: list[str], address: str) -> Iterator[Page]:
    """The home page; any script error fails the test."""
    errors.clear()
    with borrowed(tab) as page:
        page.goto(f"{address}/index.html")
        yield page
    assert errors == []


@pytest.fixture(scope="module")
def villages(built_site: Path) -> list[dict[str, str]]:
    """Every village as its own page has it in the open data: code, name and the liaison who serves now."""
    now = {row["village_code"]: row["name"] for row in open_data(built_site, "liaisons") if row["to_date"] is None}
    return [
        {"code": str(row["village_code"]), "name": str(row["name"]), "liaison": str(now.get(row["village_code"], ""))}
        for row in open_data(built_site, "villages")
    ]


def find(page: Page, text: str) -> list[str]:
    """Type a text and give the results, each as one line, once the box has said how many there are."""
    page.locator("#find-input").fill("")
    page.locator(".find-state:empty").wait_for(state="attached")
    page.locator("#find-input").fill(text)
    page.locator(".find-state:not(:empty)").wait_for()
    return [" ".join(line.split()) for line in page.locator(OPTIONS).all_inner_texts()]


def said(page: Page) -> str:
    """What assistive software is reported."""
    return page.locator("[data-find] [role=status]").inner_text()


def test_a_village_is_found_by_its_name(home: Page, villages: list[dict[str, str]]) -> None:
    """All villages of that name on a list come first, then those on none; the number is announced."""
    name = villages[700]["name"]
    found = find(home, name)
    count = sum(village["name"] == name for village in villages)
    assert count > 0
    assert all(line.startswith(f"{name} ") and UNLISTED not in line for line in found[:count])
    assert not any(line.startswith(f"{name} ") and UNLISTED not in line for line in found[count:])
    assert said(home).startswith(f"找到{len(found)}个")


def test_a_village_is_found_by_its_liaison(home: Page, villages: list[dict[str, str]]) -> None:
    """The name of a liaison leads to the village's own page, which has that name."""
    village = next(village for village in villages if len(village["liaison"]) >= 4)
    assert len(find(home, village["liaison"])) == sum(village["liaison"] == other["liaison"] for other in villages)
    home.locator(f"#find-results a[href$='{village['code']}.html']").click()
    assert home.locator(".liaison .name").inner_text() == village["liaison"]


def test_a_township_leads_to_its_villages(home: Page, built_site: Path) -> None:
    """The name of a township gives the township, which leads to its heading on the county's page."""
    code = "220881007"
    size = sum(row["township_code"] == code for row in open_data(built_site, "villages"))
    assert find(home, "洮府街道") == [f"洮府街道 洮南市 乡镇（街道），{size}个村"]
    home.locator(OPTIONS).click()
    home.wait_for_url(f"**/counties/220881.html#t{code}")
    assert home.locator(f"#t{code}").inner_text().startswith("洮府街道")


@pytest.mark.parametrize(
    ("text", "line", "page"),
    [
        ("洮南市", "洮南市 白城市 县（市、区）", "counties/220881.html"),
        ("延边", "延边朝鲜族自治州 市（州）", "liaisons/2224.html"),
    ],
)
def test_a_larger_place_leads_to_its_page(text: str, line: str, page: str, home: Page) -> None:
    """A county or prefecture is found by its name and has its own page."""
    assert find(home, text)[0] == line
    home.locator(OPTIONS).first.click()
    home.wait_for_url(f"**/{page}")


@pytest.mark.parametrize("text", ["洮南市 福胜村", "福胜村 洮南市", "　福胜　洮府  "])
def test_two_words_narrow_the_choice_in_any_order(text: str, home: Page) -> None:
    """Words are parted by spaces, wide ones too, and each must fit."""
    found = find(home, text)
    assert len(found) == 1
    assert found[0].startswith("福胜村 洮南市 洮府街道")


@pytest.mark.parametrize("text", ["洮南市福胜村", "洮南福胜", "洮南市福胜"])
def test_county_and_village_may_be_run_together(text: str, home: Page) -> None:
    """Most people leave no space; the one village meant is found all the same."""
    assert find(home, text) == find(home, "洮南市 福胜村")


def test_a_village_of_the_name_comes_before_villages_of_a_township_of_the_name(home: Page) -> None:
    """Who types a village's name sees that village first, not all villages of a township named alike."""
    assert find(home, "桦皮")[0].startswith("桦皮")


def test_enter_opens_the_only_result(home: Page) -> None:
    """With one result left, the Enter key opens it."""
    find(home, "洮南市福胜村")
    home.locator("#find-input").press("Enter")
    home.wait_for_url("**/villages/*.html")
    assert home.locator("h1").inner_text().startswith("福胜村")


def test_full_width_digits_find_the_same(home: Page) -> None:
    """Digits of whatever width, and the characters for them, find the same."""
    found = find(home, "一0九村")
    assert len(found) == 1
    assert [find(home, text) for text in ("一０九村", "109村", "一零九村", "yilingjiu")] == [found] * 4


@pytest.mark.parametrize("text", ["tao nan fusheng", "洮南fus", "洮南付胜", "ｔａｏｎａｎｆｕｓｈｅｎｇ"])
def test_sounds_and_slips_find_the_village(text: str, home: Page) -> None:
    """Pinyin, pinyin after characters, a character of the same sound, full-width letters."""
    assert any(line.startswith("福胜村 洮南市 洮府街道") for line in find(home, text))


def test_what_was_meant_perhaps_stands_below_what_was_typed(home: Page) -> None:
    """A slip in pinyin that fits a name: after it come the nearest others, marked and counted; Enter takes it."""
    exact, unlisted = find(home, "taping")
    assert UNLISTED in unlisted
    home.locator(NEAR).first.wait_for()
    near = [" ".join(line.split()) for line in home.locator(NEAR).all_inner_texts()]
    assert [line for line in near if line.startswith("相近 太平村 ")][:2]
    assert home.locator("#find-results [role=option]").first.inner_text().split() == exact.split()
    assert said(home) == f"找到2个；另有相近的{len(near)}个"
    home.keyboard.press("Enter")
    home.keyboard.press("Enter")
    home.wait_for_url("**/villages/*.html")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_box_shows_that_it_has_the_focus(scheme: Literal["light", "dark"], home: Page) -> None:
    """By day and by night, after a tap too: a ring of at least two pixels that stands out from the page."""
    home.emulate_media(color_scheme=scheme)
    home.locator("#find-input").click()
    style, width, ring, page = home.evaluate(
        """() => {
          const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(document.activeElement);
          const ground = getComputedStyle(document.body).backgroundColor;
          return [outlineStyle, parseFloat(outlineWidth), outlineColor, ground];
        }"""
    )
    assert style != "none"
    assert width >= 2
    assert contrast(ring, page) >= 3


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as browsers compute them (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio)."""

    def luminance(colour: str) -> float:
        parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


def test_a_slip_is_reported(home: Page) -> None:
    """What does not fit exactly is offered as nearly so."""
    count = len(find(home, "洮南付胜村"))
    assert said(home) == f"没有完全一样的，相近的有{count}个"


def test_the_browser_finds_what_the_search_finds(home: Page, built_site: Path, villages: list[dict[str, str]]) -> None:
    """A sample of queries of every kind: the list in the browser is that of the search run by itself."""
    texts = [village["name"] for village in villages[::200]] + ["太平", "太坪", "tnfs", "xinglong"]
    for text, answer in zip(texts, searched(built_site, texts), strict=True):
        find(home, text)
        shown = home.locator(OPTIONS).evaluate_all("all => all.map(one => one.getAttribute('href'))")
        assert [_code(address) for address in shown] == [
            _what_to_do(built_site, code) if kind == "unlisted" else _code(code)
            for kind, code, _ in answer["found"][:MOST]
        ]


def _what_to_do(built_site: Path, code: str) -> str:
    """Where somebody is led whose village is on no list: to its county, or to how to apply where that has no page."""
    return code[:6] if (built_site / "counties" / f"{code[:6]}.html").exists() else "legal-aid"


def _code(address: str) -> str:
    """The code of a place, or the name of a page, in an address."""
    township = re.search(r"#t(\d+)$", address)
    return township[1] if township else Path(address.partition("#")[0]).stem


def test_nothing_found_is_said_with_what_to_do(home: Page) -> None:
    """No result is an announcement too, and it points to the counties below."""
    assert find(home, "没有这个村") == []
    assert said(home) == NONE_FOUND


def test_of_many_the_first_fifty_are_listed(home: Page) -> None:
    """A name that fits many lists fifty, tells how many there are and asks for more letters."""
    assert len(find(home, "taiping")) == MOST
    assert said(home).endswith(f"个，先列出前{MOST}个；再多输几个字，或者加上县名")


def test_what_is_too_short_to_tell_is_said_to_be(home: Page) -> None:
    """Where more names may begin like this than the files at hand hold, the list does not pass for the whole."""
    count = len(find(home, "x"))
    assert said(home) == f"先列出{count}个；再多输几个字，会找得更全"


def test_a_single_sign_that_fits_nothing_asks_for_another(home: Page) -> None:
    """Nobody reads that there is no such village before there is a word."""
    find(home, "囗")
    assert said(home) == "请再多输一个字。"


def test_an_emptied_box_says_nothing(home: Page) -> None:
    """When the text is deleted, results and announcement go."""
    find(home, "福胜村")
    home.locator("#find-input").fill("")
    home.locator(".find-state:empty").wait_for(state="attached")
    assert home.locator(OPTIONS).count() == 0


def test_letters_of_an_unfinished_word_are_not_searched(home: Page) -> None:
    """While an input method composes, its letters give no false alarm; the finished word is searched."""
    wire = home.context.new_cdp_session(home)
    home.locator("#find-input").focus()
    wire.send("Input.imeSetComposition", {"text": "fu sheng", "selectionStart": 8, "selectionEnd": 8})
    home.wait_for_function("() => document.querySelector('#find-input').value === 'fu sheng'")
    home.wait_for_function("() => window.campaignLookup")
    assert said(home) == ""
    wire.send("Input.insertText", {"text": "福胜村"})
    home.locator(OPTIONS).first.wait_for()
    assert said(home).startswith("找到")


def test_the_keyboard_alone_reaches_the_village(home: Page, villages: list[dict[str, str]]) -> None:
    """Tab to the box, type, arrow down to the first result, Enter."""
    for _ in range(30):
        home.keyboard.press("Tab")
        if home.evaluate("document.activeElement.id") == "find-input":
            break
    village = next(village for village in villages if len(village["liaison"]) >= 4)
    home.keyboard.insert_text(village["liaison"])
    home.locator(OPTIONS).first.wait_for()
    home.keyboard.press("ArrowDown")
    home.keyboard.press("Enter")
    home.locator(".liaison .name").wait_for()
    assert home.locator(".liaison .name").inner_text() == village["liaison"]


def test_arrows_walk_through_the_list_and_round_it(home: Page) -> None:
    """Down, up and over both ends; what is chosen is named to assistive software and in view."""
    count = len(find(home, "太平"))
    chosen = []
    for key in ("ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp", "ArrowDown"):
        home.keyboard.press(key)
        active = home.locator("#find-input").get_attribute("aria-activedescendant")
        chosen.append(active)
        assert home.locator("[role=option][aria-selected=true]").get_attribute("id") == active
        assert home.locator(f"#{active}").is_visible()
    assert chosen == [f"find-option-{number}" for number in (0, 1, 0, count - 1, 0)]


def test_enter_with_several_results_chooses_the_first(home: Page) -> None:
    """Who presses the search key of a phone is led to the list, not to a village by chance."""
    find(home, "太平")
    home.keyboard.press("Enter")
    assert home.locator("#find-input").get_attribute("aria-activedescendant") == "find-option-0"
    home.keyboard.press("Enter")
    home.wait_for_url("**/villages/*.html")


def test_a_list_of_what_was_typed_before_is_not_opened(home: Page) -> None:
    """While the results for new letters are on their way, Enter does not open an old one."""
    assert len(find(home, "洮南福胜")) == 1
    home.route("**/lookup/*.js", lambda route: None)
    home.locator("#find-input").press_sequentially("太平屯")
    home.locator("#find-input").press("Enter")
    assert home.url.endswith("/index.html")


def test_escape_closes_the_list_and_typing_opens_it(home: Page) -> None:
    """The text stays; the box tells assistive software whether there is a list."""
    box = home.locator("#find-input")
    assert box.get_attribute("aria-expanded") == "false"
    find(home, "太平")
    assert box.get_attribute("aria-expanded") == "true"
    box.press("Escape")
    assert box.get_attribute("aria-expanded") == "false"
    assert not home.locator("#find-results").is_visible()
    assert box.input_value() == "太平"
    box.press_sequentially("村")
    home.locator(OPTIONS).first.wait_for()


def test_assistive_software_finds_box_results_and_announcement(home: Page) -> None:
    """In the accessibility tree the box has its label and hint, the results are options, the count a status."""
    find(home, "洮南市 福胜村")
    tree = home.locator(".find-box").aria_snapshot()
    assert '- combobox "输入村名、县名，或者要办的事" [expanded]' in tree
    assert "- status: 找到1个" in tree
    assert '- listbox "查找结果":' in tree
    assert '- option "福胜村 洮南市 洮府街道 村 · 联络员' in tree
    box = home.get_by_role("combobox")
    assert box.get_attribute("aria-describedby") == "find-hint"
    assert box.get_attribute("aria-controls") == "find-results"


def test_home_has_in_it_what_every_lookup_needs(chromium: Browser, address: str) -> None:
    """Neither the index nor the readings are asked for: on a slow line names would have to wait for them."""
    page = chromium.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/index.html")
    assert len(find(page, "洮南福胜")) == 1
    page.close()
    names = [url.rpartition("/")[2] for url in asked if "/lookup/" in url]
    assert "names-220881.js" in names
    assert not {"index.js", "more.js"} & set(names)


def test_without_its_index_there_is_no_box(chromium: Browser, address: str) -> None:
    """The list of villages stands alone: a box at which nothing happens would be worse than none."""
    page = chromium.new_page()
    with page.expect_event("pageerror"):
        page.route("**/lookup/index.js", lambda route: route.abort())
        page.goto(f"{address}/counties/220881.html")
    assert page.locator("[data-find]").is_hidden()
    assert page.locator("main a", has_text="福胜村").count()
    page.close()


def test_a_file_that_does_not_come_is_reported_and_asked_for_again(chromium: Browser, address: str) -> None:
    """On a bad line the reader reads what to do instead; the next letter tries anew."""
    name = "names-*"
    page = chromium.new_page()
    page.route(f"**/lookup/{name}.js", lambda route: route.abort())
    page.goto(f"{address}/index.html")
    assert find(page, "洮南福胜") == []
    assert said(page).startswith("村名单没有打开")
    page.unroute(f"**/lookup/{name}.js")
    assert len(find(page, "洮南市 福胜村")) == 1
    page.close()


def test_without_the_whole_search_a_county_is_found_all_the_same(chromium: Browser, address: str) -> None:
    """The box needs its own small script and the index; of a village it says that the names did not come."""
    page = chromium.new_page()
    page.route("**/assets/search.*.js", lambda route: route.abort())
    page.goto(f"{address}/index.html")
    assert find(page, "洮南") == ["洮南市 白城市 县（市、区）"]
    assert find(page, "福胜村") == []
    assert said(page).startswith("村名单没有打开")
    page.close()


@pytest.mark.parametrize("path", ["find/index.html", "404.html", "counties/220881.html"])
def test_the_same_box_stands_elsewhere(path: str, chromium: Browser, address: str) -> None:
    """On its own page, on a county's and where a page is missing: a place, a page by its word, a page by its text."""
    page = chromium.new_page()
    page.goto(f"{address}/{path}")
    assert find(page, "洮南福胜")[0].startswith("福胜村 洮南市 洮府街道 村 · 联络员")
    assert find(page, "讨薪")[0].endswith(" 办事")
    page.locator(OPTIONS).first.click()
    page.wait_for_url("**/help/migrant-workers.html")
    page.close()


def test_what_a_page_says_is_found(home: Page) -> None:
    """A question that no place and no word of a page answers: the page, the part of it, and that it is a page."""
    found = find(home, "签署协议书")
    assert found == [] or all(line.endswith("网页") for line in found)
    found = find(home, "领导小组办公室设在哪个处")
    home.locator(OPTIONS).filter(has_text="谁来做").first.click()
    home.wait_for_url("**/programme/organisation.html*")


def test_the_box_has_a_page_of_its_own(chromium: Browser, built_site: Path) -> None:
    """One tab away from every page; it works where the site is opened from a disk."""
    page = chromium.new_page()
    page.goto(f"{built_site.as_uri()}/about/index.html")
    page.get_by_role("link", name="找人找窗口").first.click()
    assert find(page, "洮南福胜")[0].startswith("福胜村 洮南市 洮府街道")
    page.locator(OPTIONS).first.click()
    assert page.locator(".liaison .name").is_visible()
    page.close()


def test_a_reader_who_comes_back_finds_the_list_again(home: Page) -> None:
    """The browser keeps what was typed, and the list is there with it."""
    find(home, "太平")
    home.locator(OPTIONS).nth(3).click()
    home.wait_for_url("**/villages/*.html")
    home.go_back()
    home.locator(OPTIONS).nth(3).wait_for()
    assert home.locator("#find-input").input_value() == "太平"


def test_names_are_shown_as_text(chromium: Browser, address: str) -> None:
    """A name full of markup and template signs is read as it is and runs nothing."""
    page = chromium.new_page()
    rows = [["220881001", HOSTILE, 1, [["200", HOSTILE, HOSTILE]]]]
    script = f"(window.campaignNames=window.campaignNames||{{}})['names-220881']={json.dumps(rows)}"
    page.route("**/names-220881.js", lambda route: route.fulfill(body=script, content_type="text/javascript"))
    page.goto(f"{address}/index.html")
    assert find(page, f"洮南 {HOSTILE}")[0] == f"{HOSTILE} 洮南市 {HOSTILE} 村 · 联络员{HOSTILE}"
    assert page.locator("#find-results img").count() == 0
    assert page.evaluate("window.ran") is None
    page.close()


def test_without_scripts_the_counties_lead_to_the_village(chromium: Browser, address: str) -> None:
    """Home, county, village by three clicks; the find box, which could not work, is not shown."""
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 360, "height": 640})
    page = context.new_page()
    page.goto(f"{address}/index.html")
    assert not page.locator("#find-input").is_visible()
    page.get_by_role("link", name="我的村").click()
    page.locator(".county-list").get_by_role("link", name="洮南市").click()
    page.locator("summary", has_text="洮府街道").click()
    page.get_by_role("link", name="福胜村").first.click()
    assert page.locator(".liaison .name").is_visible()
    context.close()
