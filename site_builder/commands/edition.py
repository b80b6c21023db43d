"""`campaign edition`: make the next edition of the figures from the record as it stands."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path

from site_builder import campaign, checks, schemas
from site_builder.campaign import Campaign
from site_builder.checks import edition_audit
from site_builder.cli import FINE, PROBLEMS, tell, words
from site_builder.collect import writing
from site_builder.disclosure import editions
from site_builder.disclosure.cells import Block, Codes, all_counts, blocks, is_published
from site_builder.disclosure.editions import Edition
from site_builder.problems import CampaignError
from site_builder.records import Records


def run(root: Path, options: Namespace) -> int:
    """Tell what the next edition would hold; write it into the record when that is asked for."""
    texts = words()["edition"]
    settings, known = campaign.load(root), schemas.load(root)
    checked = checks.check(root, settings, known)
    if not checked.is_publishable:
        raise CampaignError([problem for problem in checked.problems if problem.is_error])
    codes, records = editions.codes_of(settings, known), checked.records
    before = editions.editions(records.published_counts, codes)
    if before and before[-1].day >= settings.data_as_of:
        tell(texts["there"].format(day=before[-1].day))
        return PROBLEMS
    edition = editions.next_edition(records, settings, codes)
    _tell(edition, before[-1].blocks if before else {}, records, settings, codes)
    if options.write:
        rows = [*records.published_counts, *editions.rows_of(edition, settings.data_status, codes)]
        writing.write(root, {edition_audit.FILE: editions.file_of(rows, known.tables["published_counts"])})
    tell(texts["written" if options.write else "not_written"].format(file=edition_audit.FILE))
    return FINE


def _tell(edition: Edition, before: Mapping[str, Block], records: Records, settings: Campaign, codes: Codes) -> None:
    texts = words()["edition"]
    names = {division.code: division.name for division in records.divisions}
    held = [county for county in blocks(records, codes) if county not in edition.blocks]
    counties = {
        "new": [county for county in edition.blocks if county not in before],
        "changed": [county for county in before if edition.blocks[county] != before[county]],
        "same": [county for county in before if edition.blocks[county] == before[county]],
        "held": held,
    }
    tell(texts["title"].format(day=edition.day))
    for key, found in counties.items():
        tell(texts[key].format(count=len(found), counties="、".join(names[county] for county in found)))
    counts = {cell: count for cell, count in all_counts(edition.blocks).items() if count and is_published(cell)}
    small = sum(count < settings.smallest_published_count for count in counts.values())
    tell(texts["hidden"].format(cells=len(counts), small=small, more=len(edition.hidden) - small))
