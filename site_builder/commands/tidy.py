"""`campaign tidy`: write the CSV files of content/data the one way they are written."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from site_builder.cli import FINE, PROBLEMS, problem_list, tell, words
from site_builder.model import schemas
from site_builder.model.schemas import Schemas
from site_builder.record import tables
from site_builder.shared import disk
from site_builder.shared.codes import Code


def run(root: Path, options: Namespace) -> int:
    """Rewrite the files that are sound but not in canonical form; files with errors are left alone."""
    known = schemas.load(root)
    completed = list(_complete(root, known))
    reading = tables.read_all(root, known)
    untidy = {problem.file for problem in reading.problems if problem.code == Code.FILE_NOT_CANONICAL}
    for file in reading.files:
        if file.path in untidy:
            table = known.tables[file.table]
            disk.put(root / file.path, tables.canonical_csv(table.header, file.rows, table.key))
            tell(words()["tidy"]["changed"].format(file=file.path))
    errors = [problem for problem in reading.problems if problem.is_error]
    if errors:
        tell(problem_list(errors))
        return PROBLEMS
    if not untidy and not completed:
        tell(words()["tidy"]["nothing"])
    return FINE


def _complete(root: Path, known: Schemas) -> Iterator[str]:
    """Files of before a column came with a newer version of the software get it, blank. Gives their paths."""
    lacking = [problem.file for problem in tables.read_all(root, known).problems if problem.code == Code.HEADER_MISSING]
    for path in dict.fromkeys(lacking):
        table = known.tables[PurePosixPath(path).relative_to(tables.FOLDER).parts[0].removesuffix(".csv")]
        content = (root / path).read_bytes()
        completed = tables.completed(content, table)
        if completed != content:
            disk.put(root / path, completed)
            tell(words()["tidy"]["completed"].format(file=path))
            yield path
