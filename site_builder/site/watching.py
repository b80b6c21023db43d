"""Folders that are watched for changes. watchdog, which does it, is an extra of the project."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from threading import Event

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

_QUIET_SECONDS = 0.3  # an editor writes a file in several steps


class _Changes(FileSystemEventHandler):
    """Remembers that something changed."""

    def __init__(self) -> None:
        self.seen = Event()

    def on_any_event(self, event: FileSystemEvent) -> None:
        ours = "__pycache__" in str(event.src_path)  # a build itself may write there
        if not ours and event.event_type in ("created", "modified", "moved", "deleted"):
            self.seen.set()


def changes_of(paths: Iterable[Path]) -> Iterator[None]:
    """Watch from now on, and yield after each change below the paths that are folders, once it is quiet. Never ends.

    A change that comes before the first is asked for is not lost: so watch first, and build then.
    """
    changes, observer = _Changes(), Observer()
    for path in paths:
        if path.is_dir():
            observer.schedule(changes, str(path), recursive=True)
    observer.start()
    return _each(changes)


def _each(changes: _Changes) -> Iterator[None]:
    while True:
        changes.seen.wait()
        while changes.seen.is_set():
            changes.seen.clear()
            changes.seen.wait(_QUIET_SECONDS)
        yield
