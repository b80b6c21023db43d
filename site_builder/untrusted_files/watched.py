"""A folder in which others put files, by more than one look: what was a folder at one may be a link at the next.

So each folder on the way is opened from the one above it, and none is entered by a name that was looked at before.
Where the system opens no folders, as Windows, they are looked at once more, and who swaps one between has his way.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from errno import ELOOP, ENOENT, ENOTDIR
from pathlib import Path
from tempfile import TemporaryDirectory

from site_builder.shared import disk
from site_builder.untrusted_files.formats.bounds import MOST_BYTES
from site_builder.untrusted_files.reading import opened_plainly, words

_OPENS_FOLDERS = all(hasattr(os, flag) for flag in ("O_DIRECTORY", "O_NOFOLLOW")) and (
    {os.open, os.mkdir, os.unlink, os.rename} <= os.supports_dir_fd
)
_NO_WAY = {ELOOP, ENOTDIR, ENOENT}
_COPIES = "1"
_NEW = ".{process}.new"


class LinkError(OSError):
    """A link, or something else that nobody enters, stands on the way."""


@contextmanager
def answered(base: Path, path: Path) -> Iterator[tuple[Path, list[str]]]:
    """A room to look at a file of a folder in, and how `collect` is told of it; what it answers is put back at the end.

    It has a copy, and answers to a folder of the room's, so what is printed names no folder that a sender has named.
    Raises LinkError where a link stands on the way, OSError where the file has gone or the disk refuses.
    """
    made = words()["answers"]
    place = path.parent / made / path.name
    with TemporaryDirectory() as room:
        if any(each.is_symlink() for each in (place.parent, place, *place.rglob("*"))):
            raise LinkError(ELOOP, "a link")
        copy = _brought(base, path, Path(room, _COPIES))
        yield Path(room), ["--answers", made, "--", str(copy)]
        _put_back(base, place, Path(room, made))


def _brought(base: Path, path: Path, room: Path) -> Path:
    """A copy of a file under its own name; no more of it than is read of any file."""
    copy = room / path.name
    room.mkdir()
    with _entered(base, path.relative_to(base).parent.parts) as folder, opened_plainly(path, folder) as file:
        copy.write_bytes(file.read(MOST_BYTES + 1))
    return copy


def _put_back(base: Path, place: Path, made: Path) -> None:
    """Put all files below a folder of ours at a place below the base, each whole or not at all."""
    for file in sorted(path for path in made.rglob("*") if path.is_file()):
        goal = place / file.relative_to(made)
        with _entered(base, goal.relative_to(base).parent.parts, is_made=True) as folder:
            if folder is None:
                disk.put(goal, file.read_bytes())
            else:
                _put(folder, goal.name, file.read_bytes())


def _put(folder: int, name: str, content: bytes) -> None:
    """Put a file into an open folder in the place of another, or of a link."""
    new = _NEW.format(process=os.getpid())
    with suppress(FileNotFoundError):
        os.unlink(new, dir_fd=folder)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666, dir_fd=folder), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.rename(new, name, src_dir_fd=folder, dst_dir_fd=folder)
    os.fsync(folder)


@contextmanager
def _entered(base: Path, parts: Sequence[str], *, is_made: bool = False) -> Iterator[int | None]:
    """A folder below the base, open; None where the system opens none and a path has to do."""
    if not _OPENS_FOLDERS:
        _look_at(base, parts, is_made=is_made)
        yield None
        return
    here = os.open(base, os.O_RDONLY | os.O_DIRECTORY)  # the base is the office's own: it may be a link
    try:
        for part in parts:
            if is_made:
                with suppress(FileExistsError):
                    os.mkdir(part, dir_fd=here)
            below = _opened(part, here)
            os.close(here)
            here = below
        yield here
    finally:
        os.close(here)


def _opened(part: str, above: int) -> int:
    try:
        return os.open(part, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=above)
    except OSError as error:
        if error.errno in _NO_WAY:
            raise LinkError(error.errno, "no folder", part) from error
        raise


def _look_at(base: Path, parts: Sequence[str], *, is_made: bool) -> None:
    place = base
    for part in parts:
        place /= part
        if place.is_symlink():
            raise LinkError(ELOOP, "a link", place)
    if is_made:
        place.mkdir(parents=True, exist_ok=True)
