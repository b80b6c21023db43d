"""The public records put back to an earlier day, for the reports.

By their own dates: budgets, plans, leading groups, what units did, windows, activities, changes, cases, feedback, and
how far each county's villages had come, which are counted and not kept. By the edition that stood then: surveys and
needs. So a report shows no more than the site has shown. What has no day of its own stands as it does today: names,
addresses, stations, pilots with their day and counts, special actions, who helps, and the tables; a report reads none
of these but names and pilots.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from site_builder.publication.counties import GroupedRecords
from site_builder.publication.feedback import public_feedback
from site_builder.publication.public import (
    Figures,
    FormerLiaison,
    Progress,
    PublicCounty,
    PublicLiaison,
    PublicRecords,
    PublicUnit,
    PublicVillage,
    PublicWindow,
)
from site_builder.record.records import group_by
from site_builder.shared import periods

_WHAT = ("named", "posted", "verified", "surveyed")


def past(public: PublicRecords, source: GroupedRecords, more: Iterable[date] = ()) -> dict[date, PublicRecords]:
    """The public records of the last day of every period of the campaign's year that is over, and of the day before.

    more: other days, for a report on days that are no such period.
    """
    campaign = public.campaign
    over = list(periods.periods_over(campaign.year, campaign.data_as_of))
    days = sorted({*more, *(day for period in over for day in (period.last, period.before.last))})
    surveyed = _first_surveys(source)
    progress = {county.code: _progress(county.villages, surveyed, days) for county in public.counties}
    return {day: _as_of(public, source, day, {code: of[day] for code, of in progress.items()}) for day in days}


def _as_of(
    public: PublicRecords, source: GroupedRecords, day: date, progress: Mapping[str, Mapping[int, Progress]]
) -> PublicRecords:
    known = _edition(source, day)
    return replace(
        public,
        campaign=public.campaign.model_copy(update={"data_as_of": day}),
        figures=known,
        counties=tuple(_county(county, day, known, progress[county.code]) for county in public.counties),
        changes=tuple(change for change in public.changes if change.day <= day),
        units=tuple(_unit(unit, day) for unit in public.units),
        cases=tuple(case for case in public.cases if case.reviewed_on and case.reviewed_on <= day),
        feedback=public_feedback(source, day),
    )


def _edition(source: GroupedRecords, day: date) -> Figures:
    return source.figures_of(row for row in source.records.published_counts if row.edition <= day)


def _county(county: PublicCounty, day: date, known: Figures, progress: Mapping[int, Progress]) -> PublicCounty:
    return replace(
        county,
        budget_included_on=_until(county.budget_included_on, day),
        villages=(),
        windows=tuple(_window(window, day) for window in county.windows if window.has_begun(day)),
        activities=tuple(item for item in county.activities if item.is_held(day)),
        delivered=(),
        figures=known.areas.get(county.code),
        progress=progress,
    )


def _until(found: date | None, day: date) -> date | None:
    return found if found and found <= day else None


def _window(window: PublicWindow, day: date) -> PublicWindow:
    return replace(
        window,
        opened_on=_until(window.opened_on, day),
        plaque_hung_on=_until(window.plaque_hung_on, day),
        board_hung_on=_until(window.board_hung_on, day),
    )


def _unit(unit: PublicUnit, day: date) -> PublicUnit:
    formed = _until(unit.group_formed_on, day)
    return replace(
        unit,
        plan_reported_on=_until(unit.plan_reported_on, day),
        group_formed_on=formed,
        group_head=unit.group_head if formed else "",
        office_at=unit.office_at if formed else "",
        budget_included_on=_until(unit.budget_included_on, day),
        evidence=tuple(each for each in unit.evidence if each.day <= day),
    )


def _first_surveys(source: GroupedRecords) -> dict[str, date]:
    """The day of each village's first survey, as far as such days may be counted."""
    if not source.gate.may_count("village_surveys.surveyed_on"):
        return {}
    surveys = group_by(source.records.village_surveys, lambda survey: survey.village_code)
    return {village: min(survey.surveyed_on for survey in found) for village, found in surveys.items()}


def _progress(
    villages: Iterable[PublicVillage], surveyed: Mapping[str, date], days: Iterable[date]
) -> dict[date, dict[int, Progress]]:
    """A county's progress by day and campaign year, the latest year first."""
    by_year: dict[int, list[PublicVillage]] = {}
    for village in villages:
        by_year.setdefault(village.campaign_year, []).append(village)
    counted = {year: (len(found), _Counter(found, surveyed)) for year, found in sorted(by_year.items(), reverse=True)}
    return {
        day: {year: Progress(villages=size, **counter.on(day)) for year, (size, counter) in counted.items()}
        for day in days
    }


class _Counter:
    """Counts how many villages are how far on a day, however many days are asked for."""

    def __init__(self, villages: Iterable[PublicVillage], surveyed: Mapping[str, date]) -> None:
        spans = [span for village in villages for span in _spans(village, surveyed.get(village.code))]
        self._starts = {what: sorted(start for of, start, _ in spans if of == what) for what in _WHAT}
        self._ends = {what: sorted(end for of, _, end in spans if of == what) for what in _WHAT}

    def on(self, day: date) -> dict[str, int]:
        return {what: bisect_right(self._starts[what], day) - bisect_right(self._ends[what], day) for what in _WHAT}


def _spans(village: PublicVillage, surveyed: date | None) -> Iterator[tuple[str, date, date]]:
    """(what, first day, first day no longer): how long the village had a liaison, a posted one, a verified one."""
    terms: list[PublicLiaison | FormerLiaison] = [*village.former, *([village.liaison] if village.liaison else [])]
    for term in terms:
        end = (term.to_date if isinstance(term, FormerLiaison) else None) or date.max
        days = {"named": term.from_date, "posted": term.posted_on, "verified": term.posting_verified_on}
        for what, day in days.items():
            start = max(day, term.from_date) if day and term.from_date else None
            if start and start < end:
                yield what, start, end
    if surveyed:
        yield "surveyed", surveyed, date.max
