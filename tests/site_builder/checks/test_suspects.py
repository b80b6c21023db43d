"""Rows that are kept from frictionless are rows in which it would have found nothing."""

from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rounds import rounds
from tiny_campaign import PROJECT

from site_builder.checks import table_schema
from site_builder.checks.frictionless_errors import CheckedRow
from site_builder.checks.table_schema import _frictionless_problems, _Keys, _suspects
from site_builder.model import schemas
from site_builder.model.schemas import Table
from site_builder.record.tables import DataFile

KNOWN = schemas.load(PROJECT)
TARGETS = {(key.table, key.target) for table in KNOWN.tables.values() for key in table.foreign_keys}
KEYS = _Keys(values=dict.fromkeys(TARGETS, frozenset({"220881", "220881100201", "22", "plaque-2018"})), faulty=set())
ODD = [
    "",
    "220881",
    "220881100201",
    "220881100999",
    "1",
    "01",
    "-1",
    "2.5",
    "x" * 99,
    "true",
    "2018-02-30",
    "1918-01-01",
]


@st.composite
def tables_of_cells(draw: st.DrawFn) -> tuple[Table, list[CheckedRow]]:
    """A table with a few rows, made of the fields' own examples with a few cells put wrong; many share their key."""
    table = draw(st.sampled_from(list(KNOWN.tables.values())))
    sound = [field.example for field in table.fields]
    spoilt = st.lists(st.tuples(st.integers(0, len(sound) - 1), st.sampled_from(ODD)), max_size=3).map(dict)
    rows = [
        [cells.get(place, cell) for place, cell in enumerate(sound)] for cells in draw(st.lists(spoilt, min_size=1))
    ]
    file = DataFile(table=table.name, path="f.csv", county="220881", digest="", rows=rows, lines=[*range(len(rows))])
    return table, [CheckedRow(file, line, row) for line, row in zip(file.lines, rows, strict=True)]


@given(tables_of_cells())
@settings(max_examples=rounds(20, 150))
def test_nothing_is_lost_by_showing_only_suspects(drawn: tuple[Table, list[CheckedRow]]) -> None:
    """Frictionless finds the same in the suspects as in all rows."""
    table, rows = drawn
    shown = list(_frictionless_problems(table, rows, KEYS, KNOWN))
    with patch.object(table_schema, "_suspects", lambda _table, rows, _keys: rows):
        assert shown == list(_frictionless_problems(table, rows, KEYS, KNOWN))


@pytest.mark.parametrize("name", KNOWN.tables)
def test_sound_rows_are_no_suspects(name: str) -> None:
    """A table's own examples, with references that lead somewhere, need no second look."""
    table = KNOWN.tables[name]
    cells = [field.example for field in table.fields]
    file = DataFile(table=name, path="f.csv", county="", digest="", rows=[cells], lines=[2])
    keys = _Keys(values=dict.fromkeys(TARGETS, frozenset(cells)), faulty=set())
    assert _suspects(table, [CheckedRow(file, 2, cells)], keys) == []


@pytest.mark.parametrize("name", [name for name, table in KNOWN.tables.items() if table.foreign_keys])
def test_every_reference_that_leads_nowhere_is_a_suspect(name: str) -> None:
    """One unknown reference in an otherwise sound row is enough, whichever of the table's references it is."""
    table = KNOWN.tables[name]
    cells = [field.example for field in table.fields]
    file = DataFile(table=name, path="f.csv", county="", digest="", rows=[cells], lines=[2])
    for key in table.foreign_keys:
        known = dict.fromkeys(TARGETS, frozenset(cells))
        known[key.table, key.target] = frozenset({"somewhere else"})
        row = CheckedRow(file, 2, [cell or "1" for cell in cells])
        assert _suspects(table, [row], _Keys(values=known, faulty=set())) == [row], key
