"""Releases: a build is written beside the standing one, named by its inputs, and swapped in whole or not at all.

`build` is a symbolic link to a folder of `.builds/`; replacing the link is atomic.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from site_builder.shared import disk, locks
from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem
from site_builder.site import release_folders
from site_builder.site.release_folders import CHECKSUMS

LINK = "build"
FOLDER = ".builds"
INPUTS = ("content", "survey_schemas", "site_builder", "maps", "mkdocs.yml", "requirements.lock")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """A finished release. folder: its own, whatever `build` shows meanwhile; listing: its list of checksums."""

    folder: Path
    listing: str


def input_digest(root: Path) -> str:
    """The digest of everything that a build is made from: paths and bytes of all inputs.

    Of a link, which the check refuses afterwards, it is the path alone: it may lead to what has no end.
    """
    digest = hashlib.sha256()
    for path in _input_files(root):
        content = path.read_bytes() if disk.is_plain(path) or path.parent == root else b""
        digest.update(f"{path.relative_to(root).as_posix()}\0".encode())
        digest.update(hashlib.sha256(content).digest())
    return digest.hexdigest()


def _input_files(root: Path) -> list[Path]:
    files: list[Path] = []
    for name in INPUTS:
        path = root / name
        found = path.rglob("*") if path.is_dir() else [path]
        files.extend(file for file in found if _is_input(file) and "__pycache__" not in file.parts)
    return sorted(files)


def _is_input(path: Path) -> bool:
    return path.is_file() or path.is_symlink()


def standing(root: Path) -> Path | None:
    """The release that `build` shows, or None when there is none yet."""
    link = root / LINK
    return link.resolve() if link.is_symlink() and link.is_dir() else None


def current(root: Path, digest: str) -> Finished | None:
    """The standing build where it was made from these inputs and is still complete, byte for byte; else None."""
    release = standing(root)
    is_current = release is not None and release.name.startswith(_name(digest)) and is_whole(release)
    return finished(release) if release and is_current else None


def finished(release: Path) -> Finished:
    """A release as it was finished. Raises OSError where it is gone."""
    return Finished(folder=release, listing=(release / CHECKSUMS).read_text(encoding="utf-8"))


def place_of(staging: Path) -> Path:
    """Where a release stands once it is finished, by the folder that it was built in."""
    return staging.with_suffix("")


def is_whole(release: Path) -> bool:
    """Whether a release holds exactly the files of its list of checksums."""
    return release_folders.is_listed(release, release_folders.digests(release))


@contextmanager
def new_release(root: Path, digest: str) -> Iterator[Path]:
    """A folder to build in. When the block ends well it becomes the standing release; otherwise it is removed.

    One build at a time: a second one waits. Raises CampaignError when `build` is something of somebody else's.
    """
    _refuse_foreign(root / LINK)
    folder = root / FOLDER
    folder.mkdir(exist_ok=True)
    with locks.held(folder / "lock"), disk.unfinished(_free_name(folder, digest)) as staging:
        staging.mkdir()
        yield staging
        (staging / CHECKSUMS).write_text(release_folders.checksums(staging), encoding="utf-8")
        _put_in_place(root, staging, place_of(staging))


def _name(digest: str) -> str:
    return digest[:16]


def _free_name(folder: Path, digest: str) -> Path:
    """Where to build, for a name not taken: a release of the same inputs, damaged since, stands until the new one."""
    names = [_name(digest), *(f"{_name(digest)}-{number}" for number in range(2, 1000))]
    return next(folder / f"{name}.unfinished" for name in names if not (folder / name).exists())


def _refuse_foreign(link: Path) -> None:
    if link.exists() and not link.is_symlink():
        raise CampaignError([Problem(code=Code.BUILD_PLACE, file=link.name, details={"place": link.name})])


def _put_in_place(root: Path, staging: Path, release: Path) -> None:
    before, folder = release_folders.shown(root / LINK), root / FOLDER
    staging.rename(release)
    release_folders.switch(root / LINK, Path(FOLDER) / release.name, folder / "link")
    others = {path.name for path in folder.iterdir() if path.is_dir()} - {release.name, before}
    release_folders.remove(folder, others)
