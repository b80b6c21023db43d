"""`campaign preview`: serve the site on this machine, and build it again when something changes."""

from __future__ import annotations

import subprocess
import sys
from argparse import Namespace
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import NoReturn

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from site_builder.cli import FINE, WRONG_USE, tell, words
from site_builder.releases import INPUTS, LINK

_QUIET_SECONDS = 0.3  # an editor writes a file in several steps


class _Changes(FileSystemEventHandler):
    """Remembers that something changed."""

    def __init__(self) -> None:
        self.seen = Event()

    def on_any_event(self, event: FileSystemEvent) -> None:
        ours = "__pycache__" in str(event.src_path)  # a build itself may write there
        if not ours and event.event_type in ("created", "modified", "moved", "deleted"):
            self.seen.set()


def run(root: Path, options: Namespace) -> int:
    """Build, serve until interrupted, and build again after each change."""
    texts = words()["preview"]
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
    try:
        _rebuild_on_change(root)
    except KeyboardInterrupt:  # the way to end it
        return FINE
    finally:
        server.shutdown()


class _Handler(SimpleHTTPRequestHandler):
    """Serves what stands now: the folder is looked up anew at each request, so a swap shows at once."""

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
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


def _rebuild_on_change(root: Path) -> NoReturn:
    changes, observer = _Changes(), Observer()
    for name in INPUTS:
        if (root / name).is_dir():
            observer.schedule(changes, str(root / name), recursive=True)
    observer.start()
    while True:
        changes.seen.wait()
        while changes.seen.is_set():
            changes.seen.clear()
            changes.seen.wait(_QUIET_SECONDS)
        tell(words()["preview"]["changed"])
        _build(root)


def _build(root: Path) -> None:
    """Build in a process of its own, so that changed code and templates count too."""
    command = [sys.executable, "-m", "site_builder", "--root", str(root), "build"]
    subprocess.run(command, check=False)  # noqa: S603  (our own command; it prints what is wrong itself)
