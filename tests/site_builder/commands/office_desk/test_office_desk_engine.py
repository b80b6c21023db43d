"""What the desk finds is what `campaign collect` finds: the same text, choices and bytes, and nothing is written."""

import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from office_returns import LIAISONS, VILLAGE, filled, kits, move_on
from tiny_campaign import make_root

from site_builder.cli import main
from site_builder.commands.office_desk.engine import Engine
from site_builder.commands.office_desk.findings import Choice, Look, SentFile, State, questions
from site_builder.record import writing
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem

CODE = "220881"


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny campaign; no test may change it."""
    return make_root(tmp_path_factory.mktemp("desk"))


@pytest.fixture(scope="module")
def kit(sound: Path) -> bytes:
    return kits(sound, [CODE])[CODE]


@pytest.fixture
def root(sound: Path, tmp_path: Path) -> Path:
    """One that a test may change, with what was found valid before."""
    return Path(shutil.copytree(sound, tmp_path / "root", symlinks=True))


class Desk:
    """An engine with files that were dropped onto it."""

    def __init__(self, root: Path, folder: Path) -> None:
        (folder / "room").mkdir(parents=True)
        self.engine, self.folder, self.sent = Engine(root=root, room=folder / "room"), folder, list[SentFile]()
        self.steps: list[tuple[str, str]] = []

    def drop(self, name: str, content: bytes) -> None:
        """As the page does it."""
        number = len(self.sent) + 1
        path = self.folder / "sent" / str(number) / name
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
        self.sent.append(SentFile(number=number, path=path))

    def look(self, choices: Mapping[str, Choice] | None = None, stuck: frozenset[str] = frozenset()) -> Look:
        """All that was dropped."""
        return self.engine.look(self.sent, choices or {}, stuck, lambda key, about: self.steps.append((key, about)))


@pytest.fixture
def desk(root: Path, tmp_path: Path) -> Desk:
    return Desk(root, tmp_path)


def record(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in (root / "content").rglob("*.csv")}


def collected(root: Path, folder: Path, *options: str) -> None:
    """What the command line makes of a folder."""
    main(
        ["--root", str(root), "collect", str(folder), "--write", "--answers", str(folder.parent / "answers"), *options]
    )


def test_a_sound_return_gives_the_command_line_s_bytes(desk: Desk, root: Path, kit: bytes, tmp_path: Path) -> None:
    """Nothing stands in the record before it is written, and then what `collect --write` writes of the same file."""
    content, before = filled(kit, VILLAGE, {"posted_on": "2018-03-20"}), record(root)
    desk.drop("洮南市.xlsx", content)
    look = desk.look()
    assert [(each.state, each.county_name, each.errors) for each in look.returns] == [(State.SOUND, "洮南市", 0)]
    assert any("2018-03-20" in line for line in look.returns[0].changes)
    assert record(root) == before
    (tmp_path / "收件").mkdir()
    (tmp_path / "收件" / "洮南市.xlsx").write_bytes(content)
    other = Path(shutil.copytree(root, tmp_path / "other", symlinks=True))
    collected(other, tmp_path / "收件")
    writing.write(root, look.drafts, look.stood)
    assert record(root) == record(other) != before


def test_a_conflict_is_asked_and_either_word_is_obeyed(desk: Desk, root: Path, kit: bytes) -> None:
    """The row is named with what both say; the county's value or the record's stays, as the officer chooses."""
    move_on(root, CODE, "2018-03-12", "2018-03-18")
    desk.drop("洮南市.xlsx", filled(kit, VILLAGE, {"posted_on": "2018-03-20", "work_phone": "0436-0000999"}))
    (seen,) = desk.look().returns
    assert seen.state is State.CONFLICT
    (question,) = [each for each in seen.questions if each.is_conflict]
    assert "2018-03-18" in question.says[0]
    assert "2018-03-20" in question.says[0]
    sheet, _, line = question.row.partition("!")
    row = frozenset([(sheet, int(line))])
    path = f"content/data/liaisons/{CODE}.csv"
    theirs = desk.look({seen.file: Choice(accepted=row)})
    ours = desk.look({seen.file: Choice(kept=row)})
    assert [look.returns[0].state for look in (theirs, ours)] == [State.SOUND, State.SOUND]
    assert b"2018-03-20" in theirs.drafts[path]
    assert b"2018-03-18" in ours.drafts[path]
    assert all(b"0436-0000999" in look.drafts[path] for look in (theirs, ours))
    assert "照省里的记录" in dict(ours.returns[0].answers)["洮南市-问题清单.html"].decode()


def test_a_message_names_buttons_and_no_options(desk: Desk, root: Path, kit: bytes) -> None:
    """A county gives no command, and the officer has no terminal."""
    move_on(root, CODE, "2018-03-12", "2018-03-18")
    desk.drop("洮南市.xlsx", filled(kit, VILLAGE, {"posted_on": "2018-03-20"}))
    (seen,) = desk.look().returns
    assert "选“照这份表”" in seen.text
    assert "选“照省里的记录”" in seen.text
    assert "--" not in seen.text


def test_a_row_that_is_taken_anyway_is_no_row_that_waits() -> None:
    """Of a reminder the officer may say more; without a word the return is written as the reminder says."""
    details = {"count": "1", "rows": "F6", "expected": "洮南市", "accept": "--accept 联络员名单!6"}
    reminder = Problem(code=Code.CONSENT_OF_OTHER_PHONE, file="洮南市.xlsx", cell="F6", details=details)
    error = Problem(code=Code.ROW_OTHER_COUNTY, file="洮南市.xlsx", cell="A7", details=details)
    assert [each.is_error for each in questions([reminder])] == [False]
    assert [each.is_error for each in questions([error, reminder])] == [True]


def test_only_what_changes_is_written(desk: Desk, root: Path, kit: bytes) -> None:
    """An untouched kit changes nothing but the list of what was received."""
    desk.drop("洮南市.xlsx", kit)
    assert list(desk.look().drafts) == [f"content/data/submissions/{CODE}.csv"]


def test_an_error_is_told_by_cell_and_in_a_message(desk: Desk, kit: bytes) -> None:
    """With a page and a marked workbook to send back; nothing would be written."""
    desk.drop("洮南市.xlsx", filled(kit, VILLAGE, {"posted_on": "昨天"}))
    look = desk.look()
    (seen,) = look.returns
    assert (seen.state, seen.errors, look.drafts) == (State.FAULTY, 1, {})
    assert {Path(name).suffix for name in seen.answers} == {".html", ".xlsx"}
    assert seen.text.startswith("洮南市：")
    assert f"1. {LIAISONS.sheet} " in seen.text


def test_an_archive_is_looked_at_file_by_file(desk: Desk, kit: bytes, tmp_path: Path) -> None:
    """And a file that is none of these has its own answer; neither keeps the other back."""
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as packed:
        packed.writestr("a/洮南市.xlsx", filled(kit, VILLAGE, {"posted_on": "2018-03-20"}))
        packed.writestr("Thumbs.db", b"x")
    desk.drop("两份.zip", (tmp_path / "two.zip").read_bytes())
    desk.drop("坏的.xlsx", b"PK\3\4 broken")
    look = desk.look()
    assert {each.name: each.state for each in look.returns} == {
        "洮南市.xlsx": State.SOUND,
        "坏的.xlsx": State.FAULTY,
    }
    assert look.left == ("Thumbs.db",)


def test_a_second_look_reads_nothing_again(desk: Desk, kit: bytes) -> None:
    """And finds the same: no look leaves anything in the record that is remembered."""
    desk.drop("洮南市.xlsx", filled(kit, VILLAGE, {"posted_on": "2018-03-20"}))
    first = desk.look()
    assert "reading" in {key for key, _ in desk.steps}
    desk.steps.clear()
    assert desk.look() == first
    assert {key for key, _ in desk.steps} == {"record", "checking"}


def test_what_is_remembered_follows_each_choice(desk: Desk, root: Path, kit: bytes) -> None:
    """A word on the first file changes what the second is compared with, as if nothing had been looked at before."""
    move_on(root, CODE, "2018-03-12", "2018-03-18")
    desk.drop("甲.xlsx", filled(kit, VILLAGE, {"posted_on": "2018-03-20"}))
    desk.drop("乙.xlsx", filled(kit, VILLAGE, {"posted_on": "2018-03-18", "work_phone": "0436-0000999"}))
    by_name = {each.name: each for each in desk.look().returns}
    sheet, _, line = by_name["甲.xlsx"].questions[0].row.partition("!")
    choices = {by_name["甲.xlsx"].file: Choice(accepted=frozenset([(sheet, int(line))]))}
    afresh = Desk(root, desk.folder.parent / f"{desk.folder.name}-afresh")
    afresh.sent = desk.sent
    assert desk.look(choices) == afresh.look(choices)


def test_a_file_that_never_ended_is_left_out(desk: Desk, kit: bytes) -> None:
    """The others are taken in."""
    desk.drop("甲.xlsx", filled(kit, VILLAGE, {"posted_on": "2018-03-20"}))
    desk.drop("乙.csv", b"x")
    look = desk.look(stuck=frozenset(["2-0"]))
    assert {each.name: (each.state, each.errors) for each in look.returns} == {
        "甲.xlsx": (State.SOUND, 0),
        "乙.csv": (State.FAULTY, 1),
    }


def test_what_would_change_for_the_public_is_listed(desk: Desk, kit: bytes) -> None:
    """By county, as `campaign diff` lists it after the write."""
    desk.drop("洮南市.xlsx", filled(kit, VILLAGE, {"posted_on": "2018-03-20"}))
    found = desk.engine.public(desk.look(), lambda *_: None)
    assert [section.title for section in found] == ["洮南市"]


def test_how_late_each_county_is_stands_next_to_it(desk: Desk) -> None:
    """As `campaign status` says it."""
    states = {county.code: county.state for county in desk.look().counties}
    assert states[CODE]
