"""The engine that `make desk` left: of the software as it is now, or none at all."""

import subprocess
from pathlib import Path

import pytest

from site_builder.cli import main, words
from site_builder.commands import kit
from site_builder.kit.desk import engine


def leave(root: Path, made_of: str) -> None:
    """An engine of small parts."""
    folder = root / engine.FOLDER
    folder.mkdir(parents=True)
    for name in engine.PARTS:
        (folder / name).write_bytes(name.encode())
    engine.vouch(folder, engine.MADE_OF, made_of, engine.PARTS)


def test_an_engine_of_today_is_taken(tmp_path: Path) -> None:
    """All its parts, by name."""
    leave(tmp_path, engine.digest(engine.PROJECT))
    assert engine.made(tmp_path) == {name: name.encode() for name in engine.PARTS}


def test_an_engine_of_other_software_is_none(tmp_path: Path) -> None:
    """It would check by rules that hold no more."""
    leave(tmp_path, "0" * 64)
    assert engine.made(tmp_path) == {}
    assert engine.is_there(tmp_path)


@pytest.mark.parametrize("part", engine.PARTS)
def test_an_engine_of_which_a_part_is_another_is_none(tmp_path: Path, part: str) -> None:
    """Changed after it was made, taken away, or a link to what stands elsewhere."""
    leave(tmp_path, engine.digest(engine.PROJECT))
    file = tmp_path / engine.FOLDER / part
    content = file.read_bytes()
    file.write_bytes(content + b"x")
    assert engine.made(tmp_path) == {}
    file.rename(tmp_path / "elsewhere")
    assert engine.made(tmp_path) == {}
    (tmp_path / "elsewhere").write_bytes(content)
    file.symlink_to(tmp_path / "elsewhere")
    assert engine.made(tmp_path) == {}


def test_what_was_made_of_packages_alone_is_vouched_for(tmp_path: Path) -> None:
    """So long as each of them is as it was, and of the same locks; the software may be another by then."""
    leave(tmp_path, "0" * 64)
    folder, of_packages = tmp_path / engine.FOLDER, (engine.PACKAGES_OF, "1" * 64, engine.OF_PACKAGES)
    engine.vouch(folder, *of_packages)
    (folder / engine.SOFTWARE).write_bytes(b"of tomorrow")
    assert engine.is_vouched(folder, *of_packages)
    assert not engine.is_vouched(folder, engine.PACKAGES_OF, "2" * 64, engine.OF_PACKAGES)
    (folder / engine.PACKAGES).write_bytes(b"a stranger's")
    assert not engine.is_vouched(folder, *of_packages)


def test_no_kit_is_made_with_an_engine_that_git_has(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever pushed it could have said of any bytes that they are of today."""
    monkeypatch.setattr(kit, "MAKERS", [])
    leave(root, engine.digest(engine.PROJECT))
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    arguments = ["--root", str(root), "kit", "--county", "220881", "--out", str(root / "kits")]
    assert main(arguments) == 0
    subprocess.run(["git", "add", "-f", engine.FOLDER], cwd=root, check=True)
    assert main([*arguments[:-1], str(root / "others")]) == 1
    assert "publish-made" in "".join(capsys.readouterr())
    assert not (root / "others").exists()


def test_what_decides_the_engine_is_in_its_name() -> None:
    """Every module and every text of the software; nothing that was compiled."""
    names = {path.relative_to(engine.PROJECT).as_posix() for path in engine.sources(engine.PROJECT)}
    assert {"site_builder/collect/intake.py", "site_builder/templates/problems.zh-CN.yml"} <= names
    assert not [name for name in names if "__pycache__" in name]


def test_a_kit_without_engine_says_how_to_make_one(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And one with an engine of yesterday that it is of yesterday; with one of today the desk lies in the folder."""
    monkeypatch.setattr(kit, "MAKERS", [])
    arguments = ["--root", str(root), "kit", "--county", "220881", "--out", str(root / "kits")]
    assert main(arguments) == 0
    assert words()["kit"]["desk_missing"] in capsys.readouterr().out
    leave(root, "0" * 64)
    assert main(arguments) == 0
    assert words()["kit"]["desk_old"] in capsys.readouterr().out
    assert list((root / "kits" / "220881").iterdir()) == []
    engine.vouch(root / engine.FOLDER, engine.MADE_OF, engine.digest(engine.PROJECT), engine.PARTS)
    assert main(arguments) == 0
    assert [path.name for path in (root / "kits" / "220881").iterdir()] == ["自查-洮南市.html"]
    assert "desk" not in capsys.readouterr().out
