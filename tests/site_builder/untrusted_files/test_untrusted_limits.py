"""The process that reads a file is limited as far as the system can; where it cannot, whoever takes it in is told."""

import signal
import subprocess
import sys
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from types import ModuleType

import openpyxl
import pytest

from site_builder.shared.problems import CampaignError
from site_builder.untrusted_files import UntrustedFile, limits, reading, reading_ahead


class _System(ModuleType):
    """Limits of a system that has some of them, and notes which were set."""

    RLIMIT_CORE, RLIMIT_AS, RLIMIT_CPU = 4, 9, 0

    def __init__(self, *refused: int) -> None:
        super().__init__("resource")
        self.refused, self.noted = refused, list[int]()

    def setrlimit(self, which: int, most: tuple[int, int]) -> None:
        if which in self.refused:
            raise ValueError(most)
        self.noted.append(which)


def test_a_limit_that_the_system_refuses_keeps_no_other_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of macOS it is the address space; the processor's time is bounded there all the same."""
    system = _System(_System.RLIMIT_AS)
    monkeypatch.setitem(sys.modules, "resource", system)
    limits.limit_itself()
    assert system.noted == [_System.RLIMIT_CORE, _System.RLIMIT_CPU]


@pytest.mark.parametrize(("platform", "bounds"), [("linux", True), ("darwin", False)])
def test_only_linux_bounds_memory(platform: str, bounds: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the systems that have limits at all."""
    monkeypatch.setattr(sys, "platform", platform)
    assert limits.bound_memory() is bounds


def test_a_system_without_limits_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is raised, and it is known that nothing bounds the memory."""
    monkeypatch.setitem(sys.modules, "resource", None)
    limits.limit_itself()
    assert not limits.bound_memory()


def test_where_no_process_starts_files_are_read_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a browser: the same sheets, or the same refusal, without a process or a thread."""
    good, bad = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    openpyxl.Workbook().save(good)
    bad.write_bytes(b"PK nothing of the kind")
    with reading_ahead([good, bad]) as files:
        expected = [_outcome(file) for file in files]
    monkeypatch.setattr(sys, "platform", "emscripten")
    for name in ("Popen", "run"):
        monkeypatch.setattr(subprocess, name, None)
    monkeypatch.setattr(reading, "ThreadPoolExecutor", None)
    with reading_ahead([good, bad]) as files:
        assert [_outcome(file) for file in files] == expected


def _outcome(file: Future[UntrustedFile]) -> object:
    try:
        return file.result()
    except CampaignError as error:
        return error.problems


def test_what_does_not_end_is_ended_and_what_ends_is_not() -> None:
    """However it catches what befalls it; the clock stands still afterwards."""
    with pytest.raises(limits.TookTooLong), limits.within(0.001):
        while True:
            with suppress(Exception):
                pass
    with limits.within(3600):
        done = True
    assert done
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def test_a_library_that_never_comes_back_is_ended_too() -> None:
    """No exception would reach it: the system ends the process, unless the limit was lifted before."""
    begin = "import signal; from site_builder.untrusted_files import limits; limits.end_itself_after"
    ended = subprocess.run([sys.executable, "-c", f"{begin}(0.05); sum(range(10**15))"], check=False)
    assert ended.returncode == -signal.SIGPROF
    lifted = [
        sys.executable,
        "-c",
        f"{begin}(60); limits.end_itself_after(0); print(signal.getitimer(signal.ITIMER_PROF))",
    ]
    assert subprocess.run(lifted, check=True, capture_output=True, text=True).stdout == "(0.0, 0.0)\n"
