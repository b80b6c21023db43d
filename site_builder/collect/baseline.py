"""What a county was sent, so that what it has changed is told from what it has left as it was, or from a new report.

Our kits carry digests of it. Of a kit that was sent before they did, it is that state of the county's file, of all that
git has and of the one now, with which the most of its cells agree: who changes some cells leaves the others alone.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from site_builder.collect import authority
from site_builder.collect.entries import Entry
from site_builder.collect.incoming_file import IncomingFile
from site_builder.collect.merge import Merged, RecordChange, RecordRow
from site_builder.model.forms import Form
from site_builder.record.cell_digests import Prefilled, prefilled
from site_builder.record.tables import county_file, shown_pair
from site_builder.shared import git
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem, layout, safe_to_show
from site_builder.untrusted_files import address

_MOST_STATES = 30
_MOST_NAMED = 20


def sent(incoming: IncomingFile, county: str, form: Form, entries: Sequence[Entry]) -> Prefilled | None:
    """What the kit said of a table; None of a file that is none of our kits, or another county's."""
    said = incoming.says.before.get(form.table.name)
    if not _is_kit(incoming, county):
        return None
    if said:
        names, digests = said
        return Prefilled(county=county, table=form.table, names=frozenset(names), digests=digests)
    path = county_file(form.table.name, county)
    asked = [column.field.name for column in form.columns]
    now = incoming.collection.rows.get(path, [])
    states = [prefilled(county, form.table, asked, rows) for rows in (now, *_earlier(incoming, path))]
    return max(states, key=lambda state: _agreeing(state, entries)) if len(states) > 1 else None


def _is_kit(incoming: IncomingFile, county: str) -> bool:
    return incoming.says.is_prefilled and incoming.says.county == county


def _earlier(incoming: IncomingFile, path: str) -> Iterator[list[RecordRow]]:
    """The county's file as it stood at each commit that changed it, newest first; none where there is no git."""
    root = incoming.collection.root
    for commit in git.lines(root, "log", "--first-parent", f"-{_MOST_STATES}", "--format=%H", "--", path):
        content = git.run(root, "show", f"{commit}:./{path}").stdout.decode("utf-8-sig", "replace")
        yield [{name: text or "" for name, text in row.items() if name} for row in csv.DictReader(io.StringIO(content))]


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


def problems(incoming: IncomingFile, county: str, merged: Merged, kit: Prefilled | None) -> Iterator[Problem]:
    """What the return says otherwise than the record and did not change itself; what both have changed."""
    stale: dict[str, list[tuple[RecordChange, Entry]]] = {}
    for change, entry in merged.stale:
        stale.setdefault(entry.sheet, []).append((change, entry))
    for sheet, cells in stale.items():
        yield _stale(incoming, sheet, cells)
    for change, entry in merged.conflicts:
        yield _conflict(incoming, county, change, entry)
    yield from _delivered_again(incoming, merged, kit)
    if _is_kit(incoming, county) and not kit and any(change.field and change.before for change in merged.changes):
        sheet = next(iter(merged.sources.values())).sheet
        yield Problem(code=Code.KIT_WITHOUT_BASE, file=incoming.file, sheet=sheet)


def _stale(incoming: IncomingFile, sheet: str, cells: Sequence[tuple[RecordChange, Entry]]) -> Problem:
    named = "、".join(_cell(change, entry) for change, entry in cells[:_MOST_NAMED])
    named += "……" if len(cells) > _MOST_NAMED else ""
    return Problem(
        code=Code.CELLS_STALE, file=incoming.file, sheet=sheet, details={"count": str(len(cells)), "cells": named}
    )


def _cell(change: RecordChange, entry: Entry) -> str:
    return address(entry.line, entry.places.get(change.field, 1))


def _conflict(incoming: IncomingFile, county: str, change: RecordChange, entry: Entry) -> Problem:
    """Both values, as far as they may be shown, who reported this table last, and whose the other is."""
    field = incoming.collection.schemas.tables[change.table].field(change.field)
    before, after = shown_pair(field, change.before, change.after)
    return incoming.problem_at(
        entry,
        Code.CELL_CONFLICT,
        change.field,
        before=before or layout()["empty"],
        after=after or layout()["empty"],
        who=_last_sender(incoming, county, change.table),
        row=authority.row_name(entry),
    )


def _delivered_again(incoming: IncomingFile, merged: Merged, kit: Prefilled | None) -> Iterator[Problem]:
    """Another number on another day for what the record says was delivered: a second batch, or the first put right.

    A receiver has one row of a material, so the second would replace the first. In a kit that had the row filled in
    it was put right.
    """
    if merged.table.name != "deliveries":
        return
    changes = {(change.key, change.field): change for change in merged.changes if change.before and change.after}
    for key, entry in merged.sources.items():
        day, number = changes.get((key, "delivered_on")), changes.get((key, "quantity"))
        is_ours = kit is not None and key in kit.digests
        if day and number and not is_ours and (entry.sheet, entry.line) not in incoming.collect_options.accepted:
            yield _second_batch(incoming, entry, day, number)


def _second_batch(incoming: IncomingFile, entry: Entry, day: RecordChange, number: RecordChange) -> Problem:
    said = {"before": number.before, "day": day.before, "after": number.after, "again": day.after}
    shown = {name: safe_to_show(text) for name, text in said.items()}
    return incoming.problem_at(entry, Code.DELIVERY_AGAIN, "quantity", **shown, row=authority.row_name(entry))


def _last_sender(incoming: IncomingFile, county: str, table: str) -> str:
    """Who sent this table last, and when, as it is registered; the province where nobody is."""
    rows = incoming.collection.rows.get(county_file("submissions", county), [])
    of_table = [row for row in rows if table in row["tables"].split()]
    last = max(of_table, key=lambda row: row["received_on"], default=None)
    return layout()["sent_by"].format_map(last) if last else layout()["by_province"]
