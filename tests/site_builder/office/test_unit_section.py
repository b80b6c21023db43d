"""The internal edition tells all that units reported in the period, and nothing of another."""

from pathlib import Path

from site_builder import checks
from site_builder.model import campaign, forms
from site_builder.model.schemas import Schemas
from site_builder.office.unit_section import unit_section
from site_builder.reports.model import ReportSection
from site_builder.shared import periods


def section(root: Path, known: Schemas, key: str) -> ReportSection:
    period = periods.parse(key)
    assert period
    records = checks.check(root, campaign.load(root), known).records
    return unit_section("各单位", records, known, forms.load_of_units(root, known), period)


def test_each_table_shows_its_records_of_the_period(untouched: Path, known: Schemas) -> None:
    """May has the county's survey alone, with names for codes; June the helpers and the pilot's report."""
    may = {table.title: table for table in section(untouched, known, "2018-05").tables}
    assert list(may) == ["贫困县摸底调研"]
    assert may["贫困县摸底调研"].rows[0][:2] == ("白城市司法局", "大安市")
    june = {table.title: table.rows for table in section(untouched, known, "2018-06").tables}
    assert list(june) == ["律师和志愿者", "试点月报"]
    assert june["律师和志愿者"][1][:3] == ("洮南市司法局", "退休法官", 3)
    assert june["试点月报"][0][3:6] == (42, 21, 17)
