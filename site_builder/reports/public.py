"""The public edition of a report: its sections from public records, in their order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from site_builder.publication.public import PublicRecords
from site_builder.reports import ranking, standing, work
from site_builder.reports.model import Report, ReportSection
from site_builder.reports.sources import Sources, report, sources
from site_builder.shared import periods
from site_builder.shared.periods import Period, Span
from site_builder.shared.words import Words

SECTIONS: Mapping[str, Callable[[Sources], ReportSection]] = {
    "progress": standing.progress_section,
    "milestones": standing.milestone_section,
    "windows": standing.window_section,
    "needs": work.need_section,
    "hotline": work.hotline_section,
    "activities": work.activity_section,
    "cases": work.case_section,
    "budgets": standing.budget_section,
    "ranking": ranking.ranking_section,
    "late": ranking.late_section,
    "duties": standing.duty_section,
}


def periods_over(public: PublicRecords) -> Iterator[Period]:
    """The periods that have a report: those of the campaign's year that are over on the day of the data."""
    return periods.periods_over(public.campaign.year, public.campaign.data_as_of)


def public_report(public: PublicRecords, period: Period | Span, words: Words) -> Report:
    """The report of a period that is over, or of how far one has come, as anyone may read it."""
    source = sources(public, period, words)
    return report(source, [make(source) for make in SECTIONS.values()], is_internal=False)
