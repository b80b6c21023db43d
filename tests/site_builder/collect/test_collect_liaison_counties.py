"""Liaisons of another county over a county's own villages are an error that names both counties and the rows."""

from pathlib import Path

import pytest
from collect_examples import COUNTY, context_of, take, write_workbook
from tiny_campaign import make_root

from site_builder.collect.collection_context import CollectionContext
from site_builder.collect.incoming_file import CollectedReturn, CollectOptions
from site_builder.record.tables import county_file

OTHER = "220882"
VILLAGES = ("220881100200", "220881100201")
HEADS = ["村代码", "姓名", "身份", "工作电话", "同意公布电话", "任职日期", "确定单位"]
OWN, THEIRS = "洮南市法律援助中心", "大安市法律援助中心"


@pytest.fixture
def context(tmp_path: Path) -> CollectionContext:
    return context_of(make_root(tmp_path / "campaign"))


def sent(context: CollectionContext, body: str, *accepted: int) -> CollectedReturn:
    """What a county's list brings with two new liaisons whom somebody appointed."""
    people = (("李春花", "0436-0000101"), ("陈树柱", "0436-0000102"))
    rows = [
        [village, name, "人民调解员", phone, "否", "2018-06-20", body]
        for village, (name, phone) in zip(VILLAGES, people, strict=True)
    ]
    path = write_workbook(context.root / "list.xlsx", {"联络员名单": [HEADS, *rows]})
    options = CollectOptions(county=COUNTY, accepted=frozenset(("联络员名单", line) for line in accepted))
    (taken,) = take(context.root, path, options, context)
    return taken


def refused(taken: CollectedReturn) -> list[tuple[str, str, str]]:
    found = [one for one in taken.problems if one.code == "liaison-other-county"]
    assert all(one.is_error for one in found)
    return [(one.details["expected"], one.details["rows"], one.details["accept"]) for one in found]


def serve(context: CollectionContext, county: str, to_date: str = "") -> None:
    """The record has the same two people in a county."""
    blank = dict.fromkeys(context.schemas.tables["liaisons"].header, "")
    people = (("李春花", "0436-0000101"), ("陈树柱", "0436-0000102"))
    of_villages = zip((f"{county}202204", f"{county}202205"), people, strict=True)
    context.rows[county_file("liaisons", county)] = [
        {**blank, "village_code": village, "name": name, "work_phone": phone, "from_date": day, "to_date": to_date}
        for village, (name, phone) in of_villages
        for day in ("2018-06-20",)
    ]


def test_a_centre_of_another_county_makes_one_error_of_its_rows(context: CollectionContext) -> None:
    accept = "--accept 联络员名单!2 --accept 联络员名单!3"
    assert refused(sent(context, THEIRS)) == [("洮南市", "第2行（大安市）、第3行（大安市）", accept)]
    assert refused(sent(context, f"白城市{THEIRS}")) != []


def test_people_who_serve_in_another_county_are_its_own(context: CollectionContext) -> None:
    """Where no centre is named, or the county's own: name, phone and day are those of the other county's record."""
    serve(context, OTHER)
    for body in ("", OWN):
        ((_, rows, _),) = refused(sent(context, body))
        assert rows == "第2行（大安市）、第3行（大安市）"


def test_who_served_there_once_may_serve_here(context: CollectionContext) -> None:
    serve(context, OTHER, to_date="2018-06-21")
    assert not refused(sent(context, OWN))


def test_a_row_that_is_accepted_is_taken(context: CollectionContext) -> None:
    ((_, rows, _),) = refused(sent(context, THEIRS, 2))
    assert rows == "第3行（大安市）"
    assert not refused(sent(context, THEIRS, 2, 3))


@pytest.mark.parametrize("body", [OWN, "白城市法律援助中心", "洮安县法律援助中心", "洮南市、大安市法律援助中心", ""])
def test_no_other_centre_is_asked_about(body: str, context: CollectionContext) -> None:
    """The city's own, one that has another name by now, one of both, none."""
    assert not refused(sent(context, body))


def test_a_neighbour_that_appointed_before_may_appoint_again(context: CollectionContext) -> None:
    record = context.rows[county_file("liaisons", COUNTY)]
    record[0]["appointing_body"] = THEIRS
    assert not refused(sent(context, THEIRS))
