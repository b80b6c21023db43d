"""Each file against its Table Schema and foreign keys, by frictionless; its errors become our problems.

All files of a table that are not known to be sound go through frictionless together: opening a
resource costs more than checking the few rows of one county. Of a large table only the rows in which it can find
anything go through as rows; see `_suspects`.
"""

from __future__ import annotations

import copy
import hashlib
import json
import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from site_builder.checks import frictionless_errors
from site_builder.checks.frictionless_errors import CellReader, CheckedRow
from site_builder.model.schemas import Schemas, Table
from site_builder.record.tables import FOLDER, DataFile, Reading
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem
from site_builder.shared.validation_cache import ValidationCache

if TYPE_CHECKING:
    from frictionless import Error

_CODE = "".join(path.read_text(encoding="utf-8") for path in sorted(Path(__file__).parent.glob("*.py")))
# Frictionless takes more ways of writing a value than the canonical one: １２, 1_000, 2018-3-5.
_LITERAL = {
    "integer": re.compile(r"-?(?:0|[1-9][0-9]*)"),
    "number": re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?"),
    "date": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Keys:
    """The values that references may name, by (table, field), and the (table, county) of faulty files.

    Tables come in an order in which a referenced one stands before those that refer to it, so that its faults
    are known by then: what only follows from them is not reported.
    """

    values: Mapping[tuple[str, str], frozenset[str]]
    faulty: set[tuple[str, str]]

    def usable(self, table: str, county: str) -> bool:
        """Whether the referenced table is sound as far as a county's rows need it."""
        return (table, county) not in self.faulty and (table, "") not in self.faulty


def check(reading: Reading, schemas: Schemas, cache: ValidationCache) -> list[Problem]:
    """Problems of all well-formed files, in no particular order."""
    keys = _keys(reading, schemas)
    problems = _missing_county_files(reading, schemas, keys)
    digests = {target: _digest(sorted(values)) for target, values in keys.values.items()}
    software = _digest([_CODE, version("frictionless")])
    for table in schemas.tables.values():
        basis = _digest([software, table.descriptor, _references(table, digests)])
        files = {_digest([basis, file.digest]): file for file in reading.files if file.table == table.name}
        fresh = {digest: file for digest, file in files.items() if not cache.is_sound(digest)}
        found = list(_check_table(table, list(fresh.values()), keys, schemas)) if fresh else []
        problems.extend(found)
        faulty = {problem.file for problem in found}
        for digest, file in fresh.items():
            complete = all(keys.usable(key.table, file.county) for key in table.foreign_keys)
            if file.path in faulty:
                keys.faulty.add((file.table, file.county))
            elif complete:
                cache.remember(digest)
    return problems


def load_validator() -> None:
    """Load frictionless, which takes half a second, at a time when something else has to be waited for anyway."""
    import frictionless  # noqa: F401, PLC0415


def _references(table: Table, digests: Mapping[tuple[str, str], str]) -> list[str]:
    return [digests[key.table, key.target] for key in table.foreign_keys]


def _digest(content: object) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _keys(reading: Reading, schemas: Schemas) -> _Keys:
    targets = {(key.table, key.target) for table in schemas.tables.values() for key in table.foreign_keys}
    values: dict[tuple[str, str], set[str]] = {target: set() for target in targets}
    for file in reading.files:
        header = schemas.tables[file.table].header
        for table, field in targets:
            if table == file.table:
                place = header.index(field)
                values[table, field].update(row[place] for row in file.rows)
    read = {file.path for file in reading.files}
    lost = {Path(problem.file) for problem in reading.problems if problem.is_error and problem.file not in read}
    by_county = {(path.parent.name, path.stem) for path in lost}
    whole = {(path.stem, "") for path in lost}
    frozen = {target: frozenset(found) for target, found in values.items()}
    return _Keys(values=frozen, faulty=by_county | whole)


def _missing_county_files(reading: Reading, schemas: Schemas, keys: _Keys) -> list[Problem]:
    """Files that other files of the same county refer to and that are missing; each is reported once."""
    names = next((file for file in reading.files if file.table == "divisions"), None)
    titles = {row[0]: row[1] for row in names.rows} if names else {}
    present = {(file.table, file.county) for file in reading.files} | keys.faulty
    missing = {
        (key.table, file.county)
        for file in reading.files
        for key in schemas.tables[file.table].foreign_keys
        if file.rows
        and file.county in titles
        and schemas.tables[key.table].split_by_county
        and (key.table, file.county) not in present
    }
    keys.faulty.update(missing)
    return [_missing_county_file(schemas.tables[table], county, titles) for table, county in sorted(missing)]


def _missing_county_file(table: Table, county: str, titles: Mapping[str, str]) -> Problem:
    file = f"{FOLDER}/{table.name}/{county}.csv"
    details = {"county": titles[county], "table": table.title, "file": file}
    return Problem(code=Code.FILE_COUNTY_MISSING, file=file, county=county, details=details)


def _check_table(table: Table, files: list[DataFile], keys: _Keys, schemas: Schemas) -> Iterator[Problem]:
    rows = [CheckedRow(file, line, cells) for file in files for line, cells in zip(file.lines, file.rows, strict=True)]
    seen: set[tuple[str, int, str]] = set()
    for problem in [*_literal_problems(table, rows), *_frictionless_problems(table, rows, keys, schemas)]:
        place = (problem.file, problem.line or 0, problem.cell)
        if not problem.cell or place not in seen:
            yield problem
        seen.add(place)


def _literal_problems(table: Table, rows: list[CheckedRow]) -> Iterator[Problem]:
    for place, field in enumerate(table.fields):
        pattern = _LITERAL.get(field.type)
        column = [row.cells[place] for row in rows] if pattern else []
        for number in _where(column, {cell for cell in set(column) - {""} if pattern and not pattern.fullmatch(cell)}):
            yield frictionless_errors.cell_problem(Code.CELL_TYPE, table, field, rows[number])


def _frictionless_problems(table: Table, rows: list[CheckedRow], keys: _Keys, schemas: Schemas) -> Iterator[Problem]:
    suspects = _suspects(table, rows, keys)
    readers = _readers(table) if suspects else {}
    for error in _errors(table, suspects, keys) if suspects else ():
        problem = frictionless_errors.as_problem(error, table, suspects, schemas, readers)
        unread = problem and problem.code == Code.REFERENCE_UNKNOWN and not _is_decided(error, table, suspects, keys)
        if problem and not unread:
            yield problem


def _readers(table: Table) -> Mapping[str, CellReader]:
    """Frictionless's reader of each field. What one says hangs on the field and the text alone, so they are kept."""
    return _readers_of(json.dumps(table.descriptor, sort_keys=True))


@lru_cache(maxsize=64)  # more than there are tables: a campaign has some thirty
def _readers_of(descriptor: str) -> Mapping[str, CellReader]:
    from frictionless import Schema  # noqa: PLC0415  (half a second, only when needed)

    return {field.name: field.create_cell_reader() for field in Schema.from_descriptor(json.loads(descriptor)).fields}


def _suspects(table: Table, rows: list[CheckedRow], keys: _Keys) -> list[CheckedRow]:
    """The rows in which frictionless can find anything, in their order; the others are sound by its own readers.

    What it says of a cell depends on the cell's text alone, so it reads each text of a column once. What it says of
    a whole row is about keys: rows that share one or have none, and references to nothing.
    """
    columns = [[row.cells[place] for row in rows] for place in range(len(table.fields))]
    suspects: set[int] = set()
    for read, column in zip(_readers(table).values(), columns, strict=True):
        suspects.update(_where(column, {cell for cell in set(column) if read(cell)[1]}))
    for key in table.foreign_keys:
        column = columns[table.header.index(key.field)]
        suspects.update(_where(column, set(column) - keys.values[key.table, key.target] - {""}))
    for names in (table.key, *((field.name,) for field in table.fields if field.constraints.get("unique"))):
        own = list(zip(*(columns[table.header.index(name)] for name in names), strict=True))
        suspects.update(_where(own, {key for key, count in Counter(own).items() if count > 1 or not any(key)}))
    return [rows[number] for number in sorted(suspects)]


def _where(column: Iterable[object], wanted: Container[object]) -> Iterator[int]:
    return (number for number, cell in enumerate(column) if cell in wanted) if wanted else iter(())


def _is_decided(error: Error, table: Table, rows: list[CheckedRow], keys: _Keys) -> bool:
    """Whether a reference can be judged: not while the file that should hold its target cannot be read."""
    key = next(key for key in table.foreign_keys if [key.field] == error.field_names)
    return keys.usable(key.table, rows[error.row_number - 2].file.county)


def _descriptor(table: Table) -> dict[str, Any]:
    """The table's schema, for frictionless to keep."""
    return copy.deepcopy(dict(table.descriptor))


def _errors(table: Table, rows: list[CheckedRow], keys: _Keys) -> list[Error]:
    from frictionless import Package, Resource, Schema  # noqa: PLC0415  (half a second, only when needed)

    descriptor = _descriptor(table)
    references = []
    for number, key in enumerate(descriptor.get("foreignKeys", [])):
        target = table.foreign_keys[number]
        key["reference"]["resource"] = name = f"keys-{number}"
        named = {row.cells[table.header.index(target.field)] for row in rows}
        values = [[value] for value in sorted(keys.values[target.table, target.target] & named)]
        schema = Schema.from_descriptor({"fields": [{"name": target.target, "type": "string"}]})
        references.append(Resource(name=name, data=[[target.target], *values], schema=schema))
    data = [table.header, *(row.cells for row in rows)]
    resource = Resource(name=table.name, data=data, schema=Schema.from_descriptor(descriptor))
    package = Package(resources=[resource, *references])
    report = package.get_resource(table.name).validate(limit_errors=10**9)
    return [*report.errors, *(error for task in report.tasks for error in task.errors)]
