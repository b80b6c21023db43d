"""Cells of a table that a phone shows as records: each carries the head of its column, which stands before it there."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markupsafe import Markup, escape

_ROW = re.compile(r"<tr\b.*?</tr>", re.DOTALL)
_CELL = re.compile(r"<t[hd]\b")


def under_heads(rows: Markup, heads: Sequence[str]) -> Markup:
    """Rows as a template wrote them, in which each cell but that of the row's own head names its column."""
    return Markup(_ROW.sub(lambda row: _labelled(row[0], heads), rows))  # noqa: S704  (Markup before, names escaped)


def _labelled(row: str, heads: Sequence[str]) -> str:
    names = iter(heads)

    def named(cell: re.Match[str]) -> str:
        name = next(names, "")
        return cell[0] if cell[0] == "<th" else f'{cell[0]} data-head="{escape(name)}"'

    return _CELL.sub(named, row)
