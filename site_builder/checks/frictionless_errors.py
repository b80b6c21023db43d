"""Frictionless's errors as our problems, made from the error's kind and the schema, not from its English."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from site_builder.model.schemas import Field, Schemas, Table
from site_builder.record.tables import DataFile, shown_entry
from site_builder.shared.problems import Problem, layout, safe_to_show

if TYPE_CHECKING:
    from frictionless import Error

_SCIENTIFIC = re.compile(r"[0-9.]+[Ee]\+?[0-9]+")
_CONSTRAINT = re.compile(r'constraint "(\w+)"')
_CODES = {
    "required": "cell-required",
    "pattern": "cell-pattern",
    "enum": "cell-choice",
    "minimum": "cell-range",
    "maximum": "cell-range",
    "maxLength": "cell-too-long",
}


class CheckedRow(NamedTuple):
    """One row of a file on its way through frictionless."""

    file: DataFile
    line: int
    cells: list[str]


def as_problem(error: Error, table: Table, rows: list[CheckedRow], schemas: Schemas) -> Problem | None:
    """The problem that an error of frictionless stands for; None when another check reports it.

    rows: what frictionless was given after the header, which it counts as row 1.
    """
    number = getattr(error, "row_number", None)
    if number is None:
        return Problem(code="row-schema", file=rows[0].file.path, details={"rule": error.type})
    row = rows[number - 2]
    if error.type in ("type-error", "constraint-error"):
        field = table.field(error.field_name)
        return cell_problem(_cell_code(error, row.cells[table.header.index(field.name)]), table, field, row)
    if error.type == "foreign-key":
        return _reference_problem(error, table, row, schemas)
    if error.type == "primary-key":
        return _duplicate_problem(table, rows, number - 2)
    return Problem(
        code="row-schema",
        file=row.file.path,
        line=row.line,
        county=row.file.county,
        details={"rule": error.type},
    )


def cell_problem(code: str, table: Table, field: Field, row: CheckedRow) -> Problem:
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
            "choices": "、".join(f"{code}（{title}）" for code, title in field.choices.items()),
            "limit": str(field.constraints.get("maxLength", "")),
            "minimum": str(field.constraints.get("minimum", "")),
            "maximum": str(field.constraints.get("maximum", "")),
            "rule": code,
        },
    )


def _cell_code(error: Error, cell: str) -> str:
    if _SCIENTIFIC.fullmatch(cell):
        return "cell-scientific"
    if error.type == "type-error":
        return "cell-type"
    found = _CONSTRAINT.search(error.note)
    return _CODES.get(found.group(1) if found else "", "cell-schema")


def _reference_problem(error: Error, table: Table, row: CheckedRow, schemas: Schemas) -> Problem:
    key = next(key for key in table.foreign_keys if [key.field] == error.field_names)
    field = table.field(key.field)
    value = row.cells[table.header.index(key.field)]
    return Problem(
        code="reference-unknown",
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
        code="row-duplicate",
        file=row.file.path,
        line=row.line,
        cell=f"{table.column_letter(table.key[0])}{row.line}",
        column="、".join(table.field(name).title for name in table.key),
        county=row.file.county,
        details={"key": " ".join(safe_to_show(part) for part in key), "first": str(first.line)},
    )
