"""Cells that say to be as the one above: read where that is plain, refused for persons and numbers, always shown."""

from pathlib import Path

import pytest
from collect_examples import context_of, rows_of
from office_sheets import N, turned
from test_collect_structure import errors, sheet_of, taken

from site_builder.collect.collection_context import CollectionContext

HEADS: list[object] = ["乡镇", "村名", "姓名", "职务", "联系电话", "任职时间", "公示时间"]
FIRST: list[object] = ["瓦房镇", "荣华村", "李春花", "会计", "0436-0000101", "2018-06-01", "2018-06-05"]
SECOND: list[object] = ["瓦房镇", "瓦房村", "陈志高", "会计", "0436-0000102", "2018-06-01", "2018-06-01"]


@pytest.fixture(scope="module")
def context(untouched: Path) -> CollectionContext:
    return context_of(untouched)


@pytest.mark.parametrize("word", ["〃", "同上", " 同上 ", "″", "”"])
def test_a_place_a_choice_and_a_day_are_those_above(word: str, context: CollectionContext) -> None:
    """The record is as if they were written out, and each is shown with what it was taken for."""
    short = [word, *SECOND[1:3], word, SECOND[4], word, "同左"]
    one, plain = (taken(context, sheet_of([HEADS, FIRST, row])) for row in (short, SECOND))
    assert errors(one) == errors(plain)
    assert rows_of(one, "liaisons") == rows_of(plain, "liaisons")
    shown = {(each.cell, each.before, each.after) for each in one.normalised}
    assert {("A3", word.strip(), "瓦房镇"), ("D3", word.strip(), "会计"), ("G3", "同左", "2018-06-01")} <= shown


def test_the_office_that_names_liaisons_is_the_one_above(context: CollectionContext) -> None:
    """One names those of many villages, and nobody writes it out on every line."""
    heads, office = [*HEADS, "确定单位"], "样例法律援助中心"
    one, plain = (taken(context, sheet_of([heads, [*FIRST, office], [*SECOND, word]])) for word in ("同上", office))
    assert errors(one) == errors(plain)
    assert rows_of(one, "liaisons") == rows_of(plain, "liaisons")


@pytest.mark.parametrize("word", ["〃", "同上"])
def test_what_only_the_office_reads_is_the_one_above(word: str, context: CollectionContext) -> None:
    """One person surveys many villages: no name that the public reads."""
    heads: list[object] = ["村名", "调查日期", "贫困户数", "贫困人口", "调查人"]
    rows: list[list[object]] = [["荣华村", "2018-06-10", 20, 50, "张建国"], ["瓦房村", "2018-06-11", 20, 50, word]]
    one = taken(context, sheet_of([heads, *rows]))
    assert "cell-ditto" not in [code for code, _ in errors(one)]
    found = [row["surveyed_by"] for row in rows_of(one, "village_surveys") if row["surveyed_on"] == "2018-06-11"]
    assert found == ["张建国"]


def test_it_is_the_last_row_that_is_repeated_not_a_sum_between(context: CollectionContext) -> None:
    """Several in a row go back to the first; a line of sums is no row."""
    heads = ["村名", "群体", "事项", "人数"]
    rows: list[list[object]] = [
        ["荣华村", "农民工", "劳动报酬", 2],
        ["小计", N, N, 2],
        ["〃", "〃", "土地承包经营权", 1],
        ["〃", "残疾人", "〃", 1],
    ]
    found = {(row["group"], row["matter"]) for row in rows_of(taken(context, sheet_of([heads, *rows])), "needs")}
    assert {("migrant_workers", "land_contract"), ("disabled", "land_contract")} <= found


@pytest.mark.parametrize(("place", "cell"), [(2, "C3"), (4, "E3")])
def test_of_persons_and_phones_it_is_refused(place: int, cell: str, context: CollectionContext) -> None:
    """Two villages with one person would be no wonder, and wrong."""
    row = [*SECOND[:place], "同上", *SECOND[place + 1 :]]
    assert ("cell-ditto", cell) in errors(taken(context, sheet_of([HEADS, FIRST, row])))


def test_of_numbers_and_without_anything_above_it_is_refused(context: CollectionContext) -> None:
    """A count that is as another is counted all the same."""
    heads = ["村名", "群体", "事项", "人数"]
    rows: list[list[object]] = [["荣华村", "农民工", "劳动报酬", 2], ["荣华村", "残疾人", "劳动报酬", "同上"]]
    assert ("cell-ditto", "D3") in errors(taken(context, sheet_of([heads, *rows])))
    first = [*FIRST[:3], "同上", *FIRST[4:]]
    assert ("cell-ditto", "D2") in errors(taken(context, sheet_of([HEADS, first])))


def test_of_records_in_columns_it_is_the_one_at_the_left(context: CollectionContext) -> None:
    """同上 would be another field there."""
    left = turned([HEADS, FIRST, [SECOND[0], *SECOND[1:3], "同左", *SECOND[4:]]])
    one, plain = taken(context, sheet_of(left)), taken(context, sheet_of(turned([HEADS, FIRST, SECOND])))
    assert rows_of(one, "liaisons") == rows_of(plain, "liaisons")
    assert ("C4", "同左") in [(each.cell, each.before) for each in one.normalised]
    above = turned([HEADS, FIRST, [SECOND[0], *SECOND[1:3], "同上", *SECOND[4:]]])
    assert ("cell-ditto", "C4") in errors(taken(context, sheet_of(above)))
