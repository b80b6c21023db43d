"""`campaign edition`: tells what the next edition would hold, writes it when asked to, and never two of one day."""

from pathlib import Path

import pytest

from site_builder.cli import main
from site_builder.schemas import Schemas
from site_builder.tables import canonical_csv


def run(root: Path, *arguments: str) -> int:
    return main(["--root", str(root), "edition", *arguments])


@pytest.fixture
def file(root: Path, known: Schemas) -> Path:
    """The record before its first edition."""
    table = known.tables["published_counts"]
    path = root / "content/data/published_counts.csv"
    path.write_bytes(canonical_csv(table.header, [], table.key))
    return path


def test_it_only_tells_unless_asked_to_write(root: Path, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The counties that come in and those that are not surveyed far enough; the record stays as it is."""
    before = file.read_bytes()
    assert run(root) == 0
    told = capsys.readouterr().out
    assert "洮南市" in told
    assert "大安市" in told
    assert file.read_bytes() == before


def test_what_it_writes_is_the_same_each_time(root: Path, file: Path) -> None:
    """And passes the checks."""
    empty = file.read_bytes()
    assert run(root, "--write") == 0
    written = file.read_bytes()
    file.write_bytes(empty)
    assert run(root, "--write") == 0
    assert file.read_bytes() == written != empty
    assert main(["--root", str(root), "check"]) == 0


def test_an_edition_of_the_day_stays(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A second one of the same day would change what people have already read."""
    file = root / "content/data/published_counts.csv"
    before = file.read_bytes()
    assert run(root, "--write") == 1
    assert "2018-06-30" in capsys.readouterr().out
    assert file.read_bytes() == before
