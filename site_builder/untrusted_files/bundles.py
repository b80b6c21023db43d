"""Returns that were sent together: a folder or a zip archive of them, told apart into files, each read as itself."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from zipfile import ZipInfo

from site_builder.shared.disk import fit_name, is_plain
from site_builder.untrusted_files import kinds
from site_builder.untrusted_files.formats import archive
from site_builder.untrusted_files.formats.bounds import MOST_BYTES
from site_builder.untrusted_files.reading import opened_plainly, words

_WORKBOOKS = (".xlsx", ".xls", ".ods")
_BY_ITSELF = {"thumbs.db", "desktop.ini", "__macosx"}  # what systems put into folders and archives
_BY_ITSELF_NAMED = re.compile(r"~\$.*|\.[^.].*", re.DOTALL)  # kept while a workbook is open; hidden files
_MOST_FILES = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """A folder or an archive as it was sent.

    files: to be read, with its own name as the last part of each path; left: names of what a system put there itself.
    """

    path: Path
    files: tuple[Path, ...]
    left: tuple[str, ...] = ()


def opened(path: Path, room: Path) -> Bundle | None:
    """The files of a folder, with those in its folders, or of an archive of returns; None for what is one file.

    room: an empty folder, into which an archive is unpacked. An export of phone forms is one file; so is what `reading`
    will refuse: an archive that is locked or does not add up, a folder in which nothing is, or too much.
    """
    if path.is_dir():
        files, left = _in_folder(path)
        return Bundle(path=path, files=files, left=left) if 0 < len(files) <= _MOST_FILES else None
    if path.suffix.lower() != ".zip":
        return None
    with suppress(Exception):  # whatever it is, it is told of when the archive is read as one file
        return _of_archive(path, room)
    return None


def landed(folder: Path, looks: Iterable[None]) -> Iterator[Path]:
    """Each file below a folder that has come to rest: as large and as old as at the look before. Again when it changes.

    looks: one for each time to look.
    """
    before: dict[Path, tuple[int, int]] = {}
    given: dict[Path, tuple[int, int]] = {}
    for _ in looks:
        now = {path: state for path in _in_folder(folder)[0] if (state := _state(path))}
        for path, state in now.items():
            if before.get(path) == state != given.get(path):
                given[path] = state
                yield path
        before = now


def _state(path: Path) -> tuple[int, int] | None:
    with suppress(OSError):  # it has gone again
        about = path.stat()
        return about.st_size, about.st_mtime_ns
    return None


def _in_folder(path: Path) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """The files of a folder and its folders, and what a system left there. Our own answers are looked at by nobody."""
    files, left = [], []
    for folder, folders, names in os.walk(path):
        left += [name for name in (*folders, *names) if _is_by_itself(name)]
        folders[:] = sorted(name for name in folders if not _is_by_itself(name) and name != words()["answers"])
        found = [name for name in sorted(names) if not _is_by_itself(name)]
        left += [name for name in found if not is_plain(Path(folder, name))]  # what a link leads to was not put there
        files += [Path(folder, name) for name in found if is_plain(Path(folder, name))]
    return tuple(files), tuple(left)


def _of_archive(path: Path, room: Path) -> Bundle | None:
    with opened_plainly(path) as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES or kinds.real_kind(data) != "zip":
        return None
    parts = [(archive.name_of(part), part) for part in archive.directory(data).values() if not part.is_dir()]
    own = [(name, part) for name, part in parts if not any(map(_is_by_itself, PurePosixPath(name).parts))]
    if not any(name.lower().endswith(_WORKBOOKS) for name, _ in own) or len(own) > _MOST_FILES:
        return None
    left = [PurePosixPath(name).name for name, part in parts if (name, part) not in own]
    return Bundle(path=path, files=tuple(_unpacked(data, own, room)), left=tuple(left))


def _unpacked(data: bytes, parts: Sequence[tuple[str, ZipInfo]], room: Path) -> Iterator[Path]:
    """Each file in a folder of its own, so that two may have one name and none leaves the room."""
    contents = [archive.content(data, part) for _, part in parts]  # all or none: what is forged is refused as a whole
    for number, ((name, _), content) in enumerate(zip(parts, contents, strict=True), start=1):
        file = room / str(number) / fit_name(name, str(number))
        file.parent.mkdir()
        file.write_bytes(content)
        yield file


def _is_by_itself(name: str) -> bool:
    return bool(_BY_ITSELF_NAMED.fullmatch(name)) or name.casefold() in _BY_ITSELF
