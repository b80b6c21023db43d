"""A list of the campaign's villages, or of its counties: its rows as entries.

They get what only the gazetteer and the campaign know.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from site_builder.checks.rules.files import RETURNS
from site_builder.collect.collection_context import CollectionContext
from site_builder.collect.entries import Entry, Findings, NormalisedCell
from site_builder.collect.incoming_file import IncomingFile
from site_builder.collect.structure import tables
from site_builder.collect.structure.parts import Table
from site_builder.collect.structure.services import LaidOut
from site_builder.collect.values.cells import plain
from site_builder.collect.village_lists import gazetteer
from site_builder.model import forms
from site_builder.record.tables import county_file
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem, layout, safe_to_show
from site_builder.untrusted_files import Sheet, address

TABLE, COUNTIES = "villages", "counties"
_SEVERAL = re.compile(r"[、，,;；。:：]")  # between places that one cell names


def read(found: Findings, laid_out: LaidOut, collection: CollectionContext) -> Findings:
    """What a table gave, every row of it an entry: a name alone says that a village is one of the campaign's."""
    rows = sorted([*found.entries, *found.unfilled], key=lambda entry: entry.line)
    return Findings(
        entries=[_completed(entry, laid_out, collection) for entry in rows],
        problems=[_of_gazetteer(problem) for problem in found.problems],
        normalised=found.normalised,
    )


def _completed(entry: Entry, laid_out: LaidOut, collection: CollectionContext) -> Entry:
    """An entry with the village's name, township and year, where the record does not have it yet."""
    code = entry.values.get("village_code", "")
    own = {name: text for name, text in entry.values.items() if text or name != "campaign_year"}
    village = collection.places.villages.get(code)
    if village is None:
        county = _county(entry.line, laid_out, collection)
        known = {"county_code": county} if county else {}
        return entry._replace(values={"campaign_year": str(collection.campaign.year), **own, **known})
    if village in collection.campaign_villages(code[:6]):
        return entry._replace(values={"campaign_year": _year(code, collection), **own})
    return entry._replace(values={**gazetteer.values(village, collection.campaign.year), **own})


def _year(code: str, collection: CollectionContext) -> str:
    """The year that the record has of a village: a row that does not tell it changes nothing."""
    kept = collection.rows.get(county_file(TABLE, code[:6]), [])
    return next(row["campaign_year"] for row in kept if row["village_code"] == code)


def complete_counties(file: str, found: Findings, collection: CollectionContext) -> None:
    """Each row of a list of counties gets what the record must have and a list need not say, which is told.

    That is the body that reports for the county, its prefecture's, and that no liaison's phone is published: a county
    opts in to that. A row of which nothing says the county is a problem.
    """
    standing = {row["county_code"] for row in collection.rows.get(county_file(COUNTIES, ""), [])}
    table, texts = collection.schemas.tables[COUNTIES], layout()
    for entry in found.entries:
        code, place = entry.values.get("county_code", ""), min(entry.places.values(), default=1)
        cell = address(entry.line, entry.places.get("county_code", place))
        if not code:
            named = safe_to_show(entry.values.get("legal_aid_centre", ""))
            found.problems.append(
                Problem(
                    code=Code.COUNTY_NOT_FOUND,
                    file=file,
                    sheet=entry.sheet,
                    line=entry.line,
                    cell=cell,
                    entered=named,
                    details={"found": named},
                )
            )
        for field, value in _unsaid(code, collection).items() if code not in standing else ():
            if not entry.values.get(field):
                entry.values[field] = value
                after = texts["filled_in"].format(
                    title=table.field(field).title, value=table.field(field).choices.get(value, value)
                )
                found.normalised.append(
                    NormalisedCell(sheet=entry.sheet, cell=cell, before=texts["empty"], after=after)
                )


def _unsaid(code: str, collection: CollectionContext) -> dict[str, str]:
    above = collection.places.above.get(code, ())
    body = layout()["body_of"].format(place=above[-2]) if len(above) > 1 else ""
    return {"submitting_body": body, "phone_publication": "none"} if body else {}


def _county(line: int, laid_out: LaidOut, collection: CollectionContext) -> str:
    """The county that a row says it is of; "" for none."""
    place, row = laid_out.header.context.get("county_name", 0), laid_out.sheet.rows[line - 1]
    text = plain(row[place - 1]) if 0 < place <= len(row) else ""
    named = collection.places.counties_named(text) if text else []
    return named[0] if len(named) == 1 else ""


def _of_gazetteer(problem: Problem) -> Problem:
    """What is not found is lacking in the gazetteer, which another remedy is for than a list of the campaign's own."""
    if problem.code is not Code.VILLAGE_NOT_FOUND:
        return problem
    is_several = _SEVERAL.search(problem.entered)
    return replace(problem, code=Code.VILLAGES_IN_ONE_CELL if is_several else Code.VILLAGE_NO_CODE)


def other_kind(incoming: IncomingFile, sheets: Iterable[Sheet], found: Sequence[Table]) -> Problem | None:
    """What is said of a file that another option takes in: all that is lacking in it would lead astray."""
    asked, made_with = incoming.collection.forms, incoming.says.digests.keys()
    if _is_list(incoming, sheets, found):
        return Problem(code=Code.RETURN_VILLAGES, file=incoming.file)
    is_other = made_with and made_with.isdisjoint(asked.forms) and not asked.lists_villages
    return Problem(code=Code.RETURN_OTHER_KIT, file=incoming.file) if is_other else None


def _is_list(incoming: IncomingFile, sheets: Iterable[Sheet], found: Sequence[Table]) -> bool:
    """Whether a file lists villages and nothing that a county reports: by its kit's own marks, or by its heads."""
    collection, digests = incoming.collection, incoming.says.digests
    columns = {column.field.name for table in found for column in table.header.columns.values()}
    if collection.forms.lists_villages or not columns <= {"village_code"}:
        return digests.keys() == {TABLE} and not collection.forms.lists_villages
    list_forms = forms.load_village_list(collection.root, collection.schemas)
    listed = [table for sheet in sheets for table in tables.understand(incoming.file, sheet, list_forms).tables]
    return bool(listed) and all(map(_lists_only, listed))


def _lists_only(table: Table) -> bool:
    """Whether all heads are those of a list of villages; but for one, such as 市州, where some are of no other form."""
    own = {column.field.name for column in table.header.columns.values()} - {"village_code"}
    return len(table.header.ignored) <= bool(own)


def problems(incoming: IncomingFile, county: str, entries: Iterable[Entry]) -> Iterator[Problem]:
    """A county whose villages are listed must be one of those that take part."""
    counties = incoming.collection.rows.get("content/data/counties.csv", [])
    known = {"", *(row["county_code"] for row in counties)}
    if county not in known and any(entry.table == TABLE for entry in entries):
        names = {"county": incoming.county_name(county), "code": county}
        yield Problem(code=Code.VILLAGES_OF_NO_COUNTY, file=incoming.file, county=county, details=names)


def lacking(collection: CollectionContext, county: str) -> list[str]:
    """The tables of which a county with villages has no file yet: they begin without a row."""
    known = collection.rows.keys() | collection.unread
    return [name for name in RETURNS if county_file(name, county) not in known]
