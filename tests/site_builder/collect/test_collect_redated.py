"""A record whose day was put right is the same one, under whatever day it comes back, and whoever sent it."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl
import pytest
from collect_examples import context_of, kit_of, write_workbook
from git_campaign import git
from test_collect_newer_values import SURVEYS, VILLAGE, codes, collected, filled, now
from tiny_campaign import make_root

from site_builder.collect.collection_context import CollectionContext
from site_builder.collect.incoming_file import CollectedReturn
from site_builder.shared.problems import sentence

COUNTY = "220881"
COUNTS = ["贫困户数", "贫困人口", "农民工", "老年人", "残疾人", "留守妇女", "留守儿童", "询问热线人数", "知道热线人数"]
HEADS = ["村代码", "调查日期", *COUNTS, "调查人"]
FIGURES = (20, 50, 12, 15, 1, 6, 0, 30, 18, "调查甲")  # as the record has them
HELD, MENDED = "2018-05-20", "2018-05-19"


@pytest.fixture
def context(tmp_path: Path) -> CollectionContext:
    found = context_of(make_root(tmp_path / "campaign"))
    git(found.root, "init", "-q")
    kept(found, {})
    return found


def kept(context: CollectionContext, drafts: Mapping[str, bytes]) -> None:
    """What was taken in stands in its files, and in git."""
    for path, content in drafts.items():
        (context.root / path).write_bytes(content)
    git(context.root, "add", "content")
    git(context.root, "commit", "-qm", "x", "--allow-empty")


def days(context: CollectionContext) -> list[str]:
    """The days of the village's surveys."""
    return sorted(row["surveyed_on"] for row in now(context, "village_surveys"))


def one(context: CollectionContext, path: Path, *rows: tuple[str, int]) -> CollectedReturn:
    """What a file brings to the county, kept where it is sound. rows: those that are accepted."""
    taken = collected(context, path, *rows)[COUNTY]
    if taken.is_sound:
        kept(context, taken.drafts)
    return taken


def mended(context: CollectionContext, folder: Path) -> None:
    """First a figure of the village's survey is changed, then its day is put right, each by a return of its own."""
    one(context, filled(kit_of(context), folder / "甲.xlsx", "village_surveys", {"poor_persons": 49}))
    one(context, filled(kit_of(context), folder / "乙.xlsx", "village_surveys", {"surveyed_on": MENDED}))
    assert days(context) == [MENDED]


def listed(path: Path, *rows: Sequence[object]) -> Path:
    """A list of the county's own, with nothing around it."""
    return write_workbook(path, {SURVEYS: [HEADS, *rows]})


def test_the_sender_of_a_figure_is_known_across_a_mended_day(context: CollectionContext, tmp_path: Path) -> None:
    """Who put the day right did not send the figures that stood there before."""
    kit = kit_of(context)
    mended(context, tmp_path)
    path = filled(kit, tmp_path / "丙.xlsx", "village_surveys", {"poor_persons": 48})
    (conflict,) = [found for found in one(context, path).problems if found.code == "cell-conflict"]
    assert "甲.xlsx" in conflict.details["who"]
    path = filled(kit, tmp_path / "丁.xlsx", "village_surveys", {"surveyed_on": "2018-05-18"})
    (conflict,) = [found for found in one(context, path).problems if found.code == "cell-conflict"]
    assert "乙.xlsx" in conflict.details["who"]


@pytest.mark.parametrize(("more", "says"), [({}, "别的都和原来一样"), ({"poor_persons": 49}, "另外改的也收了")])
def test_a_mended_day_says_whether_more_was_changed(
    more: Mapping[str, object], says: str, context: CollectionContext, tmp_path: Path
) -> None:
    """Nobody is told that all else is as it was where another cell of the row is not."""
    path = filled(kit_of(context), tmp_path / "a.xlsx", "village_surveys", {"surveyed_on": MENDED, **more})
    taken = one(context, path, *([(SURVEYS, line_of(path))] if more else []))
    (told,) = [found for found in taken.problems if found.code == "survey-redated"]
    assert says in sentence(told)


def line_of(path: Path) -> int:
    """The line of the village's survey in a kit."""
    rows = enumerate(openpyxl.load_workbook(path)[SURVEYS].iter_rows(values_only=True), start=1)
    return next(line for line, row in rows if line > 4 and str(row[0]).startswith(VILLAGE))


def test_a_day_of_before_in_a_plain_list_is_no_second_survey(context: CollectionContext, tmp_path: Path) -> None:
    """The record keeps its day, a figure that is new is taken, and it is told that the day was put right."""
    mended(context, tmp_path)
    taken = one(context, listed(tmp_path / "几个村.xlsx", (VILLAGE, HELD, 21, *FIGURES[1:])))
    assert taken.is_sound
    assert {"survey-again", "survey-redated"}.isdisjoint(codes(taken))
    (told,) = [found for found in taken.problems if found.code == "day-mended"]
    assert (told.cell, told.details["before"], told.details["now"]) == ("B2", HELD, MENDED)
    assert [(row["surveyed_on"], row["poor_households"]) for row in now(context, "village_surveys")] == [(MENDED, "21")]


def test_a_day_of_before_comes_back_where_its_row_is_accepted(context: CollectionContext, tmp_path: Path) -> None:
    """It was right after all: there is still one survey."""
    mended(context, tmp_path)
    one(context, listed(tmp_path / "几个村.xlsx", (VILLAGE, HELD, *FIGURES)), (SURVEYS, 2))
    assert days(context) == [HELD]


def test_another_survey_of_a_day_of_before_is_a_survey(context: CollectionContext, tmp_path: Path) -> None:
    """What says other things is not the record that once had that day."""
    mended(context, tmp_path)
    taken = one(context, listed(tmp_path / "几个村.xlsx", (VILLAGE, HELD, 11, 31, 7, 8, 1, 3, 0, 20, 11, "调查乙")))
    assert "survey-again" in codes(taken)
    assert days(context) == [MENDED, HELD]


# ---- answers of a form service, of which each export has all


def answers(path: Path, *rows: tuple[str, str]) -> Path:
    """An export with the village's survey, each time as it was sent on a day, and of a day."""
    return write_workbook(
        path, {"Sheet1": [["提交答卷时间", *HEADS], *([sent, VILLAGE, day, *NEW] for sent, day in rows)]}
    )


NEW = (20, 50, 12, 15, 1, 6, 0, 28, 17, "调查乙")
FIRST, AGAIN = ("2018/6/25 10:12:01", "2018-06-24"), ("2018/6/27 09:00:00", "2018-06-23")
ROWS = {"first": ("Sheet1", 2), "again": ("Sheet1", 3)}


@pytest.mark.parametrize("is_on_record", [False, True])
@pytest.mark.parametrize(
    ("accepted", "taken_in"),
    [((), []), (("again",), [AGAIN[1]]), (("first",), [FIRST[1]]), (("first", "again"), [AGAIN[1], FIRST[1]])],
)
def test_a_survey_answered_again_with_another_day_alone_is_asked_about(
    accepted: Sequence[str], taken_in: list[str], is_on_record: bool, context: CollectionContext, tmp_path: Path
) -> None:
    """It was put right, or it was made twice: that is decided by row, whether the first is on record or not."""
    if is_on_record:
        one(context, answers(tmp_path / "0.xlsx", FIRST))
    before = days(context)
    taken = one(context, answers(tmp_path / "1.xlsx", FIRST, AGAIN), *(ROWS[name] for name in accepted))
    assert "survey-twice" not in codes(taken)
    assert ("survey-twice-same" in codes(taken)) is not bool(accepted)
    assert taken.is_sound is bool(accepted)
    assert days(context) == ([HELD, *taken_in] if accepted else before)


def test_what_was_decided_of_an_answer_is_not_asked_again(context: CollectionContext, tmp_path: Path) -> None:
    """The next export has both again: the one that was put right is told, and the record stays."""
    one(context, answers(tmp_path / "1.xlsx", FIRST, AGAIN), ROWS["again"])
    taken = one(context, answers(tmp_path / "2.xlsx", FIRST, AGAIN, ("2018/6/28 09:00:00", AGAIN[1])))
    assert taken.is_sound
    assert "day-mended" in codes(taken)
    assert days(context) == [HELD, AGAIN[1]]
