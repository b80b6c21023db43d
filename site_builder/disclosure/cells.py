"""The counts of a county, and the sums of them that are published.

A cell is (area, item, group, matter). An area is a code of 2, 4 or 6 digits: province, prefecture, county.
Needs and poor persons come by group, needs by matter too; ALL stands for the sum over either.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final, NamedTuple

from site_builder.model.survey import ALL, SurveyItem
from site_builder.record.records import Need, Records, VillageSurvey, group_by, latest_surveys

NEEDS: Final = "needs"
VILLAGES: Final = "villages"


class CountedItem(NamedTuple):
    """What is counted: an item, for a group (or ALL), in a matter (or ALL).

    is_rest: it is what is left of the whole without it. That is never published, but anyone can subtract: it is
    protected like the rest.
    """

    name: str
    group: str = ALL
    matter: str = ALL
    is_rest: bool = False

    @property
    def rest(self) -> CountedItem:
        """What is left of the whole without this item."""
        return self._replace(is_rest=True)


class CountCell(NamedTuple):
    """One count of one area."""

    area: str
    item: CountedItem


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes:
    """What surveys count, the codes of the groups and of the matters, and the smallest count that may be published.

    reach: so large any hidden figure must be able to be, by all that is shown.
    """

    survey: tuple[SurveyItem, ...]
    groups: tuple[str, ...]
    matters: tuple[str, ...]
    smallest: int
    reach: int

    @property
    def columns(self) -> dict[str, CountedItem]:
        """What the survey's columns count."""
        return {item.column: CountedItem(item.item, item.group) for item in self.survey}

    @property
    def parts(self) -> list[tuple[CountedItem, CountedItem]]:
        """Each item of the survey that is a part of another, and the whole."""
        columns = self.columns
        return [(columns[item.column], columns[item.whole]) for item in self.survey if item.whole]

    def persons_of(self, group: str) -> CountedItem:
        """The persons of a group, as the survey counts them."""
        return self.columns[group]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A county's counts by item, sums and remainders among them; villages: how many were surveyed."""

    villages: int
    counts: Mapping[CountedItem, int]


def is_published(cell: CountCell) -> bool:
    """Whether a cell is published at all, unless hidden.

    Not what is left after subtraction, and not a county's needs by group and matter at once: two thirds of those
    that are not zero would have to be hidden.
    """
    if cell.item.is_rest or cell.item.name == VILLAGES:
        return False
    if cell.item.name == NEEDS:
        return len(cell.area) < 6 or ALL in (cell.item.group, cell.item.matter)
    return True


def blocks(records: Records, codes: Codes) -> dict[str, Block]:
    """What the records count now, by county; counties without a survey are absent."""
    needs = group_by(records.needs, lambda need: need.village_code[:6])
    surveys = group_by(latest_surveys(records.village_surveys).values(), lambda survey: survey.village_code[:6])
    return {
        county: Block(
            villages=len(found),
            counts=_survey_counts(found, codes) | _need_counts(needs.get(county, []), codes),
        )
        for county, found in sorted(surveys.items())
    }


def _survey_counts(surveys: Sequence[VillageSurvey], codes: Codes) -> dict[CountedItem, int]:
    """What the villages add up to; what no village was asked is absent."""
    counts: dict[CountedItem, int] = {}
    for column, item in codes.columns.items():
        known = [count for survey in surveys if (count := survey.counts[column]) is not None]
        counts |= {item: sum(known)} if known else {}
    return counts | remainders(counts, codes)


def remainders(counts: Mapping[CountedItem, int], codes: Codes) -> dict[CountedItem, int]:
    """What is left when published counts of a survey are subtracted from one another."""
    pairs = [(part, whole) for part, whole in codes.parts if part in counts and whole in counts]
    return {part.rest: counts[whole] - counts[part] for part, whole in pairs}


def _need_counts(needs: Iterable[Need], codes: Codes) -> dict[CountedItem, int]:
    persons: Counter[CountedItem] = Counter()
    for need in needs:
        persons[CountedItem(NEEDS, need.group, need.matter)] += need.persons
    return need_sums(persons, codes)


def need_sums(persons: Mapping[CountedItem, int], codes: Codes) -> dict[CountedItem, int]:
    """All needs of an area by group and matter, with the sums over either and over both."""
    pairs = product(codes.groups, codes.matters)
    counts = {CountedItem(NEEDS, *pair): persons.get(CountedItem(NEEDS, *pair), 0) for pair in pairs}
    for matter in codes.matters:
        counts[CountedItem(NEEDS, ALL, matter)] = sum(
            counts[CountedItem(NEEDS, group, matter)] for group in codes.groups
        )
    for group in (*codes.groups, ALL):
        counts[CountedItem(NEEDS, group)] = sum(counts[CountedItem(NEEDS, group, matter)] for matter in codes.matters)
    return counts


def areas_above(counties: Iterable[str]) -> dict[str, list[str]]:
    """The counties of each prefecture and of the province, by their code."""
    found: dict[str, list[str]] = {}
    for county, digits in product(sorted(counties), (2, 4)):
        found.setdefault(county[:digits], []).append(county)
    return found


def items_of(blocks: Mapping[str, Block], counties: Iterable[str]) -> Iterable[CountedItem]:
    """What is counted in any of these counties."""
    return dict.fromkeys(item for county in counties for item in blocks[county].counts)


def all_counts(blocks: Mapping[str, Block]) -> dict[CountCell, int]:
    """What the public sees or could work out: all counts of every area, published or not, and its remainders."""
    return {
        CountCell(area, item): sum(blocks[county].counts.get(item, 0) for county in counties)
        for area, counties in (areas_above(blocks) | {county: [county] for county in blocks}).items()
        for item in items_of(blocks, counties)
    }
