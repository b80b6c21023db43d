"""What calamine does not tell of an .xls workbook: formulas, errors, comments, strikes, the day count ([MS-XLS])."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from site_builder.shared.codes import Code
from site_builder.untrusted_files.formats import compound, xls_strikes
from site_builder.untrusted_files.formats.bounds import address
from site_builder.untrusted_files.formats.extras import Aside, CellPosition, Extras
from site_builder.untrusted_files.formats.refusal import Refused
from site_builder.untrusted_files.formats.xls_strikes import XlsRecord

_FORMULA, _BOOLEAN_OR_ERROR = 0x0006, 0x0205
_BEGIN, _END, _CONTINUE = 0x0809, 0x000A, 0x003C
_SHEET, _LOCKED, _COUNT_1904 = 0x0085, 0x002F, 0x0022
_OBJECT, _TEXT, _NOTE = 0x005D, 0x01B6, 0x001C
_ROW, _COLUMNS = 0x0208, 0x007D
_WANTED = {_ROW, _COLUMNS, _FORMULA, _BOOLEAN_OR_ERROR, _OBJECT, _TEXT, _NOTE, _CONTINUE}
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


def look(data: bytes) -> Aside:
    """Go through the records of the workbook stream. Refuses a workbook that is locked with a password."""
    names = compound.stream_names(data)
    stream = compound.stream(data, "Workbook" if "Workbook" in names else "Book")
    found = Aside()
    sheets: list[tuple[int, str]] = []
    common = list(_records(stream, 0))
    for kind, body in common:
        if kind == _LOCKED:
            raise Refused(Code.FILE_ENCRYPTED)
        if kind == _COUNT_1904:
            found.counts_from_1904 = body[:1] == b"\1"
        if kind == _SHEET and len(body) >= 8:
            sheets.append((struct.unpack_from("<I", body)[0], _sheet_name(body)))
    strikes = xls_strikes.of_workbook(common)
    for offset, name in sheets:
        records = [record for record in _records(stream, offset) if record[0] in _WANTED]
        extras = _extras(name, records)
        if strikes.fonts:
            extras.struck.update(xls_strikes.in_sheet(_records(stream, offset), strikes))
        found.sheets.append(extras)
    return found


def _sheet_name(body: bytes) -> str:
    """Length, width (one byte a character or two), characters."""
    return body[8:].decode("utf-16-le" if body[7] & 1 else "latin-1", "replace")[: body[6]]


def _records(stream: bytes, position: int) -> Iterator[XlsRecord]:
    """The records of one part of the stream, from its beginning to its end; parts within it (charts) included."""
    depth = 0
    while position + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, position)
        yield kind, stream[position + 4 : position + 4 + length]
        position += 4 + length
        depth += (kind == _BEGIN) - (kind == _END)
        if depth <= 0:
            return


def _extras(name: str, records: list[XlsRecord]) -> Extras:
    extras = Extras(name=name, notes=_notes(records))
    for kind, body in records:
        if kind == _FORMULA and len(body) >= 14:
            place = _place(body)
            extras.formulas.add(place)
            if body[12:14] == b"\xff\xff" and body[6] == 2:
                extras.errors[place] = _ERRORS.get(body[8], "#N/A")
        elif kind == _BOOLEAN_OR_ERROR and len(body) >= 8 and body[7] == 1:
            extras.errors[_place(body)] = _ERRORS.get(body[6], "#N/A")
        elif kind == _ROW and len(body) >= 14 and body[12] & 0x20:
            extras.hidden_rows.add(_place(body)[0])
        elif kind == _COLUMNS and len(body) >= 10 and body[8] & 1:
            first, last = struct.unpack_from("<HH", body)
            extras.hidden_columns.update(range(first + 1, last + 2))
    return extras


def _place(body: bytes) -> CellPosition:
    row, column = struct.unpack_from("<HH", body)
    return row + 1, column + 1


def _notes(records: list[XlsRecord]) -> list[tuple[str, str]]:
    """Comments at their cells, by way of their text boxes; a text box that is no comment has no cell."""
    texts: dict[int, str] = {}
    cells: dict[int, str] = {}
    last = 0
    for place, (kind, body) in enumerate(records):
        if kind == _OBJECT and len(body) >= 8:
            last = struct.unpack_from("<H", body, 6)[0]
        elif kind == _TEXT and len(body) >= 12:
            texts[last] = _box_text(records, place + 1, struct.unpack_from("<H", body, 10)[0])
        elif kind == _NOTE and len(body) >= 8:
            cells[struct.unpack_from("<H", body, 6)[0]] = address(*_place(body))
    return [(cells.get(number, ""), text) for number, text in texts.items()]


def _box_text(records: list[XlsRecord], place: int, length: int) -> str:
    """The text that follows in records of its own: each begins with its width, one byte a character or two."""
    text = ""
    while len(text) < length and place < len(records) and records[place][0] == _CONTINUE:
        body = records[place][1]
        text += body[1:].decode("utf-16-le" if body[:1] == b"\1" else "latin-1", "replace")
        place += 1
    return text[:length]
