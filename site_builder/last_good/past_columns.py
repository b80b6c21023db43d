"""Data of an earlier commit in the columns of today: a table that got a column since can still be read.

What a file then held is read by the schemas of that commit. A column that came since stays blank, one that is gone is
left out; a file that was not in its columns then is left as it is, for the reading to say what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from site_builder.model import schemas
from site_builder.model.schemas import Schemas
from site_builder.privacy import lint
from site_builder.record.tables import FOLDER, in_columns_of_today
from site_builder.shared import git
from site_builder.shared.problems import CampaignError


def write_out(repository: Path, commit: str, today: Schemas, target: Path) -> None:
    """Write all content as it stood at a commit under another root, the data in today's columns."""
    stood = git.contents(repository, git.files_at(repository, commit, lint.CONTENT))
    _write(target, adapted(repository, commit, today, stood))


def adapted(repository: Path, commit: str, today: Schemas, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of a commit, by path from the root; those of tables that had other columns then in today's."""
    then = _headers(repository, tuple(git.files_at(repository, commit, schemas.FOLDER).items()))
    changed = {name: table for name, table in today.tables.items() if then.get(name, table.header) != table.header}
    found = dict(files)
    for path in files:
        table = changed.get(_table_of(path))
        if table:
            found[path] = in_columns_of_today(files[path], then[table.name], table)
    return found


def _table_of(path: str) -> str:
    place = PurePosixPath(path)
    return place.relative_to(FOLDER).parts[0].removesuffix(".csv") if place.is_relative_to(FOLDER) else ""


@cache
def _headers(repository: Path, ids: tuple[tuple[str, str], ...]) -> Mapping[str, list[str]]:
    """The columns of each table by the schemas of these ids; none where the software of today cannot read them."""
    with TemporaryDirectory() as folder:
        _write(Path(folder), git.contents(repository, dict(ids)))
        try:
            return {name: table.header for name, table in schemas.load(Path(folder)).tables.items()}
        except CampaignError:
            return {}


def _write(target: Path, files: Mapping[str, bytes]) -> None:
    for path, content in files.items():
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        (target / path).write_bytes(content)
