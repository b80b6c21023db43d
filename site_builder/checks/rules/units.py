"""Rules of what prefectures, pilot cities, counties and the province's departments report of their own work."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.checks.rules.scope import Scope
from site_builder.model.meanings import is_plain_name
from site_builder.record.facts import NOT_OF_DEPARTMENTS, is_above, is_department
from site_builder.record.records import ResponsibleUnit
from site_builder.record.unit_records import CountySurvey, UnitCheck
from site_builder.shared import periods
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem
from site_builder.shared.text_forms import caseless

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
    reported = dict.fromkeys(("pilot_months", "station_work"), "reported_on")
    for name, column in (reported | {"quality_assessments": "assessed_on"}).items():
        title = scope.schemas.tables[name].field(column).title
        for record in getattr(scope.records, name):
            period, day = periods.parse(record.period), getattr(record, column)
            if period and day and day < period.last:
                words = {"period": record.period, "last": period.last, "title": title, "day": day}
                yield scope.problem(Code.PERIOD_NOT_OVER, record, "period", **words)


def surveys_are_of_own_counties(scope: Scope) -> Iterator[Problem]:
    """A unit surveys its own county, or one below it, and looks into no other."""
    found: tuple[CountySurvey | UnitCheck, ...] = (*scope.records.county_surveys, *scope.records.unit_checks)
    for each in found:
        if not is_above(each.unit_code, each.area_code):
            names = {"unit": scope.units.get(each.unit_code, each.unit_code)}
            yield scope.problem(
                Code.SURVEY_OTHER_COUNTY, each, "area_code", county=scope.county_name(each.area_code), **names
            )


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


def checks_say_what_they_found(scope: Scope) -> Iterator[Problem]:
    """Where not all that was looked at was as reported, it is said what was found."""
    for check in scope.records.unit_checks:
        if None not in (check.looked_at, check.as_reported) and check.as_reported < check.looked_at and not check.found:
            counts = {"looked_at": check.looked_at, "differing": check.looked_at - check.as_reported}
            yield scope.problem(Code.CHECK_WITHOUT_FINDING, check, "found", **counts)


def units_differ_in_name(scope: Scope) -> Iterator[Problem]:
    """Reports, letters and commands call a unit by its name: no two have the same."""
    first: dict[str, ResponsibleUnit] = {}
    for unit in scope.records.responsible_units:
        other = first.setdefault(caseless(unit.name), unit)
        if other is not unit:
            words = {"unit": unit.name, "other_unit": other.unit_code, **scope.against(other, "name")}
            yield scope.problem(Code.UNIT_NAME_REPEATED, unit, "name", **words)
