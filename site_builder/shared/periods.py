"""The periods of the reports: month 2018-04, quarter 2018-Q2, half-year 2018-H1, year 2018. No clock is read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class PeriodKind(StrEnum):
    """What a period is; the value names its words."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


SPECIAL = "special"
"""The kind of a special report's days."""
_MONTHS = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.HALF: 6, PeriodKind.YEAR: 12}
_MARKS = {PeriodKind.MONTH: "-{:02}", PeriodKind.QUARTER: "-Q{}", PeriodKind.HALF: "-H{}", PeriodKind.YEAR: ""}
_BELOW = {PeriodKind.QUARTER: PeriodKind.MONTH, PeriodKind.HALF: PeriodKind.QUARTER, PeriodKind.YEAR: PeriodKind.HALF}
_KEY = re.compile(r"([0-9]{4})(?:-(?:Q([1-4])|H([12])|(0[1-9]|1[0-2])))?", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The number-th period of its kind in a year, counted from 1."""

    year: int
    kind: PeriodKind
    number: int

    @property
    def key(self) -> str:
        """As it is written: 2018-04, 2018-Q2, 2018-H1, 2018."""
        return f"{self.year}" + _MARKS[self.kind].format(self.number)

    @property
    def first(self) -> date:
        """The first day."""
        return date(self.year, (self.number - 1) * _MONTHS[self.kind] + 1, 1)

    @property
    def last(self) -> date:
        """The last day."""
        month = self.number * _MONTHS[self.kind]
        return (date(self.year + 1, 1, 1) if month == 12 else date(self.year, month + 1, 1)) - timedelta(days=1)

    @property
    def before(self) -> Period:
        """The period of the same kind before this one."""
        if self.number > 1:
            return Period(year=self.year, kind=self.kind, number=self.number - 1)
        return Period(year=self.year - 1, kind=self.kind, number=12 // _MONTHS[self.kind])

    @property
    def parts(self) -> tuple[Period, ...]:
        """The periods of the next smaller kind that make it up; none for a month."""
        below = _BELOW.get(self.kind)
        if below is None:
            return ()
        count = _MONTHS[self.kind] // _MONTHS[below]
        first = (self.number - 1) * count + 1
        return tuple(Period(year=self.year, kind=below, number=number) for number in range(first, first + count))

    def holds(self, day: date | None) -> bool:
        """Whether a day lies in it; an unknown one does not."""
        return day is not None and self.first <= day <= self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Days that are no whole period: what a special report is about, or how much of a period is over so far.

    of: the period that is not over yet, None for a special report's.
    """

    first: date
    last: date
    of: Period | None = None

    @property
    def key(self) -> str:
        """As the files are named: 2018-03-05-2018-04-20, or 2018-until-2018-06-30."""
        return f"{self.of.key}-until-{self.last}" if self.of else f"{self.first}-{self.last}"

    @property
    def kind(self) -> str:
        """What it is; the value names its words."""
        return self.of.kind if self.of else SPECIAL

    @property
    def before(self) -> Period | Span:
        """The period before the one that is not over, or as many days before a special report's."""
        if self.of:
            return self.of.before
        day = timedelta(days=1)
        return Span(first=self.first - (self.last - self.first) - day, last=self.first - day)

    def holds(self, day: date | None) -> bool:
        """Whether a day lies in it; an unknown one does not."""
        return day is not None and self.first <= day <= self.last


def so_far(period: Period, day: date) -> Period | Span:
    """A period, or as much of it as is over on the evening of a day on which it has begun."""
    return period if period.last <= day else Span(first=period.first, last=day, of=period)


def parse(key: str) -> Period | None:
    """The period of a key, None for anything else and for years that no date has before them."""
    found = _KEY.fullmatch(key)
    if not found or int(found[1]) < 2:
        return None
    year, quarter, half, month = (int(part) if part else 0 for part in found.groups())
    kind = (
        PeriodKind.QUARTER if quarter else PeriodKind.HALF if half else PeriodKind.MONTH if month else PeriodKind.YEAR
    )
    return Period(year=year, kind=kind, number=quarter or half or month or 1)


def periods_over(year: int, as_of: date) -> Iterator[Period]:
    """The periods of a year that are over on the evening of a day: months, quarters, half-years, the year."""
    for kind in PeriodKind:
        for number in range(1, 12 // _MONTHS[kind] + 1):
            period = Period(year=year, kind=kind, number=number)
            if period.last <= as_of:
                yield period
