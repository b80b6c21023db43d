"""Pages of a forge, of which GitHub's are known best: a host that takes no settings of ours, under a path of its own.

The host is stood in for, by what its answers are known to say: types by the endings of names, ten minutes, gzip, the
site's own page for unknown addresses. That it still answers so nobody can try but who has one.
"""

import gzip
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.request import Request, urlopen

import pytest
from every_kind import FILES, SAYS, SHOWN, write
from playwright.sync_api import Browser
from small_press import Press, git

from site_builder.publish import served
from site_builder.publish.browsers import expected
from site_builder.publish.verifying import Trust, verify_site

PATH = "/campaign/"  # a repository of the name campaign
NO_TYPE = "application/octet-stream"
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".gz": "application/gzip",
    ".html": "text/html; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".js": "application/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".map": "application/json; charset=utf-8",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webp": "image/webp",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xml": "application/xml",
}


class _Pages(BaseHTTPRequestHandler):
    """What GitHub's Pages answer."""

    folder: Path

    def do_GET(self) -> None:
        """The file, the page of a folder, a page without its ending; else the site's own page of what is missing."""
        name = self.path.partition("?")[0].removeprefix(PATH)
        file = self.folder / name
        if name and not name.endswith("/") and file.is_dir():
            return self._send(301, b"", {"Location": f"{self.path}/"})
        tried = (file / "index.html" if file.is_dir() else file, file.with_name(f"{file.name}.html"))
        found = next((path for path in tried if path.is_file()), self.folder / "404.html")  # of a site of ours
        content, kind = found.read_bytes(), TYPES.get(found.suffix, NO_TYPE)
        heads = {"Content-Type": kind, "Cache-Control": "max-age=600", "Access-Control-Allow-Origin": "*"}
        if "gzip" in self.headers.get("Accept-Encoding", "") and found.suffix in served.TEXTS:
            heads |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
            content = gzip.compress(content)
        return self._send(404 if found not in tried else 200, content, heads)

    def _send(self, status: int, content: bytes, heads: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {**heads, "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Requests are of no interest here."""


def serving(folder: Path) -> ThreadingHTTPServer:
    """Pages of what stands in a folder."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("_Own", (_Pages,), {"folder": folder}))
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    return server


@pytest.fixture
def pages(tmp_path: Path) -> Iterator[str]:
    """The address of a site with a file of every kind."""
    server = serving(write(tmp_path / "pages"))
    yield f"http://127.0.0.1:{server.server_port}{PATH}"
    server.shutdown()
    server.server_close()


def test_each_file_arrives_as_its_type_but_for_the_lists(pages: str) -> None:
    """The list of files and its signature have no ending that tells: they come as files to be kept, whole."""
    for path, content in FILES.items():
        with urlopen(pages + path) as answer:  # noqa: S310
            kind = answer.headers["content-type"]
            assert answer.read() == content
        said = kind.replace("application/javascript", "text/javascript").removesuffix("; charset=utf-8")
        wanted = expected.type_of(path).removesuffix("; charset=utf-8").replace("atom+xml", "xml")
        assert said == (NO_TYPE if path.startswith("SHA256SUMS") else wanted), path


def test_texts_are_compressed(pages: str) -> None:
    """By gzip, which every browser knows."""
    for path in SHOWN:
        with urlopen(Request(pages + path, headers={"Accept-Encoding": "gzip"})) as answer:  # noqa: S310
            assert gzip.decompress(answer.read()) == FILES[path]


@pytest.mark.needs("chromium")
def test_a_chinese_browser_shows_the_right_characters(pages: str, chromium: Browser) -> None:
    """Of every text that it shows by itself, and of the page for an unknown address below any folder."""
    context = chromium.new_context(locale="zh-CN")
    page = context.new_page()
    for path in SHOWN:
        page.goto(pages + path)
        assert SAYS in page.evaluate("document.documentElement.textContent"), path
    answer = page.goto(f"{pages}villages/nowhere.html")
    assert answer and answer.status == 404
    assert "找不到这个网页" in page.content()
    context.close()


def test_what_was_pushed_is_verified_there(press: Press, tmp_path: Path) -> None:
    """The branch that the forge serves, asked for as readers ask: each file is what was published."""
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", "public.git")
    press.publish(f"git:{tmp_path}/public.git#pages", 0)
    folder = tmp_path / "served"
    git(tmp_path, "clone", "--quiet", "--branch=pages", f"file://{tmp_path}/public.git", str(folder))
    (folder / "404.html").write_text("<p>x")  # which this small site has not, and Pages need not list
    server = serving(folder)
    found = verify_site(f"http://127.0.0.1:{server.server_port}{PATH}", Trust())
    assert (found.problems, len(found.listed)) == ([], 4)
    (folder / "index.html").write_text("of another")
    changed = verify_site(f"http://127.0.0.1:{server.server_port}{PATH}", Trust()).problems
    assert {(problem.code, problem.file) for problem in changed} == {
        ("verify-changed", "/"),
        ("verify-changed", "index.html"),
    }
    server.shutdown()
    server.server_close()
