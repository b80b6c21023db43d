"""What the notice undertakes: a register of duties, and each of its sentences with its place in the site.

content/undertakings.yml, read strictly. A duty names the rule that counts it, or says why none does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from site_builder.shared import strict_yaml
from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem, layout

FILE = "content/undertakings.yml"
_Words = Annotated[str, Field(min_length=1, max_length=60)]
_Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]


class CountingRule(StrEnum):
    """The rules that count duties; site_builder.publication.duties.rules has each of them."""

    WINDOWS_BUILT = "windows_built"
    LIAISONS_NAMED = "liaisons_named"
    QUOTAS_FILLED = "quotas_filled"
    VILLAGES_SURVEYED = "villages_surveyed"
    POOR_COUNTED = "poor_counted"
    MATERIALS_DELIVERED = "materials_delivered"
    PROMISES_KEPT = "promises_kept"
    TEAM_VISITS = "team_visits"
    BUS_AND_HOME = "bus_and_home"
    SIGNS_AND_PERSON = "signs_and_person"
    HOTLINE_PUBLICISED = "hotline_publicised"
    OPINIONS_COLLECTED = "opinions_collected"
    LISTS_POSTED = "lists_posted"
    HOTLINE_KNOWN = "hotline_known"
    WINDOWS_GO_ON = "windows_go_on"
    PLATFORMS_GO_ON = "platforms_go_on"
    CASES_REVIEWED = "cases_reviewed"
    TRAININGS_HELD = "trainings_held"
    WINDOWS_RECEIVE = "windows_receive"
    STATIONS_OPEN = "stations_open"
    MODEL_STATIONS = "model_stations"
    PILOTS_STARTED = "pilots_started"
    BUDGETS_INCLUDED = "budgets_included"
    PUBLICITY_HELD = "publicity_held"
    PLANS_REPORTED = "plans_reported"
    GROUPS_FORMED = "groups_formed"
    CITY_BUDGETS_INCLUDED = "city_budgets_included"
    REPORTS_ISSUED = "reports_issued"
    SUPPORT_GIVEN = "support_given"
    COUNTIES_SURVEYED = "counties_surveyed"
    SPECIAL_ACTIONS = "special_actions"
    HELPERS_ENGAGED = "helpers_engaged"
    QUALITY_ASSESSED = "quality_assessed"
    CASES_REVIEWED_BY_LEVEL = "cases_reviewed_by_level"
    PILOTS_SUPPORTED = "pilots_supported"
    REPORTED_TO_GOVERNMENT = "reported_to_government"
    OFFICIALS_AND_MEDIA = "officials_and_media"
    INDICATORS_SET = "indicators_set"
    PERFORMANCE_MANAGED = "performance_managed"
    CHECKS_MADE = "checks_made"
    STATIONS_AT_WORK = "stations_at_work"


class Shown(StrEnum):
    """What the site shows of a duty: counted data, a page that explains it, or nothing, for it is the office's own."""

    DATA = "data"
    PAGE = "page"
    OFFICE = "office"


class Level(StrEnum):
    """Whose duty it is."""

    PROVINCE = "province"
    PREFECTURE = "prefecture"
    PILOT_CITY = "pilot_city"
    COUNTY = "county"
    VILLAGE = "village"


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Duty(_Model):
    """A duty of the notice: who does it, how it is measured, by when, and how it is evidenced.

    unit: what kind of office; person: who answers for it, by the post; due: the day, or milestone: the key of one of
    the settings that has it; counted_by: the rule that counts it, or not_counted: why none does, and then shown: what
    there is instead; verified_by: who looks whether it is so, and how.
    """

    key: _Name
    title: _Words
    levels: Annotated[tuple[Annotated[Level, Field(strict=False)], ...], Field(strict=False, min_length=1)]
    unit: _Words
    person: _Words
    measure: _Words
    due: date | None = None
    milestone: str = ""
    counted_by: Annotated[CountingRule, Field(strict=False)] | None = None
    not_counted: Annotated[str, Field(max_length=200)] = ""
    shown: Literal["page", "office"] | None = None
    verified_by: _Words

    @model_validator(mode="after")
    def _one_of_each(self) -> Self:
        has_reason = bool(self.not_counted and self.shown)
        if bool(self.due) == bool(self.milestone) or bool(self.counted_by) == has_reason:
            raise ValueError
        return self

    @property
    def shown_as(self) -> Shown:
        """What the site shows of it: data only where a rule counts it."""
        return Shown(self.shown) if self.shown else Shown.DATA


class Undertaking(_Model):
    """A sentence of the notice, the duty that it is about, and its place in the site."""

    duty: str
    says: Annotated[str, Field(min_length=1, max_length=300)]
    place: Annotated[str, Field(pattern=r"^[a-z0-9/_-]+\.html(?:#[a-z0-9-]+)?$")]
    where: _Words


class NoticePart(_Model):
    """A part of the notice. anchor: its heading in the notice's full text."""

    part: _Words
    anchor: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    undertakings: Annotated[tuple[Undertaking, ...], Field(strict=False)]


class Quota(_Model):
    """How many villages the province asks of an area: a prefecture, or a pilot city, which counts for itself alone."""

    area: Annotated[str, Field(pattern=r"^(?:[0-9]{4}|[0-9]{6})$")]
    villages: Annotated[int, Field(ge=0)]


class Quotas(_Model):
    """The quotas of the campaign's year, and whether they are invented."""

    data_status: Literal["demo", "official"]
    of_areas: Annotated[tuple[Quota, ...], Field(strict=False)]

    def area_of(self, county: str) -> str:
        """The area whose quota a county's villages fill; "" where it has none."""
        areas = {quota.area for quota in self.of_areas}
        return next((code for code in (county, county[:4]) if code in areas), "")


class Register(_Model):
    """Everything in content/undertakings.yml."""

    quotas: Quotas | None = None
    duties: Annotated[tuple[Duty, ...], Field(strict=False)] = ()
    parts: Annotated[tuple[NoticePart, ...], Field(strict=False)] = ()


def load(root: Path) -> Register:
    """Read the file. Raises CampaignError with every fault, each at its line."""
    register = strict_yaml.load(root, FILE, Register, "undertakings")
    problems = [_wrong(key, entered) for key, entered in _faults(register)]
    if problems:
        raise CampaignError(problems)
    return register


def _faults(register: Register) -> Iterator[tuple[str, str]]:
    """(what a line should hold, what stands there): duties that stand twice, and lines of none."""
    keys = Counter(duty.key for duty in register.duties)
    yield from (("key", key) for key, count in keys.items() if count > 1)
    milestones = Counter(duty.milestone for duty in register.duties if duty.milestone)
    yield from (("milestone", key) for key, count in milestones.items() if count > 1)
    lines = [each.duty for part in register.parts for each in part.undertakings]
    yield from (("duty", key) for key in dict.fromkeys(lines) if key not in keys)


def _wrong(key: str, entered: str) -> Problem:
    expected = layout()["undertakings"][key]
    return Problem(code=Code.SETTINGS_VALUE, file=FILE, entered=entered, details={"key": key, "expected": expected})


def misfits(register: Register, milestones: set[str], villages: int) -> Iterator[Problem]:
    """What does not fit the settings: milestones that are none, quotas that are not the year's villages together."""
    for duty in register.duties:
        if duty.milestone and duty.milestone not in milestones:
            yield _wrong("milestone", duty.milestone)
    quotas = register.quotas.of_areas if register.quotas else ()
    total = sum(quota.villages for quota in quotas)
    if quotas and total != villages:
        yield Problem(code=Code.QUOTA_SUM, file=FILE, details={"found": str(total), "target": str(villages)})
