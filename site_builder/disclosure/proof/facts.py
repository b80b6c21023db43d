"""What is known of the counts behind the published figures: how they add up, what bounds them, how they may change.

The counts are whole numbers by edition and county, and by group and matter at once where they are needs; all other
figures are sums of these. A county of which nothing shown has changed is taken to have changed in nothing: what fits
then fits all the more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from site_builder.disclosure.cells import NEEDS, Codes, CountCell, CountedItem, areas_above, is_published
from site_builder.disclosure.proof.published import PublishedEdition
from site_builder.model.survey import ALL

Weights = tuple[tuple[int, int], ...]
"""A weighted sum of columns: (column, weight), none of them nought, in the order of the columns."""
Place = tuple[int, CountCell]
"""A cell of an edition, counted from 0."""


@dataclass(slots=True, kw_only=True)
class Facts:
    """Columns of whole numbers from 0 to their top, and what is known of them.

    smallest: the smallest publishable count; top: more than any count is; most: more than any sum, stands for no bound;
    prefectures, matters: of which a column is, "" where it is a need of no one matter;
    rows: weighted sums with their least and their most; cells: the weighted sum of each cell, empty where it is nought;
    hidden: those that are published as hidden; unpublished: those that are never published, what is left of a whole
    among them; each stands there once; bounded: the cells that are known to be no more than their whole.
    """

    smallest: int
    top: int
    most: int
    tops: list[int] = field(default_factory=list)
    prefectures: list[str] = field(default_factory=list)
    matters: list[str] = field(default_factory=list)
    rows: dict[tuple[Weights, int, int], None] = field(default_factory=dict)
    cells: dict[Place, Weights] = field(default_factory=dict)
    hidden: dict[Weights, None] = field(default_factory=dict)
    unpublished: dict[Weights, None] = field(default_factory=dict)
    bounded: set[Place] = field(default_factory=set)

    def column(self, county: str, matter: str, top: int) -> int:
        """A new column."""
        self.tops.append(top)
        self.prefectures.append(county[:4])
        self.matters.append(matter)
        return len(self.tops) - 1

    def know(self, weights: Weights, low: int, high: int) -> None:
        """Add a row, once."""
        self.rows[weights, low, high] = None


def weighted(terms: Iterable[tuple[int, int]]) -> Weights:
    """The weighted sum of all these terms."""
    found: dict[int, int] = {}
    for place, weight in terms:
        found[place] = found.get(place, 0) + weight
    return tuple(sorted((place, weight) for place, weight in found.items() if weight))


def minus(one: Weights, other: Weights) -> Weights:
    """The difference of two weighted sums."""
    return weighted([*one, *((place, -weight) for place, weight in other)])


@dataclass(frozen=True, slots=True)
class _Layer:
    """An edition that facts are added of: the facts, its number, itself and the one before it, the codes."""

    facts: Facts
    number: int
    edition: PublishedEdition
    before: PublishedEdition | None
    codes: Codes


def facts_of(editions: Sequence[PublishedEdition], codes: Codes) -> Facts:
    """All that is known of these editions, the earliest first."""
    shown = [count or 0 for edition in editions for count in edition.figures.values()]
    top = 2 * max([*shown, 10 * codes.reach])
    facts = Facts(smallest=codes.smallest, top=top, most=100 * top)
    for number, edition in enumerate(editions):
        layer = _Layer(facts, number, edition, editions[number - 1] if number else None, codes)
        changed = _changed_counties(layer)
        for county in edition.counties:
            _add_counts(layer, county, is_new=not layer.before or county in changed)
        for area, counties in (areas_above(edition.counties) | {each: [each] for each in edition.counties}).items():
            _add_figures(layer, area, counties)
            _add_bounds(layer, area, counties)
        for county in changed:
            _add_changes(layer, county)
    return facts


def inner_needs(codes: Codes) -> list[CountedItem]:
    """Needs by group and matter at once."""
    return [CountedItem(NEEDS, *pair) for pair in product(codes.groups, codes.matters)]


def bounds_of(codes: Codes) -> dict[CountedItem, CountedItem]:
    """Each item that is a part of another, and that other: of persons with a need, those of the group."""
    return dict(codes.parts) | {item: codes.persons_of(item.group) for item in inner_needs(codes)}


def _changed_counties(layer: _Layer) -> list[str]:
    """The counties of the edition before that show something else now."""
    if not layer.before:
        return []
    shown, shown_before = _by_county(layer.edition), _by_county(layer.before)
    return [county for county in shown if county in shown_before and shown[county] != shown_before[county]]


def _by_county(edition: PublishedEdition) -> dict[str, dict[CountCell, int | None]]:
    found: dict[str, dict[CountCell, int | None]] = {county: {} for county in edition.counties}
    for cell, count in edition.figures.items():
        if cell.area in found:
            found[cell.area][cell] = count
    return found


def _add_counts(layer: _Layer, county: str, *, is_new: bool) -> None:
    """A column for each count of a county; those of a county that shows the same as before have theirs already."""
    facts, figures = layer.facts, layer.edition.figures
    asked = [item for item in layer.codes.columns.values() if CountCell(county, item) in figures]
    for item in (*asked, *inner_needs(layer.codes)):
        cell = CountCell(county, item)
        if not is_new and (layer.number - 1, cell) in facts.cells:
            facts.cells[layer.number, cell] = facts.cells[layer.number - 1, cell]
        elif item.name == NEEDS and _is_zero(layer.edition, cell):
            facts.cells[layer.number, cell] = ()
        else:
            matter = item.matter if item.name == NEEDS else ""
            facts.cells[layer.number, cell] = ((facts.column(county, matter, facts.top), 1),)


def _is_zero(edition: PublishedEdition, cell: CountCell) -> bool:
    """Whether a sum over groups or over matters says that there is no such need."""
    sums = (cell.item._replace(group=ALL), cell.item._replace(matter=ALL))
    return any(CountCell(cell.area, item) not in edition.figures for item in sums)


def _add_figures(layer: _Layer, area: str, counties: Sequence[str]) -> None:
    """Each figure of an area is the sum of counts, and as large as it is shown; hidden ones are no nought."""
    facts, codes, inner = layer.facts, layer.codes, inner_needs(layer.codes)
    sums = [CountedItem(NEEDS), *(CountedItem(NEEDS, group) for group in codes.groups)]
    sums += [CountedItem(NEEDS, ALL, matter) for matter in codes.matters]
    asked = [item for item in codes.columns.values() if CountCell(area, item) in layer.edition.figures]
    for item in (*sums, *inner, *asked):
        cell = CountCell(area, item)
        parts = [facts.cells.get((layer.number, part), ()) for part in _parts(cell, counties, codes)]
        facts.cells[layer.number, cell] = total = weighted(term for part in parts for term in part)
        if not is_published(cell):
            facts.unpublished[total] = None
            continue
        count = layer.edition.figures.get(cell, 0)
        if count is None:
            facts.hidden[total] = None
        facts.know(total, *((1, facts.most) if count is None else (count, count)))


def _parts(cell: CountCell, counties: Sequence[str], codes: Codes) -> Iterator[CountCell]:
    """The counts that a figure is the sum of."""
    group, matter = cell.item.group, cell.item.matter
    items = [cell.item]
    if cell.item.name == NEEDS:
        items = [item for item in inner_needs(codes) if group in (ALL, item.group) and matter in (ALL, item.matter)]
    yield from (CountCell(county, item) for county, item in product(counties, items))


def _add_bounds(layer: _Layer, area: str, counties: Sequence[str]) -> None:
    """No part is more than its whole, where both are counted in all counties; what is left is never published."""
    facts, number = layer.facts, layer.number
    for part, whole in bounds_of(layer.codes).items():
        if all((number, CountCell(county, item)) in facts.cells for county in counties for item in (part, whole)):
            left = minus(facts.cells[number, CountCell(area, whole)], facts.cells[number, CountCell(area, part)])
            facts.bounded.add((number, CountCell(area, part)))
            facts.unpublished[left] = None
            facts.know(left, 0, facts.most)


def _add_changes(layer: _Layer, county: str) -> None:
    """What is counted in a county, and what is left of it, has changed as published counts may."""
    facts, both = layer.facts, (layer.number - 1, layer.number)
    for item in (*layer.codes.columns.values(), *inner_needs(layer.codes)):
        cell = CountCell(county, item)
        if all((number, cell) in facts.cells for number in both):
            _add_change(facts, county, *(facts.cells[number, cell] for number in both))
    for part, whole in layer.codes.parts:
        places = [(number, CountCell(county, item)) for number in both for item in (whole, part)]
        if all(place in facts.cells for place in places):
            one, less, other, less_now = (facts.cells[place] for place in places)
            _add_change(facts, county, minus(one, less), minus(other, less_now))


def _add_change(facts: Facts, county: str, old: Weights, new: Weights) -> None:
    """One of five: it is the same, it rose, it came up from nought, it fell, it is nought now."""
    same, rose, came, fell, gone = modes = [facts.column(county, "", 1) for _ in range(5)]
    least, top = facts.smallest, facts.top
    facts.know(weighted((mode, 1) for mode in modes), 1, 1)
    up, down, any_ = (least, top), (-top, -least), (0, top)
    _where(facts, minus(new, old), {same: (0, 0), rose: up, came: up, fell: down, gone: down})
    _where(facts, new, {same: any_, rose: (2 * least, top), came: up, fell: up, gone: (0, 0)})
    _where(facts, old, {same: any_, rose: any_, came: (0, 0), fell: any_, gone: up})


def _where(facts: Facts, weights: Weights, bounds: Mapping[int, tuple[int, int]]) -> None:
    """Bound a sum by what is chosen: one of the choices is 1, the others are 0."""
    low, high = (tuple((place, each[side]) for place, each in bounds.items()) for side in (0, 1))
    facts.know(minus(weights, low), 0, facts.most)
    facts.know(minus(weights, high), -facts.most, 0)
