"""The frame of one run: seed, dates, windows, and where something unusual happens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from random import Random

from demonstration.chance import chance


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """What all rooms share.

    windows: campaign year by county code; exceptions: for each kind of exception, the codes it happens to,
    each with its rank among them; whole_year: whether the second half of the year is told too.
    """

    seed: int
    year: int
    as_of: date
    windows: Mapping[str, int]
    exceptions: Mapping[str, Mapping[str, int]]
    whole_year: bool = False

    def chance(self, *place: str) -> Random:
        """The generator of random numbers of one place, such as a table and a county."""
        return chance(self.seed, *place)

    def is_new(self, year: int) -> bool:
        """Whether a campaign year is the present one."""
        return year == self.year

    def happens(self, what: str, code: str) -> bool:
        """Whether an exception happens to a village, a county or a window's county."""
        return code in self.exceptions[what]
