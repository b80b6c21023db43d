"""A person who never was a village's liaison is taken out of the record: nobody is a former liaison by a mistake."""

from __future__ import annotations

from typing import NamedTuple

from site_builder.collect.collection_context import CollectionContext
from site_builder.collect.merge import RecordRow
from site_builder.collect.single.liaison_change import TABLE, as_day, liaisons_of, serving
from site_builder.collect.values.places import KnownVillage
from site_builder.record.tables import canonical_csv, county_file


class Mistake(NamedTuple):
    """The row that is taken out, and what its file then holds, by its path from the root."""

    row: RecordRow
    drafts: dict[str, bytes]


def taken_out(village: KnownVillage, since: str, collection: CollectionContext) -> Mistake | None:
    """Take out the liaison who serves since a day, or who serves now where none is given; None where there is none."""
    liaisons, day = liaisons_of(village, collection.rows), as_day(since)
    meant = next((row for row in liaisons if row["from_date"] == day), None) if since else serving(liaisons)
    if meant is None:
        return None
    path, table = county_file(TABLE, village.code[:6]), collection.schemas.tables[TABLE]
    rows = [[row[name] for name in table.header] for row in collection.rows[path] if row != meant]
    return Mistake(row=meant, drafts={path: canonical_csv(table.header, rows, table.key)})
