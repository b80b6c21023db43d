"""Prints are made while the rest of a build goes on: they wait for nobody, and nobody waits for what is in vain."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from site_builder import build


def test_files_are_written_while_other_work_goes_on(tmp_path: Path) -> None:
    """The second file is asked for before anybody waits; then all stand in their places, and the folder is gone."""
    begun = Event()

    def files() -> Iterator[tuple[str, bytes]]:
        yield "prints/one.pdf", b"one"
        begun.set()
        yield "share/two.png", b"two"

    with build._written_meanwhile(files(), tmp_path / "beside") as finished:
        assert begun.wait(timeout=30)
        build._move_all(finished(), tmp_path / "site")
    assert {path.name: path.read_bytes() for path in (tmp_path / "site").rglob("*.*")} == {
        "one.pdf": b"one",
        "two.png": b"two",
    }
    assert not (tmp_path / "beside").exists()


def test_where_a_page_has_a_fault_no_further_print_is_made(tmp_path: Path) -> None:
    """Whoever mends a page does not wait for a thousand sheets first."""
    written = list[int]()

    def files() -> Iterator[tuple[str, bytes]]:
        for number in range(100_000):
            written.append(number)
            yield f"{number}.pdf", b""

    with pytest.raises(ValueError, match="a page"), build._written_meanwhile(files(), tmp_path / "beside"):
        raise ValueError("a page")
    assert len(written) < 100_000


def test_a_print_s_fault_is_told_to_who_waits(tmp_path: Path) -> None:
    """What went wrong beside is what the build ends with."""

    def files() -> Iterator[tuple[str, bytes]]:
        raise ValueError("a sheet")
        yield "", b""

    with build._written_meanwhile(files(), tmp_path / "beside") as finished, pytest.raises(ValueError, match="a sheet"):
        finished()
