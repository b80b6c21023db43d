"""Exports of the phone forms from ODK Central and Kobo, flattened to tables as a county clerk would type them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone

from site_builder.collect.phone_exports import export_parts
from site_builder.collect.phone_exports.export_parts import (
    IDENTIFIERS,
    METADATA,
    MULTIPLE,
    PARENTS,
    RESIDENTS,
    STATES,
    TIMES,
    UPDATED,
    ExportOrigin,
    ExportSheet,
)
from site_builder.collect.values import days
from site_builder.collect.values.cells import CellError, is_blank, plain
from site_builder.kit.phone.wording import NEEDS, SURVEY, words
from site_builder.model.forms import Forms
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem, layout, safe_to_show
from site_builder.shared.text_forms import caseless
from site_builder.untrusted_files import UntrustedFile, Value, address

RESIDENT_FIELDS = (
    "instance_id",
    "submitted_at",
    "village_code",
    "surveyed_on",
    "aware",
    "heard_from",
    "called",
    "got_through",
    "kind",
    "text",
)
NEED = ("group", "matter", "persons")
_CHINA = timezone(timedelta(hours=8))
_VILLAGE = re.compile(r"(?<![0-9])[0-9]{12}(?![0-9])")
_DOUBTED = {"hasissues", "onhold", "validation_status_on_hold"}
_REJECTED = {"rejected", "notapproved", "validation_status_not_approved"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FlatTable:
    """Rows under field names. origins: for each value the cell that it came from."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    origins: tuple[tuple[ExportOrigin, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """What an export brings.

    sheets: the tables village_surveys and needs, or residents (see RESIDENT_FIELDS; aware is True, False or None);
    received_on: the day, in China, on which the last submission came in; kit_versions, counties, data_statuses: what
    the forms say of themselves, each once, in order; edited: rows, by sheet and line, that were put right after they
    were sent; answered: the day of each answer, where it is known of the state that it is in; marks: the code of the
    county whose form each row was filled in.
    """

    sheets: tuple[FlatTable, ...]
    received_on: date | None
    problems: tuple[Problem, ...]
    kit_versions: tuple[str, ...]
    counties: tuple[str, ...]
    data_statuses: tuple[str, ...]
    edited: frozenset[tuple[str, int]] = frozenset()
    answered: Mapping[tuple[str, int], date] = field(default_factory=dict)
    marks: Mapping[tuple[str, int], str] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class _Flattening:
    """The work on one file."""

    received: UntrustedFile
    forms: Forms
    problems: list[Problem] = field(default_factory=list)

    def report(self, code: Code, place: ExportOrigin, **details: str) -> None:
        """Note a problem at a cell of the sender's file."""
        sheet, line, column = place
        cell = address(line, column)
        name = self.received.path.name
        self.problems.append(Problem(code=code, file=name, sheet=sheet, line=line, cell=cell, details=details))


def flatten(received: UntrustedFile, forms: Forms, hotline: str) -> Export | None:
    """Understand a file as an export of a phone form; None when it is none. hotline: its number, as in the labels."""
    parts = [part for sheet in received.sheets if (part := export_parts.find(sheet, forms, hotline))]
    if not parts:
        return None
    work = _Flattening(received=received, forms=forms)
    _report_sheets(work, parts)
    for part in parts:
        _report_columns(work, part)
    mains = [part for part in parts if part.kind != NEEDS]
    lines = {id(part): _kept(work, part) for part in mains}
    every = [(part, line) for part in mains for line in lines[id(part)]]
    _leave_out_rivals(work, parts, lines)
    sheets = []
    for kind in (SURVEY, RESIDENTS):
        of_kind = [part for part in mains if part.kind == kind]
        if of_kind:
            sheets.append(_table(work, kind, of_kind, lines))
    sheets += _needs(work, parts, lines)
    return Export(
        sheets=tuple(sheets),
        received_on=max(filter(None, (_day(part.first(line, TIMES)) for part, line in every)), default=None),
        problems=tuple(work.problems),
        kit_versions=_said(every, "kit_version"),
        counties=_said(every, "county_code"),
        data_statuses=_said(every, "data_status"),
        edited=frozenset((part.sheet.name, line) for part, line in every if export_parts.is_edited(part, line)),
        marks={(part.sheet.name, line): part.text(line, "county_code") for part, line in every},
        answered={(part.sheet.name, line): day for part, line in every if (day := _answered(part, line))},
    )


def _answered(part: ExportSheet, line: int) -> date | None:
    """The day on which an answer became what it is: that of its last edit, which not every server tells."""
    sent = UPDATED if export_parts.is_edited(part, line) else TIMES
    return _day(part.first(line, sent))


def _said(every: Iterable[tuple[ExportSheet, int]], name: str) -> tuple[str, ...]:
    return tuple(sorted({part.text(line, name) for part, line in every} - {""}))


def _report_columns(work: _Flattening, part: ExportSheet) -> None:
    """Columns with answers to questions that our forms do not ask, or that stand there twice."""
    for place in filter(part.holds, part.strange):
        head = safe_to_show(plain(part.sheet.rows[0][place - 1]))
        work.report(
            Code.COLUMN_IGNORED if head else Code.COLUMN_HEADLESS, (part.sheet.name, 1, place), head=head, hint=""
        )
    for place, name in part.repeated.items():
        if name not in METADATA and part.holds(place):
            first, head = (safe_to_show(plain(part.sheet.rows[0][at - 1])) for at in (part.columns[name], place))
            said = {"first": first, "first_cell": address(1, part.columns[name]), "cell": address(1, place)}
            work.report(Code.COLUMN_REPEATED, (part.sheet.name, 1, place), title=first, head=head, **said)


def _report_sheets(work: _Flattening, parts: Iterable[ExportSheet]) -> None:
    """Sheets that are none of an export's, in the midst of it."""
    read = {part.sheet.name for part in parts}
    expected = "、".join(form.sheet for form in work.forms.forms.values())
    for sheet in work.received.sheets:
        if sheet.name not in read and any(not all(map(is_blank, row)) for row in sheet.rows):
            work.report(Code.SHEET_IGNORED, (sheet.name, 1, 1), expected=expected)


# ---- submissions


def _kept(work: _Flattening, part: ExportSheet) -> list[int]:
    """The lines of the submissions that count: not the rejected ones, and none that cannot be read."""
    kept, rejected, before = [], 0, export_parts.superseded(part)
    seen: dict[str, int] = {}
    for line in part.lines:
        identifier = export_parts.identifier(part, line)
        if caseless(part.first(line, STATES)) in _REJECTED:
            rejected += 1
        elif part.text(line, "status"):
            work.report(Code.EXPORT_ENCRYPTED, part.origin(line, "status"))
        elif line in before:
            work.report(Code.EXPORT_SUPERSEDED, part.origin(line, _named(part)), later=str(before[line]))
        elif identifier and identifier in seen:
            work.report(Code.EXPORT_REPEATED, part.origin(line, _named(part)), first=str(seen[identifier]))
        else:
            if caseless(part.first(line, STATES)) in _DOUBTED:
                work.report(Code.EXPORT_MARKED, part.origin(line, next(filter(part.columns.get, STATES))))
            kept.append(line)
            seen[identifier] = line
    if rejected:
        work.report(Code.EXPORT_REJECTED, part.origin(1, next(filter(part.columns.get, STATES))), count=str(rejected))
    return kept


def _named(part: ExportSheet) -> str:
    return next((name for name in IDENTIFIERS if name in part.columns), "village_code")


def _day(text: str) -> date | None:
    """The day in China of a time that is given in UTC."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return _typed_day(text)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(_CHINA).date()


def _typed_day(text: str) -> date | None:
    """The day of a time that a spreadsheet has written in its own way."""
    try:
        return date.fromisoformat(days.read_day(text, counts_from_1904=False))
    except CellError:
        return None


def _village(value: Value) -> Value:
    """A village's code, also out of a label such as `太平村（220881100201）`; what holds none stays as it is."""
    found = _VILLAGE.search(plain(value))
    return found.group() if found else value


# ---- the tables


def _table(work: _Flattening, kind: str, parts: Sequence[ExportSheet], lines: Mapping[int, Sequence[int]]) -> FlatTable:
    asked = [column.field.name for column in work.forms.forms[SURVEY].columns]
    header = RESIDENT_FIELDS if kind == RESIDENTS else tuple(name for name in asked if _is_asked(name, parts))
    read = _resident if kind == RESIDENTS else _survey
    rows, origins = [], []
    for part in parts:
        for line in lines[id(part)]:
            values = read(work, part, line)
            rows.append(tuple(values[name] for name in header))
            origins.append(tuple(part.origin(line, _source(part, name)) for name in header))
    return FlatTable(name=kind, header=header, rows=tuple(rows), origins=tuple(origins))


def _is_asked(name: str, parts: Iterable[ExportSheet]) -> bool:
    return any(name in part.columns for part in parts)


def _source(part: ExportSheet, name: str) -> str:
    """The column that a field is read from."""
    if name == "submitted_at":
        return next((time for time in TIMES if time in part.columns), "village_code")
    return _named(part) if name == "instance_id" else name


def _survey(work: _Flattening, part: ExportSheet, line: int) -> dict[str, Value]:
    values = {column.field.name: part.value(line, column.field.name) for column in work.forms.forms[SURVEY].columns}
    return {**values, "village_code": _village(values["village_code"])}


def _resident(work: _Flattening, part: ExportSheet, line: int) -> dict[str, Value]:
    """One resident's answers; an answer without its village, its identifier or a yes or no cannot be counted."""
    values: dict[str, Value] = {name: part.value(line, name) for name in RESIDENT_FIELDS}
    village = _village(values["village_code"])
    if not isinstance(village, str) or not _VILLAGE.fullmatch(village):
        work.report(Code.ROW_UNIDENTIFIED, part.origin(line, "village_code"))
        village = None
    aware = _yes_or_no(values["aware"])
    if aware is None:
        asked = plain(part.sheet.rows[0][part.columns["aware"] - 1])
        work.report(Code.CELL_NOT_YES_OR_NO, part.origin(line, "aware"), description=safe_to_show(asked))
    identifier = export_parts.identifier(part, line)
    if not identifier:
        work.report(Code.EXPORT_NO_ID, part.origin(line, "village_code"))
    return {
        **values,
        "instance_id": identifier,
        "submitted_at": part.first(line, TIMES),
        "village_code": village,
        "aware": aware,
        MULTIPLE: _several(part, line),
    }


def _yes_or_no(value: Value) -> bool | None:
    if isinstance(value, bool):
        return value
    codes = {caseless(title): code for code, title in words()["yes_no"].items()}
    return {"yes": True, "no": False}.get(codes.get(caseless(plain(value)), caseless(plain(value))))


def _several(part: ExportSheet, line: int) -> str:
    """The codes of all answers to the question that allows several, with spaces between."""
    choices: dict[str, str] = words()[RESIDENTS][MULTIPLE]
    codes = {caseless(title): code for code, title in choices.items()} | {code: code for code in choices}
    chosen = {codes.get(caseless(text)) for text in part.text(line, MULTIPLE).split()}
    row = part.sheet.rows[line - 1]
    for place, option in part.options.items():
        if place <= len(row) and caseless(plain(row[place - 1])) not in ("", "0", "false"):
            chosen.add(codes.get(option))
    return " ".join(code for code in choices if code in chosen)


# ---- two of one village and day


def _leave_out_rivals(work: _Flattening, parts: Sequence[ExportSheet], lines: Mapping[int, list[int]]) -> None:
    """Of surveys that say the same one is taken; of those that do not agree none is, for nobody can tell which."""
    surveys = [part for part in parts if part.kind == SURVEY]
    needs: dict[tuple[int, int], export_parts.Needs] = defaultdict(Counter)
    for part, line, parent in _with_parents(parts, surveys):
        if parent:
            needs[id(parent[0]), parent[1]][tuple(part.text(line, name) for name in NEED)] += 1
    kept = [
        export_parts.Submission(part=part, line=line, needs=needs[id(part), line])
        for part in surveys
        for line in lines[id(part)]
    ]
    for first, *others in export_parts.of_one_day(kept):
        differing = {number: export_parts.differing(work.forms, first, other) for number, other in enumerate(others)}
        for number, other in enumerate(others):
            lines[id(other.part)].remove(other.line)
            _report_rival(work, first, other, differing[number])
        if any(differing.values()):
            lines[id(first.part)].remove(first.line)


def _report_rival(
    work: _Flattening, first: export_parts.Submission, other: export_parts.Submission, differing: Sequence[str]
) -> None:
    place, where = other.part.origin(other.line, "village_code"), first.part.sheet.name
    village = safe_to_show(other.part.text(other.line, "village_code"))
    shown = layout()["sheet"].format(sheet=safe_to_show(where)) if where != other.part.sheet.name else ""
    if differing:
        times = {"first_time": first.sent, "second_time": other.sent}
        stated = {"village": village, "second": str(other.line), "fields": "、".join(differing), **times}
        work.report(Code.EXPORT_RIVALS, place, where=shown, first=str(first.line), **stated)
    else:
        line = layout()["line"].format(line=first.line)
        work.report(Code.ROW_REPEATED, place, here=layout()["this_line"], where=shown, first=line, key=village)


# ---- needs, and whose they are


def _with_parents(
    parts: Iterable[ExportSheet], surveys: Sequence[ExportSheet]
) -> Iterator[tuple[ExportSheet, int, tuple[ExportSheet, int] | None]]:
    """Each line of needs with the survey that it belongs to."""
    parents = _parents(surveys)
    for part in parts:
        if part.kind == NEEDS:
            link = next(name for name in PARENTS if name in part.columns)
            for line in part.lines:
                yield part, line, parents.get((PARENTS[link], part.text(line, link)))


def _needs(work: _Flattening, parts: Sequence[ExportSheet], lines: Mapping[int, Sequence[int]]) -> list[FlatTable]:
    """The needs with the village of the survey that each belongs to, checked against how many each survey had."""
    surveys = [part for part in parts if part.kind == SURVEY]
    repeats = [part for part in parts if part.kind == NEEDS]
    if repeats and not surveys:
        work.report(Code.EXPORT_MAIN_MISSING, (repeats[0].sheet.name, 1, 1))
        return []
    found: Counter[tuple[int, int]] = Counter()
    rows, origins = [], []
    for part, line, parent in _with_parents(repeats, surveys):
        if parent is None:
            work.report(Code.EXPORT_ORPHAN, part.origin(line, next(name for name in PARENTS if name in part.columns)))
        elif parent[1] in lines[id(parent[0])]:
            survey, at = parent
            found[id(survey), at] += 1
            rows.append((_village(survey.value(at, "village_code")), *(part.value(line, name) for name in NEED)))
            origins.append((survey.origin(at, "village_code"), *(part.origin(line, name) for name in NEED)))
    for survey in surveys:
        _compare_counts(work, survey, lines[id(survey)], found)
    return (
        [FlatTable(name=NEEDS, header=("village_code", *NEED), rows=tuple(rows), origins=tuple(origins))]
        if repeats
        else []
    )


def _parents(surveys: Iterable[ExportSheet]) -> dict[tuple[str, str], tuple[ExportSheet, int] | None]:
    """Every submission, the rejected ones too, by the column and the text that repeats name it with.

    None where two submissions have the same name, as when exports were put together.
    """
    parents: dict[tuple[str, str], tuple[ExportSheet, int] | None] = {}
    for part in surveys:
        before = export_parts.superseded(part)
        own = sorted(part.lines, key=before.__contains__)  # what stands in another's place goes first
        for name in PARENTS.values():
            for line in own if name in part.columns else ():
                key = name, part.text(line, name)
                first = parents.setdefault(key, (part, line))
                if first and export_parts.identifier(*first) != export_parts.identifier(part, line):
                    parents[key] = None
    return parents


def _compare_counts(
    work: _Flattening, survey: ExportSheet, lines: Iterable[int], found: Counter[tuple[int, int]]
) -> None:
    """The form counts a survey's needs when it is sent: another number in the export means that needs are missing."""
    for line in lines:
        counted = survey.text(line, "needs_counted")
        come = found[id(survey), line]
        if counted.isdecimal() and int(counted) != come:
            work.report(Code.EXPORT_NEEDS_COUNT, survey.origin(line, "needs_counted"), counted=counted, found=str(come))
