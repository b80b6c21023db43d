"""The settings of this campaign: content/campaign.yml, read strictly; every fault is named with its line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from site_builder.model import content_files, narratives, programme, undertakings
from site_builder.model.narratives import Narrative
from site_builder.model.programme import Programme
from site_builder.model.undertakings import Register
from site_builder.shared import strict_yaml
from site_builder.shared.problems import CampaignError

FILE = "content/campaign.yml"

_CountyCode = Annotated[str, Field(pattern=r"^[0-9]{6}$")]
_Year = Annotated[int, Field(ge=2000, le=2100)]
_Words = Annotated[str, Field(min_length=1, max_length=60)]
_Line = Annotated[str, Field(max_length=60)]
_PLACE = r"https?://[A-Za-z0-9.-]+(?::[0-9]+)?/(?:[A-Za-z0-9._~%/-]*/)?"  # an address that ends in a slash


class _Settings(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class DataStatus(StrEnum):
    """Whether the data are invented for a demonstration or real."""

    DEMO = "demo"
    OFFICIAL = "official"


class Footer(_Settings):
    """The lines of a government site's footer; an empty one is not shown."""

    organiser: _Line
    operator: _Line
    phone: _Line
    icp_record: _Line
    police_record: _Line
    government_site_code: _Line


class Licence(_Settings):
    """Under what terms anyone may use the downloads: its short name as in https://spdx.org/licenses, title and text."""

    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9.-]{1,40}$")]
    title: _Words
    path: Annotated[str, Field(pattern=r"^https?://[!-~]+$", max_length=200)]


class Site(_Settings):
    """Where the site stands, an address that ends in a slash, its footer, and the source of pages that name none.

    handbook: where the staff's handbook is served, or ""; licence: that of the open data; without one nothing is said
    of it.
    """

    address: Annotated[str, Field(pattern=f"^{_PLACE}$")]
    handbook: Annotated[str, Field(pattern=f"^(?:{_PLACE})?$")] = ""
    source: _Line = ""
    licence: Licence | None = None
    footer: Footer


class Target(_Settings):
    """What one year promised: so many villages with a liaison, and windows in these counties."""

    year: _Year
    villages: Annotated[int, Field(ge=0)]
    window_counties: Annotated[tuple[_CountyCode, ...], Field(strict=False)]


class Milestone(_Settings):
    """A date of the notice by which something is to be done."""

    key: Annotated[str, Field(pattern=r"^[a-z][a-z_]*$")]
    due: date
    title: _Words


class PrivacyException(_Settings):
    """A kind of personal number that may stand at a place, for a reason, until a day.

    place: a path from the root, in which * stands for anything; column: of a CSV file, by its header, or "" for all.
    """

    kind: Annotated[str, Field(pattern=r"^(?:identity|card|mobile|passport|plate|email|qq|wechat)$")]
    place: Annotated[str, Field(min_length=1, max_length=200)]
    column: _Line = ""
    reason: _Words
    by: _Words
    until: date


class Map(_Settings):
    """Settings of the maps; an empty approval number is shown as pending, without a key there is no base layer."""

    approval_number: _Line
    tianditu_key: Annotated[str, Field(pattern=r"^(?:[0-9a-f]{32})?$")]


class ExtraHiding(_Settings):
    """How often chance hides a figure that could be shown: percent of those up to a size, and fewer of larger ones.

    Never none and never all: each figure may be shown and may be hidden, whatever it counts. reach: what each hidden
    figure must be able to be by all that is shown, in percent of the smallest publishable count.
    """

    percent: Annotated[int, Field(ge=10, le=90)] = 50
    up_to: Annotated[int, Field(ge=10, le=1000)] = 20
    least_percent: Annotated[int, Field(ge=1, le=10)] = 1
    reach: Annotated[int, Field(ge=100, le=300)] = 150


class Campaign(_Settings):
    """Everything in content/campaign.yml; beside it the undertakings, the programme and the reports' texts."""

    title: _Words
    short_title: _Words
    year: _Year
    province_code: Annotated[str, Field(pattern=r"^[0-9]{2}$")]
    data_status: Annotated[DataStatus, Field(strict=False)]
    data_as_of: date
    hotline: Annotated[str, Field(pattern=r"^[0-9]{5}$")]
    smallest_published_count: Annotated[int, Field(ge=10, le=1000)]
    fewest_published_villages: Annotated[int, Field(ge=2, le=100)]
    surveyed_percent_to_publish: Annotated[int, Field(ge=1, le=100)]
    extra_hiding: ExtraHiding = ExtraHiding()
    site: Site
    targets: Annotated[tuple[Target, ...], Field(strict=False, min_length=1)]
    milestones: Annotated[tuple[Milestone, ...], Field(strict=False)]
    map: Map
    # A county that posts public signs in Korean beside Chinese, and for how many days a posting hangs.
    korean_counties: Annotated[tuple[_CountyCode, ...], Field(strict=False)] = ()
    # The postcode of each county: directories of services want one with every address.
    postcodes: Mapping[_CountyCode, Annotated[str, Field(pattern=r"^[0-9]{6}$")]] = {}
    posting_days: Annotated[int, Field(ge=10, le=365)] = 10
    # The day of the next month by which a pilot area reports a month.
    pilot_months_due_day: Annotated[int, Field(ge=1, le=28)] = 10
    privacy_exceptions: Annotated[tuple[PrivacyException, ...], Field(strict=False)] = ()
    undertakings: Register = Register()
    programme: Programme = Programme()
    narratives: Mapping[str, Narrative] = {}


def load(root: Path) -> Campaign:
    """Read the settings under the project's root. Raises CampaignError with every fault, each at its line.

    Nobody reads the content without its settings, so this is also where a link out of the content is refused.
    """
    content_files.refuse_links(root)
    settings = strict_yaml.load(root, FILE, Campaign, "settings")
    register = undertakings.load(root)
    villages = sum(target.villages for target in settings.targets if target.year == settings.year)
    problems = list(undertakings.misfits(register, {each.key for each in settings.milestones}, villages))
    if problems:
        raise CampaignError(problems)
    others = {"undertakings": register, "programme": programme.load(root), "narratives": narratives.load(root)}
    return settings.model_copy(update=others)
