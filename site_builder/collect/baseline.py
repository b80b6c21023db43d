"""What a county was sent, so that what it has changed is told from what it has left as it was, or from a new report.

Our kits carry digests of it. Of a kit without them, an old one or one whose hidden sheets were lost on the way, it is
that state of the county's file, of all that git has and of the one now, with which the most of its cells agree: who
changes some cells leaves the others alone. Two returns may have been taken since, and then no state is the right one:
what would bring back a value of another time is asked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product

from site_builder.checks.rules.dates import AHEAD
from site_builder.collect import authority
from site_builder.collect.entries import Entry
from site_builder.collect.incoming_file import IncomingFile
from site_builder.collect.merge import Key, Merged, RecordChange
from site_builder.collect.values.cells import plain
from site_builder.collect.values.numbers import addends
from site_builder.model.forms import Form, RowKind
from site_builder.record.cell_digests import Prefilled, prefilled
from site_builder.record.history import RecordHistory
from site_builder.record.identifiers import last_number, numbered
from site_builder.record.tables import shown_pair, shown_value
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem, layout, safe_to_show
from site_builder.untrusted_files import address

_MOST_NAMED = 20


def sent(incoming: IncomingFile, form: Form, entries: Sequence[Entry], history: RecordHistory) -> Prefilled | None:
    """What the kit said of a table; None of a file that is none of our kits, or another county's."""
    said, county = incoming.says.before.get(form.table.name), history.county
    if not _is_kit(incoming, county):
        return None
    if said:
        names, digests = said
        return Prefilled(county=county, table=form.table, names=frozenset(names), digests=digests)
    asked = [column.field.name for column in form.columns]
    states = [prefilled(county, form.table, asked, state.rows) for state in history.states]
    if len(states) == 1:
        return None
    likeliest = max(states, key=lambda state: _agreeing(state, entries))
    return replace(likeliest, others=tuple(state for state in states if state is not likeliest))


def _is_kit(incoming: IncomingFile, county: str) -> bool:
    """Whether it is our workbook with the county's record in it, be it that its sheets alone are left."""
    says = incoming.says
    return says.county == county if says.is_prefilled else says.is_own_form and incoming.expected in {"", county}


def _agreeing(state: Prefilled, entries: Iterable[Entry]) -> int:
    """How many cells of a return are as they were in a state."""
    return sum(
        state.said(key, name, text)
        for entry in entries
        if (key := tuple(entry.values.get(name, "") for name in state.table.key)) in state.digests
        for name, text in entry.values.items()
        if state.knows(name)
    )


# ---- what is told


def outdated(incoming: IncomingFile, history: RecordHistory, change: RecordChange, entry: Entry) -> bool:
    """Whether an answer came no later than what it would change: a form service exports all that it ever gathered."""
    answered = incoming.says.answered.get((entry.sheet, entry.line))
    days = [row["received_on"] for row in history.reports(change.key, change.field)] if answered else []
    return bool(answered and days and answered.isoformat() <= max(days))


def problems(
    incoming: IncomingFile, history: RecordHistory, merged: Merged, kit: Prefilled | None
) -> Iterator[Problem]:
    """What the return says otherwise than the record and did not change itself; what both have changed."""
    yield from _by_sheet(incoming, Code.CELLS_STALE, merged.stale)
    yield from _by_sheet(incoming, Code.ANSWERS_OUTDATED, merged.outdated)
    yield from _by_sheet(incoming, Code.ANSWERS_SKIPPED, list(_skipped(merged)))
    used_twice = _used_twice(incoming, merged, kit)
    asked = [(change, entry) for change, entry in merged.conflicts if change.key not in used_twice]
    kept = [(change, entry) for change, entry in asked if (entry.sheet, entry.line) in incoming.collect_options.kept]
    yield from _by_sheet(incoming, Code.CONFLICTS_KEPT, kept)
    yield from (_conflict(incoming, history, change, entry) for change, entry in asked if (change, entry) not in kept)
    yield from _numbers_taken(incoming, history, merged, used_twice)
    yield from _delivered_again(incoming, merged, kit)
    is_without = merged.table.name not in incoming.says.before and bool(history.states[0].rows)
    if is_without and _is_kit(incoming, history.county):
        yield Problem(code=Code.KIT_WITHOUT_BASE, file=incoming.file)


def _skipped(merged: Merged) -> Iterator[tuple[RecordChange, Entry]]:
    """What the record keeps because nobody was asked for it, as cells that would be empty else."""
    for key, entry in merged.sources.items():
        for name in sorted(entry.skipped) if key not in merged.ended else ():
            before = merged.rows[key].get(name, "") if key in merged.rows else ""
            if before:
                yield RecordChange(table=entry.table, key=key, field=name, before=before, after=""), entry


def _used_twice(incoming: IncomingFile, merged: Merged, kit: Prefilled | None) -> dict[Key, tuple[RecordChange, Entry]]:
    """The numbers of rows that the kit left empty and that another return has filled in since, with what differs."""
    if kit is None or incoming.collection.forms.forms[merged.table.name].rows is not RowKind.IDENTIFIERS:
        return {}
    found: dict[Key, tuple[RecordChange, Entry]] = {}
    for change, entry in merged.conflicts:
        if change.key not in kit.digests and change.before and change.key in merged.rows:
            found.setdefault(change.key, (change, entry))
    return found


def _numbers_taken(
    incoming: IncomingFile,
    history: RecordHistory,
    merged: Merged,
    used_twice: Mapping[Key, tuple[RecordChange, Entry]],
) -> Iterator[Problem]:
    """One word for a row, with the number that is free for it: its cells are not two versions of one thing."""
    name, county = merged.table.name, history.county
    last = last_number(name, county, (key[0] for key in merged.rows)) if used_twice else 0
    for following, (key, (change, entry)) in enumerate(used_twice.items(), start=last + 1):
        before, after = shown_pair(merged.table.field(change.field), change.before, change.after)
        said = {"before": before, "after": after or layout()["empty"], "next": numbered(name, county, following)}
        number, row = safe_to_show(key[0]), authority.row_name(entry)
        yield incoming.problem_at(entry, Code.NUMBER_TAKEN, merged.table.key[0], **said, number=number, row=row)


def rekeyed(incoming: IncomingFile, merged: Merged) -> Iterator[Problem]:
    """Rows that the kit had filled in and that say now that they are about something else: put right, or new."""
    table = merged.table
    for key, old in merged.rekeyed.items():
        entry = merged.sources.get(key)
        if entry is None or key in merged.redated or (entry.sheet, entry.line) in incoming.collect_options.accepted:
            continue
        name, before, after = next(part for part in zip(table.key, old, key, strict=False) if part[1] != part[2])
        before, after = shown_pair(table.field(name), before, after)
        said = {"title": table.field(name).title, "before": before, "after": after}
        yield incoming.problem_at(entry, Code.ROW_REKEYED, name, **said, row=authority.row_name(entry))


def _by_sheet(incoming: IncomingFile, code: Code, found: Sequence[tuple[RecordChange, Entry]]) -> Iterator[Problem]:
    sheets: dict[str, list[tuple[RecordChange, Entry]]] = {}
    for change, entry in found:
        sheets.setdefault(entry.sheet, []).append((change, entry))
    for sheet, cells in sheets.items():
        named = "、".join(_cell(change, entry) for change, entry in cells[:_MOST_NAMED])
        named += "……" if len(cells) > _MOST_NAMED else ""
        details = {"count": str(len(cells)), "cells": named, "row": authority.row_name(cells[0][1])}
        yield Problem(code=code, file=incoming.file, sheet=sheet, details=details)


def _cell(change: RecordChange, entry: Entry) -> str:
    return address(entry.line, entry.places.get(change.field, 1))


def _conflict(incoming: IncomingFile, history: RecordHistory, change: RecordChange, entry: Entry) -> Problem:
    """Both values, as far as they may be shown, and whose the record's is where that is known.

    Of one that is not shown the county cannot see what to agree with, so it is asked otherwise.
    """
    field = incoming.collection.schemas.tables[change.table].field(change.field)
    before, after = shown_pair(field, change.before, change.after)
    is_shown = layout()["hidden"] not in {before, after}
    return incoming.problem_at(
        entry,
        Code.CELL_CONFLICT if is_shown else Code.CELL_CONFLICT_HIDDEN,
        change.field,
        before=before or layout()["empty"],
        after=after or layout()["empty"],
        who=_sender(history, change),
        row=authority.row_name(entry),
    )


def _delivered_again(incoming: IncomingFile, merged: Merged, kit: Prefilled | None) -> Iterator[Problem]:
    """Another number on another day for what the record says was delivered: a second batch, or the first put right.

    A receiver has one row of a material, so the second would replace the first. In a kit that had the row filled in
    it was put right, and so was a day alone; but in a sheet with second batches one may be as large as the first.
    A number that is written as the record's and another one, 30+50, says that it is of both.
    """
    if merged.table.name != "deliveries":
        return
    changes = {(change.key, change.field): change for change in merged.changes if change.before and change.after}
    accepted = incoming.collect_options.accepted
    found = [
        (entry, day, changes.get((key, "quantity")), merged.rows[key]["quantity"])
        for key, entry in merged.sources.items()
        if (day := changes.get((key, "delivered_on")))
        and not (kit is not None and key in kit.digests)
        and (entry.sheet, entry.line) not in accepted
        and not _is_added(incoming, entry, changes.get((key, "quantity")))
    ]
    of_batches = {entry.sheet for entry, _, number, _ in found if number}
    for entry, day, number, same in found:
        if entry.sheet in of_batches:
            before, after = (number.before, number.after) if number else (same, same)
            yield _second_batch(incoming, entry, day, before, after)


def _is_added(incoming: IncomingFile, entry: Entry, number: RecordChange | None) -> bool:
    """Whether a row's number is written as a sum of which all but the last is the record's."""
    place = entry.places.get("quantity", 0)
    rows = next((sheet.rows for sheet in incoming.received.sheets if sheet.name == entry.sheet), [])
    row = rows[entry.line - 1] if entry.line <= len(rows) else []
    typed = plain(row[place - 1]) if 0 < place <= len(row) else ""
    written = addends(re.sub("[^0-9]+$", "", typed))
    return number is not None and len(written) > 1 and str(sum(written[:-1])) == number.before


def _second_batch(incoming: IncomingFile, entry: Entry, day: RecordChange, before: str, after: str) -> Problem:
    said = {"before": before, "day": day.before, "after": after, "again": day.after}
    shown = {name: safe_to_show(text) for name, text in said.items()}
    return incoming.problem_at(entry, Code.DELIVERY_AGAIN, "quantity", **shown, row=authority.row_name(entry))


def _sender(history: RecordHistory, change: RecordChange) -> str:
    """Who sent what the record says, and when; nobody where several may have."""
    reports = history.reports(change.key, change.field)
    return layout()["sent_by"].format_map(reports[0]) if len(reports) == 1 else ""


def emptied(incoming: IncomingFile, merged: Merged) -> Iterator[Problem]:
    """Cells that are empty now though the record has something there: meant so, or lost on the way."""
    for change in merged.changes:
        entry = merged.sources.get(change.key)
        if entry and change.field and not change.after:
            field = incoming.collection.schemas.tables[change.table].field(change.field)
            before = shown_value(field, change.before)
            yield incoming.problem_at(entry, Code.CELL_EMPTIED, change.field, before=before)


def overwritten(incoming: IncomingFile, name: str, merged: Merged) -> Iterator[Problem]:
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


def unasked(incoming: IncomingFile, merged: Merged) -> Iterator[Problem]:
    """What the record keeps of reported villages because the sheet asks nothing of it, in whatever layout: 需求.

    The sums of the sheet are not those that the record has then, by so many persons.
    """
    form = incoming.collection.forms.forms[merged.table.name]
    if not form.is_spread:
        return
    first: dict[str, Entry] = {}
    for entry in merged.sources.values():
        first.setdefault(entry.values.get("village_code", ""), entry)
    reported = {change.key for change, _ in (*merged.stale, *merged.conflicts, *merged.outdated)}
    value = next(column.field.name for column in form.columns if column.fixed)
    kept = [
        (key, int(row[value]))
        for key, row in sorted(merged.rows.items())
        if key not in merged.sources and key not in reported and row["village_code"] in first and row[value].isdecimal()
    ]
    counted = [(key, number) for key, number in kept if number]
    if counted:
        name, entry = incoming.collection.record_name, first[counted[0][0][0]]
        named = "、".join(f"{name(merged.table, key)}{number}" for key, number in counted[:_MOST_NAMED])
        said = {"kept": named + ("……" if len(counted) > _MOST_NAMED else ""), "count": str(len(counted))}
        said["persons"] = str(sum(number for _, number in counted))
        yield Problem(code=Code.NEEDS_KEPT, file=incoming.file, sheet=entry.sheet, details=said)


def after_return(incoming: IncomingFile, merged: Merged) -> Iterator[Problem]:
    """New days of what a unit says that it has done, after the day of its return, unless a person says so.

    Either the cell is mistyped, or the day on the cover is.
    """
    as_of, received_on = str(incoming.collection.campaign.data_as_of), str(incoming.received_on)
    if not incoming.collection.forms.is_of_units:
        return
    changed = {(change.key, change.field) for change in merged.changes if change.after or not change.field}
    fields = [field for field in merged.table.fields if field.type == "date"]
    done = [field for field in fields if (merged.table.name, field.name) not in AHEAD]
    for field, (key, entry) in product(done, merged.sources.items()):
        day = entry.values.get(field.name, "")
        is_new = not changed.isdisjoint([(key, ""), (key, field.name)])
        is_accepted = (entry.sheet, entry.line) in incoming.collect_options.accepted
        if is_new and received_on < day <= as_of and not is_accepted:  # what is later still the record's check refuses
            said = {"title": field.title, "date": safe_to_show(day), "received_on": received_on}
            yield incoming.problem_at(entry, Code.DAY_AFTER_RETURN, field.name, **said, row=authority.row_name(entry))
