"""From the home page to a village: by the find box, by keyboard alone, and without scripts by clicking."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from site_kinds import open_data

pytestmark = pytest.mark.needs("chromium")

MOST = 20
NONE_FOUND = "没有找到。请换个写法，或者在下面按县（市、区）查找。"
HOSTILE = '<img src=x onerror="window.ran=1">{{7*7}}&amp;'


@pytest.fixture
def home(chromium: Browser, address: str) -> Iterator[Page]:
    """The home page; any script error fails the test."""
    page = chromium.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{address}/index.html")
    yield page
    page.close()
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
    return [" ".join(line.split()) for line in page.locator("#find-results li").all_inner_texts()]


def said(page: Page) -> str:
    """What assistive software is told."""
    return page.get_by_role("region", name="找我的村").get_by_role("status").inner_text()


def test_a_village_is_found_by_its_name(home: Page, villages: list[dict[str, str]]) -> None:
    """All villages of that name are there, and no other; the number is announced."""
    name = villages[700]["name"]
    found = find(home, name)
    count = sum(name in village["name"] for village in villages)
    assert 0 < count <= MOST
    assert len(found) == count
    assert all(line.startswith(name) for line in found)
    assert said(home) == f"找到{count}个"


def test_a_village_is_found_by_its_liaison(home: Page, villages: list[dict[str, str]]) -> None:
    """The name of a liaison leads to the village's own page, which has that name."""
    village = next(village for village in villages if len(village["liaison"]) >= 4)
    found = find(home, village["liaison"])
    assert len(found) == sum(village["liaison"] in other["liaison"] for other in villages)
    home.locator(f"#find-results a[href$='{village['code']}.html']").click()
    assert home.locator(".liaison .name").inner_text() == village["liaison"]


def test_the_villages_of_a_township_are_found(home: Page, built_site: Path) -> None:
    """The name of a township gives each of its villages with county and township beside it."""
    found = find(home, "洮府街道")
    code = Path(str(home.locator("#find-results a").first.get_attribute("href"))).stem
    township = next(row["township_code"] for row in open_data(built_site, "villages") if row["village_code"] == code)
    assert len(found) == sum(row["township_code"] == township for row in open_data(built_site, "villages"))
    assert all("洮南市 洮府街道" in line for line in found)


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
    """An input method in full-width mode finds what the plain one finds."""
    assert find(home, "一０九村") == find(home, "一0九村")
    assert len(find(home, "一０九村")) == 1


def test_nothing_found_is_said_with_what_to_do(home: Page) -> None:
    """No result is an announcement too, and it points to the counties below."""
    assert find(home, "没有这个村") == []
    assert said(home) == NONE_FOUND


def test_of_many_the_first_twenty_are_listed(home: Page, villages: list[dict[str, str]]) -> None:
    """A word that fits nearly everything lists twenty, tells how many there are and asks for more letters."""
    assert len(find(home, "村")) == MOST
    assert said(home) == f"找到{len(villages)}个，先列出前20个；再多输几个字"


def test_an_emptied_box_says_nothing(home: Page) -> None:
    """When the text is deleted, results and announcement go."""
    find(home, "福胜村")
    home.locator("#find-input").fill("")
    home.locator(".find-state:empty").wait_for(state="attached")
    assert home.locator("#find-results li").count() == 0


def test_letters_of_an_unfinished_word_are_not_searched(home: Page) -> None:
    """While an input method composes, its letters give no false alarm; the finished word is searched."""
    wire = home.context.new_cdp_session(home)
    home.locator("#find-input").focus()
    wire.send("Input.imeSetComposition", {"text": "fu sheng", "selectionStart": 8, "selectionEnd": 8})
    home.wait_for_function("() => document.querySelector('#find-input').value === 'fu sheng'")
    home.wait_for_function("() => window.campaignVillages")
    assert said(home) == ""
    wire.send("Input.insertText", {"text": "福胜村"})
    home.locator("#find-results li").first.wait_for()
    assert said(home).startswith("找到")


def test_the_keyboard_alone_reaches_the_village(home: Page, villages: list[dict[str, str]]) -> None:
    """Tab to the box, type, Tab to the first result, Enter."""
    for _ in range(30):
        home.keyboard.press("Tab")
        if home.evaluate("document.activeElement.id") == "find-input":
            break
    village = next(village for village in villages if len(village["liaison"]) >= 4)
    home.keyboard.insert_text(village["liaison"])
    home.locator("#find-results li").first.wait_for()
    home.keyboard.press("Tab")
    home.keyboard.press("Enter")
    home.locator(".liaison .name").wait_for()
    assert home.locator(".liaison .name").inner_text() == village["liaison"]


def test_assistive_software_finds_box_results_and_announcement(home: Page) -> None:
    """In the accessibility tree the box has its label and hint, the results are a list of links, the count a status."""
    find(home, "洮南市 福胜村")
    tree = home.locator(".find-box").aria_snapshot()
    assert '- searchbox "村名、乡镇名或联络员姓名"' in tree
    assert "- status: 找到1个" in tree
    assert "- list:" in tree
    assert '- link "福胜村 洮南市 洮府街道' in tree
    assert home.get_by_role("searchbox").get_attribute("aria-describedby") == "find-hint"


def test_a_list_that_does_not_come_is_told_and_asked_for_again(home: Page) -> None:
    """On a bad line the reader is told what to do instead; the next letter tries anew."""
    home.route("**/villages.js", lambda route: route.abort())
    assert find(home, "福") == []
    assert said(home).startswith("村名单没有打开")
    home.unroute("**/villages.js")
    assert len(find(home, "洮南市 福胜村")) == 1


def test_names_are_shown_as_text(chromium: Browser, built_site: Path, address: str) -> None:
    """A name full of markup and template signs is read as it is and runs nothing."""
    page = chromium.new_page()
    index = {"counties": [HOSTILE], "villages": [["220881001200", HOSTILE, HOSTILE, 0, HOSTILE]]}
    script = f"window.campaignVillages={json.dumps(index)}"
    page.route("**/villages.js", lambda route: route.fulfill(body=script, content_type="text/javascript"))
    page.goto(f"{address}/index.html")
    assert find(page, "onerror") == [" ".join([HOSTILE] * 4)]
    assert page.locator("#find-results img").count() == 0
    assert page.evaluate("window.ran") is None
    page.close()


def test_without_scripts_the_counties_lead_to_the_village(chromium: Browser, address: str) -> None:
    """Home, county, village by three clicks; the find box, which could not work, is not shown."""
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 360, "height": 640})
    page = context.new_page()
    page.goto(f"{address}/index.html")
    assert not page.locator("#find-input").is_visible()
    page.get_by_role("link", name="按县（市、区）查找").click()
    page.locator(".county-list").get_by_role("link", name="洮南市").click()
    page.get_by_role("link", name="福胜村").first.click()
    assert page.locator(".liaison .name").is_visible()
    context.close()
