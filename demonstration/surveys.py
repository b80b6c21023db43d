"""The survey of the villages, and the needs it found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from random import Random
from typing import NamedTuple

from demonstration.cells import Row
from demonstration.chance import between, day, likely
from demonstration.gazetteer import County
from demonstration.people import staff
from demonstration.poor_villages import Village
from demonstration.scenario import Scenario
from demonstration.wording import words
from site_builder.model.survey import ALL, SurveyItem

# Smallest and largest share of each group among a village's poor persons.
_GROUP_SHARES = {
    "migrant_workers": (0.08, 0.22),
    "elderly": (0.25, 0.45),
    "disabled": (0.06, 0.18),
    "left_behind_women": (0.02, 0.09),
    "left_behind_children": (0.01, 0.08),
}
_USUAL_SHARE = (0.05, 0.2)
# For each group and matter: in how many of a hundred villages anybody needs it, and the largest share who do.
_NEEDS: dict[str, dict[str, tuple[float, float]]] = {
    "migrant_workers": {
        "labour_pay": (85, 0.45),
        "land_contract": (30, 0.15),
        "social_insurance": (15, 0.12),
        "land_expropriation": (8, 0.1),
        "house_demolition": (4, 0.08),
        "good_samaritan": (0.4, 0.02),
    },
    "elderly": {
        "support_payments": (75, 0.2),
        "social_insurance": (45, 0.15),
        "land_contract": (25, 0.1),
        "relief_payments": (10, 0.05),
        "land_expropriation": (6, 0.06),
        "house_demolition": (3, 0.05),
        "state_compensation": (0.3, 0.02),
    },
    "disabled": {
        "social_insurance": (70, 0.45),
        "relief_payments": (20, 0.2),
        "support_payments": (12, 0.15),
        "land_contract": (10, 0.15),
    },
    "left_behind_women": {
        "support_payments": (55, 0.4),
        "land_contract": (30, 0.3),
        "social_insurance": (10, 0.2),
        "labour_pay": (10, 0.2),
    },
    "left_behind_children": {
        "support_payments": (60, 0.5),
        "social_insurance": (12, 0.3),
        "relief_payments": (3, 0.3),
    },
}
# A county's survey takes some three weeks of spring; the counties come one after another in three waves.
_WAVES = (
    (date(2018, 4, 6), date(2018, 4, 26)),
    (date(2018, 4, 30), date(2018, 5, 20)),
    (date(2018, 6, 4), date(2018, 6, 28)),
)
_AGAIN = (date(2018, 5, 21), date(2018, 6, 28))


class Survey(NamedTuple):
    """One survey of a village: the fields of `village_surveys`. counts: by column."""

    village_code: str
    surveyed_on: date
    counts: Mapping[str, int]
    surveyed_by: str
    note: str | None


def take(county: County, villages: Iterable[Village], items: Sequence[SurveyItem], scenario: Scenario) -> list[Survey]:
    """Survey about nine villages in ten, about half in a county that is late; a handful twice."""
    rng = scenario.chance("village_surveys", county.code)
    percent = 50 if scenario.happens("survey_late", county.code) else 92
    surveyors = staff(scenario.seed, county.code)
    first, last = scenario.chance("survey_wave", county.code).choice(_WAVES)
    surveys = []
    for village in villages:
        if scenario.happens("surveyed_twice", village.code):
            surveys.append(survey(rng, village, items, day(rng, *min((first, last), _WAVES[1])), surveyors))
            surveys.append(survey(rng, village, items, day(rng, *_AGAIN), surveyors))
        elif likely(rng, percent):
            surveys.append(survey(rng, village, items, day(rng, first, last), surveyors))
    return surveys


def survey(
    rng: Random, village: Village, items: Sequence[SurveyItem], surveyed_on: date, surveyors: tuple[str, ...]
) -> Survey:
    """The survey of one village on a day. items: what it asks; surveyors: one of them did it."""
    return Survey(
        village_code=village.code,
        surveyed_on=surveyed_on,
        counts=_counts(rng, village, items),
        surveyed_by=rng.choice(surveyors),
        note=rng.choice(words("surveys")["notes"]) if likely(rng, 8) else None,
    )


def _counts(rng: Random, village: Village, items: Sequence[SurveyItem]) -> dict[str, int]:
    """The counts of a village. Of what nobody has invented figures for it is the usual share of the persons."""
    households = max(3, int(village.households * rng.uniform(0.05, 0.18)))
    persons = min(village.persons, int(households * rng.uniform(1.6, 2.3)))
    asked = min(persons, between(rng, 15, 60))
    groups = {
        item.column: int(persons * rng.uniform(*_GROUP_SHARES.get(item.column, _USUAL_SHARE)))
        for item in items
        if item.group != ALL
    }
    aware = int(asked * rng.triangular(0.25, 0.95, 0.65))
    known = {"poor_households": households, "poor_persons": persons, "hotline_asked": asked, "hotline_aware": aware}
    known |= groups
    for item in items:
        if item.column not in known:
            known[item.column] = int(known.get(item.whole, persons) * rng.uniform(*_USUAL_SHARE))
    return known


def rows(surveys: Iterable[Survey]) -> list[Row]:
    """The rows of `village_surveys`."""
    return [_row(survey) for survey in surveys]


def _row(survey: Survey) -> Row:
    return {key: value for key, value in survey._asdict().items() if key != "counts"} | dict(survey.counts)


def needs(county: County, surveys: Iterable[Survey], scenario: Scenario) -> list[Row]:
    """The rows of `needs`, never more persons than the group had in the village's latest survey."""
    rng = scenario.chance("needs", county.code)
    latest = {survey.village_code: survey for survey in sorted(surveys, key=_village_and_day)}
    return [row for survey in latest.values() for row in _needs(rng, survey)]


def _village_and_day(survey: Survey) -> tuple[str, date]:
    return survey.village_code, survey.surveyed_on


def _needs(rng: Random, survey: Survey) -> Iterator[Row]:
    for group, matters in _NEEDS.items():
        size = survey.counts[group]
        for matter, (percent, share) in matters.items():
            if size and likely(rng, percent):
                persons = between(rng, 1, max(1, int(size * share)))
                yield {
                    "village_code": survey.village_code,
                    "group": group,
                    "matter": matter,
                    "persons": persons,
                }
