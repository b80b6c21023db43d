"""Rules of time: what follows in life does not come before in the record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from site_builder.checks.rules.scope import Scope
from site_builder.model.relations import earlier
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem

AHEAD = {("activities", "held_on"), ("unit_targets", "due_on")}
"""The days, by table and column, that are announced or set: they may lie ahead."""


def dates_are_in_order(scope: Scope) -> Iterator[Problem]:
    """What follows in life does not come before in the record; a term of office ends after it starts.

    A date is compared with the nearest of those before it that is filled in.
    """
    for name, table in scope.schemas.tables.items():
        for later in [field for field in table.fields if field.not_before]:
            before = [table.field(column) for column in earlier(table, later.name)]
            for record in getattr(scope.records, name):
                first = next((field for field in before if getattr(record, field.name)), None)
                if first and (getattr(record, later.name) or date.max) < getattr(record, first.name):
                    words = {"earlier": first.title, "later": later.title}
                    days = {"earlier_date": getattr(record, first.name), "later_date": getattr(record, later.name)}
                    yield scope.problem(Code.DATES_ORDER, record, later.name, **words, **days)


def no_date_lies_ahead(scope: Scope) -> Iterator[Problem]:
    """No record is dated after the day that the data are said to reach, but an announced activity and a set day."""
    as_of = scope.campaign.data_as_of
    for name, table in scope.schemas.tables.items():
        columns = [field.name for field in table.fields if field.type == "date"]
        for record in getattr(scope.records, name) if columns else ():
            for column in columns:
                day: date | None = getattr(record, column)
                if day and day > as_of and (name, column) not in AHEAD:
                    yield scope.problem(Code.DATE_FUTURE, record, column, date=day, as_of=as_of)


def nothing_is_verified_before_it_is_done(scope: Scope) -> Iterator[Problem]:
    """A verified posting was posted, a verified board hangs."""
    pairs = [("liaisons", "posted_on", "posting_verified_on"), ("deliveries", "hung_on", "verified_on")]
    for name, done, verified in pairs:
        table = scope.schemas.tables[name]
        for record in getattr(scope.records, name):
            if getattr(record, verified) and not getattr(record, done):
                words = {"verified": table.field(verified).title, "done": table.field(done).title}
                yield scope.problem(Code.VERIFIED_WITHOUT_POSTING, record, done, **words, day=getattr(record, verified))
