"""What may be told of what units report beside their plan: that they did it, and counts of persons rounded down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from site_builder.publication.gate import Count, Gate, PublicRecord, derived, rounded_counts, title_of
from site_builder.record.facts import is_department
from site_builder.record.records import Record, Records, group_by
from site_builder.record.unit_records import CaseReview, Helpers

# By table, the column that says of what a record is, and that of its day.
_EVIDENCE: Mapping[str, tuple[str, str]] = {
    "helpers": ("kind", "counted_on"),
    "special_actions": ("group", "from_date"),
    "quality_assessments": ("period", "assessed_on"),
    "case_reviews": ("case_id", "reviewed_on"),
    "pilot_months": ("period", "reported_on"),
    "station_work": ("period", "reported_on"),
    "county_surveys": ("area_code", "surveyed_on"),
    "unit_work": ("kind", "done_on"),
    "unit_checks": ("method", "checked_on"),
    "unit_targets": ("indicator", "set_on"),
}
_PASSED = "passed"
_DEFENCE = ("defendants", "defended_by_aid", "defended_by_own", "duty_lawyer_help")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence(PublicRecord):
    """That a unit has a record in a table, of which thing, and its day; a case that was sent back is none."""

    table: str
    of: str
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicAction(PublicRecord):
    """A special action for a group of people; group is a Chinese title, unit the name of whoever held it."""

    unit_code: str
    unit: str = field(metadata=derived("responsible_units.name"))
    group: str = field(metadata=title_of("special_actions.group"))
    from_date: date | None
    to_date: date | None
    title: str
    done: str
    events: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HelperCount(PublicRecord):
    """How many lawyers or volunteers of a kind help in the province, rounded; kind is a Chinese title, "" for all."""

    kind: str
    persons: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class DefenceCount(PublicRecord):
    """What a pilot area has reported: its months, and over all of them persons, rounded."""

    area_code: str
    months: int
    defendants: Count
    defended_by_aid: Count
    defended_by_own: Count
    duty_lawyer_help: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitReports(PublicRecord):
    """What the public is told of the units' reports: special actions, the latest first, who helps, what pilots do."""

    actions: tuple[PublicAction, ...]
    helpers: tuple[HelperCount, ...]
    defence: tuple[DefenceCount, ...]


def unit_reports(records: Records, gate: Gate, kinds: Mapping[str, str], smallest: int) -> UnitReports:
    """What may be told. kinds: titles of the kinds of helpers; smallest: the smallest count that is published."""
    return UnitReports(
        actions=_actions(records, gate),
        helpers=_helpers(records, gate, kinds, smallest),
        defence=_defence(records, gate, smallest),
    )


def evidence(records: Records, gate: Gate) -> dict[str, tuple[Evidence, ...]]:
    """By unit code what it has done, in the order of the record, as far as that may be counted."""
    found: dict[str, list[Evidence]] = {}
    for table, (of, day) in _EVIDENCE.items():
        if gate.may_count(*(f"{table}.{column}" for column in ("unit_code", of, day))):
            for unit, each in _of_table(getattr(records, table), gate, table, of, day):
                found.setdefault(unit, []).append(each)
    return {unit: tuple(each) for unit, each in found.items()}


def _of_table(rows: Iterable[Record], gate: Gate, table: str, of: str, day: str) -> Iterator[tuple[str, Evidence]]:
    for row in rows:
        if not isinstance(row, CaseReview) or _has_passed(row, gate):
            yield getattr(row, "unit_code", ""), Evidence(table=table, of=getattr(row, of), day=getattr(row, day))


def _has_passed(review: CaseReview, gate: Gate) -> bool:
    return gate.may_count("case_reviews.outcome") and review.outcome == _PASSED


def _actions(records: Records, gate: Gate) -> tuple[PublicAction, ...]:
    """The special actions, the latest first."""
    units = {unit.unit_code: unit for unit in records.responsible_units}
    passed = [gate.public(PublicAction, action, units.get(action.unit_code)) for action in records.special_actions]
    return tuple(sorted(passed, key=lambda action: (str(action.from_date), action.unit, action.title), reverse=True))


def _helpers(records: Records, gate: Gate, kinds: Mapping[str, str], smallest: int) -> tuple[HelperCount, ...]:
    """How many help, by kind and then in all; none where they may not be counted, or nobody has.

    As the places report them. A department's figures are the province's own of the same people (its lawyers' office
    counts every lawyer who takes part, and each of them is in the count of a place), so they would count them twice.
    """
    of_places = [row for row in records.helpers if not is_department(row.unit_code)]
    if not of_places or not gate.may_count("helpers.kind", "helpers.persons"):
        return ()
    by_kind = group_by(of_places, lambda row: row.kind)
    rounded, total = rounded_counts([_persons(by_kind.get(kind, ())) for kind in kinds], smallest)
    counted = [HelperCount(kind=title, persons=count) for title, count in zip(kinds.values(), rounded, strict=True)]
    return (*counted, HelperCount(kind="", persons=total))


def _persons(rows: Iterable[Helpers]) -> int:
    return sum(row.persons for row in rows)


def _defence(records: Records, gate: Gate, smallest: int) -> tuple[DefenceCount, ...]:
    """What each pilot area has reported so far, each count rounded by itself; none where it may not be counted."""
    if not gate.may_count("pilot_months.unit_code", "pilot_months.period"):
        return ()
    by_area = group_by(records.pilot_months, lambda row: row.unit_code)
    return tuple(
        DefenceCount(
            area_code=area,
            months=len(months),
            **{
                name: rounded_counts([sum(getattr(month, name) or 0 for month in months)], smallest)[1]
                if gate.may_count(f"pilot_months.{name}")
                else None
                for name in _DEFENCE
            },
        )
        for area, months in sorted(by_area.items())
    )
