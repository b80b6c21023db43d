"""One change to a village's liaison that the office makes without a workbook.

It is put down as a county would put it on the form, in a sheet that is on no disk, and collected as a return is.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from site_builder.collect import intake
from site_builder.collect.apply import SUBMISSIONS
from site_builder.collect.collection_context import CollectionContext
from site_builder.collect.incoming_file import CollectedReturn, CollectOptions
from site_builder.collect.merge import RecordRow
from site_builder.collect.values import days
from site_builder.collect.values.cells import CellError, on_one_line
from site_builder.collect.values.places import KnownVillage, Places
from site_builder.model.schemas import Field
from site_builder.record.facts import OFFICE_CHANGE
from site_builder.record.tables import county_file
from site_builder.shared.codes import Code
from site_builder.shared.text_forms import half_width
from site_builder.untrusted_files import Sheet, UntrustedFile, Value

TABLE = "liaisons"


@dataclass(frozen=True, slots=True, kw_only=True)
class LiaisonChange:
    """What is to be said of one village's liaison.

    given: what was typed, by field name, "" for a cell to be emptied; file_name: what it goes by in problems and in the
    register, where a return has the name of its file.
    """

    village: KnownVillage
    given: Mapping[str, str]
    file_name: str


class ChangedCell(NamedTuple):
    """A cell of the record that a change alters, of the liaison who serves since a day: its text before and after."""

    name: str
    since: str
    field: Field
    before: str
    after: str


def villages_named(text: str, places: Places) -> list[KnownVillage]:
    """The villages that a code or a name means; with the county or the township before it, only those of that one."""
    typed = on_one_line(half_width(text))
    if typed in places.villages:
        return [places.villages[typed]]
    found = (village for county in places.counties for village in places.named(county, "", typed))
    return list(dict.fromkeys(found))


def liaisons_of(village: KnownVillage, rows: Mapping[str, list[RecordRow]]) -> list[RecordRow]:
    """The rows of a village's liaisons, the first one first. rows: of the record, by path."""
    of_county = rows.get(county_file(TABLE, village.code[:6]), [])
    return sorted((row for row in of_county if row["village_code"] == village.code), key=lambda row: row["from_date"])


def serving(liaisons: list[RecordRow]) -> RecordRow | None:
    """The one whose term has no end; None where there is none."""
    return next((row for row in reversed(liaisons) if not row["to_date"]), None)


def collect(change: LiaisonChange, collection: CollectionContext, collect_options: CollectOptions) -> CollectedReturn:
    """What a return with these rows would bring; that it has no other villages is not worth a word.

    Where its cells stand is none either: nobody has seen the sheet. What to do is said to whoever made the change.
    """
    of_county = replace(collect_options, county=change.village.code[:6], source=OFFICE_CHANGE)
    (taken,) = intake.take(_as_file(change, collection), collection, of_county)
    own = (problem for problem in taken.problems if problem.code != Code.VILLAGES_MISSING)
    taken.problems = [replace(problem, sheet="", line=None, cell="", is_here=True) for problem in own]
    return taken


def changed_cells(
    village: KnownVillage, collection: CollectionContext, taken: CollectedReturn
) -> Iterator[ChangedCell]:
    """What will be another in the rows of a village's liaisons, term by term."""
    before = {row["from_date"]: row for row in liaisons_of(village, collection.rows)}
    for row in liaisons_of(village, taken.rows):
        old = before.get(row["from_date"], {})
        for column in collection.forms.forms[TABLE].columns[1:]:
            name = column.field.name
            if row[name] != old.get(name, ""):
                yield ChangedCell(row["name"], row["from_date"], column.field, old.get(name, ""), row[name])


def _as_file(change: LiaisonChange, collection: CollectionContext) -> UntrustedFile:
    form = collection.forms.forms[TABLE]
    reported = _reported(change, liaisons_of(change.village, collection.rows))
    unsaid = {"phone_consent"} - change.given.keys() if "work_phone" in change.given else set[str]()
    columns = [column for column in form.columns if column.field.name not in unsaid]
    rows: list[list[Value]] = [[column.title for column in columns]]
    rows += [[row.get(column.field.name, "") for column in columns] for row in reported]
    return UntrustedFile(
        path=Path(change.file_name),
        kind="csv",
        digest=_digest(rows, collection.rows.get(county_file(SUBMISSIONS, change.village.code[:6]), [])),
        sheets=(Sheet(name=form.sheet, rows=rows),),
    )


def _digest(rows: list[list[Value]], submissions: list[RecordRow]) -> str:
    """What identifies the change: the same one made again, after another, is one more."""
    written = json.dumps([rows, [row["file_hash"] for row in submissions]], ensure_ascii=False)
    return hashlib.sha256(written.encode("utf-8")).hexdigest()


def _reported(change: LiaisonChange, liaisons: list[RecordRow]) -> list[RecordRow]:
    """The rows of the form: the liaison's own with what is given, or a new one's.

    A first day that is on record says which liaison is meant, another one that somebody new begins; without one it is
    whoever serves. With somebody new, a last day is that of whoever serves.
    """
    given, present = dict(change.given), serving(liaisons)
    since = as_day(given.get("from_date", ""))
    meant = next((row for row in liaisons if row["from_date"] == since), None) if since else present
    if meant:
        return [meant | given]
    leaving = [present | {"to_date": given.pop("to_date")}] if present and "to_date" in given else []
    return [*leaving, {"village_code": change.village.code, **given}]


def as_day(text: str) -> str:
    """A day as the record writes it; one that cannot be read as it is, for the collection to say so."""
    try:
        return days.read_day(text, counts_from_1904=False) if text else ""
    except CellError:
        return text
