"""The package that every target gets: the files of the build, what release they are, their checksums, a signature."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from site_builder.publish import lists, statement
from site_builder.publish.lists import Release
from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem
from site_builder.site import release_folders
from site_builder.site.release_folders import CHECKSUMS
from site_builder.site.releases import Finished

_SITE, _CACHE = "site", ".cache"
FIRST = (lists.RELEASE, CHECKSUMS)
"""What is copied before all else: by it a copy that was cut off is known as ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A folder ready to be published. digest: identifies it; files: how many its list has."""

    folder: Path
    release: Release
    digest: str
    files: int
    is_signed: bool


@contextmanager
def packed(root: Path, built: Finished, release: Release, until: date) -> Iterator[Package]:
    """The site of a finished build as a package, in a folder that goes when the block ends.

    until: the last day on which its signature is to be believed. What was copied is read back and compared with the
    list that was made when the site was built and checked. Raises CampaignError where a file is not the one that was
    checked, or another build has cleared it away.
    """
    (root / _CACHE).mkdir(exist_ok=True)
    with TemporaryDirectory(dir=root / _CACHE) as made:
        folder = Path(made, _SITE)
        with suppress(FileNotFoundError):
            _copy(built.folder / _SITE, folder)
        if lists.of_folder(folder) != _checked(built.listing):
            raise CampaignError([Problem(code=Code.PUBLISH_NOT_AS_CHECKED, file=_SITE)])
        yield _described(folder, release, until)


def copied(package: Path, place: Path) -> None:
    """Copy a package to a folder that is not there yet, and read it back.

    Raises CampaignError where it did not arrive whole, OSError where the place cannot be written.
    """
    _copy(package, place)
    if not lists.is_whole(place):
        raise CampaignError([Problem(code=Code.PUBLISH_NOT_AS_CHECKED, file=place.name)])


def _copy(source: Path, place: Path) -> None:
    """Copy a folder, and stop at the first file that cannot be written: shutil.copytree would go on to the last."""
    for folder, _, names in os.walk(source):
        copy = place / Path(folder).relative_to(source)
        copy.mkdir(parents=True)
        for name in sorted(names, key=lambda name: (FIRST.index(name) if name in FIRST else len(FIRST), name)):
            with Path(folder, name).open("rb") as file, (copy / name).open("xb") as new:  # x: over nothing, and no link
                shutil.copyfileobj(file, new)


def _described(folder: Path, release: Release, until: date) -> Package:
    """Put the release, the list and the signature beside the files."""
    (folder / lists.RELEASE).write_text(lists.release_text(release), encoding="utf-8")
    digests = lists.of_folder(folder)
    text = release_folders.listing(digests)
    signed = statement.signed(text, release, until)
    (folder / CHECKSUMS).write_text(text, encoding="utf-8")
    if signed is not None:
        (folder / lists.SIGNATURE).write_bytes(signed)
    digest = lists.digest(text)
    return Package(folder=folder, release=release, digest=digest, files=len(digests), is_signed=signed is not None)


def _checked(listing: str) -> dict[str, str]:
    """The files of the site in the list of the build, by path from the site's top."""
    digests = lists.read(listing, CHECKSUMS)
    return {path.removeprefix(f"{_SITE}/"): digest for path, digest in digests.items() if path.startswith(f"{_SITE}/")}
