"""The targets as a reader sees them, for whoever looks all the while that publishers are killed.

Each gives the number of the site that it is given, -1 for none, and raises TornError where that is a mixture of two.
"""

import hashlib
import io
import os
import subprocess
import tarfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3

from site_builder.publish import lists

Look = Callable[[], int]
NONE = -1


class TornError(Exception):
    """A reader was given parts of two sites, or less than one."""


@dataclass(frozen=True, kw_only=True)
class KillTarget:
    """address: as `campaign publish` takes it; look: what a reader is given."""

    address: str
    look: Look


def number_in(text: str) -> int:
    """Of a page such as "site 7"."""
    return int(text.rsplit(maxsplit=1)[-1])


def of_directory(place: Path) -> Look:
    """What `current` leads to, by one look at the link; a release that went meanwhile was an old one."""

    def look() -> int:
        while (place / "current").is_symlink():
            release = (place / "current").resolve()
            with suppress(FileNotFoundError):
                if lists.is_whole(release):
                    return number_in((release / "index.html").read_text())
            if release.is_dir():
                raise TornError(release.name)
        return NONE

    return look


def of_folder(place: Path) -> Look:
    """The folder itself, as long as it is the one that stands there."""

    def look() -> int:
        while True:
            try:
                opened = os.open(place, os.O_DIRECTORY)
            except FileNotFoundError:
                return NONE
            here = Path(f"/proc/self/fd/{opened}")
            try:
                with suppress(FileNotFoundError):
                    if lists.is_whole(here):
                        return number_in((here / "index.html").read_text())
                if place.is_dir() and os.path.samestat(os.fstat(opened), place.stat()):
                    raise TornError(place.name)
            finally:
                os.close(opened)

    return look


def of_branch(repository: Path) -> Look:
    """All files of the branch's commit, as a forge takes them out."""

    def look() -> int:
        command = ["git", "archive", "--format=tar", "refs/heads/pages"]
        done = subprocess.run(command, cwd=repository, capture_output=True, check=False)
        if done.returncode != 0:
            return NONE
        with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
            files = {entry.name: archive.extractfile(entry) for entry in archive if entry.isfile()}
            contents = {name: file.read() for name, file in files.items() if file}
        listed = lists.read(contents["SHA256SUMS"].decode(), "SHA256SUMS")
        if any(hashlib.sha256(contents[path]).hexdigest() != digest for path, digest in listed.items()):
            raise TornError(repository.name)
        return number_in(contents["index.html"].decode())

    return look


def of_storage() -> Look:
    """A page and then what it loads: that is of the page's site or of a later one, and never missing."""
    clients: list[Any] = []

    def look() -> int:
        if not clients:  # in the process that looks
            clients.append(boto3.client("s3"))
        [client] = clients
        try:
            page = client.get_object(Bucket="site", Key="www/index.html")["Body"].read().decode()
        except client.exceptions.NoSuchKey:
            return NONE
        style = client.get_object(Bucket="site", Key="www/assets/site.css")["Body"].read().decode()
        if number_in(style.removesuffix(" */")) < number_in(page):
            raise TornError(page)
        return number_in(page)

    return look
