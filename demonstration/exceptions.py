"""Where something unusual happens: a handful of villages and counties, in the same number for every seed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from demonstration.chance import chance
from demonstration.poor_villages import Village

_OF_NEW_VILLAGES = {"liaison_never_named": 3 / 789}
_OF_VILLAGES = {
    "liaison_left": 6 / 1489,
    "liaison_changed": 38 / 1489,
    "surveyed_twice": 7 / 1489,
    "public_question": 12 / 1489,
}
_OF_LARGER_COUNTIES = {"survey_late": 2 / 30}
_OF_COUNTIES = {
    "budget_missing": 6 / 60,
    "nothing_submitted": 7 / 60,
    "phones_masked": 6 / 60,
    "phones_full": 3 / 60,
}
_OF_NEW_WINDOWS = {"plaque_missing": 1 / 7, "board_missing": 1 / 7}
_OF_WINDOWS = {"no_coordinates": 2 / 15, "window_moved": 2 / 15}

Exceptions = dict[str, dict[str, int]]


def choose(villages: Mapping[str, Sequence[Village]], windows: Mapping[str, int], year: int, seed: int) -> Exceptions:
    """For each kind of exception the codes it happens to, with their rank. No code gets two kinds of one pool.

    villages: by county code; windows: campaign year by county code; year: the present campaign year.
    """
    everywhere = [village for found in villages.values() for village in found]
    new = [village.code for village in everywhere if village.year == year]
    exceptions = _deal(new, _OF_NEW_VILLAGES, seed, "new villages")
    named = [village.code for village in everywhere if village.code not in exceptions["liaison_never_named"]]
    exceptions |= _deal(named, _OF_VILLAGES, seed, "villages")
    by_size = sorted((code for code in villages if villages[code]), key=lambda code: -len(villages[code]))
    exceptions |= _deal(by_size[: len(by_size) // 2], _OF_LARGER_COUNTIES, seed, "larger counties")
    exceptions |= _deal(by_size, _OF_COUNTIES, seed, "counties")
    new_windows = [code for code, opened in windows.items() if opened == year]
    exceptions |= _deal(new_windows, _OF_NEW_WINDOWS, seed, "new windows")
    # A window that waits for its plaque waits for its board as well.
    waiting = [*exceptions["plaque_missing"], *exceptions["board_missing"]]
    exceptions["board_missing"] = {code: rank for rank, code in enumerate(waiting)}
    return exceptions | _deal(list(windows), _OF_WINDOWS, seed, "windows")


def _deal(pool: Sequence[str], shares: Mapping[str, float], seed: int, place: str) -> Exceptions:
    """Deal a shuffled pool out to the kinds, each its share of the whole."""
    cards = chance(seed, "exceptions", place).sample(sorted(pool), len(pool))
    dealt = {}
    for what, share in shares.items():
        count = round(len(pool) * share)
        dealt[what] = {code: rank for rank, code in enumerate(cards[:count])}
        cards = cards[count:]
    return dealt
