"""Publishes onto a small disk that has less and less short of enough room. Run by itself, where it may mount one.

Arguments: an empty folder to mount the disk on, a package to publish first, and one that comes after it. Prints as
JSON, for each attempt: what ran out, whether that was reported, what is served, whether anything of it is left.
"""

import errno
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from site_builder.publish import directory, lists
from site_builder.publish.order import Verdict

PAGE = 4096


def attempts(place: Path, package: Path, what: str, leave: Callable[[int], None]) -> list[dict[str, object]]:
    """Publish with room for nothing, then for a little more each time, until it is enough."""
    found: list[dict[str, object]] = []
    while not found or found[-1]["full"]:
        before = sorted(place.rglob("*"))
        leave(len(found))
        full = False
        try:
            directory.put(place, package, "b" * 40, lambda _: Verdict.NEWER, 5)
        except OSError as error:
            full = error.errno == errno.ENOSPC
        served = (place / "current" / "index.html").read_text() if lists.is_whole(place / "current") else ""
        is_left = sorted(place.rglob("*")) != before
        found.append({"what": what, "full": full, "served": served, "is_left": is_left})
    return found


def leave_bytes(ballast: Path, pages: int) -> None:
    """Fill the disk until so many pages are free."""
    ballast.unlink(missing_ok=True)
    free = os.statvfs(ballast.parent).f_bavail
    ballast.write_bytes(b"x" * PAGE * (free - pages))


def leave_files(ballast: Path, count: int) -> None:
    """Make empty files until so many more can be made."""
    ballast.mkdir(exist_ok=True)
    for path in ballast.iterdir():
        path.unlink()
    for number in range(os.statvfs(ballast).f_favail - count):
        (ballast / str(number)).touch()


def main(disk: Path, first: Path, second: Path) -> None:
    found: list[dict[str, object]] = []
    for what, leave in (("bytes", leave_bytes), ("files", leave_files)):
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k,nr_inodes=64", "none", disk], check=True)
        directory.put(disk / "www", first, "a" * 40, lambda _: Verdict.NEWER, 5)
        found += attempts(disk / "www", second, what, lambda room, leave=leave: leave(disk / "ballast", room))  # type: ignore[misc]
        subprocess.run(["umount", disk], check=True)
    print(json.dumps(found))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
