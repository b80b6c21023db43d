"""Days that lie after the return that tells of them: either the cell is mistyped, or the day on the cover is."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from site_builder.checks.rules.dates import AHEAD
from site_builder.collect.authority import row_name
from site_builder.collect.incoming_file import IncomingFile
from site_builder.collect.merge import Merged
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem, safe_to_show


def problems(incoming: IncomingFile, merged: Merged) -> Iterator[Problem]:
    """New days of what a unit says that it has done, after the day of its return, unless a person says so."""
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
            yield incoming.problem_at(entry, Code.DAY_AFTER_RETURN, field.name, **said, row=row_name(entry))
