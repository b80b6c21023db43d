"""What each county and each unit has sent back and still owes, as of the day of the data; no clock is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from site_builder.model.campaign import Campaign
from site_builder.model.forms import Form, Forms, RowKind
from site_builder.model.window_duties import DUTIES
from site_builder.record.facts import county_of_record, is_from_county, is_serving
from site_builder.record.records import Liaison, Pilot, Record, Records, ResponsibleUnit, Submission, Window, group_by
from site_builder.record.unit_records import PilotMonth
from site_builder.shared import periods
from site_builder.shared.periods import Period, PeriodKind

MONTHS = "pilot_months"
"""The table of what the pilot areas report each month."""

# What a record may still lack after it was reported, and the notice asks for: names posted, and all that it lists for a
# window.
_LATER_FIELDS: Mapping[str, tuple[str, ...]] = {
    "liaisons": ("posted_on", "posting_verified_on"),
    "windows": DUTIES,
}
# The same of a unit, by its level.
_LATER_OF_UNITS: Mapping[str, tuple[str, ...]] = {
    "prefecture": ("group_formed_on", "budget_included_on"),
    "pilot_city": ("group_formed_on",),
    "county": ("group_formed_on",),
}


class ReturnState(StrEnum):
    """How a return stands on a day; the value is the key of its wording."""

    NO_TASK = "no_task"
    AS_IT_HAPPENS = "as_it_happens"
    INCOMPLETE = "incomplete"
    DUE_TODAY = "due_today"
    OVERDUE = "overdue"
    CAME_LATE = "came_late"
    COMPLETE = "complete"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedPlace:
    """What a return is expected of: a village, a promised window, a unit itself, or a month of a pilot area.

    code: of the village or the unit, the year of the window, or the month as 2018-04; name and township: "" for a
    window, and name alone for a unit or a month.
    """

    code: str
    name: str
    township: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CountyReturn:
    """One form of one county.

    expected: the places that something is to come from, none for a form that comes as things happen; missing: those
    nothing has come from; gaps: by field name, the reported places where that is still empty or denied; records: how
    many the record holds; submission: the last file that brought this form; due: its deadline, None without one;
    days_late: from the deadline to the day of the data while something is missing, to the first file once nothing is.
    """

    form: Form
    expected: tuple[ExpectedPlace, ...]
    missing: tuple[ExpectedPlace, ...]
    gaps: Mapping[str, tuple[ExpectedPlace, ...]]
    records: int
    submission: Submission | None
    due: date | None
    days_late: int

    @property
    def present(self) -> int:
        """How many of the expected places something has come from."""
        return len(self.expected) - len(self.missing)

    @property
    def percent(self) -> int | None:
        """How complete it is, rounded down so that 100 says that nothing is missing; None where nothing is expected."""
        return self.present * 100 // len(self.expected) if self.expected else None

    @property
    def received_on(self) -> date | None:
        """The day the last file with this form came."""
        return self.submission.received_on if self.submission else None

    def state(self, as_of: date) -> ReturnState:
        """How it stands on that day; `days_late` says by how many days where it is overdue or came late."""
        if not self.expected:
            is_asked = self.form.rows in (RowKind.VILLAGES, RowKind.WINDOWS)
            return ReturnState.NO_TASK if is_asked else ReturnState.AS_IT_HAPPENS
        if not self.missing:
            return ReturnState.CAME_LATE if self.days_late else ReturnState.COMPLETE
        if self.due is None or self.due > as_of:
            return ReturnState.INCOMPLETE
        return ReturnState.OVERDUE if self.days_late else ReturnState.DUE_TODAY


@dataclass(frozen=True, slots=True, kw_only=True)
class CountyReturns:
    """All forms of one county, or of one unit that carries out the notice, in the order of the workbook."""

    code: str
    name: str
    legal_aid_centre: str
    submitting_body: str
    villages: int
    returns: tuple[CountyReturn, ...]
    is_unit: bool = False

    def of(self, table: str) -> CountyReturn:
        """The return of a table; StopIteration when no form asks for it."""
        return next(each for each in self.returns if each.form.table.name == table)

    def owed(self, as_of: date) -> tuple[CountyReturn, ...]:
        """What is asked for on that day: returns whose deadline has come and that are not complete."""
        return tuple(each for each in self.returns if each.missing and each.due is not None and each.due <= as_of)

    @property
    def missing_villages(self) -> set[ExpectedPlace]:
        """The villages from which any form is still to come."""
        return {place for each in self.returns if each.form.rows is RowKind.VILLAGES for place in each.missing}

    def state(self, as_of: date) -> tuple[ReturnState, int]:
        """The state of its worst return: the most overdue, else one not complete, else one that came too late; days."""
        owed = self.owed(as_of)
        if owed:
            late = max(each.days_late for each in owed)
            return (ReturnState.OVERDUE if late else ReturnState.DUE_TODAY), late
        if any(each.missing for each in self.returns):
            return ReturnState.INCOMPLETE, 0
        late = max(each.days_late for each in self.returns)
        return (ReturnState.CAME_LATE if late else ReturnState.COMPLETE), late


@dataclass(frozen=True, kw_only=True)
class _Sources:
    """All that the returns are counted from, by county."""

    campaign: Campaign
    villages: Mapping[str, list[ExpectedPlace]]
    windows: Mapping[str, list[ExpectedPlace]]
    records: Mapping[str, Mapping[str, list[Record]]]  # by table, then county
    submissions: Mapping[str, list[Submission]]
    months: Mapping[str, list[ExpectedPlace]] = field(default_factory=dict)  # that a pilot area is to report


def progress(records: Records, campaign: Campaign, forms: Forms) -> tuple[CountyReturns, ...]:
    """What has come from every county that has villages or was promised a window, by county code.

    A liaison, a survey and the needs are expected of every village of every campaign year. The notice asks for a
    liaison in each village of 2018 and leaves those of 2017 their consultation platform; but liaisons have been named
    there too (the check warns of any village without one), and the survey is to cover all poor villages.
    """
    names = {division.code: division.name for division in records.divisions}
    sources = _Sources(
        campaign=campaign,
        villages=_village_places(records, names),
        windows=_window_places(campaign),
        records={name: group_by(getattr(records, name), county_of_record) for name in forms.forms},
        submissions=group_by(filter(is_from_county, records.submissions), lambda submission: submission.county_code),
    )
    return tuple(
        CountyReturns(
            code=county.county_code,
            name=names.get(county.county_code, county.county_code),
            legal_aid_centre=county.legal_aid_centre,
            submitting_body=county.submitting_body,
            villages=len(sources.villages.get(county.county_code, [])),
            returns=tuple(_return(form, county.county_code, sources) for form in forms.forms.values()),
        )
        for county in sorted(records.counties, key=lambda county: county.county_code)
        if county.county_code in sources.villages or county.county_code in sources.windows
    )


def progress_of_units(records: Records, campaign: Campaign, forms: Forms) -> tuple[CountyReturns, ...]:
    """What has come from every unit that carries out the notice, in the order of the record.

    Its plan is expected of each, by the day of the milestone, and of a pilot area every month that is over, which is
    late from the day of the next month that the settings name; the rest comes as it happens. forms: those of all units.
    """
    pilots = {pilot.area_code for pilot in records.pilots}
    units = {unit.unit_code: unit for unit in records.responsible_units}
    sources = _Sources(
        campaign=campaign,
        villages={},
        windows={},
        records={name: group_by(getattr(records, name), county_of_record) for name in forms.forms},
        submissions=group_by(filter(is_from_county, records.submissions), lambda submission: submission.county_code),
        months={pilot.area_code: _months(pilot, campaign) for pilot in records.pilots},
    )
    return tuple(
        CountyReturns(
            code=code,
            name=unit.name,
            legal_aid_centre=unit.name,
            submitting_body="",
            villages=0,
            returns=tuple(
                _return(form, code, sources)
                for form in forms.asked_of(unit.level, is_pilot=code in pilots).forms.values()
            ),
            is_unit=True,
        )
        for code, unit in units.items()
    )


def _village_places(records: Records, names: Mapping[str, str]) -> dict[str, list[ExpectedPlace]]:
    places: dict[str, list[ExpectedPlace]] = {}
    for village in sorted(records.villages, key=lambda village: village.village_code):
        place = ExpectedPlace(
            code=village.village_code, name=village.name, township=names.get(village.township_code, "")
        )
        places.setdefault(village.village_code[:6], []).append(place)
    return places


def _window_places(campaign: Campaign) -> dict[str, list[ExpectedPlace]]:
    places: dict[str, list[ExpectedPlace]] = {}
    for target in sorted(campaign.targets, key=lambda target: target.year):
        for county in target.window_counties:
            places.setdefault(county, []).append(ExpectedPlace(code=str(target.year), name="", township=""))
    return places


def _months(pilot: Pilot, campaign: Campaign) -> list[ExpectedPlace]:
    """The months of the campaign's year that were over before the day of the data, since the pilot began."""
    over = periods.periods_over(campaign.year, campaign.data_as_of - timedelta(days=1))
    months = [each for each in over if each.kind is PeriodKind.MONTH and each.last >= (pilot.started_on or date.min)]
    return [ExpectedPlace(code=each.key, name=each.key, township="") for each in months]


def month_due(month: Period, campaign: Campaign) -> date:
    """The day of the next month by which a pilot area reports a month; it is late on the day after."""
    return month.last + timedelta(days=campaign.pilot_months_due_day)


def _due(form: Form, missing: tuple[ExpectedPlace, ...], campaign: Campaign) -> date | None:
    """The day of the form's milestone; of months that by which the first missing one was asked for."""
    first = periods.parse(missing[0].code) if form.table.name == MONTHS and missing else None
    if first:
        return month_due(first, campaign)
    return next((each.due for each in campaign.milestones if each.key == form.milestone), None)


def _return(form: Form, county: str, sources: _Sources) -> CountyReturn:
    records = sources.records[form.table.name].get(county, [])
    expected = _expected(form, county, sources)
    reported = {_place_code(record): record for record in records if _stands(record)}
    missing = tuple(place for place in expected if place.code not in reported)
    submission = _last(form, sources.submissions.get(county, []))
    came_on = _reported_on(records) or _first_day(form, sources.submissions.get(county, []))
    due = _due(form, missing, sources.campaign)
    return CountyReturn(
        form=form,
        expected=expected,
        missing=missing,
        gaps={
            name: tuple(p for p in expected if p.code in reported and not getattr(reported[p.code], name))
            for name in _later_fields(form, records)
        },
        records=len(records),
        submission=submission,
        due=due,
        days_late=_days_late(due, bool(missing), came_on, sources.campaign.data_as_of) if expected else 0,
    )


def _later_fields(form: Form, records: list[Record]) -> tuple[str, ...]:
    unit = next((record for record in records if isinstance(record, ResponsibleUnit)), None)
    return _LATER_OF_UNITS.get(unit.level, ()) if unit else _LATER_FIELDS.get(form.table.name, ())


def _expected(form: Form, county: str, sources: _Sources) -> tuple[ExpectedPlace, ...]:
    if form.rows is RowKind.OWN:
        return (ExpectedPlace(code=county, name=form.sheet, township=""),)
    if form.table.name == MONTHS:
        return tuple(sources.months.get(county, []))
    if form.rows is RowKind.VILLAGES:
        return tuple(sources.villages.get(county, []))
    return tuple(sources.windows.get(county, [])) if form.rows is RowKind.WINDOWS else ()


def _place_code(record: Record) -> str:
    if isinstance(record, ResponsibleUnit):
        return record.unit_code
    if isinstance(record, PilotMonth):
        return record.period
    return str(record.campaign_year) if isinstance(record, Window) else str(getattr(record, "village_code", ""))


def _stands(record: Record) -> bool:
    """Whether it counts as reported: a liaison who has left leaves the village without one, a unit is listed before."""
    if isinstance(record, ResponsibleUnit):
        return record.plan_reported_on is not None
    return not isinstance(record, Liaison) or is_serving(record)


def _reported_on(records: list[Record]) -> date | None:
    """The day on which a unit reported its plan, as the record has it; None of anything else."""
    return next((record.plan_reported_on for record in records if isinstance(record, ResponsibleUnit)), None)


def _last(form: Form, submissions: list[Submission]) -> Submission | None:
    """The latest of a county's files with that form; of two on one day the one that stands later in the record."""
    found = [submission for submission in submissions if form.table.name in submission.tables.split()]
    return max(reversed(found), key=lambda submission: submission.received_on, default=None)


def _first_day(form: Form, submissions: list[Submission]) -> date | None:
    """The day of the first of a county's files with that form: what is sent again or mended later is not late."""
    return min((each.received_on for each in submissions if form.table.name in each.tables.split()), default=None)


def _days_late(due: date | None, is_missing: bool, came_on: date | None, as_of: date) -> int:
    if due is None or not (is_missing or came_on):
        return 0
    until = as_of if is_missing or came_on is None else came_on
    return max(0, (until - due).days)
