"""Apply a county's entries: merge them into drafts of its files, and run the record's own checks on the drafts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import product
from operator import itemgetter

from xlsxwriter.utility import xl_cell_to_rowcol

from site_builder.collect import authority, baseline, listed_villages, merge, numbering, townships, village_rows
from site_builder.collect.answers import sound
from site_builder.collect.answers.checked import Conclude, Found
from site_builder.collect.collection_context import CollectionContext, fingerprint
from site_builder.collect.entries import Entry, NormalisedCell
from site_builder.collect.incoming_file import CollectedReturn, IncomingFile, differing, other_place
from site_builder.collect.left_out import hanging, sparse_columns
from site_builder.collect.merge import Key, Merged
from site_builder.collect.redated import former_days
from site_builder.collect.structure import parts
from site_builder.collect.whereabouts import event_places
from site_builder.model.schemas import Table
from site_builder.record.cell_digests import Prefilled
from site_builder.record.history import RecordHistory
from site_builder.record.tables import canonical_csv, county_file, read_drafts, table_of
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem, layout, safe_to_show
from site_builder.untrusted_files import address

SUBMISSIONS = "submissions"
_NAMED_VILLAGES = 20
_DAYS = {Code.DATES_ORDER: ("earlier", "later"), Code.VERIFIED_WITHOUT_POSTING: ("verified",)}
"""Of problems of days, the details that name one."""


def apply_entries(taken: CollectedReturn, incoming: IncomingFile, entries: list[Entry]) -> Conclude | None:
    """Merge a county's entries into drafts, all in `taken`; what is then told of their check, None if none is due."""
    tables = [name for name in incoming.collection.forms.forms if any(entry.table == name for entry in entries)]
    known = _earlier_return(taken, incoming, tables)
    if known:
        taken.problems.append(known)
        if known.code != Code.ANSWERS_OLDER and not (taken.is_guest and known.code == Code.RETURN_OLDER):
            return None  # of another county's rows all is asked at once: there is more than their day
    merged = {}
    entries = numbering.number(incoming, taken.county, entries, taken.problems)
    is_list = incoming.collection.forms.lists_counties
    located = (entry if is_list else _with_county(entry, taken.county, incoming.collection) for entry in entries)
    entries = [_with_whereabouts(taken, incoming, entry) for entry in located]
    entries = _hung(taken, incoming, entries)
    repeated = _repeated(incoming, entries)
    duplicates = list(_duplicates(incoming, entries, repeated, taken.tables))
    collection, of = incoming.collection, incoming.collection.schemas.tables
    entries = [e for e, first in zip(entries, repeated, strict=True) if not (first and _is_same(e, first, of[e.table]))]
    for name in tables:
        of_table = [entry for entry in entries if entry.table == name]
        history = RecordHistory(root=collection.root, now=collection.rows, county=taken.county, table=of[name])
        of_table = _without_blanks(of_table, history) if taken.is_guest else of_table
        merged[name] = _merge_table(taken, incoming, of_table, history)
        taken.missing[name] = townships.missing(incoming.collection, taken.county, name, of_table, taken.tables)
        if taken.missing[name]:
            taken.problems.append(_missing_problem(incoming, name, of_table, taken.missing[name]))
    if listed_villages.TABLE in merged and taken.county:
        for name in listed_villages.lacking(incoming.collection, taken.county):
            _draft(taken, incoming.collection, name, [])
    if not is_list:  # the province's own, which is no return of a county
        _register(taken, incoming, tables, authority.accepted(incoming, entries, taken.tables))
    taken.drafted = read_drafts(collection.root, collection.schemas, taken.drafts)
    return partial(_conclude, taken, incoming, merged, duplicates)


def _with_county(entry: Entry, county: str, collection: CollectionContext) -> Entry:
    """The entry with the county or unit whose return it is in, where records are known by that: no form asks for it."""
    key = collection.schemas.tables[entry.table].key
    own = {name: county for name in key if name in {"county_code", "unit_code"} and not entry.values.get(name)}
    return entry._replace(values={**entry.values, **own}) if own else entry


def _with_whereabouts(taken: CollectedReturn, incoming: IncomingFile, entry: Entry) -> Entry:
    """An event with the village that its place names, or the place that its village is, which is told."""
    collection, place = incoming.collection, entry.values.get("place", "")
    places = collection.places
    if entry.table != event_places.TABLE:
        return entry
    on_record = collection.rows.get(county_file(entry.table, taken.county), [])
    standing = next((row for row in on_record if row["activity_id"] == entry.values.get("activity_id")), None)
    found = event_places.completion(entry.values, standing, taken.county, places)
    is_unknown = found.is_unknown and (entry.sheet, entry.line) not in incoming.collect_options.accepted
    if is_unknown or found.is_unclear:
        code = Code.PLACE_VILLAGE_UNKNOWN if is_unknown else Code.PLACE_VILLAGES
        said = {"text": safe_to_show(place), "meant": places.asked(taken.county, "", place)}
        taken.problems.append(incoming.problem_at(entry, code, "place", **said, row=authority.row_name(entry)))
    if found.values.get("village_code"):
        cell, village = address(entry.line, entry.places["place"]), places.official(found.values["village_code"])
        after = layout()["of_village"].format(text=safe_to_show(place), village=village)
        changed = NormalisedCell(sheet=entry.sheet, cell=cell, before=safe_to_show(place), after=after)
        taken.normalised.extend([changed] if place != village else [])
    return entry._replace(values={**entry.values, **found.values})


def _hung(taken: CollectedReturn, incoming: IncomingFile, entries: list[Entry]) -> list[Entry]:
    """The entries without the days of hanging of materials that do not hang; that a line has none is told."""
    collection, name = incoming.collection, hanging.FIELD

    def head(entry: Entry) -> str:
        return "".join(parts.heads(taken.tables, entry.sheet, entry.places, [name]))

    found = hanging.not_hung(entries, collection.material_kinds, head, collection.forms.head_words.material_kinds)
    for entry in (entries[place] for place in found.of_none):
        said = {
            "day": safe_to_show(entry.values[name]),
            "material": collection.forms.materials[entry.values["material_id"]],
        }
        taken.problems.append(incoming.problem_at(entry, Code.HUNG_ON_NOTHING, name, **said))
    return [
        entry._replace(values={key: text for key, text in entry.values.items() if key != name})
        if place in found.places
        else entry
        for place, entry in enumerate(entries)
    ]


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
    incoming: IncomingFile, entries: Sequence[Entry], repeated: Iterable[Entry | None], found: Sequence[parts.Table]
) -> Iterator[Problem]:
    """Two rows of a return that are one record; where they say the same it is taken once."""
    seen: set[tuple[str, int]] = set()
    for entry, problem in village_rows.rivals(incoming, entries):
        seen.add((entry.sheet, entry.line))
        yield problem
    for entry, other in zip(entries, repeated, strict=True):
        if other is None or (entry.sheet, entry.line) in seen:
            continue
        seen.add((entry.sheet, entry.line))
        table = incoming.collection.schemas.tables[entry.table]
        code = Code.ROW_REPEATED if _is_same(entry, other, table) else Code.ROWS_DIFFER
        key = incoming.collection.record_name(table, [entry.values[field] for field in table.key])
        where = other_place(entry, other, table.key[0], found)
        said = differing(incoming, entry, other, found) if code is Code.ROWS_DIFFER else {}
        problem = incoming.problem_at(entry, code, table.key[0], key=key, **where, **said)
        yield replace(problem, column="、".join(parts.heads(found, entry.sheet, entry.places, table.key)))


def _without_blanks(entries: list[Entry], history: RecordHistory) -> list[Entry]:
    """The entries without the cells that are empty: in another county's file they take nothing from the record."""
    known = history.states[0].by_key
    return [
        entry._replace(values={name: text for name, text in entry.values.items() if text})
        if tuple(entry.values.get(name, "") for name in history.table.key) in known
        else entry
        for entry in entries
    ]


def _merge_table(
    taken: CollectedReturn, incoming: IncomingFile, entries: list[Entry], history: RecordHistory
) -> Merged:
    kit = baseline.sent(incoming, incoming.collection.forms.forms[history.table.name], entries, history)
    collection, name, edited = incoming.collection, history.table.name, incoming.says.edited
    accepted = incoming.collect_options.accepted if not taken.is_guest else frozenset[tuple[str, int]]()
    form, path, status = collection.forms.forms[name], county_file(name, taken.county), collection.campaign.data_status
    before, is_outdated = collection.rows.get(path, []), partial(baseline.outdated, incoming, history)
    faulty = {(problem.sheet, problem.cell) for problem in taken.problems if problem.is_error}
    entries, sparse = sparse_columns.taken_out(incoming.file, form, entries, before, kit, faulty)
    against = incoming.days_against(history.table, accepted)
    entries, mended, accepted = former_days.brought_forward(against, entries, history, kit)
    taken.problems.extend((*sparse, *mended))
    merged = merge.merge(form, taken.county, status, before, entries, kit, accepted, edited, is_outdated)
    taken.problems.extend(authority.without_old_consents(incoming, merged, kit))
    taken.counts[name] = (merged.new, merged.changed, merged.same)
    taken.changes.extend(merged.changes)
    taken.origins.update(sound.origins(merged.changes, merged.sources))
    if path in collection.unread:
        taken.problems.append(Problem(code=Code.RECORD_UNREAD, file=path, county=taken.county))
    _draft(taken, collection, name, list(merged.rows.values()))
    taken.problems.extend(_of_merging(taken, incoming, history, merged, kit))
    return merged


def _of_merging(
    taken: CollectedReturn, incoming: IncomingFile, history: RecordHistory, merged: Merged, kit: Prefilled | None
) -> Iterator[Problem]:
    yield from baseline.problems(incoming, history, merged, kit)
    yield from village_rows.renamed_or_moved(incoming, merged, is_guest=taken.is_guest)
    yield from baseline.rekeyed(incoming, merged)
    yield from baseline.emptied(incoming, merged)
    yield from baseline.unasked(incoming, merged)
    yield from baseline.overwritten(incoming, history.table.name, merged)
    yield from authority.of_units(incoming, merged)
    yield from baseline.after_return(incoming, merged)
    yield from authority.pasted_liaisons(incoming, history.county, merged)


def _draft(taken: CollectedReturn, collection: CollectionContext, name: str, rows: list[merge.RecordRow]) -> None:
    table, path = collection.schemas.tables[name], county_file(name, taken.county)
    rows.sort(key=itemgetter(*table.key))
    taken.rows[path] = rows
    taken.drafts[path] = canonical_csv(table.header, map(itemgetter(*table.header), rows), table.key)


def _before_campaign(incoming: IncomingFile, merged: Merged) -> Iterator[Problem]:
    """New days before the campaign's year of what is the campaign's own: a year mistyped, unless a person says so."""
    year, accepted = str(incoming.collection.campaign.year), incoming.collect_options.accepted
    changed = {(change.key, change.field) for change in merged.changes if change.after}
    for field, (key, entry) in product((f for f in merged.table.fields if f.of_campaign), merged.sources.items()):
        day = entry.values.get(field.name, "")
        is_new = not changed.isdisjoint([(key, ""), (key, field.name)])
        if is_new and day[:4].isdecimal() and day[:4] < year and (entry.sheet, entry.line) not in accepted:
            words = {"title": field.title, "date": safe_to_show(day), "year": year, "row": authority.row_name(entry)}
            yield incoming.problem_at(entry, Code.DAY_BEFORE_CAMPAIGN, field.name, **words)


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


def _conclude(
    taken: CollectedReturn, incoming: IncomingFile, merged: dict[str, Merged], of_rows: list[Problem], found: Found
) -> None:
    """What the record's own checks, and those of its days and rows, say of the drafts goes into `taken`."""
    taken.problems.extend(_trial(taken, incoming, merged, found))
    taken.problems.extend(early for part in merged.values() for early in _before_campaign(incoming, part))
    taken.problems = list(numbering.needless_or_of_rows(incoming, [*taken.problems, *of_rows], merged))
    taken.problems.extend(_unsaid(taken, incoming, merged, found))


def _unsaid(
    taken: CollectedReturn, incoming: IncomingFile, merged: Mapping[str, Merged], found: Iterable[Problem]
) -> Iterator[Problem]:
    """Errors of a sound return's drafts that were passed over as reported already: what is refused is never written."""
    by_path = {county_file(name, taken.county): name for name in merged}
    for problem in found if taken.is_sound else ():
        is_new = problem.is_error and fingerprint(problem) not in incoming.collection.standing
        name = by_path.get(problem.file)
        source = _source(merged[name], sorted(merged[name].rows), problem) if name and is_new else None
        if is_new and problem.file in taken.drafts:
            yield _led_back(problem, incoming, name, source) if name and source else problem


def _trial(
    taken: CollectedReturn, incoming: IncomingFile, merged: Mapping[str, Merged], found: Iterable[Problem]
) -> Iterator[Problem]:
    """What the checks found in the drafts, led back to the cells that were sent in."""
    by_path = {county_file(name, taken.county): name for name in merged}
    order = {name: sorted(part.rows) for name, part in merged.items()}
    find = partial(_entry_at, merged, order)
    for problem in found:
        name = by_path.get(problem.file)
        source = _source(merged[name], order[name], problem) if name else None
        if problem.file == county_file(SUBMISSIONS, taken.county) or (name and problem.code is Code.FILE_COUNTY):
            continue  # what is wrong with the day of the return, or its county, was reported at its own place
        if source and name and problem.code == Code.ROW_DUPLICATE:
            continue  # reported from the return itself, which knows both lines
        if source and name:
            led_back = _of_record(_led_back(problem, incoming, name, source), source, merged[name].table)
            if fingerprint(problem) not in incoming.collection.standing:
                led_back = authority.asked_of_persons(incoming, led_back)
            if led_back.cell or problem.code != Code.CELL_REQUIRED:  # a missing column is reported once
                yield _with_other(led_back, source, find)
        elif not problem.is_error and incoming.collection.forms.lists_villages:
            continue  # a list of villages brings none of what is to come from them
        elif problem.county == taken.county and fingerprint(problem) not in incoming.collection.standing:
            yield _at_other(problem, incoming, find)


def _entry_at(merged: Mapping[str, Merged], order: Mapping[str, Sequence[Key]], place: str) -> tuple[Entry, str] | None:
    """The row of the return, and its table, at a place in the drafts, as a problem names what else it is about."""
    path, _, line = place.rpartition(":")
    name = table_of(path) if line else ""
    keys = order.get(name, ())
    if not line or int(line) - 2 >= len(keys):
        return None
    entry = merged[name].sources.get(keys[int(line) - 2])
    return (entry, name) if entry else None


def _of_record(problem: Problem, source: Entry, table: Table) -> Problem:
    """A problem of days of which the record has one and the return none: that is said, and no cell is blamed for it."""
    titles = {field.title: field.name for field in table.fields}
    named = {name: titles.get(problem.details.get(name, ""), "") for name in _DAYS.get(problem.code, ())}
    kept = [name for name, field in named.items() if field and field not in source.places]
    if not kept:
        return problem
    of_record = {name: layout()["of_record"].format(title=problem.details[name]) for name in kept}
    return replace(problem, cell="", details={**problem.details, **of_record})


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
    cell = address(source.line, place) if place else ""
    example = places.own_example(incoming.expected, titles.get(problem.example, problem.example))
    return replace(problem, file=incoming.file, sheet=source.sheet, line=source.line, cell=cell, example=example)
