"""Where we stand: what is done of what the campaign promised, and which milestones are over on the day of the data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from site_builder.model.campaign import Campaign, Milestone, Target
from site_builder.publication.figures import total_progress
from site_builder.publication.public import Progress, PublicCounty, PublicRecords

_NOTHING = total_progress(())


@dataclass(frozen=True, slots=True, kw_only=True)
class CountyStanding:
    """A county's standing in one campaign year. The days are None while a window's plaque or board does not hang.

    has_window: whether one has begun; lacks: what the notice lists for it and is not done.
    """

    county: PublicCounty
    year: int
    progress: Progress
    window_planned: bool
    has_window: bool
    lacks: tuple[str, ...]
    plaque_hung_on: date | None
    board_hung_on: date | None

    @property
    def is_built(self) -> bool:
        """Whether there is a window and it lacks nothing."""
        return self.has_window and not self.lacks


@dataclass(frozen=True, slots=True, kw_only=True)
class YearStanding:
    """A year's promise and how far it is kept, in all and by county.

    windows: those promised that have begun; built: those of them that lack nothing that the notice lists for them.
    """

    target: Target
    progress: Progress
    windows: int
    built: int
    plaques: int
    boards: int
    counties: tuple[CountyStanding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneStanding:
    """A milestone on the day of the data.

    state: done, overdue, today, ahead, or unknown where the records do not say whether it was reached; done and
    planned: how many places have got there, of how many (None where it is not counted); behind: the codes of counties
    that have not.
    """

    milestone: Milestone
    state: str
    done: int | None
    planned: int | None
    behind: frozenset[str]


def county_standings(county: PublicCounty, campaign: Campaign) -> list[CountyStanding]:
    """A county's standing in each year in which it has villages, or a window, or should have one; latest first."""
    windows = {window.campaign_year: window for window in county.windows}
    planned = {target.year for target in campaign.targets if county.code in target.window_counties}
    years = sorted({*county.progress, *windows, *planned}, reverse=True)
    return [
        CountyStanding(
            county=county,
            year=year,
            progress=county.progress.get(year, _NOTHING),
            window_planned=year in planned,
            has_window=year in windows and windows[year].has_begun(campaign.data_as_of),
            lacks=windows[year].lacks if year in windows else (),
            plaque_hung_on=windows[year].plaque_hung_on if year in windows else None,
            board_hung_on=windows[year].board_hung_on if year in windows else None,
        )
        for year in years
    ]


def year_standings(public: PublicRecords) -> list[YearStanding]:
    """The standing of each year that has a target, the latest first."""
    every = [standing for county in public.counties for standing in county_standings(county, public.campaign)]
    targets = sorted(public.campaign.targets, key=lambda target: target.year, reverse=True)
    return [_year(target, [each for each in every if each.year == target.year]) for target in targets]


def _year(target: Target, counties: list[CountyStanding]) -> YearStanding:
    planned = [standing for standing in counties if standing.window_planned]
    return YearStanding(
        target=target,
        progress=total_progress(standing.progress for standing in counties),
        windows=sum(standing.has_window for standing in planned),
        built=sum(standing.is_built for standing in planned),
        plaques=sum(standing.plaque_hung_on is not None for standing in planned),
        boards=sum(standing.board_hung_on is not None for standing in planned),
        counties=tuple(counties),
    )


def uncounted(public: PublicRecords) -> list[tuple[PublicCounty, int]]:
    """The counties with surveyed villages that the newest edition does not count, with how many.

    Those of a county of which too few were surveyed for an edition, and those surveyed since.
    """
    left = [
        (county, _surveyed(county) - (county.figures.villages if county.figures else 0)) for county in public.counties
    ]
    return [(county, villages) for county, villages in left if villages > 0]


def _surveyed(county: PublicCounty) -> int:
    return sum(progress.surveyed for progress in county.progress.values())


def milestone_standings(public: PublicRecords) -> list[MilestoneStanding]:
    """The milestones in the settings' order."""
    return [_milestone(milestone, public) for milestone in public.campaign.milestones]


def _milestone(milestone: Milestone, public: PublicRecords) -> MilestoneStanding:
    counted = _COUNTS[milestone.key](public) if milestone.key in _COUNTS else None
    days_left = (milestone.due - public.campaign.data_as_of).days
    if counted is None:
        state, done, planned, behind = "unknown", None, None, frozenset[str]()
    else:
        done, planned, behind = counted
        late = "overdue" if days_left < 0 else "today" if days_left == 0 else "ahead"
        state = "done" if done >= planned and not behind else late
    return MilestoneStanding(milestone=milestone, state=state, done=done, planned=planned, behind=behind)


_Counted = tuple[int, int, frozenset[str]]


def _lists(public: PublicRecords) -> _Counted:
    """Every village of the target has its liaison named."""
    return _villages(public, "named")


def _survey(public: PublicRecords) -> _Counted:
    """Every village of the target has been surveyed."""
    return _villages(public, "surveyed")


def _villages(public: PublicRecords, what: str) -> _Counted:
    year = public.campaign.year
    target = next(target for target in public.campaign.targets if target.year == year)
    rows = {county.code: county.progress[year] for county in public.counties if year in county.progress}
    done: Mapping[str, int] = {code: getattr(progress, what) for code, progress in rows.items()}
    behind = frozenset(code for code, progress in rows.items() if done[code] < progress.villages)
    return sum(done.values()), target.villages, behind


def _pilots(public: PublicRecords) -> _Counted:
    """Every pilot area has started. At least one is on record, or nothing is known."""
    days = [pilot.started_on for pilot in public.pilots]
    started = sum(day is not None and day <= public.campaign.data_as_of for day in days)
    return started, max(len(days), 1), frozenset()


def _budgets(public: PublicRecords) -> _Counted:
    """Every county's legal-aid funds stand in its budget."""
    behind = frozenset(county.code for county in public.counties if county.budget_included_on is None)
    return len(public.counties) - len(behind), len(public.counties), behind


_COUNTS = {
    "pilots_start": _pilots,
    "lists_confirmed": _lists,
    "survey_done": _survey,
    "budgets_included": _budgets,
}
"""Milestones of which the records tell how far they have come, by their keys in the settings."""


def overdue(standings: Iterable[MilestoneStanding], county_code: str) -> list[Milestone]:
    """The milestones that are over and that a county has not reached."""
    return [s.milestone for s in standings if s.state == "overdue" and county_code in s.behind]
