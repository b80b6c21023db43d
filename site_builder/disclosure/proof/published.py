"""What anyone has of the editions: their days, the figures that are shown, and that others are hidden."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from site_builder.disclosure.cells import VILLAGES, CountCell, CountedItem, is_published
from site_builder.record.records import PublishedCount, group_by


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedEdition:
    """One edition. figures: what each cell shows, None where it says that there is a count and hides it.

    A publishable cell of needs that is not here is nought.
    """

    day: date
    figures: Mapping[CountCell, int | None]

    @property
    def counties(self) -> list[str]:
        """The counties that have come in."""
        return sorted({cell.area for cell in self.figures if len(cell.area) == 6})


def published_editions(rows: Iterable[PublishedCount]) -> list[PublishedEdition]:
    """The editions on record as the public has them, the earliest first. Hidden counts end here."""
    return [
        PublishedEdition(day=day, figures=dict(_figure(row) for row in of_day if _is_figure(row)))
        for day, of_day in sorted(group_by(rows, lambda row: row.edition).items())
    ]


def _is_figure(row: PublishedCount) -> bool:
    return row.item != VILLAGES and is_published(_figure(row)[0])


def _figure(row: PublishedCount) -> tuple[CountCell, int | None]:
    cell = CountCell(row.area_code, CountedItem(row.item, row.group, row.matter))
    return cell, None if row.hidden else row.count
