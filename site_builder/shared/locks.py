"""Locks: of two programs that would write the same, the second waits. A lock ends with its process, in whatever way."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem

_OURS_ALONE = 0o600


@contextmanager
def held(path: Path, *, is_left: bool = True, wait: float = 3600) -> Iterator[None]:
    """Wait until nobody else holds the lock of that file, for so many seconds, and hold it for the block.

    The system keeps the lock, not the file: one that a killed process left stops nobody. is_left: whether the file may
    stay when the block ends; it is taken away while the lock is still held, and who waits for it then makes a new one.
    No other account may open the file, for whoever may read one may hold it. Raises OSError where it cannot be written,
    or where the file system has no locks, and CampaignError where another still holds it in the end.
    """
    if path.is_file() and not path.is_symlink():  # made by an earlier version of this software
        with suppress(PermissionError):
            path.chmod(_OURS_ALONE)
    lock = FileLock(path, timeout=wait, mode=_OURS_ALONE, fallback_to_soft=False)
    try:
        lock.acquire()
    except Timeout:
        details = {"minutes": str(round(wait / 60))}
        raise CampaignError([Problem(code=Code.LOCK_HELD, file=path.name, details=details)]) from None
    try:
        yield
    finally:
        if not is_left:
            with suppress(OSError):  # Windows keeps a file that is open, and FileLock takes it away itself
                path.unlink()
        lock.release()
