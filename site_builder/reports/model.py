"""What a report is: sections of sentences, tables and charts, whoever made them and however they are written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from site_builder.model.narratives import Block
from site_builder.publication.gate import HIDDEN, Count, Hidden
from site_builder.shared.periods import Period, Span

CellValue = str | int | date | Hidden | None
"""Of a table: HIDDEN where a count is not published, None where there is nothing to say."""


class ColumnKind(StrEnum):
    """What stands in a column. A change is a number with its sign, a share whole percent."""

    TEXT = "text"
    NUMBER = "number"
    CHANGE = "change"
    SHARE = "share"
    DAY = "day"


NUMERIC = (ColumnKind.NUMBER, ColumnKind.CHANGE, ColumnKind.SHARE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportColumn:
    """A column of a table."""

    title: str
    kind: ColumnKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportTable:
    """A table; the first column heads its rows. note: a sentence below it, or ""."""

    title: str
    columns: tuple[ReportColumn, ...]
    rows: tuple[tuple[CellValue, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Bars: for each category one of each series; series: (title, numbers in the order of the categories)."""

    title: str
    categories: tuple[str, ...]
    series: tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSection:
    """A part of a report under its own head. blocks: what people have written there, instead of figures."""

    title: str
    blocks: tuple[Block, ...] = ()
    sentences: tuple[str, ...] = ()
    tables: tuple[ReportTable, ...] = ()
    charts: tuple[Chart, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report. label: the period in words; marks: what stands on each of its pages, such as that it is internal.

    dated: the day that it bears under its issuer, as it is written.
    """

    period: Period | Span
    title: str
    label: str
    issuer: str
    as_of: str
    dated: str
    marks: tuple[str, ...]
    sections: tuple[ReportSection, ...]


def change(now: Count, before: Count) -> Count:
    """How much a count has changed: hidden where one of the two is, None where one is not known."""
    if now is HIDDEN or before is HIDDEN:
        return HIDDEN
    return None if now is None or before is None else now - before


def numeric_columns(table: ReportTable) -> int:
    """How many columns at the end of a table hold numbers only."""
    kinds = [column.kind in NUMERIC for column in reversed(table.columns)]
    return kinds.index(False) if False in kinds else len(kinds)


def largest(chart: Chart) -> int:
    """The largest number of a chart, 0 where it has none."""
    return max((number for _, numbers in chart.series for number in numbers), default=0)


def chart_text(chart: Chart) -> str:
    """What a chart says, for those who cannot see it."""
    lines = [f"{title}：" + "，".join(map(" ".join, zip(chart.categories, map(str, numbers), strict=True)))
             for title, numbers in chart.series]  # fmt: skip
    return "；".join([chart.title, *lines])
