"""The choice of what to hide besides the small counts and what chance hid: the least loss that protects all of it.

Whether a choice is safe is asked of what is shown and of what is hidden, never of a hidden count: a figure that is
hidden has to be able to be so and so large, whatever it is. So each table that agrees with all that
is shown could have led to the same choice by another chance (docs/decisions/14-keyed-hiding.md).

The choice is an integer program, solved by HiGHS. Its conditions are not known at the start: the attacker is asked
about each choice, and whatever it exposes gives a condition that every safe choice obeys, until it exposes nothing.
(Fischetti and Salazar-González, "Models and algorithms for optimizing cell suppression in tabular data with linear
constraints", Journal of the American Statistical Association 95, 2000.)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import highspy

from site_builder.disclosure.attack import Attacker, Cut, add_column, add_row, connected, make_whole, solve, solver
from site_builder.disclosure.cells import Codes, CountCell
from site_builder.disclosure.model import Layer, Model, joint_model

# So many choices are made afresh, each under all that was learnt; from then on what is hidden stays hidden.
_FREE_ROUNDS = 2
_GAP = 0.01  # of the cost; to prove the last hundredth takes longer than all the rest


class BeyondHidingError(Exception):
    """What the earlier editions show would give small counts away together with this one, whatever it hides.

    areas: where these counts are.
    """

    def __init__(self, areas: frozenset[str]) -> None:
        super().__init__("no choice protects all small counts")
        self.areas = areas


def hidden_cells(layers: Sequence[Layer], codes: Codes) -> frozenset[CountCell]:
    """What to hide of the last layer, given what the layers before it show. Raises BeyondHidingError."""
    model, last = joint_model(layers, codes), len(layers) - 1
    hidden = _settled(model, codes.reach)
    return frozenset(cell for (layer, cell), place in model.places.items() if layer == last and place in hidden)


def _settled(model: Model, reach: int) -> frozenset[int]:
    """The columns that are hidden when nothing is exposed any more."""
    known: list[Cut] = []
    always = model.hidden
    hidden, kept, rounds = always, frozenset[int](), 0
    questions = _questions(model, reach)
    while found := next(filter(None, (ask(hidden) for ask in questions)), None):
        rounds += 1
        known += found.values()
        kept = hidden if rounds > _FREE_ROUNDS else kept
        hidden = always | _cheapest(model, known, always, kept) | kept
    return hidden


def _questions(model: Model, reach: int) -> list[Callable[[frozenset[int]], dict[int, Cut]]]:
    """What is asked about a choice, one after another: what is exposed by it, so that more has to be hidden.

    Each hidden figure has to be able to be large. What earlier editions pin has not, whatever is hidden now; of that,
    as of all, the last attacker must not be certain that it is small, though he knows what changed and which way.
    """
    known = [*model.relations, *model.limits]
    plain, wide = (Attacker(model=model, relations=each, reach=reach) for each in (model.relations, known))
    last = Attacker(model=model, relations=[*known, *model.changes], reach=model.smallest)
    pinned: set[int] = set()

    def large(attacker: Attacker, hidden: frozenset[int]) -> dict[int, Cut]:
        found = attacker.exposed(hidden)
        pinned.update(wide.exposed(model.hideable, found.keys() - pinned) if found else ())
        return {place: cut for place, cut in found.items() if place not in pinned}

    def small(hidden: frozenset[int]) -> dict[int, Cut]:
        found = last.exposed(hidden) if model.changes or pinned else {}
        if lost := last.exposed(model.hideable, found.keys()) if found else {}:
            raise BeyondHidingError(frozenset(cell.area for (_, cell), place in model.places.items() if place in lost))
        return found

    return [partial(large, plain), partial(large, wide), small]


def _cheapest(model: Model, known: Sequence[Cut], always: frozenset[int], kept: frozenset[int]) -> set[int]:
    """The columns that obey all cuts at the least cost. Cuts without a common column are solved apart.

    always: the columns that are hidden whatever is decided; kept: those that stay hidden as they were.
    """
    groups = connected({cut.of, *cut.weights} - always for cut in known)
    return {
        place for numbers in groups for place in _cheapest_of(model, [known[each] for each in numbers], always, kept)
    }


def _cheapest_of(model: Model, known: Sequence[Cut], always: frozenset[int], kept: frozenset[int]) -> list[int]:
    places = sorted({place for cut in known for place in {cut.of, *cut.weights}} - always)
    column = {place: number for number, place in enumerate(places)}
    program = solver(mip_rel_gap=_GAP)
    for place in places:
        add_column(program, model.columns[place].weight, 1 if place in kept else 0, 1)
    make_whole(program, len(places), highspy.HighsVarType.kInteger)
    for cut in known:
        weights = {column[place]: weight for place, weight in cut.weights.items()}
        if cut.of in always:
            add_row(program, 1, highspy.kHighsInf, weights)
        else:
            add_row(program, 0, highspy.kHighsInf, weights | {column[cut.of]: -1})
    chosen = solve(program).col_value
    return [place for place, value in zip(places, chosen, strict=True) if value > 0.5]
