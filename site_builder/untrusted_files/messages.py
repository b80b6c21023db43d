"""What the process that reads a file says of it: typed messages, a line of JSON each.

Light enough for that process; the other side checks every line against these types before it believes a word.
A sheet is followed by as many rows as needed; the last message is of facts or, whatever went wrong, a refusal.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Literal, cast

from site_builder.shared.codes import Code
from site_builder.untrusted_files.file import Value
from site_builder.untrusted_files.formats.extras import CellPosition

Plain = str | float | int | bool | None
_DATED = frozenset([date, datetime, time])


@dataclass(frozen=True, kw_only=True)
class SheetMessage:
    """The beginning of a sheet. name: "" in a CSV file; the rest as in `file.Sheet`."""

    kind: Literal["sheet"] = "sheet"
    name: str = ""
    is_hidden: bool = False
    formulas: frozenset[CellPosition] = frozenset()
    unsolved: frozenset[CellPosition] = frozenset()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    struck: frozenset[CellPosition] = frozenset()


@dataclass(frozen=True, kw_only=True)
class RowsMessage:
    """Further rows of the sheet begun last.

    JSON has no days and times: they stand beside the rows, each with its place in them, counted from 0.
    """

    kind: Literal["rows"] = "rows"
    rows: list[list[Plain]]
    days: tuple[tuple[int, int, date], ...] = ()
    moments: tuple[tuple[int, int, datetime], ...] = ()
    times: tuple[tuple[int, int, time], ...] = ()


@dataclass(frozen=True, kw_only=True)
class NoteMessage:
    """A text outside the cells, as in `file.Note`."""

    kind: Literal["note"] = "note"
    sheet: str = ""
    cell: str = ""
    text: str


@dataclass(frozen=True, kw_only=True)
class FactsMessage:
    """All has been said; what is true of the whole file, as in `file.UntrustedFile`."""

    kind: Literal["facts"] = "facts"
    counts_from_1904: bool = False
    encoding: str = ""


@dataclass(frozen=True, kw_only=True)
class RefusalMessage:
    """The file is not taken. line: of a CSV file; details: fill the catalogue's sentence."""

    kind: Literal["refusal"] = "refusal"
    code: Code
    sheet: str = ""
    cell: str = ""
    line: int | None = None
    details: dict[str, str]


Message = SheetMessage | RowsMessage | NoteMessage | FactsMessage | RefusalMessage

TOO_HEAVY = RefusalMessage(code=Code.FILE_TOO_HEAVY, details={})
NOT_BEGUN = RefusalMessage(code=Code.RETURN_FAILED, details={"place": "child.py"})
BEGUN = b"\n"
"""What the process that reads says first: whatever becomes of it later is the file's doing."""


def rows_message(rows: list[list[Any]]) -> RowsMessage:
    """Rows as a message; takes the days and times out of the very lists that are given."""
    found: list[tuple[int, int, Any]] = [
        (line, place, cell)
        for line, row in enumerate(rows)
        for place, cell in enumerate(row)
        if cell.__class__ in _DATED
    ]
    for line, place, _ in found:
        rows[line][place] = None
    of = {kind: tuple(each for each in found if each[2].__class__ is kind) for kind in _DATED}
    return RowsMessage(rows=rows, days=of[date], moments=of[datetime], times=of[time])


def has_its_dates(message: RowsMessage) -> bool:
    """Whether each of its days and times has a place among its rows."""
    rows = message.rows
    return all(0 <= line < len(rows) and 0 <= place < len(rows[line]) for line, place, _ in _dates(message))


def with_dates(message: RowsMessage) -> list[list[Value]]:
    """The rows of a message with their days and times in place."""
    rows = cast(list[list[Value]], message.rows)
    for line, place, value in _dates(message):
        rows[line][place] = value
    return rows


def _dates(message: RowsMessage) -> Iterator[tuple[int, int, Value]]:
    yield from message.days
    yield from message.moments
    yield from message.times


def encoded(message: Message) -> bytes:
    """The line that says it."""
    return _ENCODER.encode(vars(message)).encode("utf-8") + b"\n"


def _listed_or_dated(value: object) -> object:
    return list(value) if isinstance(value, frozenset) else value.isoformat()  # type: ignore[attr-defined]


_ENCODER = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, allow_nan=False, separators=(",", ":"), default=_listed_or_dated
)
