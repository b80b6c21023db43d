"""What a system lets a process be limited to. Not every one has limits: what they would bound is said where they lack.

Linux has all of them. macOS bounds no address space, Windows nothing; there the clock alone ends a process.
"""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import ModuleType

from site_builder.untrusted_files.formats.bounds import MEMORY, PROCESSOR_SECONDS


class TookTooLong(BaseException):
    """What was done within a bound of time was not done in it. Whoever catches every exception does not catch this."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """End what is done within by TookTooLong once the time is over. Nothing of the record may be written within.

    Windows has no such clock, and no other thread is interrupted: there nothing is bounded.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, _end)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _end(_number: int, _frame: object) -> None:
    raise TookTooLong


def end_itself_after(seconds: float) -> None:
    """Let the system end this process once it has taken so many seconds of the processor from now on; 0: no longer.

    It is ended in whatever it does, in a library's own code too, and without a word. Windows has no such clock.
    """
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)  # whose signal nobody hears: what it does is the system's


def limit_itself() -> None:
    """Let the system end this process when it takes too much; leave no image of its memory on the disk."""
    limits = _limits()
    if limits is None:
        return
    asked = {"RLIMIT_CORE": 0, "RLIMIT_AS": MEMORY, "RLIMIT_CPU": PROCESSOR_SECONDS}
    for name, most in asked.items():  # one that a system refuses keeps none of the others away
        with suppress(AttributeError, ValueError, OSError):
            limits.setrlimit(getattr(limits, name), (most, most))


def bound_memory() -> bool:
    """Whether this system ends a process that takes too much memory, as its limits ask."""
    return sys.platform == "linux" and _limits() is not None


def start_processes() -> bool:
    """Whether this system starts processes at all. A browser does not: who runs there is ended and replaced whole."""
    return sys.platform != "emscripten"


def _limits() -> ModuleType | None:
    try:
        import resource  # noqa: PLC0415  (not on every system)
    except ImportError:
        return None
    return resource
