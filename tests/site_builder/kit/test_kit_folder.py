"""A kit's folder: whole or not at all, in place of what we made before and of nothing else."""

from pathlib import Path

import pytest

from site_builder.kit.folder import MADE, write_folder
from site_builder.shared import disk
from site_builder.shared.problems import CampaignError

FIRST = {"填报表.xlsx": b"one", "通知.pdf": b"two"}


def held(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def refusal(out: Path, files: dict[str, bytes]) -> str:
    with pytest.raises(CampaignError) as caught:
        write_folder(out, "220881", files)
    return caught.value.problems[0].code


def test_a_folder_is_made_with_all_its_files(tmp_path: Path) -> None:
    """Folders above it are made too; nothing unfinished stays behind."""
    write_folder(tmp_path / "a" / "kits", "220881", FIRST)
    assert held(tmp_path / "a" / "kits" / "220881") == FIRST
    assert sorted(path.name for path in (tmp_path / "a" / "kits").iterdir()) == [MADE, "220881"]


def test_a_new_kit_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    """A file that the new kit has no more is gone; a third one may follow."""
    for files in (FIRST, {"填报表.xlsx": b"new"}, FIRST):
        write_folder(tmp_path, "220881", files)
        assert held(tmp_path / "220881") == files


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    """Whatever stands under the county's name and was not made by us stays."""
    (tmp_path / "220881").mkdir()
    assert refusal(tmp_path, FIRST) == "kit-place"
    (tmp_path / "220881").rmdir()
    (tmp_path / "220881").write_text("a file", encoding="utf-8")
    assert refusal(tmp_path, FIRST) == "kit-place"
    (tmp_path / "220881").unlink()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "220881").symlink_to(tmp_path / "elsewhere")
    assert refusal(tmp_path, FIRST) == "kit-place"


@pytest.mark.parametrize("change", ["filled in", "added", "removed"])
def test_a_kit_that_somebody_changed_is_left_alone(tmp_path: Path, change: str) -> None:
    """A workbook filled in where it was made, a file put beside it or taken away: nothing is overwritten."""
    write_folder(tmp_path, "220881", FIRST)
    folder = tmp_path / "220881"
    if change == "filled in":
        (folder / "填报表.xlsx").write_bytes(b"a day's work")
    elif change == "added":
        (folder / "sub").mkdir()
    else:
        (folder / "通知.pdf").unlink()
    before = sorted(folder.rglob("*"))
    assert refusal(tmp_path, {"填报表.xlsx": b"new"}) == "kit-place"
    assert sorted(folder.rglob("*")) == before


def test_a_failure_leaves_the_old_kit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When a file cannot be written, or the new folder cannot be moved in, the earlier kit stands as it was."""
    write_folder(tmp_path, "220881", FIRST)
    assert refusal(tmp_path, {"no/such/folder.xlsx": b"x"}) == "kit-unwritable"
    assert held(tmp_path / "220881") == FIRST
    rename = Path.rename

    def fail_once(self: Path, target: Path) -> Path:
        if self.name.endswith(".unfinished"):
            raise PermissionError(13, "Permission denied")
        return rename(self, target)

    monkeypatch.setattr(disk, "_exchanged", lambda made, place: False)  # as where the system has no such step
    monkeypatch.setattr(Path, "rename", fail_once)
    assert refusal(tmp_path, {"填报表.xlsx": b"new"}) == "kit-unwritable"
    assert held(tmp_path / "220881") == FIRST
    monkeypatch.undo()
    write_folder(tmp_path, "220881", {"填报表.xlsx": b"new"})
    assert held(tmp_path / "220881") == {"填报表.xlsx": b"new"}


def test_a_file_where_the_folder_should_be_is_reported(tmp_path: Path) -> None:
    """An output folder that is a file ends in a problem, not in a traceback."""
    (tmp_path / "kits").write_text("", encoding="utf-8")
    assert refusal(tmp_path / "kits", FIRST) == "kit-unwritable"
