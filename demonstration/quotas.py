"""How many villages of each campaign year each county has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from heapq import heapify, heappop, heappush
from itertools import accumulate

from demonstration.gazetteer import County
from site_builder.model.campaign import Target

# How much heavier a county weighs for the year in which it gets its window, and in the other year.
_OWN_YEAR, _OTHER_YEAR = 10, 3
_LARGEST_SHARE = 0.85
_USUAL_LEAST = 3

Quotas = dict[str, dict[int, int]]


def split(villages: int, targets: Sequence[Target]) -> dict[int, int]:
    """A number of villages by campaign year, in the proportions of the targets."""
    total = sum(target.villages for target in targets)
    ends = [round(villages * sum_ / total) for sum_ in accumulate(target.villages for target in targets)]
    starts = [0, *ends[:-1]]
    return {target.year: end - start for target, start, end in zip(targets, starts, ends, strict=True)}


def spread(villages: int, counties: Sequence[County], targets: Sequence[Target]) -> Quotas:
    """Spread the villages over real counties: the poor counties get the most, every county gets some."""
    room = {county.code: int(len(county.units) * _LARGEST_SHARE) for county in counties}
    quotas: Quotas = {county.code: {} for county in counties}
    for target in targets:
        wanted = split(villages, targets)[target.year]
        weights = {county.code: _weight(county, target, targets) for county in counties}
        for code, given in apportion(wanted, weights, room).items():
            quotas[code][target.year] = given
            room[code] -= given
    return quotas


def _weight(county: County, target: Target, targets: Sequence[Target]) -> int:
    if county.code in target.window_counties:
        return len(county.units) * _OWN_YEAR
    others = [code for other in targets for code in other.window_counties]
    return len(county.units) * (_OTHER_YEAR if county.code in others else 1)


def apportion(count: int, weights: Mapping[str, float], room: Mapping[str, int]) -> dict[str, int]:
    """Give out `count` one by one, always to the weightiest for what it has, and never beyond the room.

    Raises ValueError when there is not room enough.
    """
    if count > sum(room.values()):
        raise ValueError(f"no room for {count} villages")
    least = min(_USUAL_LEAST, count // (2 * len(weights)))
    given = {code: min(least, room[code]) for code in weights}
    queue = [(-weights[code] / (given[code] + 1), code) for code in weights if given[code] < room[code]]
    heapify(queue)
    for _ in range(count - sum(given.values())):
        _, code = heappop(queue)
        given[code] += 1
        if given[code] < room[code]:
            heappush(queue, (-weights[code] / (given[code] + 1), code))
    return given
