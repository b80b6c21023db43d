"""The internal edition's section of what units report beside their plan: the sums, then every record of the period."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from site_builder.model.forms import Forms
from site_builder.model.schemas import Field, Schemas, Table
from site_builder.publication.gate import Count
from site_builder.record.facts import is_department, is_of_place
from site_builder.record.records import Record, Records, ResponsibleUnit
from site_builder.record.unit_records import Helpers
from site_builder.reports.model import CellValue, ColumnKind, ReportColumn, ReportSection, ReportTable
from site_builder.reports.sources import Sources, compared
from site_builder.reports.special import About
from site_builder.shared.periods import Period, Span
from site_builder.shared.words import fill

_UNIT, _AREA, _PLANS = "unit_code", "area_code", "responsible_units"
ALL_OF_IT = About(name="")
_LEFT_OUT = {"data_status"}
_PLAN_DAYS = ("plan_reported_on", "group_formed_on", "budget_included_on")
_OF_PLANS = ("plan_reported_on", "group_formed_on", "group_head", "office_at", "budget_included_on")
_KINDS = {"integer": ColumnKind.NUMBER, "date": ColumnKind.DAY}
# By table, the figures of which those of several records may be added: each is of its own days.
_ADDED: Mapping[str, tuple[str, ...]] = {
    "special_actions": ("events", "persons_helped"),
    "quality_assessments": ("cases_sampled", "cases_good", "cases_registered"),
    "station_work": ("duty_days", "persons_helped"),
    "pilot_months": ("defendants", "defended_by_aid", "defended_by_own", "duty_lawyer_help", "funds_yuan"),
}
_OF_A_KIND = {"unit_work": ("kind", ("persons",)), "unit_checks": ("subject", ("looked_at", "as_reported"))}
"""By table, the kind of a record and the figures of which only those of one kind may be added."""


def unit_section(
    source: Sources, records: Records, schemas: Schemas, unit_forms: Forms, about: About = ALL_OF_IT
) -> ReportSection:
    """Who leads in each unit, the sums, and a table for each other form of the units.

    about: of a place the records of its units are told, and what others found there; of a table it alone.
    """
    period, texts = source.period, source.texts
    counties = {county.county_code for county in records.counties}
    places = {division.code: division.name for division in records.divisions if division.code in counties}
    names = {_UNIT: {unit.unit_code: unit.name for unit in records.responsible_units}, _AREA: places}
    asked = {
        name: [row for row in getattr(records, name) if is_of_place(row, about.place)]
        for name in unit_forms.forms
        if name != _PLANS and about.table in {"", name}
    }
    tables = [_table(name, rows, schemas, names, period) for name, rows in asked.items()]
    units = [unit for unit in records.responsible_units if not about.table and is_of_place(unit, about.place)]
    sums = compared(source, texts["unit_totals"], _sums(source, asked, schemas), note=texts["unit_totals_note"])
    shown = tuple(table for table in (_plans(source, units, schemas), sums, *tables) if table.rows)
    return ReportSection(title=texts["units_title"], sentences=() if shown else (texts["units_none"],), tables=shown)


def _plans(source: Sources, units: Iterable[ResponsibleUnit], schemas: Schemas) -> ReportTable:
    """Of each unit by the end of the period the day of its plan, its leading group with head and office, its budget."""
    table, day = schemas.tables[_PLANS], source.period.last
    fields = [table.field(name) for name in ("name", *_OF_PLANS)]
    rows = []
    for unit in units:
        known: dict[str, CellValue] = {name: _until(getattr(unit, name), day) for name in _PLAN_DAYS}
        if known["group_formed_on"]:
            known |= {"group_head": unit.group_head, "office_at": unit.office_at}
        rows.append((unit.name, *(known.get(name) or None for name in _OF_PLANS)))
    return ReportTable(title=table.title, columns=tuple(map(_column, fields)), rows=tuple(rows))


def _until(found: date | None, day: date) -> date | None:
    return found if found and found <= day else None


def _sums(source: Sources, asked: Mapping[str, list[Record]], schemas: Schemas) -> Iterator[tuple[str, Count, Count]]:
    """What all units together report in the period and in the one before; nothing of a table that has neither."""
    periods = source.period, source.period.before
    for name, rows in asked.items():
        table = schemas.tables[name]
        now, then = (_of_period(table, rows, period) for period in periods)
        if now or then:
            yield fill(source.texts["unit_records"], table=table.title), len(now), len(then)
        for field in _ADDED.get(name, ()) if now or then else ():
            title = fill(source.texts["unit_sum"], table=table.title, field=table.field(field).title)
            yield title, _sum(now, field), _sum(then, field)
        yield from _sums_by_kind(source, table, now, then)
    persons = [_helpers(asked.get("helpers", ()), period.last) for period in periods]
    if any(persons):
        table = schemas.tables["helpers"]
        title = fill(source.texts["unit_sum"], table=table.title, field=table.field("persons").title)
        yield title, persons[0], persons[1]


def _sums_by_kind(
    source: Sources, table: Table, now: list[Record], then: list[Record]
) -> Iterator[tuple[str, Count, Count]]:
    """Figures' sums by the kind of the records, of those kinds of which any is known: lawyers are no villagers."""
    kind, figures = _OF_A_KIND.get(table.name, ("", ()))
    for code, title in table.field(kind).choices.items() if kind else ():
        own = [[row for row in rows if getattr(row, kind) == code] for rows in (now, then)]
        for figure in figures:
            if any(getattr(row, figure) is not None for rows in own for row in rows):
                words = {"table": table.title, "field": table.field(figure).title, "kind": title}
                yield fill(source.texts["unit_sum_of_kind"], **words), _sum(own[0], figure), _sum(own[1], figure)


def _sum(rows: Iterable[Record], field: str) -> int | None:
    """The sum of what is known; None where there are records and of none it is known."""
    values = [getattr(row, field) for row in rows]
    known = [value for value in values if value is not None]
    return sum(known) if known or not values else None


def _helpers(rows: Iterable[Record], day: date) -> int:
    """How many help on a day: what each place last said of each kind. A department counts the same people again."""
    helpers = (row for row in rows if isinstance(row, Helpers))
    found = [row for row in helpers if row.counted_on <= day and not is_department(row.unit_code)]
    latest = {(row.unit_code, row.kind): row.persons for row in sorted(found, key=lambda row: row.counted_on)}
    return sum(latest.values())


def _of_period(table: Table, rows: Iterable[Record], period: Period | Span) -> list[Record]:
    """The records with a day of the period that each of the table must have."""
    days = [field.name for field in table.fields if field.type == "date" and field.constraints.get("required")]
    return [row for row in rows if any(period.holds(getattr(row, day)) for day in days)]


def _table(
    name: str, rows: Iterable[Record], schemas: Schemas, names: Mapping[str, Mapping[str, str]], period: Period | Span
) -> ReportTable:
    fields = [field for field in schemas.tables[name].fields if field.name not in _LEFT_OUT]
    found = _of_period(schemas.tables[name], rows, period)
    return ReportTable(
        title=schemas.tables[name].title,
        columns=tuple(_column(field) for field in fields),
        rows=tuple(tuple(_cells(row, fields, names)) for row in found),
    )


def _column(field: Field) -> ReportColumn:
    return ReportColumn(title=field.title, kind=_KINDS.get(field.type, ColumnKind.TEXT))


def _cells(row: Record, fields: Iterable[Field], names: Mapping[str, Mapping[str, str]]) -> Iterator[CellValue]:
    """The cells of a row: the name of a unit or a county for its code, a choice's title for its own."""
    for field in fields:
        value: str | int | date | None = getattr(row, field.name)
        known = names.get(field.name, field.choices)
        yield known.get(value, value) if isinstance(value, str) else value
