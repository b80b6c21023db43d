"""Much to be looked through is shared out among the machine's cores; a little is looked through where one is."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice
from typing import TypeVar

from site_builder.shared import own_process

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")

_SPAWNED = multiprocessing.get_context("spawn")  # nothing of a server's threads or connections goes along
_FEW = 400  # fewer are done before another process has begun
_AT_ONCE = 16  # given to a process together
_AHEAD = 3  # such lots that may wait for each process: what they hold is kept in memory


def results(look: Callable[[_Task], _Result], tasks: Iterable[_Task]) -> Iterator[_Result]:
    """What a function gives for each task, in their order.

    look, tasks and results must be such as another process can be sent. What the function raises is raised here.
    """
    left = iter(tasks)
    first = list(islice(left, _FEW))
    lots = _lots(chain(first, left))
    cores = os.cpu_count() or 1
    if len(first) < _FEW or cores == 1 or multiprocessing.current_process().daemon:  # a daemon may have no processes
        for lot in lots:
            yield from _each(look, lot)
        return
    with own_process.started_safely(), ProcessPoolExecutor(cores, mp_context=_SPAWNED) as pool:
        waiting: deque[Future[list[_Result]]] = deque()
        for lot in lots:
            waiting.append(pool.submit(_each, look, lot))
            if len(waiting) > cores * _AHEAD:
                yield from waiting.popleft().result()
        for lot_done in waiting:
            yield from lot_done.result()


def _lots(tasks: Iterable[_Task]) -> Iterator[list[_Task]]:
    left = iter(tasks)
    while lot := list(islice(left, _AT_ONCE)):
        yield lot


def _each(look: Callable[[_Task], _Result], lot: Sequence[_Task]) -> list[_Result]:
    return [look(task) for task in lot]
