"""A special report: on some days, and on all of the campaign, one of its subjects, or one place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from site_builder.publication.duties.rules import RULES
from site_builder.publication.public import PublicCounty, PublicRecords
from site_builder.publication.standing import county_standings, duty_standings
from site_builder.reports.model import CellValue, ColumnKind, Report, ReportSection, ReportTable, change
from site_builder.reports.public import SECTIONS
from site_builder.reports.sources import Sources, columns, report, sources
from site_builder.reports.units import unit_section
from site_builder.reports.work import Held, activities
from site_builder.shared.periods import Period, Span
from site_builder.shared.words import Words, fill

_UNITS = "units"
SUBJECTS: Mapping[str, Callable[[Sources], ReportSection]] = {**SECTIONS, _UNITS: unit_section}
_STEPS = ("named", "posted", "verified", "surveyed")


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a special report is about.

    section: the key of one, or ""; table: of the section of units the only table, or ""; place: the code of a
    prefecture, county or unit, or "".
    """

    name: str
    section: str = ""
    table: str = ""
    place: str = ""

    @property
    def key(self) -> str:
        """What it is called in commands and in the names of files: a code, or a word in English."""
        return self.place or self.table or self.section


def subjects(places: Iterable[tuple[str, str]], words: Words, inside: Iterable[str] = ()) -> Iterator[About]:
    """All that a special report can be about, the sections first, then the tables of units.

    places: (code, name) of each prefecture, county and unit; inside: the keys of the internal edition's own sections.
    """
    for key in dict.fromkeys((*SUBJECTS, *inside)):
        yield About(name=words["reports"][f"{key}_title"], section=key)
    for table, name in words["unit_tables"].items():
        yield About(name=name, section=_UNITS, table=table)
    for code, name in places:
        yield About(name=name, place=code)


def special_report(public: PublicRecords, period: Period | Span, words: Words, about: About) -> Report:
    """The special report on a subject or a place, as anyone may read it."""
    source = sources(public, period, words)
    if about.table:
        made = [unit_section(source, table=about.table)]
    elif about.section:
        made = [SUBJECTS[about.section](source)]
    elif not takes_part(source, about):
        made = [unit_section(source, about.place)]
    else:
        made = [*(make(source, about) for make in OF_PLACE.values()), unit_section(source, about.place)]
    return report(source, made, is_internal=False, about=about.name)


def takes_part(source: Sources, about: About) -> bool:
    """Whether a place has counties of the campaign: a department of the province has none."""
    return bool(_counties(source.now, about))


def _counties(records: PublicRecords, about: About) -> list[PublicCounty]:
    return [county for county in records.counties if county.code.startswith(about.place)]


def _progress(source: Sources, about: About) -> ReportSection:
    """How far the villages have come, by county and year, now and before."""
    texts, rows = source.texts, list[tuple[CellValue, ...]]()
    before = {county.code: county for county in source.before.counties}
    for county in _counties(source.now, about):
        for year, progress in county.progress.items():
            then = before[county.code].progress[year]
            for step in _STEPS:
                counts = getattr(progress, step), getattr(then, step)
                name = fill(texts["of_year"], year=year, what=texts[step])
                rows.append((county.name, name, progress.villages, *counts, change(*counts)))
    kinds = (("promised", ColumnKind.NUMBER), ("now", ColumnKind.NUMBER), ("before", ColumnKind.NUMBER))
    heads = columns(texts, ("county", ColumnKind.TEXT), ("item", ColumnKind.TEXT), *kinds)
    heads += columns(texts, ("change", ColumnKind.CHANGE))
    title = texts["progress_title"]
    table = ReportTable(title=title, columns=heads, rows=tuple(rows), note=texts["progress_note"])
    return ReportSection(title=title, tables=(table,))


def _windows(source: Sources, about: About) -> ReportSection:
    """The windows of the place, with what they lack of the notice's list."""
    texts, names, rows = source.texts, source.words["windows"], list[tuple[CellValue, ...]]()
    for county in _counties(source.now, about):
        for each in county_standings(county, source.now.campaign):
            if each.has_window or each.window_planned:
                lacks = "、".join(names[duty] for duty in each.lacks) if each.has_window else texts["no_window"]
                rows.append((county.name, str(each.year), each.plaque_hung_on, each.board_hung_on, lacks or None))
    kinds = (("plaque_hung", ColumnKind.DAY), ("board_hung", ColumnKind.DAY), ("window_lacks", ColumnKind.TEXT))
    heads = columns(texts, ("county", ColumnKind.TEXT), ("window_year", ColumnKind.TEXT), *kinds)
    title = texts["windows_title"]
    tables = (ReportTable(title=title, columns=heads, rows=tuple(rows)),) if rows else ()
    return ReportSection(title=title, sentences=() if rows else (texts["no_window"],), tables=tables)


def _activities(source: Sources, about: About) -> ReportSection:
    """What was held in the place, in these days and before them."""
    now, before = (
        _held(_counties(records, about), period)
        for records, period in ((source.now, source.period), (source.before, source.period.before))
    )
    return activities(source, now, before, source.texts["reached_note"])


def _held(counties: list[PublicCounty], period: Period | Span) -> list[Held]:
    every = [item for county in counties for item in county.activities]
    return [(item.kind, item.people_reached) for item in every if period.holds(item.over_on)]


def _duties(source: Sources, about: About) -> ReportSection:
    """The duties of the notice that a county of the place, or the place itself, has not done."""
    texts, rows = source.texts, list[tuple[CellValue, ...]]()
    names = {county.code: county.name for county in source.now.counties} | dict(source.now.prefectures)
    for item in duty_standings(source.now):
        rule = item.duty.counted_by
        for code in sorted(item.counted.behind) if rule and RULES[rule].looks_back else ():
            if code.startswith(about.place):
                rows.append((names[code], item.duty.title, item.due, source.words["coverage"][f"state_{item.state}"]))
    kinds = (("duty", ColumnKind.TEXT), ("due", ColumnKind.DAY), ("state", ColumnKind.TEXT))
    heads = columns(texts, ("county", ColumnKind.TEXT), *kinds)
    title = texts["duties_left"]
    tables = (ReportTable(title=title, columns=heads, rows=tuple(rows)),) if rows else ()
    return ReportSection(title=title, sentences=() if rows else (texts["duties_left_none"],), tables=tables)


OF_PLACE: Mapping[str, Callable[[Sources, About], ReportSection]] = {
    "progress": _progress,
    "windows": _windows,
    "activities": _activities,
    "duties": _duties,
}
"""The sections of a report on a place that has counties, by the keys of those of the whole campaign."""
