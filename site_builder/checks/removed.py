"""A county's file is not deleted: a list that has become empty keeps its header."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Set
from pathlib import PurePosixPath

from site_builder.model.campaign import DataStatus
from site_builder.model.schemas import Schemas
from site_builder.record.tables import FOLDER, county_file
from site_builder.shared import git
from site_builder.shared.codes import Code
from site_builder.shared.git import CommitLine
from site_builder.shared.problems import Problem


def check(
    present: Set[str], line: CommitLine, names: Mapping[str, str], schemas: Schemas, status: DataStatus
) -> Iterator[Problem]:
    """A problem for each file of a county that the line of commits knows and that is not among those present.

    present: paths from the root; names: of the campaign's counties, by code. Nothing is said of other counties, nor of
    tables that there are no more; nor, where data are official, of files that held the demonstration to the last.
    """
    stood = line.stood(FOLDER)
    gone = {path: stood[path] for path in stood.keys() - present if _is_of_county(path, names, schemas)}
    for path in sorted(gone.keys() - (_demonstrations(line, gone) if status is DataStatus.OFFICIAL else set())):
        table, county = schemas.tables[PurePosixPath(path).parent.name], PurePosixPath(path).stem
        details = {"county": names[county], "table": table.title}
        yield Problem(code=Code.FILE_REMOVED, file=path, county=county, details=details)


def _is_of_county(path: str, names: Mapping[str, str], schemas: Schemas) -> bool:
    table, county = schemas.tables.get(PurePosixPath(path).parent.name), PurePosixPath(path).stem
    is_split = table is not None and table.split_by_county
    return is_split and county in names and path == county_file(PurePosixPath(path).parent.name, county)


def _demonstrations(line: CommitLine, gone: Mapping[str, str]) -> set[str]:
    """The files of which no row was real when they were last there."""
    found = git.contents(line.root, gone) if gone else {}
    return {path for path, content in found.items() if not any(map(_is_real, _rows(content)))}


def _rows(content: bytes) -> Iterator[dict[str, str]]:
    yield from csv.DictReader(content.decode("utf-8-sig", "replace").splitlines())


def _is_real(row: Mapping[str, str]) -> bool:
    return row.get("data_status") != DataStatus.DEMO
