"""Rows of a kit whose key cell was changed: the record that they were is meant, or somebody is asked. Never both."""

import io
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest
from collect_examples import COUNTY, context_of, head_of, kit_of, take
from tiny_campaign import PROJECT, make_root

from site_builder.collect.collection_context import CollectionContext
from site_builder.collect.incoming_file import CollectedReturn, CollectOptions
from site_builder.model import forms, schemas

FORMS = forms.load(PROJECT, schemas.load(PROJECT)).forms
VILLAGES = {"liaisons": "220881100201", "village_surveys": "220881100201", "deliveries": "220881100200"}


@pytest.fixture
def context(tmp_path: Path) -> CollectionContext:
    return context_of(make_root(tmp_path / "campaign"))


@pytest.fixture
def kit(context: CollectionContext) -> bytes:
    return kit_of(context)


def filled(kit: bytes, path: Path, table: str, changes: Mapping[str, object]) -> tuple[Path, tuple[str, int]]:
    """The kit with some cells changed of the first row of a village, and which row that is."""
    book = openpyxl.load_workbook(io.BytesIO(kit))
    sheet = book[FORMS[table].sheet]
    heads = {cell.value: cell.column for cell in sheet[4]}
    line = next(row[0].row for row in sheet.iter_rows(min_row=5) if str(row[0].value).startswith(VILLAGES[table]))
    for name, value in changes.items():
        sheet.cell(line, heads[head_of(FORMS[table], name)]).value = value
    book["_kit"]["C1"] = path.stem  # no two files alike
    book.save(path)
    return path, (sheet.title, line)


def collected(context: CollectionContext, path: Path, *rows: tuple[str, int]) -> CollectedReturn:
    """What a file brings; taken in, where it is sound. rows: those that are accepted."""
    (taken,) = take(context.root, path, CollectOptions(county=COUNTY, accepted=frozenset(rows)), context)
    if taken.is_sound:
        context.take_in(taken.drafted, taken.rows)
    return taken


def now(context: CollectionContext, table: str) -> list[dict[str, str]]:
    rows = context.rows[f"content/data/{table}/{COUNTY}.csv"]
    return [row for row in rows if VILLAGES[table] in row.values()]


def errors(taken: CollectedReturn) -> set[str]:
    return {str(found.code) for found in taken.problems if found.is_error}


def test_a_stale_name_under_another_day_is_nobody_new(context: CollectionContext, kit: bytes, tmp_path: Path) -> None:
    """The name was put right meanwhile: the day is asked about, as on the record that the kit knew."""
    collected(context, filled(kit, tmp_path / "a.xlsx", "liaisons", {"name": "斯琴高瓦"})[0])
    path, row = filled(kit, tmp_path / "b.xlsx", "liaisons", {"from_date": "2018-03-07"})
    assert errors(collected(context, path)) == {"liaison-term-moved"}
    collected(context, path, row)
    assert [(each["name"], each["from_date"], each["to_date"]) for each in now(context, "liaisons")] == [
        ("斯琴高瓦", "2018-03-07", "")
    ]


def test_a_name_and_a_day_end_the_same_in_the_other_order(
    context: CollectionContext, kit: bytes, tmp_path: Path
) -> None:
    """The day first: the name that comes later is of the same term."""
    collected(context, *filled(kit, tmp_path / "b.xlsx", "liaisons", {"from_date": "2018-03-07"}))
    collected(context, filled(kit, tmp_path / "a.xlsx", "liaisons", {"name": "斯琴高瓦"})[0])
    assert [(each["name"], each["from_date"], each["to_date"]) for each in now(context, "liaisons")] == [
        ("斯琴高瓦", "2018-03-07", "")
    ]


@pytest.mark.parametrize(
    ("table", "changes", "key"),
    [
        ("village_surveys", {"surveyed_on": "2018-05-19", "poor_households": 21}, ("surveyed_on", "2018-05-19")),
        ("deliveries", {"material_id": "M-01"}, ("material_id", "M-01")),
    ],
)
def test_a_row_of_the_kit_under_another_key_is_asked_about(
    context: CollectionContext,
    kit: bytes,
    tmp_path: Path,
    table: str,
    changes: Mapping[str, object],
    key: tuple[str, str],
) -> None:
    """Put right, as a person says by row, it is the same record; it is never counted twice."""
    before = len(now(context, table))
    path, row = filled(kit, tmp_path / "a.xlsx", table, changes)
    assert errors(collected(context, path)) == {"row-rekeyed"}
    collected(context, path, row)
    after = now(context, table)
    assert len(after) == before
    assert [each[key[0]] for each in after].count(key[1]) == 1


def test_a_row_put_right_twice_leaves_newer_values(context: CollectionContext, kit: bytes, tmp_path: Path) -> None:
    """The same key in a second copy: the record has it already, and what that copy left alone is not put back."""
    collected(context, *filled(kit, tmp_path / "a.xlsx", "deliveries", {"material_id": "M-01", "quantity": 77}))
    second, _ = filled(kit, tmp_path / "b.xlsx", "deliveries", {"material_id": "M-01"})
    assert errors(collected(context, second)) == set()
    assert [row["quantity"] for row in now(context, "deliveries") if row["material_id"] == "M-01"] == ["77"]


def test_two_things_under_a_number_that_was_free(context: CollectionContext, kit: bytes, tmp_path: Path) -> None:
    """Two have used one number that the kit left free: one word for the row, which says the next one."""
    for name, title in (("a.xlsx", "甲的宣传"), ("b.xlsx", "乙的讲座")):
        book = openpyxl.load_workbook(io.BytesIO(kit))
        sheet = book[FORMS["activities"].sheet]
        heads = {cell.value: cell.column for cell in sheet[4]}
        line = next(row[0].row for row in sheet.iter_rows(min_row=5) if row[0].value and not row[3].value)
        said = {"kind": "集中宣传", "title": title, "held_on": "2018-06-10", "place": "村部", "people_reached": 20}
        for field, value in said.items():
            sheet.cell(line, heads[head_of(FORMS["activities"], field)]).value = value
        book["_kit"]["C1"] = name
        book.save(tmp_path / name)
    collected(context, tmp_path / "a.xlsx")
    number = max(row["activity_id"] for row in context.rows[f"content/data/activities/{COUNTY}.csv"])
    taken = collected(context, tmp_path / "b.xlsx")
    (problem,) = [found for found in taken.problems if found.is_error]
    assert (problem.code, problem.details["number"]) == ("number-taken", number)
    assert problem.details["next"] == f"{number[:-4]}{int(number[-4:]) + 1:04}"


def test_a_row_put_right_otherwise_is_a_conflict(context: CollectionContext, kit: bytes, tmp_path: Path) -> None:
    """Two have changed the key of one row, to different ones."""
    collected(context, *filled(kit, tmp_path / "a.xlsx", "deliveries", {"material_id": "M-01"}))
    second, _ = filled(kit, tmp_path / "b.xlsx", "deliveries", {"recipient_code": "220881100201"})
    assert "cell-conflict" in errors(collected(context, second))
