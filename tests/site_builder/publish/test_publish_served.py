"""Whoever serves the site, every file arrives as what it is: docs/serving.md is followed to the letter."""

import gzip
import random
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path, PurePosixPath
from threading import Thread

import brotli
import pytest
from every_kind import FILES, PAGE, SAYS, SHOWN, write
from playwright.sync_api import Browser
from web_servers import Served, caddy, nginx, storage

from site_builder.publish import lists, served
from site_builder.publish.browsers import expected
from site_builder.publish.directory import put
from site_builder.publish.order import Verdict
from site_builder.site import release_folders

SERVERS = [
    pytest.param(nginx, id="nginx", marks=pytest.mark.needs("nginx-light", "libnginx-mod-http-brotli-static")),
    pytest.param(caddy, id="caddy", marks=pytest.mark.needs("caddy")),
    pytest.param(storage, id="storage", marks=pytest.mark.needs("nginx-light")),
]
Serve = Callable[[Path, Path], AbstractContextManager[Served]]


@pytest.fixture(scope="module", params=SERVERS)
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that was set up as the document says, with a release of a file of every kind."""
    serve: Serve = request.param
    place = write(tmp_path_factory.mktemp("current"))
    with serve(place, tmp_path_factory.mktemp("server")) as found:
        yield found


@pytest.mark.parametrize("path", FILES)
def test_each_file_arrives_as_what_it_is(server: Served, path: str) -> None:
    """Its type with the encoding of its characters, how long it may be kept, and the bytes themselves."""
    answer, body = server.get(f"/{path}")
    assert answer.status == 200
    assert _kind(answer.headers["content-type"]) == _kind(expected.type_of(path))
    assert answer.headers["cache-control"] == expected.caching_of(path)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert body == FILES[path]


def test_every_kind_of_file_is_tried() -> None:
    """Each that a site may hold; the tests of the site find one that is of no known kind."""
    assert {PurePosixPath(path).suffix for path in FILES} == set(expected.TYPES)


def _kind(written: str) -> str:
    """A type by its name of today; XML and JSON know their encoding by themselves."""
    name, _, encoding = written.lower().replace(" ", "").partition(";")
    name = {"text/xml": "application/xml", "application/javascript": "text/javascript"}.get(name, name)
    return name if name.endswith(("xml", "json", "gzip", "octet-stream")) else f"{name};{encoding}"


@pytest.mark.parametrize(
    "path", [path for path in FILES if Path(path).suffix in served.TEXTS and len(FILES[path]) > 512]
)
def test_texts_are_compressed(server: Served, path: str) -> None:
    """By brotli where it was written beforehand, and by gzip for a browser that knows no other."""
    readers = {"br": brotli.decompress, "gzip": gzip.decompress}
    for asked, given in (("gzip, deflate, br", server.best), ("gzip", "gzip")):
        answer, body = server.get(f"/{path}", Accept_Encoding=asked)
        assert answer.headers["content-encoding"] == given
        assert "accept-encoding" in answer.headers["vary"].lower()
        assert len(body) < len(FILES[path]) / 5
        assert readers[given](body) == FILES[path]


def test_pages_stand_in_no_frame_but_those_made_for_it(server: Served) -> None:
    """A page cannot say so of itself."""
    framing = {path: server.get(path)[0].headers["content-security-policy"] for path in ("/", "/embed/220881.html")}
    assert framing == {"/": "frame-ancestors 'none'", "/embed/220881.html": None}


def test_an_unknown_address_is_answered_by_the_site_s_own_page(server: Served) -> None:
    """With the status that tells programs so."""
    answer, body = server.get("/nowhere/at-all")
    assert answer.status == 404
    assert "找不到这个网页" in body.decode()
    assert answer.headers["content-security-policy"] == "frame-ancestors 'none'"


def test_plain_http_leads_to_https(server: Served) -> None:
    """For good, and to the same page."""
    answer, _ = server.get_plainly("/villages/220881100200.html")
    assert answer.status in {301, 308}
    assert answer.headers["location"].startswith("https://localhost")
    assert answer.headers["location"].endswith("/villages/220881100200.html")


@pytest.mark.needs("chromium")
def test_a_chinese_browser_shows_the_right_characters(server: Served, chromium: Browser) -> None:
    """Of every text that a browser shows by itself."""
    context = chromium.new_context(locale="zh-CN", ignore_https_errors=True)
    page = context.new_page()
    for path in SHOWN:
        page.goto(f"{server.address}/{path}")
        assert page.evaluate("document.characterSet") == "UTF-8", path
        assert SAYS in page.evaluate("document.documentElement.textContent"), path
    context.close()


class _Bare(SimpleHTTPRequestHandler):
    """A host that says the type of a file and nothing else."""

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


@pytest.mark.needs("chromium")
def test_pages_and_texts_need_no_server_that_says_their_encoding(chromium: Browser, tmp_path: Path) -> None:
    """As the pages of a forge, or a server that nobody set up: the mark at the head of a text is enough."""
    handler = partial(_Bare, directory=str(write(tmp_path)))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as bare:
        Thread(target=bare.serve_forever, daemon=True).start()
        context = chromium.new_context(locale="zh-CN")
        page = context.new_page()
        for path in ("index.html", "prints/broadcast-script-220881.txt"):
            page.goto(f"http://127.0.0.1:{bare.server_port}/{path}")
            assert SAYS in page.evaluate("document.documentElement.textContent"), path
        context.close()
        bare.shutdown()


def test_what_is_compressed_beforehand_is_no_file_of_the_site(tmp_path: Path) -> None:
    """A release in a directory is whole with it; one whose compressed text says something else is not."""
    package, place = write(tmp_path / "package"), tmp_path / "www"
    (package / "SHA256SUMS").unlink()
    (package / "SHA256SUMS").write_text(release_folders.listing(lists.of_folder(package)))
    assert put(place, package, "a" * 40, lambda state: Verdict.NEWER, 5) is Verdict.NEWER
    current = place / "current"
    assert gzip.decompress((current / "index.html.gz").read_bytes()).decode() == PAGE
    assert not (current / "reports/2018-06.docx.br").exists()
    assert lists.is_whole(current)
    (current / "index.html.br").write_bytes(brotli.compress(b"another liaison"))
    assert not lists.is_whole(current)
    (current / "index.html.br").write_bytes(b"damaged")
    assert not lists.is_whole(current)


def test_what_somebody_packed_is_unpacked_no_further_than_its_text(tmp_path: Path) -> None:
    """A twin that stands for much more, was cut off or is of another text is none; ours are, however large."""
    text, twin = tmp_path / "a.txt", {ending: tmp_path / f"a.txt.{ending}" for ending in ("gz", "br")}
    text.write_bytes(random.Random(1).randbytes(300_000).hex().encode())  # noqa: S311
    served.compress(tmp_path)
    assert all(served.is_twin(tmp_path, path.name) for path in twin.values())
    for path in twin.values():
        path.write_bytes(path.read_bytes()[:-1])
    assert not any(served.is_twin(tmp_path, path.name) for path in twin.values())
    text.write_bytes(b"0" * 1000)
    for ending, pack in (("gz", gzip.compress), ("br", brotli.compress)):
        twin[ending].write_bytes(pack(b"0" * 500) + pack(b"0" * 500))
        assert not served.is_twin(tmp_path, twin[ending].name)
    for ending, pack in (("gz", gzip.compress), ("br", brotli.compress)):
        twin[ending].write_bytes(pack(b"0" * 100_000_000))
    tracemalloc.start()
    assert not any(served.is_twin(tmp_path, path.name) for path in twin.values())
    assert tracemalloc.get_traced_memory()[1] < 1_000_000
    tracemalloc.stop()
