"""A small county with its phone forms, and a survey and a questionnaire as somebody would fill them in."""

from __future__ import annotations

import copy
from functools import cache
from pathlib import Path
from typing import Any

from site_builder.kit.county import KitCounty, KitVillage
from site_builder.kit.phone import phone_forms
from site_builder.model import campaign, forms, schemas
from site_builder.model.campaign import Campaign
from site_builder.model.forms import Forms
from site_builder.model.schemas import Schemas

PROJECT = Path(__file__).resolve().parents[2]
SURVEY_FILE, RESIDENTS_FILE = "手机表-摸底调查-220881.xlsx", "手机表-热线问卷-220881.xlsx"
VILLAGES = (
    KitVillage(code="220881100200", name="瓦房村", township="瓦房镇", year=2018),
    KitVillage(code="220881100201", name="荣华村", township="瓦房镇", year=2018),
    KitVillage(code="220881105228", name="荣华村", township="黑水镇", year=2018),
)
COUNTY = KitCounty(
    code="220881",
    name="洮南市",
    legal_aid_centre="洮南市法律援助中心",
    submitting_body="白城市司法局",
    villages=VILLAGES,
    rows={},
    window_years=(2018,),
    periods=("2018-01", "2018-Q1", "2018"),
    materials={},
)
MARKS = {"kit_version": "2018.4", "county_code": "220881", "data_status": "demo"}
SURVEY: dict[str, Any] = {
    "place": {"township": "220881100", "village_code": "220881100201", "surveyed_on": "2018-05-16"},
    "people": {
        "poor_households": "20",
        "poor_persons": "50",
        "migrant_workers": "12",
        "elderly": "15",
        "disabled": "4",
        "left_behind_women": "6",
        "left_behind_children": "0",
    },
    "hotline": {"hotline_asked": "30", "hotline_aware": "18"},
    "closing": {"surveyed_by": "调查甲", "note": "部分农户外出"},
    "needs_asked": "yes",
    "needs": [
        {"need": {"group": "elderly", "matter": "support_payments", "persons": "4"}},
        {"need": {"group": "migrant_workers", "matter": "labour_pay", "persons": "7"}},
    ],
    "needs_counted": "2",
    **MARKS,
    "meta": {"instanceID": "uuid:00000000-0000-4000-8000-000000000001"},
}
RESIDENT: dict[str, Any] = {
    "place": {"township": "220881100", "village_code": "220881100201", "surveyed_on": "2018-05-16"},
    "answers": {
        "aware": "yes",
        "heard_from": "liaison poster",
        "called": "yes",
        "got_through": "no",
        "kind": "unreachable",
        "text": "希望晚上也有人接电话",
    },
    **MARKS,
    "meta": {"instanceID": "uuid:00000000-0000-4000-8000-000000000001"},
}


@cache
def settings() -> tuple[Forms, Schemas, Campaign]:
    """The project's own forms, schemas and settings."""
    known = schemas.load(PROJECT)
    return forms.load(PROJECT, known), known, campaign.load(PROJECT / "demonstration")


def phone_files() -> dict[str, bytes]:
    """The county's phone forms by file name."""
    return phone_forms(COUNTY, *settings())


def survey(number: int = 1, **changes: Any) -> dict[str, Any]:  # noqa: ANN401
    """A filled-in survey; changes: answers by name, wherever they stand."""
    return _changed(SURVEY, number, changes)


def resident(number: int = 1, **changes: Any) -> dict[str, Any]:  # noqa: ANN401
    """A filled-in questionnaire; changes: answers by name, wherever they stand."""
    return _changed(RESIDENT, number, changes)


def _changed(answers: dict[str, Any], number: int, changes: dict[str, Any]) -> dict[str, Any]:
    changed = copy.deepcopy(answers)
    changed["meta"]["instanceID"] = f"uuid:00000000-0000-4000-8000-{number:012}"
    for name, value in changes.items():
        holder = next((group for group in changed.values() if isinstance(group, dict) and name in group), changed)
        holder[name] = value
    return changed
