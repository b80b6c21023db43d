"""`campaign desk` as it is run: it says where it is, answers, and ends when the page or the terminal ends it."""

import re
import signal
import socket
import subprocess
import sys
import webbrowser
from argparse import Namespace
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from stat import S_IMODE
from urllib.parse import urlsplit

import pytest
from tiny_campaign import PROJECT

from site_builder.cli import FINE, WRONG_USE
from site_builder.commands.office_desk import desk


@pytest.fixture
def running(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """The command, in an empty folder."""
    command = [sys.executable, "-m", "site_builder", "--root", str(tmp_path), "desk", "--no-browser"]
    with subprocess.Popen(
        command,
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A shell's background jobs do not hear an interrupt.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509
    ) as process:
        yield process
        process.kill()


def address_of(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    for line in process.stdout:
        if found := re.search(r"http://\S+/", line):
            return found.group()
    raise AssertionError(process.stderr.read() if process.stderr else "")


def test_it_serves_until_the_page_ends_it(running: subprocess.Popen[str]) -> None:
    """What was dropped is in none of its words, and nothing is left of it."""
    address = urlsplit(address_of(running))
    host = address.netloc
    for method, place, body in (("GET", "", b""), ("POST", "files?name=x.csv", b"x"), ("POST", "end", b"")):
        connection = HTTPConnection(host)
        connection.request(method, address.path + place, body, {"Origin": f"http://{host}"})
        assert connection.getresponse().status in {200, 204}
        connection.close()
    out, err = running.communicate()
    assert running.returncode == FINE
    assert "x.csv" not in out + err


def test_an_interrupt_ends_it_well(running: subprocess.Popen[str]) -> None:
    """As of any other command that serves."""
    address_of(running)
    running.send_signal(signal.SIGINT)
    running.communicate()
    assert running.returncode == FINE


def test_a_port_that_is_taken_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And nothing is started."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert desk.run(tmp_path, Namespace(port=port, no_browser=True)) == WRONG_USE
    assert str(port) in capsys.readouterr().err


def test_the_address_is_open_to_this_account_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program's arguments can be read by every account of the machine: the browser gets a file that leads on."""
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    desk._open("http://127.0.0.1:1/secret/", tmp_path)
    assert opened == [(tmp_path / "desk.html").as_uri()]
    assert "secret" in (tmp_path / "desk.html").read_text(encoding="utf-8")
    assert S_IMODE((tmp_path / "desk.html").stat().st_mode) == 0o600
