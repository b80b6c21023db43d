"""The internal edition tells all that units reported in the period, and nothing of another."""

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
    assert list(may) == ["合计", "贫困县摸底调研"]
    assert may["贫困县摸底调研"].rows[0][:2] == ("白城市司法局", "大安市")
    june = {table.title: table.rows for table in section(untouched, known, labels, "2018-06").tables}
    assert list(june) == ["合计", "律师和志愿者", "试点月报"]
    assert june["律师和志愿者"][1][:3] == ("洮南市司法局", "退休法官", 3)
    assert june["试点月报"][0][3:6] == (42, 21, 17)


def test_the_sums_are_of_all_units_in_the_period_and_the_one_before(
    untouched: Path, known: Schemas, labels: Words
) -> None:
    """Records and what may be added of them; those who help are counted as they stood on the last day."""
    (sums, *_) = section(untouched, known, labels, "2018-06").tables
    found = {row[0]: row[1:] for row in sums.rows}
    assert found["试点月报（条）"] == (1, 0, 1)
    assert found["试点月报：被告人数"] == (42, 0, 42)
    assert found["贫困县摸底调研（条）"] == (0, 1, -1)
    assert found["律师和志愿者：人数"] == (17, 0, 17)
