"""Editions: what is published of the needs and the surveys on one day, and stays published until the next.

A site that is built on every push would let anyone subtract yesterday's figures from today's. So figures change
only from edition to edition, and a count that was published once changes by the smallest publishable count or not at
all: no difference of two editions is a small count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from site_builder.disclosure.cells import (
    NEEDS,
    VILLAGES,
    Block,
    Codes,
    CountCell,
    CountedItem,
    all_counts,
    blocks,
    is_published,
    need_sums,
    remainders,
)
from site_builder.disclosure.draws import Draws
from site_builder.disclosure.model import Draw, Layer, joint_model
from site_builder.model.campaign import Campaign
from site_builder.model.schemas import Schemas, Table
from site_builder.model.survey import survey_items
from site_builder.record.records import Origin, PublishedCount, Records, group_by
from site_builder.record.tables import canonical_csv


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One edition. blocks: the counties' counts; hidden: the publishable cells that are not shown."""

    day: date
    blocks: Mapping[str, Block]
    hidden: frozenset[CountCell]


def codes_of(campaign: Campaign, schemas: Schemas) -> Codes:
    """The codes and the smallest count that the editions are made with."""
    return Codes(
        survey=survey_items(schemas),
        groups=tuple(schemas.code_lists["groups"]),
        matters=tuple(schemas.code_lists["matters"]),
        smallest=campaign.smallest_published_count,
        reach=campaign.smallest_published_count * campaign.extra_hiding.reach // 100,
    )


def editions(rows: Iterable[PublishedCount], codes: Codes) -> list[Edition]:
    """The editions on record, the earliest first.

    What the rows of a county lack counts as zero if it was counted there before, so that `rows_of` shows the
    difference; if not, it was not asked yet.
    """
    by_day = group_by(rows, lambda row: row.edition)
    found: list[Edition] = []
    for day in sorted(by_day):
        found.append(_edition(day, by_day[day], found[-1].blocks if found else {}, codes))
    return found


def _edition(day: date, rows: Sequence[PublishedCount], before: Mapping[str, Block], codes: Codes) -> Edition:
    by_area = {area: of_area for area, of_area in group_by(rows, lambda row: row.area_code).items() if len(area) == 6}
    return Edition(
        day=day,
        blocks={area: _block(of_area, before.get(area), codes) for area, of_area in sorted(by_area.items())},
        hidden=frozenset(cell for row in rows if row.hidden and is_published(cell := _cell(row))),
    )


def _cell(row: PublishedCount) -> CountCell:
    return CountCell(row.area_code, CountedItem(row.item, row.group, row.matter))


def _block(rows: Iterable[PublishedCount], before: Block | None, codes: Codes) -> Block:
    counts = {_cell(row).item: row.count for row in rows}
    asked = counts.keys() | (before.counts.keys() if before else set())
    survey = {item: counts.get(item, 0) for item in codes.columns.values() if item in asked}
    return Block(
        villages=counts.get(CountedItem(VILLAGES), 0),
        counts=survey | remainders(survey, codes) | need_sums(counts, codes),
    )


def next_edition(records: Records, campaign: Campaign, codes: Codes, key: bytes) -> Edition:
    """The edition that the records would give as of the campaign's day, safe together with all before it.

    key: decides what chance hides.
    """
    before = editions(records.published_counts, codes)
    draw = Draws(key=key, rates=campaign.extra_hiding).of_edition(len(before))
    counted, hidden = safe(before, due_blocks(records, campaign, codes), codes, draw)
    return Edition(day=campaign.data_as_of, blocks=counted, hidden=frozenset(filter(is_published, hidden)))


def safe(
    before: Sequence[Edition], counted: Mapping[str, Block], codes: Codes, draw: Draw
) -> tuple[Mapping[str, Block], frozenset[CountCell]]:
    """What is counted and what of it to hide; counties that no hiding would make safe stay as they were."""
    from site_builder.disclosure.suppress import BeyondHidingError, hidden_cells  # noqa: PLC0415  (as the attacker)

    layers = [Layer(blocks=edition.blocks, hidden=edition.hidden) for edition in before]
    while counted:
        try:
            return counted, hidden_cells([*layers, Layer(blocks=counted, hidden=None, draw=draw)], codes)
        except BeyondHidingError as error:
            counted = held_back(before[-1].blocks, counted, error.areas)
    return counted, frozenset()


def held_back(old: Mapping[str, Block], new: Mapping[str, Block], areas: Iterable[str]) -> dict[str, Block]:
    """The new counts, but the old ones, if any, in the prefectures of these areas; nothing new if none is new there."""
    prefixes = tuple(area[:4] for area in areas)
    kept = {**old, **{county: block for county, block in new.items() if not county.startswith(prefixes)}}
    return dict(sorted((old if kept == new else kept).items()))


def due_blocks(records: Records, campaign: Campaign, codes: Codes) -> dict[str, Block]:
    """The counties' counts that the next edition would hold.

    A county comes in when enough of its villages are surveyed; from then on it stays, and its counts change as
    `follow` says.
    """
    before = editions(records.published_counts, codes)
    published = before[-1].blocks if before else {}
    villages = Counter(village.village_code[:6] for village in records.villages)
    due = dict(published)
    for county, block in blocks(records, codes).items():
        if county in published:
            due[county] = follow(published[county], block, campaign, codes)
        elif is_ready(block, villages[county], campaign):
            due[county] = block
    return dict(sorted(due.items()))


def is_ready(block: Block, villages: int, campaign: Campaign) -> bool:
    """Whether enough villages are surveyed: enough of all, and so many that no single one can be made out."""
    enough = campaign.surveyed_percent_to_publish * villages <= 100 * block.villages
    return enough and block.villages >= campaign.fewest_published_villages


def follow(old: Block, new: Block, campaign: Campaign, codes: Codes) -> Block:
    """A published county's counts after a time: each as it was, or changed by a publishable count.

    Counts that are subtracted from one another change together. Where but a few more villages were surveyed, nothing
    changes, or the difference would be those villages' figures.
    """
    if 0 < abs(new.villages - old.villages) < campaign.fewest_published_villages:
        return old
    counts = dict(old.counts)
    for unit in _units(codes):
        asked = [item for item in unit if item in new.counts]
        if all(may_change(old.counts[item], new.counts[item], codes.smallest) for item in asked if item in old.counts):
            counts |= {item: new.counts[item] for item in asked}
    return Block(villages=new.villages, counts=counts | need_sums(counts, codes))


def _units(codes: Codes) -> Iterator[list[CountedItem]]:
    """The items that change together: a whole of the survey with all its parts and rests, a need by itself."""
    wholes = dict(codes.parts)
    units: dict[CountedItem, list[CountedItem]] = {}
    for item in codes.columns.values():
        root = item
        while root in wholes:
            root = wholes[root]
        units.setdefault(root, []).extend([item, item.rest] if item in wholes else [item])
    yield from units.values()
    for group in codes.groups:
        yield from ([CountedItem(NEEDS, group, matter)] for matter in codes.matters)


def may_change(old: int, new: int, smallest: int) -> bool:
    """Whether a published count may be replaced: by itself, or by a publishable one far enough from it.

    From a small count it must go to twice the smallest, or its being replaced would show that it was small.
    """
    least = 2 * smallest if 0 < old < smallest else smallest
    return new == old or (abs(new - old) >= smallest and (new == 0 or new >= least))


def rows_of(edition: Edition, data_status: str, codes: Codes) -> list[PublishedCount]:
    """The rows that put an edition on record; counts of zero are left out where needs are counted."""
    counts = all_counts(edition.blocks) | _village_counts(edition)
    return [
        PublishedCount(
            origin=Origin("", 0),
            edition=edition.day,
            area_code=cell.area,
            item=cell.item.name,
            group=cell.item.group,
            matter=cell.item.matter,
            count=count,
            hidden=cell in edition.hidden or not (is_published(cell) or cell.item.name == VILLAGES),
            data_status=data_status,
        )
        for cell, count in sorted(counts.items())
        if cell.item in codes.columns.values() or (count and cell.item.name in (NEEDS, VILLAGES))
    ]


def file_of(rows: Iterable[PublishedCount], table: Table) -> bytes:
    """The file of the table `published_counts` with these rows."""
    return canonical_csv(
        table.header, [[_text(getattr(row, name)) for name in table.header] for row in rows], table.key
    )


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _village_counts(edition: Edition) -> dict[CountCell, int]:
    counts: Counter[CountCell] = Counter()
    for county, block in edition.blocks.items():
        for digits in (2, 4, 6):
            counts[CountCell(county[:digits], CountedItem(VILLAGES))] += block.villages
    return counts


def exposed_cells(known: Sequence[Edition], codes: Codes) -> list[tuple[date, CountCell]]:
    """The small counts that anyone could work out from these editions together, by edition."""
    from site_builder.disclosure.attack import Attacker  # noqa: PLC0415  (its solver takes a fifth of a second)

    model = joint_model([Layer(blocks=edition.blocks, hidden=edition.hidden) for edition in known], codes)
    relations = [*model.relations, *model.limits, *model.changes]
    places = Attacker(model=model, relations=relations, reach=codes.smallest).exposed(model.hidden)
    shown = {place for place in range(len(model.columns)) if model.is_small(place)} - model.hidden
    return sorted(
        (known[number].day, cell) for (number, cell), place in model.places.items() if place in places or place in shown
    )
