"""Writing drafts to the record: all of them or none, whatever happens on the way."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from site_builder import tables

# Lists what is about to be moved to its place. While it is there, a writing that was cut short can be completed.
JOURNAL = ".writing.json"


def write(root: Path, drafts: Mapping[str, bytes]) -> None:
    """Write contents by path from the root. On any error what stood there before is put back, and the error raised.

    Whoever pulls the plug meanwhile leaves all of it or none to be found by `complete`.
    """
    with _alone(root):
        _complete(root)
        before: dict[Path, bytes | None] = {}
        try:
            for name, content in drafts.items():
                _save(_staged(root / name), content)
            _save_whole(root / JOURNAL, json.dumps(list(drafts)).encode())
            for path in (root / name for name in drafts):
                before[path] = path.read_bytes() if path.exists() else None
                _staged(path).replace(path)
        except BaseException:
            (root / JOURNAL).unlink(missing_ok=True)
            _put_back(before)
            raise
        finally:
            for name in drafts:
                _staged(root / name).unlink(missing_ok=True)
            (root / JOURNAL).unlink(missing_ok=True)


def complete(root: Path) -> None:
    """Finish a writing of the record that was cut short; one that had not got as far as its journal is dropped."""
    with _alone(root):
        _complete(root)


def _complete(root: Path) -> None:
    journal = root / JOURNAL
    if journal.exists():
        for path in (root / name for name in json.loads(journal.read_bytes())):
            if _staged(path).exists():
                _staged(path).replace(path)
        journal.unlink()
    _staged(journal).unlink(missing_ok=True)
    for path in (root / tables.FOLDER).rglob(f".*{tables.STAGED}"):
        path.unlink()


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """Two writings into one folder wait for each other."""
    root.mkdir(parents=True, exist_ok=True)
    folder = os.open(root, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _staged(path: Path) -> Path:
    return path.with_name(f".{path.name}{tables.STAGED}")


def _save_whole(path: Path, content: bytes) -> None:
    _save(_staged(path), content)
    _staged(path).replace(path)


def _save(path: Path, content: bytes) -> None:
    """Onto the disk, not only into the system's memory: the journal vouches for it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _put_back(before: Mapping[Path, bytes | None]) -> None:
    for path, content in before.items():
        if content is None:
            path.unlink(missing_ok=True)
        else:
            path.write_bytes(content)
