"""Plain facts about one record or one file of the record."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from site_builder.model.meanings import no_name
from site_builder.record.records import Liaison, Record


def county_of_record(record: Record) -> str:
    """The six-digit county code that a record belongs to."""
    for name in ("county_code", "village_code", "recipient_code"):
        code = getattr(record, name, None)
        if code:
            return str(code)[:6]
    return ""


@cache
def county_of_file(file: str) -> str:
    """The county code that the file of a split table is named by."""
    return Path(file).stem


def is_serving(liaison: Liaison) -> bool:
    """Whether a liaison still serves: somebody with a name, since a word for a vacancy serves nobody."""
    return liaison.to_date is None and no_name(liaison.name) is None
