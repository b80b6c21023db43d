"""Merging: reported entries into a county's rows. Nothing is deleted silently; every change is reported."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from site_builder.collect.entries import Entry
from site_builder.model.forms import Form
from site_builder.model.schemas import Table
from site_builder.record import kit_rows, liaison_terms, spread_rows
from site_builder.record.cell_digests import Prefilled, is_same

RecordRow = dict[str, str]
Key = tuple[str, ...]
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
    longer one, so that it is checked as well. redated: the key under which a record stood before it was put right, by
    its key now; known_as: the key that the kit knew a record by, where it has another now; rekeyed: the key that the
    kit had in a row that says another one now, while the record has it still. stale: what the return says as the kit
    did, though the record has moved on, with its entry; conflicts: what both have changed since, to different values;
    outdated: what an answer says that is older than the record. The record keeps its own of all.
    """

    table: Table
    rows: dict[Key, RecordRow]
    sources: dict[Key, Entry] = field(default_factory=dict)
    ended: dict[Key, Entry] = field(default_factory=dict)
    preceding: dict[Key, Entry] = field(default_factory=dict)
    redated: dict[Key, Key] = field(default_factory=dict)
    known_as: dict[Key, Key] = field(default_factory=dict)
    rekeyed: dict[Key, Key] = field(default_factory=dict)
    changes: list[RecordChange] = field(default_factory=list)
    stale: list[tuple[RecordChange, Entry]] = field(default_factory=list)
    conflicts: list[tuple[RecordChange, Entry]] = field(default_factory=list)
    outdated: list[tuple[RecordChange, Entry]] = field(default_factory=list)
    new: int = 0
    changed: int = 0
    same: int = 0


def _never(_change: RecordChange, _entry: Entry) -> bool:
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Basis:
    """What decides over the cells of an entry, as `merge` is given it."""

    kit: Prefilled | None
    accepted: Container[tuple[str, int | str]]
    edited: Container[tuple[str, int | str]]
    is_outdated: Callable[[RecordChange, Entry], bool]

    def accepts(self, entry: Entry) -> bool:
        return (entry.sheet, entry.line) in self.accepted

    def knew(self, key: Key) -> bool:
        return self.kit is not None and key in self.kit.digests

    def is_untouched(self, key: Key, name: str, text: str) -> bool:
        return self.kit is not None and self.knew(key) and self.kit.knows(name) and self.kit.said(key, name, text)


def merge(  # noqa: PLR0913, PLR0917  (the three that are merged, and what of)
    form: Form,
    county: str,
    data_status: str,
    before: Iterable[RecordRow],
    entries: Iterable[Entry],
    kit: Prefilled | None = None,
    accepted: Container[tuple[str, int | str]] = frozenset(),
    edited: Container[tuple[str, int | str]] = frozenset(),
    is_outdated: Callable[[RecordChange, Entry], bool] = _never,
) -> Merged:
    """Merge entries into a county's rows of a table.

    A column that the return lacks keeps what the record has; a cell left empty empties it. In a spread form a
    village's reported records replace its earlier ones, since an empty cell there means none; a column that it
    lacks says nothing.

    kit: what the county was sent, where that is known: then only what it has changed counts, and of what the record has
    changed as well nothing is overwritten, but for rows that are accepted by sheet and line; edited: rows that were put
    right in the system that gathered them; is_outdated: whether an entry is older than what it would change.
    """
    table = form.table
    rows = {_key(table, row): dict(row) for row in before}
    merged = Merged(table=table, rows=rows)
    reported = list(entries)
    blank = _blank(table, county, data_status)
    basis = _Basis(kit=kit, accepted=accepted, edited=edited, is_outdated=is_outdated)
    if form.is_spread:
        _drop_replaced(rows, reported, merged, basis)
    elif kit:
        found = kit_rows.origins(kit, [entry.values for entry in reported], _SAME_PERSON.get(table.name, ()))
        reported = [_of_kit_row(each, found.get(place), kit, merged, basis) for place, each in enumerate(reported)]
    if table.name in _SAME_PERSON:
        reported = _redate(_found_again(reported, merged, basis), merged, basis)
    for entry in reported:
        _take(entry, merged, basis, blank)
    if table.name == "liaisons":
        _close_terms(rows, merged)
        _close_earlier_terms(rows, merged)
    return merged


# ---- rows of the kit that are known by another key now


def _of_kit_row(entry: Entry, old: Key | None, kit: Prefilled, merged: Merged, basis: _Basis) -> Entry:
    """The entry with what the record has in the cells that its row of the kit left as they were.

    old: the key of that row. The record is put under the new one where a person says so, and asked about elsewhere; the
    same has been done already where it is there and the old one is not.
    """
    key = _key(merged.table, entry.values)
    if old is None or old not in merged.rows:
        return _of_gone_row(entry, old, kit, merged, basis)
    merged.rekeyed[key] = old
    if key not in merged.rows and basis.accepts(entry):
        _put_under(key, old, merged)
    row = merged.rows.get(old) or merged.rows[key]
    stale = {name: row[name] for name, text in entry.values.items() if kit.knows(name) and kit.said(old, name, text)}
    return entry._replace(values=entry.values | stale)


def _of_gone_row(entry: Entry, old: Key | None, kit: Prefilled, merged: Merged, basis: _Basis) -> Entry:
    """The entry; of a row of the kit whose record is under its old key no more, the record is under the new one."""
    key = _key(merged.table, entry.values)
    if old and key in merged.rows:
        merged.known_as[key] = old
    elif old and merged.table.name in _SAME_PERSON:
        merged.known_as.update(
            dict.fromkeys(kit_rows.moved(kit, old, merged.rows, _SAME_PERSON[merged.table.name]), old)
        )
    elif old and not basis.accepts(entry):
        merged.conflicts += [(change._replace(before=""), entry) for change in _rekeyed(merged.table, old, key)]
    return entry


# ---- records of a village and a day, of which the day is put right


def _found_again(reported: Iterable[Entry], merged: Merged, basis: _Basis) -> list[Entry]:
    """The entries, each under the day of the record that the kit meant by it: an untouched day puts nothing back."""
    entries = list(reported)
    said = {_key(merged.table, entry.values) for entry in entries}
    return [_under_its_day(entry, said, merged, basis) for entry in entries]


def _under_its_day(entry: Entry, said: Container[Key], merged: Merged, basis: _Basis) -> Entry:
    key, day = _key(merged.table, entry.values), merged.table.key[1]
    if key in merged.rows or basis.kit is None or not basis.knew(key):
        return entry
    meant = [
        other
        for other in kit_rows.moved(basis.kit, key, merged.rows, _SAME_PERSON[merged.table.name])
        if other not in said
    ]
    if len(meant) != 1 or meant[0] in merged.known_as:
        return entry
    now = meant[0]
    merged.known_as[now] = key
    change = RecordChange(table=entry.table, key=now, field=day, before=now[1], after=key[1])
    merged.stale.append((change, entry))
    return entry._replace(values={**entry.values, day: now[1]})


def _redate(reported: Iterable[Entry], merged: Merged, basis: _Basis) -> list[Entry]:
    """A record of a village and a day is put under the day of a row that is this record with its day put right.

    It is one when all else that it says is as it was, and the row of the earlier day did not come back; when it was
    edited, most of it is as it was, and no other record can be meant; or when a person has accepted it as such.
    The entries that are left: one that would put back a newer day is not taken.
    """
    entries = list(reported)
    said = {_key(merged.table, entry.values) for entry in entries}
    kept = []
    for entry in entries:
        key = _key(merged.table, entry.values)
        meant = [] if not key[1] or key in merged.rows or basis.knew(key) else _meant(entry, key, said, merged, basis)
        if not meant:
            kept.append(entry)
        elif _may_redate(entry, max(meant), merged, basis):
            _put_under(key, max(meant), merged)
            kept.append(entry)
    return kept


def _meant(entry: Entry, key: Key, said: Container[Key], merged: Merged, basis: _Basis) -> list[Key]:
    """The records that an entry of another day may be."""
    earlier = [other for other in merged.rows if other[0] == key[0] and other not in said]
    is_edited = (entry.sheet, entry.line) in basis.edited and len(earlier) == 1
    return [other for other in earlier if (_is_mostly if is_edited else _is_this)(merged, other, entry, basis)]


def _may_redate(entry: Entry, old: Key, merged: Merged, basis: _Basis) -> bool:
    """Whether nobody else has put this day right, later or since the kit was made."""
    day = merged.table.key[1]
    change = RecordChange(table=entry.table, key=old, field=day, before=old[1], after=entry.values[day])
    if _is_older(change, entry, merged, basis):
        return False
    if basis.kit is None or basis.knew(old) or basis.accepts(entry):
        return True
    merged.conflicts.append((change, entry))
    return False


def _put_under(key: Key, old: Key, merged: Merged) -> None:
    merged.redated[key] = merged.known_as[key] = old
    merged.rows[key] = merged.rows.pop(old) | dict(zip(merged.table.key, key, strict=True))
    merged.changes += _rekeyed(merged.table, old, key)


def _rekeyed(table: Table, old: Key, key: Key) -> list[RecordChange]:
    """What is another in the key of a record."""
    return [
        RecordChange(table=table.name, key=key, field=name, before=before, after=after)
        for name, before, after in zip(table.key, old, key, strict=True)
        if before != after
    ]


def _is_this(merged: Merged, key: Key, entry: Entry, basis: _Basis) -> bool:
    """Whether a row is this record but for its day. Of a liaison the same name is not enough: many serve again."""
    row, of_person, is_accepted = merged.rows[key], _SAME_PERSON[merged.table.name], basis.accepts(entry)
    if of_person or is_accepted:
        return is_accepted and all(row[name] == entry.values.get(name) for name in of_person)
    said = [(name, text) for name, text in entry.values.items() if name not in merged.table.key]
    old = merged.known_as.get(key, key)
    alike = [is_same(merged.table, name, row[name], text) or basis.is_untouched(old, name, text) for name, text in said]
    return len(alike) > 1 and all(alike)


def _is_mostly(merged: Merged, key: Key, entry: Entry, _basis: _Basis) -> bool:
    """Whether more than half of what a row says is as this record has it."""
    said = [(name, text) for name, text in entry.values.items() if name not in merged.table.key]
    return 2 * sum(is_same(merged.table, name, merged.rows[key][name], text) for name, text in said) > len(said)


# ---- one record


def _key(table: Table, row: Mapping[str, str]) -> Key:
    return tuple(row.get(name, "") for name in table.key)


def _blank(table: Table, county: str, data_status: str) -> RecordRow:
    """A whole row of which nothing was reported; what no form asks for is filled in."""
    filled = {"county_code": county, "unit_code": county, "data_status": data_status}
    return {name: filled.get(name, "") for name in table.header}


def _take(entry: Entry, merged: Merged, basis: _Basis, blank: RecordRow) -> None:
    """Merge one entry: a new record, or what it changes of one that there is."""
    own = key = _key(merged.table, entry.values)
    if key in merged.sources:
        key = (*own, f"{len(merged.sources):09}")  # sorted as they came, since problems are found by that order
    old = merged.rows.get(key)
    if old is None and basis.kit and _is_gone(key, entry, basis.kit, merged, basis):
        return
    added = RecordChange(table=entry.table, key=key, field="", before="", after=" ".join(own))
    if old is None and _is_older(added, entry, merged, basis):
        return
    merged.sources[key] = entry
    if old is not None:
        _update(key, old, entry, merged, basis)
        return
    merged.rows[key] = blank | {name: text for name, text in entry.values.items() if text}
    merged.new += 1
    merged.changes.append(added)


def _update(key: Key, old: RecordRow, entry: Entry, merged: Merged, basis: _Basis) -> None:
    differences = [
        RecordChange(table=entry.table, key=key, field=name, before=old[name], after=text)
        for name, text in entry.values.items()
        if not is_same(merged.table, name, old[name], text)
    ]
    changes = [change for change in differences if not _is_kept(change, entry, merged, basis)]
    for change in changes:
        old[change.field] = change.after
    merged.changes.extend(changes)
    merged.changed += bool(changes)
    merged.same += not changes


def _is_kept(change: RecordChange, entry: Entry, merged: Merged, basis: _Basis) -> bool:
    """Whether the record stays: the county has left the cell as it was, both have changed it, or it is newer.

    An accepted row is decided for what its sender has changed; of the rest the sender has said nothing.
    """
    kit, key = basis.kit, merged.known_as.get(change.key, change.key)
    if _is_older(change, entry, merged, basis):
        return True
    if not kit or not kit.knows(change.field) or kit.lets(key, change.field, change.before, change.after):
        return False
    is_stale = kit.said(key, change.field, change.after)
    if basis.accepts(entry) and not is_stale:
        return False
    (merged.stale if is_stale else merged.conflicts).append((change, entry))
    return True


def _is_older(change: RecordChange, entry: Entry, merged: Merged, basis: _Basis) -> bool:
    is_older = not basis.accepts(entry) and basis.is_outdated(change, entry)
    if is_older:
        merged.outdated.append((change, entry))
    return is_older


def _is_gone(key: Key, entry: Entry, kit: Prefilled, merged: Merged, basis: _Basis) -> bool:
    """Whether a record was there when the kit was made and is no more, and no accepted row brings it back."""
    if key not in kit.digests:
        return False
    values = {name: text for name, text in entry.values.items() if kit.knows(name)}
    changed = [name for name, text in values.items() if not kit.said(key, name, text)]
    if basis.accepts(entry) and (changed or not any(entry.columns)):  # of those that share a row only what was changed
        return False
    name = next(iter(changed or values), kit.table.key[0])
    change = RecordChange(table=entry.table, key=key, field=name, before="", after=entry.values.get(name, ""))
    (merged.conflicts if changed else merged.stale).append((change, entry))
    return True


def _drop_replaced(rows: dict[Key, RecordRow], reported: list[Entry], merged: Merged, basis: _Basis) -> None:
    """The earlier records of a reported village go that the return had a column for, and left empty."""
    table = merged.table
    villages: dict[str, dict[spread_rows.Columns, Entry]] = defaultdict(dict)
    said: dict[str, set[str]] = defaultdict(set)
    for entry in reported:
        villages[entry.values.get("village_code", "")][entry.columns] = entry
        for name in table.key:
            said[name].add(entry.values.get(name, ""))
    kept = {_key(table, entry.values) for entry in reported}
    for key, row in [(key, row) for key, row in rows.items() if key not in kept]:
        by_columns = villages.get(row["village_code"], {})
        new = next((each for columns, each in by_columns.items() if spread_rows.has_place(row, columns, said)), None)
        if new is None:
            continue
        emptied = _emptied(table, key, row, basis.kit)
        gone = RecordChange(table=table.name, key=key, field="", before=" ".join(key), after="")
        if not [change for change in emptied or [gone] if _is_kept(change, new, merged, basis)]:
            del rows[key]
            merged.changes.append(gone)


def _emptied(table: Table, key: Key, row: RecordRow, kit: Prefilled | None) -> list[RecordChange]:
    """What an empty cell of a spread form takes away, field by field, where the kit says what was there."""
    names = [name for name in table.header if row[name] and kit and kit.knows(name)]
    return [RecordChange(table=table.name, key=key, field=name, before=row[name], after="") for name in names]


def _close_terms(rows: Mapping[Key, RecordRow], merged: Merged) -> None:
    """Where a new liaison was reported and the old one's row was not: the old one's term ends the day before.

    What may be wrong with that day is led back to the new one's first day.
    """
    for key, successor in list(liaison_terms.followed(rows, merged.sources)):
        entry = merged.sources[successor]
        _end(key, successor, rows, merged)
        merged.ended[key] = entry
        merged.sources[key] = entry._replace(places={"to_date": entry.places.get("from_date", 1)})


def _close_earlier_terms(rows: Mapping[Key, RecordRow], merged: Merged) -> None:
    """Where one was reported whose term begins before that of the one on record, it ends the day before that one's.

    Both were liaisons then, and neither is lost.
    """
    reported = {key for key, entry in merged.sources.items() if key in rows and entry.values.get("name")}
    served = {key: row for key, row in rows.items() if key in reported or key not in merged.sources}
    for key, later in list(liaison_terms.preceding(served, reported)):
        merged.preceding[later] = merged.sources[key]
        _end(key, later, rows, merged)


def _end(key: Key, successor: Key, rows: Mapping[Key, RecordRow], merged: Merged) -> None:
    last = rows[key]["to_date"] = liaison_terms.day_before(successor[1])
    merged.changes.append(RecordChange(table="liaisons", key=key, field="to_date", before="", after=last))
