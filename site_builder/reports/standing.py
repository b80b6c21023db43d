"""How far the campaign has come: villages, windows and milestones against what was promised, and the budgets."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.publication.duties.rules import RULES
from site_builder.publication.public import PublicRecords
from site_builder.publication.standing import YearStanding, duty_standings, milestone_standings, year_standings
from site_builder.reports.model import CellValue, Chart, ColumnKind, ReportSection, ReportTable, change
from site_builder.reports.sources import Sources, columns, held_back_notes
from site_builder.shared.words import fill

_STEPS = ("named", "posted", "verified", "surveyed")
_WINDOWS = ("windows", "built", "plaques", "boards")


def progress_section(source: Sources) -> ReportSection:
    """What is done of what each year promised, now and at the end of the period before."""
    texts = source.texts
    pairs = list(zip(year_standings(source.now), year_standings(source.before), strict=True))
    kinds = (
        ("promised", ColumnKind.NUMBER),
        ("now", ColumnKind.NUMBER),
        ("before", ColumnKind.NUMBER),
        ("change", ColumnKind.CHANGE),
    )
    table = ReportTable(
        title=texts["progress_title"],
        columns=columns(texts, ("item", ColumnKind.TEXT), *kinds),
        rows=tuple(row for now, before in pairs for row in _year(source, now, before)),
        note=texts["progress_note"],
    )
    own = next(pair for pair in pairs if pair[0].target.year == source.public.campaign.year)
    return ReportSection(
        title=texts["progress_title"],
        sentences=(_summary(source, own[0]), *held_back_notes(source)),
        tables=(table,),
        charts=(_chart(source, *own),),
    )


def _year(source: Sources, now: YearStanding, before: YearStanding) -> Iterator[tuple[CellValue, ...]]:
    for step in _STEPS:
        counts = getattr(now.progress, step), getattr(before.progress, step)
        yield _name(source, now, step), now.target.villages, *counts, change(*counts)
    for what in _WINDOWS:
        counts = getattr(now, what), getattr(before, what)
        yield _name(source, now, what), len(now.target.window_counties), *counts, change(*counts)


def _name(source: Sources, year: YearStanding, what: str) -> str:
    return fill(source.texts["of_year"], year=year.target.year, what=source.texts[what])


def _summary(source: Sources, now: YearStanding) -> str:
    steps = {step: getattr(now.progress, step) for step in _STEPS}
    windows = {what: getattr(now, what) for what in _WINDOWS}
    return fill(
        source.texts["summary"],
        day=source.day(source.now),
        year=now.target.year,
        villages=now.target.villages,
        window_counties=len(now.target.window_counties),
        **steps,
        **windows,
    )


def _chart(source: Sources, now: YearStanding, before: YearStanding) -> Chart:
    texts = source.texts
    return Chart(
        title=fill(texts["progress_chart"], year=now.target.year, villages=now.target.villages),
        categories=tuple(texts[step] for step in _STEPS),
        series=tuple(
            (texts[key], tuple(getattr(year.progress, step) for step in _STEPS))
            for key, year in (("now", now), ("before", before))
        ),
    )


def milestone_section(source: Sources) -> ReportSection:
    """The milestones as they stood on the last day of the period."""
    texts, own = source.texts, source.words["standing"]
    rows: list[tuple[CellValue, ...]] = []
    for item in milestone_standings(source.now):
        late = (source.period.last - item.milestone.due).days
        state = fill(own[item.state], days=late)
        behind = len(item.behind) if item.planned is not None else None
        rows.append((item.milestone.title, item.milestone.due, state, item.done, item.planned, behind))
    kinds = (
        ("state", ColumnKind.TEXT),
        ("done", ColumnKind.NUMBER),
        ("promised", ColumnKind.NUMBER),
        ("areas_behind", ColumnKind.NUMBER),
    )
    heads = columns(texts, ("milestone", ColumnKind.TEXT), ("due", ColumnKind.DAY), *kinds)
    title = texts["milestones_title"]
    table = ReportTable(title=title, columns=heads, rows=tuple(rows), note=texts["milestones_note"])
    return ReportSection(title=title, tables=(table,))


def duty_section(source: Sources) -> ReportSection:
    """The duties that rules count, as they stood on the period's last day, where the records tell of that day."""
    texts, own, rows = source.texts, source.words["coverage"], list[tuple[CellValue, ...]]()
    for item in duty_standings(source.now):
        rule = item.duty.counted_by
        if rule and RULES[rule].looks_back:
            counted = item.counted
            behind = len(counted.behind) if counted.planned is not None else None
            state = own[f"state_{item.state}"]
            rows.append((item.duty.title, item.duty.measure, item.due, state, counted.done, counted.planned, behind))
    kinds = (
        ("done", ColumnKind.NUMBER),
        ("promised", ColumnKind.NUMBER),
        ("areas_behind", ColumnKind.NUMBER),
    )
    heads = columns(texts, ("duty", ColumnKind.TEXT), ("measure", ColumnKind.TEXT), ("due", ColumnKind.DAY))
    heads += columns(texts, ("state", ColumnKind.TEXT), *kinds)
    title = texts["duties_title"]
    table = ReportTable(title=title, columns=heads, rows=tuple(rows), note=texts["duties_note"])
    return ReportSection(title=title, tables=(table,))


def window_section(source: Sources) -> ReportSection:
    """Every window that was promised: opened, plaque and board hung by the last day of the period."""
    texts, rows = source.texts, list[tuple[CellValue, ...]]()
    names = {county.code: county for county in source.now.counties}
    for target in source.now.campaign.targets:
        for code in target.window_counties:
            county = names.get(code)
            found = [w for w in county.windows if w.campaign_year == target.year] if county else []
            days = (found[0].opened_on, found[0].plaque_hung_on, found[0].board_hung_on) if found else (None,) * 3
            lacking = "、".join(source.words["windows"][each] for each in found[0].lacks) if found else None
            rows.append((county.name if county else code, target.year, *days, lacking))
    kinds = (
        ("window_year", ColumnKind.TEXT),
        ("opened", ColumnKind.DAY),
        ("plaque_hung", ColumnKind.DAY),
        ("board_hung", ColumnKind.DAY),
        ("window_lacks", ColumnKind.TEXT),
    )
    heads = columns(texts, ("county", ColumnKind.TEXT), *kinds)
    table = ReportTable(title=texts["windows_title"], columns=heads, rows=tuple(rows), note=texts["windows_note"])
    return ReportSection(title=texts["windows_title"], tables=(table,))


def budget_section(source: Sources) -> ReportSection:
    """Which counties' legal-aid funds stand in their budgets, by prefecture, and which do not yet."""
    texts, rows = source.texts, list[tuple[CellValue, ...]]()
    for code, name in source.now.prefectures.items():
        now, before = (_budgeted(records, code) for records in (source.now, source.before))
        rows.append((name, now[1], now[0], before[0], now[0] - before[0]))
    kinds = (
        ("counties", ColumnKind.NUMBER),
        ("now", ColumnKind.NUMBER),
        ("before", ColumnKind.NUMBER),
        ("change", ColumnKind.CHANGE),
    )
    heads = columns(texts, ("prefecture", ColumnKind.TEXT), *kinds)
    missing = [county.name for county in source.now.counties if county.budget_included_on is None]
    done = len(source.now.counties) - len(missing)
    said = fill(texts["budgets"], day=source.day(source.now), done=done, counties=len(source.now.counties))
    lacking = fill(texts["budgets_missing"], counties="、".join(missing)) if missing else texts["budgets_all"]
    table = ReportTable(title=texts["budgets_title"], columns=heads, rows=tuple(rows))
    return ReportSection(title=texts["budgets_title"], sentences=(said, lacking), tables=(table,))


def _budgeted(records: PublicRecords, prefecture: str) -> tuple[int, int]:
    """(how many counties of a prefecture have their budget, how many there are)."""
    counties = [county for county in records.counties if county.prefecture_code == prefecture]
    return sum(county.budget_included_on is not None for county in counties), len(counties)
