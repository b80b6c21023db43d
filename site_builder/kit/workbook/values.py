"""The texts of the record as cells have them: numbers as numbers, days as days, everything else as text."""

from __future__ import annotations

import re
from datetime import date

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from site_builder.model.schemas import Field

WorkbookValue = str | int | float | date | None
_WHOLE = re.compile(r"0|-?[1-9][0-9]{0,14}")
_DECIMAL = re.compile(r"-?[0-9]{1,9}(?:\.[0-9]{1,6})?")
_DAY = re.compile(r"(?:19|2[0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}")
_FIRST_DAY = date(1900, 3, 1)  # before it, Excel and the calendar differ


def cell_value(field: Field, text: str) -> WorkbookValue:
    """A text of the record as its field's type has it; as text where a number or a day would not read back the same."""
    if not text:
        return None
    if field.type == "integer" and _WHOLE.fullmatch(text):
        return int(text)
    if field.type == "number" and _DECIMAL.fullmatch(text):
        number = float(text)
        shortest = str(int(number)) if number.is_integer() else repr(number)
        return number if text == shortest else text
    if field.type == "date":
        return _day(text) or text
    return text


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None
    return day if day and day >= _FIRST_DAY else None


def write(sheet: Worksheet, row: int, place: int, value: WorkbookValue, look: Format) -> None:
    """Write a value by its kind. What begins like a formula stays the text that it is."""
    if value is None:
        sheet.write_blank(row, place, None, look)
    elif isinstance(value, str):
        sheet.write_string(row, place, value, look)
    elif isinstance(value, date):
        sheet.write_datetime(row, place, value, look)
    else:
        sheet.write_number(row, place, value, look)
