"""All that stands at the row of a village and is another one's, in a county's rows of one return."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from site_builder.collect.neighbours import many_villages, slipped_rows, telephones
from site_builder.collect.neighbours.slipped_rows import LIAISONS, Against, Reported
from site_builder.collect.structure.parts import Table
from site_builder.model.schemas import Table as RecordTable
from site_builder.shared.problems import Problem

OF_FIGURES = ("village_surveys", "needs")


def problems(
    against: Against, of_figures: Iterable[RecordTable], rows: Sequence[Reported], found: Iterable[Table]
) -> Iterator[Problem]:
    """What is asked of these rows, each of which names a village, and of the tables that they stand in."""
    named = [row for row in rows if row.table == LIAISONS]
    yield from slipped_rows.of_liaisons(against, named)
    yield from many_villages.problems(against, named)
    yield from telephones.problems(against, named, against.area_codes)
    for table in of_figures:
        yield from slipped_rows.of_figures(against, table, [row for row in rows if row.table == table.name])
    for sent in found:
        own = (sent.sheet.name, sent.header.form.table.name)
        villages = {row.line: row.values["village_code"] for row in rows if (row.sheet, row.table) == own}
        yield from slipped_rows.of_villages(against, sent, dict(sorted(villages.items())))
