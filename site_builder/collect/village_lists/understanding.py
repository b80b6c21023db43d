"""A sheet of a list of villages understood: its tables, in which every row says its county, township and village."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from site_builder.collect.structure import lines, tables
from site_builder.collect.structure.parts import Table
from site_builder.collect.structure.tables import Understood
from site_builder.collect.structure.turned import Cell, Turned
from site_builder.collect.values.place_names import written
from site_builder.collect.values.places import Places
from site_builder.collect.village_lists import abreast, rewritten
from site_builder.collect.village_lists.rewritten import VillageNames
from site_builder.model.forms import Forms
from site_builder.untrusted_files import Sheet, Value

_COUNTY, _TOWNSHIP, _VILLAGE = rewritten.KINDS


def understand(file: str, sheet: Sheet, forms: Forms, confirmed: Mapping[str, str], places: Places) -> Understood:
    """The tables of a sheet as `tables.understand` finds them, also where it has no heads, or many villages in a cell.

    What a line, a title or the sheet's name says of the county stands in a column of its own.
    """
    names = VillageNames(places=places)
    sheet = abreast.with_townships(sheet, names)
    alone = {line: _alone(row, names) for line, row in enumerate(sheet.rows, start=1)}
    counties = {line: county for line, county in alone.items() if county is not None}
    open_rows = [[] if line in counties else row for line, row in enumerate(sheet.rows, start=1)]
    way = rewritten.split(replace(sheet, rows=open_rows), names)
    found = tables.understand(file, way.sheet, forms, confirmed)
    if not found.tables:
        other = rewritten.prose(sheet, names, forms, _in_texts([sheet.name, *_before_villages(sheet, names)], places))
        return _in_terms_of(sheet, other, tables.understand(file, other.sheet, forms, confirmed)) if other else found
    own = [_with_county(table, _of_lines(table, way, counties, names), way) for table in found.tables]
    return _in_terms_of(sheet, way, Understood(own, found.problems))


def _before_villages(sheet: Sheet, names: VillageNames) -> list[str]:
    """The texts of the lines above the first that names a village."""
    texts: list[str] = []
    for row in sheet.rows:
        own = [value for value in row if isinstance(value, str)]
        if any(map(names.is_known, (part for text in own for part in names.parts(text)))):
            break
        texts += own
    return texts


def _alone(row: Sequence[Value], names: VillageNames) -> str | None:
    """The county that a line names where nothing else stands in it, as `VillageNames.county` has it."""
    cells = lines.filled(row)
    return names.county(cells[0][1]) if len(cells) == 1 else None


def _of_lines(table: Table, way: Turned, counties: Mapping[int, str], names: VillageNames) -> list[str]:
    """For each line of a table's sheet the county of the last line above it that names one, else its titles'."""
    of_titles = next(filter(None, (_in_texts(texts, names.places) for texts in (*table.titles, (table.name,)))), "")
    found, county, last = [], of_titles, 0
    for line in range(1, len(table.sheet.rows) + 1):
        origin = way.origins.get((line, 1), (line, 1))[0]
        for between in range(last + 1, origin):
            county = counties.get(between, county)
        found.append(county)
        last = max(last, origin - 1)
    return found


def _in_texts(texts: Sequence[str], places: Places) -> str:
    """The one county that texts name, in part of them or whole."""
    typed = [written(text.rstrip("\x1f")) for text in texts]
    named = [name for name in places.counties.values() if any(written(name) in text for text in typed)]
    alone = [places.counties[code] for text in typed for code in places.counties_named(text)]
    found = {name for name in named or alone if not any(name != other and name in other for other in named)}
    return found.pop() if len(found) == 1 else ""


def _with_county(table: Table, counties: Sequence[str], way: Turned) -> Table:
    """A table with the county in a column right of all others, unless it has one."""
    header = table.header
    if not any(counties) or {_COUNTY, "region"} & header.context.keys() or _VILLAGE not in header.context:
        return table
    place = max(map(len, table.sheet.rows)) + 1
    village = header.context[_VILLAGE]
    rows = [
        [*row, *[None] * (place - 1 - len(row)), county] if row and line > header.line and county else row
        for line, (row, county) in enumerate(zip(table.sheet.rows, counties, strict=True), start=1)
    ]
    way_back = {(line, place): way.origins.get((line, village), (line, village)) for line in range(1, len(rows) + 1)}
    return replace(
        table,
        sheet=replace(table.sheet, rows=rows),
        header=replace(header, context={**header.context, _COUNTY: place}),
        origins={**table.origins, **way_back},
    )


def _in_terms_of(sheet: Sheet, way: Turned, found: Understood) -> Understood:
    """Tables of a rewritten sheet as tables of the sheet that was sent."""
    own = [
        replace(table, name=sheet.name, origins={**way.origins, **_through(table.origins, way)})
        for table in found.tables
    ]
    return Understood(own, found.problems)


def _through(origins: Mapping[Cell, Cell], way: Turned) -> dict[Cell, Cell]:
    return {cell: way.origins.get(at, at) for cell, at in origins.items()}
