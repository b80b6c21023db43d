"""The lint over files: everything in content/, what a build or a command wrote, and what is about to be committed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path, PurePath

from xlsxwriter.utility import xl_rowcol_to_cell

from site_builder.model.campaign import Campaign
from site_builder.model.schemas import Schemas
from site_builder.privacy import cores, places
from site_builder.privacy.exceptions import Exceptions
from site_builder.privacy.places import Belonging, NumberPlace
from site_builder.shared import validation_cache
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem, layout, safe_to_show
from site_builder.shared.validation_cache import ValidationCache

CONTENT = "content"
_MEMORY = ".cache/clean-for-{}.json"
_CODE = b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.rglob("*.py")))


def in_content(root: Path, campaign: Campaign, schemas: Schemas, exceptions: Exceptions | None = None) -> list[Problem]:
    """Personal numbers in data, pages, words, settings and file names, and exceptions that no longer hold.

    exceptions: those of a wider search, which reports on them itself.
    """
    own = exceptions or Exceptions(campaign=campaign)
    belonging = Belonging(columns=places.phone_columns(schemas))
    files = [(path.relative_to(root).as_posix(), path) for path in files_below(root / CONTENT)]
    problems = [
        _with_column(problem, schemas) for problem in in_files(root, Code.PRIVACY_CONTENT, files, belonging, own)
    ]
    return problems if exceptions else [*problems, *own.problems(everywhere=False)]


def in_drafts(drafts: Mapping[str, bytes], campaign: Campaign, schemas: Schemas) -> list[Problem]:
    """Personal numbers in contents, by path from the root, that do not stand there."""
    belonging, own = Belonging(columns=places.phone_columns(schemas)), Exceptions(campaign=campaign)
    found = ((name, places.find(name, content, belonging)) for name, content in drafts.items())
    return [problem for name, places_ in found for problem in as_problems(Code.PRIVACY_CONTENT, name, places_, own)]


def files_below(folder: Path) -> list[Path]:
    """All files of a folder; none where there is no such folder."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def in_files(
    root: Path, code: Code, files: Iterable[tuple[str, Path | bytes]], belonging: Belonging, exceptions: Exceptions
) -> list[Problem]:
    """Personal numbers in files, reported under a code. files: paths as they are shown, with the file or its bytes.

    Files that were clean the last time, under this code, are not read again.
    """
    problems: list[Problem] = []
    basis = basis_of(belonging)
    with remembered(root, code) as known:
        fresh = [one for one in files if not known.is_sound(_digest(basis, one[0], _bytes(one[1])))]
        looked = cores.results(partial(_look, basis, belonging), fresh)
        for (name, _), (digest, found) in zip(fresh, looked, strict=True):
            problems += as_problems(code, name, found, exceptions)
            _remember(known, digest, found)
    return problems


def _look(basis: bytes, belonging: Belonging, file: tuple[str, Path | bytes]) -> tuple[str, list[NumberPlace]]:
    """What is in a file, with the digest of the very bytes that were looked through."""
    name, data = file[0], _bytes(file[1])
    return _digest(basis, name, data), places.find(name, data, belonging)


def _bytes(content: Path | bytes) -> bytes:
    return content if isinstance(content, bytes) else content.read_bytes()


def _digest(basis: bytes, name: str, data: bytes) -> str:
    return hashlib.sha256(basis + name.encode() + b"\0" + data).hexdigest()


def remembered(root: Path, code: Code) -> AbstractContextManager[ValidationCache]:
    """What was clean the last time, under a code."""
    return validation_cache.remembered(root, _MEMORY.format(code))


def _remember(known: ValidationCache, digest: str, found: list[NumberPlace]) -> None:
    if not found:
        known.remember(digest)


def basis_of(belonging: Belonging) -> bytes:
    """What a result rests on besides the bytes: our own code, the libraries, and where mobiles are allowed."""
    allowed = [sorted(belonging.columns), sorted(belonging.mobiles)]
    return hashlib.sha256(_CODE + repr([_libraries(), allowed]).encode()).digest()


@cache
def _libraries() -> list[str]:
    return [version("python-stdnum"), version("pypdfium2")]


def as_problems(
    code: Code, file: str, found: Iterable[NumberPlace], exceptions: Exceptions | None, **details: str
) -> Iterator[Problem]:
    """A problem for each place that is not excepted."""
    for place in found:
        if exceptions is None or not exceptions.cover(file, place):
            what = layout()["personal"][place.kind.value] if place.kind else ""
            yield Problem(
                code=code if place.kind else Code.PRIVACY_UNREAD,
                file=file + place.part,
                line=place.line,
                cell=_cell(place),
                column=safe_to_show(place.field),
                entered=layout()["hidden"] if place.line and place.column else "",
                details={"what": what, **details},
            )


def _cell(place: NumberPlace) -> str:
    return str(xl_rowcol_to_cell(place.line - 1, place.column - 1)) if place.line and place.column else ""


def _with_column(problem: Problem, schemas: Schemas) -> Problem:
    """A problem of a data file with the column's Chinese title and the county whose file it is."""
    path = PurePath(problem.file)
    table = schemas.tables.get(path.stem) or schemas.tables.get(path.parent.name)
    if table is None or path.suffix != ".csv":
        return problem
    title = table.field(problem.column).title if problem.column in table.header else problem.column
    return replace(problem, column=title, county=path.stem if table.split_by_county else "")
