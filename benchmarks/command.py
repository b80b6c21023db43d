"""One command, measured: `python -m benchmarks.command LOG COMMAND …` prints its cost as JSON.

A process of its own, because the system charges a new process for the memory of the one that started it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from time import perf_counter

from benchmarks.measure import KIBIBYTE, Cost


def run(log: Path, command: Sequence[str]) -> Cost:
    """Run a command, its output going to the log. Raises RuntimeError with that output when it fails."""
    started = perf_counter()
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output)
        _, status, usage = os.wait4(process.pid, 0)
    seconds = perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(log.read_text(encoding="utf-8"))
    return Cost(
        seconds=seconds,
        processor=usage.ru_utime + usage.ru_stime,
        memory=usage.ru_maxrss * KIBIBYTE,
    )


if __name__ == "__main__":
    print(json.dumps(asdict(run(Path(sys.argv[1]), sys.argv[2:]))))
