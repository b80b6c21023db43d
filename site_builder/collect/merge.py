"""Merging: reported entries into a county's rows. Nothing is deleted silently; every change is reported."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from site_builder.collect.entries import Entry
from site_builder.model.forms import Form
from site_builder.model.schemas import Table

RecordRow = dict[str, str]
Key = tuple[str, ...]
Columns = frozenset[frozenset[tuple[str, str]]]


class RecordChange(NamedTuple):
    """One difference to the record: a field of the row of that key, or the whole row (field "")."""

    table: str
    key: Key
    field: str
    before: str
    after: str


@dataclass(slots=True, kw_only=True)
class Merged:
    """A county's table after merging: rows, and the entry that each was reported by, by key.

    ended: liaisons whose term was ended, with the entry of the one who follows; preceding: entries of liaisons who
    began before the one on record, by the key of that one. A row that repeats a key stands beside the first under a
    longer one, so that it is checked as well.
    """

    rows: dict[Key, RecordRow]
    sources: dict[Key, Entry] = field(default_factory=dict)
    ended: dict[Key, Entry] = field(default_factory=dict)
    preceding: dict[Key, Entry] = field(default_factory=dict)
    changes: list[RecordChange] = field(default_factory=list)
    new: int = 0
    changed: int = 0
    same: int = 0


def merge(form: Form, county: str, data_status: str, before: Iterable[RecordRow], entries: Iterable[Entry]) -> Merged:
    """Merge entries into a county's rows of a table.

    A column that the return lacks keeps what the record has; a cell left empty empties it. In a spread form a
    village's reported records replace its earlier ones, since an empty cell there means none; a column that it
    lacks says nothing.
    """
    table = form.table
    rows = {_key(table, row): dict(row) for row in before}
    merged = Merged(rows=rows)
    reported = list(entries)
    blank = _blank(table, county, data_status)
    if form.is_spread:
        _drop_replaced(table, rows, reported, merged)
    for entry in reported:
        key = _key(table, entry.values)
        while key in merged.sources:
            key = (*key, "")
        merged.sources[key] = entry
        old = rows.get(key)
        if old is None:
            rows[key] = blank | {name: text for name, text in entry.values.items() if text}
            merged.new += 1
            merged.changes.append(RecordChange(table=table.name, key=key, field="", before="", after=" ".join(key)))
        else:
            _update(table, key, old, entry.values, merged)
    if table.name == "liaisons":
        _close_terms(rows, merged)
        _close_earlier_terms(rows, merged)
    return merged


def _key(table: Table, row: Mapping[str, str]) -> Key:
    return tuple(row.get(name, "") for name in table.key)


def _blank(table: Table, county: str, data_status: str) -> RecordRow:
    """A whole row of which nothing was reported; what no form asks for is filled in."""
    filled = {"county_code": county, "data_status": data_status}
    return {name: filled.get(name, "") for name in table.header}


def _update(table: Table, key: Key, old: RecordRow, values: Mapping[str, str], merged: Merged) -> None:
    changes = [
        RecordChange(table=table.name, key=key, field=name, before=old[name], after=text)
        for name, text in values.items()
        if not _same(table, name, old[name], text)
    ]
    for change in changes:
        old[change.field] = change.after
    merged.changes.extend(changes)
    merged.changed += bool(changes)
    merged.same += not changes


def _same(table: Table, name: str, before: str, after: str) -> bool:
    if before == after or name == "county_code":
        return True
    is_number = table.field(name).type == "number"
    return bool(is_number and before and after and float(before) == float(after))


def _drop_replaced(table: Table, rows: dict[Key, RecordRow], reported: list[Entry], merged: Merged) -> None:
    """The earlier records of a reported village go that the return had a column for, and left empty."""
    columns: dict[str, set[Columns]] = defaultdict(set)
    said: dict[str, set[str]] = defaultdict(set)
    for entry in reported:
        columns[entry.values.get("village_code", "")].add(entry.columns)
        for name in table.key:
            said[name].add(entry.values.get(name, ""))
    kept = {_key(table, entry.values) for entry in reported}
    for key, row in list(rows.items()):
        if key not in kept and any(_has_place(row, each, said) for each in columns.get(row["village_code"], ())):
            del rows[key]
            merged.changes.append(RecordChange(table=table.name, key=key, field="", before=" ".join(key), after=""))


def _has_place(row: RecordRow, columns: Columns, said: Mapping[str, set[str]]) -> bool:
    """Whether a record would have stood under one of a sheet's columns, in one of its rows.

    columns: what each is fixed to, nothing where a row is one record; none where the return told all of its village.
    """
    return not columns or any(
        all(row[name] == code for name, code in fixed)
        and all(row[name] in codes for name, codes in said.items() if name not in dict(fixed))
        for fixed in columns
    )


def _close_terms(rows: Mapping[Key, RecordRow], merged: Merged) -> None:
    """Where a new liaison was reported and the old one's row was not: the old one's term ends the day before.

    What may be wrong with that day is led back to the new one's first day.
    """
    for key, row in rows.items():
        successors = [other for other in merged.sources if other[0] == key[0] and _is_day(other[1]) and other > key]
        if key in merged.sources or row["to_date"] or not successors:
            continue
        entry = merged.sources[min(successors)]
        row["to_date"] = (date.fromisoformat(min(successors)[1]) - timedelta(days=1)).isoformat()
        merged.ended[key] = entry
        merged.sources[key] = entry._replace(places={"to_date": entry.places.get("from_date", 1)})
        merged.changes.append(RecordChange(table="liaisons", key=key, field="to_date", before="", after=row["to_date"]))


def _close_earlier_terms(rows: Mapping[Key, RecordRow], merged: Merged) -> None:
    """Where one was reported whose term begins before that of the one on record, it ends the day before that one's.

    Both were liaisons then, and neither is lost. Where the return has the later one too, it must say so itself.
    """
    kept: dict[str, list[Key]] = defaultdict(list)
    for key in sorted(key for key, row in rows.items() if key not in merged.sources and not row["to_date"]):
        kept[key[0]].append(key)
    reported = sorted(key for key, entry in merged.sources.items() if key in rows and entry.values.get("name"))
    for key in reported:
        row, later = rows[key], next((other for other in kept[key[0]] if other > key), None)
        if later is None or row["to_date"] or not _is_day(key[1]) or not _is_day(later[1]):
            continue
        merged.preceding[later] = merged.sources[key]
        row["to_date"] = (date.fromisoformat(later[1]) - timedelta(days=1)).isoformat()
        merged.changes.append(RecordChange(table="liaisons", key=key, field="to_date", before="", after=row["to_date"]))


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
