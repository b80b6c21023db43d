"""Writing drafts to the record: all of them or none, whatever happens on the way.

Of the record alone: its root is the office's own, so its journal is ours. In a folder where others may put files
nothing is to be believed; answers and letters are put there one by one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PureWindowsPath

from site_builder.model import content_files
from site_builder.record import tables
from site_builder.shared import disk, git, locks
from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem

JOURNAL = tables.JOURNAL
_GONE = "-"  # before the path of a file that is to be removed
LOCK = ".writing.lock"


class MovedOnError(CampaignError):
    """What the drafts were made from does not stand there any more: nothing was written."""

    def __init__(self) -> None:
        super().__init__([Problem(code=Code.RECORD_MOVED, file=content_files.FOLDER)])


def state(root: Path) -> str:
    """A digest of all that stands below content/, names and contents; "" of nothing."""
    folder = root / content_files.FOLDER
    standing = (path for path in sorted(folder.rglob("*")) if not path.name.endswith(tables.STAGED))
    files = (
        path for path in standing if disk.is_plain(path)
    )  # a link may lead to what has no end: nothing is read of it
    digest = hashlib.sha256()
    for path in files:
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"{path.relative_to(folder).as_posix()}\0{content}\n".encode())
    return digest.hexdigest() if folder.is_dir() else ""


def write(root: Path, drafts: Mapping[str, bytes | None], stood: str | None = None) -> str:
    """Write contents by path from the root; None removes. On any error what stood there is put back, and it is raised.

    stood: the `state` that the drafts were made from; with another one MovedOnError is raised and nothing written. The
    state that stands then is returned, "" where none was given.
    A power cut meanwhile leaves all of it or none to be found by `complete`.
    """
    if not all(map(_is_below, drafts)):
        raise ValueError("a draft outside of the record")
    with _alone(root):
        _complete(root)
        if stood is not None and stood != state(root):
            raise MovedOnError
        before: dict[Path, bytes | None] = {}
        try:
            _stage(root, drafts)
            for path, content in ((root / name, content) for name, content in drafts.items()):
                before[path] = path.read_bytes() if path.exists() else None
                path.unlink() if content is None else _staged(path).replace(path)
            _sync(root, drafts)
            return state(root) if stood is not None else ""
        except BaseException:
            (root / JOURNAL).unlink(missing_ok=True)
            _put_back(before)
            raise
        finally:
            for name in drafts:
                _staged(root / name).unlink(missing_ok=True)
            (root / JOURNAL).unlink(missing_ok=True)


def complete(root: Path) -> None:
    """Finish a write of the record that was cut short; one that had not got as far as its journal is dropped."""
    with _alone(root):
        _complete(root)


def _complete(root: Path) -> None:
    journal = root / JOURNAL
    names = _journalled(root)
    if names:
        for path in (root / name for name in names if not name.startswith(_GONE)):
            if _staged(path).exists():
                _staged(path).replace(path)
        for name in names:
            if name.startswith(_GONE):
                (root / name.removeprefix(_GONE)).unlink(missing_ok=True)
        _sync(root, (name.removeprefix(_GONE) for name in names))
    if journal.exists() or journal.is_symlink():
        journal.unlink()
    _staged(journal).unlink(missing_ok=True)
    for path in (root / content_files.FOLDER).rglob(f".*{tables.STAGED}"):
        if disk.is_plain(path):  # a folder, or a link, is none of ours
            path.unlink()


def _journalled(root: Path) -> list[str]:
    """What a journal of ours names; nothing where there is none, or where it is not as `write` leaves one.

    Whoever can put a file there could otherwise have any file of this account removed; and whoever pushes one, what the
    office has taken in and not committed yet. Git takes no notice of ours.
    """
    journal = root / JOURNAL
    if not disk.is_plain(journal) or git.lines(root, "ls-files", "--", JOURNAL):
        return []
    try:
        names = json.loads(journal.read_bytes())
    except ValueError:
        return []
    are_ours = isinstance(names, list) and all(isinstance(name, str) and _is_below(name) for name in names)
    return names if are_ours else []


def _is_below(name: str) -> bool:
    """Whether a name, with or without the mark of what is to go, stays below the root on every system."""
    path = PureWindowsPath(name.removeprefix(_GONE))
    return not path.anchor and ".." not in path.parts and bool(path.parts)


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """Two writes into one folder wait for each other."""
    root.mkdir(parents=True, exist_ok=True)
    with locks.held(root / LOCK, is_left=False):
        yield


def _staged(path: Path) -> Path:
    return path.with_name(f".{path.name}{tables.STAGED}")


def _stage(root: Path, drafts: Mapping[str, bytes | None]) -> None:
    """Put the new contents beside the old ones, then the journal that vouches for them: each on the disk first."""
    for name, content in drafts.items():
        if content is not None:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            disk.save(_staged(root / name), content)
    _sync(root, drafts)
    journal = root / JOURNAL
    disk.save(
        _staged(journal),
        json.dumps([name if content is not None else _GONE + name for name, content in drafts.items()]).encode(),
    )
    _staged(journal).replace(journal)
    disk.sync(root)


def _sync(root: Path, names: Iterable[str]) -> None:
    for folder in sorted({(root / name).parent for name in names}):
        disk.sync(folder)


def _put_back(before: Mapping[Path, bytes | None]) -> None:
    for path, content in before.items():
        if content is None:
            path.unlink(missing_ok=True)
        else:
            path.write_bytes(content)
