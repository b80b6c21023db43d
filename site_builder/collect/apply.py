"""Apply a county's entries: merge them into drafts of its files, and run the record's own checks on the drafts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import product
from operator import itemgetter
from pathlib import PurePosixPath

from xlsxwriter.utility import xl_cell_to_rowcol

from site_builder.collect import authority, baseline, listed_villages, merge, numbering
from site_builder.collect.collection_context import CollectionContext, fingerprint
from site_builder.collect.entries import Entry
from site_builder.collect.incoming_file import CollectedReturn, IncomingFile
from site_builder.collect.merge import Key, Merged
from site_builder.collect.values import names
from site_builder.model.forms import RowKind
from site_builder.model.schemas import Table
from site_builder.record import tables
from site_builder.record.cell_digests import Prefilled
from site_builder.record.tables import canonical_csv, county_file, shown_value
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem, layout, safe_to_show
from site_builder.untrusted_files import address

SUBMISSIONS = "submissions"
_NAMED_VILLAGES = 20
_OF_A_PERSON = {"role", "work_phone"}


def apply_entries(taken: CollectedReturn, incoming: IncomingFile, entries: list[Entry]) -> None:
    """Merge a county's entries into drafts of its files and check them; all goes into `taken`."""
    tables = [name for name in incoming.collection.forms.forms if any(entry.table == name for entry in entries)]
    known = _earlier_return(taken, incoming, tables)
    if known:
        taken.problems.append(known)
        if known.code != Code.ANSWERS_OLDER:
            return
    merged = {}
    entries, unnumbered = numbering.number(incoming, taken.county, entries)
    taken.problems.extend(unnumbered)
    entries = [_with_county(entry, taken.county, incoming.collection) for entry in entries]
    repeated = _repeated(incoming, entries)
    duplicates = list(_duplicates(incoming, entries, repeated))
    of = incoming.collection.schemas.tables
    entries = [
        entry
        for entry, first in zip(entries, repeated, strict=True)
        if first is None or not _is_same(entry, first, of[entry.table])
    ]
    for name in tables:
        of_table = [entry for entry in entries if entry.table == name]
        kit = baseline.sent(incoming, taken.county, incoming.collection.forms.forms[name], of_table)
        merged[name] = _merge_table(taken, incoming, name, of_table, kit)
        taken.problems.extend(baseline.problems(incoming, taken.county, merged[name], kit))
        taken.problems.extend(_renamed(incoming, merged[name]))
        taken.problems.extend(_emptied(incoming, merged[name]))
        taken.problems.extend(_moved(incoming, merged[name]))
        taken.problems.extend(_overwritten(incoming, name, merged[name]))
        taken.missing[name] = _missing(incoming.collection, taken.county, name, of_table)
        if taken.missing[name]:
            taken.problems.append(_missing_problem(incoming, name, of_table, taken.missing[name]))
    if listed_villages.TABLE in merged:
        for name in listed_villages.lacking(incoming.collection, taken.county):
            _draft(taken, incoming.collection, name, [])
    _register(taken, incoming, tables, authority.accepted(incoming, entries, taken.tables))
    taken.problems.extend(_trial(taken, incoming, merged))
    taken.problems.extend(early for part in merged.values() for early in _before_campaign(incoming, part))
    taken.problems.extend(duplicates)


def _with_county(entry: Entry, county: str, collection: CollectionContext) -> Entry:
    """The entry with the county whose return it is in, where records are known by their county: no form asks for it."""
    if "county_code" not in collection.schemas.tables[entry.table].key or entry.values.get("county_code"):
        return entry
    return entry._replace(values={**entry.values, "county_code": county})


def _earlier_return(taken: CollectedReturn, incoming: IncomingFile, tables: Sequence[str]) -> Problem | None:
    """The problem of a file that was taken in before, or that is older than what was."""
    before = incoming.collection.rows.get(county_file(SUBMISSIONS, taken.county), [])
    same = next((row for row in before if row["file_hash"] == incoming.received.digest), None)
    if same:
        details = {"received_on": same["received_on"]}
        return Problem(code=Code.RETURN_KNOWN, file=taken.file_name, county=taken.county, details=details)
    later = [row for row in before if set(row["tables"].split()) & set(tables)]
    newest = max(later, key=lambda row: row["received_on"], default=None)
    if newest and newest["received_on"] > taken.received_on.isoformat() and not incoming.collect_options.accept_older:
        details = {"received_on": str(taken.received_on), "newest": newest["received_on"]}
        code = Code.ANSWERS_OLDER if incoming.is_dated_by_answers else Code.RETURN_OLDER
        return Problem(code=code, file=taken.file_name, county=taken.county, details=details)
    return None


def _repeated(incoming: IncomingFile, entries: Sequence[Entry]) -> list[Entry | None]:
    """For each entry the one before it that is the same record; None where there is none."""
    first: dict[tuple[str, ...], Entry] = {}
    found: list[Entry | None] = []
    for entry in entries:
        key = (
            entry.table,
            *(entry.values.get(field, "") for field in incoming.collection.schemas.tables[entry.table].key),
        )
        other = first.setdefault(key, entry) if all(key) else entry
        found.append(None if other is entry else other)
    return found


def _is_same(entry: Entry, other: Entry, table: Table) -> bool:
    """Whether two rows say the same; what is wrong in one that cannot be read is told of each."""
    patterns = {field.name: str(field.constraints.get("pattern", "")) for field in table.fields}
    is_sound = all(re.fullmatch(patterns[name] or ".*", text) for name, text in entry.values.items() if text)
    return is_sound and entry.values == other.values


def _duplicates(
    incoming: IncomingFile, entries: Iterable[Entry], repeated: Iterable[Entry | None]
) -> Iterator[Problem]:
    """Two rows of a return that are one record; where they say the same it is taken once."""
    seen: set[tuple[str, int]] = set()
    for entry, other in zip(entries, repeated, strict=True):
        if other is None or (entry.sheet, entry.line) in seen:
            continue
        seen.add((entry.sheet, entry.line))
        table = incoming.collection.schemas.tables[entry.table]
        code = Code.ROW_REPEATED if _is_same(entry, other, table) else Code.ROW_DUPLICATE
        key = " ".join(safe_to_show(entry.values[field]) for field in table.key)
        where = layout()["sheet"].format(sheet=safe_to_show(other.sheet)) if other.sheet != entry.sheet else ""
        problem = incoming.problem_at(entry, code, table.key[0], key=key, where=where, first=str(other.line))
        yield replace(problem, column="、".join(table.field(field).title for field in table.key))


def _merge_table(
    taken: CollectedReturn, incoming: IncomingFile, name: str, entries: list[Entry], kit: Prefilled | None
) -> Merged:
    collection, accepted, edited = incoming.collection, incoming.collect_options.accepted, incoming.says.edited
    form, path = collection.forms.forms[name], county_file(name, taken.county)
    before, status = collection.rows.get(path, []), collection.campaign.data_status
    merged = merge.merge(form, taken.county, status, before, entries, kit, accepted, edited)
    taken.counts[name] = (merged.new, merged.changed, merged.same)
    taken.changes.extend(merged.changes)
    if path in collection.unread:
        taken.problems.append(Problem(code=Code.RECORD_UNREAD, file=path, county=taken.county))
    _draft(taken, collection, name, list(merged.rows.values()))
    return merged


def _draft(taken: CollectedReturn, collection: CollectionContext, name: str, rows: list[merge.RecordRow]) -> None:
    table, path = collection.schemas.tables[name], county_file(name, taken.county)
    rows.sort(key=itemgetter(*table.key))
    taken.rows[path] = rows
    taken.drafts[path] = canonical_csv(table.header, map(itemgetter(*table.header), rows), table.key)


def _renamed(incoming: IncomingFile, merged: Merged) -> Iterator[Problem]:
    """Another name for the same term: a mended character, or a new person who would wipe out the old one.

    Whose role or phone is another one as well is another person, however alike the names are; in doubt it is asked.
    """
    of_person = {change.key for change in merged.changes if change.field in _OF_A_PERSON}
    for change in merged.changes:
        if change.table != "liaisons" or change.field != "name" or not change.after:
            continue
        entry = merged.sources[change.key]
        is_same = change.key not in of_person and names.is_slip(change.before, change.after)
        is_accepted = (entry.sheet, entry.line) in incoming.collect_options.accepted
        code = Code.LIAISON_CORRECTED if is_same or is_accepted else Code.LIAISON_REPLACED
        yield incoming.problem_at(
            entry,
            code,
            "name",
            before=change.before,
            after=change.after,
            since=change.key[1],
            row=authority.row_name(entry),
        )


def _moved(incoming: IncomingFile, merged: Merged) -> Iterator[Problem]:
    """A record under another day, whose earlier row did not come back, may be that one with its day put right."""
    kept = {key[0]: key[-1] for key in sorted(merged.rows) if key not in merged.sources}
    for key, before in merged.redated.items():
        if merged.table.name == "village_surveys":
            yield incoming.problem_at(
                merged.sources[key], Code.SURVEY_REDATED, "surveyed_on", before=before, after=key[1]
            )
    for key, entry in merged.sources.items():
        is_new = key not in merged.redated and entry.table == "village_surveys"
        if is_new and key[0] in kept and "poor_persons" in entry.values:
            yield incoming.problem_at(
                entry,
                Code.SURVEY_AGAIN,
                "surveyed_on",
                before=kept[key[0]],
                after=entry.values["surveyed_on"],
                row=authority.row_name(entry),
            )
    for key, entry in merged.ended.items():
        if merged.rows[key]["name"] == entry.values.get("name"):
            yield _term_moved(incoming, entry, key[1])
    for key, entry in merged.preceding.items():
        yield _preceding(incoming, entry, merged.rows[key])


def _preceding(incoming: IncomingFile, entry: Entry, later: merge.RecordRow) -> Problem:
    """One whose term begins before that of the one on record: that one with its day put right, or one before that."""
    name, since = entry.values["name"], entry.values["from_date"]
    if name == later["name"]:
        return _term_moved(incoming, entry, later["from_date"])
    said = {"name": name, "since": since, "other": later["name"], "other_since": later["from_date"]}
    shown = {key: safe_to_show(text) for key, text in said.items()}
    return incoming.problem_at(entry, Code.LIAISON_PRECEDING, "from_date", **shown)


def _term_moved(incoming: IncomingFile, entry: Entry, before: str) -> Problem:
    since, row = entry.values["from_date"], authority.row_name(entry)
    return incoming.problem_at(entry, Code.LIAISON_TERM_MOVED, "from_date", before=before, after=since, row=row)


def _overwritten(incoming: IncomingFile, name: str, merged: Merged) -> Iterator[Problem]:
    """A numbered record whose every text and day has become another: its number was used again, most likely."""
    form = incoming.collection.forms.forms[name]
    if form.rows is not RowKind.IDENTIFIERS:
        return
    distinctive = {field.name for field in form.table.fields if field.type == "date" or field.is_free_text}
    changes = [change for change in merged.changes if change.field]
    touched = {(change.key, change.field) for change in changes}
    rewritten = Counter(c.key for c in changes if c.before and c.after and c.field in distinctive)
    for key, count in rewritten.items():
        entry = merged.sources[key]
        if count > 1 and all(
            (key, field) in touched for field in distinctive & entry.values.keys() if entry.values[field]
        ):
            yield incoming.problem_at(entry, Code.RECORD_OVERWRITTEN, form.table.key[0], number=safe_to_show(key[0]))


def _before_campaign(incoming: IncomingFile, merged: Merged) -> Iterator[Problem]:
    """New days before the campaign's year of what is the campaign's own: a year mistyped, unless a person says so."""
    year, accepted = str(incoming.collection.campaign.year), incoming.collect_options.accepted
    changed = {(change.key, change.field) for change in merged.changes if change.after}
    for field, (key, entry) in product((f for f in merged.table.fields if f.of_campaign), merged.sources.items()):
        day = entry.values.get(field.name, "")
        is_new = not changed.isdisjoint([(key, ""), (key, field.name)])
        if is_new and day[:4].isdecimal() and day[:4] < year and (entry.sheet, entry.line) not in accepted:
            words = {"title": field.title, "date": safe_to_show(day), "year": year}
            yield incoming.problem_at(
                entry, Code.DAY_BEFORE_CAMPAIGN, field.name, **words, row=authority.row_name(entry)
            )


def _emptied(incoming: IncomingFile, merged: Merged) -> Iterator[Problem]:
    """Cells that are empty now though the record has something there: meant so, or lost on the way."""
    for change in merged.changes:
        entry = merged.sources.get(change.key)
        if entry and change.field and not change.after:
            field = incoming.collection.schemas.tables[change.table].field(change.field)
            before = shown_value(field, change.before)
            yield incoming.problem_at(entry, Code.CELL_EMPTIED, change.field, before=before)


def _missing(collection: CollectionContext, county: str, name: str, entries: Iterable[Entry]) -> list[str]:
    if collection.forms.forms[name].rows is not RowKind.VILLAGES:
        return []
    reported = {entry.values.get("village_code", "") for entry in entries}
    return [
        village.township + village.name
        for village in collection.campaign_villages(county)
        if village.code not in reported
    ]


def _missing_problem(incoming: IncomingFile, name: str, entries: Sequence[Entry], villages: Sequence[str]) -> Problem:
    named = "、".join(villages[:_NAMED_VILLAGES]) + ("……" if len(villages) > _NAMED_VILLAGES else "")
    details = {"count": str(len(villages)), "villages": named, "table": incoming.collection.schemas.tables[name].title}
    return Problem(code=Code.VILLAGES_MISSING, file=incoming.file, sheet=entries[0].sheet, details=details)


def _register(taken: CollectedReturn, incoming: IncomingFile, tables: Sequence[str], accepted: Sequence[str]) -> None:
    """Note who sent what and when, and what a person accepted of it."""
    row = {
        "file_hash": incoming.received.digest,
        "county_code": taken.county,
        "source": incoming.collect_options.source,
        "received_on": taken.received_on.isoformat(),
        "submitted_by": safe_to_show(incoming.collect_options.submitted_by or incoming.says.submitted_by),
        "file_name": safe_to_show(incoming.file),
        "kit_version": safe_to_show(incoming.says.kit_version)[:20],
        "tables": " ".join(tables),
        "accepted_rows": " ".join(accepted),
        "data_status": incoming.collection.campaign.data_status.value,
    }
    before = incoming.collection.rows.get(county_file(SUBMISSIONS, taken.county), [])
    _draft(taken, incoming.collection, SUBMISSIONS, [*before, row])


def _trial(taken: CollectedReturn, incoming: IncomingFile, merged: Mapping[str, Merged]) -> Iterator[Problem]:
    """What the record's own checks say of the drafts, led back to the cells that were sent in."""
    by_path = {county_file(name, taken.county): name for name in merged}
    order = {name: sorted(part.rows) for name, part in merged.items()}
    find = partial(_entry_at, merged, order)
    taken.drafted = tables.read_drafts(incoming.collection.root, incoming.collection.schemas, taken.drafts)
    for problem in incoming.collection.check(taken.drafted):
        name = by_path.get(problem.file)
        source = _source(merged[name], order[name], problem) if name else None
        if problem.file == county_file(SUBMISSIONS, taken.county):
            continue  # what is wrong with the day of the return was reported at its own place
        if source and name and problem.code == Code.ROW_DUPLICATE:
            continue  # reported from the return itself, which knows both lines
        if source and name:
            led_back = _led_back(problem, incoming, name, source)
            if led_back.cell or problem.code != Code.CELL_REQUIRED:  # a missing column is reported once
                yield _with_other(led_back, source, find)
        elif not problem.is_error and incoming.collection.forms.lists_villages:
            continue  # a list of villages brings none of what is to come from them
        elif problem.county == taken.county and fingerprint(problem) not in incoming.collection.standing:
            yield _at_other(problem, incoming, find)


def _entry_at(merged: Mapping[str, Merged], order: Mapping[str, Sequence[Key]], place: str) -> tuple[Entry, str] | None:
    """The row of the return, and its table, at a place in the drafts, as a problem names what else it is about."""
    path, _, line = place.rpartition(":")
    name = PurePosixPath(path).parent.name
    keys = order.get(name, ())
    if not line or int(line) - 2 >= len(keys):
        return None
    entry = merged[name].sources.get(keys[int(line) - 2])
    return (entry, name) if entry else None


def _with_other(problem: Problem, source: Entry, find: Callable[[str], tuple[Entry, str] | None]) -> Problem:
    """A problem with what else it is about: a cell of this return, or what the record has."""
    place, _, field = problem.details.get("other", "").rpartition(":")
    if not place:
        return problem
    found = find(place)
    elsewhere = layout()["on_record"]
    if found and found[0][:3] != source[:3] and field in found[0].places:
        entry = found[0]
        cell = address(entry.line, entry.places[field])
        elsewhere = layout()["returned"].format(sheet=safe_to_show(entry.sheet), cell=cell)
    return replace(problem, details={**problem.details, "elsewhere": elsewhere})


def _at_other(problem: Problem, incoming: IncomingFile, find: Callable[[str], tuple[Entry, str] | None]) -> Problem:
    """A problem of a row of the record: at the cell of this return that it is also about, where there is one."""
    place, _, field = problem.details.get("other", "").rpartition(":")
    found = find(place)
    if not found:
        return problem
    entry, table = found
    named = incoming.collection.schemas.tables[table].field(field)
    cell = address(entry.line, entry.places[field]) if field in entry.places else ""
    at = replace(problem, file=incoming.file, sheet=entry.sheet, line=entry.line, cell=cell, column=named.title)
    return replace(at, details={**problem.details, "elsewhere": layout()["on_record"]})


def _source(merged: Merged, order: Sequence[Key], problem: Problem) -> Entry | None:
    """The entry that the row at a problem's line was reported by. order: the keys of the draft's rows."""
    if problem.line is None or problem.line - 2 >= len(order):
        return None
    key = order[problem.line - 2]
    return merged.sources.get(key) or _successor(merged, key)


def _successor(merged: Merged, key: Key) -> Entry | None:
    """The entry about the same village as a row that was not sent in: what clashes with that row is mended there."""
    entry = next(
        (entry for other, entry in merged.sources.items() if other[0] == key[0] and "name" in entry.values), None
    )
    return entry._replace(places={"from_date": entry.places.get("from_date", 1)}) if entry else None


def _led_back(problem: Problem, incoming: IncomingFile, name: str, source: Entry) -> Problem:
    """The problem at the cell that was sent in; at its row when the form does not ask for that column."""
    header = incoming.collection.schemas.tables[name].header
    field_name = header[xl_cell_to_rowcol(problem.cell)[1]] if problem.cell else ""
    place = source.places.get(field_name)
    field = incoming.collection.schemas.tables[name].field(field_name) if field_name else None
    places = incoming.collection.places
    titles = layout()["yes_no"] if field and field.type == "boolean" else field.choices if field else {}
    return replace(
        problem,
        file=incoming.file,
        sheet=source.sheet,
        line=source.line,
        cell=address(source.line, place) if place else "",
        example=places.own_example(incoming.expected, titles.get(problem.example, problem.example)),
    )
