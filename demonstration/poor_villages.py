"""The poor villages: which units of a county they are, and how many people live there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from demonstration.cells import Row
from demonstration.chance import between, chance
from demonstration.gazetteer import County, Unit
from demonstration.scenario import Scenario
from demonstration.wording import words


class Village(NamedTuple):
    """A poor village, as every other table sees it."""

    code: str
    name: str
    township: str
    year: int
    households: int
    persons: int


def choose(county: County, quota: Mapping[int, int], seed: int) -> list[Village]:
    """Choose a county's poor villages of each year, sorted by code."""
    rng = chance(seed, "villages", county.code)
    years = [year for year, count in quota.items() for _ in range(count)]
    units: Iterable[Unit] = rng.sample(county.units, len(years))
    found = []
    for unit, year in zip(units, years, strict=True):
        households = int(rng.triangular(150, 720, 330))
        persons = int(households * rng.uniform(2.2, 3.4))
        found.append(Village(unit.code, unit.name, unit.township, year, households, persons))
    return sorted(found)


def rows(county: County, villages: Iterable[Village], scenario: Scenario) -> list[Row]:
    """The rows of `villages`; only villages of earlier years have a consultation platform."""
    rng = scenario.chance("platforms", county.code)
    platforms = words("places")["platforms"]
    return [
        {
            "village_code": village.code,
            "campaign_year": village.year,
            "township_code": village.code[:9],
            "name": village.name,
            "households": village.households,
            "persons": village.persons,
            "consultation_platform": None
            if scenario.is_new(village.year)
            else platforms[between(rng, 0, len(platforms) - 1)],
        }
        for village in villages
    ]
