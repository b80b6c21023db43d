"""What units report beside their plan, as far as the public may know: that it was done, when, and special actions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from site_builder.publication.duties.reported import PublicAction
from site_builder.publication.public import PublicRecords, PublicUnit
from site_builder.reports.model import CellValue, ColumnKind, ReportSection, ReportTable, change
from site_builder.reports.sources import Sources, columns
from site_builder.shared.periods import Period, Span

_ACTIONS = "special_actions"


def unit_section(source: Sources, place: str = "", table: str = "") -> ReportSection:
    """Of each unit, how many records of each kind are of these days and of those before, and its special actions.

    place: the code that the units' codes begin with, or "" for all of them, the province's departments too; table: the
    only kind that is told, or "" for all.
    """
    texts, titles = source.texts, source.words["unit_tables"]
    asked = {table: titles[table]} if table else dict(titles)
    made = [_records(source, place, asked), *([_actions(source, place)] if _ACTIONS in asked else [])]
    tables = tuple(each for each in made if each.rows)
    return ReportSection(title=texts["units_title"], sentences=() if tables else (texts["units_none"],), tables=tables)


def _units(records: PublicRecords, place: str) -> list[PublicUnit]:
    return [unit for unit in records.units if unit.unit_code.startswith(place)]


def _records(source: Sources, place: str, titles: Mapping[str, str]) -> ReportTable:
    texts = source.texts
    before = {unit.unit_code: _counted(unit, source.period.before) for unit in _units(source.before, place)}
    rows: list[tuple[CellValue, ...]] = []
    for unit in _units(source.now, place):
        now, then = _counted(unit, source.period), before[unit.unit_code]
        rows += [
            (unit.name, title, now[table], then[table], change(now[table], then[table]))
            for table, title in titles.items()
            if now[table] or then[table]
        ]
    kinds = (("now", ColumnKind.NUMBER), ("before", ColumnKind.NUMBER), ("change", ColumnKind.CHANGE))
    heads = columns(texts, ("unit", ColumnKind.TEXT), ("form", ColumnKind.TEXT), *kinds)
    return ReportTable(title=texts["units_records"], columns=heads, rows=tuple(rows), note=texts["units_note"])


def _counted(unit: PublicUnit, period: Period | Span) -> Counter[str]:
    """How many records of the days a unit has, by table."""
    return Counter(each.table for each in unit.evidence if period.holds(each.day))


def _actions(source: Sources, place: str) -> ReportTable:
    """The special actions that began in these days, in the order of the site, the latest first."""
    texts, codes = source.texts, {unit.unit_code for unit in _units(source.now, place)}
    every = source.public.reports.actions
    found = [each for each in every if each.unit_code in codes and source.period.holds(each.from_date)]
    kinds = (
        ("from", ColumnKind.DAY),
        ("to", ColumnKind.DAY),
        ("action", ColumnKind.TEXT),
        ("events", ColumnKind.NUMBER),
    )
    heads = columns(texts, ("unit", ColumnKind.TEXT), ("group", ColumnKind.TEXT), *kinds)
    return ReportTable(title=texts["units_actions"], columns=heads, rows=tuple(map(_action, found)))


def _action(each: PublicAction) -> tuple[CellValue, ...]:
    return each.unit, each.group, each.from_date, each.to_date, each.title, each.events
