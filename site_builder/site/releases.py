"""Releases: a build is written beside the standing one, named by its inputs, and swapped in whole or not at all.

`build` is a symbolic link to a folder of `.builds/`; replacing the link is atomic.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem

LINK = "build"
FOLDER = ".builds"
CHECKSUMS = "SHA256SUMS"
INPUTS = ("content", "survey_schemas", "site_builder", "maps", "mkdocs.yml", "requirements.lock")


def input_digest(root: Path) -> str:
    """The digest of everything that a build is made from: paths and bytes of all inputs."""
    digest = hashlib.sha256()
    for path in _input_files(root):
        digest.update(f"{path.relative_to(root).as_posix()}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _input_files(root: Path) -> list[Path]:
    files: list[Path] = []
    for name in INPUTS:
        path = root / name
        found = path.rglob("*") if path.is_dir() else [path]
        files.extend(file for file in found if file.is_file() and "__pycache__" not in file.parts)
    return sorted(files)


def standing(root: Path) -> Path | None:
    """The release that `build` shows, or None when there is none yet."""
    link = root / LINK
    return link.resolve() if link.is_symlink() and link.is_dir() else None


def is_current(root: Path, digest: str) -> bool:
    """Whether the standing build was made from these inputs and is still complete, byte for byte."""
    release = standing(root)
    return release is not None and release.name.startswith(_name(digest)) and is_whole(release)


def is_whole(release: Path) -> bool:
    """Whether a release holds exactly the files of its list of checksums."""
    try:
        return (release / CHECKSUMS).read_text(encoding="utf-8") == checksums(release)
    except OSError:
        return False


def checksums(release: Path) -> str:
    """A line for each file of a release, in the form of sha256sum, in the order of the paths."""
    lines = []
    for folder, _, names in os.walk(release):
        for name in names:
            path = Path(folder, name)
            relative = path.relative_to(release).as_posix()
            if relative != CHECKSUMS:
                lines.append(f"{relative}\0{hashlib.sha256(path.read_bytes()).hexdigest()}")
    pairs = (line.split("\0") for line in sorted(lines))
    return "".join(f"{digest}  {path}\n" for path, digest in pairs)


@contextmanager
def new_release(root: Path, digest: str) -> Iterator[Path]:
    """A folder to build in. When the block ends well it becomes the standing release; otherwise it is removed.

    One build at a time: a second one waits. Raises CampaignError when `build` is something of somebody else's.
    """
    _refuse_foreign(root / LINK)
    folder = root / FOLDER
    folder.mkdir(exist_ok=True)
    with _lock(folder / "lock"):
        staging = folder / f"{_name(digest)}.unfinished"
        shutil.rmtree(staging, ignore_errors=True)
        staging.mkdir()
        try:
            yield staging
            (staging / CHECKSUMS).write_text(checksums(staging), encoding="utf-8")
            _put_in_place(root, staging, _free_name(folder, digest))
        finally:
            shutil.rmtree(staging, ignore_errors=True)


def _name(digest: str) -> str:
    return digest[:16]


def _free_name(folder: Path, digest: str) -> Path:
    """A name not taken: a release of the same inputs, damaged since, stands until the new one replaces it."""
    names = [_name(digest), *(f"{_name(digest)}-{number}" for number in range(2, 1000))]
    return next(folder / name for name in names if not (folder / name).exists())


def _refuse_foreign(link: Path) -> None:
    if link.exists() and not link.is_symlink():
        raise CampaignError([Problem(code=Code.BUILD_PLACE, file=link.name, details={"place": link.name})])


@contextmanager
def _lock(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _put_in_place(root: Path, staging: Path, release: Path) -> None:
    before = standing(root)
    staging.rename(release)
    beside = root / FOLDER / "link"
    beside.unlink(missing_ok=True)
    beside.symlink_to(Path(FOLDER) / release.name)
    beside.replace(root / LINK)
    _remove_old(root / FOLDER, keep={release, before})


def _remove_old(folder: Path, keep: set[Path | None]) -> None:
    for path in folder.iterdir():
        if path.is_dir() and path not in keep:
            shutil.rmtree(path, ignore_errors=True)
