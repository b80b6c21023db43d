"""The process that looks: a file that keeps it too long ends it, and who asks learns at which one it was."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from office_returns import VILLAGE, filled, kits
from tiny_campaign import make_root

from site_builder.commands.office_desk.findings import Look, SentFile, State
from site_builder.commands.office_desk.worker import OF_A_FILE, EndedError, Worker

CODE = "220881"


class Asked:
    """A worker that has one file to look at, and what it tells of. seconds: of the processor, for the file."""

    def __init__(self, root: Path, folder: Path, seconds: float) -> None:
        room = folder / f"room-{seconds}"
        room.mkdir()
        self.worker = Worker(root=root, room=room, of_a_file=seconds)
        self.sent = [SentFile(number=1, path=folder / "洮南市.xlsx")]
        self.steps: list[tuple[str, str]] = []

    def look(self, stuck: frozenset[str] = frozenset()) -> Look:
        """As the session asks for it."""
        return self.worker.look(self.sent, {}, stuck, lambda key, about: self.steps.append((key, about)))


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny campaign; no test may change it."""
    return make_root(tmp_path_factory.mktemp("worker"))


@pytest.fixture
def folder(root: Path, tmp_path: Path) -> Path:
    """Where a sound return of the county lies."""
    kit = kits(root, [CODE])[CODE]
    (tmp_path / "洮南市.xlsx").write_bytes(filled(kit, VILLAGE, {"posted_on": "2018-03-20"}))
    return tmp_path


@pytest.fixture
def hasty(root: Path, folder: Path) -> Iterator[Asked]:
    """One that has less time for a file than any file takes."""
    asked = Asked(root, folder, 0.001)
    yield asked
    asked.worker.end()


@pytest.fixture
def patient(root: Path, folder: Path) -> Iterator[Asked]:
    """One that has the time that it always has."""
    asked = Asked(root, folder, OF_A_FILE)
    yield asked
    asked.worker.end()


def test_a_file_that_takes_too_long_ends_it(hasty: Asked) -> None:
    """The last that it told of is that file; however long the record took before, that was not counted."""
    with pytest.raises(EndedError):
        hasty.look()
    assert hasty.steps[0][0] == "record"
    assert hasty.steps[-1][0] in {"reading", "checking"}
    assert hasty.steps[-1][1].split("\n")[1] == "洮南市.xlsx"


def test_the_next_one_does_without_the_file(patient: Asked) -> None:
    """It is told as one that was not taken in; with its time, the same file is sound."""
    left_out = patient.look(frozenset(["1"]))
    assert [(each.state, each.errors) for each in left_out.returns] == [(State.FAULTY, 1)]
    patient.worker.end()
    assert [each.state for each in patient.look().returns] == [State.SOUND]
