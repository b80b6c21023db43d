"""The public records: the only thing a renderer may receive. Codes have become Chinese titles here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from site_builder.disclosure.proof.published import PublishedEdition
from site_builder.model import window_duties
from site_builder.model.campaign import Campaign
from site_builder.model.survey import SurveyItem
from site_builder.publication.duties.reported import Evidence, UnitReports
from site_builder.publication.gate import (
    PART,
    Count,
    PublicRecord,
    derived,
    is_surveyed,
    liaison_phone,
    over_on,
    public_duties,
    ruled,
    title_of,
)
from site_builder.publication.policies import TablePolicy


def _county(village_code: str) -> str:
    return village_code[:6]


def _prefecture(county_code: str) -> str:
    return county_code[:4]


def _second(_: str, second: str) -> str:
    return second


def _villages(recipients: Sequence[str]) -> int:
    return sum(len(code) == 12 for code in recipients)


def _known(days: Sequence[date | None]) -> int:
    return sum(day is not None for day in days)


def _latest(days: Sequence[date | None]) -> date | None:
    return max((day for day in days if day), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicLiaison(PublicRecord):
    """A serving liaison; role is a Chinese title, role_code its code; phone is "" unless county and liaison agreed."""

    name: str
    role: str = field(metadata=title_of("liaisons.role"))
    role_code: str = field(metadata=derived("liaisons.role"))
    phone: str = field(metadata=ruled(liaison_phone, "liaisons", "counties"))
    from_date: date | None
    appointing_body: str
    posted_on: date | None
    posting_verified_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerLiaison(PublicRecord):
    """A liaison who has left: history without contact."""

    name: str
    role: str = field(metadata=title_of("liaisons.role"))
    from_date: date | None
    to_date: date | None
    posted_on: date | None
    posting_verified_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicVillage(PublicRecord):
    """A poor village with its liaison, if it has one now, and the earlier ones, latest first."""

    code: str = field(metadata=derived("villages.village_code"))
    name: str
    township: str = field(metadata=derived("divisions.name"))
    county_code: str = field(metadata=derived("villages.village_code", value=_county))
    campaign_year: int
    consultation_platform: str
    liaison: PublicLiaison | None = field(metadata=PART)
    former: tuple[FormerLiaison, ...] = field(metadata=PART)
    surveyed: bool = field(metadata=ruled(is_surveyed, "village_surveys"))


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicWindow(PublicRecord):
    """A legal-aid window. way_in: a code, "" where nobody has looked. duties: what the notice lists, if public."""

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
    duties: tuple[str, ...] = field(metadata=ruled(public_duties, "windows"))

    @property
    def lacks(self) -> tuple[str, ...]:
        """What the notice lists for it and is not done; nothing where the window is built."""
        return window_duties.lacking(self, self.duties)

    def has_begun(self, day: date) -> bool:
        """Whether the window was there on a day: it had opened, or its plaque or its board hung."""
        return any(first and first <= day for first in (self.opened_on, self.plaque_hung_on, self.board_hung_on))


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicActivity(PublicRecord):
    """A publicity event or visit, under its number for the public; kind is a Chinese title, kind_code its code.

    people_reached: None where unknown or not published. over_on: its end; of a visit at home, else blank, the month's.
    """

    activity_id: str
    kind: str = field(metadata=title_of("activities.kind"))
    kind_code: str = field(metadata=derived("activities.kind"))
    title: str
    held_on: date | None
    place: str
    people_reached: int | None
    over_on: date | None = field(metadata=ruled(over_on, "activities"))

    def is_held(self, day: date) -> bool:
        """Whether it is over on a day; until then it is announced."""
        return self.over_on is not None and self.over_on <= day


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicStation(PublicRecord):
    """A duty-lawyer station; kind is a Chinese title, kind_code its code."""

    station_id: str
    kind: str = field(metadata=title_of("stations.kind"))
    kind_code: str = field(metadata=derived("stations.kind"))
    name: str
    address: str
    phone: str
    hours: str
    model_station: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicPilot(PublicRecord):
    """An area where every criminal defendant has a lawyer. county_code: "" where the area is no county."""

    area_code: str
    scope: str
    started_on: date | None
    county_code: str = field(metadata=derived("pilots.area_code", "counties.county_code", value=_second))


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicUnit(PublicRecord):
    """A place or a department that carries out the notice; level_code is a code."""

    unit_code: str
    name: str
    level_code: str = field(metadata=derived("responsible_units.level"))
    plan_reported_on: date | None
    group_formed_on: date | None
    group_head: str
    office_at: str
    budget_included_on: date | None
    evidence: tuple[Evidence, ...] = field(metadata=PART)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicCase(PublicRecord):
    """A reviewed, anonymised model case; matter and group are Chinese titles, page its text below content/pages."""

    case_id: str
    county_code: str
    matter: str = field(metadata=title_of("cases.matter"))
    group: str = field(metadata=title_of("cases.group"))
    title: str
    closed_on: date | None
    reviewed_on: date | None
    page: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(PublicRecord):
    """A reviewed question about the hotline with its reviewed answer; nothing says who asked, or where."""

    public_question: str
    public_reply: str
    reviewed_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackCount:
    """How much feedback of one kind came in, and how much of it is handled, rounded; kind is a Chinese title."""

    kind: str
    received: Count
    handled: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicFeedback:
    """What is published of feedback on the hotline: counts by kind and over all, and the answers, the latest first."""

    kinds: tuple[FeedbackCount, ...]
    total: FeedbackCount
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicMaterial(PublicRecord):
    """A plaque, board, leaflet …; kind is a Chinese title."""

    material_id: str
    kind: str = field(metadata=title_of("materials.kind"))
    title: str
    purpose: str
    size: str
    edition: str
    issued_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered(PublicRecord):
    """What a county and its villages received of one material: pieces, places reached, hung and verified, and when.

    villages: how many of the places are villages. None where it is not public, and where there is no such day.
    """

    material_id: str = field(metadata=derived("deliveries.material_id", value=min))
    pieces: int | None = field(metadata=derived("deliveries.quantity", value=sum))
    places: int = field(metadata=derived("deliveries.recipient_code", value=len))
    villages: int = field(metadata=derived("deliveries.recipient_code", value=_villages))
    hung: int | None = field(metadata=derived("deliveries.hung_on", value=_known))
    verified: int | None = field(metadata=derived("deliveries.verified_on", value=_known))
    last_delivered_on: date | None = field(metadata=derived("deliveries.delivered_on", value=_latest))
    last_verified_on: date | None = field(metadata=derived("deliveries.verified_on", value=_latest))


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaFigures(PublicRecord):
    """An area's figures of the newest edition; "all" stands for every group or every matter.

    villages: how many were surveyed; survey: by (item, group); needs: by (group, matter), without what nobody needs.
    """

    villages: int
    survey: Mapping[tuple[str, str], Count]
    needs: Mapping[tuple[str, str], Count]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The newest edition: its day, None while there is none, and the figures by area code (2, 4 or 6 digits)."""

    edition: date | None
    areas: Mapping[str, AreaFigures]


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress(PublicRecord):
    """How many villages have come how far."""

    villages: int
    named: int
    posted: int
    verified: int
    surveyed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicCounty(PublicRecord):
    """A county with everything that its pages show. figures: None while no edition holds any of it.

    held_back: None, or the day that its data reach, where an earlier state stands for a return with errors.
    """

    code: str = field(metadata=derived("counties.county_code"))
    name: str = field(metadata=derived("divisions.name"))
    prefecture_code: str = field(metadata=derived("counties.county_code", value=_prefecture))
    submitting_body: str
    legal_aid_centre: str
    address: str
    office_phone: str
    supervision_phone: str
    budget_included_on: date | None
    villages: tuple[PublicVillage, ...] = field(metadata=PART)
    windows: tuple[PublicWindow, ...] = field(metadata=PART)
    activities: tuple[PublicActivity, ...] = field(metadata=PART)
    stations: tuple[PublicStation, ...] = field(metadata=PART)
    delivered: tuple[Delivered, ...] = field(metadata=PART)
    figures: AreaFigures | None = field(metadata=PART)
    progress: Mapping[int, Progress] = field(metadata=PART)
    held_back: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicChange:
    """A change that a dated record shows. kind: a key of the words `changes`.

    place_code: a village's code or a window's id; place: its name; township: "" for a window; person: the liaison
    that it is about, "" where there is nobody; before: whom the liaison replaced, or from where the window moved, else
    ""; since: the liaison's first day, or that of a window's move, which identifies the move.
    """

    day: date
    kind: str
    county_code: str
    place_code: str
    township: str
    place: str
    person: str
    before: str
    since: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenField:
    """A column of an open table. type: of Table Schema; constraints: of what is published; choices: titles by code."""

    name: str
    title: str
    type: str
    description: str
    constraints: Mapping[str, object] = field(default_factory=dict)
    choices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenKey:
    """A column of an open table that names a record of an open table, which may be its own."""

    field: str
    table: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTable:
    """A table for download: cells as text, in the order of the fields. foreign_keys: those to other open tables."""

    name: str
    title: str
    description: str
    fields: tuple[OpenField, ...]
    key: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    foreign_keys: tuple[OpenKey, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicRecords:
    """Everything that may be shown: counties in the order of their codes, of changes and cases the latest first.

    prefectures, groups, matters: names by code; units: who carries out the notice; past: by each period's last day.
    """

    campaign: Campaign
    province: str
    prefectures: Mapping[str, str]
    groups: Mapping[str, str]
    matters: Mapping[str, str]
    survey_items: tuple[SurveyItem, ...]
    figures: Figures
    editions: tuple[PublishedEdition, ...]
    counties: tuple[PublicCounty, ...]
    changes: tuple[PublicChange, ...]
    materials: tuple[PublicMaterial, ...]
    pilots: tuple[PublicPilot, ...]
    units: tuple[PublicUnit, ...]
    reports: UnitReports
    cases: tuple[PublicCase, ...]
    feedback: PublicFeedback
    tables: tuple[OpenTable, ...]
    policies: tuple[TablePolicy, ...]
    past: Mapping[date, PublicRecords] = field(default_factory=dict)
