"""Rules of duties: what a window lacks of the notice's list, what its board says, and who has reported its plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from site_builder.checks.rules.scope import Scope
from site_builder.model import window_duties
from site_builder.model.campaign import Campaign
from site_builder.model.relations import wholes
from site_builder.model.undertakings import CountingRule
from site_builder.record.tables import FOLDER
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem

_DIVISIONS = {"prefecture": "prefecture", "pilot_city": "county", "county": "county"}
"""The level of the gazetteer that a unit's code must have; a department has none."""


def windows_have_what_the_notice_lists(scope: Scope) -> Iterator[Problem]:
    """A window has its person, team, hours, plaque and board, the waiver and the five priorities; a gap is named."""
    for window in scope.records.windows:
        found = window_duties.lacking(window)
        if found:
            day, as_of = window_duties.due(window.campaign_year), scope.campaign.data_as_of
            code = Code.WINDOW_DUTY_LATE if day < as_of else Code.WINDOW_DUTY
            words = {"county": scope.county_name(window.county_code), "lacking": _titles(scope, found)}
            yield scope.problem(code, window, found[0], **words, due=day)


def boards_say_what_is_done(scope: Scope) -> Iterator[Problem]:
    """Where the board hangs, the record denies nothing that stands on every board."""
    for window in scope.records.windows:
        found = window_duties.denied(window)
        if window.board_hung_on and found:
            words = {"denied": _titles(scope, found), "day": window.board_hung_on}
            yield scope.problem(Code.WINDOW_BOARD, window, found[0], **words)


def units_are_of_their_level(scope: Scope) -> Iterator[Problem]:
    """A unit's code is of its level: a prefecture's or a county's of the gazetteer, a department's numbered."""
    for unit in scope.records.responsible_units:
        wanted = _DIVISIONS.get(unit.level)
        if (scope.levels.get(unit.unit_code) != wanted) if wanted else ("-" not in unit.unit_code):
            level = scope.schemas.code_lists["unit_levels"][unit.level]
            yield scope.problem(Code.UNIT_CODE, unit, "unit_code", value=unit.unit_code, level=level)


def every_place_is_asked(scope: Scope) -> Iterator[Problem]:
    """Where units are on record, each prefecture and county of the campaign is one: who is not listed is not asked."""
    listed = {unit.unit_code for unit in scope.records.responsible_units}
    counties = {county.county_code for county in scope.records.counties}
    missing = sorted({*counties, *(code[:4] for code in counties)} - listed)
    if listed and missing:
        names = "、".join(scope.county_name(code) for code in missing)
        yield Problem(code=Code.UNIT_MISSING, file=f"{FOLDER}/responsible_units.csv", details={"units": names})


def parts_of_reports_are_not_above_their_whole(scope: Scope) -> Iterator[Problem]:
    """What a unit counts as a part of something is no more than all of it."""
    for name, table in scope.schemas.tables.items():
        parts = [(field, whole) for field in table.fields for whole in wholes(table, field.name)]
        for part, whole in parts if "unit_code" in table.header else ():
            for record in getattr(scope.records, name):
                value, limit = getattr(record, part.name), getattr(record, whole)
                if value is not None and limit is not None and value > limit:
                    words = {"what": part.title, "whole": table.field(whole).title, "value": value, "limit": limit}
                    yield scope.problem(Code.PART_ABOVE_WHOLE, record, part.name, **words)


def plans_are_reported(scope: Scope) -> Iterator[Problem]:
    """Whoever has not reported its plan is named, before the day and after it."""
    for due in plan_days(scope.campaign):
        code = Code.PLAN_LATE if due < scope.campaign.data_as_of else Code.PLAN_AHEAD
        for unit in scope.records.responsible_units:
            if unit.plan_reported_on is None:
                yield scope.problem(code, unit, "plan_reported_on", unit=unit.name, due=due)


def plan_days(campaign: Campaign) -> list[date]:
    """The days by which every unit is to have reported its plan: one, as the register has it, or none."""
    duties = campaign.undertakings.duties
    keys = {duty.milestone for duty in duties if duty.counted_by is CountingRule.PLANS_REPORTED}
    return [milestone.due for milestone in campaign.milestones if milestone.key in keys]


def _titles(scope: Scope, names: Iterable[str]) -> str:
    table = scope.schemas.tables["windows"]
    return "、".join(table.field(name).title for name in names)
