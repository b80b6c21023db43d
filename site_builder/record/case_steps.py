"""A model case on its way up: which of its steps have passed it, which have sent it back, which are still to come.

The notice asks for reviews level by level: the county, the prefecture (a pilot city reviews for itself), the province.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from site_builder.record.facts import is_department
from site_builder.record.records import Case, Records, group_by
from site_builder.record.unit_records import CaseReview

PASSED, RETURNED = "passed", "returned"
_PILOT_CITY = "pilot_city"


class Step(IntEnum):
    """A step of the way, the lowest first."""

    COUNTY = 1
    PREFECTURE = 2
    PROVINCE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How far a case has come. passed: the last day of each step that passed it; missing: the steps that have not."""

    passed: Mapping[Step, date]
    returned: tuple[CaseReview, ...]
    missing: tuple[Step, ...]

    @property
    def is_through(self) -> bool:
        """Whether every step has passed it, and none has sent it back."""
        return not self.returned and not self.missing


def step_of(unit_code: str) -> Step:
    """At which step a unit reviews: a county or pilot city, a prefecture, a department of the province."""
    if is_department(unit_code):
        return Step.PROVINCE
    return Step.PREFECTURE if len(unit_code) == 4 else Step.COUNTY


def ways(records: Records) -> dict[str, Way]:
    """The way of each case on record, by its number."""
    reviews = group_by(records.case_reviews, lambda review: review.case_id)
    cities = {unit.unit_code for unit in records.responsible_units if unit.level == _PILOT_CITY}
    return {case.case_id: _way(reviews.get(case.case_id, ()), case.county_code in cities) for case in records.cases}


def _way(reviews: list[CaseReview] | tuple[()], is_of_pilot_city: bool) -> Way:
    passed: dict[Step, date] = {}
    for review in reviews:
        if review.outcome == PASSED:
            step = step_of(review.unit_code)
            passed[step] = max(review.reviewed_on, passed.get(step, date.min))
    asked = [step for step in Step if not (is_of_pilot_city and step is Step.PREFECTURE)]
    return Way(
        passed=passed,
        returned=tuple(review for review in reviews if review.outcome == RETURNED),
        missing=tuple(step for step in asked if step not in passed),
    )


def published_cases(records: Records) -> list[Case]:
    """The cases that are published and counted: every step has passed them, and the day of that is on record."""
    found = ways(records)
    return [case for case in records.cases if case.reviewed_on and found[case.case_id].is_through]
