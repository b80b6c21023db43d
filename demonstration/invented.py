"""Divisions beyond the real ones, for runs larger than the province: invented, under codes nobody uses."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from random import Random
from typing import Any

from demonstration.chance import chance
from demonstration.gazetteer import Division
from demonstration.wording import words

VILLAGES_PER_COUNTY = 45
_VILLAGES_PER_TOWNSHIP = 5
_COUNTIES_PER_PREFECTURE = 40
_FREE_PREFECTURES = range(2225, 2300)
MOST_VILLAGES = len(_FREE_PREFECTURES) * _COUNTIES_PER_PREFECTURE * VILLAGES_PER_COUNTY


def divisions(villages: int, seed: int) -> list[Division]:
    """As many invented villages as asked for, with the townships, counties and prefectures above them.

    Raises ValueError when there are not enough free codes.
    """
    if villages > MOST_VILLAGES:
        raise ValueError(f"at most {MOST_VILLAGES} villages can be invented, not {villages}")
    rng = chance(seed, "divisions")
    found: dict[str, Division] = {}
    for line in islice(_lines(rng), villages):
        found.update((division.code, division) for division in line)
    return list(found.values())


def _lines(rng: Random) -> Iterator[list[Division]]:
    """One line per village: the village and everything above it, up to the prefecture."""
    spelling = words("places")["invented"]
    for number in _FREE_PREFECTURES:
        name = spelling["prefecture"].format(name=_names(rng, 1)[0])
        prefecture = Division(str(number), name, "prefecture", "22")
        for place, county_name in enumerate(_names(rng, _COUNTIES_PER_PREFECTURE), start=1):
            name = spelling["county"].format(name=county_name)
            county = Division(f"{number}{place:02d}", name, "county", prefecture.code)
            for lower in _below(rng, county, spelling):
                yield [prefecture, county, *lower]


def _below(rng: Random, county: Division, spelling: dict[str, Any]) -> Iterator[tuple[Division, Division]]:
    """The townships and villages of one county, a pair for each village."""
    for place, township_name in enumerate(_names(rng, VILLAGES_PER_COUNTY // _VILLAGES_PER_TOWNSHIP)):
        name = rng.choice(spelling["townships"]).format(name=township_name)
        township = Division(f"{county.code}{100 + place}", name, "township", county.code)
        for number, village_name in enumerate(_names(rng, _VILLAGES_PER_TOWNSHIP)):
            name = spelling["village"].format(name=village_name)
            yield township, Division(f"{township.code}{200 + number}", name, "village", township.code)


def _names(rng: Random, count: int) -> list[str]:
    """Different names of two syllables."""
    first, second = words("places")["invented"]["first"], words("places")["invented"]["second"]
    places = rng.sample(range(len(first) * len(second)), count)
    return [first[place // len(second)] + second[place % len(second)] for place in places]
