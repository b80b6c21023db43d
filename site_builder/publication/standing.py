"""Where we stand: what is done of what the campaign promised, and which milestones are over on the day of the data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from site_builder.model.campaign import Campaign, Milestone, Target
from site_builder.model.undertakings import Duty
from site_builder.publication.duties.counted import Counted
from site_builder.publication.duties.rules import RULES
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

    state: done, going, overdue, today, ahead, or unknown where the records do not say whether it was reached; done and
    planned: how many places have got there, of how many (None where it is not counted); behind: the codes of counties
    that have not.
    """

    milestone: Milestone
    state: str
    done: int | None
    planned: int | None
    behind: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyStanding:
    """A duty of the notice on the day of the data. state: as a milestone's, or how an uncounted one is shown."""

    duty: Duty
    due: date
    state: str
    counted: Counted


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
    """The milestones in the settings' order, each counted as the duty that it is the day of."""
    duties = {duty.milestone: duty for duty in public.campaign.undertakings.duties}
    return [_milestone(milestone, duties.get(milestone.key), public) for milestone in public.campaign.milestones]


def _milestone(milestone: Milestone, duty: Duty | None, public: PublicRecords) -> MilestoneStanding:
    rule = duty.counted_by if duty else None
    counted = RULES[rule].count(public) if rule else Counted(done=None)
    state = _state(counted, milestone.due, public.campaign.data_as_of)
    return MilestoneStanding(
        milestone=milestone, state=state, done=counted.done, planned=counted.planned, behind=counted.behind
    )


def _state(counted: Counted, due: date, day: date) -> str:
    """Done, going on where the notice names no number, or not done: overdue, today or ahead; unknown if not counted.

    What comes again each month is done so far until its last day has come.
    """
    if counted.done is None:
        return "unknown"
    if counted.planned is None and counted.done:
        return "going"
    if counted.planned is not None and counted.done >= counted.planned and not counted.behind:
        return "so_far" if counted.recurs and due > day else "done"
    return "overdue" if due < day else "today" if due == day else "ahead"


def duty_standings(public: PublicRecords) -> list[DutyStanding]:
    """The duties in the register's order, as they stand on the day of the records."""
    dues = {milestone.key: milestone.due for milestone in public.campaign.milestones}
    return [_duty(duty, duty.due or dues[duty.milestone], public) for duty in public.campaign.undertakings.duties]


def _duty(duty: Duty, due: date, public: PublicRecords) -> DutyStanding:
    if duty.counted_by is None:
        return DutyStanding(duty=duty, due=due, state=duty.shown_as, counted=Counted(done=None))
    counted = RULES[duty.counted_by].count(public)
    return DutyStanding(duty=duty, due=due, state=_state(counted, due, public.campaign.data_as_of), counted=counted)


def overdue(standings: Iterable[MilestoneStanding], county_code: str) -> list[Milestone]:
    """The milestones that are over and that a county has not reached."""
    return [s.milestone for s in standings if s.state == "overdue" and county_code in s.behind]
