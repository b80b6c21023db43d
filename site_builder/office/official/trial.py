"""A copy of the campaign's content to try things on, and what has become another there."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from site_builder.model import content_files

_CHECKED_WITH = ("survey_schemas", "mkdocs.yml", "site_builder/templates/theme")


@contextmanager
def copied(root: Path) -> Iterator[Path]:
    """A folder outside the repository with the content of a root and what it is checked with, until the block ends.

    A link stays one, so that the check refuses it. Raises CampaignError where one stands there already: it may lead to
    a whole disk.
    """
    content_files.refuse_links(root)
    with TemporaryDirectory() as folder:
        there = Path(folder)
        for name in (content_files.FOLDER, *_CHECKED_WITH):
            (there / name).parent.mkdir(parents=True, exist_ok=True)
            if (root / name).is_dir():
                shutil.copytree(root / name, there / name, symlinks=True)
            else:
                shutil.copy2(root / name, there / name)
        yield there


def apply(root: Path, files: dict[str, bytes | None]) -> None:
    """Let files of the copy hold these contents, by path; None removes."""
    for name, content in files.items():
        if content is None:
            (root / name).unlink()
        else:
            (root / name).write_bytes(content)


def changes(root: Path, there: Path) -> dict[str, bytes | None]:
    """What is to stand at each path of the root so that its content is that of the copy; None for nothing."""
    before, after = _contents(root), _contents(there)
    gone = dict.fromkeys(sorted(before.keys() - after.keys()))
    return {**gone, **{name: after[name] for name in sorted(after) if before.get(name) != after[name]}}


def _contents(root: Path) -> dict[str, bytes]:
    found = (path for path in (root / content_files.FOLDER).rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}


def remove_empty(root: Path) -> None:
    """Folders of the content in which nothing is left go; one that cannot be removed does no harm."""
    for folder, _, _ in os.walk(root / content_files.FOLDER, topdown=False):
        with suppress(OSError):  # not empty
            Path(folder).rmdir()
