"""Each duty that the site calls counted falls when its evidence is taken away: one column or table after another."""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from functools import cache

import pytest
from demonstration_campaign import CAMPAIGN
from rounds import IS_LONG

from site_builder import last_good, publication
from site_builder.model import campaign, schemas
from site_builder.model.undertakings import CountingRule
from site_builder.publication.duties.rules import RULES, areas
from site_builder.publication.public import PublicRecords
from site_builder.publication.standing import duty_standings
from site_builder.record.base import Origin
from site_builder.record.records import Records
from site_builder.record.unit_records import StationWork, UnitCheck

SETTINGS, KNOWN = campaign.load(CAMPAIGN), schemas.load(CAMPAIGN)


OF_THE_PROVINCE = CountingRule.QUOTAS_FILLED  # prefectures that have all of their villages
COUNTED = ("county_code", "village_code", "recipient_code", "unit_code")


@pytest.fixture(scope="module")
def records() -> Records:
    """The demonstration's, with what it has none of by June: work of a station, and a check by a prefecture.

    The check is of one that has no other trace of managing what its counties do.
    """
    found = last_good.publishable(CAMPAIGN, SETTINGS, KNOWN).records
    managed = {work.unit_code for work in found.unit_work if work.kind == "performance_check"}
    code = next(u.unit_code for u in found.responsible_units if u.level == "prefecture" and u.unit_code not in managed)
    check = UnitCheck(
        origin=Origin("content/data/unit_checks.csv", 2),
        unit_code=code,
        area_code=next(each.county_code for each in found.counties if each.county_code.startswith(code)),
        checked_on=date(2018, 6, 20),
        method="site_visit",
        subject="windows",
        looked_at=1,
        as_reported=1,
        found="",
        data_status="demo",
    )
    (station, *_) = (each for each in found.stations if each.model_station)
    work = StationWork(
        origin=Origin("content/data/station_work.csv", 2),
        unit_code=station.county_code,
        period="2018-Q1",
        kind=station.kind,
        reported_on=date(2018, 4, 9),
        duty_days=24,
        persons_helped=36,
        mechanism="",
        data_status="demo",
    )
    return replace(found, unit_checks=(check,), station_work=(work,))


@pytest.fixture(scope="module")
def some(records: Records) -> Records:
    """In the short form the records of every twentieth county, of every third with a window and of the model stations.

    All is published anew for each column that is taken away, which takes a second and a half for the whole province.
    """
    if IS_LONG:
        return records
    stations = [each.county_code for each in records.stations if each.model_station]
    codes = {*stations[:1], *(each.county_code for each in records.counties[::20])}
    codes |= {each.county_code for each in records.windows[::3]}
    tables = {item.name: getattr(records, item.name) for item in fields(records)}
    return replace(records, **{name: tuple(row for row in rows if is_of(row, codes)) for name, rows in tables.items()})


def is_of(row: object, counties: set[str]) -> bool:
    """Whether a row is of one of these counties, or of none."""
    code = next((str(getattr(row, name)) for name in COUNTED if hasattr(row, name)), "")
    return len(code) < len("220881") or code[:6] in counties


@pytest.fixture(scope="module")
def public(records: Records) -> PublicRecords:
    return publication.publish(records, SETTINGS, KNOWN)


EVIDENCE = [(name, source) for name, rule in RULES.items() for source in rule.evidence]


def without(records: Records, source: str) -> Records:
    """The records without a table, or with a column of it blank."""
    table, _, column = source.partition(".")
    rows = getattr(records, table)
    blank = {str: "", "str": ""}
    kept = tuple(replace(row, **{column: blank.get(type(getattr(row, column)))}) for row in rows) if column else ()
    return replace(records, **{table: kept})


@pytest.fixture(scope="module")
def bare(records: Records, some: Records) -> Callable[[CountingRule, str], PublicRecords]:
    """What is public without a source, or with all for "", made once for all the rules that look at it."""

    @cache
    def made(source: str, *, is_whole: bool) -> PublicRecords:
        of = records if is_whole else some
        return publication.publish(without(of, source) if source else of, SETTINGS, KNOWN)

    return lambda name, source: made(source, is_whole=name is OF_THE_PROVINCE)


@pytest.mark.parametrize(("name", "source"), EVIDENCE)
def test_a_duty_falls_without_its_evidence(
    bare: Callable[[CountingRule, str], PublicRecords], name: CountingRule, source: str
) -> None:
    """What a rule says that it looks at is what it looks at: without it the duty is less done, and never done."""
    before = RULES[name].count(bare(name, ""))
    after = RULES[name].count(bare(name, source))
    assert before.done
    assert (after.done or 0) < before.done
    states = {each.duty.counted_by: each.state for each in duty_standings(bare(name, source))}
    assert states[name] in ("overdue", "today", "ahead", "unknown")


def test_a_monthly_duty_is_done_so_far_until_its_last_day(records: Records) -> None:
    """With every month that is over it is not told as done before the last day; with one lacking it is not done."""
    lacking = next(each for each in records.pilot_months if each.unit_code == "222403")
    whole = replace(records, pilot_months=(*records.pilot_months, replace(lacking, period="2018-04")))
    for found, state in ((whole, "so_far"), (records, "ahead")):
        standings = duty_standings(publication.publish(found, SETTINGS, KNOWN))
        states = {each.duty.counted_by: each.state for each in standings}
        assert states[CountingRule.PILOTS_SUPPORTED] == state


def test_every_rule_has_evidence() -> None:
    """All rules are there, and each says what it looks at; the reports are made by the software itself, day by day."""
    assert set(RULES) == set(CountingRule)
    assert [name for name, rule in RULES.items() if not rule.evidence] == [CountingRule.REPORTS_ISSUED]


def test_reports_are_issued_as_their_periods_end(public: PublicRecords) -> None:
    """Six months, two quarters and a half-year by the end of June, of nineteen; none on New Year's Day."""
    rule = RULES[CountingRule.REPORTS_ISSUED]
    counted = [
        rule.count(replace(public, campaign=SETTINGS.model_copy(update={"data_as_of": day})))
        for day in (date(2018, 6, 30), date(2018, 1, 1))
    ]
    assert [(each.done, each.planned) for each in counted] == [(9, 19), (0, 19)]


def test_quotas_count_a_pilot_city_for_itself(public: PublicRecords) -> None:
    """Its villages are not its prefecture's; all areas together list what the quotas ask."""
    found = {each.area: each for each in areas(public)}
    assert sum(each.quota for each in found.values()) == sum(each.listed for each in found.values()) == 789
    own = next(county for county in public.counties if county.code == "220581")
    assert found["220581"].listed == own.progress[2018].villages
    counted = RULES[CountingRule.QUOTAS_FILLED].count(public)
    short = {area for area, each in found.items() if each.listed < each.quota or each.named < each.listed}
    assert counted.behind == short
    assert "2205" in short
