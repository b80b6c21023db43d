"""The public records of the tiny campaign, recounted by hand from its files."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from site_builder.model.schemas import Schemas
from site_builder.publication.gate import HIDDEN
from site_builder.publication.public import OpenTable, Progress, PublicRecords
from site_builder.record.tables import canonical_csv
from site_builder.shared.words import Words

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


def test_figures_are_those_of_the_newest_edition(public: Public) -> None:
    """A county surveyed far enough has its figures, with small ones and their protectors hidden; another has none."""
    records = public()
    first, second, third = records.counties
    assert records.figures.edition == date(2018, 6, 30)
    assert first.figures is None
    assert third.figures is None
    assert second.figures is not None
    assert second.figures.villages == 2
    assert second.figures.survey["poor_persons", "all"] == 102
    assert second.figures.survey["poor_persons", "disabled"] is HIDDEN
    assert second.figures.survey["poor_persons", "left_behind_children"] == 0
    assert second.figures.needs == {
        ("all", "all"): 17,
        ("all", "labour_pay"): HIDDEN,
        ("all", "social_insurance"): HIDDEN,
        ("all", "support_payments"): HIDDEN,
        ("disabled", "all"): HIDDEN,
        ("elderly", "all"): HIDDEN,
        ("migrant_workers", "all"): HIDDEN,
    }


def test_without_an_edition_there_are_no_figures(public: Public, root: Path, known: Schemas) -> None:
    """Nothing of the surveys and needs is published before an edition is made, whatever the record holds."""
    table = known.tables["published_counts"]
    (root / "content/data/published_counts.csv").write_bytes(canonical_csv(table.header, [], table.key))
    records = public()
    assert records.figures.edition is None
    assert [county.figures for county in records.counties] == [None, None, None]
    assert rows(records, "needs_by_area") == rows(records, "surveys_by_area") == []


def test_open_needs_show_no_small_count(public: Public) -> None:
    """In the downloads a hidden count is blank and marked; by group and matter at once from the prefecture upwards."""
    found = {
        (row["area_code"], row["group"], row["matter"]): (row["persons"], row["suppressed"])
        for row in rows(public(), "needs_by_area")
    }
    assert found["22", "all", "all"] == ("17", "false")
    assert found["220881", "elderly", "all"] == ("", "true")
    assert found["22", "migrant_workers", "labour_pay"] == ("", "true")
    assert ("220881", "migrant_workers", "labour_pay") not in found


def test_open_cases_are_those_that_every_step_has_passed(root: Path, public: Public) -> None:
    """A case that the prefecture has not passed stands in no download, whatever day its own record says."""
    assert [row["case_id"] for row in rows(public(), "cases")] == ["C-2018-009"]
    (root / "content/data/case_reviews/2208.csv").unlink()
    assert rows(public(), "cases") == []


def test_every_field_has_a_policy_on_the_page(public: Public, known: Schemas, labels: Words) -> None:
    """The statement names every field of every table, with a form that the words know."""
    policies = public().policies
    assert {(p.title, f.title) for p in policies for f in p.fields} == {
        (table.title, field.title) for table in known.tables.values() for field in table.fields
    }
    forms = {field.form for policy in policies for field in policy.fields}
    assert forms <= labels["publication_forms"].keys() == labels["publication_reasons"].keys()


def test_open_liaisons_carry_the_phone_that_was_agreed_to(public: Public) -> None:
    """A masked phone where the county masks and the liaison agreed, none elsewhere, none of those who left."""
    phones = {row["name"]: row["work_phone"] for row in rows(public(), "liaisons")}
    assert phones == {"欧阳䶮": "", "朴银姬": "", "斯琴高娃": "", "那顺": "139******34", "王小二": ""}


def test_no_table_of_persons_or_villages_is_open(public: Public) -> None:
    """Surveys and needs are open as figures of areas only; feedback, submissions and indicators not at all."""
    names = {table.name for table in public().tables}
    assert not names & {"village_surveys", "needs", "feedback", "submissions", "indicators"}
    assert {"needs_by_area", "surveys_by_area", "liaisons", "windows"} <= names


def test_deliveries_are_summed_by_county(public: Public) -> None:
    """Pieces, places reached, hung and verified, by material."""
    assert [(d.material_id, d.pieces, d.places, d.hung, d.verified) for d in public().counties[1].delivered] == [
        ("M-01", 1, 1, 1, 1),
        ("M-02", 60, 1, 0, 0),
    ]
