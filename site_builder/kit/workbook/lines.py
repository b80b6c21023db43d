"""The lines of a form's sheet below its head: what the record already holds, then what is still to be filled in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import product

from site_builder.kit.county import KitCounty, KitVillage, RecordRow
from site_builder.model.forms import Form, RowKind
from site_builder.record.facts import NOT_OF_DEPARTMENTS, is_department
from site_builder.record.identifiers import last_number, numbered, window_id

SPARE_VILLAGE_LINES = 20  # for villages whose liaison changed
SPARE_LISTED_VILLAGES = 200
SPARE_IDENTIFIERS = 100
SPARE_FREE_LINES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLine:
    """One line of a sheet.

    texts: for each column of the form, what the record holds, or ""; village: that the line is about, if any;
    is_named: whether the line already says what it is about, in cells that are locked.
    """

    texts: tuple[str, ...]
    village: KitVillage | None
    is_named: bool


def lines_of(form: Form, county: KitCounty) -> list[SheetLine]:
    """All lines of a form's sheet for a county, in the order of the sheet."""
    makers: dict[RowKind, Callable[[Form, KitCounty], list[SheetLine]]] = {
        RowKind.VILLAGES: _village_lines,
        RowKind.WINDOWS: _window_lines,
        RowKind.IDENTIFIERS: _identifier_lines,
        RowKind.PERIODS: _period_lines,
        RowKind.FREE: _free_lines,
        RowKind.OWN: _own_line,
    }
    return makers[form.rows](form, county)


def naming_places(form: Form) -> frozenset[int]:
    """The columns, counted from 0, that say what a named line is about. A date of the key may be corrected."""
    naming = {*form.table.key, *{RowKind.WINDOWS: ("campaign_year",), RowKind.OWN: ("name",)}.get(form.rows, ())}
    return frozenset(
        place
        for place, column in enumerate(form.columns)
        if column.field.name in naming and column.field.type != "date" and not column.fixed
    )


def locked_places(form: Form, county: KitCounty) -> frozenset[int]:
    """The columns that nothing is entered in on a named line: its names, and what a department does not report."""
    return naming_places(form) | unasked_places(form, county)


def unasked_places(form: Form, county: KitCounty) -> frozenset[int]:
    """The columns, counted from 0, that are not asked of whom the kit is for: what a department does not report."""
    left_out = NOT_OF_DEPARTMENTS if form.rows is RowKind.OWN and is_department(county.code) else ()
    return frozenset(place for place, column in enumerate(form.columns) if column.field.name in left_out)


def _village_lines(form: Form, county: KitCounty) -> list[SheetLine]:
    villages = {village.code: village for village in county.villages}
    by_village = _spread(form, county) if form.is_spread else _by_first_column(form, county)
    lines = [
        SheetLine(texts=texts, village=villages.get(code), is_named=True)
        for code in sorted({*villages, *by_village})
        for texts in by_village.get(code) or [_only_first(form, code)]
    ]
    if form.lists_villages:
        return lines + _spare(form, SPARE_LISTED_VILLAGES)
    # A spread form has all of a village in one line: a second one could only contradict it.
    return lines + _spare(form, SPARE_VILLAGE_LINES if villages and not form.is_spread else 0)


def _window_lines(form: Form, county: KitCounty) -> list[SheetLine]:
    rows = _in_order(form, county)
    there = {row.get("campaign_year", "") for row in rows}
    promised = [
        {"window_id": window_id(county.code, year), "campaign_year": str(year)}
        for year in county.window_years
        if str(year) not in there
    ]
    rows = sorted([*rows, *promised], key=lambda row: row.get("window_id", ""))
    return [SheetLine(texts=_texts(form, row), village=None, is_named=True) for row in rows]


def _identifier_lines(form: Form, county: KitCounty) -> list[SheetLine]:
    rows = _in_order(form, county)
    name = form.table.name
    last = last_number(name, county.code, (_texts(form, row)[0] for row in rows))
    free = [numbered(name, county.code, number) for number in range(last + 1, last + 1 + SPARE_IDENTIFIERS)]
    lines = [SheetLine(texts=_texts(form, row), village=None, is_named=True) for row in rows]
    return lines + [SheetLine(texts=_only_first(form, identifier), village=None, is_named=True) for identifier in free]


def _period_lines(form: Form, county: KitCounty) -> list[SheetLine]:
    """A line for each period of the year and each figure, whether there is a value yet or not."""
    there = {(row.get("period", ""), row.get("indicator", "")): row for row in _in_order(form, county)}
    asked = list(product(county.periods, form.table.field("indicator").choices))
    keys = [*(key for key in there if key not in asked), *asked]
    rows = [there.get(key, {"period": key[0], "indicator": key[1]}) for key in keys]
    return [SheetLine(texts=_texts(form, row), village=None, is_named=True) for row in rows]


def _free_lines(form: Form, county: KitCounty) -> list[SheetLine]:
    rows = _in_order(form, county)
    lines = [SheetLine(texts=_texts(form, row), village=None, is_named=True) for row in rows]
    return lines + _spare(form, SPARE_FREE_LINES)


def _own_line(form: Form, county: KitCounty) -> list[SheetLine]:
    return [SheetLine(texts=_texts(form, row), village=None, is_named=True) for row in _in_order(form, county)]


def _in_order(form: Form, county: KitCounty) -> list[RecordRow]:
    rows: Iterable[RecordRow] = county.rows.get(form.table.name, [])
    return sorted(rows, key=lambda row: [row.get(name, "") for name in form.table.key])


def _texts(form: Form, row: RecordRow) -> tuple[str, ...]:
    return tuple(row.get(column.field.name, "") for column in form.columns)


def _only_first(form: Form, text: str) -> tuple[str, ...]:
    return (text, *[""] * (len(form.columns) - 1))


def _spare(form: Form, count: int) -> list[SheetLine]:
    return [SheetLine(texts=_only_first(form, ""), village=None, is_named=False)] * count


def _by_first_column(form: Form, county: KitCounty) -> dict[str, list[tuple[str, ...]]]:
    by_code: dict[str, list[tuple[str, ...]]] = {}
    for row in _in_order(form, county):
        texts = _texts(form, row)
        by_code.setdefault(texts[0], []).append(texts)
    return by_code


def _spread(form: Form, county: KitCounty) -> dict[str, list[tuple[str, ...]]]:
    """One line a village: the value of each record in the cell of its group and matter."""
    first = form.columns[0].field.name
    over = list(form.columns[-1].fixed)
    place_of = {tuple(column.fixed.values()): place for place, column in enumerate(form.columns) if column.fixed}
    by_code: dict[str, list[str]] = {}
    for row in _in_order(form, county):
        cells = by_code.setdefault(row[first], list(_only_first(form, row[first])))
        place = place_of.get(tuple(row[name] for name in over))
        if place is not None:
            cells[place] = row[form.columns[place].field.name]
    return {code: [tuple(cells)] for code, cells in by_code.items()}
