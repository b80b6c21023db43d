"""The gate: only what a field's policy allows, and no small count."""

import json
import shutil
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny_campaign import PROJECT

from site_builder.model import schemas
from site_builder.model.schemas import Policy, Schemas
from site_builder.publication.gate import HIDDEN, Gate, liaison_phone, masked, people_reached, published_count
from site_builder.publication.public import FormerLiaison, PublicRecords, PublicWindow
from site_builder.record.records import Activity, County, Liaison, Origin, PublishedCount, Window
from site_builder.shared.problems import CampaignError

Public = Callable[[], PublicRecords]
SECRETS = [
    "核验甲",
    "调查甲",
    "报送甲",
    "内部说明",
    "意见原文",
    "内部答复",
    "13800000000",
    "13900005678",
    "13900001234",
]


def everything(records: PublicRecords) -> str:
    return repr(records)


def liaison(**changes: object) -> Liaison:
    values: dict[str, object] = {
        "origin": Origin("x", 2),
        "village_code": "220881100200",
        "from_date": date(2018, 3, 1),
        "to_date": None,
        "name": "朴银姬",
        "role": "mediator",
        "work_phone": "13812345678",
        "phone_consent": True,
        "appointing_body": "中心",
        "posted_on": None,
        "posting_verified_on": None,
        "posting_verified_by": "核验甲",
        "data_status": "demo",
    }
    return Liaison(**(values | changes))  # type: ignore[arg-type]


def county(phone_publication: str) -> County:
    return County(
        origin=Origin("x", 2),
        county_code="220881",
        submitting_body="",
        legal_aid_centre="",
        address="",
        office_phone="",
        supervision_phone="",
        phone_publication=phone_publication,
        budget_included_on=None,
        data_status="demo",
    )


@pytest.mark.parametrize("secret", SECRETS)
def test_nothing_internal_is_in_the_public_records(public: Public, secret: str) -> None:
    """Names of staff, free text, notes and phones of the tiny campaign are nowhere in what a renderer gets."""
    assert secret not in everything(public())


def test_a_field_passes_only_by_its_policy(known: Schemas) -> None:
    """Of a record, exactly the public and masked fields pass."""
    passed = Gate(known).allowed(liaison())
    policies = {field.name: field.policy for field in known.tables["liaisons"].fields}
    assert set(passed) == {name for name, policy in policies.items() if policy in (Policy.PUBLIC, Policy.MASKED)}
    assert passed["work_phone"] == "138****5678"


def test_a_field_without_a_policy_is_internal(tmp_path: Path) -> None:
    """A schema that says nothing of a field's publication publishes nothing; one that says nonsense stops the build."""
    shutil.copytree(PROJECT / "survey_schemas", tmp_path / "survey_schemas")
    path = tmp_path / "survey_schemas/tables/liaisons.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    name = next(field for field in descriptor["fields"] if field["name"] == "name")
    del name["publication"]
    path.write_text(json.dumps(descriptor), encoding="utf-8")
    assert "name" not in Gate(schemas.load(tmp_path)).allowed(liaison())
    name["publication"] = "everyone"
    path.write_text(json.dumps(descriptor), encoding="utf-8")
    with pytest.raises(CampaignError):
        schemas.load(tmp_path)


def test_a_field_that_becomes_internal_disappears(known: Schemas) -> None:
    """When a schema makes a field internal, public records show a blank in its place, without other changes."""
    table = known.tables["windows"]
    hidden = tuple(replace(f, policy=Policy.INTERNAL) if f.name == "responsible_person" else f for f in table.fields)
    stricter = replace(known, tables={**known.tables, "windows": replace(table, fields=hidden)})
    names = {field.name for field in fields(Window)} - {"origin"}
    window = Window(origin=Origin("x", 2), **{name: f"<{name}>" for name in names})  # type: ignore[arg-type]
    assert Gate(known).public(PublicWindow, window).responsible_person == "<responsible_person>"
    assert Gate(stricter).public(PublicWindow, window).responsible_person == ""


@pytest.mark.parametrize(
    ("choice", "changes", "shown"),
    [
        ("none", {}, ""),
        ("masked", {}, "138****5678"),
        ("full", {}, "13812345678"),
        ("full", {"phone_consent": False}, ""),
        ("full", {"phone_consent": None}, ""),
        ("masked", {"phone_consent": False}, ""),
        ("full", {"to_date": date(2018, 6, 1)}, ""),
        ("masked", {"work_phone": "0436-0000101"}, "0436-****101"),
        ("full", {"work_phone": ""}, ""),
    ],
)
def test_a_phone_needs_the_county_and_the_liaison(
    known: Schemas, choice: str, changes: dict[str, object], shown: str
) -> None:
    """A phone is shown only where the county opted in and the serving liaison agreed, masked or full as chosen."""
    assert liaison_phone(Gate(known), liaison(**changes), county(choice)) == shown


def test_a_former_liaison_is_history_without_contact(public: Public) -> None:
    """Who has left is shown by name, role and dates; there is no place for a phone."""
    assert {field.name for field in fields(FormerLiaison)} == {
        *("name", "role", "from_date", "to_date", "posted_on", "posting_verified_on")
    }
    village = public().counties[1].villages[0]
    assert [former.name for former in village.former] == ["欧阳䶮"]
    assert village.liaison is not None
    assert village.liaison.name == "朴银姬"


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        ("mobile", "13812345678", "138****5678"),
        ("mobile", "0436-0000101", ""),
        ("landline", "0436-0000101", "0436-****101"),
        ("landline", "0431-00001012-8", "0431-****1012"),
        ("landline", "13812345678", ""),
        ("phone", "13812345678", "138****5678"),
        ("phone", "0436-0000101", "0436-****101"),
        ("phone", "12348", ""),
        ("address", "吉林省洮南市瓦房镇荣华村三组12号", "吉林省洮南市瓦房镇"),
        ("address", "洮南市永康街道人民路6号2单元", "洮南市永康街道"),
        ("address", "荣华村三组12号", ""),
        ("", "13812345678", ""),
        ("name", "朴银姬", ""),
    ],
)
def test_a_masked_value_is_shown_as_its_kind_says(kind: str, value: str, shown: str) -> None:
    """The mask is the kind's; a value of another kind, or a kind that nobody knows, shows nothing."""
    assert masked(kind, value) == shown


@given(st.sampled_from(["mobile", "landline", "phone", "address", "other"]), st.text(max_size=20))
def test_masking_never_shows_more_than_it_should(kind: str, value: str) -> None:
    """Whatever stands in a masked field, it never comes out whole with digits in it."""
    found = masked(kind, value)
    assert found == "" or "****" in found or not any(character.isdigit() for character in found) or kind == "address"


def figure(count: int, *, hidden: bool = False, item: str = "needs") -> PublishedCount:
    """A row of an edition."""
    return PublishedCount(
        origin=Origin("x", 2),
        edition=date(2018, 6, 30),
        area_code="220881",
        item=item,
        group="all",
        matter="all",
        count=count,
        hidden=hidden,
        data_status="demo",
    )


@given(st.integers(0, 10**6), st.integers(10, 50), st.booleans())
def test_no_small_count_is_published(count: int, smallest: int, hidden: bool) -> None:
    """Whatever an edition says, a small count stays hidden; the others are as the edition has them."""
    published = published_count(figure(count, hidden=hidden), smallest)
    assert published == (HIDDEN if hidden or 0 < count < smallest else count)


@pytest.mark.parametrize(("count", "shown"), [(0, 0), (1, HIDDEN), (9, HIDDEN), (10, 10), (11, 11)])
def test_a_count_is_small_up_to_the_last_below_the_smallest(count: int, shown: object) -> None:
    """Nought is none, and the smallest that may be published is published."""
    assert published_count(figure(count), 10) == shown


@pytest.mark.parametrize(("kind", "told"), [("home_visit", None), ("market_day", 86)])
def test_how_many_a_visit_at_home_reached_is_not_told(known: Schemas, kind: str, told: int | None) -> None:
    """There they are a household or a few; elsewhere the number passes by its policy."""
    activity = Activity(
        origin=Origin("x", 2),
        activity_id="A-220881-0001",
        county_code="220881",
        village_code="220881100200",
        kind=kind,
        title="",
        held_on=date(2018, 5, 1),
        place="",
        people_reached=86,
        materials_given=None,
        data_status="demo",
    )
    assert people_reached(Gate(known), activity) == told


def test_villages_are_not_persons() -> None:
    """A small number of surveyed villages is no secret."""
    assert published_count(figure(3, item="villages"), 10) == 3
