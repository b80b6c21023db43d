"""Compare my paper: a village page tells from a check code whether the sheet still holds, and what has changed."""

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from check_codes import is_code, tidied
from playwright.sync_api import Browser, Page

from site_builder.publication.postings import ALPHABET

pytestmark = pytest.mark.needs("chromium")

CURRENT, OLD, UNKNOWN, MISTYPED, EMPTY = "一样", "已经过时", "都不是这个核对码", "输错了", "请先输入"
CODES = re.compile(r'<strong class="code">([^<]*)</strong><br><span>([^<]*)</span>')


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page of a phone whose network is cut."""
    context = chromium.new_context(viewport={"width": 360, "height": 640})
    context.set_offline(True)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def village(built_site: Path) -> tuple[Path, list[tuple[str, str]]]:
    """The page with the most editions, and their codes and sentences, the present one first."""
    found = {path: CODES.findall(path.read_text(encoding="utf-8")) for path in (built_site / "villages").iterdir()}
    path = max(sorted(found), key=lambda path: len(found[path]))
    assert len(found[path]) > 2
    return path, found[path]


def answer(page: Page, code: str) -> str:
    """What the page says of a code, entered by keyboard alone."""
    page.locator("#paper").fill(code)
    page.keyboard.press("Enter")
    box = page.get_by_role("status").bounding_box()
    assert box
    assert page.viewport_size
    assert 0 <= box["y"] <= page.viewport_size["height"] - 40, "the answer is off the screen"
    return page.get_by_role("status").inner_text()


def test_the_present_code_is_current_however_it_is_typed(
    page: Page, village: tuple[Path, list[tuple[str, str]]]
) -> None:
    """Small, without hyphen, with blanks or in full-width characters: the paper holds."""
    path, editions = village
    code = editions[0][0]
    page.goto(path.as_uri())
    wide = "".join(chr(ord(character) + 0xFEE0) for character in code)
    for typed in (code, code.lower(), code.replace("-", ""), code.replace("-", " "), wide, code.replace("-", "—")):
        assert CURRENT in answer(page, typed), typed
    for pasted in (f"核对码 {code}", f"核对码：{code}"):
        assert CURRENT in answer(page, pasted), pasted


def test_an_old_code_is_reported_with_all_that_changed_since(
    page: Page, village: tuple[Path, list[tuple[str, str]]]
) -> None:
    """For each earlier edition the sentences of the later ones stand in the order of time, and no others."""
    path, editions = village
    page.goto(path.as_uri())
    for place, (code, _) in enumerate(editions[1:], start=1):
        assert OLD in answer(page, code)
        shown = page.get_by_role("status").locator("li").all_inner_texts()
        assert shown == [said for _, said in reversed(editions[:place])]


def test_mistyped_and_unknown_are_distinguished(page: Page, village: tuple[Path, list[tuple[str, str]]]) -> None:
    """One wrong character is mistyped, a sound code of another village unknown; an empty box asks for a code."""
    path, editions = village
    code = tidied(editions[0][0])
    page.goto(path.as_uri())
    for place in range(len(code)):
        other = ALPHABET[(ALPHABET.index(code[place]) + 1) % len(ALPHABET)]
        assert MISTYPED in answer(page, code[:place] + other + code[place + 1 :])
    assert EMPTY in answer(page, " - ")
    others = (CODES.findall(other.read_text(encoding="utf-8")) for other in sorted(path.parent.iterdir()))
    stranger = next(found[0][0] for found in others if found and found[0] not in editions)
    assert UNKNOWN in answer(page, stranger)


def test_the_page_takes_for_a_code_what_the_record_takes(
    page: Page, village: tuple[Path, list[tuple[str, str]]]
) -> None:
    """A thousand strings of every kind: the page calls mistyped exactly what can be no code."""
    path, _ = village
    chance = random.Random(7)  # noqa: S311  (the same strings every time)
    tried = ["".join(chance.choices(ALPHABET, k=7)) for _ in range(900)]
    tried += ["".join(chance.choices(ALPHABET + "01OI村", k=chance.randint(1, 9))) for _ in range(100)]
    page.goto(path.as_uri())
    kinds = page.evaluate(
        """codes => codes.map((code) => {
          document.querySelector("#paper").value = code;
          document.querySelector("[data-compare] form").requestSubmit();
          return document.querySelector("[role=status]").dataset.kind;
        })""",
        tried,
    )
    assert [kind != "mistyped" for kind in kinds] == [is_code(code) for code in tried]
    assert 20 < sum(map(is_code, tried)) < 80


def test_the_answer_goes_when_the_code_changes(page: Page, village: tuple[Path, list[tuple[str, str]]]) -> None:
    """What was said of one code does not stand beside another."""
    path, editions = village
    page.goto(path.as_uri())
    assert CURRENT in answer(page, editions[0][0])
    page.locator("#paper").press("Backspace")
    assert page.get_by_role("status").inner_text() == ""


def test_comparing_asks_for_nothing(
    chromium: Browser, address: str, village: tuple[Path, list[tuple[str, str]]]
) -> None:
    """On a served page no request is made for an answer, of whichever kind."""
    path, editions = village
    page = chromium.new_page()
    page.goto(f"{address}/villages/{path.name}", wait_until="networkidle")
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    for code in (editions[0][0], editions[1][0], "2222222", ""):
        answer(page, code)
    assert requests == []
    assert page.url == f"{address}/villages/{path.name}"
    page.close()


def test_without_scripts_the_eye_compares(chromium: Browser, village: tuple[Path, list[tuple[str, str]]]) -> None:
    """The present edition's number, day and code stand in print, and no box that would not answer."""
    path, editions = village
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(path.as_uri())
    present = page.locator(".edition").first
    assert present.is_visible()
    assert editions[0][0] in present.inner_text()
    assert re.search(rf"第{len(editions)}版.*\d{{4}}年\d+月\d+日起", present.inner_text(), re.DOTALL)
    assert not page.locator("#paper").is_visible()
    context.close()


def test_the_table_of_codes_is_the_records(built_site: Path) -> None:
    """Over all villages: the newest code belongs to whoever the open data say serves now, or to nobody."""
    now = {
        row["village_code"]: row["name"]
        for row in json.loads((built_site / "data/liaisons.json").read_text(encoding="utf-8"))
        if row["to_date"] is None
    }
    wrong = {}
    for path in sorted((built_site / "villages").iterdir()):
        found = CODES.findall(path.read_text(encoding="utf-8"))
        expected = f"联络员是{now[path.stem]}（" if path.stem in now else "联络员暂缺。"
        if found and expected not in found[0][1]:
            wrong[path.stem] = found[0]
    assert wrong == {}
