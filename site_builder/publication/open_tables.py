"""The tables for download: the public fields of the records, and the counts that passed the gate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from site_builder.model.campaign import Campaign
from site_builder.model.schemas import Field, Policy, Schemas, Table
from site_builder.publication.changes import identifier
from site_builder.publication.gate import HIDDEN, Count, Gate, division_names, liaison_phone, public_numbers
from site_builder.publication.public import Figures, OpenField, OpenKey, OpenTable, PublicChange, PublicCounty
from site_builder.publication.standing import county_standings
from site_builder.record.case_steps import published_cases
from site_builder.record.records import Liaison, Record, Records

PUBLISHED = (
    "divisions",
    "counties",
    "villages",
    "windows",
    "materials",
    "deliveries",
    "activities",
    "stations",
    "pilots",
    "responsible_units",
    "cases",
)


def open_tables(records: Records, figures: Figures, schemas: Schemas, gate: Gate) -> tuple[OpenTable, ...]:
    """All tables that anyone may download; of the model cases those that every step has passed."""
    public = replace(records, cases=tuple(published_cases(records)))
    plain = [_plain(public, schemas.tables[name], gate) for name in PUBLISHED]
    names = division_names(gate, records.divisions)
    return (
        *plain,
        _liaisons(records, schemas.tables["liaisons"], gate),
        _surveys(figures, names, schemas),
        _needs(figures, names, schemas),
    )


def tables_of_counties(
    counties: Sequence[PublicCounty], changes: Iterable[PublicChange], campaign: Campaign, schemas: Schemas
) -> tuple[OpenTable, ...]:
    """The tables made of what has already passed the gate: changes, how far the counties have come, visits at home."""
    names = {county.code: county.name for county in counties}
    return (
        _changes(changes, names, schemas),
        _progress(counties, campaign, schemas),
        _home_visits(counties, schemas),
    )


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)


def _open_field(field: Field) -> OpenField:
    return OpenField(
        name=field.name,
        title=field.title,
        type=field.type,
        description=field.reason if field.mask == "serial" else field.description,  # of the number that is shown
        constraints=_constraints(field),
        choices=field.choices,
    )


def _constraints(field: Field) -> dict[str, object]:
    """What the schema demands of a field, as far as it still holds of what is published.

    A masked value has another form, and a text that only says that there is none has become blank.
    """
    if field.policy is Policy.MASKED:
        return {}
    may_be_blank = field.is_free_text or field.is_person
    return {name: value for name, value in field.constraints.items() if name != "required" or not may_be_blank}


def _public_fields(table: Table) -> tuple[OpenField, ...]:
    shown = (Policy.PUBLIC, Policy.MASKED)
    return tuple(_open_field(field) for field in table.fields if field.policy in shown)


def _open_keys(table: Table, fields: Iterable[OpenField]) -> Iterator[OpenKey]:
    """The foreign keys of what is shown to a table that anyone may download."""
    shown = {field.name for field in fields}
    for key in table.foreign_keys:
        if key.field in shown and key.table in PUBLISHED:
            yield OpenKey(field=key.field, table=key.table, target=key.target)


def _table(
    table: Table, fields: tuple[OpenField, ...], rows: Iterable[Sequence[object]], key: Sequence[str]
) -> OpenTable:
    return OpenTable(
        name=table.name,
        title=table.title,
        description=table.description,
        fields=fields,
        key=tuple(key),
        foreign_keys=tuple(_open_keys(table, fields)),
        rows=tuple(tuple(_text(cell) for cell in row) for row in rows),
    )


def _open_table(table: Table, records: Iterable[Record], gate: Gate) -> OpenTable:
    fields = _public_fields(table)
    passed = [gate.allowed(record) for record in records if not gate.coarse(record)]
    return _table(table, fields, ([row[field.name] for field in fields] for row in passed), table.key)


def _plain(records: Records, table: Table, gate: Gate) -> OpenTable:
    if table.name == "activities":
        return _activities(records, table, gate)
    return _open_table(table, getattr(records, table.name), gate)


def _activities(records: Records, table: Table, gate: Gate) -> OpenTable:
    """Activities under their numbers for the public, without visits at home."""
    fields = _public_fields(table)
    numbers = public_numbers(gate, records.activities)
    passed = [
        gate.allowed(activity) | {"activity_id": numbers.get(activity.activity_id, "")}
        for activity in records.activities
        if not gate.coarse(activity)
    ]
    return _table(table, fields, ([row[field.name] for field in fields] for row in passed), table.key)


def _liaisons(records: Records, table: Table, gate: Gate) -> OpenTable:
    """Liaisons with the phone that was agreed to, and those who have left without contact."""
    by_code = {county.county_code: county for county in records.counties}
    fields = _public_fields(table)

    def row(liaison: Liaison) -> list[object]:
        phone = liaison_phone(gate, liaison, by_code[liaison.village_code[:6]])
        passed = gate.allowed(liaison) | {"work_phone": phone}
        return [passed[field.name] for field in fields]

    return _table(table, fields, (row(liaison) for liaison in records.liaisons), table.key)


def _needs(figures: Figures, names: Mapping[str, str], schemas: Schemas) -> OpenTable:
    groups, matters = schemas.code_lists["groups"], schemas.code_lists["matters"]
    rows = [
        [
            figures.edition,
            area,
            names[area],
            group,
            groups.get(group, ""),
            matter,
            matters.get(matter, ""),
            *_count_cells(count),
        ]
        for area, found in figures.areas.items()
        for (group, matter), count in found.needs.items()
    ]
    return _derived("needs_by_area", rows, schemas)


def _surveys(figures: Figures, names: Mapping[str, str], schemas: Schemas) -> OpenTable:
    titles = {field.name: field.title for field in schemas.tables["village_surveys"].fields}
    titles["villages"] = schemas.tables["villages"].title
    groups = schemas.code_lists["groups"]
    rows = [
        [figures.edition, area, names[area], item, titles[item], group, groups.get(group, ""), *_count_cells(count)]
        for area, found in figures.areas.items()
        for (item, group), count in [(("villages", "all"), found.villages), *found.survey.items()]
    ]
    return _derived("surveys_by_area", rows, schemas)


def _changes(changes: Iterable[PublicChange], names: Mapping[str, str], schemas: Schemas) -> OpenTable:
    rows = [
        [
            *(identifier(c), c.day, c.kind, c.county_code, names[c.county_code]),
            *(c.place_code, c.township, c.place, c.person, c.before),
        ]
        for c in changes
    ]
    return _derived("changes", rows, schemas)


def _progress(counties: Iterable[PublicCounty], campaign: Campaign, schemas: Schemas) -> OpenTable:
    rows = []
    for county in counties:
        for standing in county_standings(county, campaign):
            done = standing.progress
            counts = [done.villages, done.named, done.posted, done.verified, done.surveyed]
            hung = [standing.plaque_hung_on, standing.board_hung_on]
            reach = county.held_back or campaign.data_as_of
            rows.append([county.code, county.name, standing.year, *counts, standing.window_planned, *hung, reach])
    return _derived("progress", rows, schemas)


def _home_visits(counties: Iterable[PublicCounty], schemas: Schemas) -> OpenTable:
    rows = []
    for county in counties:
        days = [item.over_on for item in county.activities if item.over_on and not item.held_on]
        months = Counter(f"{day:%Y-%m}" for day in days)
        rows += [[county.code, county.name, month, visits] for month, visits in sorted(months.items())]
    return _derived("home_visits", rows, schemas)


def _derived(name: str, rows: Iterable[Sequence[object]], schemas: Schemas) -> OpenTable:
    table = schemas.derived[name]
    return _table(table, _public_fields(table), rows, table.key)


def _count_cells(count: Count) -> list[object]:
    return [None, True] if count is HIDDEN else [count, False]
