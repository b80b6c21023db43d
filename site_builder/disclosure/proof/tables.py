"""Some whole tables that fit all that is published, so that each hidden figure is publishable in one of them.

They are found by integer programs (HiGHS), each from the table before it: first prefectures and then matters, a few at
a time, are asked for other counts while all else stays, for such programs are small; then the whole province is, with
one of the figures that no table has yet held large.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import highspy
import numpy as np

from site_builder.disclosure.attack import add_column, add_row, make_whole, solver
from site_builder.disclosure.proof.facts import Facts, Weights

Table = list[int]
"""A count for each column of the facts."""

_SMALL_ROUNDS = 4  # so many without the whole province
_MOST_ROUNDS = 80
_AT_A_TIME = {"prefectures": 3, "matters": 5}
_WHOLE = {"mip_rel_gap": 0.02, "mip_max_nodes": 500}
_PART = {"mip_rel_gap": 0.005, "mip_max_nodes": 20}
_FOR_SMALL = 0.1  # what a figure is worth that is small in a table, beside one that is large


class NoTableError(ValueError):
    """What is published contradicts itself, or no table was found in the time that is given."""


@dataclass(slots=True, kw_only=True)
class Aims:
    """What no table has yet.

    large: is to be publishable once; low: is to be small, if it can be; open: is to be nought or publishable once.
    """

    smallest: int
    large: list[Weights]
    low: list[Weights]
    open: list[Weights]

    def strike_out(self, table: Table) -> None:
        """Forget what this table has."""
        self.large = [aim for aim in self.large if value(aim, table) < self.smallest]
        self.low = [aim for aim in self.low if value(aim, table) >= self.smallest]
        self.open = [aim for aim in self.open if 0 < value(aim, table) < self.smallest]

    @property
    def needed(self) -> list[Weights]:
        """What the promise asks for."""
        return [*self.large, *self.open]


def value(weights: Weights, table: Table) -> int:
    """What a weighted sum is in a table."""
    return sum(weight * table[place] for place, weight in weights)


def tables_of(facts: Facts) -> list[Table]:
    """The tables, the same for the same facts. A figure of which none was found is small in all of them.

    Raises NoTableError.
    """
    search = _Search(facts)
    for number in range(_MOST_ROUNDS):
        if not search.aims.needed:
            break
        search.vary_parts()
        if number >= _SMALL_ROUNDS:
            search.vary_all()
    return search.tables


class _Search:
    """The tables found so far, and what they lack."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.chance = random.Random(0)  # noqa: S311  (decides in which order is tried, no secret)
        self.rows = list(facts.rows)
        self.rows_of: list[list[int]] = [[] for _ in facts.tops]
        for number, (weights, _, _) in enumerate(self.rows):
            for place, _ in weights:
                self.rows_of[place].append(number)
        self.aims = Aims(
            smallest=facts.smallest, large=list(facts.hidden), low=list(facts.hidden), open=list(facts.unpublished)
        )
        self.tables: list[Table] = []
        found = self._solve(range(len(facts.tops)), [0] * len(facts.tops), None, ([], []), _WHOLE)
        if not found:
            raise NoTableError("no table fits")
        self._keep(found)

    def _keep(self, table: Table) -> None:
        self.tables.append(table)
        self.aims.strike_out(table)

    def vary_parts(self) -> None:
        """A table that has other counts wherever that helps, asked of some prefectures, then of some matters."""
        table = self.tables[-1]
        for free in [*self._parts(self.facts.prefectures, "prefectures"), *self._parts(self.facts.matters, "matters")]:
            table = self._solve(free, table, None, (self.aims.large, self.aims.low), _PART) or table
        if table != self.tables[-1]:
            self._keep(table)

    def _parts(self, names: Sequence[str], kind: str) -> Iterator[list[int]]:
        """The columns of some of these names at a time, and those that have none."""
        order, size = sorted(set(names) - {""}), _AT_A_TIME[kind]
        self.chance.shuffle(order)
        for start in range(0, len(order), size):
            chosen = {*order[start : start + size], ""}
            yield [place for place, name in enumerate(names) if name in chosen]

    def vary_all(self) -> None:
        """A table that has one of the figures that are lacking, and as many others as may be."""
        for forced in self._forced():
            everything = range(len(self.facts.tops))
            found = self._solve(everything, self.tables[-1], forced, (self.aims.large, []), _WHOLE)
            if found:
                self._keep(found)
                return

    def _forced(self) -> Iterator[tuple[Weights, int, int]]:
        """One that is lacking, as a row that has it: large, or nought where it may be that."""
        lacking = self.aims.needed
        if lacking:
            aim = self.chance.choice(lacking)
            yield aim, self.aims.smallest, self.facts.most
            if aim in self.aims.open:
                yield aim, 0, 0

    def _solve(
        self,
        free: Iterable[int],
        table: Table,
        forced: tuple[Weights, int, int] | None,
        wanted: tuple[Sequence[Weights], Sequence[Weights]],
        options: dict[str, float],
    ) -> Table | None:
        """The table with other counts in the free columns, that has the most of what is wanted; None if none is found.

        wanted: what is to be large, and what is to be small.
        """
        columns = {place: number for number, place in enumerate(free)}
        program = solver(**options)
        for place in columns:
            add_column(program, 0, 0, self.facts.tops[place])
        make_whole(program, len(columns), highspy.HighsVarType.kInteger)
        numbers = sorted({number for place in columns for number in self.rows_of[place]})
        for weights, low, high in [*(self.rows[number] for number in numbers), *([forced] if forced else [])]:
            own, fixed = _split(weights, columns, table)
            add_row(
                program,
                low - fixed if low > -self.facts.most else -highspy.kHighsInf,
                high - fixed if high < self.facts.most else highspy.kHighsInf,
                own,
            )
        start = [float(table[place]) for place in columns]
        start += self._want(program, columns, table, wanted)
        if not forced and self.tables:
            program.setSolution(len(start), np.arange(len(start), dtype=np.int32), np.array(start))
        program.run()
        if program.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return None
        return _replaced(table, columns, program.getSolution().col_value)

    def _want(
        self,
        program: highspy.Highs,
        columns: dict[int, int],
        table: Table,
        wanted: tuple[Sequence[Weights], Sequence[Weights]],
    ) -> list[float]:
        """Add a column of what each figure is worth, as far as it is large or too large; what they are in the table."""
        start: list[float] = []
        smallest = self.facts.smallest
        for weights in wanted[0]:
            own, fixed = _split(weights, columns, table)
            if own:
                place = program.getNumCol()
                add_column(program, -(100 ** self.chance.random()), 0, smallest)
                add_row(program, -highspy.kHighsInf, fixed, _minus(own) | {place: 1})
                start.append(min(smallest, value(weights, table)))
        for weights in wanted[1]:
            own, fixed = _split(weights, columns, table)
            if own:
                place = program.getNumCol()
                add_column(program, _FOR_SMALL, 0, highspy.kHighsInf)
                add_row(program, -highspy.kHighsInf, smallest - 1 - fixed, own | {place: -1})
                start.append(max(0, value(weights, table) - smallest + 1))
        return start


def _split(weights: Weights, columns: dict[int, int], table: Table) -> tuple[dict[int, int], int]:
    """The part of a weighted sum over free columns, by their number, and what the rest of it is in the table."""
    own = {columns[place]: weight for place, weight in weights if place in columns}
    return own, sum(weight * table[place] for place, weight in weights if place not in columns)


def _minus(weights: dict[int, int]) -> dict[int, int]:
    return {place: -weight for place, weight in weights.items()}


def _replaced(table: Table, columns: dict[int, int], values: Sequence[float]) -> Table:
    found = list(table)
    for place, number in columns.items():
        found[place] = round(values[number])
    return found
