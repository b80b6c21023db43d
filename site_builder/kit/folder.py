"""The folder of a county's kit on disk: written whole or not at all, never over what somebody has changed there."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from site_builder.shared import disk
from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem

MADE = ".made"  # beside the kits: for each, what we wrote, in the form of sha256sum


def write_folder(out: Path, name: str, files: Mapping[str, bytes]) -> None:
    """Put files into the folder `name` of `out`, in place of an earlier kit.

    Raises CampaignError when the folder is not as we left it (kit-place) or cannot be written (kit-unwritable).
    """
    folder, made = out / name, out / MADE / name
    try:
        if _stands(folder) and not _is_as_made(folder, made):
            raise CampaignError(
                [Problem(code=Code.KIT_PLACE, file=folder.as_posix(), details={"place": folder.as_posix()})]
            )
        with disk.new_folder(folder) as staging:
            _write_all(staging, files)
            made.parent.mkdir(exist_ok=True)
        made.write_text(_checksums(folder), encoding="utf-8")
    except OSError as error:
        details = {"reason": disk.reason(error)}
        raise CampaignError([Problem(code=Code.KIT_UNWRITABLE, file=folder.as_posix(), details=details)]) from error


def _stands(folder: Path) -> bool:
    return folder.exists() or folder.is_symlink()


def _is_as_made(folder: Path, made: Path) -> bool:
    """Whether a folder holds exactly what we wrote into it."""
    is_folder = folder.is_dir() and not folder.is_symlink() and made.is_file()
    return is_folder and _checksums(folder) == made.read_text(encoding="utf-8")


def _write_all(staging: Path, files: Mapping[str, bytes]) -> None:
    staging.mkdir(parents=True)
    for name, content in files.items():
        (staging / name).write_bytes(content)


def _checksums(folder: Path) -> str:
    paths = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))
    lines = []
    for name in paths:
        path = folder / name
        digest = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "-"
        lines.append(f"{digest}  {name}\n")
    return "".join(lines)
