"""How the fields of a record limit one another: the one list, from what each field of a schema says of another."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.model.schemas import Table


def wholes(table: Table, name: str) -> Iterator[str]:
    """The counts that a count is not above, the nearest first."""
    while name := table.field(name).not_above:
        yield name


def earlier(table: Table, name: str) -> Iterator[str]:
    """The dates that a date is not before, the nearest first."""
    while name := table.field(name).not_before:
        yield name


def not_above(table: Table) -> list[tuple[str, str]]:
    """All pairs of fields of a record of which the first is never above the second, or after it."""
    counts = [(field.name, whole) for field in table.fields for whole in wholes(table, field.name)]
    return counts + [(before, field.name) for field in table.fields for before in earlier(table, field.name)]
