"""The cells of a workbook (of .xlsx and .xls by calamine) with what stands beside them, as messages one by one."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any
from zipfile import ZipInfo

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from site_builder.shared.codes import Code
from site_builder.untrusted_files import hidden_numbers
from site_builder.untrusted_files.file import Value
from site_builder.untrusted_files.formats import archive, ods, xls, xlsx
from site_builder.untrusted_files.formats.bounds import MOST_CELLS, check_extent
from site_builder.untrusted_files.formats.extras import Aside, CellPosition, Extras, Grid
from site_builder.untrusted_files.formats.refusal import Refused
from site_builder.untrusted_files.messages import FactsMessage, Message, NoteMessage, SheetMessage, rows_message

_ROWS_AT_ONCE = 1000
_KEPT = frozenset([int, bool, date, datetime, time])
_XML = (".xml", ".rels", ".rdf")
_READ_BY_CALAMINE = re.compile(r"xl/.*\.(?:xml|rels)$|content\.xml$")


def contents(kind: str, data: bytes) -> Iterator[Message]:
    """All that a workbook of a kind ("xlsx", "xls" or "ods") holds. Raises Refused, and whatever calamine raises."""
    aside, hidden = _looked_through(kind, data)
    grids = aside.grids if kind == "ods" else _by_calamine(data, aside)
    for extras, grid in zip(aside.sheets, grids, strict=True):
        if grid:
            yield from _sheet(grid, extras, hidden)
        yield from (NoteMessage(sheet=extras.name, cell=cell, text=text) for cell, text in extras.notes)
    yield from (NoteMessage(text=text) for text in (*aside.texts, *sorted(hidden)))
    yield FactsMessage(counts_from_1904=aside.counts_from_1904)


def _by_calamine(data: bytes, aside: Aside) -> Iterator[Grid | None]:
    """The cells of the sheets in their order; None for a sheet that has none, such as a chart."""
    book = _opened(archive.with_parts(data, aside.mended) if aside.mended else data)
    if [sheet.name for sheet in aside.sheets] != book.sheet_names:
        raise Refused(Code.FILE_UNREADABLE)
    cells = 0
    for place, about in enumerate(book.sheets_metadata):
        if about.typ in (SheetTypeEnum.MacroSheet, SheetTypeEnum.DialogSheet, SheetTypeEnum.Vba):
            raise Refused(Code.FILE_MACROS)
        if about.typ != SheetTypeEnum.WorkSheet:
            yield None
            continue
        sheet = book.get_sheet_by_index(place)
        cells += _size(sheet)
        if cells > MOST_CELLS:
            raise Refused(Code.FILE_TOO_HEAVY)
        yield _grid(sheet, is_hidden=about.visible != SheetVisibleEnum.Visible)


def _looked_through(kind: str, data: bytes) -> tuple[Aside, set[str]]:
    """What stands beside the values, and the personal numbers anywhere in the file. Refuses what is not safe."""
    hidden = hidden_numbers.in_bytes(data)
    if kind == "xls":
        return xls.look(data), hidden
    parts = archive.directory(data)
    hidden |= hidden_numbers.in_directory(parts.values())
    for part in parts.values():
        hidden |= hidden_numbers.in_part(part.filename, _checked(data, part))
    return (xlsx if kind == "xlsx" else ods).look(data, parts), hidden


def _checked(data: bytes, part: ZipInfo) -> bytes:
    """A part of an archive, unpacked; as XML or markup it is refused unless it is harmless."""
    unpacked = archive.content(data, part)
    name = part.filename.lower()
    if name.endswith(_XML):
        archive.check_xml(unpacked)
    elif name.endswith((".vml", ".html")):
        archive.check_loose(unpacked)
    if _READ_BY_CALAMINE.match(name):
        archive.check_utf8(unpacked)
    return unpacked


def _opened(data: bytes) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError as error:
        raise Refused(Code.FILE_ENCRYPTED) from error


def _size(sheet: CalamineSheet) -> int:
    """How many cells from A1 to the last one."""
    if sheet.end is None:
        return 0
    last_row, last_column = (place + 1 for place in sheet.end)
    check_extent(sheet.name, last_row, last_column)
    return last_row * last_column


def _grid(sheet: CalamineSheet, *, is_hidden: bool) -> Grid:
    """The rows from the first on; calamine leaves out the empty columns before the first filled one."""
    ranges = sheet.merged_cell_ranges or ()
    merged = [(top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in ranges]
    left_out = [""] * sheet.start[1] if sheet.start else []
    rows = (left_out + row for row in sheet.iter_rows()) if left_out else iter(sheet.iter_rows())
    return Grid(is_hidden=is_hidden, rows=rows, merged=merged)


def _sheet(grid: Grid, extras: Extras, hidden: set[str]) -> Iterator[Message]:
    """A sheet and its rows; numbers that stand in a cell are taken from the hidden ones."""
    yield SheetMessage(
        name=extras.name,
        is_hidden=grid.is_hidden,
        formulas=frozenset(extras.formulas),
        unsolved=frozenset(extras.unsolved),
        merged=tuple(grid.merged),
        hidden_rows=frozenset(extras.hidden_rows),
        hidden_columns=frozenset(extras.hidden_columns),
        struck=frozenset(extras.struck),
    )
    rows = iter(grid.rows)
    if extras.errors:
        rows = _with_errors(rows, extras.errors)
    while batch := [list(map(_value, row)) for row in islice(rows, _ROWS_AT_ONCE)]:
        if hidden:
            hidden.difference_update(cell for row in batch for cell in row if isinstance(cell, str))
        yield rows_message(batch)


def _with_errors(rows: Iterable[list[Any]], errors: Mapping[CellPosition, str]) -> Iterator[list[Any]]:
    """Rows with the error values in their places, where calamine leaves the cells empty."""
    by_row: dict[int, dict[int, str]] = {}
    for (number, column), text in errors.items():
        by_row.setdefault(number, {})[column] = text
    last = 0
    for number, row in enumerate(rows, start=1):
        yield _with_texts(row, by_row.get(number, {}))
        last = number
    for number in range(last + 1, max(by_row) + 1):
        yield _with_texts([], by_row.get(number, {}))


def _with_texts(row: list[Any], texts: Mapping[int, str]) -> list[Any]:
    row = row + [""] * (max(texts, default=0) - len(row))
    for column, text in texts.items():
        row[column - 1] = text
    return row


def _value(cell: Any) -> Value:  # noqa: ANN401  (whatever calamine gives)
    kind = cell.__class__
    if kind is str:
        return cell or None
    if kind is float:
        return cell if cell - cell == 0 else str(cell)  # infinity and "not a number" are no numbers
    if kind is timedelta:
        return _clock(cell)
    return cell if kind in _KEPT else str(cell)


def _clock(span: timedelta) -> Value:
    """Hours of a day as a time; longer spans as text, such as 30:00:00."""
    minutes, seconds = divmod(round(span.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return time(hours, minutes, seconds) if 0 <= hours < 24 else f"{hours}:{minutes:02}:{seconds:02}"
