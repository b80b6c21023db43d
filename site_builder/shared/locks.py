"""Locks: of two programs that would write the same, the second waits. A lock ends with its process, in whatever way."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock


@contextmanager
def held(path: Path, *, is_left: bool = True) -> Iterator[None]:
    """Wait until nobody else holds the lock of that file, and hold it for the block.

    The system keeps the lock, not the file: one that a killed process left stops nobody. is_left: whether the file may
    stay when the block ends; it is taken away while the lock is still held, and who waits for it then makes a new one.
    Raises OSError where the file cannot be written, or where the file system has no locks.
    """
    with FileLock(path, fallback_to_soft=False):
        try:
            yield
        finally:
            if not is_left:
                with suppress(OSError):  # Windows keeps a file that is open, and FileLock takes it away itself
                    path.unlink()
