"""The internal edition of a special report tells of its place or subject alone, with what the gate removes."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from site_builder import checks, publication
from site_builder.model import campaign
from site_builder.model.schemas import Schemas
from site_builder.office import internal_report
from site_builder.office.internal_report import Inside
from site_builder.office.internal_special import internal_special_report
from site_builder.publication.public import PublicRecords
from site_builder.reports.model import Report, ReportSection
from site_builder.reports.special import About
from site_builder.shared import periods
from site_builder.shared.periods import Period, Span
from site_builder.shared.words import Words

SPRING = Span(first=date(2018, 3, 5), last=date(2018, 4, 30))
TAONAN = About(name="洮南市", place="220881")
UNITS, INDICATORS, OWED, NEEDS = "各单位报送的工作", "绩效指标", "还没有报齐的报表", "摸底调查和法律援助需求"

Make = Callable[[Period | Span, About], Report]


@pytest.fixture
def sources(untouched: Path, known: Schemas) -> Callable[[Period | Span], tuple[PublicRecords, Inside]]:
    """The public records with those of the days of a report, and all the others."""
    settings = campaign.load(untouched)
    records = checks.check(untouched, settings, known).records
    inside = internal_report.inside_of(untouched, settings, known, records)
    return lambda days: (publication.publish(records, settings, known, days=(days.last, days.before.last)), inside)


@pytest.fixture
def make(sources: Callable[[Period | Span], tuple[PublicRecords, Inside]], labels: Words) -> Make:
    return lambda days, about: internal_special_report(*sources(days), days, labels, about)


def quarter() -> Period:
    period = periods.parse("2018-Q2")
    assert period
    return period


def by_title(report: Report) -> dict[str, ReportSection]:
    return {section.title: section for section in report.sections}


def rows(section: ReportSection, title: str) -> list[tuple[object, ...]]:
    return next((list(table.rows) for table in section.tables if table.title == title), [])


def test_a_place_is_told_with_its_records_alone(make: Make) -> None:
    """The county's own needs, returns and reports, with what its prefecture found there; nothing of another place."""
    made = make(quarter(), TAONAN)
    assert "内部" in made.marks
    assert made.title.endswith("（洮南市）")
    sections = by_title(made)
    assert {NEEDS, INDICATORS, OWED, UNITS} <= set(sections)
    assert "登记的洮南市的数" in sections[NEEDS].sentences[0]
    assert next(table.title for table in sections[INDICATORS].tables) == "洮南市合计"
    assert {str(row[0]) for table in sections[OWED].tables for row in table.rows} <= {"洮南市", "洮南市司法局"}
    assert {row[0] for row in rows(sections[UNITS], "承担任务的单位")} == {"洮南市司法局"}
    (check,) = rows(sections[UNITS], "查访核验")
    assert check[:7] == ("白城市司法局", "洮南市", date(2018, 4, 26), "抽样调查", "联络员和公示", 20, 18)
    assert "朝阳区司法局" not in repr(sections[UNITS])


def test_what_was_looked_at_is_added_by_what_it_was(make: Make) -> None:
    """Twenty villages of which eighteen were as reported; files of cases would be a sum of their own."""
    (section,) = make(quarter(), About(name="查访核验", section="units", table="unit_checks")).sections
    assert [table.title for table in section.tables] == ["合计", "查访核验"]
    assert rows(section, "合计") == [
        ("查访核验（条）", 1, 0, 1),
        ("查访核验：查看数量（联络员和公示）", 20, 0, 20),
        ("查访核验：与报送相符数量（联络员和公示）", 18, 0, 18),
    ]


def test_a_subject_is_the_section_of_the_internal_edition(
    make: Make, sources: Callable[[Period | Span], tuple[PublicRecords, Inside]], labels: Words
) -> None:
    """As the whole internal report of the same period has it; a subject that is public alone is the public section."""
    whole = by_title(internal_report.internal_report(*sources(quarter()), quarter(), labels))
    for key, title in (("indicators", INDICATORS), ("returns", OWED), ("units", UNITS), ("windows", "服务窗口")):
        assert make(quarter(), About(name=title, section=key)).sections == (whole[title],)


def test_a_department_has_what_it_reported_and_what_it_owes(make: Make) -> None:
    """It has no villages, windows or needs."""
    made = make(quarter(), About(name="样例处", place="22-01"))
    assert [section.title for section in made.sections] == [OWED, UNITS]


def test_days_that_are_no_period_have_no_indicators(make: Make) -> None:
    """They are reported by month, quarter and year; all else is told."""
    sections = by_title(make(SPRING, TAONAN))
    assert INDICATORS not in sections
    assert rows(sections[UNITS], "查访核验")
