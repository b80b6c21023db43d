"""Writing a demonstration into a folder."""

import sys
from pathlib import Path

import pytest

from demonstration.__main__ import main, write
from demonstration.generator import ROOT


def run(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> None:
    monkeypatch.setattr(sys, "argv", ["demonstration", *map(str, arguments)])
    main()


def test_a_run_writes_every_file_and_says_how_many(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The folder holds the tables by county, and the number of files is printed."""
    run(monkeypatch, tmp_path / "new", "--villages", 60)
    written = [path for path in (tmp_path / "new").rglob("*") if path.is_file()]
    assert (tmp_path / "new/divisions.csv") in written
    assert (tmp_path / "new/villages/220881.csv") in written
    assert capsys.readouterr().out.startswith(f"{len(written)} files, ")


def test_stale_data_files_go_and_everything_else_stays(tmp_path: Path) -> None:
    """A county file that is no longer made is removed; what the generator never made is left alone."""
    for name in ("villages/220101.csv", "villages/220881.csv", "villages/note.txt", "other/table.csv", "own.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"old")
    write({"villages/220881.csv": b"new"}, tmp_path)
    left = {path.relative_to(tmp_path).as_posix(): path.read_bytes() for path in tmp_path.rglob("*.*")}
    assert left == {
        "villages/220881.csv": b"new",
        "villages/note.txt": b"old",
        "other/table.csv": b"old",
        "own.csv": b"old",
    }


def test_a_scaled_run_never_touches_the_committed_gazetteer(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Invented divisions in content/data would pass for real ones."""
    before = (ROOT / "content/data/divisions.csv").read_bytes()
    with pytest.raises(SystemExit, match="2"):
        run(monkeypatch, ROOT / "content" / "data", "--villages", 3000)
    assert "choose another OUT_DIR" in capsys.readouterr().err
    assert (ROOT / "content/data/divisions.csv").read_bytes() == before


def test_an_impossible_size_is_wrong_use(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 2 and a sentence, no traceback and no files."""
    with pytest.raises(SystemExit, match="2"):
        run(monkeypatch, tmp_path, "--villages", 0)
    assert "at least one village" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
