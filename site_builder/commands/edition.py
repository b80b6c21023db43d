"""`campaign edition`: make the next edition of the figures from what would be published of the record."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path

from site_builder import last_good
from site_builder.checks import edition_audit
from site_builder.cli import FINE, HELD_BACK, PROBLEMS, problem_list, tell, words
from site_builder.disclosure import edition_key, editions
from site_builder.disclosure.cells import Block, Codes, all_counts, blocks, is_published
from site_builder.disclosure.editions import Edition
from site_builder.disclosure.proof import proof_file
from site_builder.disclosure.proof.published import PublishedEdition, published_editions
from site_builder.last_good import Publishable, figures
from site_builder.model import campaign, schemas
from site_builder.model.campaign import Campaign
from site_builder.model.schemas import Schemas
from site_builder.record import writing
from site_builder.record.records import Records
from site_builder.shared import disk
from site_builder.shared.problems import CampaignError


def run(root: Path, options: Namespace) -> int:
    """Show what the next edition would hold; write it into the record when that is asked for.

    A county with errors counts in its last good state, just as the site shows it.
    """
    texts = words()["edition"]
    settings, known = campaign.load(root), schemas.load(root)
    if options.make_key:
        return _make_key(root, settings)
    stood = writing.state(root)
    tell(texts["choosing"], file=sys.stderr)
    found = last_good.publishable(root, settings, known)
    if options.prove:
        return _prove(root, published_editions(found.records.published_counts), settings, known)
    key = edition_key.load(root, settings.data_status)
    _refuse_hidden_editions(found)
    codes, records = editions.codes_of(settings, known), found.records
    before = editions.editions(records.published_counts, codes)
    if before and before[-1].day >= settings.data_as_of:
        tell(texts["there"].format(day=before[-1].day))
        return PROBLEMS
    edition = editions.next_edition(records, settings, codes, key)
    _tell(edition, before[-1].blocks if before else {}, records, settings, codes)
    if options.write:
        writing.write(root, _drafts(edition, records, settings, known), stood)
    tell(texts["written" if options.write else "not_written"].format(file=edition_audit.FILE))
    return _report_held_back(found)


def _make_key(root: Path, settings: Campaign) -> int:
    texts = words()["edition"]
    is_made = edition_key.make(root, settings.data_status, texts["key_head"])
    tell(texts["key_made" if is_made else "key_there"].format(file=edition_key.FILE))
    return FINE if is_made else PROBLEMS


def _prove(root: Path, known: Sequence[PublishedEdition], settings: Campaign, schemas_: Schemas) -> int:
    """Put a proof of the editions beside the newest one, if it holds; of what is published alone."""
    from site_builder.disclosure.proof import making  # noqa: PLC0415  (its solver takes a fifth of a second)

    texts = words()["edition"]
    if not known:
        tell(texts["nothing_to_prove"])
        return FINE
    day, file = known[-1].day, proof_file.place(known[-1].day)
    tell(texts["proving"].format(day=day))
    codes = editions.codes_of(settings, schemas_)
    try:
        proof = proof_file.proved(making.proof_of(known, codes), known, codes.smallest)
    except ValueError as error:
        tell(texts["not_proved"].format(day=day, why=error))
        return PROBLEMS
    (root / file).parent.mkdir(exist_ok=True)
    disk.put(root / file, proof.content)
    tell(texts["proved"].format(file=file, **proof.numbers))
    return FINE


def _refuse_hidden_editions(found: Publishable) -> None:
    """An edition held back for a county was perhaps public before: the next has to be safe together with it.

    What may be published does not hold it; so the county is mended first. Raises CampaignError.
    """
    if any(problem.code == figures.HELD_BACK for problem in found.problems):
        raise CampaignError(found.problems)


def _drafts(edition: Edition, records: Records, settings: Campaign, known: Schemas) -> dict[str, bytes]:
    codes = editions.codes_of(settings, known)
    rows = [*records.published_counts, *editions.rows_of(edition, settings.data_status, codes)]
    return {edition_audit.FILE: editions.file_of(rows, known.tables["published_counts"])}


def _report_held_back(found: Publishable) -> int:
    """Report the counties that are held back; the exit code."""
    if not any(problem.is_error for problem in found.problems):
        return FINE
    tell(
        problem_list(found.problems),
        words()["edition"]["held_back"].format(count=len(found.held_back)),
        file=sys.stderr,
    )
    return HELD_BACK


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
