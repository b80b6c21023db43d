"""The county that a list's titles, whoever sends it or its file's name say, where no code does."""

from dataclasses import replace
from pathlib import Path

import pytest
from collect_examples import context_of, take, write_workbook
from test_collect_places import TWO_COUNTIES
from tiny_campaign import PROJECT

from site_builder.collect.collection_context import CollectionContext
from site_builder.collect.whereabouts import titled_county
from site_builder.model import forms, schemas
from site_builder.model.forms import Forms
from site_builder.untrusted_files import Sheet, UntrustedFile

HEADS = ["日期", "地点", "活动形式", "活动名称", "参加人数"]
PLACES = replace(TWO_COUNTIES, counties={**TWO_COUNTIES.counties, "220623": "长白朝鲜族自治县"})


@pytest.fixture(scope="module")
def known_forms() -> Forms:
    return forms.load(PROJECT, schemas.load(PROJECT))


@pytest.fixture(scope="module")
def context(untouched: Path) -> CollectionContext:
    return context_of(untouched)


@pytest.mark.parametrize(
    ("name", "title", "label", "county"),
    [
        ("台账", "洮南市6月宣传台账", "", "220881"),
        ("台账", "6月宣传台账", "填报单位：长岭县司法局", "220722"),
        ("台账", "洮南市帮扶长岭县活动", "填报单位：长岭县司法局", "220722"),
        ("06洮南6月宣传台账", "宣传台账", "", "220881"),
        ("长白县台账", "宣传台账", "", "220623"),
        ("台账", "瓦房镇活动", "", "220881"),
        ("长岭镇台账", "宣传台账", "", "220722"),
        ("台账", "洮南市、长岭县活动", "", ""),
        ("白城台账", "白城市活动", "", ""),
        ("台账", "活动", "", ""),
    ],
)
def test_what_stands_above_a_list_says_of_which_county_it_is(
    name: str, title: str, label: str, county: str, known_forms: Forms
) -> None:
    """Who sends it before its titles, these before a short name; where they name two, nobody says it."""
    sheet = Sheet(name="Sheet1", rows=[[title], [label, "2018年6月1日"], [*HEADS], ["6月5日", "长岭县"]])
    received = UntrustedFile(path=Path(f"{name}.xlsx"), kind="xlsx", digest="", sheets=(sheet,))
    assert titled_county.of_file(received, PLACES, known_forms) == county


def test_rows_of_no_county_are_of_the_one_that_the_title_says(context: CollectionContext, tmp_path: Path) -> None:
    """Without it that is one error, which does not say what is not so, and no file of the record is named."""

    def codes(title: str) -> list[tuple[str, str]]:
        event = ["2018-06-18", "镇集市", "集中宣传", "端午集市宣传", 200]
        path = write_workbook(tmp_path / "a.xlsx", {"台账": [[title], HEADS, event]})
        (taken,) = take(context.root, path, context=context)
        return [(taken.county, problem.code) for problem in taken.problems if problem.is_error]

    assert codes("洮南市6月台账") == []
    assert codes("6月台账") == [("", "county-unsaid")]
