"""Several counties in one sheet, beside or above one another, or in a column: each row is its own county's."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from collect_examples import COUNTY, context_of, rows_of, take, write_workbook
from tiny_campaign import make_root

from site_builder.collect import collection_context
from site_builder.collect.collection_context import CollectionContext
from site_builder.collect.incoming_file import CollectedReturn, CollectOptions
from site_builder.model import campaign, forms, schemas
from site_builder.shared.problems import remedy, sentence

OTHER = "220882"
HEADS = ["村名", "姓名", "职务", "任职时间"]
OWN = ["荣华村", "金大勇", "村主任", "2018-06-10"]
THEIRS = ["嫩江村", "李明远", "村主任", "2018-06-11"]
COLUMN = ["县（市）", *HEADS]


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> CollectionContext:
    return context_of(make_root(tmp_path_factory.mktemp("collect")))


def sent(
    rows: Sequence[Sequence[object]], context: CollectionContext, folder: Path, county: str = ""
) -> dict[str, CollectedReturn]:
    path = write_workbook(folder / "报表.xlsx", {"Sheet1": rows})
    return {taken.county: taken for taken in take(context.root, path, CollectOptions(county=county), context)}


def new_names(taken: CollectedReturn) -> set[str]:
    return {row["name"] for row in rows_of(taken, "liaisons")} & {"金大勇", "李明远"}


def errors(taken: CollectedReturn) -> list[tuple[str, str]]:
    return [(found.code, found.cell) for found in taken.problems if found.is_error]


Rows = Sequence[Sequence[object]]
SIDES: Rows = [
    ["洮南市", *[None] * 4, "大安市"],
    [*HEADS, None, *HEADS],
    [*OWN, None, *THEIRS],
]
LAYOUTS: dict[str, Rows] = {
    "beside one another": SIDES,
    "with no column between": [["洮南市", *[None] * 3, "大安市"], [*HEADS, *HEADS], [*OWN, *THEIRS]],
    "above one another": [["洮南市名单"], HEADS, OWN, [], ["大安市名单"], HEADS, THEIRS],
    "a line over each county's rows": [["白城市名单"], HEADS, ["一、洮南市"], OWN, ["二、大安市（1个村）"], THEIRS],
    "a column": [["白城市名单"], COLUMN, ["洮南市", *OWN], ["大安市", *THEIRS]],
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_county_is_taken_by_itself(layout: str, context: CollectionContext, tmp_path: Path) -> None:
    """Whatever says which rows are whose, as a folder of several counties' returns would be."""
    returns = sent(LAYOUTS[layout], context, tmp_path)
    assert {county: new_names(taken) for county, taken in returns.items()} == {COUNTY: {"金大勇"}, OTHER: {"李明远"}}
    assert all(taken.is_sound for taken in returns.values())


@pytest.mark.parametrize("layout", [layout for layout in LAYOUTS if "column" not in layout])
def test_of_a_file_that_is_one_countys_the_others_rows_are_errors(
    layout: str, context: CollectionContext, tmp_path: Path
) -> None:
    """Said by the office, it is said of each row of the other county, which may be accepted by itself."""
    returns = sent(LAYOUTS[layout], context, tmp_path, county=COUNTY)
    found = [problem for taken in returns.values() for problem in taken.problems if problem.is_error]
    assert {problem.code for problem in found} == {"row-other-county"}
    assert {(problem.details["found"], problem.details["expected"]) for problem in found} == {("大安市", "洮南市")}
    assert all("去掉 --county" in remedy(problem) for problem in found)


def test_the_rows_of_another_county_are_told_in_one(context: CollectionContext, tmp_path: Path) -> None:
    """With what to do, and how to accept each."""
    returns = sent([COLUMN, ["洮南市", *OWN], *[["大安市", *THEIRS]] * 3], context, tmp_path, county=COUNTY)
    (found,) = [one for one in returns[COUNTY].problems if one.code == "row-other-county"]
    assert sentence(found) == "这些行不是洮南市的：第3行（大安市）、第4行（大安市）、第5行（大安市）。"
    assert remedy(found).count("--accept ") == 3


def test_who_sends_the_file_is_whose_it_is(context: CollectionContext, tmp_path: Path) -> None:
    """A county that sends another's rows with its own may not change these."""
    returns = sent([["填报单位：洮南市司法局"], *LAYOUTS["above one another"]], context, tmp_path)
    assert {code for taken in returns.values() for code, _ in errors(taken)} == {"row-other-county"}


def test_the_same_name_in_two_counties_is_each_ones_own(context: CollectionContext, tmp_path: Path) -> None:
    """A village is looked for in the county that stands over its row, not in the first."""
    rows = [*LAYOUTS["above one another"][:-1], ["荣华村", *THEIRS[1:]]]
    returns = sent(rows, context, tmp_path)
    assert errors(returns[OTHER]) == [("village-not-found", "A7")]
    assert errors(returns[COUNTY]) == []


@pytest.mark.parametrize("rows", [SIDES, LAYOUTS["a column"]])
def test_one_countys_mistake_stops_that_county_only(
    rows: list[list[object]], context: CollectionContext, tmp_path: Path
) -> None:
    """Also of a row that stands in one line with the other county's, and whose village nobody knows."""
    wrong = [[("某某村" if cell == "嫩江村" else cell) for cell in row] for row in rows]
    returns = sent(wrong, context, tmp_path)
    assert returns[COUNTY].is_sound
    assert [code for code, _ in errors(returns[OTHER])] == ["village-not-found"]


@pytest.mark.parametrize(
    "rows",
    [
        [["洮南市", None, "大安市"], ["村名", None, "村名"], ["荣华村", None, "嫩江村"]],
        [["洮南市", *[None] * 2, "大安市"], ["乡镇", "村名"] * 2, ["瓦房镇", "荣华村", "大赉乡", "嫩江村"]],
        [["縣", "鄉鎮", "村名"], ["洮南市", "瓦房鎮", "榮華村"], ["大安市", "大賚鄉", "嫩江村"]],
    ],
)
def test_lists_of_villages_are_split_by_county_as_well(rows: list[list[object]], tmp_path: Path) -> None:
    """Counties over columns, with townships or without, and in traditional characters."""
    root = make_root(tmp_path)
    known = schemas.load(root)
    context = collection_context.load(root, campaign.load(root), known, forms.load_village_list(root, known))
    returns = sent(rows, context, tmp_path)
    assert {county: taken.is_sound for county, taken in returns.items()} == {COUNTY: True, OTHER: True}


def test_a_list_of_villages_of_no_county_names_no_file_of_the_record(tmp_path: Path) -> None:
    """What nobody says is one thing to say; the files that a county's list begins are none of the return's."""
    root = make_root(tmp_path)
    known = schemas.load(root)
    context = collection_context.load(root, campaign.load(root), known, forms.load_village_list(root, known))
    (taken,) = sent([["乡镇", "村名"], ["某某镇", "某某村"]], context, tmp_path).values()
    assert not [found for found in taken.problems if found.file.startswith("content/")]
    assert "villages-of-no-county" not in {found.code for found in taken.problems}


def test_counties_are_known_in_traditional_characters(context: CollectionContext) -> None:
    """In a column, a title, or who sends it: names of places are official in simplified ones."""
    places = replace(context.places, counties={**context.places.counties, "222424": "汪清县", "220821": "镇赉县"})
    assert [places.counties_named(text) for text in ("汪清縣", "白城市鎮賚縣")] == [["222424"], ["220821"]]


@pytest.mark.parametrize(("typed", "is_told"), [("2.20881E+11", False), ("2.20882E+11", True)])
def test_names_say_which_village_it_was_whose_code_was_lost(
    typed: str, is_told: bool, context: CollectionContext, tmp_path: Path
) -> None:
    """A spreadsheet made 2.20881E+11 of it; where that is left of another county's code, it is asked."""
    rows = [["洮南市"], ["村代码", "乡镇", *HEADS], [typed, "瓦房镇", *OWN]]
    taken = sent(rows, context, tmp_path)[COUNTY]
    assert ("cell-scientific" in {code for code, _ in errors(taken)}) is is_told
    assert is_told or new_names(taken) == {"金大勇"}
