"""What units that carry out the notice report beside their plan: uneven, some late, some with nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from random import Random
from typing import Any

from demonstration.cells import Cell, Row
from demonstration.chance import between, day, days_after, likely, unless_after
from demonstration.scenario import Scenario
from demonstration.wording import words

_WORKED = date(2018, 3, 12), date(2018, 6, 22)
_COUNTED = date(2018, 6, 4), date(2018, 6, 28)
_SURVEYED = date(2018, 4, 16), date(2018, 6, 20)
_SET = date(2018, 3, 19), date(2018, 4, 27)
# In a hundred units: who holds an action for a group, by level; who counts helpers, sets targets, assesses, surveys.
_ACTS = {"prefecture": 85, "pilot_city": 60, "county": 18}
_COUNTS, _SETS_TARGETS, _ASSESSES, _SURVEYS_ITSELF = 85, 76, 80, 72
_LOOKS_INTO, _STATIONS_REPORT = 45, 80  # in a hundred counties, and kinds of stations
# Defendants of a pilot area in a month, at least and at most, and the month that one of them has not reported.
_DEFENDANTS = {"2205": (16, 30), "220104": (38, 62), "222403": (6, 14)}
_MONTHS = range(2, 6)
_UNREPORTED = ("222403", 4)
_TARGETS = {"cases_accepted": (40, 260), "consultations": (300, 2400), "activities_held": (8, 40)}
_CENTRE = "09"  # the province's legal-aid centre, of its departments


def rows(
    units: Iterable[Row], cases: Iterable[Row], pilots: Iterable[Row], poor: Iterable[str], scenario: Scenario
) -> dict[str, dict[str, list[Row]]]:
    """The rows of every table of what units report, by unit code. poor: the codes of the counties with villages."""
    every, known, areas = list(cases), list(poor), [str(pilot["area_code"]) for pilot in pilots]
    return {
        str(unit["unit_code"]): {
            "unit_work": list(_work(unit, scenario)),
            "helpers": list(_helpers(unit, scenario)),
            "special_actions": list(_actions(unit, scenario)),
            "quality_assessments": list(_assessments(unit, scenario)),
            "case_reviews": list(_reviews(unit, every, scenario)),
            "pilot_months": list(_pilot_months(unit, areas, scenario)),
            "county_surveys": list(_surveys(unit, known, scenario)),
            "unit_targets": list(_targets(unit, scenario)),
        }
        for unit in units
    }


def _of(unit: Row, **cells: Cell) -> Row:
    return {"unit_code": unit["unit_code"], **cells}


def _rng(scenario: Scenario, table: str, unit: Row) -> Random:
    return scenario.chance(table, str(unit["unit_code"]))


def _work(unit: Row, scenario: Scenario) -> Iterator[Row]:
    kinds: Mapping[str, Any] = words("unit_reports")["work"]
    for kind, of in kinds.items():
        rng = scenario.chance("unit_work", str(unit["unit_code"]), kind)
        if likely(rng, of["levels"].get(unit["level"], 0)):
            yield work(rng, unit, kind, _WORKED)


def work(rng: Random, unit: Row, kind: str, days: tuple[date, date]) -> Row:
    """One piece of work of a kind, done between two days."""
    of = words("unit_reports")["work"][kind]
    return _of(
        unit,
        kind=kind,
        done_on=day(rng, *days),
        title=rng.choice(of["titles"]),
        addressed_to=of["to"],
        media=rng.choice(of["media"]) if "media" in of else "",
        persons=between(rng, *of["persons"]) if "persons" in of else None,
    )


def _helpers(unit: Row, scenario: Scenario) -> Iterator[Row]:
    rng = _rng(scenario, "helpers", unit)
    if unit["level"] == "department" or not likely(rng, _COUNTS):
        return
    counted = day(rng, *_COUNTED)
    for kind, span in words("unit_reports")["helpers"].items():
        persons = between(rng, *span)
        if persons:
            yield _of(unit, kind=kind, persons=persons, cases=persons * between(rng, 0, 6), counted_on=counted)


def _actions(unit: Row, scenario: Scenario) -> Iterator[Row]:
    for group, of in words("unit_reports")["actions"].items():
        rng = scenario.chance("special_actions", str(unit["unit_code"]), group)
        if likely(rng, _ACTS.get(str(unit["level"]), 0)):
            began, events = day(rng, *_WORKED), between(rng, 1, 6)
            yield _of(
                unit,
                group=group,
                from_date=began,
                to_date=unless_after(days_after(rng, began, 5, 40), scenario.as_of),
                title=of["title"],
                done=of["done"],
                events=events,
                persons_helped=events * between(rng, 3, 15),
            )


def _assessments(unit: Row, scenario: Scenario) -> Iterator[Row]:
    rng = _rng(scenario, "quality_assessments", unit)
    if unit["level"] == "prefecture" and likely(rng, _ASSESSES):
        yield assessment(rng, unit, f"{scenario.year}-Q1", (date(2018, 4, 9), date(2018, 5, 25)))


def assessment(rng: Random, unit: Row, period: str, days: tuple[date, date]) -> Row:
    """What a prefecture found of the quality of a period's cases, between two days."""
    texts, sampled = words("unit_reports")["quality"], between(rng, 20, 60)
    good = sampled - between(rng, 0, 4)
    return _of(
        unit,
        period=period,
        assessed_on=day(rng, *days),
        cases_sampled=sampled,
        cases_good=good,
        cases_registered=sampled - between(rng, 0, 3),
        result=rng.choice(texts["results"]),
        measures=rng.choice(texts["measures"]),
    )


def station_work(rng: Random, unit: Row, kinds: Iterable[str], period: str, days: tuple[date, date]) -> Iterator[Row]:
    """What the stations of a county did in a period, by their kind, reported between two days; some have not."""
    for kind in kinds:
        duty_days = between(rng, 18, 50)
        if likely(rng, _STATIONS_REPORT):
            yield _of(
                unit,
                period=period,
                kind=kind,
                reported_on=day(rng, *days),
                duty_days=duty_days,
                persons_helped=duty_days * between(rng, 0, 3),
                mechanism=rng.choice(words("unit_reports")["mechanisms"]),
            )


def checks(rng: Random, unit: Row, counties: Iterable[str], days: tuple[date, date]) -> Iterator[Row]:
    """What a prefecture found when it looked into its counties between two days: in one of three ways, uneven."""
    for county in counties:
        method = rng.choice(sorted(words("unit_reports")["checks"]))
        of, checked_on = words("unit_reports")["checks"][method], day(rng, *days)
        looked_at = between(rng, *of["looked_at"])
        differing = min(between(rng, 0, 2), looked_at)
        if likely(rng, _LOOKS_INTO):
            yield _of(
                unit,
                area_code=county,
                checked_on=checked_on,
                method=method,
                subject=of["subject"],
                looked_at=looked_at,
                as_reported=looked_at - differing,
                found=rng.choice(of["found"]) if differing else "",
            )


def _reviews(unit: Row, cases: Iterable[Row], scenario: Scenario) -> Iterator[Row]:
    """Each level looks at the cases of its own places before the province; one prefecture has left one out."""
    is_centre = str(unit["unit_code"]).endswith("-" + _CENTRE)
    step = {"department": 1, "prefecture": 6, "pilot_city": 11, "county": 11}[str(unit["level"])]
    for number, case in enumerate(cases):
        county, reviewed = str(case["county_code"]), case["reviewed_on"]
        is_own = is_centre if unit["level"] == "department" else county.startswith(str(unit["unit_code"]))
        is_left_out = unit["level"] == "prefecture" and number == 1
        if is_own and isinstance(reviewed, date) and not is_left_out:
            rng = scenario.chance("case_reviews", str(unit["unit_code"]), str(case["case_id"]))
            days = between(rng, 0, 2)
            yield _of(
                unit,
                case_id=case["case_id"],
                received_on=days_after(rng, reviewed, -step - 3, -step - 3),
                reviewed_on=reviewed if is_centre else days_after(rng, reviewed, -step - days + 1, -step - days + 1),
                outcome="passed",
            )


def _pilot_months(unit: Row, areas: Iterable[str], scenario: Scenario) -> Iterator[Row]:
    yield from pilot_months(unit, areas, _MONTHS, scenario)


def pilot_months(unit: Row, areas: Iterable[str], months: Iterable[int], scenario: Scenario) -> Iterator[Row]:
    """What a pilot area reports of each month, in the month after it. areas: the codes of those that take part."""
    code = str(unit["unit_code"])
    for month in months if code in areas else ():
        rng = scenario.chance("pilot_months", code, str(month))
        defendants = between(rng, *_DEFENDANTS[code])
        by_aid = defendants // 2 - between(rng, 0, 2)
        by_own = defendants - by_aid - between(rng, 0, 2)
        if (code, month) != _UNREPORTED:
            yield _of(
                unit,
                period=f"{scenario.year}-{month:02}",
                reported_on=day(rng, date(2018, month + 1, 2), date(2018, month + 1, 12)),
                defendants=defendants,
                defended_by_aid=by_aid,
                defended_by_own=by_own,
                duty_lawyer_help=between(rng, defendants // 3, defendants),
                supporting_lawyers=between(rng, 0, 4),
                funds_yuan=by_aid * 1000,
            )


def _surveys(unit: Row, poor: Iterable[str], scenario: Scenario) -> Iterator[Row]:
    """A county surveys itself, or its prefecture does, or nobody."""
    code = str(unit["unit_code"])
    for county in (each for each in poor if each.startswith(code)):
        rng = scenario.chance("county_surveys", county)
        surveys_itself, is_left = likely(rng, _SURVEYS_ITSELF), likely(rng, 25)
        if surveys_itself == (code == county) and not is_left:
            households = between(rng, 400, 6200)
            yield _of(
                unit,
                area_code=county,
                surveyed_on=day(rng, *_SURVEYED),
                poor_households=households,
                poor_persons=households * 2 + between(rng, 0, 900),
                needs=rng.choice(words("unit_reports")["needs"]),
            )


def _targets(unit: Row, scenario: Scenario) -> Iterator[Row]:
    rng, texts = _rng(scenario, "unit_targets", unit), words("unit_reports")["targets"]
    if unit["level"] == "department" or not likely(rng, _SETS_TARGETS):
        return
    set_on = day(rng, *_SET)
    for indicator, span in _TARGETS.items():
        yield _of(
            unit,
            indicator=indicator,
            set_on=set_on,
            target=between(rng, *span),
            measures=rng.choice(texts["measures"]),
            due_on=date(scenario.year, 12, 20),
            person_in_charge=rng.choice(texts["person_in_charge"]),
        )
