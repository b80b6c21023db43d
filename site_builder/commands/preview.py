"""`campaign preview`: serve the site on this machine, and build it again when something changes."""

from __future__ import annotations

import subprocess
import sys
from argparse import Namespace
from collections.abc import Sequence
from contextlib import suppress
from email.message import Message
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from site_builder.cli import FINE, WRONG_USE, tell, words
from site_builder.shared import own_process
from site_builder.shared.extras import installed_by
from site_builder.site.releases import INPUTS, LINK


def run(root: Path, options: Namespace) -> int:
    """Build, serve until interrupted, and build again after each change."""
    with installed_by("make preview"):
        from site_builder.site.watching import changes_of  # noqa: PLC0415
    texts = words()["preview"]
    changes = changes_of(root / name for name in INPUTS)  # before the build, so that none is missed meanwhile
    _build(root)
    handler = partial(_Handler, directory=str(root / LINK / "site"))
    try:
        server = ThreadingHTTPServer(("127.0.0.1", options.port), handler)
    except (OSError, OverflowError):
        tell(texts["port_taken"].format(port=options.port), file=sys.stderr)
        return WRONG_USE
    Thread(target=server.serve_forever, daemon=True).start()
    tell(texts["serving"].format(port=server.server_port))
    if not (root / LINK).exists():
        tell(texts["nothing"])
    with suppress(KeyboardInterrupt):  # the way to end it
        for _ in changes:
            tell(texts["changed"])
            _build(root)
    server.shutdown()
    return FINE


_NAMES, _OF_THE_WEB = ("127.0.0.1", "localhost", "[::1]"), 80
# What is said of who asks, by itself; nothing is said by old browsers, and by what is none.
_BY_ITSELF: Sequence[list[str]] = ([], ["none"], ["same-origin"])
# What a browser is told that says nothing of who asks, or asks for a page to frame it.
FOR_ITSELF = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
}


def own_hosts(port: int) -> list[str]:
    """The machine's own names with a port, as browsers say them."""
    ends = {f":{port}", ""} if port == _OF_THE_WEB else {f":{port}"}  # which browsers leave out
    return [name + end for name in _NAMES for end in sorted(ends)]


def is_asked_by_itself(headers: Message) -> bool:
    """Not by a page from elsewhere, unless somebody followed a link from there: that page sees nothing of it."""
    by, into = (headers.get_all(name, []) for name in ("Sec-Fetch-Site", "Sec-Fetch-Dest"))
    return by in _BY_ITSELF or into == ["document"]


class _Handler(SimpleHTTPRequestHandler):
    """Serves what stands now: the folder is looked up anew at each request, so a swap shows at once."""

    def send_head(self) -> Any:  # noqa: ANN401  (the library's own)
        """Answer under this machine's own names alone, to whoever sits here and to pages of the preview itself.

        A page of the web that has another name lead here, or that runs a file from here as its script, would read what
        is prepared.
        """
        _, port = self.connection.getsockname()
        is_own = self.headers.get_all("Host", []) in [[host] for host in own_hosts(port)]
        if is_own and is_asked_by_itself(self.headers):
            return super().send_head()
        SimpleHTTPRequestHandler.send_error(self, HTTPStatus.MISDIRECTED_REQUEST)
        return None

    def list_directory(self, path: Any) -> None:  # noqa: ANN401  (the library's own)
        """What no page leads to is not shown, as on the real site."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        for header in FOR_ITSELF.items():
            self.send_header(*header)
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer an unknown address with the site's own page, as a real server is set up to do."""
        page = Path(self.directory, "404.html")
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        content = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Requests are of no interest here."""


def _build(root: Path) -> None:
    """Build in a process of its own, so that changed code and templates are used."""
    command = own_process.command("--root", str(root), "build")
    subprocess.run(command, check=False)  # noqa: S603  (our own command; it prints what is wrong itself)
