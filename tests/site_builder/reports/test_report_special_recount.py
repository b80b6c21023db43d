"""A special report on one prefecture, every figure against the record counted anew with the csv module alone."""

import io
from collections import Counter
from datetime import date, datetime

import openpyxl
import pytest
import report_record as record
from report_record import EVER, days, names, rows, villages

from site_builder import publication
from site_builder.model import campaign, programme, schemas
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
def book() -> list[Sheet]:
    """The sheets of the workbook, as they are read by another program; what is blank is None."""
    settings, known, labels = (
        campaign.load(record.ROOT),
        schemas.load(record.ROOT),
        programme.chinese_words(record.ROOT),
    )
    span = Span(first=date.fromisoformat(FIRST), last=date.fromisoformat(LAST))
    public = publication.publish(record.published().records, settings, known, days=(span.last, span.before.last))
    about = next(each for each in subjects(public.prefectures.items(), labels) if each.place == PLACE)
    made = openpyxl.load_workbook(io.BytesIO(workbook(special_report(public, span, labels, about), labels)))
    return [[told(row) for row in sheet.iter_rows(values_only=True)] for sheet in made]


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
