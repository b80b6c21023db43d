"""An attacker who knows the code, the settings and every published figure, on tables so small that he can try them all.

Three groups, two matters, one county. For a hidden figure he looks for another history of tables that agrees with all
that is shown and has a count there that is not small, and runs the product on it: were it to hide just the same by
some key, he cannot be certain. (Minami and Abe, "Algorithmic Matching Attacks on Optimally Suppressed Tabular Data".)
"""

import random
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import product

import highspy
import numpy as np
from small_codes import survey_item

from site_builder.disclosure.cells import NEEDS, Block, Codes, CountCell, CountedItem, need_sums, remainders
from site_builder.disclosure.draws import Draws
from site_builder.disclosure.editions import may_change
from site_builder.disclosure.model import Draw, Layer
from site_builder.disclosure.suppress import BeyondHidingError, hidden_cells
from site_builder.model.campaign import ExtraHiding
from site_builder.model.survey import ALL

Table = tuple[int, ...]
"""The needs of each group in each matter."""
Pattern = frozenset[CountedItem]
"""The needs that an edition hides."""

GROUPS, MATTERS, SMALLEST, COUNTY, PROVINCE = ("a", "b", "c"), ("x", "y"), 10, "220881", "22"
CODES = Codes(
    survey=(
        survey_item("poor_persons"),
        *(survey_item(group, "poor_persons", group=group) for group in GROUPS),
    ),
    groups=GROUPS,
    matters=MATTERS,
    smallest=SMALLEST,
    reach=15,
)
INNER = [CountedItem(NEEDS, *pair) for pair in product(GROUPS, MATTERS)]
SUMS = [CountedItem(NEEDS), *(CountedItem(NEEDS, group) for group in GROUPS)]
SUMS += [CountedItem(NEEDS, ALL, matter) for matter in MATTERS]
FIGURES = INNER + SUMS
_MOST = 200  # more than any count here
_TRIES = 12


def block(table: Table) -> Block:
    """The county's counts; its survey counts so many that nothing of it is hidden."""
    survey = {CountedItem("poor_persons"): 9000} | {CountedItem("poor_persons", group): 1000 for group in GROUPS}
    needs = need_sums(dict(zip(INNER, table, strict=True)), CODES)
    return Block(villages=9, counts=survey | remainders(survey, CODES) | needs)


def random_table(chance: random.Random) -> Table:
    """Noughts, small counts and others, as surveys have them."""
    return tuple(
        chance.choice([0, chance.randint(1, 9), chance.randint(10, 18), chance.randint(10, 30)]) for _ in INNER
    )


def later(table: Table, chance: random.Random) -> Table:
    """The same some months on: some counts have changed as published ones may."""
    new = [count if chance.random() < 0.6 else chance.choice([0, chance.randint(10, 40)]) for count in table]
    return tuple(
        other if may_change(count, other, SMALLEST) else count for count, other in zip(table, new, strict=True)
    )


def keyed(key: bytes, number: int) -> Draw:
    """The draws of an edition by a key, of needs alone."""
    draw = Draws(key=key, rates=ExtraHiding()).of_edition(number)
    return lambda cell, count: cell.item.name == NEEDS and draw(cell, count)


def patterns(history: Sequence[Table], draws: Sequence[Draw]) -> list[Pattern]:
    """What the product hides of each edition. Raises BeyondHidingError."""
    layers: list[Layer] = []
    for table, draw in zip(history, draws, strict=True):
        hidden = hidden_cells([*layers, Layer(blocks={COUNTY: block(table)}, hidden=None, draw=draw)], CODES)
        layers.append(Layer(blocks={COUNTY: block(table)}, hidden=hidden))
    return [_of_province(layer.hidden or frozenset()) for layer in layers]


def _of_province(hidden: frozenset[CountCell]) -> Pattern:
    return frozenset(cell.item for cell in hidden if cell.area == PROVINCE and cell.item in FIGURES)


def certain(history: Sequence[Table], hidden: Sequence[Pattern]) -> Iterator[tuple[int, CountedItem]]:
    """The small hidden figures of which he finds no table that may have led to the same and has them large."""
    for number, table in enumerate(history):
        counts = block(table).counts
        for item in sorted(hidden[number]):
            if 0 < counts[item] < SMALLEST and not _could_be_large(history, hidden, number, item):
                yield number, item


def _could_be_large(history: Sequence[Table], hidden: Sequence[Pattern], number: int, item: CountedItem) -> bool:
    """Whether the product hides just the same of one of the histories that he tries, by the draws of some key."""
    draws = [_drawn(pattern) for pattern in hidden]
    for other in _others(history, hidden, number, item):
        with suppress(BeyondHidingError):
            if patterns(other, draws) == list(hidden):
                return True
    return False


def _drawn(pattern: Pattern) -> Draw:
    """The draws of a key that hides just these: there is one, since each of them is drawn by itself."""
    return lambda cell, _: cell.item in pattern


def _others(
    history: Sequence[Table], hidden: Sequence[Pattern], number: int, item: CountedItem
) -> Iterator[list[Table]]:
    """Some histories of whole tables that agree with all that is shown and have a figure that is not small."""
    chance = random.Random(0)  # noqa: S311  (of a test)
    program = _program(history, hidden)
    _bound(program, _parts(number, item), SMALLEST, highspy.kHighsInf)
    columns = len(history) * len(INNER)
    for _ in range(_TRIES):
        for column in range(columns):
            program.changeColCost(column, chance.uniform(-1, 1))
        program.run()
        if program.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return
        values = [round(value) for value in program.getSolution().col_value[:columns]]
        yield [tuple(values[place * len(INNER) :][: len(INNER)]) for place in range(len(history))]


def _program(history: Sequence[Table], hidden: Sequence[Pattern]) -> highspy.Highs:
    """The counts of each table, one column each, and what is known of them."""
    program = highspy.Highs()  # type: ignore[no-untyped-call]
    program.silent()
    for _ in range(len(history) * len(INNER)):
        _column(program, _MOST)
    for place, table in enumerate(history):
        counts = block(table).counts
        for figure in FIGURES:
            low, high = (1, highspy.kHighsInf) if figure in hidden[place] else (counts[figure], counts[figure])
            _bound(program, _parts(place, figure), low, high)
    for column in range((len(history) - 1) * len(INNER)):
        _follow(program, column, column + len(INNER))
    return program


def _follow(program: highspy.Highs, one: int, other: int) -> None:
    """A count and the one after it: the same, or so far apart as published counts are, either way.

    From a small one (`small`) it goes to twice the smallest, or to none at all from one that is none or large.
    """
    moved, small, zero, none, up = (_column(program, 1) for _ in range(5))
    for weights in ({other: 1, one: -1}, {one: 1, other: -1}):
        _bound(program, weights | {moved: -_MOST}, -highspy.kHighsInf, 0)
    _bound(program, {one: 1, small: _MOST}, -highspy.kHighsInf, _MOST + SMALLEST - 1)  # small: less than the smallest
    _bound(program, {one: 1, zero: _MOST}, -highspy.kHighsInf, _MOST)  # zero: it was none
    _bound(program, {one: 1, small: SMALLEST, zero: SMALLEST}, SMALLEST, highspy.kHighsInf)  # or else large
    _bound(program, {other: 1, none: _MOST}, -highspy.kHighsInf, _MOST)  # none: nothing
    _bound(program, {none: 1, small: 1}, 0, 1)
    start = {other: 1, small: -2 * SMALLEST, moved: -2 * SMALLEST, none: SMALLEST}
    _bound(program, start, -2 * SMALLEST, highspy.kHighsInf)  # moved from a small one
    _bound(program, {other: 1, moved: -SMALLEST, none: SMALLEST}, 0, highspy.kHighsInf)  # moved at all
    far = 2 * _MOST
    _bound(program, {other: 1, one: -1, up: -far, moved: -SMALLEST}, -far, highspy.kHighsInf)
    _bound(program, {one: 1, other: -1, up: far, moved: -SMALLEST}, 0, highspy.kHighsInf)


def _column(program: highspy.Highs, most: int) -> int:
    """A whole number from zero."""
    place = int(program.getNumCol())
    program.addCol(0, 0, most, 0, np.array([], dtype=np.int32), np.array([]))
    program.changeColIntegrality(place, highspy.HighsVarType.kInteger)
    return place


def _parts(number: int, figure: CountedItem) -> dict[int, int]:
    """The columns that an edition's figure is the sum of."""
    return {
        number * len(INNER) + place: 1
        for place, inner in enumerate(INNER)
        if figure.group in (ALL, inner.group) and figure.matter in (ALL, inner.matter)
    }


def _bound(program: highspy.Highs, weights: dict[int, int], low: float, high: float) -> None:
    columns = np.array(list(weights), dtype=np.int32)
    program.addRow(low, high, len(weights), columns, np.array(list(weights.values()), dtype=float))


def tables_that_fit(table: Table, hidden: Pattern) -> Iterator[Table]:
    """Every table that agrees with what one edition shows, up to a size."""
    shown = {item: count for item, count in block(table).counts.items() if item in FIGURES and item not in hidden}
    ranges = [range(1, 41) if item in hidden else [count] for item, count in zip(INNER, table, strict=True)]
    for trial in product(*ranges):
        counts = need_sums(dict(zip(INNER, trial, strict=True)), CODES)
        if all(counts[item] == count for item, count in shown.items()):
            yield trial


def certain_by_rule(table: Table, draw: Draw) -> int:
    """How many small hidden figures are small in every table of which the product, with these draws, hides the same.

    Not counted are those that sums alone say are small.
    """
    (hidden,) = patterns([table], [draw])
    fits = list(tables_that_fit(table, hidden))
    same = [other for other in fits if patterns([other], [draw]) == [hidden]]

    def most(tables: Sequence[Table], item: CountedItem) -> int:
        return max(block(other).counts[item] for other in tables)

    small = [item for item in hidden if 0 < block(table).counts[item] < SMALLEST]
    return sum(most(fits, item) >= SMALLEST > most(same, item) for item in small)
