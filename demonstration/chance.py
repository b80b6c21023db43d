"""Seeded chance: one generator per table and county, so that a new table does not reshuffle the others."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random


def chance(seed: int, *place: str) -> Random:
    """The generator of random numbers of one place, such as a table and a county."""
    return Random("/".join([str(seed), *place]))


def likely(rng: Random, percent: float) -> bool:
    """Whether something of that likelihood happens."""
    return rng.random() * 100 < percent


def between(rng: Random, least: int, most: int) -> int:
    """A whole number from `least` to `most`, both included."""
    return least + int(rng.random() * (most - least + 1))


def day(rng: Random, first: date, last: date) -> date:
    """A day from `first` to `last`, both included."""
    return days_after(rng, first, 0, (last - first).days)


def days_after(rng: Random, start: date, least: int, most: int) -> date:
    """A day at least `least` and at most `most` days after the start."""
    return start + timedelta(days=between(rng, least, most))


def unless_after(found: date, limit: date) -> date | None:
    """The day, or None when it lies after the limit and so has not come yet."""
    return found if found <= limit else None
