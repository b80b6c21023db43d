"""A problem that is about two places names both: the cell of the return, and the other one or what the record has."""

from pathlib import Path

import pytest
from collect_examples import SOUND, Row, context_of, grid, take, write_workbook

from site_builder.collect.collection_context import CollectionContext
from site_builder.shared.problems import Problem, sentence


@pytest.fixture
def context(root: Path) -> CollectionContext:
    return context_of(root)


def found(context: CollectionContext, folder: Path, **rows: list[Row]) -> list[Problem]:
    """The errors of a workbook with these rows, by table."""
    sheets = {context.forms.forms[name].sheet: grid(context.forms.forms[name], of) for name, of in rows.items()}
    (taken,) = take(context.root, write_workbook(folder / "报表.xlsx", sheets), context=context)
    return [problem for problem in taken.problems if problem.is_error]


def survey(**cells: object) -> Row:
    return {**SOUND["village_surveys"][0], **cells}


def liaison(**cells: object) -> Row:
    return {**SOUND["liaisons"][0], **cells}


def test_needs_above_the_survey_of_the_same_return(context: CollectionContext, tmp_path: Path) -> None:
    """The need's cell is named, and the survey's."""
    needs: Row = {"village_code": "220881100201", "migrant_workers.labour_pay": 13}
    (problem,) = found(context, tmp_path, village_surveys=[survey()], needs=[needs])
    assert (problem.code, problem.sheet, problem.line) == ("needs-above-group", "法律援助需求", 2)
    assert "荣华村" in sentence(problem)
    assert "“摸底调查”表 " in problem.details["elsewhere"]


def test_needs_above_the_recorded_survey(context: CollectionContext, tmp_path: Path) -> None:
    """The survey was not sent: what it says is on record already."""
    needs: Row = {"village_code": "220881100201", "migrant_workers.labour_pay": 13}
    (problem,) = found(context, tmp_path, needs=[needs])
    assert (problem.code, problem.sheet) == ("needs-above-group", "法律援助需求")
    assert "12人" in sentence(problem)
    assert sentence(problem).endswith("另一处：不在这份表里，是以前报上来、省里已经收下的。")


def test_a_survey_below_the_recorded_needs(context: CollectionContext, tmp_path: Path) -> None:
    """The needs were not sent: the problem stands at the survey's cell, which its reader has."""
    (problem,) = found(context, tmp_path, village_surveys=[survey(migrant_workers=2)])
    assert (problem.code, problem.file, problem.sheet, problem.line) == (
        "needs-above-group",
        "报表.xlsx",
        "摸底调查",
        2,
    )
    assert problem.column == "农民工"
    assert problem.cell
    assert sentence(problem).endswith("另一处：不在这份表里，是以前报上来、省里已经收下的。")


def test_two_liaisons_of_one_return_at_once(context: CollectionContext, tmp_path: Path) -> None:
    """Both cells are named, and both persons."""
    rows = [liaison(name="王五"), liaison(name="赵六", from_date="2018-06-04")]
    (problem,) = found(context, tmp_path, liaisons=rows)
    assert (problem.code, problem.line) == ("liaison-overlap", 3)
    assert "王五" in sentence(problem)
    assert "赵六" in sentence(problem)
    assert "“联络员名单”表 " in problem.details["elsewhere"]
    assert problem.details["elsewhere"].endswith("2")


def test_a_liaison_beside_the_one_on_record(context: CollectionContext, tmp_path: Path) -> None:
    """A term that ends after the recorded one begins clashes with it: that one is named as on record."""
    (problem,) = found(context, tmp_path, liaisons=[liaison(from_date="2018-03-01", to_date="2018-04-01")])
    assert (problem.code, problem.sheet, problem.line) == ("liaison-overlap", "联络员名单", 2)
    assert "斯琴高娃" in sentence(problem)
    assert sentence(problem).endswith("另一处：不在这份表里，是以前报上来、省里已经收下的。")


def test_a_row_said_again_on_another_sheet_names_that_sheet(context: CollectionContext, tmp_path: Path) -> None:
    """Of two rows that are one record the first is named with its sheet, where that is another."""
    form = context.forms.forms["liaisons"]
    rows = [grid(form, [liaison(role=role)]) for role in ("村委会主任", "村会计")]
    book = write_workbook(tmp_path / "报表.xlsx", {form.sheet: rows[0], "联络员": rows[1]})
    (taken,) = take(context.root, book, context=context)
    (problem,) = (problem for problem in taken.problems if problem.code == "rows-differ")
    assert sentence(problem).startswith("这一行和“联络员名单”表第2行说的是同一条")
