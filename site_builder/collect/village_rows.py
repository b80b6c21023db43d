"""What rows of villages say only beside the record or one another.

A vacancy while the record has somebody in office, one liaison for two villages, two surveys of one village in one list.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from site_builder.collect.entries import Entry, Findings
from site_builder.collect.incoming_file import IncomingFile
from site_builder.record.tables import county_file
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem, layout, safe_to_show

_LIAISONS, _SURVEYS = "liaisons", "village_surveys"


def problems(incoming: IncomingFile, county: str, findings: Findings) -> Iterator[Problem]:
    """What is to be said of the rows of a county's villages."""
    reported = [entry for entry in findings.entries if _is_of(entry, _LIAISONS, county)]
    yield from _still_serving(incoming, county, reported, findings)
    yield from _of_two_villages(incoming, reported)
    yield from _surveyed_twice(incoming, county, [one for one in findings.entries if _is_of(one, _SURVEYS, county)])


def _is_of(entry: Entry, table: str, county: str) -> bool:
    """Whether a row is about a village of the county; of a row that names none, other problems say so."""
    code = entry.values.get("village_code", "")
    return entry.table == table and bool(code) and code.startswith(county)


def _still_serving(incoming: IncomingFile, county: str, reported: list[Entry], findings: Findings) -> Iterator[Problem]:
    """Rows left empty, for a vacancy, while the record has somebody in office: nothing ends a term but its last day.

    A sheet with no row filled in was left alone as a whole, which is said of the sheet. Where words say that the post
    is vacant, the record is wrong as it is, and so is a return that names somebody who has not left.
    """
    sheets = {entry.sheet for entry in reported} | {sheet for sheet, _ in findings.vacant}
    named = {entry.values["village_code"] for entry in reported}
    on_record = incoming.collection.rows.get(county_file(_LIAISONS, county), [])
    before, after = _last(on_record), _last([*on_record, *(entry.values for entry in reported)])
    for entry in findings.unfilled:
        village, is_said = entry.values.get("village_code", ""), (entry.sheet, entry.line) in findings.vacant
        if entry.table != _LIAISONS or entry.sheet not in sheets or (village in named and not is_said):
            continue
        row = (after if is_said else before).get(village)
        if row and not row.get("to_date"):
            names = {"name": safe_to_show(row.get("name", "")), "since": row.get("from_date", "")}
            yield _problem(incoming, entry, Code.LIAISON_NOT_ENDED if is_said else Code.LIAISON_STILL_SERVING, **names)


def _last(rows: Iterable[Mapping[str, str]]) -> dict[str, Mapping[str, str]]:
    """Who came last to each village, with all that is said of it: later rows say more of the same term."""
    terms: dict[str, dict[str, Mapping[str, str]]] = {}
    for row in rows:
        of_village, since = terms.setdefault(row["village_code"], {}), row.get("from_date", "")
        of_village[since] = {**of_village.get(since, {}), **row}
    return {village: of_village[max(of_village)] for village, of_village in terms.items()}


def _of_two_villages(incoming: IncomingFile, reported: list[Entry]) -> Iterator[Problem]:
    """One name with one phone for two villages: copied down by mistake, or one who serves both."""
    first: dict[tuple[str, str], Entry] = {}
    for entry in reported:
        person = entry.values.get("name", ""), entry.values.get("work_phone", "")
        if not all(person) or entry.values.get("to_date"):
            continue
        other = first.setdefault(person, entry)
        if other.values["village_code"] != entry.values["village_code"]:
            details = {"name": safe_to_show(person[0]), "other": _village(incoming, other), **_place(other, entry)}
            yield _problem(incoming, entry, Code.LIAISON_OF_TWO_VILLAGES, **details)


def _surveyed_twice(incoming: IncomingFile, county: str, reported: list[Entry]) -> Iterator[Problem]:
    """Two surveys of one village on two days, of which one may be of another village: both would be taken.

    Those that the record has both came back from it. Figures of the hotline alone, with no count of persons, are none.
    """
    kept = incoming.collection.rows.get(county_file(_SURVEYS, county), [])
    known = {(row["village_code"], row["surveyed_on"]) for row in kept}
    first: dict[str, Entry] = {}
    for entry in reported:
        if not entry.values.get("surveyed_on") or "poor_persons" not in entry.values:
            continue
        other = first.setdefault(entry.values["village_code"], entry)
        days = {each.values["surveyed_on"]: _key(each) in known for each in (other, entry)}
        if len(days) > 1 and not all(days.values()):
            before, after = map(safe_to_show, days)
            named = {"before": before, "after": after, "line": str(entry.line)}
            yield _problem(incoming, entry, Code.SURVEY_TWICE, **named, **_place(other, entry))


def _key(entry: Entry) -> tuple[str, str]:
    return entry.values["village_code"], entry.values["surveyed_on"]


def _place(other: Entry, entry: Entry) -> dict[str, str]:
    """Where another row is: its line, with its sheet where it is in another than this row."""
    where = layout()["sheet"].format(sheet=safe_to_show(other.sheet)) if other.sheet != entry.sheet else ""
    return {"where": where, "first": str(other.line)}


def _village(incoming: IncomingFile, entry: Entry) -> str:
    code = entry.values["village_code"]
    village = incoming.collection.places.villages.get(code)
    return village.township + village.name if village else safe_to_show(code)


def _problem(incoming: IncomingFile, entry: Entry, code: Code, **details: str) -> Problem:
    field = "name" if entry.table == _LIAISONS and "name" in entry.places else "village_code"
    return incoming.problem_at(entry, code, field, village=_village(incoming, entry), **details)
