"""The internal edition's section of what units report beside their plan: every record of the period, as it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from site_builder.model.forms import Forms
from site_builder.model.schemas import Field, Schemas
from site_builder.record.records import Record, Records
from site_builder.reports.model import CellValue, ColumnKind, ReportColumn, ReportSection, ReportTable
from site_builder.shared.periods import Period, Span

_UNIT, _AREA, _PLANS = "unit_code", "area_code", "responsible_units"
_LEFT_OUT = {"data_status"}
_KINDS = {"integer": ColumnKind.NUMBER, "date": ColumnKind.DAY}


def unit_section(
    title: str, records: Records, schemas: Schemas, unit_forms: Forms, period: Period | Span
) -> ReportSection:
    """A table for each form of the units but that of their plans, which are told with the returns."""
    counties = {county.county_code for county in records.counties}
    places = {division.code: division.name for division in records.divisions if division.code in counties}
    names = {_UNIT: {unit.unit_code: unit.name for unit in records.responsible_units}, _AREA: places}
    tables = (
        _table(name, getattr(records, name), schemas, names, period) for name in unit_forms.forms if name != _PLANS
    )
    return ReportSection(title=title, tables=tuple(table for table in tables if table.rows))


def _table(
    name: str, rows: Iterable[Record], schemas: Schemas, names: Mapping[str, Mapping[str, str]], period: Period | Span
) -> ReportTable:
    fields = [field for field in schemas.tables[name].fields if field.name not in _LEFT_OUT]
    days = [field.name for field in fields if field.type == "date" and field.constraints.get("required")]
    found = [row for row in rows if any(period.holds(getattr(row, day)) for day in days)]
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
