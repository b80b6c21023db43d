"""Frictionless's errors as our problems, made from the error's kind, the schema and what its readers say by name.

Its English is never read: which constraint a cell breaks is the name under which the cell's reader notes it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import takewhile
from typing import TYPE_CHECKING, Any, NamedTuple

from site_builder.model.schemas import Field, Schemas, Table
from site_builder.record.tables import DataFile, shown_entry
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem, layout, safe_to_show

if TYPE_CHECKING:
    from frictionless import Error

_SCIENTIFIC = re.compile(r"[0-9.]+[Ee]\+?[0-9]+")
_CODES = {
    "required": Code.CELL_REQUIRED,
    "pattern": Code.CELL_PATTERN,
    "enum": Code.CELL_CHOICE,
    "minimum": Code.CELL_RANGE,
    "maximum": Code.CELL_RANGE,
    "maxLength": Code.CELL_TOO_LONG,
}

CellReader = Callable[[str], tuple[Any, Mapping[str, str] | None]]
"""A field's reader of frictionless: the value of a cell, and a note by the name of each constraint that it breaks."""


class CheckedRow(NamedTuple):
    """One row of a file on its way through frictionless."""

    file: DataFile
    line: int
    cells: list[str]


def as_problem(
    error: Error, table: Table, rows: list[CheckedRow], schemas: Schemas, readers: Mapping[str, CellReader]
) -> Problem | None:
    """The problem that an error of frictionless stands for; None when another check reports it.

    rows: what frictionless was given after the header, which it counts as row 1; readers: its own, by field.
    """
    number = getattr(error, "row_number", None)
    if number is None:
        return Problem(code=Code.ROW_SCHEMA, file=rows[0].file.path, details={"rule": error.type})
    row = rows[number - 2]
    if error.type in ("type-error", "constraint-error"):
        field = table.field(error.field_name)
        code = _cell_code(error, row.cells[table.header.index(field.name)], readers[field.name])
        return cell_problem(code, table, field, row)
    if error.type == "foreign-key":
        return _reference_problem(error, table, row, schemas)
    if error.type == "primary-key":
        return _duplicate_problem(table, rows, number - 2)
    return Problem(
        code=Code.ROW_SCHEMA,
        file=row.file.path,
        line=row.line,
        county=row.file.county,
        details={"rule": error.type},
    )


def cell_problem(code: Code, table: Table, field: Field, row: CheckedRow) -> Problem:
    """A problem of one cell, with everything a clerk needs to mend it."""
    return Problem(
        code=code,
        file=row.file.path,
        line=row.line,
        cell=f"{table.column_letter(field.name)}{row.line}",
        column=field.title,
        entered=shown_entry(field, row.cells[table.header.index(field.name)]),
        example=field.example,
        county=row.file.county,
        details={
            "title": field.title,
            "description": field.description,
            "type": layout()["types"][field.type],
            "choices": "；".join(f"{code}（{title}）" for code, title in field.choices.items()),
            "limit": str(field.constraints.get("maxLength", "")),
            "minimum": str(field.constraints.get("minimum", "")),
            "maximum": str(field.constraints.get("maximum", "")),
            "rule": code,
        },
    )


def _cell_code(error: Error, cell: str, read: CellReader) -> Code:
    if _SCIENTIFIC.fullmatch(cell):
        return Code.CELL_SCIENTIFIC
    if error.type == "type-error":
        return Code.CELL_TYPE
    constraint = next((name for name, note in (read(cell)[1] or {}).items() if note == error.note), "")
    return _CODES.get(constraint, Code.CELL_SCHEMA)


def _reference_problem(error: Error, table: Table, row: CheckedRow, schemas: Schemas) -> Problem:
    key = next(key for key in table.foreign_keys if [key.field] == error.field_names)
    field = table.field(key.field)
    value = row.cells[table.header.index(key.field)]
    return Problem(
        code=Code.REFERENCE_UNKNOWN,
        file=row.file.path,
        line=row.line,
        cell=f"{table.column_letter(field.name)}{row.line}",
        column=field.title,
        entered=shown_entry(field, value),
        example=field.example,
        county=row.file.county,
        details={"target": schemas.tables[key.table].title, "value": safe_to_show(value)},
    )


def _duplicate_problem(table: Table, rows: list[CheckedRow], number: int) -> Problem | None:
    """A repeated key inside one file; across files the rule of that name reports it."""
    row = rows[number]
    places = [table.header.index(name) for name in table.key]
    key = [row.cells[place] for place in places]
    earlier = takewhile(lambda before: before.file is row.file, (rows[place] for place in range(number - 1, -1, -1)))
    first = next((before for before in earlier if [before.cells[place] for place in places] == key), None)
    if first is None:
        return None
    return Problem(
        code=Code.ROW_DUPLICATE,
        file=row.file.path,
        line=row.line,
        cell=f"{table.column_letter(table.key[0])}{row.line}",
        column="、".join(table.field(name).title for name in table.key),
        county=row.file.county,
        details={"key": " ".join(safe_to_show(part) for part in key), "where": "", "first": str(first.line)},
    )
