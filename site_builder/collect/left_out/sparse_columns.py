"""Columns that are filled for few rows: what they leave empty, they do not speak of.

Who adds a column to a list fills it for those of whom there is something new. Our kits say all themselves, so that a
cell emptied in one of their columns is meant.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from site_builder.collect.left_out.rows import Row
from site_builder.model.forms import Form
from site_builder.model.schemas import Table
from site_builder.record.cell_digests import Prefilled
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem
from site_builder.untrusted_files import address

_MOST_NAMED = 20
_FEWEST = 2  # a cell alone was emptied


class PlacedRow(Row, Protocol):
    """One with the column, from 1, of each field."""

    @property
    def places(self) -> Mapping[str, int]: ...  # noqa: D102
    @property
    def _replace(self) -> Callable[..., Any]: ...


R = TypeVar("R", bound=PlacedRow)


def taken_out(  # noqa: PLR0913, PLR0917  (what is merged, and what is known of it)
    file: str,
    form: Form,
    entries: Sequence[R],
    before: Iterable[Mapping[str, str]],
    kit: Prefilled | None,
    faulty: Container[tuple[str, str]] = (),
) -> tuple[list[R], list[Problem]]:
    """The entries without what such columns leave empty, and one word for each of these.

    kit: what the county was sent, whose own columns are none; in a spread form an empty cell says that nobody is.
    faulty: cells, by sheet, that are filled and could not be read: they are not told of as empty.
    """
    empty = {} if form.is_spread else _left_empty(form.table, entries, before, kit)
    names: dict[tuple[str, int], set[str]] = {}
    for (sheet, name), own in empty.items():
        for entry in own:
            names.setdefault((sheet, entry.line), set()).add(name)
    kept = [_without(entry, names.get((entry.sheet, entry.line), set())) for entry in entries]
    return kept, list(_problems(file, form.table, empty, faulty))


def _left_empty(
    table: Table, entries: Iterable[R], before: Iterable[Mapping[str, str]], kit: Prefilled | None
) -> dict[tuple[str, str], list[R]]:
    """By sheet and field of columns that are mostly empty: the entries that would empty what the record has there."""
    rows = {tuple(row[name] for name in table.key): row for row in before}
    empty: dict[tuple[str, str], list[R]] = {}
    filled: Counter[tuple[str, str]] = Counter()
    for entry in entries:
        row = rows.get(tuple(entry.values.get(name, "") for name in table.key), {})
        for name, text in entry.values.items():
            filled[entry.sheet, name] += bool(text)
            if not text and row.get(name) and name not in table.key and not (kit and kit.knows(name)):
                empty.setdefault((entry.sheet, name), []).append(entry)
    return {column: own for column, own in empty.items() if len(own) >= max(_FEWEST, filled[column] + 1)}


def _without(entry: R, names: set[str]) -> R:
    values = {name: text for name, text in entry.values.items() if text or name not in names}
    without: R = entry._replace(values=values) if names else entry
    return without


def _problems(
    file: str,
    table: Table,
    empty: Mapping[tuple[str, str], Sequence[PlacedRow]],
    faulty: Container[tuple[str, str]],
) -> Iterator[Problem]:
    for (sheet, name), own in empty.items():
        every = (address(entry.line, entry.places.get(name, 1)) for entry in own)
        left = [cell for cell in every if (sheet, cell) not in faulty]
        cells = "、".join(left[:_MOST_NAMED]) + ("……" if len(left) > _MOST_NAMED else "")
        said = {"title": table.field(name).title, "count": str(len(left)), "cells": cells}
        if left:
            yield Problem(code=Code.CELLS_LEFT_EMPTY, file=file, sheet=sheet, details=said)
