"""Rules of the reports' figures: counties assess themselves, superiors verify, panels judge half-years and years."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from site_builder.checks.rules.scope import Scope
from site_builder.shared import periods
from site_builder.shared.codes import Code
from site_builder.shared.periods import PeriodKind
from site_builder.shared.problems import Problem

_VERIFICATION = ("verified_value", "verification_method", "verified_on", "verified_by")
_PANEL = ("panel_value", "panel_on", "panel")


def indicators_add_up(scope: Scope) -> Iterator[Problem]:
    """A quarter is the sum of its months, a half-year of its quarters, a year of its halves, where all are reported."""
    titles = scope.schemas.code_lists["indicators"]
    values = {(i.county_code, i.period, i.indicator): i.self_value for i in scope.records.indicators}
    for item in scope.records.indicators:
        period = periods.parse(item.period)
        keys = [(item.county_code, part.key, item.indicator) for part in (period.parts if period else ())]
        total = sum(values.get(key, 0) for key in keys)
        if keys and all(key in values for key in keys) and total != item.self_value:
            words = {"indicator": titles[item.indicator], "value": item.self_value, "sum": total}
            yield scope.problem(Code.INDICATOR_SUM, item, "self_value", period=item.period, **words)


def verification_is_whole(scope: Scope) -> Iterator[Problem]:
    """Who verified says what, how, when and who; a panel says what, when and which."""
    table = scope.schemas.tables["indicators"]
    for code, columns in [(Code.INDICATOR_VERIFICATION, _VERIFICATION), (Code.INDICATOR_PANEL, _PANEL)]:
        for item in scope.records.indicators:
            blank = [column for column in columns if getattr(item, column) in (None, "")]
            if blank and len(blank) < len(columns):
                missing = "、".join(table.field(column).title for column in blank)
                yield scope.problem(code, item, blank[0], missing=missing)


def panels_judge_half_years(scope: Scope) -> Iterator[Problem]:
    """The panels judge half-years and years only."""
    for item in scope.records.indicators:
        period = periods.parse(item.period)
        if item.panel_on and period and period.kind not in (PeriodKind.HALF, PeriodKind.YEAR):
            yield scope.problem(Code.INDICATOR_PANEL_PERIOD, item, "panel_value", period=item.period)


def periods_are_over(scope: Scope) -> Iterator[Problem]:
    """No figure is given of a period that is not over on the day of the data."""
    as_of = scope.campaign.data_as_of
    for item in scope.records.indicators:
        period = periods.parse(item.period)
        if period and period.last > as_of:
            days = {"last": period.last, "as_of": as_of}
            yield scope.problem(Code.INDICATOR_PERIOD_AHEAD, item, "period", period=item.period, **days)


def assessment_comes_in_order(scope: Scope) -> Iterator[Problem]:
    """A figure is verified on the last day of its period or later, and judged when that is done."""
    table = scope.schemas.tables["indicators"]
    for item in scope.records.indicators:
        period = periods.parse(item.period)
        days = [("period", period.last if period else None)]
        days += [(column, getattr(item, column)) for column in ("verified_on", "panel_on")]
        known = [(column, day) for column, day in days if day]
        for (earlier, first), (later, second) in pairwise(known):
            if second < first:
                words = {"earlier": table.field(earlier).title, "later": table.field(later).title}
                yield scope.problem(Code.INDICATOR_ORDER, item, later, **words, earlier_date=first, later_date=second)
