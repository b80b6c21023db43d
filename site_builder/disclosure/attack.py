"""The attacker: what the figures shown, and how they add up, say about those hidden. Solved by HiGHS.

A small count is protected when some table of whole numbers agrees with all that is shown and has a count there
that is nought, if the attacker must think that possible, or large enough to be published.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import highspy
import numpy as np

from site_builder.disclosure.model import Model

_TINY = 1e-6
_Relation = list[tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """What every safe choice obeys: the weights of the columns that it hides add up to `least` or more."""

    weights: Mapping[int, float]
    least: float


def exposed(model: Model, hidden: frozenset[int]) -> dict[int, Cut]:
    """The columns whose small count can be told to be small while these are hidden, each with the cut that says so.

    A stronger attacker, who knows all of the prefectures and the province, is asked first: his programs are small,
    and what is protected from him needs no further proof.
    """
    doubtful = frozenset(place for place in hidden if model.is_sensitive(place))
    doubtful &= (hidden & model.above) | frozenset(_exposed(model, hidden - model.above, doubtful))
    return _exposed(model, hidden, doubtful)


def _exposed(model: Model, hidden: frozenset[int], doubtful: frozenset[int]) -> dict[int, Cut]:
    found: dict[int, Cut] = {}
    for relations in _components(model, hidden, doubtful & hidden):
        found |= _Component(model, hidden, relations, doubtful & hidden).exposed()
    return found


def solver(**options: float) -> highspy.Highs:
    """A silent HiGHS that gives the same answer whenever it is asked the same."""
    made = highspy.Highs()  # type: ignore[no-untyped-call]
    made.silent()
    for name, value in {"threads": 1, "random_seed": 0, **options}.items():
        made.setOptionValue(name, value)
    return made


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


def _components(model: Model, hidden: frozenset[int], doubtful: frozenset[int]) -> Iterator[list[_Relation]]:
    """The relations that hang together by hidden columns and have a doubtful one among them."""
    rows = [relation for relation in model.relations if any(place in hidden for place, _ in relation)]
    for numbers in connected([place for place, _ in relation if place in hidden] for relation in rows):
        relations = [rows[number] for number in numbers]
        if any(place in doubtful for relation in relations for place, _ in relation):
            yield relations


class _Component:
    """Hidden columns that hang together, as a linear program over them and the shown columns beside them."""

    def __init__(
        self, model: Model, hidden: frozenset[int], relations: Sequence[_Relation], doubtful: frozenset[int]
    ) -> None:
        self.model, self.hidden = model, hidden
        self.places = sorted({place for relation in relations for place, _ in relation})
        self.column = {place: number for number, place in enumerate(self.places)}
        self.doubtful = [place for place in self.places if place in doubtful]
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
        found, open_ = {}, set(self.doubtful)
        for place in self.doubtful:
            if place in open_:
                protected, cut = self._attack(place)
                open_ -= protected
                if cut:
                    found[place] = cut
        return found

    def _attack(self, place: int) -> tuple[set[int], Cut | None]:
        """The columns protected by the table that protects this one; or none, and a cut."""
        cut = None
        ways = (False,) if self.model.columns[place].floor else (True, False)
        for down in ways:
            self._seek(place, down=down)
            if place in self._protected() and (self._is_whole() or self._finds_whole_table(place)):
                return self._protected() if self._is_whole() else {place}, None
            cut = self._cover() if cut or len(ways) > 1 or place in self._protected() else self._cut(place)
        return set(), cut

    def _seek(self, place: int, *, down: bool) -> None:
        """Find a table with the least count at a column, or with the greatest up to what may be published."""
        if self.sought is not None:
            self._set_aim(self.sought, 0, highspy.kHighsInf)
        self._set_aim(place, 1 if down else -1, highspy.kHighsInf if down else self.model.smallest)
        self.sought = place
        self._solve()

    def _set_aim(self, place: int, cost: float, most: float) -> None:
        self.program.changeColCost(self.column[place], cost)
        self.program.changeColBounds(self.column[place], self.model.columns[place].floor, most)

    def _solve(self) -> None:
        self.program.run()
        if self.program.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise RuntimeError(f"the attacker's program ended as {self.program.getModelStatus()}")
        self.solution = self.program.getSolution()
        self.values = np.array(self.solution.col_value)

    def _protected(self) -> set[int]:
        """The doubtful columns that are nought or publishable in the table found."""
        found = set()
        for place in self.doubtful:
            value = self.values[self.column[place]]
            if value < _TINY or value > self.model.smallest - _TINY:
                found.add(place)
        return found

    def _is_whole(self) -> bool:
        return bool(np.all(np.abs(self.values - np.round(self.values)) < _TINY))

    def _finds_whole_table(self, place: int) -> bool:
        """Whether such a table of whole numbers exists, asked of the integer program itself."""
        make_whole(self.program, len(self.places), highspy.HighsVarType.kInteger)
        self._solve()
        make_whole(self.program, len(self.places), highspy.HighsVarType.kContinuous)
        return place in self._protected()

    def _cut(self, place: int) -> Cut:
        """By duality: whatever is hidden, the count rises no further than the hidden columns have room."""
        needed = float(self.model.smallest - self.model.columns[place].value)
        rooms = {}
        for other, rate in zip(self.places, self.solution.col_dual, strict=True):
            column = self.model.columns[other]
            room = np.inf if rate < -_TINY else rate * (column.value - column.floor) if rate > _TINY else 0.0
            if column.weight and room > 0:
                rooms[other] = room
            elif other in self.hidden:
                needed -= room
        return Cut(weights={other: min(room, needed) for other, room in rooms.items()}, least=needed)

    def _cover(self) -> Cut:
        """One more of the columns beside these has to be hidden."""
        shown = [place for place in self.places if place not in self.hidden and self.model.columns[place].weight]
        return Cut(weights=dict.fromkeys(shown, 1.0), least=1.0)
