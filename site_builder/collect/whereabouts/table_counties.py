"""The county of each table and of each row, where a sheet has several counties one above or beside another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from site_builder.collect.structure import lines
from site_builder.collect.structure.parts import Table
from site_builder.collect.values.cells import is_blank, plain
from site_builder.collect.values.place_names import written
from site_builder.collect.values.places import Places
from site_builder.collect.village_lists.rewritten import VillageNames
from site_builder.collect.whereabouts import titled_county
from site_builder.untrusted_files import Value

COUNTY = "county_name"
_SAID_BY = {COUNTY, "region"}
_OF_COUNTIES = {"county_code", "unit_code"}


def with_own(found: list[Table], places: Places) -> list[Table]:
    """The tables; where they name several counties, each with the county of each row in a column right of the sheet's.

    The county is that of the last line above a row that names one and nothing else, or else what the nearest of a
    table's titles, its sheet's name last, says. A table that has a column of counties says it by itself.
    """
    names = VillageNames(places=places)
    said = [_said(table, names) for table in found]
    if len({county for each in said for county in each.values()} - {""}) <= 1:
        return found
    return [
        _with_column(table, each, names) if any(each.values()) else table
        for table, each in zip(found, said, strict=True)
    ]


def laid_column(table: Table) -> dict[int, int]:
    """The column of counties that was laid beside a table, with the one that it begins with; nothing without one."""
    place = table.header.context.get(COUNTY, 0)
    is_laid = place and not any(place <= len(row) for row in table.sheet.rows[: table.header.line])
    return {place: min({*table.header.columns, *table.header.context.values()})} if is_laid else {}


def are_in_rows(table: Table, places: Places) -> bool:
    """Whether each row of a table says its county, in a column or before its village: 吉林省-白城市-洮南市-南郊村."""
    place = table.header.context.get("village_name", 0)
    cells = [row[place - 1] for row in table.sheet.rows[table.header.line :] if 0 < place <= len(row)]
    named = (places.below_county(plain(cell))[0] for cell in cells if not is_blank(cell))
    return COUNTY in table.header.context or (any(not is_blank(cell) for cell in cells) and all(named))


def are_of_several(found: Iterable[Table], places: Places) -> bool:
    """Whether tables are said to be of several counties: each names its own, or titles name the prefecture of all."""
    prefectures = {name for above in places.above.values() for name in above[1:-1]}
    texts = [written(text) for table in found for own in (*table.titles, (table.name,)) for text in own]
    is_larger = any(name in text for name in prefectures for text in texts)
    return any(map(laid_column, found)) or (is_larger and not titled_county.named_in(texts, places))


def _said(table: Table, names: VillageNames) -> dict[int, str]:
    """By line below a table's heads the code of the county that speaks for it, "" for none.

    Nothing of a table that has a column of counties, or is not as it was sent: its rows speak for themselves.
    """
    header, places = table.header, names.places
    fields = {column.field.name for column in header.columns.values()}
    if _SAID_BY & header.context.keys() or _OF_COUNTIES & fields or header.service or table.origins:
        return {}
    texts = (*table.titles, (table.name,))
    own = next(filter(None, (titled_county.named_in(each, places) for each in texts)), "")
    said: dict[int, str] = {}
    for line, row in enumerate(table.sheet.rows[header.line :], start=header.line + 1):
        said[line] = own = _heading(row, names) or own
    return said


def _heading(row: Sequence[Value], names: VillageNames) -> str:
    """The code of the county that stands alone in a line."""
    cells = lines.filled(row) if len(row) - row.count(None) == 1 else []
    named = names.county(cells[0][1]) if len(cells) == 1 else None
    return names.places.counties_named(named)[0] if named else ""


def _with_column(table: Table, said: Mapping[int, str], names: VillageNames) -> Table:
    """A table with its rows' counties in a column of their own, and without the lines that are their headings."""
    header, rows, place = table.header, list[list[Value]](), max(map(len, table.sheet.rows)) + 1
    for line, row in enumerate(table.sheet.rows, start=1):
        county = said.get(line, "") if not all(map(is_blank, row)) else ""
        if county and _heading(row, names):
            rows.append([])
        elif county:
            rows.append([*row, *[None] * (place - 1 - len(row)), names.places.counties[county]])
        else:
            rows.append(list(row))
    context = {**header.context, COUNTY: place}
    return replace(table, sheet=replace(table.sheet, rows=rows), header=replace(header, context=context))
