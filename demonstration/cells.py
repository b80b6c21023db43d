"""Rows as the rooms write them, and their way into canonical bytes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from site_builder.model.schemas import Table
from site_builder.record.tables import canonical_csv

Cell = str | int | date | None
Row = Mapping[str, Cell]

_DEFAULTS = {"data_status": "demo"}


def encode(table: Table, rows: Iterable[Row]) -> bytes:
    """The table's file with these rows. Fields left out are blank; an unknown field raises ValueError."""
    columns = {name: _DEFAULTS.get(name, "") for name in table.header}
    return canonical_csv(table.header, [_texts(columns, row) for row in rows], table.key)


def _texts(columns: Mapping[str, str], row: Row) -> list[str]:
    if not row.keys() <= columns.keys():
        raise ValueError(f"unknown fields: {sorted(row.keys() - columns.keys())}")
    cells = [row.get(name, default) for name, default in columns.items()]
    return [cell if isinstance(cell, str) else _text(cell) for cell in cells]


def _text(cell: int | date | None) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return str(cell)
