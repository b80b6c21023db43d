"""`campaign edition`: tells what the next edition would hold, writes it when asked to, and never two of one day."""

from pathlib import Path

import pytest
from git_campaign import commit, git, published

from site_builder.cli import HELD_BACK, main
from site_builder.model.schemas import Schemas
from site_builder.record.tables import canonical_csv


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
    shown = capsys.readouterr().out
    assert "洮南市" in shown
    assert "大安市" in shown
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


SURVEYS = "content/data/village_surveys/220881.csv"


def test_a_county_with_errors_counts_as_it_was_last_right(
    root: Path, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One county's bad file stops no edition: what is written is what the site shows of it, and is shown at once."""
    commit(root)
    assert run(root, "--write") == 0
    sound = file.read_bytes()
    git(root, "checkout", "-q", "--", "content")
    (root / SURVEYS).write_bytes(b"")
    capsys.readouterr()
    assert run(root, "--write") == HELD_BACK
    shown = capsys.readouterr()
    assert "洮南市" in shown.out
    assert "file-empty" in shown.err
    assert file.read_bytes() == sound
    commit(root)
    assert str(published(root).figures.edition) == "2018-06-30"


def test_while_an_edition_waits_for_a_county_there_is_no_next_one(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The one that waits may have been public: without it nobody can tell what is safe, and it must not be lost."""
    file, surveys = root / "content/data/published_counts.csv", root / SURVEYS
    whole = {path: path.read_bytes() for path in (file, surveys, root / "content/data/needs/220881.csv")}
    for path, content in whole.items():
        path.write_bytes(content.partition(b"\n")[0] + b"\n")
    commit(root)
    file.write_bytes(whole[file])
    surveys.write_bytes(b"")
    assert run(root, "--write") == 1
    assert "edition-held-back" in capsys.readouterr().err
    assert file.read_bytes() == whole[file]
