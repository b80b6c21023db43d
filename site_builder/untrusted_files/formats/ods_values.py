"""What a cell of an .ods workbook holds, by its attributes and by the text that it shows."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from site_builder.untrusted_files.formats.ods_names import FORMULA, OFFICE, VALUE_TYPE

_TYPE_OF_ERROR = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 value-type"
_STRING_VALUE = OFFICE + "string-value"
_ERRORS = ("#REF!", "#N/A", "Err:")
_SPAN = re.compile(r"PT?(?:([0-9]{1,6})H)?(?:([0-9]{1,6})M)?(?:([0-9]{1,6})(?:[.,][0-9]*)?S)?")


def value(cell: Mapping[str, Any], shown: str) -> Any:  # noqa: ANN401  (text, number, truth, day, moment or span)
    """None for an empty cell, and for a formula that was never worked out."""
    kind = cell.get(VALUE_TYPE)
    if kind is None:
        return None if FORMULA in cell else shown or None
    if FORMULA in cell and (cell.get(_TYPE_OF_ERROR) == "error" or shown.startswith(_ERRORS)):
        return shown
    if kind not in _KINDS:
        return cell.get(_STRING_VALUE) or shown or None
    name, read = _KINDS[kind]
    written = cell.get(name) or ""
    try:
        return read(written)
    except (ValueError, OverflowError):
        return written or shown or None


def _day_or_moment(written: str) -> date | datetime | str:
    """A moment that names its zone stays as it is written: what day it means is for others to say."""
    if len(written) <= len("2018-03-05"):
        return date.fromisoformat(written)
    moment = datetime.fromisoformat(written)
    return written if moment.tzinfo else moment


def _span(written: str) -> timedelta:
    found = _SPAN.fullmatch(written)
    if not found or not any(found.groups()):
        raise ValueError(written)
    hours, minutes, seconds = (int(number or 0) for number in found.groups())
    return timedelta(hours=hours, minutes=minutes, seconds=seconds)


_KINDS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "float": (OFFICE + "value", float),
    "percentage": (OFFICE + "value", float),
    "currency": (OFFICE + "value", float),
    "date": (OFFICE + "date-value", _day_or_moment),
    "time": (OFFICE + "time-value", _span),
    "boolean": (OFFICE + "boolean-value", lambda written: written.lower() == "true"),
}
