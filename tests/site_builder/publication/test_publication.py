"""The public records of the tiny campaign, recounted by hand from its files."""

from collections.abc import Callable

from site_builder.publication.gate import HIDDEN
from site_builder.publication.public import OpenTable, Progress, PublicRecords

Public = Callable[[], PublicRecords]


def table(records: PublicRecords, name: str) -> OpenTable:
    return next(table for table in records.tables if table.name == name)


def rows(records: PublicRecords, name: str) -> list[dict[str, str]]:
    found = table(records, name)
    return [dict(zip([field.name for field in found.fields], row, strict=True)) for row in found.rows]


def test_counties_come_with_their_villages(public: Public) -> None:
    """Counties stand in the order of their codes, each with its own villages and names from the gazetteer."""
    found = public().counties
    assert [(county.code, county.name, len(county.villages)) for county in found] == [
        ("220104", "朝阳区", 0),
        ("220881", "洮南市", 2),
        ("220882", "大安市", 2),
    ]
    assert found[1].villages[0].township == "瓦房镇"


def test_named_and_verified_are_counted_apart(public: Public) -> None:
    """A posting counts as verified only for the liaison who serves now."""
    assert public().counties[1].progress == {2018: Progress(villages=2, named=2, posted=2, verified=1, surveyed=2)}
    assert public().counties[2].progress == {
        2018: Progress(villages=1, named=0, posted=0, verified=0, surveyed=1),
        2017: Progress(villages=1, named=1, posted=0, verified=0, surveyed=0),
    }


def test_only_the_latest_survey_of_a_village_counts(public: Public) -> None:
    """A village surveyed twice counts once, with its later figures: 52 + 50 persons."""
    survey = public().counties[1].survey
    assert (survey.villages, survey.poor_persons, survey.poor_households) == (2, 102, 40)


def test_small_sums_are_hidden(public: Public) -> None:
    """Six disabled persons in two villages are hidden, no left-behind child is shown as 0, none surveyed as no data."""
    first, second, third = public().counties
    assert second.survey.groups["disabled"] is HIDDEN
    assert second.survey.groups["left_behind_children"] == 0
    assert third.survey.poor_persons is HIDDEN
    assert first.survey.poor_persons is None


def test_needs_are_counted_by_county(public: Public) -> None:
    """7 + 5 migrant workers are shown, 4 elderly and 1 disabled are hidden."""
    assert public().counties[1].needs == {
        ("disabled", "social_insurance"): HIDDEN,
        ("elderly", "support_payments"): HIDDEN,
        ("migrant_workers", "labour_pay"): 12,
    }


def test_open_needs_show_no_small_count(public: Public) -> None:
    """In the downloads a hidden count is blank and marked."""
    found = {
        (row["county_code"], row["group"]): (row["persons"], row["suppressed"])
        for row in rows(public(), "needs_by_county")
    }
    assert found[("220881", "migrant_workers")] == ("12", "false")
    assert found[("220881", "elderly")] == ("", "true")
    assert not any(0 < int(row["persons"] or 0) < 10 for row in rows(public(), "needs_by_county"))


def test_open_liaisons_carry_the_phone_that_was_agreed_to(public: Public) -> None:
    """A masked phone where the county masks and the liaison agreed, none elsewhere, none of those who left."""
    phones = {row["name"]: row["work_phone"] for row in rows(public(), "liaisons")}
    assert phones == {"欧阳䶮": "", "朴银姬": "", "斯琴高娃": "", "那顺": "139****1234", "王小二": ""}


def test_no_table_of_persons_or_villages_is_open(public: Public) -> None:
    """Surveys and needs are open by county only; feedback, submissions and indicators not at all."""
    names = {table.name for table in public().tables}
    assert not names & {"village_surveys", "needs", "feedback", "submissions", "indicators"}
    assert {"needs_by_county", "surveys_by_county", "liaisons", "windows"} <= names


def test_deliveries_are_summed_by_county(public: Public) -> None:
    """Pieces, places reached, hung and verified, by material."""
    assert [(d.material_id, d.pieces, d.places, d.hung, d.verified) for d in public().counties[1].delivered] == [
        ("M-01", 1, 1, 1, 1),
        ("M-02", 60, 1, 0, 0),
    ]
