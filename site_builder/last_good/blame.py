"""Whose error it is: one county's, no county's, or that of a file that no table reads."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from site_builder.model.schemas import Schemas
from site_builder.record.tables import FOLDER
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem

_COUNTY_FILE = re.compile(rf"{FOLDER}/([a-z_]+)/([0-9]{{4}}|[0-9]{{6}}|[0-9]{{2}}-[0-9]{{2}})\.csv")
_UNREAD = (Code.FILE_UNEXPECTED, Code.WRITING_UNFINISHED)
# Every key of a county's table holds the county's code, so rows of two counties share a key only where one is in the
# wrong file. Problems of the right one follow from that, as a table without a file follows from a file that is gone.
_MISPLACED = (Code.COUNTY_MISMATCH, Code.IDENTIFIER_COUNTY, Code.WINDOW_ID)
_FOLLOWING = (Code.ROW_DUPLICATE, Code.DUPLICATE_ACROSS_FILES, Code.FILE_MISSING)


def county_of_path(path: str) -> str:
    """The county whose file stands at a path from the root; "" when it is no county's."""
    found = _COUNTY_FILE.fullmatch(path)
    return found.group(2) if found else ""


def is_outside_rows(problem: Problem) -> bool:
    """Whether it is of a kind that `checks.beside_rows` finds, which a check of rows alone does not."""
    return problem.code == Code.FILE_REMOVED or problem.code.startswith(("privacy-", "exception-"))


def is_stray(problem: Problem, schemas: Schemas) -> bool:
    """Whether it is of a file below the data that no table reads: nothing of it can be published."""
    path = PurePosixPath(problem.file)
    if problem.code in _UNREAD:
        return True
    if not problem.code.startswith("privacy-") or not path.is_relative_to(FOLDER):
        return False
    found = _COUNTY_FILE.fullmatch(problem.file)
    table = schemas.tables.get(found.group(1) if found else path.name.removesuffix(".csv"))
    return table is None or table.split_by_county != bool(found)


def causes(errors: Iterable[Problem]) -> list[Problem]:
    """The errors that others may follow from, to be dealt with first."""
    found = list(errors)
    misplaced = [problem for problem in found if problem.code in _MISPLACED]
    return misplaced or [problem for problem in found if problem.code not in _FOLLOWING] or found
