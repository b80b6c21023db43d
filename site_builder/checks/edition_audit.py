"""The editions on record against the attacker: nobody altered them, and nothing small can be worked out of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from site_builder import disclosure
from site_builder.disclosure import editions
from site_builder.disclosure.cells import Codes
from site_builder.model.campaign import Campaign
from site_builder.model.schemas import Schemas
from site_builder.record.records import PublishedCount, Records
from site_builder.record.tables import FOLDER, Reading
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem
from site_builder.shared.validation_cache import ValidationCache

FILE = f"{FOLDER}/published_counts.csv"
_CODE = "".join(path.read_text(encoding="utf-8") for path in sorted(Path(disclosure.__file__).parent.glob("*.py")))


def check(
    records: Records, reading: Reading, campaign: Campaign, schemas: Schemas, cache: ValidationCache
) -> Iterator[Problem]:
    """Problems of the editions. To solve for every hidden count takes seconds, so a clean result is remembered."""
    codes = editions.codes_of(campaign, schemas)
    content = next((file.digest for file in reading.files if file.path == FILE), "")
    digest = hashlib.sha256(repr([_CODE, content, codes]).encode()).hexdigest()
    if not records.published_counts or cache.is_sound(digest):
        return
    problems = list(_altered(records.published_counts, codes)) or list(_exposed(records.published_counts, codes))
    if not problems:
        cache.remember(digest)
    yield from problems


def _altered(rows: tuple[PublishedCount, ...], codes: Codes) -> Iterator[Problem]:
    """A row that its edition's county counts do not give, or one that is missing."""
    for edition in editions.editions(rows, codes):
        found = {(row.area_code, row.item, row.group, row.matter): row for row in rows if row.edition == edition.day}
        made = editions.rows_of(edition, "", codes)
        expected = {(row.area_code, row.item, row.group, row.matter): row for row in made}
        for key in sorted(found.keys() | expected.keys()):
            row, other = found.get(key), expected.get(key)
            if row is None or other is None or (row.count, row.hidden) != (other.count, other.hidden):
                line = row.origin.line if row else None
                details = {"edition": edition.day.isoformat(), "cell": " ".join(key)}
                yield Problem(code=Code.EDITION_ALTERED, file=FILE, line=line, details=details)
                break


def _exposed(rows: tuple[PublishedCount, ...], codes: Codes) -> Iterator[Problem]:
    found = editions.exposed_cells(editions.editions(rows, codes), codes)
    for day in sorted({day for day, _ in found}):
        count = str(sum(each == day for each, _ in found))
        yield Problem(code=Code.EDITION_EXPOSED, file=FILE, details={"edition": day.isoformat(), "count": count})
