"""Special reports, and reports of a period that is not over."""

from argparse import Namespace
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from tiny_campaign import PROJECT

from site_builder import publication
from site_builder.checks import Checked
from site_builder.commands import report as command
from site_builder.model import campaign, forms
from site_builder.model.schemas import Schemas
from site_builder.publication.public import PublicRecords
from site_builder.reports.model import Report
from site_builder.reports.public import public_report
from site_builder.reports.special import special_report, subjects
from site_builder.shared import periods
from site_builder.shared.periods import Period, Span
from site_builder.shared.problems import CampaignError
from site_builder.shared.words import Words

SPRING = Span(first=date(2018, 3, 5), last=date(2018, 4, 20))
WHOLE_YEAR = periods.parse("2018")


@pytest.fixture
def public(root: Path, known: Schemas, check: Callable[[], Checked]) -> Callable[[Period | Span], PublicRecords]:
    """The public records, with those of the days of a report."""
    settings, records = campaign.load(root), check().records
    return lambda days: publication.publish(records, settings, known, days=(days.last, days.before.last))


def places(public: PublicRecords) -> list[tuple[str, str]]:
    counties = [(county.code, county.name) for county in public.counties]
    return [*public.prefectures.items(), *counties, *((unit.unit_code, unit.name) for unit in public.units)]


def about(name: str, public: PublicRecords, labels: Words) -> Report:
    subject = next(each for each in subjects(places(public), labels) if name in (each.name, each.place))
    return special_report(public, SPRING, labels, subject)


def rows(report: Report, title: str) -> dict[tuple[object, ...], tuple[object, ...]]:
    section = next(section for section in report.sections if section.title == title)
    return {row[:2]: row[2:] for table in section.tables for row in table.rows}


def test_a_span_has_as_many_days_before_it() -> None:
    """47 days to 20 April are compared with the 47 before them."""
    assert SPRING.before == Span(first=date(2018, 1, 17), last=date(2018, 3, 4))
    assert [SPRING.holds(day) for day in (None, date(2018, 3, 4), date(2018, 3, 5), date(2018, 4, 20))] == [
        False,
        False,
        True,
        True,
    ]


def test_a_period_that_is_not_over_is_one_so_far() -> None:
    """On the last of June the year has come half way and is compared with the year before; June is over."""
    assert WHOLE_YEAR
    found = periods.so_far(WHOLE_YEAR, date(2018, 6, 30))
    assert found == Span(first=date(2018, 1, 1), last=date(2018, 6, 30), of=WHOLE_YEAR)
    assert (found.kind, found.before, found.key) == ("year", WHOLE_YEAR.before, "2018-until-2018-06-30")
    june = periods.parse("2018-06")
    assert june
    assert periods.so_far(june, date(2018, 6, 30)) == june


def test_an_interim_report_says_until_when(public: Callable[[Period | Span], PublicRecords], labels: Words) -> None:
    """Its label names the day, each page that the period is not over, and its counts are those of that day."""
    assert WHOLE_YEAR
    days = periods.so_far(WHOLE_YEAR, date(2018, 6, 30))
    made = public_report(public(days), days, labels)
    half = periods.parse("2018-H1")
    assert half
    whole = public_report(public(half), half, labels)
    assert made.label == "2018年（截至2018年6月30日）"
    assert labels["reports"]["not_over"] in made.marks
    assert labels["reports"]["not_over"] not in whole.marks
    counts = [{key: row[0] for key, row in rows(each, "总体进展").items()} for each in (made, whole)]
    assert counts[0]
    assert counts[0] == counts[1]


def test_a_report_on_a_subject_has_its_section_alone(
    public: Callable[[Period | Span], PublicRecords], labels: Words
) -> None:
    """The windows as they stood on the last day: the plaque of 1 April hangs, the board does not."""
    made = about("服务窗口", public(SPRING), labels)
    assert [section.title for section in made.sections] == ["服务窗口"]
    assert made.title == "样例法律援助惠民生活动专报（服务窗口）"
    assert made.label == "2018年3月5日至2018年4月20日"
    assert rows(made, "服务窗口")["洮南市", 2018] == (date(2018, 3, 20), date(2018, 4, 1), None, "公示板、优先回访")


@pytest.mark.parametrize("place", ["洮南市", "220881"])
def test_a_report_on_a_place_has_nothing_of_another(
    public: Callable[[Period | Span], PublicRecords], labels: Words, place: str
) -> None:
    """A county by its name or code: its villages, its window, and what it has not done yet."""
    made = about(place, public(SPRING), labels)
    cells = [str(cell) for section in made.sections for table in section.tables for row in table.rows for cell in row]
    assert "洮南市" in cells
    assert "大安市" not in cells
    left = rows(made, "方案的各件事中还没有做到的")
    assert ("洮南市", "经费纳入预算") in left
    assert ("洮南市", "建成窗口") in left


def test_a_report_on_a_prefecture_has_all_its_counties(
    public: Callable[[Period | Span], PublicRecords], labels: Words
) -> None:
    """Both counties of 白城市, and the prefecture's own plan, which it has not reported."""
    made = about("白城市", public(SPRING), labels)
    assert {key[0] for key in rows(made, "总体进展")} == {"洮南市", "大安市"}
    assert ("白城市", "报送落实情况") in rows(made, "方案的各件事中还没有做到的")


def test_a_report_on_a_place_tells_what_its_units_reported(
    public: Callable[[Period | Span], PublicRecords], labels: Words
) -> None:
    """How many records of each kind are of its days, its own special actions, and no count of persons."""
    days = Span(first=date(2018, 5, 1), last=date(2018, 6, 30))
    every = list(subjects(places(public(days)), labels))
    for place, expected in {
        "220881": {("洮南市司法局", "律师和志愿者"): (2, 0, 2)},
        "2201": {("朝阳区司法局", "试点月报"): (1, 0, 1)},
    }.items():
        subject = next(each for each in every if each.place == place)
        made = special_report(public(days), days, labels, subject)
        assert {key: found for key, found in rows(made, "各单位报送的工作").items() if key in expected} == expected
        assert "退回的不计" in next(
            table.note for section in made.sections for table in section.tables if table.title == "报送的工作（条）"
        )
    whole = special_report(public(days), days, labels, next(each for each in every if each.section == "units"))
    (section,) = whole.sections
    assert {row[0] for row in section.tables[0].rows} >= {"洮南市司法局", "朝阳区司法局"}
    assert (42, 21, 17) not in {row[2:5] for table in section.tables for row in table.rows}


def test_the_tables_of_units_are_called_as_their_schemas_call_them(known: Schemas, labels: Words) -> None:
    """One name for one thing: the words name each table that units fill in beside their plan."""
    asked = [name for name in forms.load_of_units(PROJECT, known).forms if name != "responsible_units"]
    assert labels["unit_tables"] == {name: known.tables[name].title for name in asked}


def options(root: Path, **values: object) -> Namespace:
    usual = {"period": "", "first": "", "last": "", "about": "", "internal": False, "out": str(root / "reports")}
    return Namespace(**usual | values)


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"period": "2018-Q3"},
        {"period": "2018-Q2", "first": "2018-03-05", "last": "2018-04-20"},
        {"first": "2018-03-05"},
        {"first": "2018-04-20", "last": "2018-03-05"},
        {"first": "2018-03-05", "last": "2018-07-01"},
        {"first": "2017-03-05", "last": "2018-03-01"},
        {"period": "2018", "internal": True},
    ],
)
def test_days_without_a_report_are_refused(root: Path, wrong: dict[str, object]) -> None:
    """Days that have not come, two ways at once, half a span; and an internal edition of what is no whole period."""
    with pytest.raises(CampaignError) as caught:
        command.run(root, options(root, **wrong))
    assert [problem.code for problem in caught.value.problems] == ["report-period"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"period": "2018-Q2", "about": "没有这件事"}, "report-about"),
        ({"period": "2018-Q2", "about": "绩效指标"}, "report-internal"),
        ({"first": "2018-03-05", "last": "2018-04-20", "about": "绩效指标", "internal": True}, "report-internal"),
    ],
)
def test_what_cannot_be_told_is_refused_before_anything_is_counted(
    root: Path, wrong: dict[str, object], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The true reason, at once: a subject that there is not, is of the internal edition alone, or of periods alone."""
    with pytest.raises(CampaignError) as caught:
        command.run(root, options(root, **wrong))
    assert [problem.code for problem in caught.value.problems] == [said]
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("name", ["案件质量评估", "专项行动"])
def test_a_table_of_units_is_a_subject_under_its_printed_name(
    public: Callable[[Period | Span], PublicRecords], labels: Words, name: str
) -> None:
    """The section of units with this kind of record alone."""
    made = about(name, public(SPRING), labels)
    (section,) = made.sections
    records = [row[1] for table in section.tables if table.title == "报送的工作（条）" for row in table.rows]
    assert set(records) == {name}


def test_a_unit_is_a_subject_under_its_own_name(
    public: Callable[[Period | Span], PublicRecords], labels: Words
) -> None:
    """A county's office is its place; a department has what it reported alone."""
    place, department = (about(name, public(SPRING), labels) for name in ("洮南市司法局", "样例处"))
    assert "服务窗口" in [section.title for section in place.sections]
    assert [section.title for section in department.sections] == ["各单位报送的工作"]


def test_a_name_that_several_have_is_asked_about(root: Path) -> None:
    """Each with its code, which is what to write; a county and its own office are one place by their code."""
    file = root / "content/data/responsible_units.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("大安市司法局", "洮南市司法局"), encoding="utf-8")
    with pytest.raises(CampaignError) as caught:
        command.run(root, options(root, period="2018-Q2", about="洮南市司法局"))
    (problem,) = caught.value.problems
    assert problem.code == "report-about-several"
    assert problem.details["candidates"] == "洮南市司法局（220881）、洮南市司法局（220882）"


def test_actions_are_told_apart_by_the_code_of_their_unit(
    root: Path, public: Callable[[Period | Span], PublicRecords], labels: Words
) -> None:
    """A place has not the special actions of another whose unit is called the same."""
    file = root / "content/data/responsible_units.csv"
    file.write_text(
        file.read_text(encoding="utf-8").replace("220104,朝阳区司法局", "220104,白城市司法局"), encoding="utf-8"
    )
    told = {place: "专项行动" in repr(about(place, public(SPRING), labels)) for place in ("2208", "220104")}
    assert told == {"2208": True, "220104": False}


@pytest.mark.parametrize("internal", [False, True])
def test_the_command_writes_page_document_and_workbook(root: Path, internal: bool) -> None:
    """Of a special report, under its days and its place, so that none replaces one on something else of these days."""
    command.run(root, options(root, first="2018-03-05", last="2018-04-20", about="洮南市", internal=internal))
    (folder,) = (path for path in (root / "reports").iterdir() if path.name.startswith("2018"))
    file = "2018-03-05-2018-04-20-220881"
    assert folder.name == file + ("-internal" if internal else "")
    assert {path.name for path in folder.iterdir()} == {f"{file}.{form}" for form in ("html", "docx", "xlsx")}
    assert ("还没有报齐的报表" in (folder / f"{file}.html").read_text(encoding="utf-8")) == internal
