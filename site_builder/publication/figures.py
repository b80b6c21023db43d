"""Figures by county: the newest edition of surveys and needs, and progress."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from site_builder.disclosure.cells import CountCell, CountedItem
from site_builder.disclosure.proof.published import PublishedEdition
from site_builder.publication.gate import published_count
from site_builder.publication.public import AreaFigures, Figures, Progress, PublicVillage
from site_builder.record.records import PublishedCount, group_by

_VILLAGES, _NEEDS, _ALL = "villages", "needs", "all"


def newest_edition(rows: Iterable[PublishedCount]) -> tuple[date | None, list[PublishedCount]]:
    """The day of the newest edition and its rows; None and nothing while there is no edition."""
    by_day = group_by(rows, lambda row: row.edition)
    return max(by_day.items(), default=(None, []))


def of_newest_edition(rows: Iterable[PublishedCount], smallest: int) -> Figures:
    """The newest edition among the rows as the public may see it."""
    day, newest = newest_edition(rows)
    return Figures(edition=day, areas=area_figures(newest, smallest))


def area_figures(rows: Iterable[PublishedCount], smallest: int) -> dict[str, AreaFigures]:
    """An edition's figures by area code. What an edition hides and what is never published stays behind here."""
    return {area: _area(of_area, smallest) for area, of_area in group_by(rows, lambda row: row.area_code).items()}


def _area(rows: Iterable[PublishedCount], smallest: int) -> AreaFigures:
    counts = {(row.item, row.group, row.matter): published_count(row, smallest) for row in rows if is_published(row)}
    villages = counts.pop((_VILLAGES, _ALL, _ALL), 0)
    needs = {(group, matter): count for (item, group, matter), count in counts.items() if item == _NEEDS}
    survey = {(item, group): count for (item, group, _), count in counts.items() if item != _NEEDS}
    return AreaFigures(villages=villages if isinstance(villages, int) else 0, survey=survey, needs=needs)


def published_edition(day: date, shown: Figures) -> PublishedEdition:
    """An edition's figures as cells, for its proof."""
    found: dict[CountCell, int | None] = {}
    for area, of_area in shown.areas.items():
        needs = {CountedItem(_NEEDS, group, matter): count for (group, matter), count in of_area.needs.items()}
        survey = {CountedItem(item, group): count for (item, group), count in of_area.survey.items()}
        counts = (needs | survey).items()
        found |= {CountCell(area, item): count if isinstance(count, int) else None for item, count in counts}
    return PublishedEdition(day=day, figures=found)


def is_published(row: PublishedCount) -> bool:
    """Whether the row's kind of figure is published at all: a county's needs are by group or by matter, not both."""
    return row.item != _NEEDS or len(row.area_code) < 6 or _ALL in (row.group, row.matter)


def progress(villages: Iterable[PublicVillage]) -> dict[int, Progress]:
    """How far the villages have come, by campaign year, the latest year first."""
    return {
        year: Progress(
            villages=len(group),
            named=sum(village.liaison is not None for village in group),
            posted=sum(bool(village.liaison and village.liaison.posted_on) for village in group),
            verified=sum(bool(village.liaison and village.liaison.posting_verified_on) for village in group),
            surveyed=sum(village.surveyed for village in group),
        )
        for year, group in sorted(_by_year(villages).items(), reverse=True)
    }


def total_progress(parts: Iterable[Progress]) -> Progress:
    """The sum of several counties' progress."""
    rows = list(parts)
    return Progress(
        villages=sum(row.villages for row in rows),
        named=sum(row.named for row in rows),
        posted=sum(row.posted for row in rows),
        verified=sum(row.verified for row in rows),
        surveyed=sum(row.surveyed for row in rows),
    )


def _by_year(villages: Iterable[PublicVillage]) -> Mapping[int, list[PublicVillage]]:
    groups: dict[int, list[PublicVillage]] = {}
    for village in villages:
        groups.setdefault(village.campaign_year, []).append(village)
    return groups
