"""Loading records from files."""

from datetime import date
from pathlib import Path

import pytest

from site_builder.model.schemas import Schemas
from site_builder.record import loading, tables
from site_builder.record.records import Origin, group_by


def test_cells_become_values_of_their_type(root: Path, known: Schemas) -> None:
    """Dates, numbers and truth values are read; an empty text is "", any other empty cell None."""
    loaded = loading.load(tables.read_all(root, known).files, known)
    window = loaded.windows[0]
    assert (window.opened_on, window.board_hung_on) == (date(2018, 3, 20), None)
    assert (window.longitude, window.priority_follow_up) == (122.783, False)
    assert loaded.villages[0].consultation_platform == ""
    assert loaded.divisions[0].parent_code == ""


def test_a_record_knows_where_it_stands(root: Path, known: Schemas) -> None:
    """A record carries its file and line, which do not count when records are compared."""
    loaded = loading.load(tables.read_all(root, known).files, known)
    first = loaded.liaisons[1]
    assert first.origin == Origin("content/data/liaisons/220881.csv", 3)
    assert first == loaded.liaisons[1]


def test_records_are_frozen(root: Path, known: Schemas) -> None:
    """Nobody changes a record on its way to the page."""
    loaded = loading.load(tables.read_all(root, known).files, known)
    with pytest.raises(AttributeError):
        loaded.villages[0].name = "别的村"  # type: ignore[misc]


def test_grouping_keeps_the_order(root: Path, known: Schemas) -> None:
    """Records of a group stay in their order."""
    loaded = loading.load(tables.read_all(root, known).files, known)
    groups = group_by(loaded.liaisons, lambda liaison: liaison.village_code)
    assert [liaison.name for liaison in groups["220881100200"]] == ["欧阳䶮", "朴银姬"]
