"""Garbage in Python's sense: looked for between files, never while one is taken in."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_garbage_collection() -> Iterator[None]:
    """Look for no garbage within: Python would look again and again at a million cells in use."""
    gc.disable()
    try:
        yield
    finally:
        gc.unfreeze()
        gc.enable()


def keep_to_the_end() -> None:
    """What there is now, such as the record, stays to the end: never look at it again."""
    gc.freeze()


def clear() -> None:
    """Let go of what the file before left."""
    gc.collect()
