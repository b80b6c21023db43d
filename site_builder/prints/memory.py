"""What was printed before, by the digest of all that decided it: the same again is taken from there.

A folder that may be removed at any time. Two runs may share it: a file appears in it whole or not at all.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from site_builder.shared import disk

FOLDER = ".cache/prints"


class Memory:
    """The remembered prints in a folder, which is made when the first one comes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._asked: set[str] = set()

    def recall(self, digest: str, make: Callable[[], bytes]) -> bytes:
        """The print of that digest, made now if it is not remembered."""
        path = self._folder / digest
        self._asked.add(digest)
        try:
            return path.read_bytes()
        except OSError:
            content = make()
        disk.remember(path, content)
        return content

    def forget_the_rest(self) -> None:
        """Remove whatever was not asked for since this memory was opened: sheets that say something else by now."""
        for path in self._folder.iterdir() if self._folder.is_dir() else ():
            if not path.suffix and path.name not in self._asked:  # another run may just be writing one with a suffix
                with suppress(OSError):
                    path.unlink()
