"""The editions that may be shown while counties are held back: none may hold what such a county has reported since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from site_builder.checks import edition_audit
from site_builder.disclosure import editions
from site_builder.last_good import past_columns
from site_builder.last_good.history import CountyState, DataHistory
from site_builder.record import tables
from site_builder.record.records import PublishedCount, Records
from site_builder.shared import git
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem

HELD_BACK = Code.EDITION_HELD_BACK
"""The code of the problem that tells of the first edition that waits for a county."""


def consistent(
    records: Records, held: Mapping[str, CountyState], data_history: DataHistory
) -> tuple[tuple[PublishedCount, ...], list[Problem]]:
    """The rows of the editions before the first that shows newer figures of a county that is held back, and a note.

    records: those in which the counties are held back.
    """
    codes = editions.codes_of(data_history.campaign, data_history.schemas)
    stood = {code: _editions_at(data_history, state.commit) for code, state in held.items()}
    before: Mapping[str, object] = {}
    for edition in editions.editions(records.published_counts, codes):
        day = edition.day.isoformat()
        fresh = [
            code for code, days in stood.items() if day not in days and edition.blocks.get(code) != before.get(code)
        ]
        earlier = tuple(row for row in records.published_counts if row.edition < edition.day)
        due = (
            editions.due_blocks(replace(records, published_counts=earlier), data_history.campaign, codes)
            if fresh
            else {}
        )
        for code in fresh:
            if edition.blocks.get(code) != due.get(code):
                details = {"edition": day, "county": data_history.names.get(code, code)}
                return earlier, [Problem(code=HELD_BACK, file=edition_audit.FILE, details=details)]
        before = edition.blocks
    return records.published_counts, []


def _editions_at(data_history: DataHistory, commit: str) -> set[str]:
    """The days of the editions that were on record at a commit."""
    ids = git.files_at(data_history.line.root, commit, tables.FOLDER)
    file = {path: name for path, name in ids.items() if path == edition_audit.FILE}
    stood = git.contents(data_history.line.root, file)
    adapted = past_columns.adapted(data_history.line.root, commit, data_history.schemas, stood)
    reading = tables.read_drafts(data_history.root, data_history.schemas, adapted)
    place = data_history.schemas.tables["published_counts"].header.index("edition")
    return {row[place] for each in reading.files for row in each.rows}
