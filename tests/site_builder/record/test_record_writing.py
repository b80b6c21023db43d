"""A write is whole or not at all, also when the machine goes down in the middle of it."""

import os
from pathlib import Path

import pytest
from disk_calls import watched
from git_campaign import git
from interrupted_moves import interrupted_everywhere

from site_builder.record import writing

BEFORE = {"content/data/needs/220104.csv": b"old\n", "content/data/villages/220104.csv": b"old\n"}
GONE = "content/pages/news/2018-06-28.md"
AFTER = {**dict.fromkeys(BEFORE, b"new\n"), "content/data/liaisons/220104.csv": b"new\n"}


@pytest.fixture
def record(tmp_path: Path) -> Path:
    for name, content in BEFORE.items():
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_bytes(content)
    return tmp_path


def held(root: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_everything_is_written_and_nothing_left_over(record: Path) -> None:
    """New files and new contents stand there, and no trace of the writing."""
    writing.write(record, AFTER)
    assert held(record) == AFTER


@pytest.mark.parametrize("moves", range(5))
def test_a_sudden_death_leaves_all_or_nothing(record: Path, moves: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed before any of its moves, a writing is found whole or not begun by the next command."""
    real = Path.replace

    def fatal(path: Path, target: Path) -> Path:
        nonlocal moves
        if moves == 0:
            os._exit(9)
        moves -= 1
        return real(path, target)

    child = os.fork()
    if child == 0:
        monkeypatch.setattr(Path, "replace", fatal)
        writing.write(record, AFTER)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == (0 if moves == 4 else 9)
    writing.complete(record)
    assert held(record) == (AFTER if moves else BEFORE)


@pytest.mark.parametrize("removals", range(3))
def test_a_removal_is_whole_as_well(record: Path, removals: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed right before a file of the record goes, before a page does, or before the journal: all of it is done."""
    (record / GONE).parent.mkdir(parents=True)
    (record / GONE).write_bytes(b"old\n")
    drafts = {**AFTER, "content/data/needs/220104.csv": None, GONE: None}
    real = Path.unlink

    def fatal(path: Path, missing_ok: bool = False) -> None:
        nonlocal removals
        if path.name in {"220104.csv", Path(GONE).name, writing.JOURNAL}:
            if removals == 0:
                os._exit(9)
            removals -= 1
        real(path, missing_ok)

    child = os.fork()
    if child == 0:
        monkeypatch.setattr(Path, "unlink", fatal)
        writing.write(record, drafts)
        os._exit(0)
    os.waitpid(child, 0)
    writing.complete(record)
    assert held(record) == {name: content for name, content in drafts.items() if content is not None}


def test_an_error_puts_back_what_was_removed(record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that could not be moved to its place brings back the one that was taken away before it."""
    (record / "content/data/zzz.csv").mkdir()
    with pytest.raises(OSError, match=r"zzz\.csv"):
        writing.write(record, {"content/data/needs/220104.csv": None, "content/data/zzz.csv": b"new\n"})
    assert held(record) == BEFORE


def test_an_error_puts_everything_back(record: Path) -> None:
    """A folder in the place of a file stops the writing; what was moved before is moved back."""
    (record / "content/data/zzz.csv").mkdir()
    with pytest.raises(OSError, match=r"zzz\.csv"):
        writing.write(record, {**AFTER, "content/data/zzz.csv": b"new\n"})
    assert held(record) == BEFORE


def test_a_writing_completes_the_one_before(record: Path) -> None:
    """What was cut short once is finished before the next is begun."""
    (record / "content/data/needs/.220104.csv.new").write_bytes(b"unfinished\n")
    (record / "content/data/needs/.220182.csv.new").write_bytes(b"never begun\n")
    (record / writing.JOURNAL).write_bytes(b'["content/data/needs/220104.csv"]')
    writing.write(record, {"content/data/villages/220104.csv": b"new\n"})
    assert held(record) == {
        "content/data/needs/220104.csv": b"unfinished\n",
        "content/data/villages/220104.csv": b"new\n",
    }


@pytest.mark.parametrize(
    "journal",
    ['["-{outside}"]', '["-../{name}"]', '["../{name}"]', '["-C:/x"]', '["content/data", 7]', "{{}}", "[", "\0"],
)
def test_a_journal_that_leads_out_of_the_record_is_none(record: Path, journal: str) -> None:
    """Neither what it names nor what it would bring is touched, and it is taken away."""
    outside = record.parent / f"{record.name}-precious.txt"
    outside.write_text("precious")
    (record.parent / f".{outside.name}.new").write_text("a stranger's")
    (record / writing.JOURNAL).write_text(journal.format(outside=outside, name=outside.name))
    writing.complete(record)
    assert outside.read_text() == "precious"
    assert held(record) == BEFORE


def test_a_journal_behind_a_link_is_none(record: Path) -> None:
    """Whatever it leads to stays."""
    elsewhere = record.parent / f"{record.name}-journal"
    elsewhere.write_text('["-content/data/needs/220104.csv"]')
    (record / writing.JOURNAL).symlink_to(elsewhere)
    writing.complete(record)
    assert elsewhere.exists()
    assert held(record) == BEFORE


def test_a_journal_in_a_commit_is_none(record: Path) -> None:
    """Whoever pushes one would have what was taken in, and not committed yet, removed where it is pulled."""
    (record / writing.JOURNAL).write_text('["-content/data/needs/220104.csv", "-.git/config"]', encoding="utf-8")
    git(record, "init", "-q")
    git(record, "add", "--force", writing.JOURNAL)
    writing.complete(record)
    assert (record / "content/data/needs/220104.csv").exists()
    assert (record / ".git" / "config").exists()
    assert not (record / writing.JOURNAL).exists()


@pytest.mark.parametrize("name", ["/elsewhere", "../elsewhere", "content/../../elsewhere"])
def test_nothing_is_written_outside_of_the_record(record: Path, name: str) -> None:
    """A draft of such a name is a mistake of ours."""
    with pytest.raises(ValueError, match="outside"):
        writing.write(record, {name: b""})


def test_a_power_cut_finds_all_or_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Contents and their names are on the disk before the journal, the journal before the moves, and those at the end.

    Only then is the journal taken away.
    """
    calls = watched(monkeypatch, tmp_path)
    unlink = Path.unlink

    def watched_unlink(path: Path, missing_ok: bool = False) -> None:
        if path.exists():
            calls.append(f"remove {path.name}")
        unlink(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", watched_unlink)
    writing.write(tmp_path, {"needs/1.csv": b"one\n", "villages/1.csv": b"one\n"})
    assert calls == [
        "sync needs/.1.csv.new",
        "sync villages/.1.csv.new",
        "sync needs",
        "sync villages",
        "sync ..writing.json.new",
        "move ..writing.json.new .writing.json",
        "sync .",
        "move needs/.1.csv.new needs/1.csv",
        "move villages/.1.csv.new villages/1.csv",
        "sync needs",
        "sync villages",
        "remove .writing.json",
        "remove .writing.lock",
    ]


def test_what_is_completed_is_on_the_disk_before_the_journal_goes(
    record: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second power cut finds it again, or finds it done."""
    (record / "content/data/needs/.220104.csv.new").write_bytes(b"new\n")
    (record / writing.JOURNAL).write_bytes(b'["content/data/needs/220104.csv"]')
    calls = watched(monkeypatch, record)
    writing.complete(record)
    assert calls == [
        "move content/data/needs/.220104.csv.new content/data/needs/220104.csv",
        "sync content/data/needs",
    ]


def test_a_writing_that_is_interrupted_leaves_all_or_nothing(record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whenever Ctrl+C comes."""
    for moment in interrupted_everywhere(monkeypatch, lambda: writing.write(record, AFTER)):
        writing.complete(record)
        assert held(record) == BEFORE, moment
    assert held(record) == AFTER


def test_nothing_is_written_over_what_has_moved_on(tmp_path: Path) -> None:
    """Whoever made drafts from another state is told; the state changes with each name and content below content/."""
    file = tmp_path / "content" / "data" / "a.csv"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"1")
    stood = writing.state(tmp_path)
    file.write_bytes(b"2")
    assert writing.state(tmp_path) != stood
    with pytest.raises(writing.MovedOnError):
        writing.write(tmp_path, {"content/data/a.csv": b"3"}, stood)
    assert file.read_bytes() == b"2"
    (tmp_path / "content" / "b.csv").write_bytes(b"")
    file.write_bytes(b"1")
    assert writing.state(tmp_path) != stood
    (tmp_path / "content" / "b.csv").unlink()
    writing.write(tmp_path, {"content/data/a.csv": b"3"}, stood)
    assert file.read_bytes() == b"3"


def test_what_a_link_leads_to_is_no_part_of_the_record(tmp_path: Path) -> None:
    """It may have no end, and is read before the check refuses it."""
    (tmp_path / "content").mkdir()
    (tmp_path / "outside").write_text("a", encoding="utf-8")
    (tmp_path / "content" / "notes").symlink_to(tmp_path / "outside")
    before = writing.state(tmp_path)
    (tmp_path / "outside").write_text("b", encoding="utf-8")
    assert writing.state(tmp_path) == before


def test_a_folder_that_is_called_as_a_draft_stops_nothing(record: Path) -> None:
    """Whoever pushes one would stop all that is collected."""
    (record / "content" / "data" / ".a.csv.new").mkdir()
    writing.complete(record)
    writing.write(record, AFTER)
    assert held(record) == AFTER
