"""The internal edition tells all that units reported in the period, and nothing of another."""

from datetime import date
from pathlib import Path

from site_builder import checks, publication
from site_builder.model import campaign, forms
from site_builder.model.schemas import Schemas
from site_builder.office.unit_section import unit_section
from site_builder.reports.model import ReportSection
from site_builder.reports.sources import sources
from site_builder.shared import periods
from site_builder.shared.words import Words


def section(root: Path, known: Schemas, labels: Words, key: str) -> ReportSection:
    period, settings = periods.parse(key), campaign.load(root)
    assert period
    records = checks.check(root, settings, known).records
    public = publication.publish(records, settings, known, days=(period.last, period.before.last))
    return unit_section(sources(public, period, labels), records, known, forms.load_of_units(root, known))


def test_each_table_shows_its_records_of_the_period(untouched: Path, known: Schemas, labels: Words) -> None:
    """May has the county's survey alone, with names for codes; June the helpers and the pilot's report."""
    may = {table.title: table for table in section(untouched, known, labels, "2018-05").tables}
    assert list(may) == ["承担任务的单位", "合计", "贫困县摸底调研"]
    assert may["贫困县摸底调研"].rows[0][:2] == ("白城市司法局", "大安市")
    june = {table.title: table.rows for table in section(untouched, known, labels, "2018-06").tables}
    assert list(june) == ["承担任务的单位", "合计", "律师和志愿者", "试点月报"]
    assert june["律师和志愿者"][1][:3] == ("洮南市司法局", "退休法官", 3)
    assert june["试点月报"][0][3:6] == (42, 21, 17)


def test_the_sums_are_of_all_units_in_the_period_and_the_one_before(
    untouched: Path, known: Schemas, labels: Words
) -> None:
    """Records and what may be added of them; those who help are counted as they stood on the last day."""
    (_, sums, *_) = section(untouched, known, labels, "2018-06").tables
    found = {row[0]: row[1:] for row in sums.rows}
    assert found["试点月报（条）"] == (1, 0, 1)
    assert found["试点月报：被告人数"] == (42, 0, 42)
    assert found["贫困县摸底调研（条）"] == (0, 1, -1)
    assert found["律师和志愿者：人数"] == (17, 0, 17)


def test_who_leads_in_each_unit_stands_in_the_internal_edition(untouched: Path, known: Schemas, labels: Words) -> None:
    """The day of the plan, the group with its head and office, the budget, as far as they had come by the last day."""
    june, march = (section(untouched, known, labels, key).tables[0] for key in ("2018-06", "2018-03"))
    leads = ("赵样例", "长春市法律援助中心")
    assert [column.title for column in june.columns][3:5] == ["领导小组组长", "领导小组办公室"]
    found = {row[0]: row[1:] for row in june.rows}
    assert found["长春市司法局"] == (date(2018, 4, 28), date(2018, 3, 20), *leads, date(2018, 5, 10))
    assert found["大安市司法局"] == (date(2018, 4, 30), None, None, None, None)
    assert {row[0]: row[1:] for row in march.rows}["长春市司法局"] == (None, date(2018, 3, 20), *leads, None)


def test_persons_of_unlike_works_are_not_added(root: Path, known: Schemas, labels: Words) -> None:
    """Fifty lawyers in a training and two thousand readers are no sum; each kind has its own."""
    file = root / "content/data/unit_work/2208.csv"
    rows = ("2208,2018-06-05,lawyer_training,培训,,,50,demo", "2208,2018-06-06,officials_publicity,宣讲,,,2000,demo")
    file.write_text(file.read_text(encoding="utf-8") + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    (_, sums, *_) = section(root, known, labels, "2018-06").tables
    found = {row[0]: row[1] for row in sums.rows}
    assert "工作记录：人数" not in found
    assert {count for name, count in found.items() if str(name).startswith("工作记录：人数（")} == {50, 2000}
