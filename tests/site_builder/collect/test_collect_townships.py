"""A village that several townships have is the one of the township that speaks for its row, and no other."""

from dataclasses import replace
from pathlib import Path

import pytest
from collect_examples import COUNTY, context_of, rows_of
from office_sheets import CHEN, LIU, PERSON, SECOND, TOWN, VILLAGE, Cells, N

from site_builder.collect import intake
from site_builder.collect.collection_context import CollectionContext
from site_builder.collect.incoming_file import CollectedReturn, CollectOptions
from site_builder.collect.values.places import KnownVillage
from site_builder.collect.values.places import _by_name as by_name
from site_builder.shared.codes import Code
from site_builder.shared.problems import sentence
from site_builder.untrusted_files import Sheet, UntrustedFile

NEIGHBOUR = "福顺镇"
THIRD, CODE = "东郊村", "220881100201"
HEADS = ["村名", *PERSON]
WITH_TOWNSHIP = ["乡镇", *HEADS]
STRANGER, OTHER = [VILLAGE, *CHEN], [SECOND, *LIU]
THIRD_ROW = [THIRD, "于海波", "村会计", "2018-06-03"]
OUTSIDE, NOWHERE = "villages-outside", "village-not-found"


@pytest.fixture(scope="module")
def context(untouched: Path) -> CollectionContext:
    """The tiny campaign, whose village has a namesake in a township next to its own, which is not the campaign's."""
    known = context_of(untouched)
    outside = by_name(
        [
            KnownVillage(code=COUNTY + "101200", name=VILLAGE, township=NEIGHBOUR),
            KnownVillage(code=COUNTY + "101201", name=THIRD, township=NEIGHBOUR),
        ]
    )
    return replace(known, places=replace(known.places, outside=outside))


def taken(context: CollectionContext, rows: Cells, name: str = "Sheet1") -> CollectedReturn:
    sheet = Sheet(name=name, rows=[list(row) for row in rows])  # type: ignore[arg-type]
    file = UntrustedFile(path=Path("报表.xlsx"), kind="xlsx", digest="f" * 64, sheets=(sheet,))
    (one,) = intake.take(file, context, CollectOptions(county=COUNTY))
    return one


def errors(one: CollectedReturn) -> list[str]:
    return [problem.code for problem in one.problems if problem.is_error]


def village_of(one: CollectedReturn, person: str) -> str:
    """The code of the village that a liaison was taken for, "" for none."""
    return next(row["village_code"] for row in rows_of(one, "liaisons") if row["name"] == person)


SPOKEN: dict[str, tuple[str, Cells]] = {
    "title": ("Sheet1", [[NEIGHBOUR + "贫困村法律援助联络员名单"], HEADS, STRANGER]),
    "name of the sheet": (NEIGHBOUR, [["联络员名单"], HEADS, STRANGER]),
    "short name of the sheet": (NEIGHBOUR[:-1], [HEADS, STRANGER]),
    "sender": ("Sheet1", [["联络员名单"], [f"填报单位：{NEIGHBOUR}人民政府  日期：2018年6月28日"], HEADS, STRANGER]),
    "sender with a seal": ("Sheet1", [[f"填报单位（盖章）：{NEIGHBOUR}人民政府"], HEADS, STRANGER]),
    "sender below": ("Sheet1", [HEADS, STRANGER, [f"填报单位：{NEIGHBOUR}人民政府"]]),
    "section": ("Sheet1", [HEADS, [NEIGHBOUR], STRANGER]),
    "section with a count": ("Sheet1", [HEADS, [NEIGHBOUR + "（2人）"], STRANGER]),
    "section with a bare count": ("Sheet1", [HEADS, [f"二、{NEIGHBOUR}：共2个村"], STRANGER]),
    "section over a blank column": ("Sheet1", [WITH_TOWNSHIP, [NEIGHBOUR], [N, *STRANGER]]),
    "its own cell": ("Sheet1", [WITH_TOWNSHIP, [NEIGHBOUR, *STRANGER]]),
    "cell above": ("Sheet1", [WITH_TOWNSHIP, [TOWN, *OTHER], [NEIGHBOUR, *THIRD_ROW], [N, *STRANGER]]),
    "first cell of the column below": ("Sheet1", [WITH_TOWNSHIP, [N, *STRANGER], [NEIGHBOUR, *THIRD_ROW]]),
    "blank column under a title": ("Sheet1", [[NEIGHBOUR + "名单"], WITH_TOWNSHIP, [N, *STRANGER]]),
}


@pytest.mark.parametrize(("name", "rows"), SPOKEN.values(), ids=list(SPOKEN))
def test_the_township_that_speaks_for_a_row_is_used(name: str, rows: Cells, context: CollectionContext) -> None:
    """Its village is not the campaign's, although one of that name in another township is; this is never silent."""
    one = taken(context, rows, name)
    assert errors(one) == [OUTSIDE]
    assert village_of(one, CHEN[0]) == ""


@pytest.mark.parametrize(("name", "rows"), SPOKEN.values(), ids=list(SPOKEN))
def test_the_campaign_s_village_of_the_township_is_taken(name: str, rows: Cells, context: CollectionContext) -> None:
    """The same sheets with the two townships changed about."""
    one = taken(context, [[_swapped(cell) for cell in row] for row in rows], _swapped(name))
    assert village_of(one, CHEN[0]) == CODE


def _swapped(cell: object) -> str:
    """A text with each of the townships for the other one."""
    parts = [part.replace(NEIGHBOUR[:-1], TOWN[:-1]) for part in str(cell or "").split(TOWN)]
    return NEIGHBOUR.join(parts)


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("Sheet1", [[NEIGHBOUR + "名单"], HEADS, OTHER]),
        (NEIGHBOUR, [HEADS, OTHER]),
        ("Sheet1", [WITH_TOWNSHIP, [NEIGHBOUR, *THIRD_ROW], [N, *OTHER]]),
    ],
)
def test_a_village_that_its_township_has_not_is_asked_about(name: str, rows: Cells, context: CollectionContext) -> None:
    """With the township that speaks, and the village that may be meant instead."""
    one = taken(context, rows, name)
    (problem,) = [each for each in one.problems if each.code == NOWHERE]
    assert NEIGHBOUR + SECOND in sentence(problem) and TOWN + SECOND in sentence(problem)
    assert village_of(one, LIU[0]) == ""


def test_a_row_may_name_its_own_township(context: CollectionContext) -> None:
    """Before the village's name, in full or short, whatever a title says; a code needs no township at all."""
    for own in (TOWN + VILLAGE, TOWN[:-1] + VILLAGE):
        one = taken(context, [[NEIGHBOUR + "名单"], HEADS, [own, *CHEN]])
        assert errors(one) == [] and village_of(one, CHEN[0]) == CODE
    coded: Cells = [[NEIGHBOUR + "名单"], ["村代码", *PERSON], [CODE, *CHEN]]
    assert errors(taken(context, coded)) == []


@pytest.mark.parametrize(
    "title", [f"{TOWN}、{NEIGHBOUR}名单", f"填表人：{NEIGHBOUR}某某", "法律援助联络员名单", f"注：{NEIGHBOUR}另报"]
)
def test_what_names_no_township_plainly_does_not_speak(title: str, context: CollectionContext) -> None:
    """Several townships, a note, or who filled in the form: the campaign's village is taken."""
    one = taken(context, [[title], HEADS, STRANGER])
    assert errors(one) == [] and village_of(one, CHEN[0]) == CODE
    reminders = [problem for problem in one.problems if problem.code == "village-township-differs"]
    assert bool(reminders) == (TOWN in title)


def test_each_of_two_tables_has_its_own_title(context: CollectionContext) -> None:
    """What stands over one says nothing of the other, below it or beside it."""
    one_below: Cells = [[TOWN], HEADS, STRANGER, [], [NEIGHBOUR + "名单"], HEADS, STRANGER]
    one = taken(context, one_below)
    assert [(problem.code, problem.line) for problem in one.problems if problem.is_error] == [(OUTSIDE, 7)]


def test_a_cell_left_out_of_a_full_column_is_not_guessed(context: CollectionContext) -> None:
    """Between two townships it may be either's: a village that both may have is asked about, any other is taken."""
    full: Cells = [WITH_TOWNSHIP, [TOWN, *OTHER], [TOWN, *OTHER], [N, *STRANGER], [NEIGHBOUR, *THIRD_ROW]]
    assert NOWHERE in errors(taken(context, full))
    plain: Cells = [WITH_TOWNSHIP, [TOWN, *STRANGER], [TOWN, *STRANGER], [N, *OTHER], [NEIGHBOUR, *THIRD_ROW]]
    assert NOWHERE not in errors(taken(context, plain))


@pytest.mark.parametrize("said", ["2个村", "共2个村", "全镇", N])
def test_a_line_of_figures_beside_a_township_sums_its_villages(said: str | None, context: CollectionContext) -> None:
    """Whether it says so or only has no village; where it does not agree, that is told, and it is no row either way."""
    heads = ["乡镇", "村名", "调查日期", "贫困户数", "贫困人口"]
    rows: Cells = [[TOWN, VILLAGE, "2018-06-10", 20, 52], [TOWN, SECOND, "2018-06-11", 11, 30]]

    def told(*figures: int) -> set[Code]:
        one = taken(context, [heads, [TOWN, said, N, *figures], *rows])
        assert [table.count for table in one.tables] == [2]
        return {each.code for each in one.problems if each.code in {"sum-differs", "row-unidentified", NOWHERE}}

    assert told(31, 82) == set()
    assert told(32, 82) == {"sum-differs"}
