"""Merging: reported entries into a county's rows. Nothing is deleted silently; every change is reported."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from site_builder.collect.entries import Entry
from site_builder.model.forms import Form
from site_builder.model.schemas import Table
from site_builder.record.cell_digests import Prefilled

RecordRow = dict[str, str]
Key = tuple[str, ...]
Columns = frozenset[frozenset[tuple[str, str]]]
_SAME_PERSON: dict[str, tuple[str, ...]] = {"village_surveys": (), "liaisons": ("name",)}
"""The tables of which a village has a record for each day, with what two of them must have alike to be one."""


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
    longer one, so that it is checked as well. redated: the day under which a record stood before it was put right, by
    its key now. stale: what the return says as the kit did, though the record has moved
    on, with its entry; conflicts: what both have changed since, to different values. The record keeps its own of both.
    """

    table: Table
    rows: dict[Key, RecordRow]
    sources: dict[Key, Entry] = field(default_factory=dict)
    ended: dict[Key, Entry] = field(default_factory=dict)
    preceding: dict[Key, Entry] = field(default_factory=dict)
    redated: dict[Key, str] = field(default_factory=dict)
    changes: list[RecordChange] = field(default_factory=list)
    stale: list[tuple[RecordChange, Entry]] = field(default_factory=list)
    conflicts: list[tuple[RecordChange, Entry]] = field(default_factory=list)
    new: int = 0
    changed: int = 0
    same: int = 0


def merge(  # noqa: PLR0913, PLR0917  (the three that are merged, and what of)
    form: Form,
    county: str,
    data_status: str,
    before: Iterable[RecordRow],
    entries: Iterable[Entry],
    kit: Prefilled | None = None,
    accepted: Container[tuple[str, int]] = frozenset(),
    edited: Container[tuple[str, int]] = frozenset(),
) -> Merged:
    """Merge entries into a county's rows of a table.

    A column that the return lacks keeps what the record has; a cell left empty empties it. In a spread form a
    village's reported records replace its earlier ones, since an empty cell there means none; a column that it
    lacks says nothing.

    kit: what the county was sent, where that is known: then only what it has changed counts, and of what the record has
    changed as well nothing is overwritten, but for rows that are accepted by sheet and line; edited: rows that were put
    right in the system that gathered them.
    """
    table = form.table
    rows = {_key(table, row): dict(row) for row in before}
    merged = Merged(table=table, rows=rows)
    reported = list(entries)
    blank = _blank(table, county, data_status)

    def kit_for(entry: Entry) -> Prefilled | None:
        is_decided = (entry.sheet, entry.line) in accepted or _key(table, entry.values) in merged.redated
        return None if is_decided else kit

    if form.is_spread:
        _drop_replaced(rows, reported, merged, kit_for)
    if table.name in _SAME_PERSON:
        _redate(reported, merged, accepted, edited)
    for entry in reported:
        _take(entry, merged, kit_for(entry), blank)
    if table.name == "liaisons":
        _close_terms(rows, merged)
        _close_earlier_terms(rows, merged)
    return merged


def _redate(
    reported: Iterable[Entry],
    merged: Merged,
    accepted: Container[tuple[str, int]],
    edited: Container[tuple[str, int]],
) -> None:
    """A record of a village and a day is put under the day of a row that is this record with its day put right.

    It is one when all else that it says is as it was, and the row of the earlier day did not come back; when it was
    edited, most of it is as it was, and no other record can be meant; or when a person has accepted it as such.
    """
    table, said = merged.table, {_key(merged.table, entry.values) for entry in reported}
    for entry in reported:
        key = _key(table, entry.values)
        earlier = [other for other in merged.rows if other[0] == key[0] and other not in said]
        is_accepted = (entry.sheet, entry.line) in accepted
        meant = [other for other in earlier if _is_this(table, merged.rows[other], entry, is_accepted=is_accepted)]
        if (entry.sheet, entry.line) in edited and len(earlier) == 1:
            meant = [other for other in earlier if _is_mostly(table, merged.rows[other], entry)]
        if key in merged.rows or not meant:
            continue
        row = merged.rows.pop(max(meant))
        merged.redated[key] = row[table.key[1]]
        merged.rows[key] = row | {table.key[1]: key[1]}
        change = RecordChange(table=table.name, key=key, field=table.key[1], before=merged.redated[key], after=key[1])
        merged.changes.append(change)


def _is_this(table: Table, row: RecordRow, entry: Entry, *, is_accepted: bool) -> bool:
    """Whether a row is this record but for its day. Of a liaison the same name is not enough: many serve again."""
    of_person = _SAME_PERSON[table.name]
    if of_person or is_accepted:
        return is_accepted and all(row[name] == entry.values.get(name) for name in of_person)
    alike = _alike(table, row, entry)
    return len(alike) > 1 and all(alike)


def _is_mostly(table: Table, row: RecordRow, entry: Entry) -> bool:
    """Whether more than half of what a row says is as this record has it."""
    alike = _alike(table, row, entry)
    return 2 * sum(alike) > len(alike)


def _alike(table: Table, row: RecordRow, entry: Entry) -> list[bool]:
    """For each thing that a row says, but for what tells which record it is, whether a record says the same."""
    said = [(name, text) for name, text in entry.values.items() if name not in table.key]
    return [_same(table, name, row[name], text) for name, text in said]


def _key(table: Table, row: Mapping[str, str]) -> Key:
    return tuple(row.get(name, "") for name in table.key)


def _blank(table: Table, county: str, data_status: str) -> RecordRow:
    """A whole row of which nothing was reported; what no form asks for is filled in."""
    filled = {"county_code": county, "data_status": data_status}
    return {name: filled.get(name, "") for name in table.header}


def _take(entry: Entry, merged: Merged, kit: Prefilled | None, blank: RecordRow) -> None:
    """Merge one entry: a new record, or what it changes of one that there is."""
    key = _key(merged.table, entry.values)
    while key in merged.sources:
        key = (*key, "")
    old = merged.rows.get(key)
    if old is None and kit and key in kit.digests:
        _not_again(key, entry, kit, merged)
        return
    merged.sources[key] = entry
    if old is not None:
        _update(key, old, entry, merged, kit)
        return
    merged.rows[key] = blank | {name: text for name, text in entry.values.items() if text}
    merged.new += 1
    merged.changes.append(RecordChange(table=entry.table, key=key, field="", before="", after=" ".join(key)))


def _update(key: Key, old: RecordRow, entry: Entry, merged: Merged, kit: Prefilled | None) -> None:
    differences = [
        RecordChange(table=entry.table, key=key, field=name, before=old[name], after=text)
        for name, text in entry.values.items()
        if not _same(merged.table, name, old[name], text)
    ]
    changes = [change for change in differences if not _is_kept(change, entry, merged, kit)]
    for change in changes:
        old[change.field] = change.after
    merged.changes.extend(changes)
    merged.changed += bool(changes)
    merged.same += not changes


def _is_kept(change: RecordChange, entry: Entry, merged: Merged, kit: Prefilled | None) -> bool:
    """Whether the record stays as it is: the county has left the cell as it was, or both have changed it."""
    if not kit or not kit.knows(change.field):
        return False
    if kit.said(change.key, change.field, change.before):
        return False
    is_stale = kit.said(change.key, change.field, change.after)
    (merged.stale if is_stale else merged.conflicts).append((change, entry))
    return True


def _not_again(key: Key, entry: Entry, kit: Prefilled, merged: Merged) -> None:
    """A record that was there when the kit was made and is no more: it does not come back by an untouched copy."""
    values = {name: text for name, text in entry.values.items() if kit.knows(name)}
    changed = [name for name, text in values.items() if not kit.said(key, name, text)]
    name = next(iter(changed or values), kit.table.key[0])
    change = RecordChange(table=entry.table, key=key, field=name, before="", after=entry.values.get(name, ""))
    (merged.conflicts if changed else merged.stale).append((change, entry))


def _same(table: Table, name: str, before: str, after: str) -> bool:
    if before == after or name == "county_code":
        return True
    is_number = table.field(name).type == "number"
    return bool(is_number and before and after and float(before) == float(after))


def _drop_replaced(
    rows: dict[Key, RecordRow],
    reported: list[Entry],
    merged: Merged,
    kit_for: Callable[[Entry], Prefilled | None],
) -> None:
    """The earlier records of a reported village go that the return had a column for, and left empty."""
    table = merged.table
    villages: dict[str, dict[Columns, Entry]] = defaultdict(dict)
    said: dict[str, set[str]] = defaultdict(set)
    for entry in reported:
        villages[entry.values.get("village_code", "")][entry.columns] = entry
        for name in table.key:
            said[name].add(entry.values.get(name, ""))
    kept = {_key(table, entry.values) for entry in reported}
    for key, row in [(key, row) for key, row in rows.items() if key not in kept]:
        by_columns = villages.get(row["village_code"], {})
        replacing = next((each for columns, each in by_columns.items() if _has_place(row, columns, said)), None)
        if replacing is None:
            continue
        emptied = _emptied(table, key, row, kit_for(replacing))
        if not [change for change in emptied if _is_kept(change, replacing, merged, kit_for(replacing))]:
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


def _emptied(table: Table, key: Key, row: RecordRow, kit: Prefilled | None) -> list[RecordChange]:
    """What an empty cell of a spread form takes away, field by field, where the kit says what was there."""
    names = [name for name in table.header if row[name] and kit and name not in table.key and kit.knows(name)]
    return [RecordChange(table=table.name, key=key, field=name, before=row[name], after="") for name in names]


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
