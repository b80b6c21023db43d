"""What the record has already is not asked again: the list of an office has fewer columns than our forms."""

from pathlib import Path

import pytest
from collect_examples import context_of, rows_of
from office_sheets import Cells, N
from test_collect_structure import errors, of_code, sheet_of, taken

from site_builder.collect.answers import once
from site_builder.collect.collection_context import CollectionContext
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem, sentence

PERSONS: list[object] = ["村名", "姓名", "联系电话"]
KNOWN: Cells = [["荣华村", "斯琴高娃", "0436-0000102"], ["瓦房村", "朴银姬", "13800000000"]]
EVENT: list[object] = ["2018-06-19", "集中宣传", "集市宣传", 80]


@pytest.fixture(scope="module")
def context(untouched: Path) -> CollectionContext:
    return context_of(untouched)


def test_persons_on_record_need_no_day_and_no_role(context: CollectionContext) -> None:
    """Who serves a village under that name is that person: one change is counted, and nobody is new."""
    one = taken(context, sheet_of([PERSONS, *KNOWN]))
    assert errors(one) == []
    assert one.counts["liaisons"] == (0, 1, 1)
    (now,) = [row for row in rows_of(one, "liaisons") if row["name"] == "斯琴高娃"]
    assert (now["from_date"], now["role"], now["work_phone"]) == ("2018-03-05", "party_secretary", "0436-0000102")


def test_somebody_new_is_asked_for_them_in_that_row(context: CollectionContext) -> None:
    """The others of the list need not say them."""
    one = taken(context, sheet_of([PERSONS, KNOWN[0], ["瓦房村", "李春花", N]]))
    assert errors(one) == [("row-lacks-columns", "B3")]
    (asked,) = of_code(one, "row-lacks-columns")
    assert asked.details["titles"] == "身份、任职日期"


def test_all_rows_that_lack_the_same_are_one_sentence() -> None:
    """It names their cells; what lacks another column is said apart."""
    lacking = [
        Problem(
            code=Code.ROW_LACKS_COLUMNS,
            file="a.xlsx",
            line=line,
            cell=f"B{line}",
            details={"titles": title, "hint": ""},
        )
        for line, title in ((3, "身份"), (4, "任职日期"), (5, "身份"))
    ]
    assert ["（B3、B5）" in sentence(one) for one in once.each(lacking)] == [True, False]


def test_the_column_that_may_be_the_lacking_one_is_asked_about(context: CollectionContext) -> None:
    """When somebody changed may be since when the new one serves; while nobody is new it is told as not taken."""
    heads, moved = [*PERSONS, "变更时间"], "2018.6.15"
    one = taken(context, sheet_of([heads, [*KNOWN[0], moved], ["瓦房村", "李春花", N, moved]]))
    (asked,) = of_code(one, "row-lacks-columns")
    assert "栏“变更时间”是不是“任职日期”？" in sentence(asked)
    known = taken(context, sheet_of([heads, *[[*row, moved] for row in KNOWN]]))
    assert errors(known) == []
    assert "变更时间" in [each.details["head"] for each in of_code(known, "column-ignored")]


def test_what_two_lists_beside_one_another_lack_is_named_once(context: CollectionContext) -> None:
    """Each has somebody new."""
    new: list[object] = ["瓦房村", "李春花", N]
    one = taken(context, sheet_of([[*PERSONS, *PERSONS], [*KNOWN[0], *new]]))
    assert {each.details["titles"] for each in of_code(one, "row-lacks-columns")} == {"身份、任职日期"}


def test_cells_left_empty_for_persons_on_record_empty_nothing(context: CollectionContext) -> None:
    """The columns are there for the one who is new; a kit says all itself, and what is empty in it is asked about."""
    heads = [*PERSONS, "身份", "任职日期"]
    one = taken(context, sheet_of([heads, [*KNOWN[0], N, N], ["瓦房村", "李春花", N, "村会计", "2018-06-20"]]))
    assert errors(one) == []
    assert one.counts["liaisons"] == (1, 1, 0)


def test_a_cell_that_cannot_be_read_is_not_told_of_as_empty(context: CollectionContext) -> None:
    """Something stands in it, and that is an error of its own."""
    rows = [[*row[:2], "3月上旬"] for row in KNOWN]
    one = taken(context, sheet_of([[*PERSONS[:2], "村内公示日期"], *rows]))
    assert [cell for _, cell in errors(one)] == ["C2", "C3"]
    assert of_code(one, "cells-left-empty") == []


def test_a_column_that_few_fill_empties_nothing(context: CollectionContext) -> None:
    """Somebody added it by hand; which cells are kept is told once. A cell that is empty alone was emptied."""
    heads = [*PERSONS, "身份", "任职日期", "确定单位"]
    mostly = [[*row, N, N, N] for row in KNOWN]
    one = taken(context, sheet_of([heads, *mostly]))
    assert {change.field for change in one.changes} == {"work_phone"}
    (told,) = of_code(one, "cells-left-empty")
    assert (told.details["title"], told.details["cells"]) == ("确定单位", "F2、F3")
    assert of_code(one, "cell-emptied") == []
    half = taken(context, sheet_of([heads, [*KNOWN[0], N, N, N], [*KNOWN[1], N, N, "样例法律援助中心"]]))
    assert [each.cell for each in of_code(half, "cell-emptied")] == ["F2"]


def test_a_list_of_strangers_lacks_columns_once(context: CollectionContext) -> None:
    one = taken(context, sheet_of([PERSONS, ["荣华村", "李春花", N], ["瓦房村", "陈志高", N]]))
    assert errors(one) == [("column-missing", "")]
    assert all("B2、B3" in problem.details["hint"] for problem in of_code(one, "column-missing"))


def test_a_window_on_record_needs_no_hours(context: CollectionContext) -> None:
    """They stay; its county names it as well as a title of its own."""
    heads: list[object] = ["县（市、区）", "窗口地址", "窗口电话", "建成时间", "牌匾悬挂时间"]
    old = context.rows["content/data/windows/220881.csv"][0]
    one = taken(context, sheet_of([heads, ["洮南市", old["address"], "0436-0000009", old["opened_on"], N]]))
    assert errors(one) == []
    (now,) = rows_of(one, "windows")
    assert (now["phone"], now["hours"], now["name"]) == ("0436-0000009", old["hours"], old["name"])


def test_the_village_of_an_event_stands_for_its_place(context: CollectionContext) -> None:
    one = taken(
        context, sheet_of([["活动日期", "村名", "活动形式", "活动名称", "参加人数"], [EVENT[0], "荣华村", *EVENT[1:]]])
    )
    assert errors(one) == []
    (new,) = [row for row in rows_of(one, "activities") if row["held_on"] == EVENT[0]]
    assert (new["village_code"], new["place"]) == ("220881100201", "瓦房镇荣华村")


@pytest.mark.parametrize(
    ("place", "village", "asked"),
    [
        ("荣华村", "220881100201", ""),
        ("瓦房镇荣华村村部", "220881100201", ""),
        ("瓦房镇荣华", "220881100201", ""),
        ("瓦房镇", "", ""),
        ("洮南市瓦房镇荣华村民广场", "220881100201", ""),
        ("荣华村、瓦房村", "", "place-villages"),
        ("荣华村和桃源村", "", "place-villages"),
        ("新荣华村", "", "place-village-unknown"),
        ("大赉乡荣华村", "", "place-village-unknown"),
        ("瓦房镇桃源村", "", "place-village-unknown"),
        ("镇集市", "", ""),
        ("全镇各村", "", ""),
        ("县农村信用社", "", ""),
    ],
)
def test_the_village_that_a_place_names_is_where_it_was(
    place: str, village: str, asked: str, context: CollectionContext
) -> None:
    """Of two none is taken, which is told; one that nobody knows is an error; what is no village says nothing."""
    one = taken(
        context, sheet_of([["活动日期", "地点", "活动形式", "活动名称", "参加人数"], [EVENT[0], place, *EVENT[1:]]])
    )
    (new,) = [row for row in rows_of(one, "activities") if row["held_on"] == EVENT[0]]
    assert (new["village_code"], new["place"]) == (village, place)
    assert [problem.code for problem in one.problems if problem.code.startswith("place-")] == [asked] * bool(asked)
    assert [problem.code for problem in one.problems if problem.is_error] == [asked] * asked.endswith("unknown")
    after = [each.after for each in one.normalised if each.cell == "B2"]  # the place stays as it is written
    assert after == [f"{place}（照写，活动记到瓦房镇荣华村）"] * bool(village)
