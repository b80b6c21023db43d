"""What stands in a workbook: the values of its cells, and what is beside them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

CellPosition = tuple[int, int]  # row and column, from 1


@dataclass(slots=True, kw_only=True)
class Extras:
    """Of one sheet. errors: the text of error values such as #REF!; notes: the cell's address, or "", and the text.

    The others are as in `Sheet`.
    """

    name: str
    formulas: set[CellPosition] = field(default_factory=set)
    unsolved: set[CellPosition] = field(default_factory=set)
    errors: dict[CellPosition, str] = field(default_factory=dict)
    notes: list[tuple[str, str]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    struck: set[CellPosition] = field(default_factory=set)


@dataclass(slots=True, kw_only=True)
class Grid:
    """The cells of one sheet. rows: from line 1 and column A on, of any length; alike ones may be the same list.

    merged: as in `Sheet`.
    """

    is_hidden: bool
    rows: Iterable[list[Any]]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Aside:
    """Of a workbook. sheets: in its order; grids: of each, where calamine is not needed; texts: of no sheet.

    mended: parts that calamine must be given in the place of those of the file.
    """

    sheets: list[Extras] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    mended: dict[str, bytes] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    counts_from_1904: bool = False
