"""The counties in the order of what they have done, and those that are late."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from site_builder.publication.figures import total_progress
from site_builder.publication.public import Progress, PublicCounty, PublicRecords
from site_builder.publication.standing import milestone_standings, overdue
from site_builder.reports.model import CellValue, Chart, ColumnKind, ReportSection, ReportTable
from site_builder.reports.sources import Sources, columns, held_back_notes
from site_builder.shared.words import fill


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ranked:
    """A county of the ranking. done, before: the share of its four tasks in all its villages, now and before."""

    rank: int
    county: PublicCounty
    progress: Progress
    done: Fraction
    before: Fraction


def ranking_section(source: Sources) -> ReportSection:
    """Counties by how much of their four tasks is done; counties that have done as much share a rank."""
    texts = source.texts
    ranked = _ranked(source)
    kinds = (
        *(
            ("rank", ColumnKind.NUMBER),
            ("villages", ColumnKind.NUMBER),
            ("named", ColumnKind.NUMBER),
            ("posted", ColumnKind.NUMBER),
        ),
        *(("verified", ColumnKind.NUMBER), ("surveyed", ColumnKind.NUMBER), ("completion", ColumnKind.SHARE)),
        *(("completion_before", ColumnKind.SHARE), ("points", ColumnKind.CHANGE)),
    )
    table = ReportTable(
        title=texts["ranking_title"],
        columns=columns(texts, ("county", ColumnKind.TEXT), *kinds),
        rows=tuple(_row(each) for each in ranked),
        note=texts["ranking_note"],
    )
    chart = _by_prefecture(source)
    return ReportSection(
        title=texts["ranking_title"], sentences=held_back_notes(source), tables=(table,), charts=(chart,)
    )


def _row(each: _Ranked) -> tuple[CellValue, ...]:
    done = each.progress
    shares = _percent(each.done), _percent(each.before)
    counts = done.villages, done.named, done.posted, done.verified, done.surveyed
    return (each.county.name, each.rank, *counts, *shares, shares[0] - shares[1])


def _percent(share: Fraction) -> int:
    """Whole percent, rounded down, so that 100 says all."""
    return int(share * 100)


def _ranked(source: Sources) -> list[_Ranked]:
    before = {county.code: _completion(county) for county in source.before.counties}
    shares = {c.code: _completion(c) for c in source.now.counties if _progress(c).villages}
    found = [
        _Ranked(
            rank=1 + sum(other > shares[county.code] for other in shares.values()),
            county=county,
            progress=_progress(county),
            done=shares[county.code],
            before=before[county.code],
        )
        for county in source.now.counties
        if county.code in shares
    ]
    return sorted(found, key=lambda each: (each.rank, each.county.code))


def _progress(county: PublicCounty) -> Progress:
    return total_progress(county.progress.values())


def _completion(county: PublicCounty) -> Fraction:
    return _share(_progress(county))


def _share(done: Progress) -> Fraction:
    """Of the four things that each village is to have, how many are there."""
    if not done.villages:
        return Fraction(0)
    return Fraction(done.named + done.posted + done.verified + done.surveyed, 4 * done.villages)


def _by_prefecture(source: Sources) -> Chart:
    texts = source.texts
    return Chart(
        title=texts["completion_chart"],
        categories=tuple(source.now.prefectures.values()),
        series=tuple(
            (texts[key], tuple(_percent(_prefecture_share(records, code)) for code in records.prefectures))
            for key, records in (("now", source.now), ("before", source.before))
        ),
    )


def _prefecture_share(records: PublicRecords, code: str) -> Fraction:
    return _share(total_progress(_progress(county) for county in records.counties if county.prefecture_code == code))


def late_section(source: Sources) -> ReportSection:
    """Counties that had not reached a milestone that was over on the last day of the period."""
    texts, standings = source.texts, milestone_standings(source.now)
    rows: list[tuple[CellValue, ...]] = []
    for county in source.now.counties:
        late = overdue(standings, county.code)
        if late:
            days = max((source.period.last - milestone.due).days for milestone in late)
            rows.append((county.name, "；".join(milestone.title for milestone in late), days))
    title = texts["late_title"]
    said = fill(texts["late"], day=source.day(source.now), count=len(rows)) if rows else texts["late_none"]
    heads = columns(
        texts, ("county", ColumnKind.TEXT), ("late_what", ColumnKind.TEXT), ("late_days", ColumnKind.NUMBER)
    )
    tables = (ReportTable(title=title, columns=heads, rows=tuple(rows)),) if rows else ()
    return ReportSection(title=title, sentences=(said, *held_back_notes(source)), tables=tables)
