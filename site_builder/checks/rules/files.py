"""Rules of the files: every record stands once, in the right file, under the right codes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from site_builder.checks.rules.scope import Scope
from site_builder.record.facts import county_of_file, county_of_record
from site_builder.record.identifiers import window_id
from site_builder.record.records import Record, group_by
from site_builder.record.tables import FOLDER
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem, safe_to_show

_REGISTERED = "submissions"


def files_are_named_by_county(scope: Scope) -> Iterator[Problem]:
    """A file of a split table is named by the code of one of the province's counties, or of a unit where it is theirs.

    Every unit returns files, so they are registered under whichever it is.
    """
    counties = {county.county_code for county in scope.records.counties}
    units = {unit.unit_code for unit in scope.records.responsible_units}
    for file in map(Path, scope.files):
        table = scope.schemas.tables.get(file.parent.name)
        is_of_units = table is not None and (table.name == _REGISTERED or "unit_code" in table.header)
        if table and file.stem not in counties and not (is_of_units and file.stem in units):
            yield Problem(code=Code.FILE_COUNTY, file=file.as_posix(), details={"code": file.stem})


def rows_stand_in_their_county(scope: Scope) -> Iterator[Problem]:
    """A row of a table split by county stands in the file of its own county."""
    for name, table in scope.schemas.tables.items():
        if table.split_by_county:
            for record in getattr(scope.records, name):
                expected = county_of_file(record.origin.file)
                if county_of_record(record) != expected:
                    yield _misplaced(scope, name, record, expected)


def _misplaced(scope: Scope, table: str, record: Record, expected: str) -> Problem:
    """The problem belongs to the file's county and is reported whatever is wrong in the county that the row names."""
    found = county_of_record(record)
    problem = scope.problem(
        Code.COUNTY_MISMATCH,
        record,
        found=scope.county_name(found),
        expected=scope.county_name(expected),
        file=f"{FOLDER}/{table}/{found}.csv",
    )
    return replace(problem, county=expected)


def keys_are_unique_across_files(scope: Scope) -> Iterator[Problem]:
    """No two files of a table hold a record with the same key."""
    for name, table in scope.schemas.tables.items():
        seen: dict[tuple[object, ...], Record] = {}
        for record in getattr(scope.records, name):
            key = tuple(getattr(record, field) for field in table.key)
            other = seen.setdefault(key, record)
            if other.origin.file != record.origin.file:
                shown = " ".join(safe_to_show(str(part)) for part in key)
                where = {"other": other.origin.file, "line": other.origin.line}
                yield scope.problem(Code.DUPLICATE_ACROSS_FILES, record, table.key[0], key=shown, **where)


def codes_are_of_their_level(scope: Scope) -> Iterator[Problem]:
    """A county is a county of the gazetteer, a village a village, a pilot area a prefecture or county."""
    titles = scope.schemas.code_lists["levels"]
    wanted: list[tuple[Record, str, str, str]] = []
    wanted += [(county, "county_code", county.county_code, "county") for county in scope.records.counties]
    wanted += [(village, "village_code", village.village_code, "village") for village in scope.records.villages]
    for record, column, code, level in wanted:
        found = scope.levels.get(code)
        if found and found != level:
            words = {"level": titles[found], "expected": titles[level]}
            yield scope.problem(Code.COUNTY_UNKNOWN_LEVEL, record, column, value=code, **words)


def identifiers_name_their_county(scope: Scope) -> Iterator[Problem]:
    """The county code inside an identifier is the record's county; a window's also names its year."""
    for window in scope.records.windows:
        expected = window_id(window.county_code, window.campaign_year)
        if window.window_id != expected:
            yield scope.problem(Code.WINDOW_ID, window, "window_id", expected=expected)
    for name, column in [
        ("feedback", "feedback_id"),
        ("activities", "activity_id"),
        ("stations", "station_id"),
    ]:
        for record in getattr(scope.records, name):
            found = getattr(record, column)[2:8]
            if found != record.county_code:
                yield scope.problem(Code.IDENTIFIER_COUNTY, record, column, found=found, expected=record.county_code)


RETURNS = ("liaisons", "village_surveys", "needs")


def counties_with_villages_have_files(scope: Scope) -> Iterator[Problem]:
    """A county with poor villages has a file for each return, if only its header; a lost file is noticed."""
    for county, villages in group_by(scope.records.villages, county_of_record).items():
        for name in RETURNS:
            if not scope.has_file(name, county):
                file = f"{FOLDER}/{name}/{county}.csv"
                words = {"county": scope.county_name(county), "count": str(len(villages)), "file": file}
                words["table"] = scope.schemas.tables[name].title
                yield Problem(code=Code.VILLAGE_WITHOUT_FILE, file=file, county=county, details=words)
