"""The engine that `make desk` left: of the software as it is now, or none at all."""

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
    (folder / engine.MADE_OF).write_text(made_of + "\n", encoding="ascii")


def test_an_engine_of_today_is_taken(tmp_path: Path) -> None:
    """All its parts, by name."""
    leave(tmp_path, engine.digest(engine.PROJECT))
    assert engine.made(tmp_path) == {name: name.encode() for name in engine.PARTS}


def test_an_engine_of_other_software_is_none(tmp_path: Path) -> None:
    """It would check by rules that hold no more."""
    leave(tmp_path, "0" * 64)
    assert engine.made(tmp_path) == {}
    assert engine.is_there(tmp_path)


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
    (root / engine.FOLDER / engine.MADE_OF).write_text(engine.digest(engine.PROJECT), encoding="ascii")
    assert main(arguments) == 0
    assert [path.name for path in (root / "kits" / "220881").iterdir()] == ["自查-洮南市.html"]
    assert "desk" not in capsys.readouterr().out
