"""What a county has returned and what it owes, counted from the records and the campaign's own dates."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st
from rounds import rounds
from tiny_campaign import EXAMPLE, PROJECT

from site_builder.checks import Checked
from site_builder.model import campaign, forms, schemas
from site_builder.model.campaign import Campaign
from site_builder.model.forms import Forms
from site_builder.record import loading, returns, tables
from site_builder.record.records import Origin, Records, Submission
from site_builder.record.returns import CountyReturns

Check = Callable[[], Checked]
Edit = Callable[[str, str, str], None]


@pytest.fixture(scope="module")
def asked() -> Forms:
    return forms.load(PROJECT, schemas.load(PROJECT))


@pytest.fixture
def sound(check: Check) -> Records:
    return check().records


@pytest.fixture
def settings(root: Path) -> Campaign:
    return campaign.load(root)


def of(code: str, found: tuple[CountyReturns, ...]) -> CountyReturns:
    return next(county for county in found if county.code == code)


def sent(day: date, tables: str = "liaisons", **changed: object) -> Submission:
    """A submission of county 220881."""
    submission = Submission(
        origin=Origin("content/data/submissions/220881.csv", 2),
        file_hash="0" * 64,
        county_code="220881",
        source="county_file",
        received_on=day,
        submitted_by="某人",
        file_name="样例.xlsx",
        kit_version="2018.4",
        accepted_rows="",
        tables=tables,
        data_status="demo",
    )
    return replace(submission, **changed)  # type: ignore[arg-type]


def test_every_village_is_expected_whatever_its_year(sound: Records, settings: Campaign, asked: Forms) -> None:
    """Villages of 2017 and of 2018 alike report a liaison, a survey and needs; a promised window is one place."""
    county = of("220882", returns.progress(sound, settings, asked))
    assert {village.campaign_year for village in sound.villages if village.village_code[:6] == "220882"} == {2017, 2018}
    for table in ("liaisons", "village_surveys", "needs"):
        assert len(county.of(table).expected) == county.villages == 2
    assert [place.code for place in county.of("windows").expected] == ["2017"]


def test_what_is_missing_is_named(sound: Records, settings: Campaign, asked: Forms) -> None:
    """A liaison who has left leaves the village without one; a village without a survey is missing from the surveys."""
    county = of("220882", returns.progress(sound, settings, asked))
    liaisons, surveys = county.of("liaisons"), county.of("village_surveys")
    assert (liaisons.present, liaisons.percent, liaisons.records) == (1, 50, 2)
    assert [place.code for place in liaisons.missing] == ["220882202204"]
    assert [place.code for place in surveys.missing] == ["220882202203"]
    assert all(place.name and place.township for place in (*liaisons.missing, *surveys.missing))


def test_a_reported_record_may_still_have_gaps(sound: Records, settings: Campaign, asked: Forms) -> None:
    """A liaison whose name is not posted counts as reported and as not posted; a missing one does not."""
    liaisons = of("220882", returns.progress(sound, settings, asked)).of("liaisons")
    assert [place.code for place in liaisons.gaps["posted_on"]] == ["220882202203"]
    assert [place.code for place in liaisons.gaps["posting_verified_on"]] == ["220882202203"]


def test_forms_that_come_as_things_happen_are_never_owed(sound: Records, settings: Campaign, asked: Forms) -> None:
    """Deliveries, activities and feedback are counted, and nothing of them is missing or late."""
    county = of("220881", returns.progress(sound, settings, asked))
    for table, rows in {"deliveries": 2, "activities": 2, "feedback": 2}.items():
        found = county.of(table)
        assert (found.records, found.percent, found.missing, found.due, found.days_late) == (rows, None, (), None, 0)


def test_lateness_runs_to_the_day_of_the_data(sound: Records, settings: Campaign, asked: Forms) -> None:
    """What is missing is late from the day after its deadline, by the campaign's date and not the clock's."""
    due = next(each.due for each in settings.milestones if each.key == "lists_confirmed")
    for days in (-1, 0, 1, 400):
        as_of = settings.model_copy(update={"data_as_of": due + timedelta(days=days)})
        liaisons = of("220882", returns.progress(sound, as_of, asked)).of("liaisons")
        assert (liaisons.due, liaisons.days_late) == (due, max(0, days))


def test_only_what_is_due_is_owed(sound: Records, settings: Campaign, asked: Forms) -> None:
    """Before the deadline nothing is owed; on the day itself what is missing is."""
    due = next(each.due for each in settings.milestones if each.key == "lists_confirmed")
    county = of("220882", returns.progress(sound, settings, asked))
    assert county.owed(due - timedelta(days=1)) == ()
    assert [each.form.table.name for each in county.owed(due)] == ["liaisons"]


def test_a_complete_return_is_late_by_its_first_file(sound: Records, settings: Campaign, asked: Forms) -> None:
    """Once nothing is missing, the day the first file with that form came decides: an update later on is not late."""
    due = next(each.due for each in settings.milestones if each.key == "lists_confirmed")
    late = sent(due + timedelta(days=9))
    earlier = sent(due + timedelta(days=2))
    other = sent(due + timedelta(days=30), tables="village_surveys needs")
    in_time = sent(due - timedelta(days=3))
    for submissions, days in {
        (late, earlier, other): 2,
        (late, other): 9,
        (other,): 0,
        (): 0,
        (in_time, late): 0,
    }.items():
        changed = replace(sound, submissions=submissions)
        liaisons = of("220881", returns.progress(changed, settings, asked)).of("liaisons")
        assert (liaisons.percent, liaisons.days_late) == (100, days)


def test_a_change_by_the_office_is_no_return(sound: Records, settings: Campaign, asked: Forms) -> None:
    """It makes no list late that came in time, nor one come that never came; a blank source is a county's."""
    due = next(each.due for each in settings.milestones if each.key == "lists_confirmed")
    in_time, office = sent(due, source=""), sent(due + timedelta(days=9), source="office_change")
    for submissions, received_on in {(in_time, office): due, (office,): None}.items():
        changed = replace(sound, submissions=submissions)
        liaisons = of("220881", returns.progress(changed, settings, asked)).of("liaisons")
        assert (liaisons.received_on, liaisons.days_late) == (received_on, 0)


def test_of_two_files_of_one_day_the_later_line_counts(sound: Records, settings: Campaign, asked: Forms) -> None:
    """The table names are a list of words: a file with `liaisons` says nothing of `windows`."""
    first, second = sent(date(2018, 3, 1), file_hash="1" * 64), sent(date(2018, 3, 1), file_hash="2" * 64)
    county = of("220881", returns.progress(replace(sound, submissions=(first, second)), settings, asked))
    found = county.of("liaisons")
    assert found.submission == second
    assert found.received_on == date(2018, 3, 1)
    assert county.of("windows").submission is None


def test_a_promised_window_is_expected_where_there_is_no_village(
    sound: Records, settings: Campaign, asked: Forms
) -> None:
    """Without villages only the counties that were promised a window are left, with the window missing."""
    bare = replace(sound, villages=(), windows=())
    codes = {code for target in settings.targets for code in target.window_counties}
    found = returns.progress(bare, settings, asked)
    assert {county.code for county in found} == codes & {county.county_code for county in sound.counties}
    assert all(len(county.of("windows").missing) == len(county.of("windows").expected) for county in found)


KNOWN = schemas.load(PROJECT)
WHOLE = loading.load(tables.read_all(EXAMPLE, KNOWN).files, KNOWN)


@trying(max_examples=rounds(25, 100))
@given(st.data())
def test_present_and_missing_make_up_what_is_expected(data: st.DataObject) -> None:
    """Whatever part of the records is there, each place is present or missing; 100 % says that none is missing."""
    settings, asked = campaign.load(EXAMPLE), forms.load(PROJECT, KNOWN)
    parts = {
        name: tuple(data.draw(st.lists(st.sampled_from(getattr(WHOLE, name)), unique_by=id)))
        for name in ("villages", "liaisons", "windows", "village_surveys", "needs")
    }
    for county in returns.progress(replace(WHOLE, **parts), settings, asked):
        for each in county.returns:
            assert set(each.missing) <= set(each.expected)
            assert each.present + len(each.missing) == len(each.expected)
            assert (each.percent == 100) == (bool(each.expected) and not each.missing)
            assert each.days_late >= 0
            assert not {place for places in each.gaps.values() for place in places} & set(each.missing)
