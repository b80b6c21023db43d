"""`campaign edition`: tells what the next edition would hold, writes it when asked to, and never two of one day."""

from pathlib import Path

import pytest
from git_campaign import commit, git, published

from site_builder.cli import HELD_BACK, main
from site_builder.disclosure import edition_key
from site_builder.model.campaign import DataStatus
from site_builder.model.schemas import Schemas
from site_builder.record.tables import canonical_csv
from site_builder.shared.problems import CampaignError


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


def test_without_a_key_there_is_no_edition(root: Path, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is counted, and the one command that makes a key is named; with it the next edition goes on."""
    before = file.read_bytes()
    (root / edition_key.FILE).unlink()
    assert run(root, "--write") == 1
    shown = capsys.readouterr().err
    assert "edition-key-missing" in shown
    assert "campaign edition --make-key" in shown
    assert file.read_bytes() == before
    assert run(root, "--make-key") == 0
    assert run(root, "--write") == 0
    assert file.read_bytes() != before
    key = edition_key.load(root, DataStatus.DEMO).decode()
    assert key not in "".join(capsys.readouterr())


def test_a_key_is_not_written_over(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It would draw anew what may just have been published."""
    before = (root / edition_key.FILE).read_bytes()
    assert run(root, "--make-key") == 1
    assert "先删去" in capsys.readouterr().out
    assert (root / edition_key.FILE).read_bytes() == before


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "edition-key-missing"),
        ("# 只有说明\n", "edition-key-missing"),
        ("official-short\n", "edition-key-missing"),
        ("official-" + "a" * 40 + "\nofficial-" + "b" * 40 + "\n", "edition-key-missing"),
        ("demo-" + "a" * 40 + "\n", "edition-key-demo"),
    ],
)
def test_what_is_no_key_of_official_data_is_refused(root: Path, content: str, code: str) -> None:
    """And is not shown: it may be a key with a slip."""
    (root / edition_key.FILE).write_text(content, encoding="utf-8")
    with pytest.raises(CampaignError) as error:
        edition_key.load(root, DataStatus.OFFICIAL)
    (problem,) = error.value.problems
    assert problem.code == code
    assert not problem.entered
    assert not problem.details


def test_two_keys_are_never_the_same(root: Path) -> None:
    """Each is drawn anew, and is one of the data that it was made for."""
    made = set()
    for _ in range(3):
        (root / edition_key.FILE).unlink()
        assert edition_key.make(root, DataStatus.OFFICIAL, "# 密钥")
        made.add(edition_key.load(root, DataStatus.OFFICIAL))
    assert len(made) == 3
