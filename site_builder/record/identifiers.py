"""The numbers by which records are known that have no other name: A-220881-0001, and W-220881-2018 of a window."""

from __future__ import annotations

import re
from collections.abc import Iterable

_LETTERS = {"activities": "A", "feedback": "F", "windows": "W"}
_NUMBER = re.compile("[0-9]{4,6}")
_WINDOW = re.compile("W-[0-9]{6}-([0-9]{4})")


def numbered(table: str, county: str, number: int) -> str:
    """The identifier with this number in a county's file of a table."""
    return f"{_head(table, county)}{number:04d}"


def window_id(county: str, year: int | str) -> str:
    """The identifier of the window that a county has by the campaign of a year."""
    return f"{_head('windows', county)}{year}"


def year_of_window(identifier: str) -> str:
    """The year that a window's identifier says; "" for what is none."""
    found = _WINDOW.fullmatch(identifier)
    return found[1] if found else ""


def last_number(table: str, county: str, identifiers: Iterable[str]) -> int:
    """The last number of a county's that is used, 0 for none; whatever is no such identifier counts for nothing."""
    numbers = (identifier.removeprefix(_head(table, county)) for identifier in identifiers)
    return max((int(number) for number in numbers if _NUMBER.fullmatch(number)), default=0)


def _head(table: str, county: str) -> str:
    return f"{_LETTERS[table]}-{county}-"
