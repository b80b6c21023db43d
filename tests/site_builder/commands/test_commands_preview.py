"""The preview answers whoever sits at this machine, and nobody who has another name lead to it."""

from collections.abc import Iterator
from functools import partial
from http.client import HTTPConnection
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from site_builder.commands import preview


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    """A preview of two small pages and a folder without one."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("home", encoding="utf-8")
    (tmp_path / "404.html").write_text("nothing here", encoding="utf-8")
    handler = partial(preview._Handler, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server.server_port
        server.shutdown()


def asked(port: int, path: str, host: str, method: str = "GET", **said: str) -> tuple[int, bytes]:
    connection = HTTPConnection("127.0.0.1", port)
    headers = {f"Sec-Fetch-{name.capitalize()}": value for name, value in said.items()}
    connection.request(method, path, headers={"Host": host, **headers})
    answer = connection.getresponse()
    return answer.status, answer.read()


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "[::1]"])
def test_the_machine_s_own_names_are_answered(port: int, name: str) -> None:
    """With the port on which it serves, as browsers say it."""
    assert asked(port, "/index.html", f"{name}:{port}") == (200, b"home")
    assert asked(port, "/", f"{name}:{port}") == (200, b"home")


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{}", "localhost", "localhost:1", "localhost.evil:{}", ""]
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("path", ["/index.html", "/nothing.html"])
def test_another_name_gets_nothing(port: int, host: str, method: str, path: str) -> None:
    """A page of the web whose name is led to this machine could read what is being prepared."""
    status, content = asked(port, path, host.format(port), method)
    assert (status, b"home" in content, b"nothing here" in content) == (421, False, False)


@pytest.mark.parametrize("into", ["script", "iframe", "frame", "embed", "object", "image", "style", "empty"])
@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_page_from_elsewhere_gets_no_file(port: int, site: str, into: str) -> None:
    """It would run the names as its own script, or show the preview in a frame; another port of this machine, too."""
    for path in ("/index.html", "/nothing.html"):
        status, content = asked(port, path, f"localhost:{port}", site=site, dest=into)
        assert (status, b"home" in content, b"nothing here" in content) == (421, False, False)


@pytest.mark.parametrize(
    ("site", "into"),
    [("none", "document"), ("cross-site", "document"), ("same-origin", "script"), ("same-origin", "document")],
)
def test_a_link_and_the_preview_s_own_pages_are_answered(port: int, site: str, into: str) -> None:
    """Who types the address, follows a link or reads on."""
    assert asked(port, "/index.html", f"localhost:{port}", site=site, dest=into) == (200, b"home")


@pytest.mark.parametrize("path", ["/index.html", "/nothing.html"])
def test_a_browser_that_does_not_say_who_asks_is_told(port: int, path: str) -> None:
    """It then gives a file to no page from elsewhere, and shows none in its frame."""
    connection = HTTPConnection("127.0.0.1", port)
    connection.request("GET", path, headers={"Host": f"localhost:{port}"})
    said = connection.getresponse().headers
    assert said["Cross-Origin-Resource-Policy"] == "same-origin"
    assert said["Content-Security-Policy"] == "frame-ancestors 'none'"
    assert said["X-Frame-Options"] == "DENY"


def test_a_folder_is_not_listed(port: int) -> None:
    """What no page leads to is not shown, and the answer is the site's own."""
    assert asked(port, "/assets/", f"localhost:{port}") == (404, b"nothing here")
