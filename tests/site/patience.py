"""How long to wait for what must come: no test decides by the clock, so the end is far away and the same everywhere.

Wait for a line, a file, an answer or the end of a process; the end is only there so that a hang fails some day.
"""

import time
from collections.abc import Callable

import pytest

END = 600
"""Seconds: much longer than the slowest machine takes."""
_BETWEEN = 0.05


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    for _ in range(int(END / _BETWEEN)):
        if holds():
            return
        time.sleep(_BETWEEN)
    pytest.fail("it never came to hold")
