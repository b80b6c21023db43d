"""Who carries out the notice: departments, prefectures and counties, with their plans and leading groups."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from demonstration.cells import Row
from demonstration.chance import day, likely, unless_after
from demonstration.gazetteer import County
from demonstration.people import person
from demonstration.scenario import Scenario
from demonstration.wording import words

_FORMED = date(2018, 3, 9), date(2018, 5, 18)
_REPORTED = date(2018, 4, 9), date(2018, 4, 30)
_LATE = date(2018, 5, 2), date(2018, 6, 15)
_BUDGETED = date(2018, 3, 1), date(2018, 6, 28)
# In a hundred: who reported in time, and of the others who did since; who formed a group; whose city has its budget.
_IN_TIME, _SINCE, _HAS_GROUP, _HAS_BUDGET = 84, 60, 93, 80


def rows(counties: Iterable[County], province: str, scenario: Scenario) -> list[Row]:
    """The rows of `responsible_units`."""
    every, wording = list(counties), words("offices")["units"]
    cities = {county.code[:4]: county.prefecture for county in every}
    departments = [
        {"unit_code": f"{province}-{number:02}", "name": name, "level": "department"}
        for number, name in enumerate(wording["departments"], start=1)
    ]
    return [
        *({**unit, **_plan(unit["unit_code"], scenario)} for unit in departments),
        *(_place(code, name, "prefecture", scenario) for code, name in cities.items()),
        *(_place(county.code, county.full_name, _level(county), scenario) for county in every),
    ]


def _level(county: County) -> str:
    return "pilot_city" if county.code in words("offices")["submit_themselves"] else "county"


def _place(code: str, name: str, level: str, scenario: Scenario) -> Row:
    rng, wording = scenario.chance("groups", code), words("offices")["units"]
    formed = unless_after(day(rng, *_FORMED), scenario.as_of) if likely(rng, _HAS_GROUP) else None
    head, budgeted = person(rng, code), day(rng, *_BUDGETED) if likely(rng, _HAS_BUDGET) else None
    return {
        "unit_code": code,
        "name": wording["name"].format(place=name),
        "level": level,
        **_plan(code, scenario),
        "group_formed_on": formed,
        "group_head": head if formed else "",
        "office_at": wording["office_at"].format(place=name) if formed else "",
        "budget_included_on": budgeted if level == "prefecture" else None,
    }


def _plan(code: str, scenario: Scenario) -> Row:
    """Most report by the day, some of the others later."""
    rng = scenario.chance("plans", code)
    if likely(rng, _IN_TIME):
        return {"plan_reported_on": day(rng, *_REPORTED)}
    return {"plan_reported_on": day(rng, *_LATE) if likely(rng, _SINCE) else None}
