"""Releases: folders side by side, of which a link shows one. What a build and a server's directory have in common.

A release lists its files with their checksums. The link is switched in one step, so that what is shown is whole.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from site_builder.shared import disk

CHECKSUMS = "SHA256SUMS"


def digests(release: Path) -> dict[str, str]:
    """The SHA-256 of each file of a release by its path, of all but the list itself."""
    found = {}
    for folder, _, names in os.walk(release):
        for name in names:
            path = Path(folder, name)
            found[path.relative_to(release).as_posix()] = hashlib.sha256(path.read_bytes()).hexdigest()
    found.pop(CHECKSUMS, None)
    return found


def listing(digests: Mapping[str, str]) -> str:
    """A line for each file, in the form of sha256sum, in the order of the paths."""
    return "".join(f"{digests[path]}  {path}\n" for path in sorted(digests))


def checksums(release: Path) -> str:
    """The list of a release as it should be."""
    return listing(digests(release))


def is_listed(release: Path, digests: Mapping[str, str]) -> bool:
    """Whether the list of checksums of a release names just these files."""
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
