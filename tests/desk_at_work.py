"""The office's desk at work in this process, as `campaign desk` has it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from site_builder.commands.office_desk.server import DeskServer
from site_builder.commands.office_desk.session import Session


@contextmanager
def at_work(root: Path, folder: Path) -> Iterator[DeskServer]:
    """The desk of a campaign until the end of the block. folder: of the session, for what is dropped."""
    session = Session(root=root, folder=folder)
    with DeskServer(session) as server:
        session.begin()
        Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield server
        server.shutdown()
    session.end()
