"""What a careful clerk would check by hand, over all tables."""

from collections import Counter, defaultdict
from datetime import timedelta
from itertools import pairwise

import pytest

from demonstration import boundaries
from demonstration.generator import ROOT
from site_builder.model.campaign import Campaign

Row = dict[str, str]
Tables = dict[str, list[Row]]

GROUPS = ("migrant_workers", "elderly", "disabled", "left_behind_women", "left_behind_children")
ZONES = {"220171", "220172", "220173", "220174", "220271", "220272", "220273", "220771", "220871"}


def by(rows: list[Row], column: str) -> dict[str, list[Row]]:
    groups = defaultdict(list)
    for row in rows:
        groups[row[column]].append(row)
    return groups


def in_order(*dates: str) -> bool:
    """Whether the dates that are filled in stand in order."""
    filled = [date for date in dates if date]
    return all(before <= after for before, after in pairwise(filled))


def window_counties(settings: Campaign) -> dict[str, int]:
    return {code: target.year for target in settings.targets for code in target.window_counties}


# ---- villages


def test_there_are_as_many_villages_and_windows_as_promised(committed: Tables, settings: Campaign) -> None:
    """789 villages of 2018, 700 of 2017, and the fifteen windows that the settings name."""
    years = Counter(int(row["campaign_year"]) for row in committed["villages"])
    assert years == {2018: 789, 2017: 700}
    found = {row["county_code"]: int(row["campaign_year"]) for row in committed["windows"]}
    assert found == window_counties(settings)
    assert len(committed["windows"]) == 15


def test_villages_are_real_villages_of_ordinary_counties(tables: Tables) -> None:
    """Each is a village of the gazetteer under its township; none is a community or in a development zone."""
    units = {row["code"]: row for row in tables["divisions"]}
    for row in tables["villages"]:
        unit = units[row["village_code"]]
        assert unit["level"] == "village"
        assert unit["name"].endswith(("村", "村委会", "村民委员会"))
        assert row["township_code"] == unit["parent_code"] == row["village_code"][:9]
        assert row["village_code"][:6] not in ZONES


def test_villages_bear_their_own_names(tables: Tables) -> None:
    """The name is what the village calls itself, and no two of a township share one."""
    names = Counter((row["township_code"], row["name"]) for row in tables["villages"])
    assert max(names.values()) == 1
    for _, name in names:
        assert name.endswith("村")
        assert not name.endswith("村村")
        assert len(name) <= 8


def test_every_ordinary_county_has_villages_of_both_years(committed: Tables) -> None:
    """Sixty counties with at least a few villages each."""
    counts = Counter((row["village_code"][:6], row["campaign_year"]) for row in committed["villages"])
    counties = {row["county_code"] for row in committed["counties"]}
    assert len(counties) == 60
    assert min(counts[county, year] for county in counties for year in ("2017", "2018")) >= 2


def test_poor_counties_of_a_year_carry_most_of_its_villages(committed: Tables, settings: Campaign) -> None:
    """A year's villages lie mainly where its windows were set up."""
    for target in settings.targets:
        years = [row for row in committed["villages"] if row["campaign_year"] == str(target.year)]
        theirs = [row for row in years if row["village_code"][:6] in target.window_counties]
        assert 0.4 < len(theirs) / len(years) < 0.7


def test_only_villages_of_2017_have_a_consultation_platform(tables: Tables) -> None:
    """The platforms were built in 2017; the villages of 2018 have liaisons instead."""
    for row in tables["villages"]:
        assert bool(row["consultation_platform"]) == (row["campaign_year"] == "2017")


def test_villages_have_more_than_two_persons_to_a_household(tables: Tables) -> None:
    """The two figures of a village fit each other."""
    for row in tables["villages"]:
        assert 2.1 * int(row["households"]) <= int(row["persons"]) <= 3.5 * int(row["households"])


# ---- liaisons


def test_one_liaison_serves_at_a_time(tables: Tables) -> None:
    """A predecessor leaves before the successor starts, and only the last may still serve."""
    for terms in by(tables["liaisons"], "village_code").values():
        for before, after in pairwise(sorted(terms, key=lambda row: row["from_date"])):
            assert before["from_date"] < before["to_date"] < after["from_date"]


def test_a_few_places_are_vacant_and_a_few_dozen_changed_hands(committed: Tables) -> None:
    """Six liaisons left without a successor, three of 2018 were never named, 38 were replaced."""
    terms = by(committed["liaisons"], "village_code")
    serving = Counter(row["village_code"] for row in committed["liaisons"] if not row["to_date"])
    new = {row["village_code"] for row in committed["villages"] if row["campaign_year"] == "2018"}
    unnamed = {row["village_code"] for row in committed["villages"]} - set(terms)
    assert max(serving.values()) == 1
    assert len(unnamed) == 3
    assert unnamed <= new
    assert sum(1 for village in terms if village not in serving) == 6
    assert sum(len(found) == 2 for found in terms.values()) == 38


def test_new_villages_have_liaisons_since_spring(tables: Tables) -> None:
    """The villages of 2018 have their first liaison from March 2018 on, the others since 2017."""
    years = {row["village_code"]: row["campaign_year"] for row in tables["villages"]}
    for village, terms in by(tables["liaisons"], "village_code").items():
        first = min(row["from_date"] for row in terms)
        assert ("2018-03" <= first < "2018-07") if years[village] == "2018" else first.startswith("2017-")


def test_postings_follow_the_appointment_and_verification_follows_posting(tables: Tables) -> None:
    """A name is posted while its bearer serves, and verified, by somebody, after it was posted."""
    for row in tables["liaisons"]:
        end = row["to_date"]
        assert in_order(row["from_date"], row["posted_on"], row["posting_verified_on"], end)
        assert row["posted_on"] or not row["posting_verified_on"]
        assert bool(row["posting_verified_by"]) == bool(row["posting_verified_on"])


def test_named_posted_and_verified_are_three_counts(committed: Tables) -> None:
    """More liaisons are named than posted, and more are posted than verified."""
    serving = [row for row in committed["liaisons"] if not row["to_date"]]
    posted = sum(bool(row["posted_on"]) for row in serving)
    verified = sum(bool(row["posting_verified_on"]) for row in serving)
    assert 0.9 * len(serving) < posted < len(serving)
    assert 0.5 * len(serving) < verified < 0.8 * len(serving)


def test_phones_need_consent_and_cannot_be_dialled(tables: Tables) -> None:
    """Every number but the hotline is a landline whose local part begins with 0; without one there is no consent."""
    columns = {"counties": ("office_phone", "supervision_phone"), "windows": ("phone",), "stations": ("phone",)}
    for name, phones in {**columns, "liaisons": ("work_phone",)}.items():
        for row in tables[name]:
            assert all(row[phone].partition("-")[2].startswith("0") for phone in phones if row[phone])
    liaisons = tables["liaisons"]
    assert all(row["work_phone"] or row["phone_consent"] == "false" for row in liaisons)
    assert {row["phone_consent"] for row in liaisons} == {"true", "false"}
    numbers = [row["work_phone"] for row in liaisons if row["work_phone"]]
    assert len(numbers) == len(set(numbers)) < len(liaisons)


def test_counties_name_their_own_centre_and_body(committed: Tables) -> None:
    """Counties report through their prefecture, the two pilot cities by themselves; liaisons name the centre."""
    counties = {row["county_code"]: row for row in committed["counties"]}
    bodies = Counter(row["submitting_body"] for row in counties.values())
    assert len(bodies) == 11
    assert counties["220581"]["submitting_body"] == "梅河口市司法局"
    assert counties["220184"]["submitting_body"] == "公主岭市司法局"
    assert counties["220881"]["submitting_body"] == "白城市司法局"
    assert counties["220802"]["legal_aid_centre"] == "白城市洮北区法律援助中心"
    for row in committed["liaisons"]:
        assert row["appointing_body"] == counties[row["village_code"][:6]]["legal_aid_centre"]


@pytest.mark.parametrize(
    ("county", "area"), [("220104", "0431-0"), ("220184", "0434-0"), ("220581", "0435-0"), ("222403", "0433-0")]
)
def test_area_codes_are_those_of_the_time(committed: Tables, county: str, area: str) -> None:
    """Each county has its prefecture's area code; 公主岭市 still has that of 四平市."""
    row = next(row for row in committed["counties"] if row["county_code"] == county)
    assert row["office_phone"].startswith(area)
    assert row["office_phone"] != row["supervision_phone"]


def test_counties_differ_in_budget_and_publication_of_phones(committed: Tables) -> None:
    """Most counties have a budget and publish no phones; a few are the exception."""
    budgets = Counter(bool(row["budget_included_on"]) for row in committed["counties"])
    assert budgets == {True: 54, False: 6}
    phones = Counter(row["phone_publication"] for row in committed["counties"])
    assert phones == {"none": 51, "masked": 6, "full": 3}


# ---- windows and deliveries


def test_windows_are_reached_in_every_way(committed: Tables) -> None:
    """Without steps, with somebody's help, by steps alone; of a few nobody has said."""
    assert {row["way_in"] for row in committed["windows"]} == {"step_free", "helped", "steps", ""}


def test_windows_lie_in_their_county_or_say_nothing(tables: Tables) -> None:
    """Thirteen windows have a point inside their county's boundary, two have none."""
    shapes = boundaries.read(ROOT)
    placed = [row for row in tables["windows"] if row["longitude"]]
    assert len(placed) == 13
    for row in placed:
        point = (float(row["longitude"]), float(row["latitude"]))
        assert boundaries.contains(shapes[row["county_code"]].rings, point)


def test_two_new_windows_wait_for_plaque_or_board(tables: Tables) -> None:
    """All eight of 2017 have both; of the seven of 2018 six have the plaque and five the board."""
    years = by(tables["windows"], "campaign_year")
    hung = {
        year: (sum(bool(row["plaque_hung_on"]) for row in rows), sum(bool(row["board_hung_on"]) for row in rows))
        for year, rows in years.items()
    }
    assert hung == {"2017": (8, 8), "2018": (6, 5)}
    assert all(in_order(row["opened_on"], row["plaque_hung_on"]) for row in tables["windows"])


def test_windows_and_deliveries_tell_the_same_story(tables: Tables) -> None:
    """Plaque and board were hung on the day that both tables give."""
    hung = {(row["recipient_code"], row["material_id"]): row["hung_on"] for row in tables["deliveries"]}
    for row in tables["windows"]:
        assert hung[row["county_code"], "M-01"] == row["plaque_hung_on"]
        assert hung[row["county_code"], "M-02"] == row["board_hung_on"]


def test_deliveries_follow_printing_and_precede_hanging(tables: Tables) -> None:
    """Printed, delivered, hung, verified: in this order, and only boards and plaques are hung."""
    materials = {row["material_id"]: row for row in tables["materials"]}
    villages = {row["village_code"] for row in tables["villages"]}
    for row in tables["deliveries"]:
        material = materials[row["material_id"]]
        assert in_order(material["issued_on"], row["delivered_on"], row["hung_on"], row["verified_on"])
        assert row["hung_on"] or not row["verified_on"]
        assert bool(row["verified_by"]) == bool(row["verified_on"])
        assert material["kind"] in ("plaque", "board") or not row["hung_on"]
        assert row["recipient_code"] in villages or len(row["recipient_code"]) == 6


def test_boards_have_gaps_at_every_step(committed: Tables) -> None:
    """Not every village has its board, not every board hangs, not every hanging is verified."""
    boards = [row for row in committed["deliveries"] if row["material_id"] == "M-03"]
    hung = sum(bool(row["hung_on"]) for row in boards)
    assert 1489 > len(boards) > hung > sum(bool(row["verified_on"]) for row in boards) > 700


# ---- surveys and needs


def test_surveys_fit_their_village_and_themselves(tables: Tables) -> None:
    """Households, persons, groups and answers are each within what they are part of."""
    villages = {row["village_code"]: row for row in tables["villages"]}
    for row in tables["village_surveys"]:
        village = villages[row["village_code"]]
        persons = int(row["poor_persons"])
        assert int(row["poor_households"]) <= int(village["households"])
        assert int(row["poor_households"]) <= persons <= int(village["persons"])
        assert max(int(row[group]) for group in GROUPS) <= persons
        assert int(row["hotline_aware"]) <= int(row["hotline_asked"]) <= persons
        assert "2018-04-01" <= row["surveyed_on"] <= "2018-06-28"


def test_nine_villages_in_ten_are_surveyed_and_two_counties_are_late(committed: Tables) -> None:
    """Seven villages have two surveys, and two counties stand out with about half of theirs."""
    surveys = by(committed["village_surveys"], "village_code")
    assert 0.88 < len(surveys) / 1489 < 0.95
    assert sum(len(found) == 2 for found in surveys.values()) == 7
    all_of = Counter(row["village_code"][:6] for row in committed["villages"])
    done = Counter(village[:6] for village in surveys)
    assert sum(done[county] / count < 0.65 for county, count in all_of.items()) == 2


def test_needs_fit_the_latest_survey(tables: Tables) -> None:
    """A need is somebody's, and of no more persons than the group has in the village's latest survey."""
    latest = {row["village_code"]: row for row in sorted(tables["village_surveys"], key=lambda r: r["surveyed_on"])}
    for row in tables["needs"]:
        assert 1 <= int(row["persons"]) <= int(latest[row["village_code"]][row["group"]])


def test_needs_have_small_and_large_cells(committed: Tables) -> None:
    """Added up by county, group and matter some figures are below ten and some above a hundred."""
    cells: Counter[tuple[str, str, str]] = Counter()
    for row in committed["needs"]:
        cells[row["village_code"][:6], row["group"], row["matter"]] += int(row["persons"])
    assert sum(count < 10 for count in cells.values()) > 100
    assert sum(count > 100 for count in cells.values()) > 10
    assert {matter for _, _, matter in cells} == {
        "labour_pay", "support_payments", "social_insurance", "relief_payments", "land_contract",
        "land_expropriation", "house_demolition", "good_samaritan", "state_compensation",
    }  # fmt: skip


# ---- feedback, activities, offices, reports


def test_feedback_is_handled_then_reviewed(tables: Tables) -> None:
    """What was answered was handled; what is to be published was reviewed, in this order."""
    for row in tables["feedback"]:
        assert in_order(row["received_on"], row["handled_on"], row["reviewed_on"])
        assert bool(row["handled_on"]) == bool(row["reply"])
        assert bool(row["public_question"]) == bool(row["public_reply"]) == bool(row["reviewed_on"])
        assert not row["village_code"] or row["village_code"][:6] == row["county_code"]


def test_feedback_is_mixed_and_twelve_answers_are_public(committed: Tables) -> None:
    """Some 150 entries of all kinds, most of them handled, and twelve different public answers."""
    rows = committed["feedback"]
    assert 130 <= len(rows) <= 170
    assert min(Counter(row["kind"] for row in rows).values()) >= 10
    assert 0.85 < sum(bool(row["handled_on"]) for row in rows) / len(rows) < 1
    questions = [row["public_question"] for row in rows if row["public_question"]]
    assert len(questions) == len(set(questions)) == 12


def test_feedback_through_a_liaison_comes_while_one_serves(tables: Tables) -> None:
    """A liaison who was not yet named, or had left, passes nothing on."""
    terms = by(tables["liaisons"], "village_code")
    passed_on = [row for row in tables["feedback"] if row["channel"] == "liaison"]
    assert len(passed_on) > 20
    for row in passed_on:
        assert any(
            term["from_date"] <= row["received_on"] <= (term["to_date"] or "9999")
            for term in terms[row["village_code"]]
        )


def test_texts_name_nobody(committed: Tables) -> None:
    """No name of the demonstration's people and no long number stands in a text."""
    people = {row["name"] for row in committed["liaisons"]}
    columns = ("text", "reply", "public_question", "public_reply")
    texts = {row[column] for row in committed["feedback"] for column in columns}
    texts |= {row["note"] for row in committed["village_surveys"]}
    texts |= {row["title"] for row in committed["cases"]}
    for text in texts:
        assert not any(name in text for name in people)
        assert not any(part.isdigit() for part in (text[i : i + 6] for i in range(len(text) - 5)))


def test_activities_happen_where_they_say(tables: Tables) -> None:
    """An activity in a village names it in title and place; every county with villages has three to eight."""
    names = {row["village_code"]: row["name"] for row in tables["villages"]}
    for row in tables["activities"]:
        village = names.get(row["village_code"])
        assert village is None or (village in row["title"] and village in row["place"])
        assert row["village_code"][:6] in ("", row["county_code"])
    counts = Counter(row["county_code"] for row in tables["activities"] if row["people_reached"])
    assert set(counts) == {row["village_code"][:6] for row in tables["villages"]}
    assert min(counts.values()) >= 3
    assert max(counts.values()) <= 8
    assert len({row["kind"] for row in tables["activities"]}) == 5


def test_some_rounds_are_announced(tables: Tables, settings: Campaign) -> None:
    """What lies ahead is a round of the bus or a visit, within a month, and has reached nobody yet."""
    ahead = [row for row in tables["activities"] if row["held_on"] > settings.data_as_of.isoformat()]
    assert {row["kind"] for row in ahead} == {"legal_aid_bus", "home_visit", "team_visit"}
    assert max(row["held_on"] for row in ahead) <= (settings.data_as_of + timedelta(days=31)).isoformat()
    assert all(row["people_reached"] == row["materials_given"] == "" for row in ahead)
    assert all(row["people_reached"] for row in tables["activities"] if row not in ahead)


def test_stations_stand_in_most_counties(committed: Tables) -> None:
    """Courts and detention centres nearly everywhere, procuratorates in some places, a few model stations."""
    kinds = Counter(row["kind"] for row in committed["stations"])
    assert kinds["court"] > 45
    assert kinds["detention_centre"] > 40
    assert 5 <= kinds["procuratorate"] <= 30
    assert 1 <= sum(row["model_station"] == "true" for row in committed["stations"]) <= 12


def test_indicators_add_up(tables: Tables) -> None:
    """A quarter is the sum of its months, the half-year of its quarters, for every county and indicator."""
    values = {(r["county_code"], r["indicator"], r["period"]): int(r["self_value"]) for r in tables["indicators"]}
    assert len(values) == len(tables["counties"]) * 8 * 9
    parts = {
        "2018-Q1": ["2018-01", "2018-02", "2018-03"],
        "2018-Q2": ["2018-04", "2018-05", "2018-06"],
        "2018-H1": ["2018-Q1", "2018-Q2"],
    }
    for (county, indicator, period), value in values.items():
        if period in parts:
            assert value == sum(values[county, indicator, part] for part in parts[period])


def test_indicators_agree_with_each_other_and_with_the_activities(tables: Tables) -> None:
    """Poverty cases are cases, every case helps somebody, and activities are those of their own table."""
    held: Counter[tuple[str, str]] = Counter()
    reached: Counter[tuple[str, str]] = Counter()
    for row in tables["activities"]:
        if not row["people_reached"]:
            continue
        held[row["county_code"], row["held_on"][:7]] += 1
        reached[row["county_code"], row["held_on"][:7]] += int(row["people_reached"])
    figures: defaultdict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for row in tables["indicators"]:
        figures[row["county_code"], row["period"]][row["indicator"]] = int(row["self_value"])
    for place, of in figures.items():
        assert of["poverty_cases"] <= of["cases_accepted"] <= of["persons_helped"]
        assert bool(of["amount_recovered"]) == bool(of["poverty_cases"])
        if len(place[1]) == 7 and place[1][5].isdigit():
            assert (of["activities_held"], of["persons_reached"]) == (held[place], reached[place])


def test_verified_figures_say_what_when_and_by_whom(tables: Tables) -> None:
    """A figure that was verified says what was found, how, when and by whom, after the period's end; others nothing."""
    ends = {"2018-Q1": "2018-03-31", "2018-Q2": "2018-06-30", "2018-H1": "2018-06-30"}
    for row in tables["indicators"]:
        filled = [
            bool(row[f"{name}"]) for name in ("verified_value", "verification_method", "verified_on", "verified_by")
        ]
        assert len(set(filled)) == 1
        assert row["panel_value"] == "" or row["period"] == "2018-H1"
        assert not row["verified_on"] or row["verified_on"] >= ends[row["period"]]


@pytest.mark.parametrize(
    ("indicator", "reported"),
    [
        ("cases_accepted", 7890),
        ("persons_helped", 8339),
        ("consultations", 45932),
        ("hotline_calls", 22228),
        ("poverty_cases", 172),
    ],
)
def test_half_year_comes_near_what_the_press_reported(committed: Tables, indicator: str, reported: int) -> None:
    """The province's totals are of the size that was reported, so that charts look as they would."""
    rows = [r for r in committed["indicators"] if (r["period"], r["indicator"]) == ("2018-H1", indicator)]
    assert sum(int(row["self_value"]) for row in rows) == pytest.approx(reported, rel=0.08)


def test_most_counties_have_submitted_in_june(committed: Tables) -> None:
    """53 of the 60 counties have sent their file, each a different one."""
    rows = committed["submissions"]
    assert len(rows) == len({row["county_code"] for row in rows}) == 53
    assert len({row["file_hash"] for row in rows}) == 53
    assert {row["received_on"][:7] for row in rows} == {"2018-06"}


def test_pilots_are_those_of_the_notice(committed: Tables) -> None:
    """通化市本级, 长春市朝阳区 and 敦化市, from the first of February."""
    found = {(row["area_code"], row["started_on"]) for row in committed["pilots"]}
    assert found == {(code, "2018-02-01") for code in ("2205", "220104", "222403")}
