"""The gate: only what a field's policy allows, and no small count."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny_campaign import PROJECT

from site_builder import checks, publication
from site_builder.model import campaign, schemas
from site_builder.model.schemas import Policy, Schemas
from site_builder.publication.gate import (
    HIDDEN,
    PART,
    Derived,
    Gate,
    Part,
    PublicRecord,
    Ruled,
    TitleOf,
    countable,
    derived,
    division_names,
    is_surveyed,
    liaison_phone,
    masked,
    over_on,
    public_numbers,
    published_count,
    ruled,
    title_of,
)
from site_builder.publication.public import (
    Delivered,
    FormerLiaison,
    PublicActivity,
    PublicPilot,
    PublicRecords,
    PublicWindow,
)
from site_builder.record.records import (
    Activity,
    County,
    Delivery,
    Division,
    Liaison,
    Origin,
    Pilot,
    PublishedCount,
    VillageSurvey,
    Window,
)
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
    policies = {each.name: each.policy for each in known.tables["liaisons"].fields}
    assert set(passed) == {name for name, policy in policies.items() if policy in (Policy.PUBLIC, Policy.MASKED)}
    assert passed["work_phone"] == "138******78"


def test_a_field_without_a_policy_is_internal(tmp_path: Path) -> None:
    """A schema that says nothing of a field's publication publishes nothing; one that says nonsense stops the build."""
    shutil.copytree(PROJECT / "survey_schemas", tmp_path / "survey_schemas")
    path = tmp_path / "survey_schemas/tables/liaisons.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    name = next(each for each in descriptor["fields"] if each["name"] == "name")
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
    names = {each.name for each in fields(Window)} - {"origin"}
    window = Window(origin=Origin("x", 2), **{name: f"<{name}>" for name in names})  # type: ignore[arg-type]
    assert Gate(known).public(PublicWindow, window).responsible_person == "<responsible_person>"
    assert Gate(stricter).public(PublicWindow, window).responsible_person == ""


@pytest.mark.parametrize(
    ("choice", "changes", "shown"),
    [
        ("none", {}, ""),
        ("masked", {}, "138******78"),
        ("full", {}, "13812345678"),
        ("full", {"phone_consent": False}, ""),
        ("full", {"phone_consent": None}, ""),
        ("masked", {"phone_consent": False}, ""),
        ("full", {"to_date": date(2018, 6, 1)}, ""),
        ("masked", {"work_phone": "0436-0000101"}, ""),
        ("full", {"work_phone": ""}, ""),
    ],
)
def test_a_phone_needs_the_county_and_the_liaison(
    known: Schemas, choice: str, changes: dict[str, object], shown: str
) -> None:
    """A phone is shown only where the county opted in and the serving liaison agreed, masked or full as chosen."""
    assert liaison_phone(Gate(known), liaison(**changes), county(choice)) == shown


@pytest.mark.parametrize("text", ["待定", "司法所", "王某某", "王?", "王五、赵六"])
def test_what_is_no_name_does_not_pass(text: str, root: Path, known: Schemas) -> None:
    """Whatever the checks let through: neither a page nor a download shows it, and it counts as nobody."""
    settings = campaign.load(root)
    records = checks.check(root, settings, known).records
    spoilt = replace(
        records,
        liaisons=tuple(replace(liaison, name=text) for liaison in records.liaisons),
        windows=tuple(replace(window, responsible_person=text) for window in records.windows),
    )
    found = publication.publish(spoilt, settings, known)
    assert text not in everything(found)
    assert {village.liaison for county in found.counties for village in county.villages} == {None}
    assert all(not progress.named for county in found.counties for progress in county.progress.values())


def test_a_former_liaison_is_history_without_contact(public: Public) -> None:
    """Who has left is shown by name, role and dates; there is no place for a phone."""
    assert {each.name for each in fields(FormerLiaison)} == {
        *("name", "role", "from_date", "to_date", "posted_on", "posting_verified_on")
    }
    village = public().counties[1].villages[0]
    assert [former.name for former in village.former] == ["欧阳䶮"]
    assert village.liaison is not None
    assert village.liaison.name == "朴银姬"


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        ("mobile", "13812345678", "138******78"),
        ("mobile", "0436-0000101", ""),
        ("mobile", "0431-00001012-8", ""),
        ("mobile", "12348", ""),
        ("landline", "0436-0000101", ""),
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


@given(st.sampled_from(["mobile", "address", "other"]), st.text(max_size=20))
def test_masking_never_shows_more_than_it_should(kind: str, value: str) -> None:
    """Whatever stands in a masked field, it never comes out whole with digits in it."""
    found = masked(kind, value)
    assert found == "" or "****" in found or not any(character.isdigit() for character in found) or kind == "address"


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True))
def test_a_masked_mobile_hides_where_it_is_from(value: str) -> None:
    """The middle four digits are its place's, which the county tells: with the last four few numbers would fit."""
    assert masked("mobile", value) == f"{value[:3]}******{value[-2:]}"


@given(st.from_regex(r"0[0-9]{2,3}-[0-9]{7,8}(?:-[0-9]{1,6})?", fullmatch=True), st.sampled_from(["mobile", "address"]))
def test_of_a_masked_landline_nothing_is_shown(value: str, kind: str) -> None:
    """Its first digits are those of the county's offices: the last ones alone would be the number."""
    assert masked(kind, value) == ""


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


def activity(kind: str) -> Activity:
    return Activity(
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


def test_of_a_visit_at_home_the_county_and_the_month_alone_are_told(known: Schemas) -> None:
    """Village, day, title, place and numbers together would lead to a household; so would the number of its record."""
    gate, visit = Gate(known), activity("home_visit")
    assert gate.allowed(visit) == {"county_code": "220881", "kind": "home_visit", "data_status": "demo"}
    passed = gate.public(PublicActivity, visit)
    assert {name: value for name in passed.__slots__ if (value := getattr(passed, name))} == {
        "kind": "上门服务",
        "kind_code": "home_visit",
        "over_on": date(2018, 5, 31),
    }


def test_two_visits_at_home_in_a_month_cannot_be_told_apart(known: Schemas) -> None:
    """Whatever else stands in their records."""
    gate, visit = Gate(known), activity("home_visit")
    other = replace(visit, activity_id="A-220881-0002", held_on=date(2018, 5, 28), title="x", people_reached=1)
    assert gate.public(PublicActivity, visit) == gate.public(PublicActivity, other)


def test_of_any_other_activity_all_is_told(known: Schemas) -> None:
    """Each by its policy."""
    passed = Gate(known).public(PublicActivity, activity("market_day"))
    assert (passed.people_reached, passed.held_on, passed.over_on) == (86, date(2018, 5, 1), date(2018, 5, 1))
    assert passed.activity_id == ""  # the number on record is nobody's to see


def test_public_numbers_tell_nothing_of_visits_at_home(known: Schemas) -> None:
    """They are the same with a visit among the records and without, whatever its number and its day."""
    market, bus = activity("market_day"), replace(activity("bus"), activity_id="A-220881-0003")
    later = replace(market, activity_id="A-220881-10000", held_on=date(2018, 6, 2))
    visit = replace(activity("home_visit"), activity_id="A-220881-0002")
    expected = {
        "A-220881-0001": "A-220881-20180501-1",
        "A-220881-0003": "A-220881-20180501-2",
        "A-220881-10000": "A-220881-20180602-1",
    }
    gate = Gate(known)
    assert public_numbers(gate, [later, bus, market]) == expected
    assert public_numbers(gate, [visit, later, bus, market]) == expected
    assert public_numbers(gate, [market, replace(visit, held_on=date(2018, 9, 1)), bus, later]) == expected


def test_a_correction_leaves_a_public_number_as_it_is(known: Schemas) -> None:
    """Calendars know an event by it: whatever is corrected but the day, it stays the same event."""
    first = activity("market_day")
    second = replace(first, activity_id="A-220881-0002")
    corrected = replace(first, title="x", place="y", kind="training", village_code="", people_reached=1)
    assert public_numbers(Gate(known), [first]) == public_numbers(Gate(known), [corrected])
    assert public_numbers(Gate(known), [first]).items() <= public_numbers(Gate(known), [first, second]).items()


def test_no_column_is_made_of_what_may_not_be_told(known: Schemas) -> None:
    """Sums and newest days are those of the other records."""

    @dataclass(frozen=True, slots=True, kw_only=True)
    class Reached(PublicRecord):
        people: int | None = field(metadata=derived("activities.people_reached", value=sum))

    visits = [activity("home_visit"), activity("market_day")]
    assert Gate(known).summed(Reached, visits).people == 86


def test_villages_are_not_persons() -> None:
    """A small number of surveyed villages is no secret."""
    assert published_count(figure(3, item="villages"), 10) == 3


# ---- what public records are made of


def stricter(known: Schemas, *places: str, policy: Policy = Policy.INTERNAL) -> Gate:
    """A gate with another policy for these fields, each table.field."""
    tables = dict(known.tables)
    for place in places:
        name, field_name = place.split(".")
        changed = [replace(f, policy=policy) if f.name == field_name else f for f in tables[name].fields]
        tables[name] = replace(tables[name], fields=tuple(changed))
    return Gate(replace(known, tables=tables))


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial(PublicRecord):
    """A public record with a field of each kind."""

    name: str
    role: str = field(metadata=title_of("liaisons.role"))
    both: str = field(metadata=derived("liaisons.name", "liaisons.role", value="{}/{}".format))
    county: str = field(metadata=derived("counties.county_code"))
    posted: date | None = field(metadata=derived("liaisons.posted_on"))
    phone: str = field(metadata=ruled(liaison_phone, "liaisons", "counties"))
    village: PublicRecord | None = field(metadata=PART)


def test_a_public_record_is_made_as_its_fields_say(known: Schemas) -> None:
    """By the same name, from a code's title, from several fields, from a record beside, by a rule, of a part."""
    part = PublicRecord()
    found = Gate(known).public(Trial, liaison(), county("full"), village=part)
    assert found == Trial(
        name="朴银姬",
        role=known.code_lists["liaison_roles"]["mediator"],
        both="朴银姬/mediator",
        county="220881",
        posted=None,
        phone="13812345678",
        village=part,
    )
    assert Gate(known).public(Trial, liaison(role="nobody"), county("full"), village=None).role == ""


@pytest.mark.parametrize("policy", [Policy.INTERNAL, Policy.AGGREGATE, Policy.MASKED])
def test_what_is_made_of_a_field_goes_with_it(known: Schemas, policy: Policy) -> None:
    """A source that is not public as it stands leaves a blank: "" in a text, None elsewhere; the others stay."""
    gate = stricter(known, "liaisons.role", "liaisons.posted_on", policy=policy)
    found = gate.public(Trial, liaison(posted_on=date(2018, 5, 1)), county("full"), village=None)
    assert (found.name, found.role, found.both, found.posted, found.county) == ("朴银姬", "", "", None, "220881")


def test_what_is_made_of_a_record_that_is_not_there_is_blank(known: Schemas) -> None:
    """A village without a county, or a pilot that is none, has nothing of it."""
    record = Gate(known).public(PublicPilot, pilot(), None)
    assert (record.county_code, record.scope) == ("", "城")
    assert Gate(known).public(PublicPilot, pilot(), county("none")).county_code == "220881"


def pilot() -> Pilot:
    return Pilot(origin=Origin("x", 2), area_code="220881", scope="城", started_on=date(2018, 1, 1), data_status="demo")


@pytest.mark.parametrize(
    "parts",
    [
        {"village": "朴银姬"},
        {"village": liaison()},
        {"village": ("朴银姬",)},
        {"village": (PublicRecord(), liaison())},
        {"village": {2018: "朴银姬"}},
        {"village": None, "role": "调解员"},
        {"village": None, "name": PublicRecord()},
        {},
    ],
)
def test_the_gate_takes_no_value_that_has_not_passed(known: Schemas, parts: dict[str, object]) -> None:
    """Beside its records it takes public records only, and only for the fields that are marked for them."""
    with pytest.raises(TypeError, match=r"^Trial(\.village has not passed the gate| has these parts: \['village'\])$"):
        Gate(known).public(Trial, liaison(), county("full"), **parts)  # type: ignore[arg-type]


@pytest.mark.parametrize("part", [None, PublicRecord(), (), (PublicRecord(), PublicRecord()), {2018: PublicRecord()}])
def test_the_gate_takes_what_has_passed(known: Schemas, part: Part) -> None:
    """Nothing, one, several, or one a year."""
    assert Gate(known).public(Trial, liaison(), county("none"), village=part).village == part


def delivery(**changes: object) -> Delivery:
    values: dict[str, object] = {
        "origin": Origin("x", 2),
        "recipient_code": "220881",
        "material_id": "M-01",
        "quantity": 3,
        "delivered_on": date(2018, 3, 1),
        "hung_on": None,
        "verified_on": None,
        "verified_by": "核验甲",
        "data_status": "demo",
    }
    return Delivery(**(values | changes))  # type: ignore[arg-type]


DELIVERIES = [
    delivery(hung_on=date(2018, 4, 1), verified_on=date(2018, 4, 9)),
    delivery(recipient_code="220881100200", quantity=4, delivered_on=date(2018, 3, 5), hung_on=date(2018, 4, 2)),
    delivery(quantity=5),
]


def test_deliveries_are_summed(known: Schemas) -> None:
    """Pieces, places, those that hang and are verified, and the latest days; no day where there is none."""
    every = Delivered(
        material_id="M-01",
        pieces=12,
        places=3,
        villages=1,
        hung=2,
        verified=1,
        last_delivered_on=date(2018, 3, 5),
        last_verified_on=date(2018, 4, 9),
    )
    assert Gate(known).summed(Delivered, DELIVERIES) == every
    assert Gate(known).summed(Delivered, DELIVERIES[2:]).last_verified_on is None


@pytest.mark.parametrize(
    ("name", "gone"),
    [
        ("quantity", {"pieces"}),
        ("delivered_on", {"last_delivered_on"}),
        ("hung_on", {"hung"}),
        ("verified_on", {"verified", "last_verified_on"}),
    ],
)
def test_a_sum_goes_with_its_field(known: Schemas, name: str, gone: set[str]) -> None:
    """None of what is summed of a field is reported once the field is not public."""
    found = stricter(known, f"deliveries.{name}").summed(Delivered, DELIVERIES)
    assert {each.name for each in fields(Delivered) if getattr(found, each.name) is None} == gone


def test_a_masked_field_that_holds_no_text_is_blank(known: Schemas) -> None:
    """There is no mask for a date: it does not pass at all."""
    gate = stricter(known, "liaisons.from_date", policy=Policy.MASKED)
    assert "from_date" not in gate.allowed(liaison())


@pytest.mark.parametrize("place", ["liaisons.to_date", "counties.phone_publication", "liaisons.work_phone"])
def test_a_phone_goes_with_what_can_be_seen_from_it(known: Schemas, place: str) -> None:
    """Whether the liaison serves and what the county chose show in it."""
    assert liaison_phone(stricter(known, place), liaison(), county("full")) == ""


def test_where_the_kind_may_not_be_told_no_activity_is(known: Schemas) -> None:
    """That something is missing would say that it was a visit at home."""
    gate = stricter(known, "activities.kind")
    assert gate.allowed(activity("market_day")) == gate.allowed(activity("home_visit"))
    assert over_on(gate, activity("market_day")) is None
    assert over_on(stricter(known, "activities.held_on"), activity("home_visit")) is None


def test_that_a_village_is_surveyed_may_be_told_while_surveys_are_counted(known: Schemas) -> None:
    """A survey that is there, as long as its village may at least be counted."""
    survey = VillageSurvey(**dict.fromkeys((f.name for f in fields(VillageSurvey)), 1))  # type: ignore[arg-type]
    assert is_surveyed(Gate(known), survey)
    assert not is_surveyed(Gate(known), None)
    assert not is_surveyed(stricter(known, "village_surveys.village_code"), survey)


def test_division_names_pass_by_their_policy(known: Schemas) -> None:
    """The names by code, and blanks once they are not public."""
    divisions = [Division(origin=Origin("x", 2), code="22", name="吉林省", level="province", parent_code="")]
    assert division_names(Gate(known), divisions) == {"22": "吉林省"}
    assert division_names(stricter(known, "divisions.name"), divisions) == {"22": ""}


ROWS = [
    figure(12),
    figure(12, item="villages"),
    figure(12, item="poor_persons"),
    replace(figure(12, item="poor_persons"), group="elderly"),
]


@pytest.mark.parametrize(
    ("place", "left"),
    [
        ("published_counts.data_status", [0, 1, 2, 3]),
        ("published_counts.count", []),
        ("published_counts.hidden", []),
        ("needs.persons", [1, 2, 3]),
        ("village_surveys.village_code", [0, 2, 3]),
        ("village_surveys.poor_persons", [0, 1, 3]),
        ("village_surveys.elderly", [0, 1, 2]),
    ],
)
def test_figures_are_made_of_what_may_be_counted(known: Schemas, place: str, left: list[int]) -> None:
    """An edition's rows whose own field became internal are no figures; without counts there are none at all."""
    assert countable(stricter(known, place), ROWS) == [ROWS[number] for number in left]


def test_a_definition_names_its_sources() -> None:
    """What stands beside a field's definition is exactly what the gate goes by; one source may be taken as it is."""
    assert [*title_of("liaisons.role").values()] == [TitleOf(source="liaisons.role")]
    assert [*ruled(liaison_phone, "liaisons", "counties").values()] == [
        Ruled(tables=("liaisons", "counties"), rule=liaison_phone)
    ]
    assert [*derived("a.b", "a.c", value=len).values()] == [Derived(sources=("a.b", "a.c"), value=len)]
    (plain,) = derived("a.b").values()
    assert isinstance(plain, Derived)
    assert plain.value("as it is") == "as it is"
