"""What is much is shared out among the cores, in its order; what is little is not."""

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.context import BaseContext

import pytest

from site_builder.privacy import cores


@pytest.fixture
def processes(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many processes were begun, each time that any were; a hundred tasks are much."""
    begun: list[int] = []

    def begin(count: int, mp_context: BaseContext) -> ProcessPoolExecutor:
        begun.append(count)
        return ProcessPoolExecutor(count, mp_context=mp_context)

    monkeypatch.setattr(cores, "ProcessPoolExecutor", begin)
    monkeypatch.setattr(cores, "_FEW", 100)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    return begun


def test_results_of_many_tasks_come_in_their_order_from_all_cores(processes: list[int]) -> None:
    assert list(cores.results(abs, range(-250, 0))) == list(range(250, 0, -1))
    assert processes == [2]


def test_a_few_tasks_are_done_where_one_is(processes: list[int]) -> None:
    assert list(cores.results(abs, range(-99, 0))) == list(range(99, 0, -1))
    assert not processes


def test_many_tasks_are_done_where_no_process_may_be_begun(
    processes: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(multiprocessing.current_process(), "_config", {"daemon": True})
    assert list(cores.results(abs, range(-200, 0))) == list(range(200, 0, -1))
    assert not processes


def test_what_goes_wrong_in_another_process_is_raised_here(processes: list[int]) -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        list(cores.results(int, ["1"] * 150 + ["one"]))
    assert processes == [2]
