"""What the rows of liaisons say only beside the record or one another: a vacancy, and one person for two villages."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.collect.entries import Entry, Findings
from site_builder.collect.incoming_file import IncomingFile
from site_builder.record.tables import county_file
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem, layout, safe_to_show
from site_builder.untrusted_files import address

_TABLE = "liaisons"


def problems(incoming: IncomingFile, county: str, findings: Findings) -> Iterator[Problem]:
    """What is to be said of the rows of a county's villages."""
    reported = [entry for entry in findings.entries if _is_of(entry, county)]
    yield from _still_serving(incoming, county, reported, findings.unfilled)
    yield from _of_two_villages(incoming, reported)


def _is_of(entry: Entry, county: str) -> bool:
    """Whether a row is about a village of the county; of a row that names none, other problems say so."""
    code = entry.values.get("village_code", "")
    return entry.table == _TABLE and bool(code) and code.startswith(county)


def _still_serving(
    incoming: IncomingFile, county: str, reported: list[Entry], unfilled: list[Entry]
) -> Iterator[Problem]:
    """Rows left empty, for a vacancy, while the record has somebody in office: nothing ends a term but its last day.

    A sheet with no row filled in was left alone as a whole, which is said of the sheet.
    """
    sheets = {entry.sheet for entry in reported}
    named = {entry.values["village_code"] for entry in reported}
    kept = incoming.collection.rows.get(county_file(_TABLE, county), [])
    serving = {row["village_code"]: row for row in kept if not row["to_date"]}
    for entry in unfilled:
        code = entry.values.get("village_code", "")
        if entry.table == _TABLE and entry.sheet in sheets and code in serving and code not in named:
            row = serving[code]
            names = {"name": safe_to_show(row["name"]), "since": row["from_date"]}
            yield _problem(incoming, entry, Code.LIAISON_STILL_SERVING, **names)


def _of_two_villages(incoming: IncomingFile, reported: list[Entry]) -> Iterator[Problem]:
    """One name with one phone for two villages: copied down by mistake, or one who serves both."""
    first: dict[tuple[str, str], Entry] = {}
    for entry in reported:
        person = entry.values.get("name", ""), entry.values.get("work_phone", "")
        if not all(person) or entry.values.get("to_date"):
            continue
        other = first.setdefault(person, entry)
        if other.values["village_code"] != entry.values["village_code"]:
            where = layout()["sheet"].format(sheet=safe_to_show(other.sheet)) if other.sheet != entry.sheet else ""
            details = {"name": safe_to_show(person[0]), "other": _village(incoming, other)}
            yield _problem(incoming, entry, Code.LIAISON_OF_TWO_VILLAGES, **details, where=where, first=str(other.line))


def _village(incoming: IncomingFile, entry: Entry) -> str:
    code = entry.values["village_code"]
    village = incoming.collection.places.villages.get(code)
    return village.township + village.name if village else safe_to_show(code)


def _problem(incoming: IncomingFile, entry: Entry, code: Code, **details: str) -> Problem:
    field = incoming.collection.schemas.tables[_TABLE].field("name")
    place = entry.places.get("name", entry.places["village_code"])
    return Problem(
        code=code,
        file=incoming.file,
        sheet=entry.sheet,
        line=entry.line,
        cell=address(entry.line, place),
        column=field.title,
        details={"village": _village(incoming, entry), **details},
    )
