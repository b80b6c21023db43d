"""The disk: what outlasts a power cut, how a folder takes another's place, and why the disk may refuse."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem, layout

_REASONS = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), "space"),
    **dict.fromkeys((errno.EACCES, errno.EPERM), "denied"),
    **dict.fromkeys((errno.EEXIST, errno.ENOTEMPTY), "taken"),
    errno.EROFS: "read_only",
    errno.ENOENT: "missing",
    errno.ENOTDIR: "no_folder",
    errno.EISDIR: "folder",
    errno.ENAMETOOLONG: "long",
    errno.EIO: "broken",
}


def save(path: Path, content: bytes) -> None:
    """Write a file onto the disk, not only into the system's memory."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def sync(folder: Path) -> None:
    """Have the names in a folder outlast a power cut: those of files that came, went or took another's place."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def swap(made: Path, place: Path) -> None:
    """Put a finished folder in the place of another. Whatever stops that, even Ctrl+C: one of the two stands there."""
    before = place.with_name(f".{place.name}.before")
    if not place.exists() and before.exists():  # killed between the two moves, the last time
        before.rename(place)
    shutil.rmtree(before, ignore_errors=True)
    try:
        if place.exists():
            place.rename(before)
        made.rename(place)
    except BaseException:
        if before.exists() and not place.exists():
            before.rename(place)
        raise
    shutil.rmtree(before, ignore_errors=True)


def reason(error: OSError) -> str:
    """Why the disk refused, in a few Chinese words."""
    said = error.strerror or type(error).__name__
    return layout()["write_reasons"][_REASONS.get(error.errno or 0, "other")].format(error=said)


def refusal(error: OSError, root: Path) -> Problem:
    """What the disk refused, as a problem at the file or folder that it was about, by its path from the root."""
    path = Path(os.fsdecode(error.filename or "."))
    file = path.relative_to(root) if path.is_relative_to(root) else path
    return Problem(code=Code.DISK_REFUSED, file=file.as_posix(), details={"reason": reason(error)})
