"""What units report beside their plan: that they did it is counted, persons are rounded down, the rest stays inside."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tiny_campaign import make_root

from site_builder import checks, publication
from site_builder.model import campaign
from site_builder.model.campaign import Campaign
from site_builder.model.schemas import Policy, Schemas
from site_builder.model.undertakings import CountingRule
from site_builder.publication.duties.rules import RULES
from site_builder.publication.gate import HIDDEN
from site_builder.publication.public import PublicRecords
from site_builder.record.records import Records

Publish = Callable[[Records], PublicRecords]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_root(tmp_path_factory.mktemp("units"))


@pytest.fixture(scope="module")
def settings(root: Path) -> Campaign:
    return campaign.load(root)


@pytest.fixture(scope="module")
def records(root: Path, settings: Campaign, known: Schemas) -> Records:
    return checks.check(root, settings, known).records


@pytest.fixture
def publish(settings: Campaign, known: Schemas) -> Publish:
    return lambda records: publication.publish(records, settings, known)


def test_helpers_are_rounded_down_and_few_are_hidden(records: Records, publish: Publish) -> None:
    """Fourteen are told as ten, three are not told, and the total gives neither away."""
    counted = {each.kind: each.persons for each in publish(records).reports.helpers}
    assert (counted["社会律师"], counted["退休法官"], counted[""]) == (10, HIDDEN, 10)


def test_a_department_s_count_of_the_same_people_is_not_added(records: Records, publish: Publish) -> None:
    """What the lawyers' office of the province counts is in the counts of the places already."""
    own = replace(records.helpers[0], unit_code="22-01", persons=320)
    more = replace(records, helpers=(*records.helpers, own))
    assert publish(more).reports.helpers == publish(records).reports.helpers


def test_what_a_pilot_reports_is_rounded_down(records: Records, publish: Publish) -> None:
    """Forty-two defendants are told as forty; how many lawyers were lent and what it cost is not told."""
    (own,) = publish(records).reports.defence
    assert (own.area_code, own.months, own.defendants, own.defended_by_aid, own.defended_by_own) == (
        *("220104", 1),
        *(40, 20, 10),
    )
    assert "42000" not in repr(publish(records).reports.defence)


def test_a_special_action_is_told_without_how_many_it_helped(records: Records, publish: Publish) -> None:
    """Who held it for whom, when and what was done is what the public looks for; persons helped stay inside."""
    (action,) = publish(records).reports.actions
    assert (action.unit, action.group, action.from_date, action.events) == (
        "白城市司法局",
        "农民工",
        date(2018, 4, 10),
        4,
    )
    assert "36" not in repr(action)


def test_a_case_that_was_sent_back_is_no_step(records: Records, publish: Publish) -> None:
    """The prefecture's review counts only where it agreed."""
    returned = tuple(replace(each, outcome="returned") for each in records.case_reviews)
    kept = [
        [each for unit in publish(some).units for each in unit.evidence if each.table == "case_reviews"]
        for some in (records, replace(records, case_reviews=returned))
    ]
    assert [len(found) for found in kept] == [3, 0]


def test_what_may_not_be_counted_is_no_evidence(records: Records, settings: Campaign, known: Schemas) -> None:
    """Where the policy of a table's kind forbids it, nothing of the table is evidence; other tables stay."""
    table = known.tables["unit_work"]
    fields = tuple(replace(f, policy=Policy.INTERNAL) if f.name == "kind" else f for f in table.fields)
    stricter = replace(known, tables={**known.tables, "unit_work": replace(table, fields=fields)})
    found = {each.table for unit in publication.publish(records, settings, stricter).units for each in unit.evidence}
    assert "unit_work" not in found
    assert "special_actions" in found


def test_an_earlier_day_has_only_what_was_done_by_then(records: Records, publish: Publish) -> None:
    """On the last of March only the targets were set."""
    then = publish(records).past[date(2018, 3, 31)]
    assert {each.table for unit in then.units for each in unit.evidence} == {"unit_targets"}


def test_an_action_of_a_county_counts_for_its_prefecture(records: Records, publish: Publish) -> None:
    """The prefecture has done it when all groups have an action, whoever of its places held it."""
    (one,) = records.special_actions
    groups = publish(records).groups
    every = tuple(replace(one, unit_code="220881", group=group) for group in groups)
    rule = RULES[CountingRule.SPECIAL_ACTIONS]
    assert rule.count(publish(records)).done == 0
    counted = rule.count(publish(replace(records, special_actions=every)))
    assert (counted.done, counted.behind) == (1, frozenset({"2201"}))
    assert rule.count(publish(replace(records, special_actions=every[1:]))).done == 0


def test_a_pilot_lacks_the_months_that_are_late_and_no_other(
    records: Records, settings: Campaign, known: Schemas
) -> None:
    """A month is asked for until the tenth of the next one; on the day after that it is owed, as in where we stand."""
    (month,) = records.pilot_months
    every = tuple(replace(month, period=f"2018-{number:02}") for number in range(2, 6))
    rule = RULES[CountingRule.PILOTS_SUPPORTED]

    def done(day: date, months: int) -> int | None:
        until = settings.model_copy(update={"data_as_of": day})
        return rule.count(publication.publish(replace(records, pilot_months=every[:months]), until, known)).done

    assert [done(date(2018, 7, 10), 4), done(date(2018, 7, 10), 3), done(date(2018, 7, 11), 4)] == [1, 0, 0]
    later = settings.model_copy(update={"data_as_of": date(2018, 7, 11), "pilot_months_due_day": 11})
    kept = replace(records, pilot_months=every)
    assert rule.count(publication.publish(kept, later, known)).done == 1


def test_training_of_lawyers_by_a_unit_counts_as_its_training(records: Records, publish: Publish) -> None:
    """The notice asks for training as such: a unit's own counts for it, a prefecture's for no county below it."""
    rule = RULES[CountingRule.TRAININGS_HELD]
    none = replace(records, activities=(), unit_work=())
    work = replace(records.unit_work[0], kind="lawyer_training")

    def behind(*units: str) -> frozenset[str]:
        reported = tuple(replace(work, unit_code=unit) for unit in units)
        return rule.count(publish(replace(none, unit_work=reported))).behind

    everybody = behind()
    assert {"2208", "220881"} <= everybody
    assert everybody - behind("2208") == {"2208"}
    assert everybody - behind("2208", "220881") == {"2208", "220881"}
