"""The file of a proof: a row for each count of each edition, with what is published of it and what the tables have."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from site_builder.disclosure.cells import Codes, CountCell, is_published
from site_builder.disclosure.proof import check_proof
from site_builder.disclosure.proof.facts import Facts, bounds_of, facts_of
from site_builder.disclosure.proof.published import PublishedEdition
from site_builder.disclosure.proof.tables import Table, tables_of, value

_HIDDEN = "hidden"


def proof_of(editions: Sequence[PublishedEdition], codes: Codes) -> bytes:
    """The proof of these editions together, the earliest first. Raises NoTableError.

    Whether it is one, or some figure is small in all of its tables, is for the checker to find.
    """
    facts = facts_of(editions, codes)
    tables = tables_of(facts)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*check_proof.KEYS, "not_above", "published", *range(1, len(tables) + 1)])
    writer.writerows(_rows(editions, facts, tables, codes))
    return out.getvalue().encode()


def _rows(
    editions: Sequence[PublishedEdition], facts: Facts, tables: Sequence[Table], codes: Codes
) -> Iterator[list[object]]:
    wholes = bounds_of(codes)
    for (number, cell), weights in sorted(facts.cells.items()):
        edition = editions[number]
        counts = [value(weights, table) for table in tables]
        if cell in edition.figures or any(counts):
            whole = wholes[cell.item] if (number, cell) in facts.bounded else None
            yield [
                edition.day.isoformat(),
                cell.area,
                *(cell.item.name, cell.item.group, cell.item.matter),
                f"{whole.name}/{whole.group}" if whole else "",
                _published(edition, cell),
                *counts,
            ]


def _published(edition: PublishedEdition, cell: CountCell) -> str:
    if not is_published(cell):
        return ""
    count = edition.figures.get(cell, 0)
    return _HIDDEN if count is None else str(count)
