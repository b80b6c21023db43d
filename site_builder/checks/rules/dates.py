"""Rules of time: what follows in life does not come before in the record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from site_builder.checks.rules.scope import Scope
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem

_DATE_ORDERS = {
    "liaisons": ["from_date", "posted_on", "posting_verified_on"],
    "windows": ["opened_on", "moved_on"],
    "feedback": ["received_on", "handled_on"],
    "deliveries": ["delivered_on", "hung_on", "verified_on"],
    "cases": ["closed_on", "reviewed_on"],
}
_ANNOUNCED = ("activities", "held_on")


def dates_are_in_order(scope: Scope) -> Iterator[Problem]:
    """What follows in life does not come before in the record; a term of office ends after it starts."""
    for name, columns in [*_DATE_ORDERS.items(), ("liaisons", ["from_date", "to_date"])]:
        for record in getattr(scope.records, name):
            filled = [(column, getattr(record, column)) for column in columns if getattr(record, column)]
            for (earlier, first), (later, second) in pairwise(filled):
                if second < first:
                    table = scope.schemas.tables[name]
                    words = {"earlier": table.field(earlier).title, "later": table.field(later).title}
                    days = {"earlier_date": first, "later_date": second}
                    yield scope.problem(Code.DATES_ORDER, record, later, **words, **days)


def no_date_lies_ahead(scope: Scope) -> Iterator[Problem]:
    """No record is dated after the day that the data are said to reach, except an activity that is announced."""
    as_of = scope.campaign.data_as_of
    for name, table in scope.schemas.tables.items():
        columns = [field.name for field in table.fields if field.type == "date"]
        for record in getattr(scope.records, name) if columns else ():
            for column in columns:
                day: date | None = getattr(record, column)
                if day and day > as_of and (name, column) != _ANNOUNCED:
                    yield scope.problem(Code.DATE_FUTURE, record, column, date=day, as_of=as_of)


def nothing_is_verified_before_it_is_done(scope: Scope) -> Iterator[Problem]:
    """A verified posting was posted, a verified board hangs."""
    pairs = [("liaisons", "posted_on", "posting_verified_on"), ("deliveries", "hung_on", "verified_on")]
    for name, done, verified in pairs:
        table = scope.schemas.tables[name]
        for record in getattr(scope.records, name):
            if getattr(record, verified) and not getattr(record, done):
                words = {"verified": table.field(verified).title, "done": table.field(done).title}
                yield scope.problem(Code.VERIFIED_WITHOUT_POSTING, record, done, **words)
