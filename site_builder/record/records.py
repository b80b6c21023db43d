"""The records: one frozen dataclass per table.

Field names are those of survey_schemas/. An empty cell is "" in a text field and None elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from site_builder.record.base import Origin as Origin  # noqa: PLC0414  (every record is imported from here)
from site_builder.record.base import Record as Record  # noqa: PLC0414  (the same)
from site_builder.record.unit_records import (
    CaseReview,
    CountySurvey,
    Helpers,
    PilotMonth,
    QualityAssessment,
    SpecialAction,
    StationWork,
    UnitCheck,
    UnitTarget,
    UnitWork,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Division(Record):
    """A unit of the gazetteer; codes of 2, 4, 6, 9 and 12 digits from province to village."""

    code: str
    name: str
    level: str
    parent_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class County(Record):
    """A county and its legal-aid centre."""

    county_code: str
    submitting_body: str
    legal_aid_centre: str
    address: str
    office_phone: str
    supervision_phone: str
    phone_publication: str
    budget_included_on: date | None
    data_status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Village(Record):
    """A poor village of a campaign year."""

    village_code: str
    campaign_year: int
    township_code: str
    name: str
    households: int | None
    persons: int | None
    consultation_platform: str
    data_status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Liaison(Record):
    """One liaison's time in one village; a later one follows, earlier ones stay."""

    village_code: str
    from_date: date
    to_date: date | None
    name: str
    role: str
    work_phone: str
    phone_consent: bool | None
    appointing_body: str
    posted_on: date | None
    posting_verified_on: date | None
    posting_verified_by: str
    data_status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Window(Record):
    """A legal-aid window in a poor county."""

    window_id: str
    county_code: str
    campaign_year: int
    name: str
    address: str
    way_in: str
    hours: str
    phone: str
    responsible_person: str
    longitude: float | None
    latitude: float | None
    opened_on: date | None
    moved_on: date | None
    earlier_address: str
    plaque_hung_on: date | None
    board_hung_on: date | None
    means_test_waived: bool | None
    priority_reception: bool | None
    priority_acceptance: bool | None
    priority_assignment: bool | None
    priority_handling: bool | None
    priority_follow_up: bool | None
    service_team: str
    data_status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VillageSurvey(Record):
    """A survey of one village on one day. counts: by column, what the schema says it counts; None where it is blank."""

    village_code: str
    surveyed_on: date
    counts: Mapping[str, int | None]
    surveyed_by: str
    note: str
    data_status: str


def value_of(record: Record, column: str) -> object:
    """What a record holds in a column of its table; a survey keeps what it counts apart from its other fields."""
    if isinstance(record, VillageSurvey) and column in record.counts:
        return record.counts[column]
    return getattr(record, column)


@dataclass(frozen=True, slots=True, kw_only=True)
class Need(Record):
    """How many persons of a group in a village need help in a matter."""

    village_code: str
    group: str
    matter: str
    persons: int
    data_status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback(Record):
    """An opinion about the hotline and what became of it."""

    feedback_id: str
    county_code: str
    village_code: str
    received_on: date
    channel: str
    kind: str
    text: str
    handled_on: date | None
    reply: str
    public_question: str
    public_reply: str
    reviewed_on: date | None
    data_status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Material(Record):
    """A plaque, board or leaflet of the campaign."""

    material_id: str
    kind: str
    title: str
    purpose: str
    size: str
    edition: str
    issued_on: date | None
    file: str
    data_status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery(Record):
    """What a county or village received of one material, and whether it hangs."""

    recipient_code: str
    material_id: str
    quantity: int
    delivered_on: date
    hung_on: date | None
    verified_on: date | None
    verified_by: str
    data_status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity(Record):
    """A publicity event or visit."""

    activity_id: str
    county_code: str
    village_code: str
    kind: str
    title: str
    held_on: date
    place: str
    people_reached: int | None
    materials_given: int | None
    data_status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Station(Record):
    """A duty-lawyer station."""

    station_id: str
    county_code: str
    kind: str
    name: str
    address: str
    phone: str
    hours: str
    opened_on: date | None
    model_station: bool | None
    data_status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pilot(Record):
    """An area where every criminal defendant has a lawyer."""

    area_code: str
    scope: str
    started_on: date
    data_status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponsibleUnit(Record):
    """A place or a department that carries out the notice: its plan, its leading group, a city's budget."""

    unit_code: str
    name: str
    level: str
    plan_reported_on: date | None
    group_formed_on: date | None
    group_head: str
    office_at: str
    budget_included_on: date | None
    data_status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Case(Record):
    """An anonymised model case. reviewed_on: the day of its approval, None while it is on its way."""

    case_id: str
    county_code: str
    matter: str
    group: str
    title: str
    closed_on: date | None
    reviewed_on: date | None
    page: str
    data_status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator(Record):
    """One figure of the reports, of one county and period: as the county sees it, as verified, as the panel finds."""

    county_code: str
    period: str
    indicator: str
    self_value: int
    verified_value: int | None
    verification_method: str
    verified_on: date | None
    verified_by: str
    panel_value: int | None
    panel_on: date | None
    panel: str
    data_status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission(Record):
    """A file that a county sent, or a change that the office made by itself."""

    file_hash: str
    county_code: str
    source: str
    received_on: date
    submitted_by: str
    file_name: str
    kit_version: str
    tables: str
    accepted_rows: str
    data_status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedCount(Record):
    """A count of one edition of the figures, with its sums; hidden ones are kept for the editions to come."""

    edition: date
    area_code: str
    item: str
    group: str
    matter: str
    count: int
    hidden: bool
    data_status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """All records of the campaign, each tuple in the order of the files and their rows."""

    divisions: tuple[Division, ...] = ()
    counties: tuple[County, ...] = ()
    villages: tuple[Village, ...] = ()
    liaisons: tuple[Liaison, ...] = ()
    windows: tuple[Window, ...] = ()
    village_surveys: tuple[VillageSurvey, ...] = ()
    needs: tuple[Need, ...] = ()
    feedback: tuple[Feedback, ...] = ()
    materials: tuple[Material, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    activities: tuple[Activity, ...] = ()
    stations: tuple[Station, ...] = ()
    pilots: tuple[Pilot, ...] = ()
    responsible_units: tuple[ResponsibleUnit, ...] = ()
    helpers: tuple[Helpers, ...] = ()
    special_actions: tuple[SpecialAction, ...] = ()
    quality_assessments: tuple[QualityAssessment, ...] = ()
    case_reviews: tuple[CaseReview, ...] = ()
    pilot_months: tuple[PilotMonth, ...] = ()
    station_work: tuple[StationWork, ...] = ()
    county_surveys: tuple[CountySurvey, ...] = ()
    unit_work: tuple[UnitWork, ...] = ()
    unit_checks: tuple[UnitCheck, ...] = ()
    unit_targets: tuple[UnitTarget, ...] = ()
    cases: tuple[Case, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    submissions: tuple[Submission, ...] = ()
    published_counts: tuple[PublishedCount, ...] = ()


TYPES: Mapping[str, type[Record]] = {
    "divisions": Division,
    "counties": County,
    "villages": Village,
    "liaisons": Liaison,
    "windows": Window,
    "village_surveys": VillageSurvey,
    "needs": Need,
    "feedback": Feedback,
    "materials": Material,
    "deliveries": Delivery,
    "activities": Activity,
    "stations": Station,
    "pilots": Pilot,
    "responsible_units": ResponsibleUnit,
    "helpers": Helpers,
    "special_actions": SpecialAction,
    "quality_assessments": QualityAssessment,
    "case_reviews": CaseReview,
    "pilot_months": PilotMonth,
    "station_work": StationWork,
    "county_surveys": CountySurvey,
    "unit_work": UnitWork,
    "unit_checks": UnitCheck,
    "unit_targets": UnitTarget,
    "cases": Case,
    "indicators": Indicator,
    "submissions": Submission,
    "published_counts": PublishedCount,
}


def latest_surveys(surveys: Iterable[VillageSurvey]) -> dict[str, VillageSurvey]:
    """The latest survey of each village, by village code."""
    return {survey.village_code: survey for survey in sorted(surveys, key=lambda survey: survey.surveyed_on)}


_Key = TypeVar("_Key")
_Record = TypeVar("_Record", bound=Record)


def group_by(records: Iterable[_Record], key: Callable[[_Record], _Key]) -> dict[_Key, list[_Record]]:
    """The records by key, in their order."""
    groups: dict[_Key, list[_Record]] = {}
    for record in records:
        groups.setdefault(key(record), []).append(record)
    return groups
