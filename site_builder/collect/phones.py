"""Entries from an export of the phone forms: read by the same readers as a sheet's cells, and led back to its cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from site_builder.collect.collection_context import CollectionContext
from site_builder.collect.entries import Entry, Findings
from site_builder.collect.phone_exports.export_parts import RESIDENTS, ExportOrigin
from site_builder.collect.phone_exports.exports import Export, FlatTable
from site_builder.collect.phone_exports.residents import residents_to_rows
from site_builder.collect.values import readers
from site_builder.collect.values.cells import CellError, is_blank, plain
from site_builder.model.forms import Form, FormColumn
from site_builder.record.tables import county_file, shown_entry
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem, safe_to_show
from site_builder.untrusted_files import UntrustedFile, Value, address


def read(received: UntrustedFile, export: Export, collection: CollectionContext) -> Findings:
    """Everything that an export reports; the residents' answers as figures of their village's last survey."""
    found = Findings(problems=list(export.problems))
    for table in _tables(export):
        form = collection.forms.forms[table.name]
        for values, origins in zip(table.rows, table.origins, strict=True):
            row = dict(zip(table.header, values, strict=True))
            places = dict(zip(table.header, origins, strict=True))
            entry = _entry(received, form, collection, row, places, found)
            if table.name == "village_surveys" and "surveyed_on" not in row:
                _date_by_survey(received, collection, entry, places, found)
            found.entries.append(entry._replace(county=export.marks.get((entry.sheet, entry.line), "")))
    return found


def _tables(export: Export) -> Iterator[FlatTable]:
    for table in export.sheets:
        if table.name == RESIDENTS:
            yield from (made for made in residents_to_rows(table) if made.rows)
        else:
            yield table


def _entry(  # noqa: PLR0913, PLR0917  (one row with all that it is read by)
    received: UntrustedFile,
    form: Form,
    collection: CollectionContext,
    row: Mapping[str, Value],
    places: Mapping[str, ExportOrigin],
    found: Findings,
) -> Entry:
    sheet, line, _ = places["village_code"]
    columns = {column.field.name: column for column in form.record_columns}
    values = {
        name: "" if is_blank(value) else _text(received, columns[name], collection, value, places[name], found)
        for name, value in row.items()
    }
    return Entry(
        table=form.table.name,
        sheet=sheet,
        line=line,
        values=values,
        places={name: column for name, (where, at, column) in places.items() if (where, at) == (sheet, line)},
    )


def _text(  # noqa: PLR0913, PLR0917
    received: UntrustedFile,
    column: FormColumn,
    collection: CollectionContext,
    value: Value,
    place: ExportOrigin,
    found: Findings,
) -> str:
    aliases = collection.forms.choice_aliases.get(column.field.code_list, {})
    try:
        habits = readers.Habits(counts_from_1904=received.counts_from_1904)
        return readers.reader(column, aliases, column.field.name == "village_code", habits)(value)
    except CellError as error:
        details = {"title": column.title, "description": column.field.description, **error.details}
        entered = shown_entry(column.field, plain(value))
        found.problems.append(_problem(received, error.code, place, column=column.title, entered=entered, **details))
        return ""


def _date_by_survey(
    received: UntrustedFile,
    collection: CollectionContext,
    entry: Entry,
    places: Mapping[str, ExportOrigin],
    found: Findings,
) -> None:
    """Residents are asked about a village that was surveyed: their figures belong to its last survey."""
    village = entry.values["village_code"]
    surveys = collection.rows.get(county_file("village_surveys", village[:6]), [])
    days = [row["surveyed_on"] for row in surveys if row["village_code"] == village]
    if days:
        entry.values["surveyed_on"] = max(days)
    else:
        place = collection.places.villages.get(village)
        name = place.township + place.name if place else safe_to_show(village)
        found.problems.append(_problem(received, Code.RESIDENTS_WITHOUT_SURVEY, places["village_code"], village=name))


def _problem(
    received: UntrustedFile, code: Code, place: ExportOrigin, column: str = "", entered: str = "", **details: str
) -> Problem:
    sheet, line, at = place
    return Problem(
        code=code,
        file=received.path.name,
        sheet=sheet,
        line=line,
        cell=address(line, at),
        column=column,
        entered=entered,
        details=details,
    )
