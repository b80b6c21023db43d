"""The records of what units that carry out the notice report beside their plan: one frozen dataclass per table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from site_builder.record.base import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Helpers(Record):
    """How many lawyers or volunteers of a kind help a unit, and with how many cases."""

    unit_code: str
    kind: str
    persons: int
    cases: int | None
    counted_on: date
    data_status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialAction(Record):
    """A unit's special action for a group of people: when, and what was done."""

    unit_code: str
    group: str
    from_date: date
    to_date: date | None
    title: str
    done: str
    events: int | None
    persons_helped: int | None
    data_status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityAssessment(Record):
    """A prefecture's assessment of case files in a period: how many were sampled, what was found, what follows."""

    unit_code: str
    period: str
    assessed_on: date
    cases_sampled: int
    cases_good: int | None
    cases_registered: int | None
    result: str
    measures: str
    data_status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseReview(Record):
    """What a unit found of a model case on its way up."""

    unit_code: str
    case_id: str
    received_on: date | None
    reviewed_on: date
    outcome: str
    note: str
    data_status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PilotMonth(Record):
    """A month of a pilot area: defendants, who defended them, help by duty lawyers, lawyers lent, money."""

    unit_code: str
    period: str
    reported_on: date
    defendants: int
    defended_by_aid: int
    defended_by_own: int
    duty_lawyer_help: int | None
    supporting_lawyers: int | None
    funds_yuan: int | None
    data_status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StationWork(Record):
    """What a place's duty-lawyer stations of a kind did in a period: days on duty, persons helped, what was agreed."""

    unit_code: str
    period: str
    kind: str
    reported_on: date
    duty_days: int
    persons_helped: int
    mechanism: str
    data_status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CountySurvey(Record):
    """A survey of a county as a whole by a unit of some level."""

    unit_code: str
    area_code: str
    surveyed_on: date
    poor_households: int | None
    poor_persons: int | None
    needs: str
    data_status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitWork(Record):
    """Something that a unit did beside the cases: guidance, a report to the government, publicity, a training."""

    unit_code: str
    done_on: date
    kind: str
    title: str
    addressed_to: str
    media: str
    persons: int | None
    data_status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitCheck(Record):
    """What a unit found when it looked into a county: how, at what, at how many, and how many were as reported."""

    unit_code: str
    area_code: str
    checked_on: date
    method: str
    subject: str
    looked_at: int
    as_reported: int
    found: str
    data_status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitTarget(Record):
    """What a unit is to reach of an indicator: how, by when, and who answers for it."""

    unit_code: str
    indicator: str
    set_on: date
    target: int
    measures: str
    due_on: date | None
    person_in_charge: str
    data_status: str
