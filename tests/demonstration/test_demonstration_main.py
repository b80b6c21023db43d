"""Writing a demonstration into a folder."""

import shutil
import sys
from pathlib import Path

import pytest

from demonstration import editions
from demonstration.__main__ import main, write
from demonstration.generator import HOME, ROOT


def run(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> None:
    monkeypatch.setattr(sys, "argv", ["demonstration", *map(str, arguments)])
    main()


def test_a_run_writes_every_file_and_says_how_many(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The folder holds words, pages and the tables by county, and the number of files is printed."""
    monkeypatch.setattr(editions, "published_counts", lambda *_: b"edition\n")  # they take long to make
    run(monkeypatch, tmp_path / "new", "--villages", 60)
    written = [path for path in (tmp_path / "new").rglob("*") if path.is_file()]
    assert (tmp_path / "new/data/divisions.csv") in written
    assert (tmp_path / "new/data/villages/220881.csv") in written
    assert (tmp_path / "new/words/zh-CN.yml") in written
    assert (tmp_path / "new/data/published_counts.csv").read_bytes() == b"edition\n"
    assert capsys.readouterr().out.startswith(f"{len(written)} files, ")


def test_stale_data_files_go_and_everything_else_stays(tmp_path: Path) -> None:
    """A county file that is no longer made is removed; what the generator never made is left alone."""
    stale, kept = "data/villages/220101.csv", ("data/villages/note.txt", "data/own.csv", "pages/own.md")
    for name in (stale, "data/villages/220881.csv", *kept):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"old")
    write({"data/villages/220881.csv": b"new"}, tmp_path)
    left = {path.relative_to(tmp_path).as_posix(): path.read_bytes() for path in tmp_path.rglob("*.*")}
    assert left == {"data/villages/220881.csv": b"new"} | dict.fromkeys(kept, b"old")


def test_a_scaled_run_never_touches_the_gazetteer_of_content(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Invented divisions in content/ would pass for real ones."""
    monkeypatch.setattr("demonstration.__main__.write", lambda *_: pytest.fail("it writes"))
    with pytest.raises(SystemExit, match="2"):
        run(monkeypatch, ROOT / "content", "--villages", 3000)
    assert "choose another OUT_DIR" in capsys.readouterr().err


def test_official_data_are_never_written_over(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where a campaign has become official, the demonstration stays away."""
    content = tmp_path / "content"
    content.mkdir()
    settings = (HOME / "content" / "campaign.yml").read_text(encoding="utf-8")
    (content / "campaign.yml").write_text(settings.replace("data_status: demo", "data_status: official"), "utf-8")
    shutil.copy(HOME / "content" / "undertakings.yml", content)
    with pytest.raises(SystemExit, match="2"):
        run(monkeypatch, content, "--villages", 60)
    assert "official" in capsys.readouterr().err
    assert {path.name for path in content.iterdir()} == {"campaign.yml", "undertakings.yml"}


def test_an_impossible_size_is_wrong_use(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 2 and a sentence, no traceback and no files."""
    with pytest.raises(SystemExit, match="2"):
        run(monkeypatch, tmp_path, "--villages", 0)
    assert "at least one village" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
