"""A special report on one prefecture, both editions, against the record counted anew with the csv module alone."""

import io
from collections import Counter
from datetime import date, datetime

import openpyxl
import pytest
import report_record as record
from report_record import EVER, days, names, rows, villages

from site_builder import publication
from site_builder.model import campaign, programme, schemas
from site_builder.office import internal_report
from site_builder.office.internal_special import internal_special_report
from site_builder.reports.special import special_report, subjects
from site_builder.reports.workbook import workbook
from site_builder.shared.periods import Span

PLACE, FIRST, LAST = "2208", "2018-03-01", "2018-05-31"
EARLIER = "2017-11-29", "2018-02-28"  # as many days before
PROGRESS, WINDOWS, ACTIVITIES, DUTIES, UNITS = range(5)
REPORTED = {
    "helpers": ("律师和志愿者", "counted_on"),
    "special_actions": ("专项行动", "from_date"),
    "quality_assessments": ("案件质量评估", "assessed_on"),
    "case_reviews": ("案例逐级审核", "reviewed_on"),
    "pilot_months": ("试点月报", "reported_on"),
    "station_work": ("工作站工作", "reported_on"),
    "county_surveys": ("贫困县摸底调研", "surveyed_on"),
    "unit_work": ("工作记录", "done_on"),
    "unit_checks": ("查访核验", "checked_on"),
    "unit_targets": ("指标分解", "set_on"),
}
"""The tables of units, with their titles and the column of their day."""
Sheet = list[tuple[object, ...]]


@pytest.fixture(scope="module")
def books() -> dict[str, list[Sheet]]:
    """By edition the sheets of the workbook, as they are read by another program; what is blank is None."""
    root, records = record.ROOT, record.published().records
    settings, known, labels = campaign.load(root), schemas.load(root), programme.chinese_words(root)
    span = Span(first=date.fromisoformat(FIRST), last=date.fromisoformat(LAST))
    public = publication.publish(records, settings, known, days=(span.last, span.before.last))
    about = next(each for each in subjects(public.prefectures.items(), labels) if each.place == PLACE)
    inside = internal_report.inside_of(root, settings, known, records)
    made = {
        "public": special_report(public, span, labels, about),
        "internal": internal_special_report(public, inside, span, labels, about),
    }
    read = {name: openpyxl.load_workbook(io.BytesIO(workbook(each, labels))) for name, each in made.items()}
    return {
        name: [[told(row) for row in sheet.iter_rows(values_only=True)] for sheet in found]
        for name, found in read.items()
    }


@pytest.fixture(scope="module")
def book(books: dict[str, list[Sheet]]) -> list[Sheet]:
    """The public edition."""
    return books["public"]


@pytest.fixture(scope="module")
def inner(books: dict[str, list[Sheet]]) -> dict[str, dict[object, tuple[object, ...]]]:
    """The lines of the internal edition by their first cell, the first of each, by the title of the section."""
    return {str(sheet[0][0]): {row[0]: row[1:] for row in reversed(sheet)} for sheet in books["internal"]}


def told(row: tuple[object, ...]) -> tuple[object, ...]:
    return tuple(c.date().isoformat() if isinstance(c, datetime) else None if c == "—" else c for c in row)


def counties() -> dict[str, str]:
    """The place's counties that take part, by code."""
    return {code: name for code, name in names().items() if code.startswith(PLACE) and villages(county=code)}


def test_progress_of_each_county(book: list[Sheet]) -> None:
    """Both years, four steps, on the last day and on the evening before the first."""
    expected = set()
    for code, name in counties().items():
        for year in ("2017", "2018"):
            own = {village for village in villages(year) if village.startswith(code)}
            counts = zip(*(record.coverage(day, own) for day in (LAST, EARLIER[1])), strict=True)
            for step, (now, then) in zip(("已确定联络员", "已公示", "公示已核验", "已摸底调查"), counts, strict=True):
                expected.add((name, f"{year}年：{step}的村", len(own), now, then, now - then))
    assert expected <= {row[:6] for row in book[PROGRESS]}
    assert sum(row[0] in counties().values() for row in book[PROGRESS]) == len(expected)


def test_its_windows(book: list[Sheet]) -> None:
    """The days of the plaque and of the board of each, as far as they had come."""
    found = {(row[0], row[1]): row[2:4] for row in book[WINDOWS] if row[0] in counties().values()}
    assert found == {
        (names()[row["county_code"]], row["campaign_year"]): tuple(
            row[field] if (row[field] or EVER) <= LAST else None for field in ("plaque_hung_on", "board_hung_on")
        )
        for row in rows("windows")
        if row["county_code"].startswith(PLACE)
    }
    assert found


def test_its_activities(book: list[Sheet]) -> None:
    """By kind, in these days and in as many before them."""
    own = [row for row in rows("activities") if row["county_code"].startswith(PLACE)]
    held = [Counter(row["kind"] for row in record.within(*span, own, "held_on")) for span in ((FIRST, LAST), EARLIER)]
    found = {row[0]: row[1:4] for row in reversed(book[ACTIVITIES])}  # the first of its tables stands
    assert found["合计"] == (held[0].total(), held[1].total(), held[0].total() - held[1].total())
    assert held[0].total() > held[1].total()


def test_what_it_has_left_undone_by_then(book: list[Sheet]) -> None:
    """Of the duties that are milestones: exactly the counties that had not reached one that was due."""
    found = {(row[0], row[1]) for row in book[DUTIES]}
    plan = "各地、各部门报送落实方案情况"
    units = {row["unit_code"] for row in rows("responsible_units") if row["unit_code"].startswith(PLACE)}
    late = record.behind("plan_reported", LAST) & units
    shown = names() | names("prefecture")
    assert {county for county, duty in found if duty == plan} == {shown[code] for code in late}


def test_what_its_units_reported(book: list[Sheet]) -> None:
    """By unit and table, the records of these days and of those before; a case that was sent back is none."""
    own = {row["unit_code"]: row["name"] for row in rows("responsible_units") if row["unit_code"].startswith(PLACE)}
    expected = {
        (own[unit], title, *counts, counts[0] - counts[1])
        for table, (title, day) in REPORTED.items()
        for unit in own
        if any(counts := [reported(table, unit, day, *span) for span in ((FIRST, LAST), EARLIER)])
    }
    assert expected == {row[:5] for row in book[UNITS] if row[1] in {title for title, _ in REPORTED.values()}}
    assert expected


def reported(table: str, unit: str, day: str, first: str, last: str) -> int:
    found = [row for row in rows(table) if row["unit_code"] == unit and row.get("outcome", "passed") == "passed"]
    return sum(first <= row[day] <= last for row in found)


def test_the_days_before_are_as_many(book: list[Sheet]) -> None:
    """92 days from 1 March are compared with the 92 before."""
    assert (date.fromisoformat(LAST) - date.fromisoformat(FIRST)) == (
        date.fromisoformat(EARLIER[1]) - date.fromisoformat(EARLIER[0])
    )
    assert days("2018-03")[1] == FIRST
    assert len(book) == len((PROGRESS, WINDOWS, ACTIVITIES, DUTIES, UNITS))


def of_place(table: str, column: str) -> list[record.Row]:
    return [row for row in rows(table) if row[column].startswith(PLACE)]


def test_its_needs_and_opinions_stand_in_the_internal_edition(
    inner: dict[str, dict[object, tuple[object, ...]]],
) -> None:
    """All of them, small ones too: of the villages surveyed by then, and as they came in these days."""
    counts = []
    for day in (LAST, EARLIER[1]):
        surveyed = {
            row["village_code"] for row in of_place("village_surveys", "village_code") if row["surveyed_on"] <= day
        }
        found = [row for row in of_place("needs", "village_code") if row["village_code"] in surveyed]
        counts.append((len(surveyed), sum(int(row["persons"]) for row in found)))
    (villages_now, needs_now), (villages_then, needs_then) = counts
    shown = inner["摸底调查和法律援助需求"]
    assert shown["计入的村"][:2] == (villages_now, villages_then)
    assert shown["全部需求"][:2] == (needs_now, needs_then)
    assert needs_now
    opinions = of_place("feedback", "county_code")
    said = [sum(first <= row["received_on"] <= last for row in opinions) for first, last in ((FIRST, LAST), EARLIER)]
    assert inner["热线来电和意见"]["对热线的意见（条）"][:2] == tuple(said)


def test_what_units_of_the_place_did_is_added_in_the_internal_edition(
    inner: dict[str, dict[object, tuple[object, ...]]],
) -> None:
    """Records and events of the place's units, with visits at home among what was held."""
    spans = (FIRST, LAST), EARLIER
    held = [record.within(*span, of_place("activities", "county_code"), "held_on") for span in spans]
    visits = [sum(row["kind"] == "home_visit" for row in each) for each in held]
    assert inner["宣传服务活动"]["上门服务"][:2] == tuple(visits)
    shown = inner["各单位报送的工作"]
    for table, title, day in (("unit_work", "工作记录", "done_on"), ("special_actions", "专项行动", "from_date")):
        found = [len(list(record.within(*span, of_place(table, "unit_code"), day))) for span in spans]
        assert shown[f"{title}（条）"][:2] == tuple(found)
        assert found[0]
    begun = [list(record.within(*span, of_place("special_actions", "unit_code"), "from_date")) for span in spans]
    assert shown["专项行动：场次"][:2] == tuple(sum(int(row["events"] or 0) for row in each) for each in begun)
