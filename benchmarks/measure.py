"""What a piece of work costs, measured in this process or in one of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

PROJECT = Path(__file__).parent.parent
ROUNDS = 3
LONG_SECONDS = 30
"""Everything runs in three rounds, but what takes longer than this runs once."""
KIBIBYTE = 1024  # the unit in which Linux counts memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Seconds by the clock, seconds of processor time on all cores, and peak memory in bytes."""

    seconds: float
    processor: float
    memory: int


class Watch:
    """Measures this process from lap to lap."""

    def __init__(self) -> None:
        self.start()

    def start(self) -> None:
        """Begin a lap: what went before is not counted."""
        self._seconds, self._processor = perf_counter(), process_time()

    def lap(self) -> Cost:
        """What was spent since the last lap; memory is the peak of the process so far."""
        cost = Cost(
            seconds=perf_counter() - self._seconds,
            processor=process_time() - self._processor,
            memory=_peak_memory(),
        )
        self.start()
        return cost


def _peak_memory() -> int:
    """Bytes that this process held at most."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) * KIBIBYTE


def command_cost(log: Path, *command: str | Path) -> Cost:
    """The cost of a command whose output goes to the log. Raises CalledProcessError when it fails."""
    return Cost(**json.loads(output_of("command", log, *command)))


def output_of(module: str, *arguments: object) -> str:
    """What a module of this package prints, run in a fresh process so that it starts from nothing."""
    command = [sys.executable, "-m", f"benchmarks.{module}", *map(str, arguments)]
    return subprocess.run(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True, check=True).stdout


def contest(contenders: Mapping[str, Callable[[], Cost]]) -> dict[str, list[Cost]]:
    """The costs of every contender by name, one a round; in each round they run one after another."""
    costs: dict[str, list[Cost]] = {name: [] for name in contenders}
    for number in range(1, ROUNDS + 1):
        for name, run in contenders.items():
            if not takes_long(costs[name]):
                costs[name].append(run())
                tell(f"    round {number}: {name} {costs[name][-1].seconds:.2f} s")
    return costs


def takes_long(costs: Sequence[Cost]) -> bool:
    """Whether what was run so far took so long that it is not run again."""
    return any(cost.seconds > LONG_SECONDS for cost in costs)


def total(costs: Iterable[Cost]) -> Cost:
    """The cost of several pieces of work, one after another in one process."""
    every = list(costs)
    return Cost(
        seconds=sum(cost.seconds for cost in every),
        processor=sum(cost.processor for cost in every),
        memory=max(cost.memory for cost in every),
    )


def middle(costs: Sequence[Cost]) -> Cost:
    """The medians of several costs."""
    return Cost(
        seconds=median(cost.seconds for cost in costs),
        processor=median(cost.processor for cost in costs),
        memory=round(median(cost.memory for cost in costs)),
    )


def times_faster(ours: Sequence[Cost], theirs: Sequence[Cost]) -> float:
    """How many times our seconds theirs are: the median over the rounds in which both ran."""
    return median(other.seconds / own.seconds for own, other in zip(ours, theirs, strict=False))


def bytes_below(folder: Path) -> int:
    """Bytes in all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def tell(line: str) -> None:
    """Show progress."""
    print(line, file=sys.stderr, flush=True)
