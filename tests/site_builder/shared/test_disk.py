"""What is put on the disk is there whole and stays there; what the disk refuses is told."""

import errno
import os
from pathlib import Path

import pytest
from interrupted_moves import interrupted_everywhere

from site_builder.shared import disk
from site_builder.shared.problems import as_lines


def folder(path: Path, text: str) -> Path:
    path.mkdir()
    (path / "file").write_text(text)
    return path


def test_a_folder_takes_the_place_of_another(tmp_path: Path) -> None:
    """The new one stands there, and neither the old one nor the name it was made under is left."""
    place = folder(tmp_path / "place", "old")
    disk.swap(folder(tmp_path / "made", "new"), place)
    assert (place / "file").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["place"]


def test_a_swap_that_is_interrupted_leaves_one_of_the_two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whenever Ctrl+C comes."""
    place, made = folder(tmp_path / "place", "old"), tmp_path / "made"
    moments = interrupted_everywhere(
        monkeypatch, lambda: disk.swap(made if made.exists() else folder(made, "new"), place)
    )
    found = {moment: (place / "file").read_text() for moment in moments}
    assert found == {"before move 1": "old", "after move 1": "old", "before move 2": "old", "after move 2": "new"}


def test_a_swap_that_was_killed_between_its_moves_is_mended(tmp_path: Path) -> None:
    """What was put aside and never replaced goes back, even if nothing new can be put there."""
    folder(tmp_path / ".place.before", "old")
    with pytest.raises(FileNotFoundError):
        disk.swap(tmp_path / "never made", tmp_path / "place")
    assert (tmp_path / "place" / "file").read_text() == "old"


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (errno.ENOSPC, "磁盘满了"),
        (errno.EACCES, "没有读写的权限"),
        (errno.EROFS, "这个磁盘是只读的"),
        (errno.ENOTDIR, "位置里有一段是文件，不是文件夹"),
        (errno.ETIMEDOUT, "系统说：Connection timed out"),
    ],
)
def test_a_refusal_is_told_with_its_place_and_reason(tmp_path: Path, number: int, told: str) -> None:
    """The place is told from the project's root, the reason in Chinese; what we have no word for as the system says."""
    error = OSError(number, os.strerror(number), str(tmp_path / "content" / "data"))
    lines = as_lines(disk.refusal(error, tmp_path))
    assert lines[0] == "[错误 disk-refused] content/data"
    assert told in lines[1]


def test_a_refusal_without_a_place_and_one_elsewhere_are_told_too(tmp_path: Path) -> None:
    """Some errors name no file, others one outside the project."""
    assert disk.refusal(OSError(errno.EIO, "x"), tmp_path).file == "."
    assert disk.refusal(OSError(errno.EIO, "x", "/srv/www"), tmp_path).file == "/srv/www"
