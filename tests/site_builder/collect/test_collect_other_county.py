"""A list whose villages are all another county's is told as that, in one sentence."""

import pytest

from site_builder.collect.entries import Entry
from site_builder.collect.values.places import KnownVillage, Places
from site_builder.collect.values.places import _by_name as by_name
from site_builder.collect.whereabouts import other_county
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem

OWN, OTHER, THIRD = "220881", "222402", "220722"
VILLAGES = (
    KnownVillage(code="220881100200", name="荣华村", township="瓦房镇"),
    KnownVillage(code="222402100201", name="水口村", township="月晴镇"),
    KnownVillage(code="222402100202", name="杰满村", township="月晴镇"),
    KnownVillage(code="220722100201", name="水口村", township="长岭镇"),
)
OUTSIDE = (KnownVillage(code="222402100203", name="榆基村", township="月晴镇"),)
PLACES = Places(
    villages={village.code: village for village in VILLAGES},
    counties={OWN: "洮南市", OTHER: "图们市", THIRD: "长岭县"},
    above={},
    by_name=by_name(VILLAGES),
    outside=by_name(OUTSIDE),
)


def told(names: list[str], own: int = 0, county: str = OWN) -> list[Problem]:
    """What is said of rows with these names, beside as many of the county's own."""
    problems = [
        Problem(
            code=Code.VILLAGE_NOT_FOUND,
            file="a.xlsx",
            sheet="名单",
            line=line,
            details={"named": name, "meant": "", "more": ""},
        )
        for line, name in enumerate(names, start=2)
    ]
    rows = [Entry("liaisons", "名单", 50 + at, {"village_code": "220881100200"}, {}) for at in range(own)]
    return other_county.said_of(problems, rows, PLACES, county)


def test_a_list_of_another_county_names_that_county() -> None:
    """Its villages are the campaign's or the gazetteer's others; no single village is guessed at."""
    found = told(["水口村", "杰满村", "榆基村"])
    assert {(one.code, one.details["of"], one.details["titles"]) for one in found} == {
        ("villages-elsewhere", OTHER, "图们市")
    }


@pytest.mark.parametrize(
    ("names", "own", "county"),
    [
        (["水口村", "杰满村"], 0, OWN),
        (["水口村", "杰满村", "榆基村"], 3, OWN),
        (["水口村", "杰满村", "无名村"], 0, OWN),
        (["水口村", "杰满村", "榆基村"], 0, ""),
    ],
)
def test_where_it_may_be_chance_each_village_is_asked(names: list[str], own: int, county: str) -> None:
    """Two names only, a list that is mostly the county's own, a name that nobody has, a county that nobody says."""
    assert {one.code for one in told(names, own, county)} == {"village-not-found"}
