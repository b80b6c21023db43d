"""docs/standards.md says what is so: its rows are those that are looked at, and each finds nothing here either."""

from pathlib import Path

import pytest
from standards_table import DOCUMENT, ROWS, Found, Row, drift, table

_LOOKED_AT = {"data", "hsds", "feeds", "calendar", "villages", "sitemap-villages-1.xml"}


@pytest.fixture(scope="module")
def site(rendered: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What of the tiny campaign needs no site tool."""
    folder = tmp_path_factory.mktemp("site")
    for name, content in rendered.items():
        if name.partition("/")[0] in _LOOKED_AT:
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_bytes(content)
    return folder


@pytest.mark.needs("nodejs", "npm")
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.output)
def test_each_row_finds_nothing(site: Path, row: Row) -> None:
    """Something is looked at, and it is right."""
    count, faults = row.look(site)
    assert count > 0
    assert faults == []


def test_the_document_is_the_table() -> None:
    """Every row stands in it with no error, and nothing else."""
    assert drift(DOCUMENT.read_text(encoding="utf-8")) == []


def test_a_row_that_drifted_would_be_seen() -> None:
    """One that is missing, one of another name, one with errors."""
    results: list[tuple[Row, Found]] = [(row, (3, [])) for row in ROWS[1:]]
    written = f"<!-- table: begin -->\n\n{table([*results, (ROWS[0], (3, ['wrong']))])}\n<!-- table: end -->"
    assert len(drift(written)) == 1
    assert len(drift(written.replace("calendars", "diaries"))) == 3
