"""How far the villages had come at the end of each month: the province's shares, and the counties' then and now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from site_builder.publication.figures import total_progress
from site_builder.publication.gate import Count
from site_builder.publication.public import Progress, PublicCounty, PublicRecords
from site_builder.render.figures.columns import share

MEASURES = ("named", "posted", "verified")


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """The end of a month: how many villages there were, and by measure how many were so far, and their share."""

    day: date
    villages: int
    counts: Mapping[str, int]
    shares: Mapping[str, Count]


def months(public: PublicRecords) -> list[Month]:
    """The months of the campaign's year up to the day of the data, the earliest first."""
    return [_month(day, counties) for day, counties in _states(public)]


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The counties' shares of a measure on a day."""

    day: date
    values: Mapping[str, Count]


def then_and_now(public: PublicRecords, measure: str) -> tuple[State, ...]:
    """The counties' shares at the end of the first month and on the day of the data; nothing of one state alone."""
    states = _states(public)
    if len(states) < 2:
        return ()
    return tuple(State(day=day, values=_shares(counties, measure)) for day, counties in (states[0], states[-1]))


def _states(public: PublicRecords) -> list[tuple[date, tuple[PublicCounty, ...]]]:
    """The last day of each month that is over, and today, with the counties as they stood."""
    today = public.campaign.data_as_of
    ends = {day: past.counties for day, past in public.past.items() if day.year == today.year and _ends_month(day)}
    return sorted((ends | {today: public.counties}).items(), key=lambda state: state[0])


def _ends_month(day: date) -> bool:
    return day.fromordinal(day.toordinal() + 1).day == 1


def _month(day: date, counties: Iterable[PublicCounty]) -> Month:
    progress = total_progress(map(_all, counties))
    counts = {measure: getattr(progress, measure) for measure in MEASURES}
    shares = {measure: share(count, progress.villages) for measure, count in counts.items()}
    return Month(day=day, villages=progress.villages, counts=counts, shares=shares)


def _shares(counties: Iterable[PublicCounty], measure: str) -> dict[str, Count]:
    return {county.code: share(getattr(_all(county), measure), _all(county).villages) for county in counties}


def _all(county: PublicCounty) -> Progress:
    return total_progress(county.progress.values())
