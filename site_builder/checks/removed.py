"""A county's file is not deleted: a list that has become empty keeps its header."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from pathlib import PurePosixPath

from site_builder.model.schemas import Schemas
from site_builder.record.tables import FOLDER, county_file
from site_builder.shared.codes import Code
from site_builder.shared.git import CommitLine
from site_builder.shared.problems import Problem


def check(present: Set[str], line: CommitLine, names: Mapping[str, str], schemas: Schemas) -> Iterator[Problem]:
    """A problem for each file of a county that the line of commits knows and that is not among those present.

    present: paths from the root; names: of the campaign's counties, by code. Nothing is said of other counties, nor of
    tables that there are no more.
    """
    for path in sorted(line.stood(FOLDER) - present):
        table, county = schemas.tables.get(PurePosixPath(path).parent.name), PurePosixPath(path).stem
        if table and table.split_by_county and county in names and path == county_file(table.name, county):
            details = {"county": names[county], "table": table.title}
            yield Problem(code=Code.FILE_REMOVED, file=path, county=county, details=details)
