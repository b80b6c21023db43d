"""The disk: what outlasts a power cut, how files and folders take another's place, and why the disk may refuse."""

from __future__ import annotations

import ctypes
import errno
import os
import re
import shutil
import stat
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import IO

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
_NOT_IN_A_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]')
_OWNED = 0o700
_NO_LINKS = 1314  # ERROR_PRIVILEGE_NOT_HELD: Windows lets no program make a link that was not allowed to
_HERE, _EXCHANGE = -100, 2  # AT_FDCWD and RENAME_EXCHANGE, as renameat2(2) has them
# What Windows takes for a device, whatever ending stands after it, and writes nothing to the disk.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³]) *(?:\.|$)", re.IGNORECASE)
_LONGEST_STEM, _MOST_OF_STEM = 60, 180  # characters and bytes: with what stands around it, 255 bytes fit everywhere
_LONGEST_ENDING = 16


def save(path: Path, content: bytes) -> None:
    """Write a new file onto the disk, not only into the system's memory.

    What stood there is taken away first: of a link, which others may put there, nothing is written through it.
    """
    with _opened_anew(path) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _opened_anew(path: Path) -> IO[bytes]:
    """A file to write that is there for the first time: opened only where nothing stands, not even a link."""
    path.unlink(missing_ok=True)
    return path.open("xb")


def fit_stem(stem: str) -> str:
    """The name of a file without its ending, as every file system takes it; "" where nothing of it may stand."""
    short = _NOT_IN_A_NAME.sub("", stem).strip(" .")[:_LONGEST_STEM]
    fit = short.encode("utf-8", "ignore")[:_MOST_OF_STEM].decode("utf-8", "ignore").strip(" .")
    return f"_{fit}" if _DEVICE.match(fit) else fit


def fit_name(name: str, otherwise: str) -> str:
    """The name of a file that somebody else has named, in no folder. otherwise: where nothing of it may stand."""
    own = PurePosixPath(name.replace("\\", "/"))
    return f"{fit_stem(own.stem) or otherwise}.{fit_stem(own.suffix)[:_LONGEST_ENDING]}".rstrip(". ")


def sync(folder: Path) -> None:
    """Have the names in a folder outlast a power cut: those of files that came, went or took another's place.

    Windows opens no folder, and keeps their names by itself.
    """
    if sys.platform == "win32":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def sync_all() -> None:
    """Have all that was written outlast a power cut, where the system has one call for that."""
    if hasattr(os, "sync"):
        os.sync()


def is_anothers(about: os.stat_result) -> bool:
    """Whether another account owns what this tells of, or all may write there. Where accounts have no numbers: no."""
    if not hasattr(os, "geteuid"):
        return False
    return about.st_uid not in {os.geteuid(), 0} or bool(about.st_mode & stat.S_IWOTH)


def put(path: Path, content: bytes, *, mode: int | None = None) -> None:
    """Put a file in the place of another, whole or not at all, so that it outlasts a power cut.

    mode: the rights to the file, where they are not the usual ones.
    """
    with _new_file(path) as new:
        save(new, content)
        if mode is not None:
            new.chmod(mode)
        new.replace(path)
    sync(path.parent)


def put_all(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put files into a folder that may be anybody's, each whole or not at all; nothing that stands there is heeded."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        put(folder / name, content)


def remember(path: Path, content: bytes) -> None:
    """Put a file in a cache, whole or not at all: it may be lost. Where nothing may be written it is done without."""
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with _new_file(path) as new:
            with _opened_anew(new) as file:
                file.write(content)
            new.replace(path)


@contextmanager
def _new_file(path: Path) -> Iterator[Path]:
    """A name in the same folder that no other process uses; what still has it at the end is removed."""
    new = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        yield new
    finally:
        new.unlink(missing_ok=True)


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def unfinished(path: Path, remove: Callable[[Path], None] = _remove) -> Iterator[Path]:
    """A name for a folder that is being made: free of what was left there before, and again when the block ends."""
    remove(path)
    try:
        yield path
    finally:
        remove(path)


def remains(place: Path) -> tuple[Path, Path]:
    """What may be left of an earlier `new_folder` next to a place: one that was not finished, one that was put aside.

    Both are removed by the next one: who may find a stranger's folder of that name there looks first.
    """
    return place.with_name(f".{place.name}.unfinished"), place.with_name(f".{place.name}.before")


@contextmanager
def new_folder(place: Path, remove: Callable[[Path], None] = _remove) -> Iterator[Path]:
    """Where to make a folder that takes another's place when the block ends well, whole or not at all.

    remove: takes away what is left of one, and raises nothing where it cannot.
    """
    with unfinished(remains(place)[0], remove) as made:
        yield made
        swap(made, place, remove)


def swap(made: Path, place: Path, remove: Callable[[Path], None] = _remove) -> None:
    """Put a finished folder in the place of another, in one step where the system can.

    Whatever stops that, even Ctrl+C: one of the two stands there.
    """
    before = remains(place)[1]
    if not place.exists() and before.exists():  # killed between the two moves, the last time
        before.rename(place)
    remove(before)
    if _exchanged(made, place):
        remove(made)
        return
    try:
        if place.exists():
            place.rename(before)
        made.rename(place)
    except BaseException:
        if before.exists() and not place.exists():
            before.rename(place)
        raise
    remove(before)


def _exchanged(made: Path, place: Path) -> bool:
    """Let two folders take each other's place in one step, as Linux does on most file systems; else do nothing."""
    if sys.platform != "linux" or not place.is_dir() or place.is_symlink():
        return False
    system = ctypes.CDLL(None)
    if not hasattr(system, "renameat2"):  # an older C library
        return False
    return bool(system.renameat2(_HERE, os.fsencode(made), _HERE, os.fsencode(place), _EXCHANGE) == 0)


def is_plain(path: Path) -> bool:
    """Whether a file of its own stands there: no link, pipe, device or folder. Nothing is opened to find that out."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except (OSError, ValueError):
        return False


def clear(path: Path) -> None:
    """Remove whatever stands there: a file, a link, a folder, also one in which its owner may not write.

    A link is removed, never what it leads to. Raises OSError where it cannot be removed.
    """
    if path.is_dir() and not path.is_symlink():
        path.chmod(_OWNED)
        for folder, names, _ in os.walk(path):
            for below in (Path(folder, name) for name in names):
                if not below.is_symlink():
                    below.chmod(_OWNED)
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def reason(error: OSError) -> str:
    """Why the disk refused, in a few Chinese words."""
    said = error.strerror or type(error).__name__
    key = "link" if getattr(error, "winerror", 0) == _NO_LINKS else _REASONS.get(error.errno or 0, "other")
    return layout()["write_reasons"][key].format(error=said)


def refusal(error: OSError, root: Path) -> Problem:
    """What the disk refused, as a problem at the file or folder that it was about, by its path from the root."""
    path = Path(os.fsdecode(error.filename or "."))
    file = path.relative_to(root) if path.is_relative_to(root) else path
    return Problem(code=Code.DISK_REFUSED, file=file.as_posix(), details={"reason": reason(error)})
