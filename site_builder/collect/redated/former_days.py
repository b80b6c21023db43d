"""What comes back under a day that was put right since: it is the record that stands under another day now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from site_builder.collect.redated import same_surveys
from site_builder.collect.redated.same_surveys import Against, DatedRow, Decided
from site_builder.record.cell_digests import Prefilled, is_same
from site_builder.record.history import RecordHistory, is_of_days
from site_builder.shared.problems import Problem

_NAME = "name"
R = TypeVar("R", bound=DatedRow)


def brought_forward(
    against: Against, entries: Iterable[R], history: RecordHistory, kit: Prefilled | None
) -> Decided[R]:
    """The entries, each under its record's day of now, with a word of each whose day is one of before.

    One whose record is in the return under its day of now as well is left out. Not those that a person has accepted,
    nor those of a kit that had the record: that tells by itself what was changed in it. Of surveys that were answered
    twice, alike but for the day, what is left is what `same_surveys` says.
    """
    table, given = history.table, list(entries)
    on_record, said = history.states[0].by_key, {against.key(entry) for entry in given}
    if not is_of_days(table) or said <= on_record.keys():
        return Decided(rows=given, problems=[], accepted=frozenset(against.accepted))
    kept, found = list[R](), list[Problem]()
    for entry in given:
        old = against.key(entry)
        now = history.former.get(old) if on_record and old not in on_record else None
        is_known = kit is not None and not kit.digests.keys().isdisjoint([old, now])
        if now is None or is_known or against.accepts(entry) or not _is_mostly(against, entry, on_record[now]):
            kept.append(entry)
            continue
        found.append(against.day_mended(entry, now[1]))
        if now not in said:
            said.add(now)
            kept.append(entry._replace(values={**entry.values, table.key[1]: now[1]}))
    left = same_surveys.decided(against, kept, on_record)
    return left._replace(problems=[*found, *left.problems])


def _is_mostly(against: Against, entry: DatedRow, row: Mapping[str, str]) -> bool:
    """Whether more than half of what a row says is as a record has it, and it is of the same person."""
    said = {name: text for name, text in entry.values.items() if name not in against.table.key}
    alike = {name for name, text in said.items() if is_same(against.table, name, row[name], text)}
    return 2 * len(alike) > len(said) and (_NAME in alike or _NAME not in said)
