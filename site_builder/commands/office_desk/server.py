"""The desk's server: for the browser of whoever sits at this machine, and for the desk's own page in it.

It listens on this machine alone. An address that nobody can guess stands before all that it gives, so that neither
another page in the browser nor another account of the machine gets anything; what changes something is taken from the
desk's own page only. It writes no log: names of files and the address stand in requests.
"""

from __future__ import annotations

import json
import secrets
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock
from typing import Any
from urllib.parse import parse_qs, parse_qsl, quote

from site_builder.commands import preview
from site_builder.commands.office_desk import page
from site_builder.commands.office_desk.findings import Choice
from site_builder.commands.office_desk.session import Session, chosen, number_of
from site_builder.untrusted_files.formats.bounds import MOST_BYTES

_MOST_SAID = 1 << 20  # bytes of a form
_MOST_STRANGERS = 64  # connections that have not said the address
_PATIENCE = 20.0  # seconds for which a page waits for news
_HTML, _JSON, _BYTES = "text/html; charset=utf-8", "application/json", "application/octet-stream"


class DeskServer(ThreadingHTTPServer):
    """A server for one session. port: 0 for any that is free."""

    daemon_threads = True
    allow_reuse_address = sys.platform != "win32"  # there another program could listen on the very same port

    def __init__(self, session: Session, port: int = 0) -> None:
        self.session = session
        self._strangers: dict[object, socket.socket] = {}
        self._counting = Lock()
        self.token = secrets.token_urlsafe(32)
        super().__init__(("127.0.0.1", port), _Handler)

    @property
    def address(self) -> str:
        """Where the page is."""
        return f"http://127.0.0.1:{self.server_port}/{self.token}/"

    def process_request(self, request: Any, client_address: Any) -> None:  # noqa: ANN401  (the library's own)
        """Of those who have not said the address yet only the last may stay: another account could open any number."""
        with self._counting:
            self._strangers[request] = request
            first = next(iter(self._strangers)) if len(self._strangers) > _MOST_STRANGERS else None
            gone = self._strangers.pop(first, None)
        if gone is not None:
            with suppress(OSError):  # it has gone by itself
                gone.shutdown(socket.SHUT_RDWR)
        super().process_request(request, client_address)

    def knows(self, request: object) -> None:
        """Whoever has said the address may take his time."""
        with self._counting:
            self._strangers.pop(request, None)

    def shutdown_request(self, request: Any) -> None:  # noqa: ANN401  (the library's own)
        """One that has ended counts no more."""
        self.knows(request)
        super().shutdown_request(request)

    def handle_error(self, *_: object) -> None:
        """A browser that goes away in the middle is no news; what fails in a session is told on its page."""


class _Handler(BaseHTTPRequestHandler):
    server: DeskServer
    timeout = 600

    def do_GET(self) -> None:
        """Give the page, its state, or an answer."""
        place = self._place()
        if place is None or not preview.is_asked_by_itself(self.headers):
            self._refuse(HTTPStatus.NOT_FOUND)
            return
        session = self.server.session
        path, _, query = place.partition("?")
        with_number = path.split("/")
        if path == "":
            self._give(page.frame(), _HTML)
        elif path == "state":
            self._give_state(query)
        elif path == f"answers/{session.now.shown}.zip":
            self._give(page.archive(session.now), "application/zip")
        elif with_number[:2] == ["answers", str(session.now.shown)] and len(with_number) == 4 and session.now.look:
            self._give_answer(*with_number[2:])
        else:
            self._refuse(HTTPStatus.NOT_FOUND)

    def do_POST(self) -> None:
        """Take a file, or what was chosen."""
        place = self._place()
        if place is None or not self._is_from_the_page():
            self._refuse(HTTPStatus.NOT_FOUND)
            return
        path, _, query = place.partition("?")
        size = int(self.headers.get("Content-Length", "")) if self.headers.get("Content-Length", "").isdecimal() else -1
        if not 0 <= size <= (MOST_BYTES if path == "files" else _MOST_SAID):
            self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return
        body = self.rfile.read(size)
        if len(body) != size:  # who sent it has gone in the middle
            self._refuse(HTTPStatus.BAD_REQUEST)
            return
        if path == "files":
            names = parse_qs(query).get("name", [""])
            self._say(HTTPStatus.NO_CONTENT if self.server.session.add(names[0], body) else HTTPStatus.CONFLICT)
            return
        act = _ACTS.get(path)
        if act is None:
            self._refuse(HTTPStatus.NOT_FOUND)
            return
        said = dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
        try:
            is_done = act(self.server, said) is not False
        except (ValueError, KeyError):
            self._refuse(HTTPStatus.BAD_REQUEST)
            return
        self._say(HTTPStatus.NO_CONTENT if is_done else HTTPStatus.CONFLICT)

    def _place(self) -> str | None:
        """What is asked for below the address that nobody can guess; None for whoever does not know it."""
        hosts = [[host] for host in preview.own_hosts(self.server.server_port)]
        if self.headers.get_all("Host", []) not in hosts:
            return None
        _, token, *rest = [*self.path.split("/", 2), ""][:3]
        if not rest or not secrets.compare_digest(token.encode(), self.server.token.encode()):
            return None
        self.server.knows(self.connection)
        return rest[0]

    def _is_from_the_page(self) -> bool:
        """Whether the browser says that the desk's own page sends it: another page's would bear that one's origin."""
        origin = self.headers.get_all("Origin", [])
        own = [f"http://{host}" for host in self.headers.get_all("Host", [])]
        return origin == own and self.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"

    def _give_state(self, query: str) -> None:
        session = self.server.session
        known = dict(parse_qsl(query)).get("after", "")
        session.wait(int(known) if known.isdecimal() else 0, _PATIENCE)
        with session.changed:
            state = {"version": session.version, "status": page.status(session.now), "html": page.part(session)}
        self._give(json.dumps(state, ensure_ascii=False).encode("utf-8", "replace"), _JSON)

    def _give_answer(self, number: str, place: str) -> None:
        look = self.server.session.now.look
        try:
            name, content = page.answer(look, int(number), int(place))  # type: ignore[arg-type]
        except (IndexError, ValueError):
            self._refuse(HTTPStatus.NOT_FOUND)
            return
        self._give(content, _HTML if name.endswith(".html") else _BYTES, name)

    def _give(self, content: bytes, kind: str, name: str = "") -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        if name and kind != _HTML:
            self.send_header("Content-Disposition", f"attachment; filename*=UTF-8''{quote(name)}")
        self.end_headers()
        self.wfile.write(content)

    def _say(self, status: HTTPStatus) -> None:
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _refuse(self, status: HTTPStatus) -> None:
        """Nothing is said of why: whoever is refused learns not even that there is a desk."""
        self.close_connection = True
        self._say(status)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("X-Content-Type-Options", "nosniff")
        for header in preview.FOR_ITSELF.items():
            self.send_header(*header)
        super().end_headers()

    def version_string(self) -> str:
        """No word of what serves it."""
        return "desk"

    def log_message(self, *_: object) -> None:
        """Requests hold names and the address: they stand in no log."""


def _choose(server: DeskServer, said: dict[str, str]) -> None:
    session, file = server.session, said.get("file", "")
    session.choose(file, chosen(session.now.choices.get(file, Choice()), said))


def _end(server: DeskServer, _: dict[str, str]) -> None:
    from threading import Thread  # noqa: PLC0415

    Thread(target=server.shutdown, daemon=True).start()  # which waits for the one who asks


_ACTS: dict[str, Callable[[DeskServer, dict[str, str]], object]] = {
    "look": lambda server, _: server.session.want(),
    "choose": _choose,
    "leave-out": lambda server, said: server.session.leave_out(number_of(said.get("file", ""))),
    "stop": lambda server, _: server.session.stop(),
    "write": lambda server, said: server.session.write(int(said["look"])),
    "commit": lambda server, said: server.session.commit(
        said.get("message", "").replace("\r\n", "\n"), (said.get("name", ""), said.get("email", "")), int(said["look"])
    ),
    "next": lambda server, _: server.session.begin_anew(),
    "end": _end,
}
