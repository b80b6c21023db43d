"""The kit's question lists come back: whoever builds them in a form service sends the table that a workbook gives."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from collect_examples import COUNTY, SOUND, Row, context_of, grid, rows_of, take, write_workbook
from question_list_shapes import SHAPES, Shape
from tiny_campaign import make_root

from site_builder.collect.collection_context import CollectionContext
from site_builder.collect.incoming_file import CollectOptions
from site_builder.kit.county import gather
from site_builder.kit.services import service_files
from site_builder.kit.workbook.entry import is_required
from site_builder.model.forms import Form

_TABLES = ("windows", "village_surveys", "liaisons", "needs", "deliveries")
# What 问卷星 takes for the line of a question: all else up to the next empty line is an option.
_HEAD = re.compile(r"(?P<number>[0-9]+)\. (?P<title>[^\[\]*]+)\[(?P<kind>单选|多选|填空)题\](?P<optional>（选填）)?")
_CUT_OFF = re.compile("[A-Za-z](?:[.．、)）]| )")  # from the beginning of an option, as if it were its letter
_NOTE = re.compile("（(?:年-月-日|数字|加区号)）$")
_PLACES = {"220881100200": ("瓦房镇", "瓦房村"), "220881100201": ("瓦房镇", "荣华村")}
_PRIORITIES = ("reception", "acceptance", "assignment", "handling", "follow_up")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question as the text says it."""

    number: int
    title: str
    kind: str
    is_optional: bool
    options: list[str]


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> CollectionContext:
    return context_of(make_root(tmp_path_factory.mktemp("root")))


@pytest.fixture(scope="module")
def lists(context: CollectionContext) -> dict[str, list[Asked]]:
    """The questions of each form, read from the text as the service reads it."""
    counties = gather(context.root, context.campaign, context.schemas)
    county = next(one for one in counties if one.code == COUNTY)
    files = service_files(county, context.forms, context.campaign)
    names = {name: f"问卷星导入-{context.forms.forms[name].sheet}-{COUNTY}.txt" for name in _TABLES}
    return {name: _read(files[file].decode()) for name, file in names.items()}


def _read(text: str) -> list[Asked]:
    title, intro, *blocks = text.strip().split("\n\n")
    assert not _HEAD.match(title + intro)
    return [_asked(*block.split("\n")) for block in blocks]


def _asked(head: str, *options: str) -> Asked:
    found = _HEAD.fullmatch(head)
    assert found, head
    assert bool(options) == (found["kind"] != "填空")
    assert not [option for option in options if _HEAD.match(option) or _CUT_OFF.match(option)]
    is_optional = found["optional"] is not None
    return Asked(
        number=int(found["number"]),
        title=found["title"],
        kind=found["kind"],
        is_optional=is_optional,
        options=list(options),
    )


def _sound(table: str) -> Row:
    """One whole record of a form, as a clerk types it; of the five priorities each is a yes or a no."""
    (row,) = SOUND[table]
    if table != "windows":
        return row
    return row | {f"priority_{name}": "是" if name == "reception" else "否" for name in _PRIORITIES}


def _answer(question: Asked, form: Form, row: Row, shape: Shape) -> dict[str, object]:
    """The cells of an export that an answer gives, by head."""
    head = shape.dress(question.number, question.title)
    if question.kind == "多选":
        given = [option for option in question.options if _typed(option, form, row) == "是"]
        if shape.joint:
            return {head: shape.joint.join(given)}
        return {f"{head}:{option}": shape.chosen[option not in given] for option in question.options}
    typed = _typed(_NOTE.sub("", question.title), form, row)
    if question.title == "村代码" and shape.place:
        return shape.place(*_PLACES[str(typed)])
    if typed is None:
        return {head: shape.skipped}
    return {head: next((each for each in question.options if each.split(" ")[0] == str(typed)), typed)}


def _typed(title: str, form: Form, row: Row) -> object:
    column = next(column for column in form.columns if column.title == title)
    return next((row[name] for name in column.names if name in row), None)


def _collected(context: CollectionContext, path: Path, table: str) -> list[dict[str, str]]:
    (taken,) = take(context.root, path, CollectOptions(county=COUNTY), context=context)
    assert [(problem.code, problem.cell) for problem in taken.problems if problem.is_error] == []
    return rows_of(taken, table)


@pytest.mark.parametrize(
    "table", [*_TABLES[:2], *(pytest.param(one, marks=pytest.mark.long_form) for one in _TABLES[2:])]
)
def test_every_form_comes_back_in_every_shape(
    table: str,
    lists: dict[str, list[Asked]],
    context: CollectionContext,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Twelve shapes of each of three services give the record that the workbook gives, to the letter.

    A record that is new: of one that stands there, a skipped question leaves alone what an empty cell empties.
    """
    if table == "windows":
        monkeypatch.setitem(context.rows, f"content/data/windows/{COUNTY}.csv", [])
    form, row = context.forms.forms[table], _sound(table)
    expected = _collected(context, write_workbook(tmp_path / "a.xlsx", {form.sheet: grid(form, [row])}), table)
    assert len(SHAPES) == 36
    for name, shape in SHAPES.items():
        cells = [
            (head, value) for question in lists[table] for head, value in _answer(question, form, row, shape).items()
        ]
        columns = [*shape.before, *cells, *shape.after]
        rows: list[list[object]] = [[head for head, _ in columns], [value for _, value in columns]]
        path = write_workbook(tmp_path / f"{len(columns)}.xlsx", {"Sheet1": rows})
        assert (name, _collected(context, path, table)) == (name, expected)


def test_the_village_is_chosen_and_never_typed(lists: dict[str, list[Asked]]) -> None:
    """Every list begins with a choice of what it is about, with its code before its name."""
    for table in ("liaisons", "village_surveys", "needs"):
        first = lists[table][0]
        assert (first.title, first.kind) == ("村代码", "单选")
        assert first.options == [f"{code} {''.join(names)}" for code, names in _PLACES.items()]


def test_what_a_form_can_do_without_may_be_left_unanswered(
    lists: dict[str, list[Asked]], context: CollectionContext
) -> None:
    """A question without the mark must be answered there: the services ask for all that is not said to be optional."""
    for table, questions in lists.items():
        titles = {column.title for column in context.forms.forms[table].columns if is_required(column)}
        must = {_NOTE.sub("", question.title) for question in questions if not question.is_optional}
        assert (table, must) == (table, titles)
