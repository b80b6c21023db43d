"""Plain facts about one record or one file of the record."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from site_builder.model.meanings import no_name
from site_builder.record.records import Liaison, Record, Submission

COUNTY_FILE, OFFICE_CHANGE = "county_file", "office_change"
"""The sources of submissions: what a county sent, and a single change by the office, which is no return."""


def county_of_record(record: Record) -> str:
    """The code of the county, or of the unit that is none, that a record belongs to."""
    if unit := getattr(record, "unit_code", ""):
        return str(unit)
    for name in ("county_code", "village_code", "recipient_code"):
        code = getattr(record, name, None)
        if code:
            return str(code)[:6]
    return ""


def is_of_place(record: Record, place: str) -> bool:
    """Whether a record is of a place or about it; one that belongs to none is of all.

    place: the code of a prefecture, county or unit, or of them all "".
    """
    codes = {county_of_record(record), str(getattr(record, "area_code", ""))} - {""}
    return not codes or any(code.startswith(place) for code in codes)


@cache
def county_of_file(file: str) -> str:
    """The county code that the file of a split table is named by."""
    return Path(file).stem


NOT_OF_DEPARTMENTS = ("group_formed_on", "group_head", "office_at", "budget_included_on")
"""What a department does not report of its plan: a leading group and a budget are of a place."""


def is_department(unit_code: str) -> bool:
    """Whether a unit is one of the province's departments, which are numbered; all others are places."""
    return "-" in unit_code


def is_above(unit_code: str, county: str) -> bool:
    """Whether a unit is a county's own, its prefecture's, or one of its province's departments.

    county: six digits of its code.
    """
    return county[:2] == unit_code[:2] if is_department(unit_code) else county.startswith(unit_code)


def units_called(wanted: str, names: Mapping[str, str]) -> list[str]:
    """The codes of the units that a word means: by its code or whole name one, else those whose name holds the word."""
    exact = [code for code, name in names.items() if wanted in {code, name}]
    return exact or [code for code, name in names.items() if wanted and wanted in name]


def is_from_county(submission: Submission) -> bool:
    """Whether a submission is a county's return: all were before the source was noted."""
    return submission.source != OFFICE_CHANGE


def is_serving(liaison: Liaison) -> bool:
    """Whether a liaison still serves: somebody with a name, since a word for a vacancy serves nobody."""
    return liaison.to_date is None and no_name(liaison.name) is None
