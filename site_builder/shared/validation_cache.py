"""Files found sound before, by all that this rests on, so that unchanged files are not validated twice.

Only a clean result is remembered, under a digest of everything it depends on: of data the file's bytes, its
schema, the keys that its references may name, the validator's version and our own checking code. A
changed part gives another digest, so a remembered result can never hide an error; a lost or damaged
cache costs time only.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from site_builder.shared import disk

FILE = ".cache/sound-files.json"


class ValidationCache:
    """The digests remembered from the last check, and those that this check found sound."""

    def __init__(self, before: frozenset[str]) -> None:
        self._before = before
        self.now: set[str] = set()

    def is_sound(self, digest: str) -> bool:
        """Whether this very content was found sound in the last check; keeps it remembered if so."""
        if digest in self._before:
            self.now.add(digest)
        return digest in self._before

    def remember(self, digest: str) -> None:
        """Keep a clean result for the next check."""
        self.now.add(digest)


@contextmanager
def remembered(root: Path, file: str = FILE) -> Iterator[ValidationCache]:
    """The results of the last check; on leaving, those of this check are kept in their place.

    file: where they are kept, from the root; each kind of check keeps its own.
    """
    path = root / file
    known = ValidationCache(_read(path))
    yield known
    disk.remember(path, json.dumps(sorted(known.now)).encode())


def copy_to(root: Path, other: Path) -> None:
    """Let the check of another root know what the last check of this one found sound."""
    disk.remember(other / FILE, json.dumps(sorted(_read(root / FILE))).encode())


def _read(path: Path) -> frozenset[str]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return frozenset()
    return frozenset(item for item in content if isinstance(item, str)) if isinstance(content, list) else frozenset()
