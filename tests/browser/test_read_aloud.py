"""The page read by the device's own voice, in large type; where there is none, that is said."""

import pytest
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.needs("chromium")

# A voice that notes what it is to say and is done at once.
VOICE = """localStorage.setItem("large-type", "on");
window.heard = [];
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
Object.defineProperty(window, "speechSynthesis", {value: {
  getVoices: () => [{lang: "LANG"}], cancel() {}, addEventListener() {},
  speak(said) { window.heard.push([said.lang, said.text]); setTimeout(() => said.onend(), 20); },
}});"""
NONE = """localStorage.setItem("large-type", "on");
Object.defineProperty(window, "speechSynthesis", {value: undefined});"""


def opened(chromium: Browser, script: str, address: str) -> Page:
    page = chromium.new_page(viewport={"width": 360, "height": 740})
    page.add_init_script(script)
    page.goto(address)
    page.wait_for_selector("[data-aloud]:not([hidden]), [data-aloud-none]:not([hidden])")
    return page


@pytest.mark.parametrize("kind", ["village of 2018", "about/index"])
def test_the_page_is_read_from_its_heading_on(
    kind: str, chromium: Browser, address: str, place: dict[str, str]
) -> None:
    """In Chinese, what is seen and in its order; numbers are called digit by digit, and the button stops it."""
    page = opened(chromium, VOICE.replace("LANG", "zh-CN"), f"{address}/{place[kind]}")
    heading = page.locator("h1").inner_text().split()[0]
    page.get_by_role("button", name="朗读").click()
    page.locator("[data-aloud][aria-pressed=true]").wait_for()
    page.locator("[data-aloud][aria-pressed=false]").wait_for()
    heard = page.evaluate("window.heard")
    assert heard[0][1].startswith(heading)
    assert {lang for lang, _ in heard} <= {"zh-CN", "ko"}
    said = " ".join(text for _, text in heard)
    assert "1 2 3 4 8" in said
    assert "12348" not in said
    page.close()


@pytest.mark.parametrize("script", [NONE, VOICE.replace("LANG", "en-US")])
def test_a_device_without_a_chinese_voice_says_so(script: str, chromium: Browser, address: str) -> None:
    """No button that would do nothing; a sentence in its place."""
    page = opened(chromium, script, f"{address}/about/index.html")
    assert not page.locator("[data-aloud]").is_visible()
    assert "没有中文朗读" in page.locator("[data-aloud-none]").inner_text()
    page.close()


def test_in_usual_type_there_is_no_voice(chromium: Browser, address: str) -> None:
    """Neither the button nor its script, which is asked for with large type."""
    page = chromium.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/about/index.html", wait_until="load")
    assert not page.locator(".aloud").is_visible()
    assert not [url for url in asked if url.endswith("aloud.js")]
    page.close()


@pytest.mark.parametrize("kind", ["home", "village of 2018", "county"])
def test_the_button_lies_over_no_text(kind: str, chromium: Browser, address: str, place: dict[str, str]) -> None:
    """Below the heading, in a line of its own, wherever the page is scrolled to."""
    page = opened(chromium, VOICE.replace("LANG", "zh-CN"), f"{address}/{place[kind]}")
    covered = """() => {
      const box = document.querySelector("[data-aloud]").getBoundingClientRect();
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const found = [];
      while (walker.nextNode()) {
        const text = walker.currentNode;
        if (!text.data.trim() || text.parentElement.closest("[data-aloud], .skip, .unseen, script")) continue;
        const range = document.createRange();
        range.selectNodeContents(text);
        for (const line of range.getClientRects())
          if (line.left < box.right && line.right > box.left && line.top < box.bottom && line.bottom > box.top)
            found.push(text.data.trim());
      }
      return found;
    }"""
    for height in (0, 300, 900):
        page.evaluate(f"window.scrollTo(0, {height})")
        assert page.evaluate(covered) == []
    page.close()
