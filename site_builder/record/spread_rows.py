"""Tables whose form has a column for each of several records of a village."""

from __future__ import annotations

from collections.abc import Mapping

Columns = frozenset[frozenset[tuple[str, str]]]


def has_place(row: Mapping[str, str], columns: Columns, said: Mapping[str, set[str]]) -> bool:
    """Whether a record would have stood under one of a sheet's columns, in one of its rows.

    columns: what each is fixed to, nothing where a row is one record; none where the return told all of its village.
    """
    return not columns or any(
        all(row[name] == code for name, code in fixed)
        and all(row[name] in codes for name, codes in said.items() if name not in dict(fixed))
        for fixed in columns
    )
