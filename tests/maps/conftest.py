"""Maps on pages of their own, served under a strict policy, and a browser page that notes every complaint."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest
from map_examples import CHOICE, EXAMPLE, HOSTILE_EXAMPLE, HOSTILE_WORDS, PLACE_MAP, WORDS
from map_pages import SAVES_DATA
from playwright.sync_api import Browser

from maps import MapFiles, county_codes, county_map, shared_files
from site_builder.look import map_style

POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'"
PAGE = """<!DOCTYPE html>
<html lang="zh-CN">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>地图</title>
<link rel="stylesheet" href="../assets/site.css"></head>
<body><h1>地图</h1>
{fragments}
<p>{below}</p>
</body>
</html>
"""


class _Server(SimpleHTTPRequestHandler):
    """Serves a folder under the policy and keeps quiet."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *args: object) -> None:
        """Say nothing."""


def write_page(site: Path, name: str, *maps: MapFiles, table: str = "") -> None:
    files = {key: content for made in maps for key, content in made.files.items()}
    fragments = "\n".join(made.fragment for made in maps) + table
    page = PAGE.format(fragments=fragments, below="下文。<br>" * 100)
    pages = {f"{name}/index.html": page.encode()}
    style = map_style().encode()
    assets = {f"assets/{key}": content for key, content in {"site.css": style, **shared_files(), **files}.items()}
    for path, content in {**pages, **assets}.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes(content)


def table_of(name: str) -> str:
    """A table of five counties beside a map, with a count of its own and a column that follows the map."""
    counts = ["12", "1,300", "—", "12", "7"]
    rows = "".join(
        f'<tr data-county="{code}"><th scope="row"><a href="#{code}">第{code}县</a></th>'
        f'<td class="number">{count}</td><td class="number" data-follows>旧</td></tr>'
        for code, count in zip(county_codes(), counts, strict=False)
    )
    rows = '<tr><th scope="row">全省</th><td class="number">1,331</td><td class="number">—</td></tr>' + rows
    heads = '<th>县</th><th class="number">数</th><th class="number" data-follows>旧</th>'
    return (
        f'<div><table data-county-table="{name}"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'
        '<script src="../assets/maps/county-table.js" defer></script>'
    )


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a page of two maps, one of a map with a list and a table, of places, and of a hostile map."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "favicon.ico").touch()  # a browser asks for it by itself
    other = county_map(replace(EXAMPLE, name="other-map", links={}), WORDS, "../assets")
    write_page(folder, "needs", county_map(EXAMPLE, WORDS, "../assets"), other)
    write_page(folder, "choice", county_map(CHOICE, WORDS, "../assets"), table=table_of("choice"))
    write_page(folder, "places", county_map(PLACE_MAP, WORDS, "../assets"))
    based = replace(EXAMPLE, name="based", base_key="0123456789abcdef" * 2)
    write_page(folder, "based", county_map(based, WORDS, "../assets"))
    write_page(folder, "hostile", county_map(HOSTILE_EXAMPLE, HOSTILE_WORDS, "../assets"))
    return folder


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The address of a server on this machine that serves the folder."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Server, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def watch(chromium: Browser, *, saves_data: bool) -> Iterator[SimpleNamespace]:
    page = chromium.new_page(viewport={"width": 800, "height": 900})
    if saves_data:
        page.add_init_script(SAVES_DATA)
    seen = SimpleNamespace(page=page, requests=[], complaints=[])
    page.on("request", lambda request: seen.requests.append(request.url))
    page.on("console", lambda message: seen.complaints.append(message.text))
    page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    yield seen
    page.close()


@pytest.fixture
def watched(chromium: Browser) -> Iterator[SimpleNamespace]:
    """A page that keeps a list of what it asked for and of every complaint; its reader saves data."""
    yield from watch(chromium, saves_data=True)


@pytest.fixture
def lavish(chromium: Browser) -> Iterator[SimpleNamespace]:
    """The same for a reader who does not save data."""
    yield from watch(chromium, saves_data=False)
