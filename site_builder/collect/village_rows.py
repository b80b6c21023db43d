"""What rows of villages say only beside the record or one another.

A vacancy while the record has somebody in office, two surveys of one village in one list;
another name or day, which may be a mistake mended or somebody new.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from site_builder.collect import authority
from site_builder.collect.entries import Entry, Findings, NormalisedCell
from site_builder.collect.incoming_file import IncomingFile
from site_builder.collect.merge import Merged, RecordChange, RecordRow
from site_builder.collect.neighbours import other_villages, slipped_rows, telephones
from site_builder.collect.redated import same_surveys
from site_builder.collect.structure.parts import Table, heads
from site_builder.collect.values import days, names
from site_builder.collect.values.cells import SPACES, CellError, is_blank, plain, stands_for_none
from site_builder.model import meanings
from site_builder.record.tables import county_file
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem, layout, safe_to_show
from site_builder.untrusted_files import Value, address

_OF_A_PERSON = {"role", "work_phone"}
_LIAISONS, _SURVEYS = "liaisons", "village_surveys"
Place = tuple[str, int]
_FORMER, _LEFT = "former_name", "former_left"
_DEPUTY = "副"


def problems(incoming: IncomingFile, county: str, findings: Findings, tables: Iterable[Table]) -> Iterator[Problem]:
    """What is to be said of the rows of a county's villages, in these tables."""
    yield from _none_in_words(incoming, county, findings, tables := list(tables))
    reported = [entry for entry in findings.entries if _is_of(entry, _LIAISONS, county)]
    yield from _still_serving(incoming, county, reported, findings, tables)
    yield from _of_other_villages(incoming, county, findings, tables)
    yield from _former_differs(incoming, county, reported, tables)
    yield from _left_otherwise(incoming, reported, tables)
    yield from _surveyed_twice(incoming, county, [one for one in findings.entries if _is_of(one, _SURVEYS, county)])


def _of_other_villages(
    incoming: IncomingFile, county: str, findings: Findings, tables: Sequence[Table]
) -> Iterator[Problem]:
    collection = incoming.collection
    against = slipped_rows.Against(
        file=incoming.file,
        accepted=incoming.collect_options.accepted,
        on_record=lambda table: collection.rows.get(county_file(table, county), []),
        title=collection.schemas.tables[_LIAISONS].field("name").title,
        words=collection.forms.head_words.of_no_form,
        village=partial(_village, incoming),
        area_codes=telephones.area_codes(collection.rows),
    )
    of_figures = map(collection.schemas.tables.__getitem__, other_villages.OF_FIGURES)
    rows = [one for one in (*findings.entries, *findings.unfilled) if _is_of(one, one.table, county)]
    return other_villages.problems(against, of_figures, rows, tables)


def rivals(incoming: IncomingFile, entries: Iterable[Entry]) -> Iterator[tuple[Entry, Problem]]:
    """Rows that put another person into office in a village than a row before, neither of them with a later day."""
    serving: dict[str, dict[tuple[str, str], Entry]] = {}
    for entry in entries:
        village, name = entry.values.get("village_code"), entry.values.get("name")
        if entry.table == _LIAISONS and village and name and not entry.values.get("to_date"):
            before = serving.setdefault(village, {})  # the first row of each: a row may stand there thousands of times
            other = next((each for each in before.values() if _is_rival(each, entry)), None)
            if other is not None:
                yield entry, _rival(incoming, entry, other)
            before.setdefault((name, entry.values.get("from_date", "")), entry)


def _is_rival(other: Entry, entry: Entry) -> bool:
    since = {each.values.get("from_date", "") for each in (other, entry)}
    return other.values["name"] != entry.values["name"] and ("" in since or len(since) == 1)


def _rival(incoming: IncomingFile, entry: Entry, other: Entry) -> Problem:
    where = layout()["sheet"].format(sheet=safe_to_show(other.sheet)) if other.sheet != entry.sheet else ""
    code = entry.values["village_code"]
    return incoming.problem_at(
        entry,
        Code.LIAISON_RIVALS,
        "name",
        village=incoming.collection.places.official(code) or safe_to_show(code),
        where=where,
        first=str(other.line),
        other=safe_to_show(other.values["name"]),
        name=safe_to_show(entry.values["name"]),
    )


def _is_of(entry: Entry, table: str, county: str) -> bool:
    """Whether a row is about a village of the county; of a row that names none, other problems say so."""
    code = entry.values.get("village_code", "")
    return entry.table == table and bool(code) and code.startswith(county)


def _none_in_words(
    incoming: IncomingFile, county: str, findings: Findings, tables: Sequence[Table]
) -> Iterator[Problem]:
    """Rows without a figure that say that there is none, while the record has some: they would stay without a word."""
    for entry in findings.unfilled:
        kept = incoming.collection.rows.get(county_file(entry.table, county), [])
        count = sum(row.get("village_code") == entry.values.get("village_code", "") for row in kept)
        table = next((one for one in tables if _has_row(one, entry)), None)
        if entry.table == _LIAISONS or not count or table is None:
            continue
        row, others = table.sheet.rows[entry.line - 1], {*table.header.ignored, *table.header.columns}
        said = ((place, plain(row[place - 1])) for place in sorted(others) if place <= len(row))
        place, text = next((each for each in said if meanings.counts_none(each[1])), (0, ""))
        if place:
            details = {"text": safe_to_show(text), "count": str(count)}
            problem = _problem(incoming, entry, Code.ROW_SAYS_NONE, **details)
            yield replace(problem, cell=address(entry.line, place), column="")


def _has_row(table: Table, entry: Entry) -> bool:
    return (table.sheet.name, table.header.form.table.name) == (entry.sheet, entry.table)


def _still_serving(
    incoming: IncomingFile, county: str, reported: list[Entry], findings: Findings, tables: Sequence[Table]
) -> Iterator[Problem]:
    """Rows left empty, for a vacancy, while the record has somebody in office: nothing ends a term but its last day.

    A sheet with no row filled in was left alone as a whole, which is said of the sheet. Where words say that the post
    is vacant, the record is wrong as it is, and so is a return that names somebody who has not left; where the record
    has nobody either, that nothing was taken in is told.
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
        said = _said_of_vacancy(entry, tables) if is_said else {}
        if row and not row.get("to_date"):
            names = {"name": safe_to_show(row.get("name", "")), "since": row.get("from_date", ""), **said}
            yield _problem(incoming, entry, Code.LIAISON_NOT_ENDED if is_said else Code.LIAISON_STILL_SERVING, **names)
        elif is_said and _is_of(entry, _LIAISONS, county):
            yield _problem(incoming, entry, Code.LIAISON_NONE, **said)


def _said_of_vacancy(entry: Entry, tables: Sequence[Table]) -> dict[str, str]:
    """What stands where a vacant post's holder is asked for, and what is remarked beside it."""
    table = next(one for one in tables if _has_row(one, entry))
    row, header = table.sheet.rows[entry.line - 1], table.header
    texts = {place: plain(value) for place, value in enumerate(row, start=1) if not is_blank(value)}
    remarks = [safe_to_show(texts[place]) for place in sorted(header.ignored) if place in texts]
    remark = layout()["remark"].format(text="；".join(remarks)) if remarks else ""
    left = list(
        dict.fromkeys(filter(None, (_day(row[place - 1]) for place in sorted(header.ignored) if place in texts)))
    )
    said = {"text": safe_to_show(texts.get(entry.places.get("name", 0), "")), "remark": remark}
    return {**said, "left": left[0] if len(left) == 1 else ""}


def _day(value: Value) -> str:
    """The day that a cell holds, with its year; "" for anything else."""
    try:
        return days.read_day(value, counts_from_1904=False) if not isinstance(value, (int, float)) else ""
    except CellError:
        return ""


def _last(rows: Iterable[Mapping[str, str]]) -> dict[str, Mapping[str, str]]:
    """Who came last to each village, with all that is said of it: later rows say more of the same term."""
    terms: dict[str, dict[str, Mapping[str, str]]] = {}
    for row in rows:
        of_village, since = terms.setdefault(row["village_code"], {}), row.get("from_date", "")
        of_village[since] = {**of_village.get(since, {}), **row}
    return {village: of_village[max(of_village)] for village, of_village in terms.items()}


def with_known_roles(incoming: IncomingFile, findings: Findings) -> Findings:
    """What was found, with the role of whoever is on record where a row has but the end of its title: 主任."""
    asked = {(one.sheet, one.cell): one for one in findings.problems if one.code is Code.CELL_CHOICE}
    entries, understood = list(findings.entries), set[int]()
    for number, entry in enumerate(entries if asked else ()):
        problem = asked.get((entry.sheet, address(entry.line, entry.places.get("role", 1))))
        role = _role_on_record(incoming, entry, problem.entered) if problem else ""
        if problem is None or not role:
            continue
        entries[number] = entry._replace(values={**entry.values, "role": role})
        understood.add(id(problem))
        title = incoming.collection.schemas.tables[_LIAISONS].field("role").choices[role]
        changed = NormalisedCell(sheet=entry.sheet, cell=problem.cell, before=problem.entered, after=title)
        findings.normalised.append(changed)
    problems = [one for one in findings.problems if id(one) not in understood]
    return replace(findings, entries=entries, problems=problems)


def _role_on_record(incoming: IncomingFile, entry: Entry, typed: str) -> str:
    """The role of the person of a row, as the record has it, where what was typed is the end of its title."""
    if entry.table != _LIAISONS or "role" not in entry.places:
        return ""
    said, field = entry.values, incoming.collection.schemas.tables[_LIAISONS].field("role")
    on_record = incoming.collection.rows.get(county_file(_LIAISONS, said.get("village_code", "")[:6]), [])
    own = [row for row in on_record if all(row[name] == said.get(name, "") for name in ("village_code", "name"))]
    role = max(own, key=lambda row: row["from_date"])["role"] if own else ""
    title = field.choices.get(role, "")
    is_short = title.endswith(typed) and not title.removesuffix(typed).endswith(_DEPUTY)
    return role if typed and is_short else ""


def ended(changes: Iterable[RecordChange], rows: Iterable[RecordRow], entries: Iterable[Entry]) -> dict[Place, str]:
    """Whose term a return ends, by the rows of the villages, as sheet and line."""
    keys = {change.key[:2] for change in changes if change.table == _LIAISONS and change.field == "to_date"}
    names = {row["village_code"]: row["name"] for row in rows if (row["village_code"], row["from_date"]) in keys}
    villages = ((entry, entry.values.get("village_code", "")) for entry in entries if entry.table == _LIAISONS)
    return {(entry.sheet, entry.line): names[village] for entry, village in villages if village in names}


def _former_differs(
    incoming: IncomingFile, county: str, reported: Iterable[Entry], tables: Sequence[Table]
) -> Iterator[Problem]:
    """Rows that say whom a liaison follows, where the record has somebody else: the term of a stranger would end."""
    on_record = incoming.collection.rows.get(county_file(_LIAISONS, county), [])
    for entry in reported:
        place, former = next(filter(None, (_former(table, entry) for table in tables)), (0, ""))
        terms = [row for row in on_record if row["village_code"] == entry.values["village_code"]]
        name, others = entry.values.get("name", ""), [row for row in terms if row["name"] != entry.values.get("name")]
        before = max(others, key=lambda row: row["from_date"])["name"] if others else ""
        is_known = former in {before, name} or (not others and bool(terms))
        if place and not is_known and (entry.sheet, entry.line) not in incoming.collect_options.accepted:
            said = {"former": safe_to_show(former), "name": before or layout()["empty"]}
            problem = _problem(incoming, entry, Code.LIAISON_FORMER_DIFFERS, **said, row=authority.row_name(entry))
            column = "、".join(heads(tables, entry.sheet, {_FORMER: place}, [_FORMER]))
            yield replace(problem, cell=address(entry.line, place), column=column)


def _former(table: Table, entry: Entry) -> tuple[int, str] | None:
    """Where a row says whom its liaison follows, and whom; None where it says nobody."""
    place, value = _context_cell(table, entry, _FORMER)
    typed = plain(value).strip()
    found = meanings.no_name(typed)
    if not typed or stands_for_none(typed) or (found and found.code is Code.NAME_VACANT):
        return None
    return place, SPACES.sub("", found.offered if found and found.offered else typed)


def _left_otherwise(incoming: IncomingFile, reported: Iterable[Entry], tables: Sequence[Table]) -> Iterator[Problem]:
    """Rows that say when the liaison before left, where the record would have the day before the next one came."""
    for entry in reported:
        cells = (_context_cell(table, entry, _LEFT) for table in tables)
        place, value = next((each for each in cells if not is_blank(each[1])), (0, None))
        since = entry.values.get("from_date", "")
        if not place or not since[:4].isdecimal() or stands_for_none(plain(value)):
            continue
        if not days.ends_before(value, since) and (entry.sheet, entry.line) not in incoming.collect_options.accepted:
            said = {"left": safe_to_show(plain(value)), "since": safe_to_show(since)}
            problem = _problem(incoming, entry, Code.LIAISON_LEFT_OTHERWISE, **said, row=authority.row_name(entry))
            column = "、".join(heads(tables, entry.sheet, {_LEFT: place}, [_LEFT]))
            yield replace(problem, cell=address(entry.line, place), column=column)


def _context_cell(table: Table, entry: Entry, kind: str) -> tuple[int, Value]:
    """The place and the cell of a row in a column that only helps the reader; nothing where it has none."""
    place = table.header.context.get(kind, 0)
    if not place or not _has_row(table, entry) or table.header.line >= entry.line:
        return 0, None
    row = table.sheet.rows[entry.line - 1]
    return place, row[place - 1] if place <= len(row) else None


def _surveyed_twice(incoming: IncomingFile, county: str, reported: list[Entry]) -> Iterator[Problem]:
    """Two surveys of one village on two days, of which one may be of another village: both would be taken.

    Those that the record has both came back from it. Figures of the hotline alone, with no count of persons, are none.
    Answers of a form service that are alike in all else are asked about by themselves, as one put right.
    """
    kept = incoming.collection.rows.get(county_file(_SURVEYS, county), [])
    known = {(row["village_code"], row["surveyed_on"]) for row in kept}
    first: dict[str, Entry] = {}
    for entry in reported:
        if not entry.values.get("surveyed_on") or "poor_persons" not in entry.values:
            continue
        village = entry.values["village_code"]
        other = first.setdefault(village, entry)
        days = {each.values["surveyed_on"]: (village, each.values["surveyed_on"]) in known for each in (other, entry)}
        is_asked = same_surveys.are_alike(incoming.says.answered, other, entry)
        if len(days) > 1 and not all(days.values()) and not is_asked:
            before, after = map(safe_to_show, days)
            named = {"before": before, "after": after, "line": str(entry.line)}
            yield _problem(incoming, entry, Code.SURVEY_TWICE, **named, **_place(other, entry))


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


# ---- beside the record: another name, another day


def renamed_or_moved(incoming: IncomingFile, merged: Merged, *, is_guest: bool) -> Iterator[Problem]:
    """What is asked or told of names and days. is_guest: of rows in another county's file."""
    yield from _renamed(incoming, merged, is_guest=is_guest)
    yield from _surveyed_again(incoming, merged)
    yield from _terms_moved(incoming, merged, is_guest=is_guest)


def _renamed(incoming: IncomingFile, merged: Merged, *, is_guest: bool) -> Iterator[Problem]:
    """Another name for the same term: a mended character, or a new person who would wipe out the old one.

    Whose role or phone is another one as well is another person, however alike the names are; in doubt it is asked.
    """
    of_person = {change.key for change in merged.changes if change.field in _OF_A_PERSON}
    for change in merged.changes:
        if change.table != "liaisons" or change.field != "name" or not change.after:
            continue
        entry = merged.sources[change.key]
        is_same = change.key not in of_person and names.is_slip(change.before, change.after)
        is_accepted = not is_guest and (entry.sheet, entry.line) in incoming.collect_options.accepted
        if is_guest and not is_same:
            yield _elsewhere(incoming, entry, "name", change.before, change.after)
            continue
        yield incoming.problem_at(
            entry,
            Code.LIAISON_CORRECTED if is_same or is_accepted else Code.LIAISON_REPLACED,
            "name",
            before=change.before,
            after=change.after,
            since=change.key[1],
            row=authority.row_name(entry),
        )


def _elsewhere(incoming: IncomingFile, entry: Entry, field: str, before: str, after: str) -> Problem:
    """What is asked besides of a row that was accepted as another county's: that it is taken says no more."""
    title = incoming.collection.schemas.tables[entry.table].field(field).title
    said = {"title": title, "before": safe_to_show(before), "after": safe_to_show(after)}
    return incoming.problem_at(entry, Code.LIAISON_ELSEWHERE, field, **said, village=entry.values["village_code"])


def _surveyed_again(incoming: IncomingFile, merged: Merged) -> Iterator[Problem]:
    """A record under another day, whose earlier row did not come back, may be that one with its day put right."""
    kept = {key[0]: key[-1] for key in sorted(merged.rows) if key not in merged.sources}
    changed = {change.key for change in merged.changes if change.field not in merged.table.key}
    for key, before in merged.redated.items() if merged.table.name == _SURVEYS else ():
        said = {"before": before[1], "after": key[1], "rest": layout()["rest"]["changed" if key in changed else "same"]}
        yield incoming.problem_at(merged.sources[key], Code.SURVEY_REDATED, "surveyed_on", **said)
    for key, entry in merged.sources.items():
        is_new = key not in merged.redated and entry.table == "village_surveys" and key[-1]  # or its day is asked
        if is_new and key[0] in kept and "poor_persons" in entry.values:
            yield incoming.problem_at(
                entry,
                Code.SURVEY_AGAIN,
                "surveyed_on",
                before=kept[key[0]],
                after=entry.values["surveyed_on"],
                row=authority.row_name(entry),
            )


def _terms_moved(incoming: IncomingFile, merged: Merged, *, is_guest: bool) -> Iterator[Problem]:
    """The same liaison since another day: that one with the day put right, or serving again."""
    for key, entry in merged.ended.items():
        if merged.rows[key]["name"] == entry.values.get("name"):
            yield _term_moved(incoming, entry, key[1], is_guest=is_guest)
    for key, entry in merged.preceding.items():
        yield _preceding(incoming, entry, merged.rows[key], is_guest=is_guest)


def _preceding(incoming: IncomingFile, entry: Entry, later: RecordRow, *, is_guest: bool) -> Problem:
    """One whose term begins before that of the one on record: that one with its day put right, or one before that."""
    name, since = entry.values["name"], entry.values["from_date"]
    if name == later["name"]:
        return _term_moved(incoming, entry, later["from_date"], is_guest=is_guest)
    said = {"name": name, "since": since, "other": later["name"], "other_since": later["from_date"]}
    shown = {key: safe_to_show(text) for key, text in said.items()}
    return incoming.problem_at(entry, Code.LIAISON_PRECEDING, "from_date", **shown)


def _term_moved(incoming: IncomingFile, entry: Entry, before: str, *, is_guest: bool) -> Problem:
    since, row = entry.values["from_date"], authority.row_name(entry)
    if is_guest:
        return _elsewhere(incoming, entry, "from_date", before, since)
    return incoming.problem_at(entry, Code.LIAISON_TERM_MOVED, "from_date", before=before, after=since, row=row)
