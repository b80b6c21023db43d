"""Rules of what prefectures, pilot cities, counties and the province's departments report of their own work."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.checks.rules.scope import Scope
from site_builder.model.meanings import is_plain_name
from site_builder.record.facts import NOT_OF_DEPARTMENTS, is_above, is_department
from site_builder.shared import periods
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem

_MEDIA = "media_publicity"


def defended_are_among_the_accused(scope: Scope) -> Iterator[Problem]:
    """Who is defended by legal aid has no counsel of one's own: both together are no more than all."""
    table = scope.schemas.tables["pilot_months"]
    parts, whole = ("defended_by_aid", "defended_by_own"), "defendants"
    for month in scope.records.pilot_months:
        values, limit = [getattr(month, part) for part in parts], month.defendants
        if None not in values and limit is not None and max(values) <= limit < sum(values):
            words = {"parts": "、".join(table.field(part).title for part in parts), "sum": sum(values)}
            words |= {"whole": table.field(whole).title, "limit": limit}
            yield scope.problem(Code.PARTS_ABOVE_WHOLE, month, parts[0], **words)


def reported_periods_are_over(scope: Scope) -> Iterator[Problem]:
    """A month is reported, and the files of a period are assessed, when it is over: on its last day or later."""
    for name, column in (("pilot_months", "reported_on"), ("quality_assessments", "assessed_on")):
        title = scope.schemas.tables[name].field(column).title
        for record in getattr(scope.records, name):
            period, day = periods.parse(record.period), getattr(record, column)
            if period and day and day < period.last:
                words = {"period": record.period, "last": period.last, "title": title, "day": day}
                yield scope.problem(Code.PERIOD_NOT_OVER, record, "period", **words)


def surveys_are_of_own_counties(scope: Scope) -> Iterator[Problem]:
    """A unit surveys its own county, or one below it."""
    for survey in scope.records.county_surveys:
        if not is_above(survey.unit_code, survey.area_code):
            names = {
                "unit": scope.units.get(survey.unit_code, survey.unit_code),
                "county": scope.county_name(survey.area_code),
            }
            yield scope.problem(Code.SURVEY_OTHER_COUNTY, survey, "area_code", **names)


def departments_report_no_group(scope: Scope) -> Iterator[Problem]:
    """A leading group and a budget are of a place: the row of a department has neither."""
    for unit in scope.records.responsible_units:
        filled = [name for name in NOT_OF_DEPARTMENTS if getattr(unit, name)] if is_department(unit.unit_code) else []
        if filled:
            table = scope.schemas.tables["responsible_units"]
            titles = "、".join(table.field(name).title for name in filled)
            yield scope.problem(Code.UNIT_DEPARTMENT, unit, filled[0], unit=unit.name, titles=titles)


def budgets_are_said_once(scope: Scope) -> Iterator[Problem]:
    """A county's day of the budget stands in the table of counties; another one beside it is a contradiction."""
    counties = {county.county_code: county for county in scope.records.counties}
    for unit in scope.records.responsible_units:
        county = counties.get(unit.unit_code)
        if county and unit.budget_included_on and unit.budget_included_on != county.budget_included_on:
            days = {"day": unit.budget_included_on, "other_day": county.budget_included_on or ""}
            other = scope.against(county, "budget_included_on")
            yield scope.problem(Code.UNIT_BUDGET, unit, "budget_included_on", unit=unit.name, **days, **other)


def groups_are_of_the_campaign(scope: Scope) -> Iterator[Problem]:
    """A leading group that is older than the campaign's year is most likely another one, or its year mistyped."""
    for unit in scope.records.responsible_units:
        day = None if is_department(unit.unit_code) else unit.group_formed_on
        if day and day.year < scope.campaign.year:
            words = {"unit": unit.name, "day": day, "year": scope.campaign.year}
            yield scope.problem(Code.UNIT_GROUP_EARLY, unit, "group_formed_on", **words)


def targets_say_something(scope: Scope) -> Iterator[Problem]:
    """A target is more than nothing, and whoever is in charge is known by the post."""
    for target in scope.records.unit_targets:
        if target.target == 0:
            yield scope.problem(Code.TARGET_ZERO, target, "target")
        if is_plain_name(target.person_in_charge):
            yield scope.problem(Code.TARGET_PERSON, target, "person_in_charge")


def publicity_names_its_media(scope: Scope) -> Iterator[Problem]:
    """Publicity by media says in which."""
    for work in scope.records.unit_work:
        if work.kind == _MEDIA and not work.media:
            yield scope.problem(Code.WORK_WITHOUT_MEDIA, work, "media", title=work.title)
