"""Editions from one to the next: what changes, what stays as it was, what is held back, and how they are kept."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_codes import CODES, KEY

from site_builder.checks import Checked
from site_builder.disclosure import attack, editions, suppress
from site_builder.disclosure.cells import (
    NEEDS,
    Block,
    Codes,
    CountCell,
    CountedItem,
    all_counts,
    blocks,
    is_published,
    need_sums,
    remainders,
)
from site_builder.disclosure.editions import Edition
from site_builder.disclosure.model import Layer, nothing_drawn
from site_builder.disclosure.suppress import BeyondHidingError, hidden_cells
from site_builder.model import campaign
from site_builder.model.campaign import Campaign
from site_builder.model.schemas import Schemas
from site_builder.record.records import Records, VillageSurvey

COUNTY = "220881"


def block(*needs: int, villages: int = 8, persons: int = 300) -> Block:
    """A county's counts: needs of a in x, a in y, b in x, b in y."""
    pairs = [CountedItem(NEEDS, group, matter) for group in CODES.groups for matter in CODES.matters]
    survey = {
        CountedItem("poor_households"): 100,
        CountedItem("poor_persons"): persons,
        CountedItem("poor_persons", "a"): 60,
        CountedItem("poor_persons", "b"): 80,
        CountedItem("hotline_asked"): 90,
        CountedItem("hotline_aware"): 40,
    }
    counts = survey | remainders(survey, CODES) | need_sums(dict(zip(pairs, needs, strict=True)), CODES)
    return Block(villages=villages, counts=counts)


@pytest.fixture
def records(check: Callable[[], Checked]) -> Records:
    """The tiny campaign before its first edition."""
    return replace(check().records, published_counts=())


@pytest.fixture
def settings(root: Path) -> Campaign:
    return campaign.load(root)


@pytest.fixture
def codes(settings: Campaign, known: Schemas) -> Codes:
    return editions.codes_of(settings, known)


def on_record(found: Records, edition: Edition, codes: Codes) -> Records:
    return replace(found, published_counts=tuple(editions.rows_of(edition, "demo", codes)))


def surveyed(found: Records, **changes: int) -> Records:
    """The same, with the latest survey of one village mended."""

    def mended(survey: VillageSurvey) -> VillageSurvey:
        newest = survey.village_code == "220881100201"
        return replace(survey, counts={**survey.counts, **changes}) if newest else survey

    return replace(found, village_surveys=tuple(map(mended, found.village_surveys)))


@pytest.mark.parametrize(
    ("old", "new", "may"),
    [
        (0, 0, True),
        (7, 7, True),
        (0, 9, False),
        (0, 10, True),
        (30, 39, False),
        (30, 40, True),
        (30, 20, True),
        (15, 5, False),
        (12, 0, True),
        (9, 0, False),
        (9, 19, False),
        (9, 20, True),
        (1, 11, False),
        (10, 20, True),
        (10, 19, False),
    ],
)
def test_a_published_count_changes_by_a_publishable_count_or_stays(old: int, new: int, may: bool) -> None:
    """By ten or more, to zero or to ten or more; from a small one to twenty, or the change would tell of it."""
    assert editions.may_change(old, new, 10) is may


@given(st.integers(0, 60), st.integers(0, 60))
def test_no_difference_of_two_editions_is_small(old: int, new: int) -> None:
    """Whatever was counted, a shown count and its successor are the same or ten apart, and neither is small."""
    after = new if editions.may_change(old, new, 10) else old
    assert after == old or (abs(after - old) >= 10 and not 0 < after < 10)


@pytest.mark.parametrize(
    ("surveyed", "of", "ready"), [(2, 2, True), (1, 1, False), (1, 2, False), (3, 4, True), (2, 3, False)]
)
def test_a_county_comes_in_when_enough_is_surveyed(settings: Campaign, surveyed: int, of: int, ready: bool) -> None:
    """Three quarters of its villages, and never a village alone."""
    assert editions.is_ready(block(1, 2, 3, 4, villages=surveyed), of, settings) is ready


def test_the_next_edition_is_that_of_the_ready_counties(records: Records, settings: Campaign, codes: Codes) -> None:
    """One county of the tiny campaign is surveyed far enough; every small count of it is hidden."""
    edition = editions.next_edition(records, settings, codes, KEY)
    assert edition.day == settings.data_as_of
    assert edition.blocks == {COUNTY: blocks(records, codes)[COUNTY]}
    small = {cell for cell, count in all_counts(edition.blocks).items() if 0 < count < 10 and is_published(cell)}
    assert small
    assert edition.hidden >= small


def test_without_a_ready_county_an_edition_is_empty(records: Records, settings: Campaign, codes: Codes) -> None:
    """Nothing to publish is nothing to hide."""
    edition = editions.next_edition(replace(records, village_surveys=(), needs=()), settings, codes, KEY)
    assert (edition.blocks, edition.hidden) == ({}, frozenset())


def test_an_edition_comes_back_from_its_rows(records: Records, settings: Campaign, codes: Codes) -> None:
    """What was put on record is what is read, zeros among it; the same record gives the same bytes twice."""
    edition = editions.next_edition(records, settings, codes, KEY)
    rows = editions.rows_of(edition, "demo", codes)
    assert editions.editions(rows, codes) == [edition]
    assert editions.rows_of(editions.next_edition(records, settings, codes, KEY), "demo", codes) == rows


def test_a_small_correction_waits(records: Records, settings: Campaign, codes: Codes) -> None:
    """One more person in one village changes nothing that is published, nor what is subtracted from it."""
    then = on_record(records, editions.next_edition(records, settings, codes, KEY), codes)
    due = editions.due_blocks(surveyed(then, poor_persons=51), settings, codes)
    assert due == editions.editions(then.published_counts, codes)[-1].blocks


def test_a_large_correction_comes_through_in_place(records: Records, settings: Campaign, codes: Codes) -> None:
    """Thirty more asked of whom ten knew: those asked, those aware and those not change together, nothing else."""
    then = on_record(records, editions.next_edition(records, settings, codes, KEY), codes)
    old = editions.editions(then.published_counts, codes)[-1].blocks[COUNTY].counts
    new = editions.due_blocks(surveyed(then, hotline_asked=60, hotline_aware=28), settings, codes)[COUNTY].counts
    aware = CountedItem("hotline_aware")
    changed = {item: new[item] - old[item] for item in old if new[item] != old[item]}
    assert changed == {CountedItem("hotline_asked"): 30, aware: 10, aware.rest: 20}


def test_a_correction_of_one_part_waits_for_the_other(records: Records, settings: Campaign, codes: Codes) -> None:
    """Ten more asked of whom five knew: neither part is publishable, so all three stay."""
    then = on_record(records, editions.next_edition(records, settings, codes, KEY), codes)
    due = editions.due_blocks(surveyed(then, hotline_asked=40, hotline_aware=23), settings, codes)
    assert due == editions.editions(then.published_counts, codes)[-1].blocks


def test_one_village_more_changes_nothing(records: Records, settings: Campaign, codes: Codes) -> None:
    """The difference of two editions would be that village's figures."""
    found = editions.next_edition(records, settings, codes, KEY).blocks[COUNTY]
    lone = Edition(day=date(2018, 4, 30), blocks={COUNTY: replace(found, villages=3)}, hidden=frozenset())
    then = on_record(surveyed(records, hotline_asked=90, hotline_aware=45), lone, codes)
    assert editions.due_blocks(then, settings, codes)[COUNTY].villages == 3
    assert editions.due_blocks(then, settings, codes)[COUNTY].counts == found.counts


def test_what_no_hiding_makes_safe_stays_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    """The prefecture of the counts that would be given away keeps its figures; the others have the new ones."""
    old = {"220101": block(20, 30, 40, 50), "220201": block(20, 30, 40, 50)}
    new = {"220101": block(60, 30, 40, 50), "220102": block(20, 30, 40, 50), "220201": block(20, 80, 40, 50)}
    past = [Edition(day=date(2018, 4, 30), blocks=old, hidden=frozenset())]
    tried = []

    def refuse(layers: list[Layer], codes: Codes) -> frozenset[CountCell]:
        tried.append(layers[-1].blocks)
        if len(tried) == 1:
            raise BeyondHidingError(frozenset({"220102"}))
        return hidden_cells(layers, codes)

    monkeypatch.setattr(suppress, "hidden_cells", refuse)
    counted, _ = editions.safe(past, new, CODES, nothing_drawn)
    assert counted == tried[1] == {"220101": old["220101"], "220201": new["220201"]}


def test_if_nothing_new_is_there_all_stays() -> None:
    """Counts of the province, or of a prefecture in which nothing is new, hold everything back."""
    old, new = {"220101": block(20, 30, 40, 50)}, {"220101": block(60, 30, 40, 50), "220201": block(1, 2, 3, 4)}
    assert editions.held_back(old, new, ["22"]) == old
    assert editions.held_back(old, new, ["2203"]) == old
    assert editions.held_back(old, new, ["220201"]) == {"220101": new["220101"]}


def test_a_choice_that_cannot_be_made_says_where() -> None:
    """An edition that was written by hand and shows too much leaves the next no way out."""
    shown = {COUNTY: block(5, 20, 0, 0), "220882": block(50, 60, 70, 80)}
    past = Layer(blocks=shown, hidden=frozenset())
    later = Layer(blocks=shown | {"220101": block(50, 60, 70, 80)}, hidden=None)
    with pytest.raises(BeyondHidingError) as error:
        hidden_cells([past, later], CODES)
    assert COUNTY in error.value.areas


def test_a_program_without_a_solution_is_a_fault_of_ours() -> None:
    """It stops; it does not pass for an answer."""
    program = attack.solver()
    attack.add_column(program, 1, 5, 5)
    attack.add_row(program, 0, 1, {0: 1})
    with pytest.raises(RuntimeError, match="Infeasible"):
        attack.solve(program)


def test_the_same_question_has_the_same_answer() -> None:
    """Whatever the order of the counties in the mapping."""
    found = {"220101": block(3, 20, 30, 4), "220102": block(15, 2, 30, 40), "220201": block(50, 11, 1, 14)}
    once = suppress.hidden_cells([Layer(blocks=found, hidden=None)], CODES)
    assert suppress.hidden_cells([Layer(blocks=dict(sorted(found.items())), hidden=None)], CODES) == once


def followed(old: Block, new: Block, settings: Campaign) -> Block:
    return editions.follow(old, new, settings, CODES)


def test_needs_change_each_for_itself(settings: Campaign) -> None:
    """One by group and matter comes through while the next waits, and the sums are those of what is published."""
    after = followed(block(30, 40, 50, 60), block(40, 49, 50, 0), settings)
    assert after == block(40, 40, 50, 0)


def test_persons_change_with_all_that_is_subtracted_from_them(settings: Campaign) -> None:
    """Twenty more persons are twenty more outside of each group; five more are of no group's business."""
    old = block(30, 40, 50, 60)
    assert followed(old, block(30, 40, 50, 60, persons=320), settings) == block(30, 40, 50, 60, persons=320)
    assert followed(old, block(30, 40, 50, 60, persons=305), settings) == old


def test_as_many_villages_more_as_a_county_needs_to_come_in_are_enough(settings: Campaign) -> None:
    """Two in the tiny campaign; one more, or one less, changes nothing, not even how many were surveyed."""
    old = block(30, 40, 50, 60)
    for villages in (7, 9):
        assert followed(old, block(90, 40, 50, 60, villages=villages), settings) == old
    for villages in (6, 8, 10):
        new = block(90, 40, 50, 60, villages=villages)
        assert followed(old, new, settings) == new


def test_a_choice_heeds_what_was_hidden_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """The earlier editions come with what they hide, which is not to be decided again, nor drawn."""
    found = {"220101": block(20, 30, 40, 50)}
    seen: list[Sequence[Layer]] = []

    def drawn(_: CountCell, __: int) -> bool:
        return True

    def nothing(layers: Sequence[Layer], codes: Codes) -> frozenset[CountCell]:
        seen.append(layers)
        return frozenset()

    monkeypatch.setattr(suppress, "hidden_cells", nothing)
    hidden = frozenset({CountCell("220101", CountedItem(NEEDS))})
    editions.safe([Edition(day=date(2018, 4, 30), blocks=found, hidden=hidden)], found, CODES, drawn)
    assert [(layer.blocks, layer.hidden) for layer in seen[0]] == [(found, hidden), (found, None)]
    assert seen[0][-1].draw is drawn


def test_what_is_given_away_is_reported_by_edition() -> None:
    """A small count that is shown, and one that is hidden to no avail; where all is hidden well, nothing."""
    found = {"220101": block(5, 20, 30, 40), "220102": block(50, 60, 70, 80)}
    whole, small = CountCell("220101", CountedItem(NEEDS)), CountCell("220101", CountedItem(NEEDS, "a", "x"))
    well = Edition(day=date(2018, 4, 30), blocks=found, hidden=hidden_cells([Layer(blocks=found, hidden=None)], CODES))
    assert editions.exposed_cells([well], CODES) == []
    poor = {"220101": block(5, 0, 30, 40), "220102": block(50, 60, 70, 80)}
    given = Edition(
        day=date(2018, 6, 30), blocks=poor, hidden=frozenset({CountCell("220101", CountedItem(NEEDS, "a"))})
    )
    reported = editions.exposed_cells([given], CODES)
    assert {(date(2018, 6, 30), CountCell("220101", CountedItem(NEEDS, "a"))), (date(2018, 6, 30), small)} <= set(
        reported
    )
    assert whole not in {cell for _, cell in reported}
    shown = Edition(day=date(2018, 6, 30), blocks=poor, hidden=frozenset())
    assert (date(2018, 6, 30), CountCell("220101", CountedItem(NEEDS, "a"))) in editions.exposed_cells([shown], CODES)


def test_the_villages_of_all_counties_are_added_up(known: Schemas) -> None:
    """For the prefecture and the province too; the rows go into the file in its order, as its schema writes them."""
    found = {"220101": block(50, 60, 70, 80, villages=4), "220102": block(50, 60, 70, 80, villages=5)}
    rows = editions.rows_of(Edition(day=date(2018, 6, 30), blocks=found, hidden=frozenset()), "demo", CODES)
    lines = editions.file_of(rows, known.tables["published_counts"]).decode().splitlines()
    assert [line for line in lines if ",villages," in line] == [
        "2018-06-30,22,villages,all,all,9,false,demo",
        "2018-06-30,2201,villages,all,all,9,false,demo",
        "2018-06-30,220101,villages,all,all,4,false,demo",
        "2018-06-30,220102,villages,all,all,5,false,demo",
    ]
    assert "2018-06-30,220101,needs,a,x,50,true,demo" in lines
    assert "2018-06-30,2201,needs,a,x,100,false,demo" in lines
    assert lines == [lines[0], *sorted(lines[1:])]


def test_what_a_record_lacks_counts_as_zero_if_it_was_counted_before() -> None:
    """So that the audit can say what is missing; an item that no edition of the county has was not asked yet."""
    found = {"220101": block(50, 60, 70, 80)}
    days = [Edition(day=date(2018, month, 30), blocks=found, hidden=frozenset()) for month in (4, 6)]
    rows = [row for edition in days for row in editions.rows_of(edition, "demo", CODES)]
    lacking = [row for row in rows if row.edition.month == 4 or row.item not in ("villages", "hotline_asked")]
    first, second = editions.editions(lacking, CODES)
    assert first.blocks == found
    assert second.blocks["220101"].villages == 0
    assert second.blocks["220101"].counts[CountedItem("hotline_asked")] == 0
    (alone, _) = editions.editions([row for row in rows if row.item != "hotline_asked"], CODES)
    assert CountedItem("hotline_asked") not in alone.blocks["220101"].counts


def test_a_county_is_counted_anew_without_what_it_was_asked_first(settings: Campaign) -> None:
    """A question that is added comes into a county's figures beside those on record, and not before they may change."""
    new = block(50, 60, 70, 80)
    asked, aware = CountedItem("hotline_asked"), CountedItem("hotline_aware")
    added = (asked, aware, aware.rest)
    old = replace(new, counts={item: count for item, count in new.counts.items() if item not in added})
    assert editions.follow(old, new, settings, CODES) == new
    group = CountedItem("poor_persons", "b")
    old = replace(new, counts={item: count for item, count in new.counts.items() if item not in (group, group.rest)})
    assert editions.follow(old, new, settings, CODES) == new
    corrected = replace(new, counts={**new.counts, CountedItem("poor_persons"): 303})
    assert editions.follow(old, corrected, settings, CODES) == old


def test_a_question_that_some_counties_were_not_asked_is_safe() -> None:
    """What is small is hidden in the county that was asked, and in the sums; the earlier edition stays as it was."""
    early = {"220101": block(50, 60, 70, 80), "220102": block(50, 60, 70, 80)}
    group = CountedItem("poor_persons", "b")
    for code, found in early.items():
        left = {item: count for item, count in found.counts.items() if item not in (group, group.rest)}
        early[code] = replace(found, counts=left)
    late = early | {
        "220101": replace(early["220101"], counts={**block(50, 60, 70, 80).counts, group: 4, group.rest: 296})
    }
    layers = [Layer(blocks=early, hidden=frozenset()), Layer(blocks=late, hidden=None)]
    hidden = hidden_cells(layers, CODES)
    assert {CountCell(area, group) for area in ("22", "2201", "220101")} <= hidden
    assert CountCell("220102", group) not in all_counts(late)
    edition = Edition(day=date(2018, 6, 30), blocks=late, hidden=frozenset(filter(is_published, hidden)))
    assert editions.editions(editions.rows_of(edition, "demo", CODES), CODES) == [edition]
