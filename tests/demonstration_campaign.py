"""The seeded demonstration as a campaign of the tests' own: tests of the software never read `content/`, the staff's.

Making it takes half a minute, so it is kept below `.cache/`, under the digest of all that it is made of.
"""

import fcntl
import hashlib
import shutil
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
_MADE_OF = ("demonstration", "survey_schemas", "site_builder", "maps/boundaries", "requirements.lock")
_KEPT = PROJECT / ".cache" / "demonstration"
_SOFTWARE = ("survey_schemas", "site_builder", "maps", "mkdocs.yml", "requirements.lock")


def _digest() -> str:
    digest = hashlib.sha256()
    for name in _MADE_OF:
        top = PROJECT / name
        for path in sorted(top.rglob("*")) if top.is_dir() else [top]:
            if path.is_file() and "__pycache__" not in path.parts and "templates" not in path.parts:
                digest.update(f"{path.relative_to(PROJECT).as_posix()}\0{path.stat().st_size}\0".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _campaign() -> Path:
    """The root of the campaign, made by the first worker that asks."""
    root = _KEPT / _digest()
    _KEPT.mkdir(parents=True, exist_ok=True)
    with (_KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not root.exists():
            for old in _KEPT.glob("*/"):
                shutil.rmtree(
                    old / "content"
                )  # by its whole path: own_content.py takes `content` alone for the staff's
                shutil.rmtree(old)
            _make(root)
    return root


def _make(root: Path) -> None:
    from demonstration.__main__ import campaign_files, write

    unfinished = root.with_suffix(".unfinished")
    write(campaign_files(), unfinished / "content")
    for name in _SOFTWARE:
        (unfinished / name).symlink_to(PROJECT / name)
    unfinished.rename(root)


CAMPAIGN = _campaign()
"""A root with the demonstration's content and links to the software; no test may write into it."""
