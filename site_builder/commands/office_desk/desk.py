"""`campaign desk`: take in what counties sent with a page in the browser, on this machine alone."""

from __future__ import annotations

import sys
import webbrowser
from argparse import Namespace
from contextlib import suppress
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

from site_builder.cli import FINE, WRONG_USE, tell, words
from site_builder.commands.office_desk.server import DeskServer
from site_builder.commands.office_desk.session import Session
from site_builder.untrusted_files import limits


def run(root: Path, options: Namespace) -> int:
    """Serve the page until it or an interrupt ends it."""
    texts = words()["desk"]
    with TemporaryDirectory() as folder:
        session = Session(root=root, folder=Path(folder))
        try:
            server = DeskServer(session, options.port)
        except (OSError, OverflowError):
            tell(words()["preview"]["port_taken"].format(port=options.port), file=sys.stderr)
            return WRONG_USE
        if not limits.bound_memory():
            tell(words()["collect"]["unbounded"], file=sys.stderr)
        try:
            with server, suppress(KeyboardInterrupt):  # the way to end it at the terminal, from the first word on
                session.begin()
                tell(texts["serving"].format(address=server.address))
                if not options.no_browser:
                    _open(server.address, Path(folder))
                server.serve_forever()
        finally:
            session.end()
    tell(texts["ended"])
    return FINE


def _open(address: str, folder: Path) -> None:
    """Open the page. The address stands in a file that this account alone can read: a program's arguments all can."""
    page = folder / "desk.html"
    page.touch(mode=0o600)
    page.write_text(f'<meta http-equiv="refresh" content="0;url={escape(address)}">', encoding="utf-8")
    with suppress(webbrowser.Error):
        webbrowser.open(page.as_uri())
