"""Of what a return would change, that which can be taken: what is in error is in the list of problems alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol, TypeVar

from site_builder.shared.problems import Problem
from site_builder.untrusted_files import address

Counts = Mapping[str, tuple[int, int, int]]
_OF_ROWS = ("row", "liaison", "village")  # how the codes begin of what is wrong with a row as a whole
_LAST_DAY = "to_date"  # of one who is followed, which the row of another says


class Change(Protocol):
    """One difference to the record: a field of a row, or, with field "", the whole row."""

    @property
    def table(self) -> str: ...  # noqa: D102
    @property
    def key(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def field(self) -> str: ...  # noqa: D102
    @property
    def before(self) -> str: ...  # noqa: D102
    @property
    def after(self) -> str: ...  # noqa: D102


C = TypeVar("C", bound=Change)


class Where(NamedTuple):
    """The row of a return, and the cell in it, that a change comes from."""

    sheet: str
    line: int
    cell: str


class Reported(Protocol):
    """A row of a return."""

    @property
    def sheet(self) -> str: ...  # noqa: D102
    @property
    def line(self) -> int: ...  # noqa: D102
    @property
    def places(self) -> Mapping[str, int]: ...  # noqa: D102


def origins(changes: Iterable[C], sources: Mapping[tuple[str, ...], Reported]) -> dict[C, Where]:
    """The cell that each change comes from, by the rows that reported records."""
    found: dict[C, Where] = {}
    for change in changes:
        row = sources.get(change.key)
        if row:
            cell = address(row.line, row.places[change.field]) if change.field in row.places else ""
            found[change] = Where(row.sheet, row.line, cell)
    return found


def split(changes: Sequence[C], origins: Mapping[C, Where], problems: Iterable[Problem]) -> tuple[list[C], list[C]]:
    """The changes that are sound, and those of records of which a cell, or the whole row, is in error."""
    errors = [one for one in problems if one.is_error]
    rows = {(one.sheet, one.line) for one in errors}
    whole = {(one.sheet, one.line) for one in errors if not one.cell or one.code.startswith(_OF_ROWS)}
    cells = {(one.sheet, one.cell) for one in errors if one.cell}
    wrong = set[tuple[str, tuple[str, ...]]]()
    for change, at in origins.items():
        of_row = rows if change.field in ("", _LAST_DAY) else whole
        if (at.sheet, at.line) in of_row or (at.sheet, at.cell) in cells:
            wrong.add((change.table, change.key))
    kept = [change for change in changes if (change.table, change.key) not in wrong]
    return kept, [change for change in changes if (change.table, change.key) in wrong]


def counts(found: Counts, left: Iterable[C]) -> dict[str, tuple[int, int, int]]:
    """How many rows are new, changed and the same, by table, without those that are left out."""
    left = list(left)
    new = Counter(one.table for one in left if not one.field and not one.before)
    changed = Counter(table for table, _ in {(one.table, one.key) for one in left if one.field not in ("", _LAST_DAY)})
    return {name: (n - new[name], max(0, c - changed[name]), same) for name, (n, c, same) in found.items()}
