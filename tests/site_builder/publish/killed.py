"""Publishers that are killed: at a step of theirs, or after some time, with all that they have started."""

import os
import signal
import sys
import time
from collections.abc import Callable

STEPS = {"open", "os.rename", "os.symlink", "os.remove", "os.mkdir", "os.rmdir", "shutil.copyfile"}
ELSEWHERE = {"subprocess.Popen", "http.client.send"}
"""What those do who publish to other machines: Python tells its auditors of these too."""


def forked(work: Callable[[], object]) -> int:
    """Let a child process do the work, and return its id."""
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    return child


def killed_after(work: Callable[[], object], seconds: float) -> None:
    """Have the kernel end the child once it has used the processor so long, however busy the machine is."""

    def limited() -> None:
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_PROF, seconds)
        work()

    os.waitpid(forked(limited), 0)


def killed_with_all(work: Callable[[], object], seconds: float) -> None:
    """Kill the child after some seconds, and every process that it has started."""

    def apart() -> None:
        os.setsid()
        work()

    child = forked(apart)
    time.sleep(seconds)
    try:
        os.killpg(child, signal.SIGKILL)
    except ProcessLookupError:  # not apart yet
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def killed_at(work: Callable[[], object], step: int, kinds: set[str] = STEPS) -> None:
    """Kill the child as it is about to take a step."""
    os.waitpid(forked(lambda: _counted(work, kinds, kill_at=step)), 0)


def steps(work: Callable[[], object], kinds: set[str] = STEPS) -> int:
    """How many steps the work takes, as a child says through its exit code."""
    return os.waitstatus_to_exitcode(os.waitpid(forked(lambda: os._exit(_counted(work, kinds))), 0)[1])


def _counted(work: Callable[[], object], kinds: set[str], kill_at: int = -1) -> int:
    """Work, and count the steps: Python tells its auditors of each file that is touched. For child processes only."""
    count = 0

    def hook(event: str, _: object) -> None:
        nonlocal count
        if event in kinds:
            if count == kill_at:
                os.kill(os.getpid(), signal.SIGKILL)
            count += 1

    sys.addaudithook(hook)
    work()
    assert count < 256
    return count
