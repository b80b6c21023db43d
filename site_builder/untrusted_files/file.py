"""A file that was sent in, once it has been read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

Value = str | int | float | bool | datetime | date | time | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet, or a whole CSV file.

    rows: from line 1 and column A on, whatever the first cells are, so that rows[r - 1][c - 1] is the cell in row r and
    column c; rows may differ in length; formulas: (row, column) of cells with a formula; unsolved: those
    whose result is not stored, so that they read as empty; merged: (first row, first column, last row, last
    column), all counted from 1; hidden_rows, hidden_columns: those that are hidden or filtered out;
    struck: (row, column) of cells whose text is struck through; unasked: those of which a form service says that
    nobody was asked, which read as empty and yet empty nothing.
    """

    name: str
    rows: list[list[Value]]
    is_hidden: bool = False
    formulas: frozenset[tuple[int, int]] = frozenset()
    unsolved: frozenset[tuple[int, int]] = frozenset()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    struck: frozenset[tuple[int, int]] = frozenset()
    unasked: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Text of a file outside its cells: a comment at a cell, or (with cell "") another part of the file."""

    sheet: str
    cell: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UntrustedFile:
    """A file as it was sent.

    kind: "xlsx", "xls", "ods" or "csv"; digest: SHA-256 of its bytes, lower-case hexadecimal; counts_from_1904: whether
    the workbook's day numbers start in 1904; notes: comments and other texts outside the cells;
    encoding: of a CSV file, else ""; is_blanked: whether personal numbers have been taken out of what the file at the
    path still has.
    """

    path: Path
    kind: str
    digest: str
    sheets: tuple[Sheet, ...]
    counts_from_1904: bool = False
    notes: tuple[Note, ...] = ()
    encoding: str = ""
    is_blanked: bool = False
