"""The browsers that an office may have, each driven by what it understands, behind what a journey needs of a page."""

import json
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from old_engines import OPTIONS, program
from patience import END, until
from playwright.sync_api import Browser, Page

BROWSERS = ("chromium", "chromium-109", "chromium-103", "firefox")


class Driven(Protocol):
    """A page in a browser."""

    def go(self, address: str) -> None:
        """Open an address."""

    def said(self, expression: str) -> Any:  # noqa: ANN401
        """What an expression of its script is worth."""

    def pick(self, css: str, path: Path) -> None:
        """Choose a file in a field, as a person does."""


class _ByPlaywright:
    def __init__(self, page: Page) -> None:
        self.page = page

    def go(self, address: str) -> None:
        self.page.goto(address)

    def said(self, expression: str) -> Any:  # noqa: ANN401
        return self.page.evaluate(f"() => {expression}")

    def pick(self, css: str, path: Path) -> None:
        self.page.set_input_files(css, path)


class _ByMarionette:
    """Firefox speaks a protocol of its own: a JSON array with its length before it, one answer to each request."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.number = 0
        self._heard()  # who it is
        self._ask("WebDriver:NewSession", {"capabilities": {}})

    def go(self, address: str) -> None:
        self._ask("WebDriver:Navigate", {"url": address})

    def said(self, expression: str) -> Any:  # noqa: ANN401
        return self._ask("WebDriver:ExecuteScript", {"script": f"return {expression}", "args": []})["value"]

    def pick(self, css: str, path: Path) -> None:
        found = self._ask("WebDriver:FindElement", {"using": "css selector", "value": css})["value"]
        (element,) = found.values()
        self._ask("WebDriver:ElementSendKeys", {"id": element, "text": str(path)})

    def _ask(self, name: str, given: dict[str, Any]) -> dict[str, Any]:
        self.number += 1
        request = json.dumps([0, self.number, name, given]).encode()
        self.socket.sendall(b"%d:%b" % (len(request), request))
        _, _, error, answer = self._heard()
        assert error is None, error
        return dict(answer)

    def _heard(self) -> Any:  # noqa: ANN401
        size = b""
        while not size.endswith(b":"):
            size += self._received(1)
        content, length = b"", int(size[:-1])
        while len(content) < length:
            content += self._received(length - len(content))
        return json.loads(content)

    def _received(self, most: int) -> bytes:
        received = self.socket.recv(most)
        assert received, "Firefox is gone"
        return received


@contextmanager
def driven(name: str, chromium: Browser, profile: Path) -> Iterator[Driven]:
    """A page in one of BROWSERS. chromium: the one of this machine; profile: an empty folder for a Firefox."""
    kind, _, version = name.partition("-")
    if kind == "firefox":
        with _firefox(profile) as opened:
            yield opened
        return
    launch = chromium.browser_type.launch
    old = launch(executable_path=program(version), args=list(OPTIONS), timeout=END * 1000) if version else None
    page = (old or chromium).new_page()
    try:
        yield _ByPlaywright(page)
    finally:
        page.close()
        if old:
            old.close()


@contextmanager
def _firefox(profile: Path) -> Iterator[Driven]:
    (profile / "user.js").write_text('user_pref("marionette.port", 0);\n', encoding="ascii")  # any that is free
    port = profile / "MarionetteActivePort"
    command = ["firefox-esr", "--headless", "--marionette", "--no-remote", "--profile", str(profile)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until(lambda: port.is_file() and port.read_text(encoding="ascii").strip() != "")
        yield _ByMarionette(int(port.read_text(encoding="ascii")))
    finally:
        process.kill()
        process.wait()
