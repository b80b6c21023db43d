"""Pilots and cases as the public gets them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from site_builder import checks
from site_builder.model import campaign
from site_builder.model.schemas import Schemas
from site_builder.publication.gate import Gate
from site_builder.publication.programme import public_cases, public_pilots
from site_builder.publication.public import PublicRecords
from site_builder.publication.standing import milestone_standings

Public = Callable[[], PublicRecords]


def test_a_pilot_leads_to_its_county_where_it_is_one(root: Path, known: Schemas) -> None:
    """A county on record is named by its code; a city's own level, or a county without data, is not."""
    records = checks.check(root, campaign.load(root), known).records
    pilot = records.pilots[0]
    changed = replace(records, pilots=tuple(replace(pilot, area_code=code) for code in ("2205", "220881", "220999")))
    assert [each.county_code for each in public_pilots(changed, Gate(known))] == ["", "220881", ""]


def test_cases_stand_with_the_latest_reviewed_first(root: Path, known: Schemas) -> None:
    """By the day of the review, then by number; a case of no special group has none."""
    records = checks.check(root, campaign.load(root), known).records
    case = replace(records.cases[0], group="")
    days = [("C-2018-001", date(2018, 5, 1)), ("C-2018-002", date(2018, 6, 1)), ("C-2018-003", date(2018, 6, 1))]
    changed = replace(
        records,
        cases=tuple(replace(case, case_id=name, reviewed_on=day) for name, day in days),
        case_reviews=tuple(replace(each, case_id=name) for each in records.case_reviews for name, _ in days),
    )
    found = public_cases(changed, Gate(known))
    assert [(each.case_id, each.group) for each in found] == [
        ("C-2018-003", ""),
        ("C-2018-002", ""),
        ("C-2018-001", ""),
    ]


@pytest.mark.parametrize("unit", ["220881", "2208", "22-01"])
@pytest.mark.parametrize("outcome", ["returned", ""])
def test_a_case_is_public_only_where_every_step_has_passed_it(
    root: Path, known: Schemas, unit: str, outcome: str
) -> None:
    """County, prefecture and province: sent back by one of them or not yet reviewed, it is not published."""
    records = checks.check(root, campaign.load(root), known).records
    assert len(public_cases(records, Gate(known))) == 1
    others = [each for each in records.case_reviews if each.unit_code != unit]
    own = [replace(each, outcome=outcome) for each in records.case_reviews if outcome and each.unit_code == unit]
    assert public_cases(replace(records, case_reviews=(*others, *own)), Gate(known)) == ()


def test_a_pilot_city_needs_no_step_of_a_prefecture(root: Path, known: Schemas) -> None:
    """It reviews for itself, and then the province does."""
    records = checks.check(root, campaign.load(root), known).records
    units = tuple(
        replace(unit, level="pilot_city") if unit.unit_code == "220881" else unit for unit in records.responsible_units
    )
    reviews = tuple(each for each in records.case_reviews if each.unit_code != "2208")
    assert public_cases(replace(records, case_reviews=reviews), Gate(known)) == ()
    assert len(public_cases(replace(records, case_reviews=reviews, responsible_units=units), Gate(known))) == 1


def test_a_case_without_the_day_of_its_approval_is_not_public(root: Path, known: Schemas) -> None:
    """Registered and on its way, it is nobody's business yet."""
    records = checks.check(root, campaign.load(root), known).records
    case = replace(records.cases[0], reviewed_on=None)
    assert public_cases(replace(records, cases=(case,)), Gate(known)) == ()


def test_the_pilots_milestone_counts_those_that_have_started(public: Public) -> None:
    """Reached when all have; not without any on record, and a pilot of tomorrow or without a day has not started."""
    records = public()
    pilot, day = records.pilots[0], records.campaign.data_as_of
    milestone = records.campaign.milestones[0].model_copy(update={"key": "pilots_start"})
    settings = records.campaign.model_copy(update={"milestones": [milestone]})
    for days, counted in (([], (0, 1)), ([day], (1, 1)), ([day, None], (1, 2)), ([date(2099, 1, 1)], (0, 1))):
        pilots = tuple(replace(pilot, started_on=each) for each in days)
        (standing,) = milestone_standings(replace(records, pilots=pilots, campaign=settings))
        assert (standing.done, standing.planned) == counted
