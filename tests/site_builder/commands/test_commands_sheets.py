"""`campaign sheets` from the outside: what is asked for lies in the folder, and nothing else does."""

import shutil
from pathlib import Path

import pytest
from pdf_text import pages
from tiny_campaign import DEMONSTRATION

from site_builder.cli import main

pytestmark = pytest.mark.needs("fonts-noto-cjk", "poppler-utils")


@pytest.fixture
def with_materials(root: Path) -> Path:
    """The tiny campaign with the real materials, but for the board: its number is that of the tiny one's leaflet."""
    no_board = shutil.ignore_patterns("window-board")
    shutil.copytree(DEMONSTRATION / "content" / "materials", root / "content" / "materials", ignore=no_board)
    return root


def sheets(root: Path, *arguments: str) -> int:
    return main(["--root", str(root), "sheets", "--out", str(root / "out"), *arguments])


def test_the_sheets_of_a_county_in_one_file(with_materials: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One page for each of its villages that has or had a liaison, and a word on where the file lies."""
    assert sheets(with_materials, "--county", "220881", "--kind", "posting", "--one-file") == 0
    folder = with_materials / "out" / "220881-posting"
    assert [path.name for path in folder.iterdir()] == ["posting-sheet-220881.pdf"]
    printed = pages((folder / "posting-sheet-220881.pdf").read_bytes())
    assert len(printed) == 2
    assert "洮南市" in printed[0]
    assert str(folder) in capsys.readouterr().out


def test_a_second_run_replaces_the_first_but_not_other_people_s_files(
    with_materials: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same again gives the same bytes; a folder into which somebody put a file is left alone."""
    order = ("--village", "220881100201")
    assert sheets(with_materials, *order) == 0
    folder = with_materials / "out" / "220881100201"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert sheets(with_materials, *order) == 0
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    (folder / "mine.txt").write_text("mine")
    assert sheets(with_materials, *order) == 1
    assert "kit-place" in capsys.readouterr().err
    assert (folder / "mine.txt").read_text() == "mine"


@pytest.mark.parametrize(
    ("arguments", "code", "hint"),
    [
        (("--kind", "postr"), "sheets-unknown", "最接近的是“poster”"),
        (("--kind", "flag"), "sheets-unknown", "可以写的有：banner、"),
        (("--county", "220818"), "sheets-unknown", "最接近的是“220881”"),
        (("--county", "999999"), "sheets-unknown", "没有“999999”。\n"),
        (("--village", "220881100999"), "sheets-unknown", "没有“220881100999”。\n"),
        (("--county", "220104", "--kind", "posting"), "sheets-none", ""),
    ],
)
def test_an_order_that_cannot_be_filled(
    with_materials: Path, arguments: tuple[str, ...], code: str, hint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What there is not is named, with what it was a slip of if anything is so near, and nothing is written."""
    assert sheets(with_materials, *arguments) == 1
    shown = capsys.readouterr().err
    assert code in shown
    assert hint in shown
    assert not (with_materials / "out").exists()


def test_no_sheet_is_printed_from_faulty_data(with_materials: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An error in any file stops the print: a wrong name on a wall is worse than a late sheet."""
    file = with_materials / "content" / "data" / "liaisons" / "220881.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("2018-05-02", "2018.5.2"), encoding="utf-8")
    assert sheets(with_materials, "--kind", "posting") == 1
    assert "cell-type" in capsys.readouterr().err
    assert not (with_materials / "out").exists()
