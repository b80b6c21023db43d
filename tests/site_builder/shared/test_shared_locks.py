"""Who would write the same waits; a lock ends with its process; the software runs where the system has no flock."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from site_builder.shared import locks

HOLD = (
    "import os, sys\nfrom pathlib import Path\nfrom site_builder.shared import locks\n"
    "with locks.held(Path(sys.argv[1]), is_left=sys.argv[2] == 'left'):\n"
    "    print('held', flush=True)\n"
    "    sys.stdin.read(1)\n"
)
NOT_ON_WINDOWS = ("fcntl", "resource", "pwd", "grp", "termios", "pty")


def holder(path: Path, *, is_left: bool) -> "subprocess.Popen[str]":
    """A process that asks for a lock, says so when it has it, and gives it back when it is reported to."""
    command = [sys.executable, "-c", HOLD, str(path), "left" if is_left else "taken away"]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def has_it(process: "subprocess.Popen[str]") -> bool:
    """Wait until a process holds its lock."""
    assert process.stdout
    return process.stdout.readline() == "held\n"


@pytest.mark.parametrize("is_left", [True, False])
def test_a_second_one_waits_for_the_first(tmp_path: Path, is_left: bool) -> None:
    """It holds the lock when the first has let it go, whether the file stays or is taken away."""
    first = holder(tmp_path / "lock", is_left=is_left)
    assert has_it(first)
    second = holder(tmp_path / "lock", is_left=is_left)
    try:
        with pytest.raises(subprocess.TimeoutExpired):
            second.wait(timeout=1)
        first.communicate("x")
        assert has_it(second)
    finally:
        second.communicate("x")
    assert (first.returncode, second.returncode) == (0, 0)
    assert [path.name for path in tmp_path.iterdir()] == (["lock"] if is_left else [])


@pytest.mark.parametrize("is_left", [True, False])
def test_a_killed_one_stops_nobody(tmp_path: Path, is_left: bool) -> None:
    """The file is still there, the lock is not."""
    killed = holder(tmp_path / "lock", is_left=is_left)
    assert has_it(killed)
    killed.kill()
    killed.communicate()
    assert (tmp_path / "lock").exists()
    with locks.held(tmp_path / "lock"):
        pass


def test_a_lock_is_one_with_those_of_earlier_versions(tmp_path: Path) -> None:
    """A publisher that was started before an update and one started after it wait for each other."""
    import fcntl

    with locks.held(tmp_path / "lock"), (tmp_path / "lock").open("w") as file, pytest.raises(BlockingIOError):
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_a_place_that_cannot_be_written_is_reported(tmp_path: Path) -> None:
    """As any other refusal of the disk, and not by waiting for ever."""
    with pytest.raises(IsADirectoryError), locks.held(tmp_path):
        pass


def test_the_software_is_imported_where_windows_lacks_modules() -> None:
    """The offices' commands need none of the modules that only Unix has, not even of those they import."""
    script = (
        f"import sys\nsys.modules.update(dict.fromkeys({NOT_ON_WINDOWS!r}))\nimport site_builder.cli\n"
        "from site_builder.commands import build, check, collect, diff, kit, preview, report, sheets, status, tidy\n"
        "from site_builder.commands.publishing import publish, releases, rollback, verify\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_no_module_locks_by_itself() -> None:
    """Nobody imports fcntl, and filelock stands behind one module."""
    software = Path(locks.__file__).parents[1]
    own = re.compile(r"import fcntl|(from|import) filelock")
    assert [path for path in software.rglob("*.py") if own.search(path.read_text("utf-8"))] == [Path(locks.__file__)]
