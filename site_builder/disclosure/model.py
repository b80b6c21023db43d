"""What an attacker knows: every figure of every edition as a column, and how the columns add up.

A count that did not change from one edition to the next is one column, so that the attacker may set the editions
against each other. This makes the attacker stronger than any real one, who does not know which hidden counts changed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from site_builder.disclosure.cells import (
    NEEDS,
    Block,
    Codes,
    CountCell,
    CountedItem,
    all_counts,
    areas_above,
    is_published,
    items_of,
)
from site_builder.model.survey import ALL

Relation = list[tuple[int, int]]
"""A sum of (column, coefficient) that is zero."""
Sum = tuple[CountCell, list[CountCell]]
"""A cell and the cells that it is the sum of."""
Draw = Callable[[CountCell, int], bool]
"""Whether chance hides a cell, and all that count the same, given its count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """One quantity. value: the true one; floor: the least that the attacker must think possible while it is hidden.

    weight: what hiding it costs; 0 when nothing is to be decided, `hidden` then says for good whether it is hidden;
    is_count: whether it counts persons, and no mere lag of one figure behind another.
    """

    value: int
    floor: int
    hidden: bool
    weight: float = 0
    is_count: bool = True


@dataclass(slots=True, kw_only=True)
class Model:
    """Columns, and relations over them.

    limits: more such relations, of those who have no need: many, and seldom of use to an attacker; changes: and of
    what changed from one edition to the next; places: the column of each cell of each edition, counted from 0.
    """

    smallest: int
    columns: list[Quantity] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    limits: list[Relation] = field(default_factory=list)
    changes: list[Relation] = field(default_factory=list)
    places: dict[tuple[int, CountCell], int] = field(default_factory=dict)

    def add(self, column: Quantity) -> int:
        """Add a column; returns its place."""
        self.columns.append(column)
        return len(self.columns) - 1

    def relate(self, total: int, parts: Iterable[int]) -> None:
        """Say that a column is the sum of its parts, unless it is its own only part."""
        relation = [(total, -1), *((part, 1) for part in parts)]
        if relation != [(total, -1), (total, 1)]:
            self.relations.append(relation)

    def is_small(self, place: int) -> bool:
        """Whether a column is a count too small to be known."""
        return 0 < self.columns[place].value < self.smallest

    @property
    def above(self) -> frozenset[int]:
        """The columns of prefectures and of the province that are no county's as well."""
        county = {place for (_, cell), place in self.places.items() if len(cell.area) == 6}
        return frozenset(self.places.values()) - county

    @property
    def hidden(self) -> frozenset[int]:
        """The columns that are hidden whatever is decided."""
        return frozenset(place for place, column in enumerate(self.columns) if column.hidden)

    @property
    def hideable(self) -> frozenset[int]:
        """The columns that are hidden, and those that may be."""
        return self.hidden | {place for place, column in enumerate(self.columns) if column.weight > 0}


def nothing_drawn(_: CountCell, __: int) -> bool:
    """Hides nothing by chance."""
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One edition as the model sees it.

    hidden: the cells that are not shown, None while that is to be decided; then what chance hides comes first.
    """

    blocks: Mapping[str, Block]
    hidden: frozenset[CountCell] | None
    draw: Draw = nothing_drawn


def joint_model(layers: Sequence[Layer], codes: Codes) -> Model:
    """The figures of all editions, the earliest first, and what is left when they are subtracted from one another."""
    model = Model(smallest=codes.smallest)
    for number, layer in enumerate(layers):
        before = layers[number - 1] if number else None
        sums = list(_sums(layer, codes))
        same = _unchanged(layer, before) if before else set[CountCell]()
        _add_cells(model, number, layer, same)
        _add_sums(model, number, sums, same)
        _add_without_need(model, number, layer, codes)
        if before:
            _add_changes(model, number, layer, before, same)
    return model


def _add_cells(model: Model, number: int, layer: Layer, same: set[CountCell]) -> None:
    """A column for each cell; areas of the same counties, such as a prefecture of one county, have one together."""
    twins: dict[tuple[str, ...], list[str]] = {}
    for area, counties in sorted((areas_above(layer.blocks) | {county: [county] for county in layer.blocks}).items()):
        twins.setdefault(tuple(counties), []).append(area)
    counts = all_counts(layer.blocks)
    for of, areas in twins.items():
        for item in items_of(layer.blocks, of):
            cells = [CountCell(area, item) for area in areas]
            if cells[0] in same:
                place = model.places[number - 1, cells[0]]
            else:
                place = model.add(_column(cells, counts[cells[0]], layer, model.smallest))
            model.places |= {(number, cell): place for cell in cells}


def _column(cells: Sequence[CountCell], count: int, layer: Layer, smallest: int) -> Quantity:
    """The column of cells that count the same, the largest area's first."""
    published = [cell for cell in cells if is_published(cell)]
    if not published:
        return Quantity(value=count, floor=0, hidden=True)
    if layer.hidden is not None:
        return Quantity(value=count, floor=1, hidden=layer.hidden.issuperset(published))
    gone = 0 < count < smallest or (count >= smallest and layer.draw(published[0], count))
    return Quantity(value=count, floor=1, hidden=gone, weight=0 if gone or not count else _weight(published[0], count))


def _weight(cell: CountCell, count: int) -> float:
    """What a figure is worth: more for larger counts, for sums over groups or matters and for larger areas."""
    sums = (cell.item.group == ALL) + (cell.item.matter == ALL and cell.item.name == NEEDS)
    return round(math.log2(count) * (1 + sums) * {6: 1, 4: 3, 2: 9}[len(cell.area)], 3)


def _add_sums(model: Model, number: int, sums: Iterable[Sum], same: set[CountCell]) -> None:
    for total, parts in sums:
        if not same.issuperset([total, *parts]):
            model.relate(model.places[number, total], [model.places[number, part] for part in parts])


def _add_without_need(model: Model, number: int, layer: Layer, codes: Codes) -> None:
    """Persons of a group without a need in a matter: no village has more persons with a need than the group has.

    Published counts that lag behind one another may contradict this. Where they do is taken for known as well: what
    is known then depends on no count.
    """
    areas = [*areas_above(layer.blocks), *layer.blocks]
    for area, group, matter in product(areas, codes.groups, codes.matters):
        needed = CountedItem(NEEDS, group, matter)
        persons = model.places.get((number, CountCell(area, codes.persons_of(group))))
        needs = model.places[number, CountCell(area, needed)]
        if persons is None:
            continue
        left = model.columns[persons].value - model.columns[needs].value
        if left < 0:
            lag = model.add(Quantity(value=-left, floor=1, hidden=True, is_count=False))
            model.limits.append([(needs, -1), (persons, 1), (lag, 1)])
        else:
            cell = CountCell(area, needed.rest)
            place = model.places[number, cell] = model.add(Quantity(value=left, floor=0, hidden=True))
            model.limits.append([(persons, -1), (needs, 1), (place, 1)])


def _unchanged(layer: Layer, before: Layer) -> set[CountCell]:
    """The cells of the same counties in which nothing that is counted has changed since the edition before.

    A sum whose parts have changed is another quantity, were it as large by chance: what is taken for the same depends
    on no sum.
    """
    areas, areas_before = areas_above(layer.blocks), areas_above(before.blocks)
    same = {county: _same_items(layer.blocks[county], before.blocks.get(county)) for county in layer.blocks}
    found = {CountCell(county, item) for county, items in same.items() for item in items}
    for area, counties in areas.items():
        if counties == areas_before.get(area):
            items = items_of(layer.blocks, counties)
            found |= {CountCell(area, item) for item in items if all(item in same[county] for county in counties)}
    return found


def _same_items(block: Block, before: Block | None) -> set[CountedItem]:
    """A county's items that count what they counted before."""
    if before is None:
        return set()
    same = {item for item in block.counts if block.counts[item] == before.counts.get(item)}
    changed = {item for item in block.counts if _is_counted(item) and item not in same}
    return {item for item in same if not any(_is_part(other, item) for other in changed)}


def _is_counted(item: CountedItem) -> bool:
    """Whether an item is counted in the villages, and no sum of what a county publishes of needs."""
    return item.name != NEEDS or ALL not in (item.group, item.matter)


def _is_part(one: CountedItem, whole: CountedItem) -> bool:
    """Whether a need is a part of a sum of needs."""
    return one.name == whole.name == NEEDS and whole.group in (ALL, one.group) and whole.matter in (ALL, one.matter)


def _sums(layer: Layer, codes: Codes) -> Iterator[Sum]:
    """Each cell that is a sum; the sums among its parts come before it."""
    prefectures = sorted({county[:4] for county in layer.blocks})
    counts = all_counts(layer.blocks)
    for county in layer.blocks:
        yield from _survey_sums(layer, county, codes)
        yield from _need_sums(county, codes)
    for area in [*prefectures, *sorted({county[:2] for county in layer.blocks})]:
        counties = counties_in(layer.blocks, area)
        below = counties if len(area) == 4 else [part for part in prefectures if part.startswith(area)]
        for item in items_of(layer.blocks, counties):
            if not item.is_rest:
                parts = [CountCell(part, item) for part in below]
                yield CountCell(area, item), [part for part in parts if part in counts]
        yield from _survey_sums(layer, area, codes)
        yield from _need_sums(area, codes)


def _survey_sums(layer: Layer, area: str, codes: Codes) -> Iterator[Sum]:
    """A whole is its part and the rest, in an area in all of whose counties both are counted."""
    blocks = [layer.blocks[county] for county in counties_in(layer.blocks, area)]
    for part, whole in codes.parts:
        if all(part in block.counts and whole in block.counts for block in blocks):
            yield CountCell(area, whole), [CountCell(area, part), CountCell(area, part.rest)]


def _need_sums(area: str, codes: Codes) -> Iterator[Sum]:
    """By group and matter at once, which no county publishes; the sums by either add up to the same whole."""
    matters = [CountCell(area, CountedItem(NEEDS, ALL, matter)) for matter in codes.matters]
    groups = [CountCell(area, CountedItem(NEEDS, group)) for group in codes.groups]
    for total, matter in zip(matters, codes.matters, strict=True):
        yield total, [CountCell(area, CountedItem(NEEDS, group, matter)) for group in codes.groups]
    for total, group in zip(groups, codes.groups, strict=True):
        yield total, [CountCell(area, CountedItem(NEEDS, group, matter)) for matter in codes.matters]
    yield CountCell(area, CountedItem(NEEDS)), matters
    yield CountCell(area, CountedItem(NEEDS)), groups


def _add_changes(model: Model, number: int, layer: Layer, before: Layer, same: set[CountCell]) -> None:
    """What is counted in a county and is not the same as before has changed by the smallest publishable count or more.

    Of a sum it is known which way it changed. What the record has against this rule nobody can build on.
    """
    counts = all_counts({county: block for county, block in layer.blocks.items() if county in before.blocks})
    for cell in counts:
        if len(cell.area) == 6 and cell not in same and (number - 1, cell) in model.places:
            least = model.smallest if _is_counted(cell.item) else 0
            _relate_change(model, model.places[number - 1, cell], model.places[number, cell], least)


def _relate_change(model: Model, one: int, other: int, least: int) -> None:
    less, more = sorted((one, other), key=lambda place: model.columns[place].value)
    change = model.columns[more].value - model.columns[less].value
    if change >= least:
        slack = model.add(Quantity(value=change, floor=least, hidden=True))
        model.changes.append([(more, -1), (less, 1), (slack, 1)])


def counties_in(counties: Iterable[str], area: str) -> list[str]:
    """The counties that lie in an area, in the order of their codes."""
    return sorted(county for county in counties if county.startswith(area))
