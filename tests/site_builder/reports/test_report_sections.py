"""What the sections of a report say: of counties held back, of what is not counted, of visits at home."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from git_campaign import commit

from site_builder import checks, publication
from site_builder.cli import main
from site_builder.model import campaign
from site_builder.model.schemas import Schemas
from site_builder.office import internal_report
from site_builder.publication.public import PublicRecords
from site_builder.publication.standing import uncounted, year_standings
from site_builder.record.records import Records
from site_builder.reports.model import Report
from site_builder.reports.public import public_report
from site_builder.shared import periods
from site_builder.shared.words import Words

Public = Callable[[], PublicRecords]
MAY, JUNE = (periods.Period(year=2018, kind=periods.PeriodKind.MONTH, number=month) for month in (5, 6))


@pytest.fixture
def records(root: Path, known: Schemas) -> Records:
    return checks.check(root, campaign.load(root), known).records


def sentences(report: Report) -> dict[str, str]:
    return {section.title: "".join(section.sentences) for section in report.sections}


def rows(report: Report, title: str) -> dict[object, tuple[object, ...]]:
    tables = [table for section in report.sections for table in section.tables if table.title == title]
    return {row[0]: row[1:] for table in tables for row in table.rows}


def test_a_county_that_is_held_back_is_named(root: Path, known: Schemas, records: Records, labels: Words) -> None:
    """Where all is added up, ranked or late, with its day; not in the report of a period that its data do reach."""
    held = {"220881": date(2018, 6, 10)}
    public = publication.publish(records, campaign.load(root), known, held)
    said, before = (sentences(public_report(public, period, labels)) for period in (JUNE, MAY))
    for title in ("总体进展", "各县（市、区）排名", "逾期的县（市、区）"):
        assert "洮南市到2018年6月10日" in said[title]
        assert "洮南市到" not in before[title]


def test_a_report_is_made_from_the_last_good_state(
    root: Path, labels: Words, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command writes what the site shows while a county's file is faulty, and tells of it."""
    commit(root)
    path = root / "content/data/villages/220881.csv"
    path.write_text(path.read_text("utf-8").replace(",2018,", ",1918,"), encoding="utf-8")
    out = root / "reports"
    for wanted in ([], ["--internal"]):
        assert main(["--root", str(root), "report", "--period", "2018-06", "--out", str(out), *wanted]) == 0
        assert "county-held-back" in capsys.readouterr().out
    pages = [page.read_text("utf-8") for page in out.rglob("*.html")]
    assert ["洮南市到2018年6月30日" in page for page in pages] == [True, True]


def test_what_no_edition_counts_is_named(public: Public) -> None:
    """A county without figures with all its surveyed villages, one with fewer counted with the rest, others not."""
    records = public()
    first = next(county for county in records.counties if county.figures)
    surveyed = sum(progress.surveyed for progress in first.progress.values())
    assert first.figures
    assert first.figures.villages == surveyed > 1
    fewer = replace(first, figures=replace(first.figures, villages=surveyed - 1))
    for county, left in ((first, []), (fewer, [1]), (replace(first, figures=None), [surveyed])):
        assert [villages for _, villages in uncounted(replace(records, counties=(county,)))] == left


def test_how_many_a_visit_at_home_reached_is_internal(
    root: Path, known: Schemas, records: Records, labels: Words
) -> None:
    """Not on a page, in the table or in the public report, whose total leaves it out; the internal one counts it."""
    first = replace(records.activities[0], people_reached=86)
    visit = replace(first, activity_id="A-220881-0009", kind="home_visit", people_reached=3)
    changed, settings = replace(records, activities=(first, visit)), campaign.load(root)
    public = publication.publish(changed, settings, known)
    reached = {each.kind_code: each.people_reached for county in public.counties for each in county.activities}
    assert reached == {"team_visit": 86, "home_visit": None}
    table = next(table for table in public.tables if table.name == "activities")
    place = [field.name for field in table.fields].index("people_reached")
    assert [row[place] for row in table.rows] == ["86"]
    inside = internal_report.inside_of(root, settings, known, changed)
    shown = rows(public_report(public, MAY, labels), "受众（人次）")
    full = rows(internal_report.internal_report(public, inside, MAY, labels), "受众（人次）")
    assert (shown["上门服务"][0], shown["合计"][0]) == (None, 86)
    assert (full["上门服务"][0], full["合计"][0]) == (3, 89)


def test_a_window_without_a_day_has_not_begun(public: Public) -> None:
    """Neither today's standing nor the past counts a window of which no day is known; a plaque is enough."""
    records = public()
    county = next(county for county in records.counties if county.windows)
    window, day = county.windows[0], records.campaign.data_as_of
    bare = replace(window, opened_on=None, plaque_hung_on=None, board_hung_on=None)
    hung, later = replace(bare, plaque_hung_on=day), replace(bare, opened_on=date(2018, 7, 1))
    for each, begun in ((window, 1), (bare, 0), (hung, 1), (later, 0)):
        changed = replace(records, counties=(replace(county, windows=(each,)),))
        standing = next(y for y in year_standings(changed) if y.target.year == each.campaign_year)
        assert (each.has_begun(day), standing.windows) == (bool(begun), begun)


def test_a_report_does_not_read_the_downloads(public: Public, labels: Words) -> None:
    """Pilots, cases and all the rest come from the public records themselves, whatever tables there are."""
    records = public()
    bare = replace(records, tables=(), past={day: replace(then, tables=()) for day, then in records.past.items()})
    assert public_report(bare, JUNE, labels) == public_report(records, JUNE, labels)
