"""The desk's server answers the desk's own page and nobody else: no other name, no other page of the browser."""

import json
import socket
from collections.abc import Iterator
from html import unescape
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread
from urllib.parse import quote, urlsplit

import pytest

from site_builder.commands.office_desk.findings import Look, SeenReturn, State
from site_builder.commands.office_desk.server import DeskServer
from site_builder.commands.office_desk.session import Session
from site_builder.untrusted_files.formats.bounds import MOST_BYTES


@pytest.fixture
def server(tmp_path: Path) -> Iterator[DeskServer]:
    """A desk that has not begun to look at anything."""
    (tmp_path / "session").mkdir()
    with DeskServer(Session(root=tmp_path, folder=tmp_path / "session")) as server:
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server
        server.shutdown()


def asked(
    server: DeskServer, method: str, path: str, body: bytes | None = None, **headers: str
) -> tuple[int, dict[str, str], bytes]:
    """What is answered. headers: besides, or in place of, those of the desk's own page, by name with _ for -."""
    own = f"127.0.0.1:{server.server_port}"
    said = {"Host": own, **({"Origin": f"http://{own}"} if method == "POST" else {})}
    said |= {name.replace("_", "-"): text for name, text in headers.items()}
    connection = HTTPConnection("127.0.0.1", server.server_port)
    connection.request(method, path, body, {name: text for name, text in said.items() if text})
    answer = connection.getresponse()
    return answer.status, dict(answer.headers), answer.read()


def below(server: DeskServer, place: str) -> str:
    return urlsplit(server.address).path + place


def test_the_page_is_given_under_its_address(server: DeskServer) -> None:
    """With a policy that lets it reach nobody but who gave it, and a word to the browser to keep it from others."""
    status, headers, content = asked(server, "GET", below(server, ""))
    assert status == 200
    assert "connect-src 'self'" in unescape(content.decode())
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("path", ["/", "/state", "/x/state?after=0", "", "//"])
def test_who_does_not_know_the_address_gets_nothing(server: DeskServer, path: str) -> None:
    """Not even that it is a desk."""
    assert asked(server, "GET", path)[::2] == (404, b"")
    assert asked(server, "POST", path, b"")[::2] == (404, b"")


def test_every_desk_has_another_address(server: DeskServer, tmp_path: Path) -> None:
    """Of 32 random bytes."""
    (tmp_path / "other").mkdir()
    with DeskServer(Session(root=tmp_path, folder=tmp_path / "other")) as other:
        assert other.token != server.token
        assert len(other.token) == 43


@pytest.mark.parametrize("host", ["evil.example", "evil.example:{}", "localhost", "127.0.0.1:1"])
def test_another_name_that_leads_here_gets_nothing(server: DeskServer, host: str) -> None:
    """Even with the right address."""
    host = host.format(server.server_port)
    for method in ("GET", "POST"):
        path = below(server, "state" if method == "GET" else "look")
        assert asked(server, method, path, b"", Host=host, Origin=f"http://{host}")[0] == 404


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "", "http://127.0.0.1:1", "https://127.0.0.1:{}"])
def test_another_page_changes_nothing(server: DeskServer, origin: str) -> None:
    """A form or a script of it, even if it knew the address."""
    origin = origin.format(server.server_port)
    assert asked(server, "POST", below(server, "files?name=a.csv"), b"x", Origin=origin)[0] == 404
    assert asked(server, "POST", below(server, "files?name=a.csv"), b"x", Sec_Fetch_Site="cross-site")[0] == 404
    assert server.session.now.sent == {}


def test_another_page_reads_nothing(server: DeskServer) -> None:
    """As a script, a picture or in a frame."""
    status, *_ = asked(server, "GET", below(server, "state"), Sec_Fetch_Site="cross-site", Sec_Fetch_Dest="script")
    assert status == 404


def test_a_file_is_kept_under_its_own_name_and_nowhere_else(server: DeskServer) -> None:
    """Whatever the name says of folders."""
    assert asked(server, "POST", below(server, f"files?name={quote('../../甲:1.xlsx')}"), b"x")[0] == 204
    (file,) = server.session.now.sent.values()
    assert (file.path.name, file.path.read_bytes()) == ("甲1.xlsx", b"x")
    assert file.path.parent.parent.parent == server.session.folder


def test_what_is_too_large_is_not_taken(server: DeskServer) -> None:
    """It is refused by its size before a byte of it is read; so is one that does not say its size."""
    path = below(server, "files?name=a.xlsx")
    assert asked(server, "POST", path, None, Content_Length=str(MOST_BYTES + 1))[0] == 413
    assert asked(server, "POST", below(server, "commit"), None, Content_Length=str(2 << 20))[0] == 413
    assert asked(server, "POST", path, None, Content_Length="-1")[0] == 413
    assert server.session.now.sent == {}


def test_what_is_cut_off_is_not_taken(server: DeskServer) -> None:
    """Of a CSV file half the rows would pass for all."""
    own = f"127.0.0.1:{server.server_port}"
    head = f"POST {below(server, 'files?name=a.csv')} HTTP/1.1\r\nHost: {own}\r\nOrigin: http://{own}\r\n"
    with socket.create_connection(("127.0.0.1", server.server_port)) as connection:
        connection.sendall(f"{head}Content-Length: 100\r\n\r\nhalf".encode())
        connection.shutdown(socket.SHUT_WR)
        assert b" 400 " in connection.recv(1000)
    assert server.session.now.sent == {}


def test_an_answer_is_that_of_the_look_that_a_page_shows(server: DeskServer) -> None:
    """The same button would give another county's after the next look."""
    values = {
        "file": "1-0",
        "name": "x",
        "county": "",
        "county_name": "县",
        "received_on": "",
        "errors": 1,
        "warnings": 0,
    }
    now = server.session.now
    for shown, content in ((1, b"first"), (2, b"second")):
        seen = SeenReturn(**values, state=State.FAULTY, answers={"x.html": content})  # type: ignore[arg-type]
        now.look, now.shown = Look(stood="", returns=(seen,), drafts={}, counties=(), left=()), shown
        assert asked(server, "GET", below(server, f"answers/{shown}/1/0"))[::2] == (200, content)
        assert asked(server, "GET", below(server, f"answers/{shown}.zip"))[0] == 200
    assert asked(server, "GET", below(server, "answers/1/1/0"))[0] == 404
    assert asked(server, "GET", below(server, "answers/1.zip"))[0] == 404


def test_who_says_nothing_keeps_nobody_else_away(server: DeskServer) -> None:
    """Another account of the machine can open as many connections as a process may have; the oldest are ended."""
    silent = [socket.create_connection(("127.0.0.1", server.server_port)) for _ in range(100)]
    assert asked(server, "GET", below(server, ""))[0] == 200
    silent[0].settimeout(20)
    assert silent[0].recv(1) == b""
    for each in silent:
        each.close()


def test_nonsense_is_refused_and_the_desk_stays(server: DeskServer) -> None:
    """A row that is none, an act or an answer that there is not."""
    assert asked(server, "POST", below(server, "choose"), b"file=1-0&row%3Ax=kept")[0] == 400
    assert asked(server, "POST", below(server, "nothing"), b"")[0] == 404
    assert asked(server, "GET", below(server, "answers/0/1/0"))[0] == 404
    assert asked(server, "POST", below(server, "write"), b"")[0] == 400
    assert asked(server, "POST", below(server, "write"), b"look=7")[0] == 409
    status, _, content = asked(server, "GET", below(server, "state?after=0"))
    assert status == 200
    assert json.loads(content)["status"]


def test_nothing_is_logged(server: DeskServer, capfd: pytest.CaptureFixture[str]) -> None:
    """Names of files, and the address, stand in requests."""
    asked(server, "POST", below(server, f"files?name={quote('王某.xlsx')}"), b"x")
    asked(server, "GET", "/wrong")
    assert capfd.readouterr() == ("", "")


def test_the_page_can_end_it(tmp_path: Path) -> None:
    """Then it answers no more."""
    (tmp_path / "session").mkdir()
    with DeskServer(Session(root=tmp_path, folder=tmp_path / "session")) as server:
        serving = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        serving.start()
        assert asked(server, "POST", below(server, "end"), b"")[0] == 204
        serving.join()
