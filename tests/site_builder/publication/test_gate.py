"""The gate: only what a field's policy allows, and no small count."""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.publication.gate import HIDDEN, Gate, liaison_phone, masked_phone, published_count, shown_sum
from site_builder.publication.public import FormerLiaison, PublicRecords, PublicWindow
from site_builder.records import County, Liaison, Origin, Window
from site_builder.schemas import Policy, Schemas

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
    """Who has left is shown by name and dates; there is no place for a phone."""
    assert {field.name for field in fields(FormerLiaison)} == {"name", "from_date", "to_date"}
    village = public().counties[1].villages[0]
    assert [former.name for former in village.former] == ["欧阳䶮"]
    assert village.liaison is not None
    assert village.liaison.name == "朴银姬"


@given(st.text(max_size=20))
def test_masking_never_shows_more_than_it_should(number: str) -> None:
    """Whatever stands in a phone field, at most the head and the tail of a real number come out."""
    masked = masked_phone(number)
    assert masked == "" or ("****" in masked and masked != number)


@given(st.integers(0, 10**6), st.integers(10, 50))
def test_no_small_count_is_published(count: int, smallest: int) -> None:
    """0 and counts from the smallest on are shown as they are; anything between is hidden."""
    published = published_count(count, smallest)
    assert published == (HIDDEN if 0 < count < smallest else count)


def test_no_data_stay_no_data() -> None:
    """A county that was not surveyed has no count, which is not the same as a hidden one."""
    assert published_count(None, 10) is None


@given(st.lists(st.one_of(st.just(HIDDEN), st.integers(0, 1000)), max_size=9))
def test_a_total_is_made_of_shown_figures_only(counts: list[object]) -> None:
    """A total says nothing that its shown parts do not say; it is hidden when all of them are."""
    shown = [count for count in counts if count is not HIDDEN]
    expected = HIDDEN if counts and not shown else sum(shown)  # type: ignore[arg-type]
    assert shown_sum(counts) == expected  # type: ignore[arg-type]
