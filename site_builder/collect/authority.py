"""Whose rows a file holds, and which it may change: its own county's, and those that a person accepts by row.

What a consent to publish a phone holds for is such a question, too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from site_builder.checks.rules.duties import plan_days
from site_builder.collect.entries import Entry
from site_builder.collect.incoming_file import IncomingFile
from site_builder.collect.merge import Key, Merged, RecordChange
from site_builder.collect.structure.parts import Table, note_lines
from site_builder.collect.structure.services import LaidOut
from site_builder.collect.values.cells import is_blank, plain
from site_builder.collect.values.place_names import written
from site_builder.collect.values.places import Places
from site_builder.collect.whereabouts import liaison_counties, table_counties
from site_builder.model.forms import RowKind
from site_builder.record.cell_digests import Prefilled
from site_builder.record.tables import county_file
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem, layout, safe_to_show
from site_builder.untrusted_files import address

_LIAISONS, _PHONE, _CONSENT = "liaisons", "work_phone", "phone_consent"
_PLAN = "plan_reported_on"
_MOST_NAMED = 20
_VILLAGE_ASKED = {
    Code.VILLAGE_NOT_FOUND,
    Code.VILLAGE_AMBIGUOUS,
    Code.VILLAGES_ELSEWHERE,
    Code.ROW_UNIDENTIFIED,
}
_CODES = ("village_code", "recipient_code", "county_code")
_NUMBERS = ("window_id", "activity_id", "feedback_id")
_NAMED_BY = {RowKind.WINDOWS: "name", RowKind.COUNTIES: "legal_aid_centre"}
"""The field whose text begins with the county's name, of rows that are a county's: 靖宇县法律援助中心."""
_PLAINLY = 0.5
"""The share of the rows above which a file that does not say whose it is is one county's: half of them."""
_PLAINLY_WITH_NAMES = 0.9
"""The same where each row says its county, as the lists of a province do, of which one county may well fill half."""


def by_county(entries: Iterable[Entry], expected: str, *, are_one: bool = False) -> dict[str, list[Entry]]:
    """The entries by the county that each is about; expected: that of those that do not say.

    are_one: whether all are expected's, whatever they are about, as the list of a province's counties is.
    """
    if are_one:
        return {expected: list(entries)}
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(_county_of(entry) or expected, []).append(entry)
    return dict(sorted(groups.items()))


def _county_of(entry: Entry) -> str:
    """The code of the county or unit that an entry names, in whichever of its codes, else in its row; "" for none."""
    if unit := entry.values.get("unit_code", ""):
        return unit
    for name in _CODES:
        code = entry.values.get(name, "")
        if len(code) >= 6 and code[:6].isdecimal():
            return code[:6]
    for name in _NUMBERS:
        code = entry.values.get(name, "")[2:8]
        if len(code) == 6 and code.isdecimal():
            return code
    return entry.county


def with_counties(entries: Iterable[Entry], table: LaidOut, places: Places) -> list[Entry]:
    """The entries that are a county's, each with the county that its row names: in a column, or its office's name.

    A blank in the column says what stands above it.
    """
    name = _NAMED_BY.get(table.header.form.rows)
    if name is None:
        return list(entries)
    at = table.header.context.get("county_name", 0)
    return [_with_county(entry, _last_above(table, entry.line, at), at, name, places) for entry in entries]


def _with_county(entry: Entry, typed: str, place: int, name: str, places: Places) -> Entry:
    counties = places.counties_named(typed) if typed else places.counties_before(entry.values.get(name, ""))
    if len(counties) != 1 or entry.values.get("county_code"):
        return entry
    values = {**entry.values, "county_code": counties[0]}
    return entry._replace(values=values, places={**entry.places, "county_code": place or entry.places.get(name, 1)})


def _last_above(table: LaidOut, line: int, place: int) -> str:
    """The last that stands in a column at or above a line; "" for nothing."""
    rows = table.sheet.rows[table.header.line : line] if place else []
    cells = [row[place - 1] for row in rows if place <= len(row) and not is_blank(row[place - 1])]
    return plain(cells[-1]).strip() if cells else ""


def problems(
    incoming: IncomingFile,
    found: Sequence[Table],
    of_county: Mapping[str, list[Entry]],
    known_problems: Iterable[Problem],
) -> Iterator[Problem]:
    """Rows that are not the file's to change: of another county, of none that is known, of nobody.

    found: the tables of the file; none where a form service gathered answers, each from the form of its own county;
    known_problems: of the file's rows. Whose village is asked for there is of nobody until it is answered.
    """
    asked = {(one.sheet, one.line) for one in known_problems if one.code in _VILLAGE_ASKED}
    expected, counties = incoming.expected, incoming.collection.places.counties
    if expected and expected not in counties:
        yield Problem(code=Code.RETURN_COUNTY_UNKNOWN, file=incoming.file, details={"found": safe_to_show(expected)})
    yield from _titled(incoming, found)
    owner = _owner(incoming, found, of_county)
    if not owner and _is_nobodys(incoming, found, of_county):
        yield Problem(code=Code.RETURN_UNOWNED, file=incoming.file, details={"parts": _parts(incoming, of_county)})
    for county, entries in of_county.items():
        if county in counties and county in ("", owner or county, incoming.says.county):
            continue  # a kit of another county than is said is that as a whole: its rows are not asked one by one
        if not county:
            yield from _unsaid(incoming, entries)
        code = Code.ROW_OTHER_COUNTY if county in counties else Code.ROW_COUNTY_UNKNOWN
        for entry in _rows(entries):
            if not county and ((entry.sheet, entry.line) in asked or not _says_whose(entry)):
                continue
            if code is not Code.ROW_OTHER_COUNTY or (entry.sheet, entry.line) not in incoming.collect_options.accepted:
                yield _problem(incoming, entry, code if county else Code.ROW_UNIDENTIFIED, county, owner)
    yield from _unmet(incoming, found, of_county)


def _says_whose(entry: Entry) -> bool:
    """Whether an entry's table has a column that could say which county it is of."""
    return not entry.places.keys().isdisjoint((*_CODES, *_NUMBERS))


def _unsaid(incoming: IncomingFile, entries: Iterable[Entry]) -> Iterator[Problem]:
    """One word for each sheet that cannot say which county it is of, while nobody else says it."""
    for sheet in dict.fromkeys(entry.sheet for entry in entries if not _says_whose(entry)):
        words = layout()["whose"]["unit" if incoming.collection.forms.is_of_units else "county"]
        yield Problem(code=Code.COUNTY_UNSAID, file=incoming.file, sheet=sheet, details=words)


def _titled(incoming: IncomingFile, found: Sequence[Table]) -> Iterator[Problem]:
    """Sheets whose name or title names another county than the one that the return is said to be of.

    A title may name several, such as who helps whom: then it is no evidence. Where tables do, each row is asked.
    """
    counties, expected = incoming.collection.places.counties, incoming.expected
    for table in found if expected in counties and not incoming.says.county else ():
        if table_counties.laid_column(table):
            continue
        above = [value for row in table.sheet.rows[: table.header.first - 1] for value in row if isinstance(value, str)]
        texts = [written(text) for text in (table.name, *above)]
        named = [code for code, name in counties.items() if any(written(name) in text for text in texts)]
        if len(named) == 1 and named != [expected]:
            names = {"found": incoming.county_name(named[0]), "expected": incoming.county_name(expected)}
            names["option"] = incoming.option
            yield Problem(code=Code.RETURN_WRONG_COUNTY, file=incoming.file, sheet=table.name, details=names)


def is_guest(county: str, incoming: IncomingFile, found: Sequence[Table], of_county: Mapping[str, list[Entry]]) -> bool:
    """Whether the rows of a county stand in a file that is another one's."""
    return _owner(incoming, found, of_county) not in {"", county}


def _is_nobodys(incoming: IncomingFile, found: Sequence[Table], of_county: Mapping[str, list[Entry]]) -> bool:
    """Whether rows of several counties stand in a file of which neither it nor anybody says whose it is.

    A list of the province names each row's county.
    """
    counties = [county for county in of_county if county in incoming.collection.places.counties]
    places, is_list = incoming.collection.places, incoming.collection.forms.lists_villages or not found
    return not is_list and len(counties) > 1 and not all(_names_counties(table, places) for table in found)


def _names_counties(table: Table, places: Places) -> bool:
    """Whether each row of a table names its county: a window in its own name, where no column does."""
    return table.header.form.rows is RowKind.WINDOWS or table_counties.are_in_rows(table, places)


def _owner(incoming: IncomingFile, found: Sequence[Table], of_county: Mapping[str, list[Entry]]) -> str:
    """The county whose return a file is said to be, or plainly is; "" where it is none's or several's."""
    is_of_several = table_counties.are_of_several(found, incoming.collection.places)
    if incoming.expected or incoming.collection.forms.lists_villages or is_of_several:
        return incoming.expected
    rows = {county: len(_rows(entries)) for county, entries in of_county.items()}
    most = max(rows, key=lambda county: rows[county], default="")
    if not found or not most or rows[most] <= _PLAINLY * sum(rows.values()):
        return ""
    is_plain = rows[most] > _PLAINLY_WITH_NAMES * sum(rows.values())
    are_named = not is_plain and all(table_counties.are_in_rows(table, incoming.collection.places) for table in found)
    return "" if are_named else most


def _rows(entries: Iterable[Entry]) -> Collection[Entry]:
    """One entry of each row: a row of a spread form has several."""
    return {(entry.sheet, entry.line): entry for entry in entries}.values()


def _problem(incoming: IncomingFile, entry: Entry, code: Code, county: str, owner: str) -> Problem:
    return Problem(
        code=code,
        file=incoming.file,
        sheet=entry.sheet,
        line=entry.line,
        cell=address(entry.line, min(entry.places.values(), default=1)),
        county=entry.county if code is Code.ROW_COUNTY_UNKNOWN else "",
        details={
            "found": incoming.county_name(county),
            "expected": incoming.county_name(owner),
            "row": row_name(entry),
        },
    )


def row_name(entry: Entry) -> str:
    """A row as `--accept` names it: its sheet and its line. Of a sheet that was turned it is led back with the rest."""
    return f"{safe_to_show(entry.sheet)}!{entry.line}"


def accepted(incoming: IncomingFile, entries: Iterable[Entry], found: Iterable[Table]) -> list[str]:
    """The titles and rows that a person has accepted, in the order of the file, as they were named."""
    papers = [f"{safe_to_show(sheet)}!{line}" for sheet, line in sorted(incoming.papers, key=str)]
    turned = {table.sheet.name: table for table in found if table.origins}
    rows = [e for e in _rows(entries) if (e.sheet, e.line) in incoming.collect_options.accepted]
    names = (turned[e.sheet].row_name(e.line) if e.sheet in turned else row_name(e) for e in rows)
    return list(dict.fromkeys([*papers, *names]))


def _unmet(incoming: IncomingFile, found: Iterable[Table], of_county: Mapping[str, list[Entry]]) -> Iterator[Problem]:
    """Rows, and notes under rows, that were accepted and that the file does not have."""
    there: set[tuple[str, int | str]] = {
        (entry.sheet, entry.line) for entries in of_county.values() for entry in entries
    }
    there |= note_lines(found)
    for sheet, line in sorted(incoming.collect_options.accepted - there - incoming.papers, key=str):
        yield Problem(code=Code.ACCEPT_UNMET, file=incoming.file, details={"row": f"{safe_to_show(sheet)}!{line}"})


def mixed(incoming: IncomingFile, of_county: Mapping[str, list[Entry]]) -> Problem:
    """That a file holds rows of several counties, and how many of each."""
    return Problem(code=Code.RETURN_MIXED, file=incoming.file, details={"parts": _parts(incoming, of_county)})


def _parts(incoming: IncomingFile, of_county: Mapping[str, list[Entry]]) -> str:
    return "、".join(f"{incoming.county_name(county)}{len(rows)}" for county, rows in of_county.items() if county)


def owners_of_rows(of_county: Mapping[str, list[Entry]], known: Iterable[str]) -> dict[tuple[str, int], set[str]]:
    """The known counties that each row is of, by sheet and line."""
    found: dict[tuple[str, int], set[str]] = {}
    for owner in known:
        for entry in of_county.get(owner, ()):
            found.setdefault((entry.sheet, entry.line), set()).add(owner)
    return found


def concerns(
    problem: Problem, county: str, owners_of: Mapping[tuple[str, int], set[str]], known: Collection[str]
) -> bool:
    """Whether a problem is this county's: of its own rows, or of none that is another known county's.

    A row whose code nobody knows is of the county whose form it was filled in.
    """
    if problem.code is Code.ROW_COUNTY_UNKNOWN and problem.county in known:
        return problem.county == county
    if problem.code is Code.VILLAGES_ELSEWHERE:  # which is asked of whoever sent it, and of the county that it names
        return county in {problem.county, problem.details["of"]}
    owners = owners_of.get((problem.sheet, problem.line or 0), set())
    if problem.county in owners:
        return problem.county == county
    return not owners or county in owners


# ---- what a person looks at first


def asked_of_persons(incoming: IncomingFile, problem: Problem) -> Problem:
    """A text that is likely to name a person is not taken before somebody has looked at it and accepted its row."""
    if (
        problem.code is not Code.TEXT_PERSON_LIKELY
        or (problem.sheet, problem.line) in incoming.collect_options.accepted
    ):
        return problem
    row = f"{safe_to_show(problem.sheet)}!{problem.line}"
    return replace(problem, code=Code.TEXT_PERSON_ASKED, details={**problem.details, "row": row})


def of_units(incoming: IncomingFile, merged: Merged) -> Iterator[Problem]:
    """What the office registers of a unit, and the unit's own row would have otherwise."""
    if merged.table.name == "responsible_units":
        yield from _plans_moved_back(incoming, merged)
        yield from _renamed(incoming, merged)


def _plans_moved_back(incoming: IncomingFile, merged: Merged) -> Iterator[Problem]:
    """A unit that was late does not set the day of its plan back to before the last day: the office registers it.

    So it is where the record has no day yet and the return itself came later.
    """
    for change in merged.changes:
        entry = merged.sources[change.key]
        before = change.before or str(incoming.received_on)
        for due in map(str, plan_days(incoming.collection.campaign)):
            is_back = change.field == _PLAN and change.after and change.after <= due < before
            if is_back and (entry.sheet, entry.line) not in incoming.collect_options.accepted:
                words = {"before": change.before or layout()["empty"], "after": change.after, "due": due}
                yield incoming.problem_at(entry, Code.PLAN_MOVED_BACK, _PLAN, **words, row=row_name(entry))


def _renamed(incoming: IncomingFile, merged: Merged) -> Iterator[Problem]:
    """A unit does not rename itself: how it is called is what a file is known by, and the office registers it."""
    for change in merged.changes:
        entry = merged.sources[change.key]
        is_accepted = (entry.sheet, entry.line) in incoming.collect_options.accepted
        if change.field == "name" and not is_accepted:
            words = {"before": change.before, "after": change.after or layout()["empty"], "row": row_name(entry)}
            yield incoming.problem_at(entry, Code.UNIT_RENAMED, "name", **words)


def pasted_liaisons(incoming: IncomingFile, county: str, merged: Merged) -> Iterator[Problem]:
    """Liaisons of another county over a county's own villages, as rows pasted from that one's workbook are."""
    changed = dict.fromkeys(change.key for change in merged.changes if change.table == _LIAISONS and change.after)
    collection = incoming.collection
    on_record = {code: collection.rows.get(county_file(_LIAISONS, code), []) for code in collection.places.counties}
    others = liaison_counties.serving(on_record) if changed else {}
    for key in changed:
        entry, known = merged.sources.get(key), on_record.get(county, [])
        if entry is None or key in merged.ended or (entry.sheet, entry.line) in incoming.collect_options.accepted:
            continue
        found = liaison_counties.other_county(entry.values, county, known, others, collection.places)
        if found:
            problem = _problem(incoming, entry, Code.LIAISON_OTHER_COUNTY, found, county)
            yield replace(problem, cell=address(entry.line, entry.places.get("name", 1)))


# ---- consents


def without_old_consents(incoming: IncomingFile, merged: Merged, kit: Prefilled | None) -> Iterator[Problem]:
    """New numbers are taken without the consent that somebody gave for the number before: it is told of each.

    A consent is of the number beside it. It is said anew by a yes that the row has of itself: not where the form has no
    such column, and not by one that stood in our kit and was left as it was, unless a person accepts that row. Where
    it was printed for somebody else, accepting the row, whatever for, does not make it of whoever is new.
    """
    changed, begun = _numbers_changed(merged), _begun(merged, kit)
    for key in (*changed, *begun):
        row, entry, before = merged.rows[key], merged.sources[key], begun.get(key, merged.known_as.get(key, key))
        is_other = key in begun and merged.rows.get(before, {}).get("name") != row["name"]
        is_accepted = not is_other and (entry.sheet, entry.line) in incoming.collect_options.accepted
        if row[_CONSENT] != "true" or _is_said_anew(incoming, entry, before, kit, is_accepted=is_accepted):
            continue
        row[_CONSENT] = "false"
        yield incoming.problem_at(entry, Code.CONSENT_OF_OTHER_PHONE, _PHONE, row=row_name(entry))
        if key in changed:
            merged.changes.append(RecordChange(entry.table, key, _CONSENT, "true", "false"))


def _numbers_changed(merged: Merged) -> dict[Key, None]:
    """The terms with another number than before, in their order."""
    phones = (change for change in merged.changes if (change.table, change.field) == (_LIAISONS, _PHONE))
    return dict.fromkeys(change.key for change in phones if change.after)


def _begun(merged: Merged, kit: Prefilled | None) -> dict[Key, Key]:
    """The new terms, each with the one that may have stood in its row: the last of the village that did not come back.

    Whoever is new may stand in the row of whoever served, be it before that one, after, or since that one's end.
    """
    reported = merged.sources.keys() - merged.ended.keys()
    known = kit.digests if kit else merged.rows
    others = sorted(key for key in known if key not in reported)
    last = {key[0]: key for key in others}
    added = (change.key for change in merged.changes if (change.table, change.field) == (_LIAISONS, ""))
    return {key: last[key[0]] for key in added if key in merged.sources and key[0] in last}


def _is_said_anew(
    incoming: IncomingFile, entry: Entry, before: Key, kit: Prefilled | None, *, is_accepted: bool
) -> bool:
    """Whether a row itself says yes, other than by what was in its cell. before: the term that stood in the row."""
    if entry.values.get(_CONSENT) != "true":
        return False
    if is_accepted:
        return True
    if kit:
        return not kit.said(before, _CONSENT, "true")
    if not (incoming.says.is_prefilled or incoming.says.is_own_form):
        return True
    on_record = incoming.collection.rows.get(county_file(_LIAISONS, before[0][:6]), [])
    said = (row for row in on_record if (row["village_code"], row["from_date"]) == before[:2])
    return all(row[_CONSENT] != "true" for row in said)
