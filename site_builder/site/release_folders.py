"""Releases: folders side by side, of which a link shows one. What a build and a server's directory have in common.

A release lists its files with their checksums. The link is switched in one step, so that what is shown is whole.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from site_builder.shared import disk

CHECKSUMS = "SHA256SUMS"


NO_FILE = ""
"""In the place of a digest: something else than a plain file stands there, and was not opened."""


def digests(release: Path) -> dict[str, str]:
    """The SHA-256 of each file of a release by its path, of all but the list itself.

    No link is followed, since what it leads to is not the release's; a pipe or a device might never end. Each of them
    has its path here as well, with NO_FILE. Raises OSError where something cannot be read.
    """
    found = {}
    for folder, folders, names in os.walk(release, onerror=_stop):
        for name in folders + names:
            path = Path(folder, name)
            if not stat.S_ISDIR(path.lstat().st_mode):
                found[path.relative_to(release).as_posix()] = _digest(path)
    if found.get(CHECKSUMS):
        del found[CHECKSUMS]
    return found


def _stop(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError):
        raise error


def _digest(path: Path) -> str:
    if not disk.is_plain(path):
        return NO_FILE
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def listing(digests: Mapping[str, str]) -> str:
    """A line for each file, in the form of sha256sum, in the order of the paths."""
    return "".join(f"{digests[path]}  {path}\n" for path in sorted(digests))


def checksums(release: Path) -> str:
    """The list of a release as it should be."""
    return listing(digests(release))


def is_listed(release: Path, digests: Mapping[str, str]) -> bool:
    """Whether the list of checksums of a release names just these files."""
    if not disk.is_plain(release / CHECKSUMS):
        return False
    try:
        return (release / CHECKSUMS).read_text(encoding="utf-8") == listing(digests)
    except (OSError, UnicodeDecodeError):
        return False


def shown(link: Path) -> str:
    """The name of the release that a link shows, "" for none."""
    return link.readlink().name if link.is_symlink() else ""


def switch(link: Path, release: Path, temporary: Path) -> None:
    """Let a link show a release: a new link takes the old one's place, which the file system does in one step.

    What is then told to be shown is so after a power cut too. release: from where the link is, so that all of it can be
    moved; temporary: the name under which the new link is made.
    """
    disk.clear(temporary)
    temporary.symlink_to(release)
    temporary.replace(link)
    disk.sync(link.parent)


def remove(releases: Path, names: Iterable[str]) -> None:
    """Remove releases, as far as that can be done; what is left goes the next time."""
    for name in names:
        with suppress(OSError):
            disk.clear(releases / name)
