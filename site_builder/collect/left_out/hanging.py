"""The day on which something was hung, in a line of several materials: that of what hangs, and of no leaflet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from site_builder.collect.left_out.rows import Row

FIELD = "hung_on"
_OF_WALLS = frozenset(("plaque", "board"))
_OF_OTHERS = frozenset(("poster", "banner"))  # which may be hung as well, where no board is
R = TypeVar("R", bound=Row)


class NotHung(NamedTuple):
    """Rows, by their place in a list, whose day of hanging is not theirs; and of those lines in which nothing hangs."""

    places: frozenset[int]
    of_none: tuple[int, ...]


def not_hung(
    rows: Sequence[R], kinds: Mapping[str, str], head_of: Callable[[R], str], words: Mapping[str, Sequence[str]]
) -> NotHung:
    """The deliveries among rows that say when they were hung though their material does not hang.

    A line with a column for each material has one such day for all of them. kinds: of materials, by number; head_of:
    over the day, which may name what was hung: 公示板上墙时间; words: what materials of a kind are called.
    """
    lines: dict[tuple[str, int], list[int]] = {}
    for place, row in enumerate(rows):
        if row.values.get(FIELD) and row.values.get("material_id", "") in kinds:
            lines.setdefault((row.sheet, row.line), []).append(place)
    others, of_none = set[int](), list[int]()
    for together in lines.values():
        of_line = {place: kinds[rows[place].values["material_id"]] for place in together}
        hang = _hanging(set(of_line.values()), head_of(rows[together[0]]), words)
        wrong = [place for place, kind in of_line.items() if kind not in hang]
        others.update(wrong)
        of_none += wrong[:1] if len(wrong) == len(together) else []
    return NotHung(frozenset(others), tuple(of_none))


def _hanging(kinds: set[str], head: str, words: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """The kinds of a line's materials that a day of hanging is of."""
    may_hang = _OF_WALLS | _OF_OTHERS
    named = frozenset(kind for kind in may_hang if any(word in head for word in words.get(kind, ())))
    return named or (_OF_WALLS if kinds & _OF_WALLS else _OF_OTHERS)
