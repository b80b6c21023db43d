"""The records, loaded once from well-formed, schema-valid files."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from site_builder.model.schemas import Schemas
from site_builder.record.records import TYPES, Origin, Record, Records
from site_builder.record.tables import DataFile

_CONVERTERS: Mapping[str, Callable[[str], Any]] = {
    "integer": int,
    "number": float,
    "date": date.fromisoformat,
    "boolean": "true".__eq__,
}


def load(files: Iterable[DataFile], schemas: Schemas) -> Records:
    """Turn files into records. The files must have passed their schema: a bad cell raises ValueError."""
    loaded: dict[str, list[Record]] = {name: [] for name in TYPES}
    for file in files:
        loaded[file.table].extend(_load_file(file, schemas))
    return Records(**{name: tuple(rows) for name, rows in loaded.items()})  # type: ignore[arg-type]


def _load_file(file: DataFile, schemas: Schemas) -> list[Record]:
    type_ = TYPES[file.table]
    fields = schemas.tables[file.table].fields
    counted = {field.name for field in fields if field.counts}
    columns = [_values(field.type, cells) for field, cells in zip(fields, zip(*file.rows, strict=True), strict=False)]
    rows = (dict(zip(schemas.tables[file.table].header, values, strict=True)) for values in zip(*columns, strict=True))
    return [
        type_(origin=Origin(file.path, line), **(_with_counts(row, counted) if counted else row))
        for line, row in zip(file.lines, rows, strict=True)
    ]


def _with_counts(row: Mapping[str, Any], counted: Container[str]) -> dict[str, Any]:
    """The row with what it counts as one mapping."""
    plain = {name: value for name, value in row.items() if name not in counted}
    return plain | {"counts": {name: value for name, value in row.items() if name in counted}}


def _values(kind: str, cells: Sequence[str]) -> Sequence[Any]:
    """The values of a column; each text is read once."""
    if kind == "string":
        return cells
    convert = _CONVERTERS[kind]
    known = {cell: convert(cell) if cell else None for cell in set(cells)}
    return [known[cell] for cell in cells]
