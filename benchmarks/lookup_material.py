"""The search that comes with Material for MkDocs, with jieba cutting the words, over the same villages."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks.host import packed, served
from site_builder.build import write_all
from site_builder.publication.public import PublicRecords

_SETTINGS = Path(__file__).parent / "templates" / "lookup" / "mkdocs.yml"
_INPUT, _LINK = ".md-search__input", ".md-search-result__item > a"
_OF_SEARCH = {"search", "workers", "lunr"}  # folders
# Whether the box shows a number, or that there is nothing, or, when it is empty, that it waits for letters.
_STATUS = """(typed) => {
    const text = document.querySelector(".md-search-result__meta").textContent;
    return typed ? /\\d|没有/.test(text) : text.includes("键入");
}"""
_MOST = 10


def built(public: PublicRecords, folder: Path) -> Path:
    """A site with a page a village, whose title is its name and whose text its township and county."""
    write_all(folder, [("mkdocs.yml", _SETTINGS.read_bytes())])
    write_all(folder / "docs", ((path, text.encode("utf-8")) for path, text in _pages(public)))
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", str(folder / "mkdocs.yml")]
    subprocess.run(command, check=True)
    return folder / "site"


def _pages(public: PublicRecords) -> Iterator[tuple[str, str]]:
    yield "index.md", "# lookup\n"
    for county in public.counties:
        for village in county.villages:
            yield f"villages/{village.code}.md", f"# {village.name}\n\n{county.name} {village.township}\n"


def searched(site: Path, texts: Sequence[str]) -> tuple[list[list[str]], int]:
    """(the codes of the first ten results of each text, bytes that travel for the search before the first result)."""
    with sync_playwright() as playwright, served(site) as address:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page()
        asked: list[str] = []
        page.context.on("request", lambda request: asked.append(request.url))
        page.goto(f"{address}/index.html")
        found = [_found(page, text) for text in texts]
    files = [site / url.removeprefix(f"{address}/") for url in asked]
    return found, sum(len(packed(file)) for file in files if set(file.parts) & _OF_SEARCH)


def _found(page: Page, text: str) -> list[str]:
    """Type a text as a reader does, from an empty box; the first results once the box shows their number."""
    for typed in ("", text):
        page.locator(_INPUT).fill(typed)
        page.locator(_INPUT).press("End")  # the theme looks when a key comes up
        page.wait_for_function(_STATUS, arg=bool(typed), timeout=600_000)
    addresses = page.locator(_LINK).evaluate_all("all => all.map(one => one.pathname)")
    return [Path(address).stem for address in addresses[:_MOST]]
