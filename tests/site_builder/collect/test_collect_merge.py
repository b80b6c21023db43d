"""Merging reported entries into a county's rows."""

from collections.abc import Mapping

import pytest

from site_builder.collect.entries import Entry
from site_builder.collect.merge import RecordChange, merge
from site_builder.model.forms import Form, Forms
from site_builder.model.schemas import Schemas


@pytest.fixture(scope="module")
def all_forms(known: Schemas) -> Forms:
    from tiny_campaign import PROJECT

    from site_builder.model import forms

    return forms.load(PROJECT, known)


def entry(table: str, values: Mapping[str, str]) -> Entry:
    return Entry(table=table, sheet="", line=2, values=dict(values), places={})


def row(form: Form, values: Mapping[str, str]) -> dict[str, str]:
    return {**dict.fromkeys(form.table.header, ""), "data_status": "demo", **values}


OLD = {"village_code": "220881100201", "from_date": "2018-03-05", "name": "斯琴高娃", "role": "party_secretary"}


def test_what_is_the_same_changes_nothing(all_forms: Forms) -> None:
    """An entry that says what the record says leaves the row as it is."""
    form = all_forms.forms["liaisons"]
    merged = merge(form, "220881", "demo", [row(form, OLD)], [entry("liaisons", OLD)])
    assert (merged.new, merged.changed, merged.same, merged.changes) == (0, 0, 1, [])
    assert list(merged.rows.values()) == [row(form, OLD)]


def test_a_column_that_the_return_lacks_is_kept(all_forms: Forms) -> None:
    """What a return does not ask about stays; what it leaves empty is emptied, and reported."""
    form = all_forms.forms["liaisons"]
    before = row(form, {**OLD, "posted_on": "2018-03-12", "appointing_body": "中心"})
    merged = merge(form, "220881", "demo", [before], [entry("liaisons", {**OLD, "appointing_body": ""})])
    assert next(iter(merged.rows.values()))["posted_on"] == "2018-03-12"
    assert next(iter(merged.rows.values()))["appointing_body"] == ""
    key = ("220881100201", "2018-03-05")
    assert merged.changes == [RecordChange(table="liaisons", key=key, field="appointing_body", before="中心", after="")]


def test_a_new_liaison_ends_the_old_ones_term(all_forms: Forms) -> None:
    """The history stays: the earlier liaison's row is kept and ends the day before the new one starts."""
    form = all_forms.forms["liaisons"]
    new = {**OLD, "from_date": "2018-06-01", "name": "李春花"}
    merged = merge(form, "220881", "demo", [row(form, OLD)], [entry("liaisons", new)])
    terms = {(kept["name"], kept["from_date"], kept["to_date"]) for kept in merged.rows.values()}
    assert terms == {("斯琴高娃", "2018-03-05", "2018-05-31"), ("李春花", "2018-06-01", "")}


def test_a_term_ends_before_the_first_of_several_who_follow(all_forms: Forms) -> None:
    """Of two new liaisons in one return the earlier one takes over: the other's first day does not matter."""
    form = all_forms.forms["liaisons"]
    followers = [{**OLD, "from_date": day, "to_date": ""} for day in ("2018-09-01", "2018-06-01")]
    merged = merge(form, "220881", "demo", [row(form, OLD)], [entry("liaisons", each) for each in followers])
    assert merged.rows["220881100201", "2018-03-05"]["to_date"] == "2018-05-31"


def test_a_village_that_is_not_reported_is_kept(all_forms: Forms) -> None:
    """Rows of villages that a return does not hold are never deleted."""
    form = all_forms.forms["liaisons"]
    other = row(form, {**OLD, "village_code": "220881100200"})
    merged = merge(form, "220881", "demo", [row(form, OLD), other], [entry("liaisons", OLD)])
    assert other in merged.rows.values()


def test_needs_of_a_village_are_replaced_as_a_whole(all_forms: Forms) -> None:
    """In a spread form an empty cell means none: earlier needs of a reported village go, and that is reported."""
    form = all_forms.forms["needs"]
    pay = {"village_code": "220881100201", "group": "migrant_workers", "matter": "labour_pay", "persons": "5"}
    land = {**pay, "matter": "land_contract"}
    elsewhere = {**pay, "village_code": "220881100200"}
    before = [row(form, pay), row(form, land), row(form, elsewhere)]
    merged = merge(form, "220881", "demo", before, [entry("needs", {**pay, "persons": "6"})])
    assert [kept["persons"] for kept in merged.rows.values()] == ["6", "5"]
    assert [change.before for change in merged.changes if not change.field] == [
        "220881100201 migrant_workers land_contract"
    ]


def test_needs_that_a_return_had_no_column_for_are_kept(all_forms: Forms) -> None:
    """Only a column that is in the sheet may empty the record, and only for the groups that the sheet tells of."""
    form = all_forms.forms["needs"]
    pay = {"village_code": "220881100201", "group": "migrant_workers", "matter": "labour_pay", "persons": "5"}
    land, old = {**pay, "matter": "land_contract"}, {**pay, "group": "elderly"}
    before = [row(form, pay), row(form, land), row(form, old), row(form, {**pay, "group": "disabled"})]
    columns = frozenset({frozenset({("matter", "labour_pay")})})
    told = [entry("needs", old)._replace(columns=columns)]
    told.append(entry("needs", {**pay, "village_code": "220881100200"})._replace(columns=columns))
    merged = merge(form, "220881", "demo", before, told)
    gone = [change.before for change in merged.changes if not change.field and change.before]
    assert gone == ["220881100201 migrant_workers labour_pay"]


def test_numbers_are_compared_as_numbers(all_forms: Forms) -> None:
    """A coordinate that a workbook gives back without its last zero is no change."""
    form = all_forms.forms["windows"]
    known = {"window_id": "W-220881-2018", "county_code": "220881", "longitude": "122.250"}
    merged = merge(form, "220881", "demo", [row(form, known)], [entry("windows", {**known, "longitude": "122.25"})])
    assert next(iter(merged.rows.values()))["longitude"] == "122.250"
    assert merged.same == 1


def test_what_no_form_asks_is_filled_in(all_forms: Forms) -> None:
    """A new row gets its county and the campaign's data status."""
    form = all_forms.forms["activities"]
    merged = merge(form, "220881", "official", [], [entry("activities", {"activity_id": "A-220881-0001"})])
    assert (next(iter(merged.rows.values()))["county_code"], next(iter(merged.rows.values()))["data_status"]) == (
        "220881",
        "official",
    )


def test_one_who_began_before_the_one_on_record_is_the_one_before(all_forms: Forms) -> None:
    """Neither is lost: the reported term ends the day before the recorded one begins, and that is told."""
    form = all_forms.forms["liaisons"]
    earlier = {**OLD, "from_date": "2018-03-04", "name": "李春花"}
    merged = merge(form, "220881", "demo", [row(form, OLD)], [entry("liaisons", earlier)])
    terms = {(kept["name"], kept["from_date"], kept["to_date"]) for kept in merged.rows.values()}
    assert terms == {("李春花", "2018-03-04", "2018-03-04"), ("斯琴高娃", "2018-03-05", "")}
    assert [key[1] for key in merged.preceding] == ["2018-03-05"]


@pytest.mark.parametrize("reported", [[{"to_date": "2018-03-04"}], [{}, OLD]])
def test_a_return_that_says_itself_how_two_terms_lie_is_left_as_it_is(
    all_forms: Forms, reported: list[Mapping[str, str]]
) -> None:
    """A day of leaving, or the later liaison's own row, is the county's word."""
    form = all_forms.forms["liaisons"]
    sent = [entry("liaisons", {**OLD, "from_date": "2018-03-01", "name": "李春花", **each}) for each in reported]
    merged = merge(form, "220881", "demo", [row(form, OLD)], sent)
    assert merged.rows["220881100201", "2018-03-01"]["to_date"] == reported[0].get("to_date", "")
    assert not merged.preceding


SURVEY = {"village_code": "220881100201", "surveyed_on": "2018-05-20", "poor_households": "20", "poor_persons": "50"}


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ({"surveyed_on": "2018-05-21"}, {"2018-05-21"}),
        ({"surveyed_on": "2018-05-21", "poor_persons": "51"}, {"2018-05-20", "2018-05-21"}),
        ({"surveyed_on": "2018-05-21", "village_code": "220881100200"}, {"2018-05-20", "2018-05-21"}),
    ],
)
def test_a_survey_of_another_day_that_says_the_same_is_that_survey(
    all_forms: Forms, said: dict[str, str], days: set[str]
) -> None:
    """Its day was put right; one that says anything else is a second survey."""
    form = all_forms.forms["village_surveys"]
    before = [row(form, {**SURVEY, "note": "内部"})]
    merged = merge(form, "220881", "demo", before, [entry("village_surveys", {**SURVEY, **said})])
    assert {found["surveyed_on"] for found in merged.rows.values()} == days
    assert [change.field for change in merged.changes] == (["surveyed_on"] if len(days) == 1 else [""])
    assert "内部" in {found["note"] for found in merged.rows.values()}


def test_two_surveys_that_say_the_same_are_two_where_both_came(all_forms: Forms) -> None:
    """The row of the earlier day came back: nothing was put right."""
    form = all_forms.forms["village_surveys"]
    again = {**SURVEY, "surveyed_on": "2018-06-20"}
    sent = [entry("village_surveys", SURVEY), entry("village_surveys", again)]
    assert len(merge(form, "220881", "demo", [row(form, SURVEY)], sent).rows) == 2


def test_another_first_day_is_put_right_where_a_person_says_so(all_forms: Forms) -> None:
    """The same liaison, accepted by row: the term begins on the other day; of another person it never does."""
    form = all_forms.forms["liaisons"]
    moved = entry("liaisons", {**OLD, "from_date": "2018-03-06"})
    for accepted, days in ((frozenset[tuple[str, int]](), {"2018-03-05", "2018-03-06"}), ({("", 2)}, {"2018-03-06"})):
        merged = merge(form, "220881", "demo", [row(form, OLD)], [moved], None, accepted)
        assert {found["from_date"] for found in merged.rows.values()} == days
    other = entry("liaisons", {**OLD, "from_date": "2018-03-06", "name": "李春花"})
    merged = merge(form, "220881", "demo", [row(form, OLD)], [other], None, {("", 2)})
    assert [found["to_date"] for found in merged.rows.values()] == ["2018-03-05", ""]


SURVEYED = {
    **{"village_code": "220881100201", "surveyed_on": "2018-05-20", "poor_households": "20", "poor_persons": "50"},
    **{"elderly": "15", "disabled": "1", "note": ""},
}


@pytest.mark.parametrize(
    ("changes", "is_edited", "redated"),
    [
        ({}, False, True),
        ({"elderly": "16"}, False, False),
        ({"elderly": "16"}, True, True),
        ({"poor_households": "9", "poor_persons": "19", "elderly": "7"}, True, False),
    ],
)
def test_an_edited_survey_takes_the_place_of_the_one_that_it_was(
    all_forms: Forms, changes: Mapping[str, str], is_edited: bool, redated: bool
) -> None:
    """With another day and most else as it was, it is that one put right; else it is a new survey, or asked about."""
    form = all_forms.forms["village_surveys"]
    again = entry("village_surveys", {**SURVEYED, "surveyed_on": "2018-05-21", **changes})
    edited = {("", 2)} if is_edited else set()
    merged = merge(form, "220881", "demo", [row(form, SURVEYED)], [again], edited=edited)
    assert bool(merged.redated) is redated
    assert len(merged.rows) == (1 if redated else 2)


def test_an_edited_survey_of_a_village_with_two_on_record_is_not_guessed(all_forms: Forms) -> None:
    """Which of them it was, nobody says."""
    form = all_forms.forms["village_surveys"]
    before = [row(form, SURVEYED), row(form, {**SURVEYED, "surveyed_on": "2018-04-01", "elderly": "14"})]
    again = entry("village_surveys", {**SURVEYED, "surveyed_on": "2018-05-21", "elderly": "16"})
    assert not merge(form, "220881", "demo", before, [again], edited={("", 2)}).redated
