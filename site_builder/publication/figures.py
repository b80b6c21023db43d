"""Figures by county: sums of surveys and needs through the gate, progress and deliveries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from site_builder.publication.gate import Count, published_count
from site_builder.publication.public import Delivered, Progress, PublicVillage, SurveyFigures
from site_builder.records import Delivery, Need, VillageSurvey, group_by


def survey_figures(surveys: Sequence[VillageSurvey], groups: Iterable[str], smallest: int) -> SurveyFigures:
    """What one county's latest surveys add up to; without a survey there are no data."""

    def total(column: str) -> Count:
        values = [getattr(survey, column) for survey in surveys]
        return published_count(sum(values) if values else None, smallest)

    return SurveyFigures(
        villages=len(surveys),
        poor_households=total("poor_households"),
        poor_persons=total("poor_persons"),
        groups={group: total(group) for group in groups},
        hotline_asked=total("hotline_asked"),
        hotline_aware=total("hotline_aware"),
    )


def need_counts(needs: Iterable[Need], smallest: int) -> dict[tuple[str, str], Count]:
    """One county's persons by (group, matter); pairs that nobody needs are absent."""
    totals: Counter[tuple[str, str]] = Counter()
    for need in needs:
        totals[need.group, need.matter] += need.persons
    return {pair: published_count(persons, smallest) for pair, persons in sorted(totals.items())}


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


def delivered(deliveries: Iterable[Delivery]) -> tuple[Delivered, ...]:
    """One county's deliveries by material."""
    return tuple(
        Delivered(
            material_id=material,
            pieces=sum(item.quantity for item in items),
            places=len(items),
            hung=sum(item.hung_on is not None for item in items),
            verified=sum(item.verified_on is not None for item in items),
        )
        for material, items in sorted(group_by(deliveries, lambda item: item.material_id).items())
    )
