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


def _campaign(*, whole_year: bool = False) -> Path:
    """The root of the campaign, made by the first worker that asks."""
    digest = _digest()
    root = _KEPT / (f"{digest}-year" if whole_year else digest)
    _KEPT.mkdir(parents=True, exist_ok=True)
    with (_KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not root.exists():
            for old in [old for old in _KEPT.glob("*/") if not old.name.startswith(digest)]:
                shutil.rmtree(
                    old / "content"
                )  # by its whole path: own_content.py takes `content` alone for the staff's
                shutil.rmtree(old)
            _make(root, whole_year=whole_year)
    return root


def _make(root: Path, *, whole_year: bool) -> None:
    from demonstration.__main__ import campaign_files, write

    unfinished = root.with_suffix(".unfinished")
    write(campaign_files(whole_year=whole_year), unfinished / "content")
    for name in _SOFTWARE:
        (unfinished / name).symlink_to(PROJECT / name)
    unfinished.rename(root)


def whole_year() -> Path:
    """The same to the end of December, as a root of its own; making it takes a minute."""
    return _campaign(whole_year=True)


CAMPAIGN = _campaign()
"""A root with the demonstration's content and links to the software; no test may write into it."""
