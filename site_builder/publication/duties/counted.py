"""What counting a duty gives, and what a rule is: it takes the public records of a day and says how much is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from site_builder.publication.public import PublicRecords


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How far a duty is done.

    done: None where the public records do not tell; planned: None where the notice names no number; behind: the codes
    of the areas that have not done it; recurs: whether it is to be done again each month until its day.
    """

    done: int | None
    planned: int | None = None
    behind: frozenset[str] = frozenset()
    recurs: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule. evidence: the tables, and columns as table.column, without which it counts less or nothing.

    looks_back: whether the public records of an earlier day hold what it counts.
    """

    count: Callable[[PublicRecords], Counted]
    evidence: tuple[str, ...]
    looks_back: bool = True


def counted_of(done: Mapping[str, bool]) -> Counted:
    """Counted by area: whether each has done it."""
    behind = frozenset(code for code, is_done in done.items() if not is_done)
    return Counted(done=len(done) - len(behind), planned=len(done), behind=behind)
