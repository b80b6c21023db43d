"""The attacker: what the figures shown, and how they add up, say about those hidden. Solved by HiGHS.

A hidden count is protected when some table agrees with all that is shown and has a count there that is zero, if the
attacker must think that possible, or large enough.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import highspy
import numpy as np

from site_builder.disclosure.model import Model, Relation

_TINY = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """What every safe choice that hides a column obeys: the weights of the others that it hides add up to 1 or more."""

    of: int
    weights: Mapping[int, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attacker:
    """Asked about one choice after another, it remembers which tables protected what.

    relations: those of the model that it uses; reach: so large a hidden figure must be able to be; proofs: for a
    protected column, the columns that have to be hidden for a table that was found to be possible.
    """

    model: Model
    relations: Sequence[Relation]
    reach: int
    proofs: dict[int, frozenset[int]] = field(default_factory=dict)

    def exposed(self, hidden: frozenset[int], among: Collection[int] | None = None) -> dict[int, Cut]:
        """The columns whose count can be proved to be too small while these are hidden, each with a cut.

        among: those that are asked about, None for all.

        A stronger attacker, who knows all of the prefectures and the province, is asked first: his programs are
        small, and what is protected from him needs no further proof.
        """
        model = self.model
        asked = {place for place in (hidden if among is None else hidden.intersection(among)) if self._is_asked(place)}
        open_ = {place for place in asked if not self._is_proved(place, hidden)}
        self._attack(hidden - model.above, open_)
        return self._attack(hidden, {place for place in open_ if not self._is_proved(place, hidden)})

    def _is_asked(self, place: int) -> bool:
        """What counts more than it must be able to be is protected by the true table."""
        column = self.model.columns[place]
        return column.is_count and 0 < column.value < aim(self.model, place, self.reach)

    def _is_proved(self, place: int, hidden: frozenset[int]) -> bool:
        return place in self.proofs and self.proofs[place] <= hidden

    def _attack(self, hidden: frozenset[int], open_: Collection[int]) -> dict[int, Cut]:
        found: dict[int, Cut] = {}
        for relations in _components(self.relations, hidden, hidden.intersection(open_)):
            component = _Component(self.model, hidden, relations, hidden.intersection(open_), self.reach)
            found |= component.exposed()
            self.proofs.update(component.proofs)
        return found


def aim(model: Model, place: int, reach: int) -> int:
    """How large a hidden count must be able to be: what is never published only so large that it is not small."""
    return reach if model.columns[place].floor else model.smallest


def solver(**options: float) -> highspy.Highs:
    """A silent HiGHS that gives the same answer whenever it is asked the same."""
    made = highspy.Highs()  # type: ignore[no-untyped-call]
    made.silent()
    for name, value in {"threads": 1, "random_seed": 0, **options}.items():
        made.setOptionValue(name, value)
    return made


def solve(program: highspy.Highs) -> highspy.HighsSolution:
    """The optimum. Raises RuntimeError where there is none: the true counts are always one solution."""
    program.run()
    if program.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise RuntimeError(f"the program ended as {program.getModelStatus()}")
    return program.getSolution()


def add_row(program: highspy.Highs, lower: float, upper: float, weights: Mapping[int, float]) -> None:
    """Bound a weighted sum of columns."""
    columns = np.array(list(weights), dtype=np.int32)
    program.addRow(lower, upper, len(weights), columns, np.array(list(weights.values()), dtype=float))


def add_column(program: highspy.Highs, cost: float, lower: float, upper: float) -> None:
    """Add a column that no row has yet."""
    program.addCol(cost, lower, upper, 0, np.array([], dtype=np.int32), np.array([]))


def make_whole(program: highspy.Highs, columns: int, kind: highspy.HighsVarType) -> None:
    """Say whether the first columns are whole numbers."""
    program.changeColsIntegrality(columns, np.arange(columns, dtype=np.int32), np.array([kind] * columns))


def connected(groups: Iterable[Collection[int]]) -> list[list[int]]:
    """The numbers of the groups that hang together by common members, each list and the lists in order."""
    leader: dict[int, int] = {}

    def lead(number: int) -> int:
        while leader[number] != number:
            leader[number] = number = leader[leader[number]]
        return number

    first: dict[int, int] = {}
    for number, group in enumerate(groups):
        leader[number] = number
        for member in group:
            one, other = sorted((lead(first.setdefault(member, number)), lead(number)))
            leader[other] = one
    found: dict[int, list[int]] = {}
    for number in leader:
        found.setdefault(lead(number), []).append(number)
    return list(found.values())


def _components(
    known: Iterable[Relation], hidden: frozenset[int], doubtful: frozenset[int]
) -> Iterator[list[Relation]]:
    """The relations that hang together by hidden columns and have a doubtful one among them."""
    rows = [relation for relation in known if any(place in hidden for place, _ in relation)]
    for numbers in connected([place for place, _ in relation if place in hidden] for relation in rows):
        relations = [rows[number] for number in numbers]
        if any(place in doubtful for relation in relations for place, _ in relation):
            yield relations


class _Component:
    """Hidden columns that hang together, as a linear program over them and the shown columns beside them."""

    def __init__(
        self,
        model: Model,
        hidden: frozenset[int],
        relations: Sequence[Relation],
        doubtful: frozenset[int],
        reach: int,
    ) -> None:
        self.model = model
        self.reach = reach
        self.places = sorted({place for relation in relations for place, _ in relation})
        self.column = {place: number for number, place in enumerate(self.places)}
        self.doubtful = [place for place in self.places if place in doubtful]
        self.doubtful_columns = [self.column[place] for place in self.doubtful]
        self.aims = np.array([aim(model, place, reach) for place in self.doubtful])
        columns = [model.columns[place] for place in self.places]
        self.true = np.array([column.value for column in columns])
        self.play = np.array([column.value - column.floor for column in columns], dtype=float)
        self.is_choice = np.array([column.weight > 0 for column in columns])
        self.is_hidden = np.array([place in hidden for place in self.places])
        self.proofs: dict[int, frozenset[int]] = {}
        self.program = solver(simplex_strategy=4)
        self.sought: int | None = None
        for place in self.places:
            column = model.columns[place]
            bounds = (column.floor, highspy.kHighsInf) if place in hidden else (column.value, column.value)
            add_column(self.program, 0, *bounds)
        for relation in relations:
            add_row(self.program, 0, 0, {self.column[place]: factor for place, factor in relation})

    def exposed(self) -> dict[int, Cut]:
        """Doubtful columns that are not protected, each with a cut. One table may protect many columns at once."""
        found = {}
        for place in self.doubtful:
            if place not in self.proofs and (cut := self._attack(place)):
                found[place] = cut
        return found

    def _attack(self, place: int) -> Cut | None:
        """None, and what the table that protects this column protects besides is kept; or a cut."""
        weights: dict[int, float] = {}
        for down in (False,) if self.model.columns[place].floor else (True, False):
            self._seek(place, down=down)
            protected = self._protected()
            if place in protected:
                self.proofs |= dict.fromkeys(protected, self._moved())
                return None
            for other, weight in self._rooms(place, down=down).items():
                weights[other] = max(weight, weights.get(other, 0))
        weights.pop(place, None)
        return Cut(of=place, weights=weights)

    def _seek(self, place: int, *, down: bool) -> None:
        """Find a table with the least count at a column, or with the greatest up to what may be published."""
        if self.sought is not None:
            self._set_aim(self.sought, 0, highspy.kHighsInf)
        self._set_aim(place, 1 if down else -1, highspy.kHighsInf if down else aim(self.model, place, self.reach))
        self.sought = place
        self.solution = solve(self.program)
        self.values = np.array(self.solution.col_value)

    def _set_aim(self, place: int, cost: float, most: float) -> None:
        self.program.changeColCost(self.column[place], cost)
        self.program.changeColBounds(self.column[place], self.model.columns[place].floor, most)

    def _protected(self) -> list[int]:
        """The doubtful columns that are zero or large enough in the table found."""
        values = self.values[self.doubtful_columns]
        safe = (values < _TINY) | (values > self.aims - _TINY)
        return [place for place, is_safe in zip(self.doubtful, safe, strict=True) if is_safe]

    def _moved(self) -> frozenset[int]:
        """The columns that have to be hidden for the table found: those with another count than the true one."""
        return frozenset(self.places[number] for number in np.flatnonzero(np.abs(self.values - self.true) > _TINY))

    def _rooms(self, place: int, *, down: bool) -> dict[int, float]:
        """By duality: the count moves no further than the hidden columns have room, in parts of what is lacking."""
        value = self.model.columns[place].value
        lacking = float(value if down else aim(self.model, place, self.reach) - value)
        rates = np.array(self.solution.col_dual)
        rooms = np.where(rates > _TINY, rates * self.play, np.where(rates < -_TINY, np.inf, 0.0))
        lacking -= rooms[self.is_hidden & ~self.is_choice].sum()
        chosen = np.flatnonzero(self.is_choice & (rooms > 0))
        return {self.places[number]: min(float(rooms[number]) / lacking, 1.0) for number in chosen}
