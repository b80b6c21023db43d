"""Values that slipped by rows against their villages: each is what the record knows of a village some rows away."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

_FEWEST_IN_A_RUN = 3
_FEWEST = 2  # of which most of what is strange must be
_FARTHEST = 5
_BY_ROWS = 1.25  # how much rather a list slipped by rows than it was sorted in part


class Placed(NamedTuple):
    """What a row says of a village; None where it says nothing. line: its line in the sheet."""

    line: int
    village: str
    said: Hashable | None


class Slip(NamedTuple):
    """Rows that say what is another village's. by: how many rows above them it stands, below where negative; 0: any."""

    lines: tuple[int, ...]
    by: int


Known = Mapping[str, Collection[Hashable]]


def find(rows: Sequence[Placed], own: Known, of_others: Known, accepted: Collection[int] = ()) -> Slip | None:
    """The rows of one list that slipped, of which a person has not accepted all; None where none did.

    own: what is known of each village itself, which is no slip; of_others: what must be met at another one's row.
    One row that fits another village is a chance or a change; three in a run, or most of what is strange, are none.
    """
    strange = [at for at, row in enumerate(rows) if row.said is not None and row.said not in own.get(row.village, ())]
    steps = chain.from_iterable((by, -by) for by in range(1, _FARTHEST + 1))
    shifted = ((by, [at for at in strange if _is_of(rows, at, at - by, of_others)]) for by in steps)
    slips = [(by, hits) for by, hits in shifted if _longest_run(hits) >= _FEWEST_IN_A_RUN or _are_most(hits, strange)]
    anywhere = _of_anyone(rows, strange, of_others)
    if len(anywhere) >= _FEWEST_IN_A_RUN and _are_most(anywhere, strange):
        slips.append((0, anywhere))
    left = [(by, hits) for by, hits in slips if not {rows[at].line for at in hits} <= set(accepted)]
    by, hits = max(left, key=lambda slip: len(slip[1]) * (_BY_ROWS if slip[0] else 1), default=(0, []))
    lines = tuple(rows[at].line for at in hits if rows[at].line not in accepted)
    return Slip(lines, by) if lines else None


def _is_of(rows: Sequence[Placed], at: int, other: int, known: Known) -> bool:
    """Whether what a row says is known of the village of another row."""
    is_there = 0 <= other < len(rows) and rows[other].village != rows[at].village
    return is_there and rows[at].said in known.get(rows[other].village, ())


def _of_anyone(rows: Sequence[Placed], strange: Iterable[int], known: Known) -> list[int]:
    """Those of the strange rows that say what is known of the village of any row of the list."""
    listed = {said for row in rows for said in known.get(row.village, ())}
    return [at for at in strange if rows[at].said in listed]


def _longest_run(places: Sequence[int]) -> int:
    longest = run = 0
    for before, at in zip([-_FARTHEST, *places], places, strict=False):
        run = run + 1 if at == before + 1 else 1
        longest = max(longest, run)
    return longest


def _are_most(hits: Sequence[int], strange: Sequence[int]) -> bool:
    return len(hits) >= _FEWEST and 2 * len(hits) > len(strange)
