"""Prints are made while the rest of a build goes on: they wait for nobody, and nobody waits for what is in vain."""

import time
from collections.abc import Generator
from pathlib import Path
from threading import Event

import pytest

from site_builder import build
from site_builder.shared import typesetting


def test_files_are_written_while_other_work_goes_on(tmp_path: Path) -> None:
    """The second file is asked for before anybody waits; then all stand in their places, and the folder is gone."""
    begun = Event()

    def files() -> Generator[tuple[str, bytes], None, None]:
        yield "prints/one.pdf", b"one"
        begun.set()
        yield "share/two.png", b"two"

    with build._meanwhile([files()], tmp_path / "beside") as finished:
        assert begun.wait(timeout=30)
        build._move_all(finished(), tmp_path / "site")
    assert {path.name: path.read_bytes() for path in (tmp_path / "site").rglob("*.*")} == {
        "one.pdf": b"one",
        "two.png": b"two",
    }
    assert not (tmp_path / "beside").exists()


def test_where_a_page_has_a_fault_no_further_print_is_made(tmp_path: Path) -> None:
    """Whoever mends a page does not wait for a thousand sheets first."""
    begun, never = list[int](), list[int]()

    def sheet(number: int) -> int:
        begun.append(number)
        time.sleep(0.001)
        return number

    def files() -> Generator[tuple[str, bytes], None, None]:
        for number in typesetting.on_all_cores(sheet, range(3_000)):
            yield f"{number}.pdf", b""

    def pictures() -> Generator[tuple[str, bytes], None, None]:
        never.append(1)
        yield "a.png", b""

    with pytest.raises(ValueError, match="a page"), build._meanwhile([files(), pictures()], tmp_path / "there"):
        while not begun:
            time.sleep(0.001)
        raise ValueError("a page")
    ended = len(begun)
    time.sleep(0.1)
    assert len(begun) == ended < 3_000
    assert not never


def test_a_print_s_fault_is_told_to_who_waits(tmp_path: Path) -> None:
    """What went wrong beside is what the build ends with."""

    def files() -> Generator[tuple[str, bytes], None, None]:
        raise ValueError("a sheet")
        yield "", b""

    with build._meanwhile([files()], tmp_path / "beside") as finished, pytest.raises(ValueError, match="a sheet"):
        finished()
