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

from site_builder.record.records import Need, Records, VillageSurvey, group_by, latest_surveys

ALL: Final = "all"
NEEDS: Final = "needs"
VILLAGES: Final = "villages"
HOUSEHOLDS, PERSONS, ASKED, AWARE = "poor_households", "poor_persons", "hotline_asked", "hotline_aware"
SURVEY_ITEMS: Final = (HOUSEHOLDS, PERSONS, ASKED, AWARE)
# Never published, but anyone can subtract: these are protected like the rest.
OTHER_MEMBERS, UNAWARE, OUTSIDE_GROUP = "other_members", "hotline_unaware", "outside_group"
WITHOUT_NEED: Final = "without_need"


class CountedItem(NamedTuple):
    """What is counted: an item, for a group (or ALL), in a matter (or ALL)."""

    name: str
    group: str = ALL
    matter: str = ALL


class CountCell(NamedTuple):
    """One count of one area."""

    area: str
    item: CountedItem


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes:
    """The codes of the groups and of the matters, and the smallest count that may be published."""

    groups: tuple[str, ...]
    matters: tuple[str, ...]
    smallest: int


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
    if cell.item.name == NEEDS:
        return len(cell.area) < 6 or ALL in (cell.item.group, cell.item.matter)
    return cell.item.name in SURVEY_ITEMS


def blocks(records: Records, codes: Codes) -> dict[str, Block]:
    """What the records count now, by county; counties without a survey are absent."""
    needs = group_by(records.needs, lambda need: need.village_code[:6])
    surveys = group_by(latest_surveys(records.village_surveys).values(), lambda survey: survey.village_code[:6])
    return {
        county: Block(
            villages=len(found),
            counts=_survey_counts(found, codes.groups) | _need_counts(needs.get(county, []), codes),
        )
        for county, found in sorted(surveys.items())
    }


def _survey_counts(surveys: Sequence[VillageSurvey], groups: Iterable[str]) -> dict[CountedItem, int]:
    def total(column: str) -> int:
        return sum(getattr(survey, column) for survey in surveys)

    counts = {CountedItem(column): total(column) for column in SURVEY_ITEMS}
    counts |= {CountedItem(PERSONS, group): total(group) for group in groups}
    return counts | remainders(counts, groups)


def remainders(counts: Mapping[CountedItem, int], groups: Iterable[str]) -> dict[CountedItem, int]:
    """What is left when published counts of a survey are subtracted from one another."""
    persons = counts[CountedItem(PERSONS)]
    left = {
        CountedItem(OTHER_MEMBERS): persons - counts[CountedItem(HOUSEHOLDS)],
        CountedItem(UNAWARE): counts[CountedItem(ASKED)] - counts[CountedItem(AWARE)],
    }
    return left | {CountedItem(OUTSIDE_GROUP, group): persons - counts[CountedItem(PERSONS, group)] for group in groups}


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


def all_counts(blocks: Mapping[str, Block]) -> dict[CountCell, int]:
    """What the public sees or could work out: all counts of every area, published or not, and its remainders."""
    return {
        CountCell(area, item): sum(blocks[county].counts[item] for county in counties)
        for area, counties in (areas_above(blocks) | {county: [county] for county in blocks}).items()
        for item in blocks[counties[0]].counts
    }
