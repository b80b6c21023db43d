"""A watched folder is anybody's: what was a folder at one look may be a link at the next, and nothing is led astray."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from site_builder.untrusted_files import watched


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one file in a folder of its sender's, and one elsewhere that is nobody's to see."""
    (tmp_path / "收件" / "甲县").mkdir(parents=True)
    (tmp_path / "收件" / "甲县" / "表.csv").write_text("sent")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "表.csv").write_text("secret")
    return tmp_path / "收件"


def swapped_when_opened(monkeypatch: pytest.MonkeyPatch, swap: Callable[[], None]) -> None:
    """At the last moment before a folder is opened for a file, whoever may write there does this."""
    real, left = os.open, [swap]

    def opened(path: str | Path, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        if dir_fd is not None and left:
            left.pop()()
        return real(path, flags, mode, dir_fd=dir_fd)

    monkeypatch.setattr(os, "open", opened)
    monkeypatch.setattr(os, "supports_dir_fd", os.supports_dir_fd | {opened})


def test_an_answer_is_put_next_to_the_file(folder: Path) -> None:
    """What is answered in the room stands in the folder at the end, under the file's name."""
    with watched.answered(folder, folder / "甲县" / "表.csv") as (room, arguments):
        copy = Path(arguments[-1])
        assert copy.read_text() == "sent"
        assert copy.name == "表.csv"
        (room / arguments[1] / "220881").mkdir(parents=True)
        (room / arguments[1] / "220881" / "清单.html").write_text("answer")
    assert (folder / "甲县" / "答复" / "表.csv" / "220881" / "清单.html").read_text() == "answer"
    assert sorted(path.name for path in folder.rglob("*.new")) == []


def test_a_folder_that_becomes_a_link_leads_to_no_other_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands elsewhere would be read with the office's rights, and answered to the sender."""

    def swap() -> None:
        (folder / "甲县").rename(folder / "away")
        (folder / "甲县").symlink_to(folder.parent / "elsewhere")

    swapped_when_opened(monkeypatch, swap)
    with pytest.raises(watched.LinkError), watched.answered(folder, folder / "甲县" / "表.csv"):
        pytest.fail("it was looked at")


def test_a_folder_that_becomes_a_link_leads_no_answer_elsewhere(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However late it does."""
    elsewhere = folder.parent / "elsewhere"
    (folder / "甲县" / "答复").mkdir()

    def swap() -> None:
        (folder / "甲县" / "答复").rename(folder / "away")
        (folder / "甲县" / "答复").symlink_to(elsewhere)

    def answer() -> None:
        with watched.answered(folder, folder / "甲县" / "表.csv") as (room, arguments):
            (room / arguments[1]).mkdir()
            (room / arguments[1] / "清单.html").write_text("answer")
            swapped_when_opened(monkeypatch, swap)

    with pytest.raises(watched.LinkError):
        answer()
    assert [path.name for path in elsewhere.iterdir()] == ["表.csv"]


def test_without_open_folders_a_link_is_seen_all_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On Windows it is looked at once more."""
    monkeypatch.setattr(watched, "_OPENS_FOLDERS", False)
    with watched.answered(folder, folder / "甲县" / "表.csv") as (room, arguments):
        (room / arguments[1]).mkdir()
        (room / arguments[1] / "清单.html").write_text("answer")
    assert (folder / "甲县" / "答复" / "表.csv" / "清单.html").read_text() == "answer"
    (folder / "乙县").symlink_to(folder.parent / "elsewhere")
    with pytest.raises(watched.LinkError), watched.answered(folder, folder / "乙县" / "表.csv"):
        pytest.fail("it was looked at")
