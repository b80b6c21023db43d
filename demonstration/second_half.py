"""July to December: what the second half of the year adds to the tables. What stands for January to June stays."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from random import Random

from demonstration import feedback, indicators, liaisons, offices, publicity, surveys, unit_reports
from demonstration.cells import Row
from demonstration.chance import between, day, days_after, likely, unless_after
from demonstration.contact import FIRST_LIAISON, landline
from demonstration.gazetteer import County
from demonstration.people import staff
from demonstration.poor_villages import Village
from demonstration.scenario import Scenario
from site_builder.model.survey import SurveyItem

LAST_DAY = date(2018, 12, 31)
_NAMED = date(2018, 7, 9), date(2018, 9, 21)
_LEFT = date(2018, 8, 1), date(2018, 11, 30)
_SURVEYED = date(2018, 7, 16), date(2018, 10, 26)
_BROUGHT = date(2018, 9, 3), date(2018, 10, 31)
_HELD = date(2018, 8, 6), date(2018, 12, 21)
_SAID = date(2018, 7, 2), date(2018, 12, 20)
_SENT = date(2018, 11, 19), date(2018, 12, 20)
_WORKED = date(2018, 7, 16), date(2018, 12, 14)
_PILOT_MONTHS = range(6, 12)
_CHECKS_NOTHING = "2207"
_STATIONS_REPORTED = date(2018, 10, 8), date(2018, 10, 26)
_ASSESSED = {
    "2018-Q2": (date(2018, 7, 9), date(2018, 8, 24)),
    "2018-Q3": (date(2018, 10, 15), date(2018, 11, 23)),
}
# In a hundred: vacancies that are filled, liaisons that change, names and boards that are made up for.
_FILLED, _CHANGED, _MADE_UP = 85, 1.5, 78
# In a hundred: villages surveyed late, villages that get one more leaflet, villages that say something.
_SURVEYED_LATE, _MORE, _SAY = 80, 30, 8

Tables = Mapping[str, Sequence[Row]]


def county(
    place: County, villages: Sequence[Village], first: Tables, items: Sequence[SurveyItem], scenario: Scenario
) -> dict[str, list[Row]]:
    """A county's tables of the whole year. first: those of January to June; items: what a survey asks."""
    later = replace(scenario, as_of=LAST_DAY)
    surveyed = {row["village_code"] for row in first["village_surveys"]}
    late = _surveys(place, [village for village in villages if village.code not in surveyed], items, later)
    held = _activities(place, villages, first["activities"], later)
    return {name: list(rows) for name, rows in first.items()} | {
        "liaisons": [*_liaisons(place, villages, first["liaisons"], later)],
        "village_surveys": [*first["village_surveys"], *surveys.rows(late)],
        "needs": [*first["needs"], *surveys.needs(place, late, later)],
        "deliveries": [*_deliveries(place, villages, first["deliveries"], later)],
        "activities": held,
        "feedback": _feedback(place, villages, first["feedback"], later),
        "indicators": [*first["indicators"], *indicators.second_half(place, first["indicators"], held, later)],
        "submissions": [*first["submissions"], *_submissions(place, later)],
    }


def _chance(later: Scenario, table: str, place: County) -> Random:
    return later.chance("second half", table, place.code)


def _liaisons(place: County, villages: Iterable[Village], first: Sequence[Row], later: Scenario) -> Iterator[Row]:
    """Late postings are made up for; most vacancies are filled, and here and there another person takes over."""
    rng, serials = _chance(later, "liaisons", place), count(FIRST_LIAISON + len(first))
    serving = {row["village_code"]: row for row in first if row["to_date"] is None}
    yield from (row for row in first if row["to_date"])
    for village in villages:
        row = serving.get(village.code)
        start = day(rng, *_NAMED) if row is None and likely(rng, _FILLED) else None
        if row:
            posted = _posted(rng, place, row, later)
            start = day(rng, *_LEFT) if likely(rng, _CHANGED) else None
            yield posted if start is None else _ended(posted, start - timedelta(days=1))
        if start:
            number = landline(place.code, next(serials))
            yield liaisons.row(rng, place, liaisons.Term(village.code, start, None), number, later)


def _posted(rng: Random, place: County, row: Row, later: Scenario) -> Row:
    """The name posted and the posting verified, in most villages, where they were not by June."""
    posted = row["posted_on"] or (day(rng, *_NAMED) if likely(rng, _MADE_UP) else None)
    verified = row["posting_verified_on"]
    if not isinstance(posted, date) or verified or not likely(rng, _MADE_UP):
        return {**row, "posted_on": posted}
    found = days_after(rng, max(posted, _NAMED[0]), 7, 60)
    by = rng.choice(staff(later.seed, place.code))
    return {**row, "posted_on": posted, "posting_verified_on": found, "posting_verified_by": by}


def _ended(row: Row, end: date) -> Row:
    """A term that ends: what would have been done to it afterwards was not."""
    done = {
        name: unless_after(on, end)
        for name in ("posted_on", "posting_verified_on")
        if isinstance(on := row[name], date)
    }
    verifier = row["posting_verified_by"] if done.get("posting_verified_on") else None
    return {**row, **done, "posting_verified_by": verifier, "to_date": end}


def _surveys(
    place: County, villages: Iterable[Village], items: Sequence[SurveyItem], later: Scenario
) -> list[surveys.Survey]:
    """The villages that the first half left out, most of them."""
    rng, surveyors = _chance(later, "village_surveys", place), staff(later.seed, place.code)
    late = [village for village in villages if likely(rng, _SURVEYED_LATE)]
    return [surveys.survey(rng, village, items, day(rng, *_SURVEYED), surveyors) for village in late]


def _deliveries(place: County, villages: Iterable[Village], first: Sequence[Row], later: Scenario) -> Iterator[Row]:
    """Plaques and boards that hung nowhere are hung, villages without a board get one, some one more leaflet."""
    rng = _chance(later, "deliveries", place)
    for row in first:
        is_hung_late = row.get("hung_on", "") is None and likely(rng, _MADE_UP)
        yield {**row, "hung_on": day(rng, *_NAMED)} if is_hung_late and row["recipient_code"] != place.code else row
    known = {(row["recipient_code"], row["material_id"]) for row in first}
    for village in villages:
        if (village.code, publicity.VILLAGE_BOARD) not in known and likely(rng, _MADE_UP):
            yield publicity.village_board(rng, place, village, day(rng, *_BROUGHT), later)
        lacking = [leaflet for leaflet in publicity.LEAFLETS if (village.code, leaflet) not in known]
        if lacking and likely(rng, _MORE):
            yield publicity.delivery(village.code, rng.choice(lacking), 10 * between(rng, 2, 9), day(rng, *_BROUGHT))


def _activities(place: County, villages: Sequence[Village], first: Sequence[Row], later: Scenario) -> list[Row]:
    """What was announced in June was held, more was held after it, and the coming month is announced anew."""
    rng = _chance(later, "activities", place)
    known = [row if "people_reached" in row else {**row, **publicity.reached(rng, row)} for row in first]
    days = sorted(day(rng, *_HELD) for _ in range(between(rng, 3, 8) if villages else 0))
    found: list[Row] = [{"held_on": on, **publicity.activity(rng, place, rng.choice(villages))} for on in days]
    return [*known, *publicity.numbered(place, [*found, *publicity.announced(place, villages, later)], len(known) + 1)]


def _feedback(place: County, villages: Iterable[Village], first: Sequence[Row], later: Scenario) -> list[Row]:
    """What stood open in June is answered, and villagers go on saying what they think."""
    rng = _chance(later, "feedback", place)
    said = [feedback.said(rng, village, _SAID, later) for village in villages if likely(rng, _SAY)]
    answered = [feedback.answered(row, days_after(rng, date(2018, 7, 2), 0, 9)) for row in first]
    return [*answered, *feedback.numbered(place, said, len(first) + 1)]


def _submissions(place: County, later: Scenario) -> list[Row]:
    """The year's return, also of the counties that had sent nothing by June."""
    made_up = f"{later.seed}/second half/{place.code}".encode()
    rng = _chance(later, "submissions", place)
    return [offices.submission(rng, place, hashlib.sha256(made_up).hexdigest(), _SENT, later.seed)]


def of_units(
    first: Mapping[str, Mapping[str, list[Row]]],
    units: Iterable[Row],
    pilots: Iterable[Row],
    scenario: Scenario,
) -> dict[str, dict[str, list[Row]]]:
    """What every unit reports of the whole year, by unit code and table. first: of January to June."""
    areas = [str(pilot["area_code"]) for pilot in pilots]
    by_code = {str(unit["unit_code"]): unit for unit in units}
    return {code: {**of, **_of_unit(by_code[code], of, areas, scenario)} for code, of in first.items()}


def only_of_it(
    units: Iterable[Row], poor: Sequence[str], stations: Mapping[str, Sequence[str]], scenario: Scenario
) -> dict[str, dict[str, list[Row]]]:
    """What no unit had reported by June, by unit code and table: checks on the spot, and the work of stations.

    poor: the codes of the counties with villages; stations: by county the kinds of its own.
    """
    return {
        str(unit["unit_code"]): {
            "unit_checks": _checks(unit, poor, scenario),
            "station_work": _station_work(unit, stations.get(str(unit["unit_code"]), ()), scenario),
        }
        for unit in units
    }


def _checks(unit: Row, poor: Sequence[str], scenario: Scenario) -> list[Row]:
    """What the prefectures found when they looked into their counties; one of them has looked into none."""
    code = str(unit["unit_code"])
    if unit["level"] != "prefecture" or code == _CHECKS_NOTHING:
        return []
    own = [county for county in poor if county.startswith(code)]
    return list(unit_reports.checks(scenario.chance("second half", "unit_checks", code), unit, own, _WORKED))


def _station_work(unit: Row, kinds: Iterable[str], scenario: Scenario) -> list[Row]:
    """What a county's stations did in the third quarter."""
    rng = scenario.chance("second half", "station_work", str(unit["unit_code"]))
    return list(unit_reports.station_work(rng, unit, kinds, "2018-Q3", _STATIONS_REPORTED))


def _of_unit(
    unit: Row, first: Mapping[str, list[Row]], areas: Sequence[str], scenario: Scenario
) -> dict[str, list[Row]]:
    """The tables that go on: pilots' months, the year's assessments, and as much work again as by June."""
    rng = scenario.chance("second half", "units", str(unit["unit_code"]))
    assessed = first["quality_assessments"]
    return {
        "pilot_months": [*first["pilot_months"], *unit_reports.pilot_months(unit, areas, _PILOT_MONTHS, scenario)],
        "quality_assessments": [
            *assessed,
            *(unit_reports.assessment(rng, unit, period, days) for period, days in _ASSESSED.items() if assessed),
        ],
        "unit_work": [
            *first["unit_work"],
            *(unit_reports.work(rng, unit, str(row["kind"]), _WORKED) for row in first["unit_work"]),
        ],
    }
