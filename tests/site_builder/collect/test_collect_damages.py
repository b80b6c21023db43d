"""A corpus of damage: every kind alone and beside every other, on every return; each is named by code and cell."""

import copy
from collections import Counter
from functools import cache
from itertools import combinations
from pathlib import Path

import openpyxl
import pytest
from collect_examples import COUNTY, SOUND, Row, context_of, grid, take, write_workbook
from damages import CELLS, CellDamage
from demonstration_campaign import CAMPAIGN, copy_content
from openpyxl.utils import get_column_letter
from rounds import IS_LONG, rounds, sample
from tiny_campaign import make_root

from site_builder.collect.collection_context import CollectionContext
from site_builder.collect.incoming_file import CollectedReturn, CollectOptions
from site_builder.model import designs
from site_builder.model.designs import Audience
from site_builder.model.forms import Form, FormColumn

TABLES = list(SOUND)
ENOUGH = 40


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> CollectionContext:
    """The demonstration's record of one county: it has villages enough for a row for every pair of damages."""
    root = tmp_path_factory.mktemp("record")
    copy_content(root)
    for path in (root / "content" / "data").glob("*/*.csv"):
        if path.stem != COUNTY:
            path.unlink()
    divisions = root / "content" / "data" / "divisions.csv"  # of other counties' villages nothing is asked
    head, *rows = divisions.read_text(encoding="utf-8").splitlines(keepends=True)
    own = [row for row in rows if len(row.partition(",")[0]) <= len(COUNTY) or row.startswith(COUNTY)]
    divisions.write_text("".join([head, *own]), encoding="utf-8")
    (root / "survey_schemas").symlink_to(CAMPAIGN / "survey_schemas")
    return emptied(root)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> CollectionContext:
    """The tiny campaign's record, which is checked in no time."""
    return emptied(make_root(tmp_path_factory.mktemp("small")))


def emptied(root: Path) -> CollectionContext:
    """A record in which the county has reported nothing but a survey of each of its villages."""
    villages = context_of(root).places.of_county(COUNTY)
    for table in TABLES:
        path = root / f"content/data/{table}/{COUNTY}.csv"
        lines = path.read_text(encoding="utf-8").splitlines()[:1]
        if table == "village_surveys":
            lines += [f"{village.code},2018-01-01,20,50,12,15,4,6,0,30,18,,,demo" for village in villages]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return context_of(root)


@cache
def for_villages(root: Path, materials: frozenset[str]) -> list[str]:
    """The materials that are not made for windows alone."""
    audiences = designs.registered(root)
    return sorted(number for number in materials if audiences.get(number) != frozenset((Audience.WINDOW,)))


GIVEN = "春花秋月东海南山北林"  # nobody serves many villages


def sound_row(table: str, number: int, context: CollectionContext) -> Row:
    """A sound row of a return: each number another record."""
    row = copy.deepcopy(SOUND[table][0])
    villages = context.places.of_county(COUNTY)
    village = villages[number % len(villages)].code
    day = f"2018-0{1 + number // len(villages) % 6}-1{number // len(villages) // 6 % 10}"
    for field in ("village_code", "recipient_code"):
        if field in row:
            row[field] = village
    if table == "liaisons":
        of_village = number % len(villages)
        name = "李" + GIVEN[of_village % len(GIVEN)] + GIVEN[of_village // len(GIVEN) % len(GIVEN)]
        row |= {"name": name, "from_date": day, "posted_on": None}
    if table == "village_surveys":
        row |= {"surveyed_on": day}
    if table == "deliveries":
        materials = for_villages(context.root, frozenset(context.forms.materials))
        row |= {"material_id": materials[number // len(villages) % len(materials)], "delivered_on": "2018-06-10"}
    for field, letter in (("activity_id", "A"), ("feedback_id", "F")):
        if field in row:
            row[field] = f"{letter}-{COUNTY}-{number:06}"
    return row


def spots(form: Form) -> list[tuple[CellDamage, FormColumn]]:
    """Every damage that fits a return, at the first column that it fits."""
    found = []
    for damage in CELLS:
        column = next((column for column in form.columns if damage.holds(form, column)), None)
        if column is not None and not (form.is_spread and damage.code == "cell-required"):
            found.append((damage, column))
    return found


def alone(table: str, small: CollectionContext) -> list[tuple[CellDamage, FormColumn]]:
    """The damages to try alone: in the short form some on the first return that they fit, and one on every return.

    Every damage is tried in pairs, on every return that it fits, in both forms.
    """
    fit = {name: spots(small.forms.forms[name]) for name in TABLES}
    before = {damage.name for name in TABLES[: TABLES.index(table)] for damage, _ in fit[name]}
    new = [spot for spot in fit[table] if IS_LONG or spot[0].name not in before or spot == fit[table][0]]
    return sample(new, 12)


def spoil(form: Form, cells: list[object], damage: CellDamage, column: FormColumn) -> None:
    cells[form.columns.index(column)] = damage.value


def faults(returns: list[CollectedReturn]) -> Counter[tuple[str, str, str]]:
    return Counter(
        (problem.code, problem.sheet, problem.cell)
        for taken in returns
        for problem in taken.problems
        if problem.is_error
    )


def expected(form: Form, damage: CellDamage, column: FormColumn, line: int) -> tuple[str, str, str]:
    return damage.code, form.sheet, f"{get_column_letter(form.columns.index(column) + 1)}{line}"


def test_there_are_damages_enough() -> None:
    """The corpus holds at least 40 kinds of damage of single cells, each under its own name."""
    assert len({damage.name for damage in CELLS}) == len(CELLS) >= ENOUGH


@pytest.mark.parametrize("table", TABLES)
def test_sound_rows_have_no_problem(table: str, context: CollectionContext, tmp_path: Path) -> None:
    """The rows that are spoiled below are sound before: no error, and every one arrives."""
    form = context.forms.forms[table]
    rows = [sound_row(table, number, context) for number in range(1 if table == "windows" else rounds(12, 40))]
    (taken,) = take(
        context.root, write_workbook(tmp_path / "报表.xlsx", {form.sheet: grid(form, rows)}), context=context
    )
    assert faults([taken]) == Counter()
    cells = sum(value is not None for row in rows for name, value in row.items() if name not in form.table.header)
    assert sum(taken.counts[table]) == (cells if form.is_spread else len(rows))


@pytest.mark.parametrize("table", TABLES)
def test_each_damage_alone_is_named_by_its_cell(table: str, small: CollectionContext, tmp_path: Path) -> None:
    """One damaged cell a row: just that cell is named, with the code of its damage, and nothing else is."""
    form = small.forms.forms[table]
    for damage, column in alone(table, small):
        sheet = grid(form, [sound_row(table, 0, small)])
        spoil(form, sheet[1], damage, column)
        returns = take(small.root, write_workbook(tmp_path / "报表.xlsx", {form.sheet: sheet}), context=small)
        found = faults(returns)
        assert expected(form, damage, column, 2) in found, (damage.name, found)
        assert {cell for _, _, cell in found} <= {expected(form, damage, column, 2)[2], ""}, (damage.name, found)


@pytest.mark.parametrize("table", TABLES)
def test_damages_in_pairs_are_both_named(table: str, context: CollectionContext, tmp_path: Path) -> None:
    """Two damaged cells in one row, every pair that fits the return: both are named, whichever the other is.

    In the short form every damage with six others of its return.
    """
    form = context.forms.forms[table]
    fit = spots(form)
    chosen = [pair for pair in combinations(range(len(fit)), 2) if IS_LONG or pair[1] - pair[0] in (1, 2, 7)]
    pairs = [(fit[one], fit[other]) for one, other in chosen if fit[one][1] is not fit[other][1]]
    rows = [sound_row(table, number, context) for number in range(len(pairs))]
    sheet = grid(form, rows)
    wanted: Counter[tuple[str, str, str]] = Counter()
    for line, pair in enumerate(pairs, start=2):
        for damage, column in pair:
            spoil(form, sheet[line - 1], damage, column)
            wanted[expected(form, damage, column, line)] += 1
    path = write_workbook(tmp_path / "报表.xlsx", {form.sheet: sheet})
    found = faults(take(context.root, path, CollectOptions(county=COUNTY), context=context))
    assert wanted - found == Counter(), table


@pytest.mark.parametrize("table", TABLES)
def test_nothing_arrives_from_a_damaged_file(table: str, context: CollectionContext, tmp_path: Path) -> None:
    """An independent count of what was typed agrees with what was read, and a damaged file may not be written."""
    form = context.forms.forms[table]
    damage, column = spots(form)[0]
    sheet = grid(form, [sound_row(table, number, context) for number in range(1 if table == "windows" else 5)])
    spoil(form, sheet[1], damage, column)
    path = write_workbook(tmp_path / "报表.xlsx", {form.sheet: sheet})
    typed = openpyxl.load_workbook(path)[form.sheet]
    rows = sum(any(cell.value is not None for cell in row) for row in typed.iter_rows(min_row=2))
    returns = take(context.root, path, context=context)
    assert not any(taken.is_sound for taken in returns)
    lines = {problem.line for taken in returns for problem in taken.problems if problem.cell}
    assert rows == len(sheet) - 1
    assert 2 in lines
