"""What a report is made from, and the two columns that all its tables of figures end with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from site_builder.model.campaign import DataStatus
from site_builder.model.narratives import INTERNAL, Narrative
from site_builder.publication.gate import Count
from site_builder.publication.public import PublicRecords
from site_builder.reports.model import CellValue, ColumnKind, Report, ReportColumn, ReportSection, ReportTable, change
from site_builder.shared import periods
from site_builder.shared.periods import Period, Span
from site_builder.shared.words import Words, fill
from site_builder.shared.words import WordSection as Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """The public records on the last day of the period and of the one before it. texts: the words of the reports."""

    public: PublicRecords
    now: PublicRecords
    before: PublicRecords
    period: Period | Span
    words: Words

    @property
    def texts(self) -> Texts:
        """The words of the reports."""
        return self.words["reports"]

    def day(self, records: PublicRecords) -> str:
        """The day of some records as it is written."""
        return self.written(records.campaign.data_as_of)

    def written(self, day: date) -> str:
        """A day as it is written in sentences."""
        return fill(self.words["common"]["date"], year=day.year, month=day.month, day=day.day)


def sources(public: PublicRecords, period: Period | Span, words: Words) -> Sources:
    """The sources of a period that is over, or of other days to which the public records look back. KeyError else."""
    past = public.past
    return Sources(public=public, now=past[period.last], before=past[period.before.last], period=period, words=words)


def label(period: Period | Span, words: Words) -> str:
    """A period in words, such as 2018年第二季度; how far it has come, where it is not over; a special report's days."""
    texts, dates = words["reports"], words["common"]["date"]
    if isinstance(period, Span):
        first, last = (fill(dates, year=day.year, month=day.month, day=day.day) for day in (period.first, period.last))
        if period.of is None:
            return fill(texts["label_special"], first=first, last=last)
        return fill(texts["label_until"], period=label(period.of, words), last=last)
    names = {periods.PeriodKind.QUARTER: "number", periods.PeriodKind.HALF: "half"}
    number = texts[f"{names[period.kind]}_{period.number}"] if period.kind in names else period.number
    return fill(texts[f"label_{period.kind}"], year=period.year, number=number)


def report(source: Sources, sections: Iterable[ReportSection], *, is_internal: bool, about: str = "") -> Report:
    """A report of these sections, with its head. about: the place or the subject of a special one, or ""."""
    campaign, texts = source.public.campaign, source.texts
    name = fill(texts[f"title_{source.period.kind}"], title=campaign.title)
    name += fill(texts["about"], about=about) if about else ""
    text = Narrative() if about else narrative(source, is_internal=is_internal)
    marks = [texts["internal"]] if is_internal else []
    marks += [texts["not_over"]] if isinstance(source.period, Span) and source.period.of else []
    marks += [texts["demo"]] if campaign.data_status is DataStatus.DEMO else []
    return Report(
        period=source.period,
        title=name,
        label=label(source.period, source.words),
        issuer=campaign.site.footer.operator or campaign.site.footer.organiser,
        as_of=source.day(source.now),
        dated=source.written(text.dated) if text.dated else source.day(source.now),
        marks=tuple(marks),
        sections=(*sections, *(ReportSection(title=part.title, blocks=part.blocks) for part in text.parts)),
    )


def narrative(source: Sources, *, is_internal: bool) -> Narrative:
    """What people have written beside a period's figures; the internal edition has its own where there is one."""
    period = source.period.of if isinstance(source.period, Span) else source.period
    every, key = source.public.campaign.narratives, period.key if period else ""
    own = every.get(key + INTERNAL) if is_internal else None
    return own or every.get(key, Narrative())


def held_back_notes(source: Sources) -> tuple[str, ...]:
    """A sentence on the held-back counties whose data do not reach beyond the period."""
    late = [c for c in source.now.counties if c.held_back and c.held_back <= source.period.last]
    if not late:
        return ()
    texts = source.texts
    named = [
        fill(texts["kept_back_county"], county=county.name, day=source.written(county.held_back))
        for county in late
        if county.held_back
    ]
    return (fill(texts["kept_back"], counties="、".join(named)),)


def columns(texts: Texts, *kinds: tuple[str, ColumnKind]) -> tuple[ReportColumn, ...]:
    """Columns by the keys of their titles."""
    return tuple(ReportColumn(title=texts[key], kind=kind) for key, kind in kinds)


def compared(
    source: Sources, title: str, rows: Iterable[tuple[str, Count, Count]], *, head: str = "item", note: str = ""
) -> ReportTable:
    """A table of (name, this period, the one before) with the change. head: the key of the first column's title."""
    kinds = (("now", ColumnKind.NUMBER), ("before", ColumnKind.NUMBER), ("change", ColumnKind.CHANGE))
    cells: Iterable[tuple[CellValue, ...]] = ((name, now, before, change(now, before)) for name, now, before in rows)
    return ReportTable(
        title=title, columns=columns(source.texts, (head, ColumnKind.TEXT), *kinds), rows=tuple(cells), note=note
    )
