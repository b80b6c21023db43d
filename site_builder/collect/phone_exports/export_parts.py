"""The sheets of an export from ODK Central or Kobo: which form's they are, and under which column each answer stands.

Central (getodk/central-backend, lib/data/briefcase.js) joins groups with "-" and gives a repeat a CSV of its own, tied
to the main one by PARENT_KEY and KEY; ReviewState says what was rejected. Kobo (kobotoolbox/formpack,
reporting/export.py) joins groups with "/", writes heads and answers as names or as labels, and gives repeats in a
workbook only, on a sheet that is tied to the first one by _parent_index and _index.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from site_builder.collect.values.cells import is_blank, plain
from site_builder.kit.phone.wording import NEEDS, SURVEY, needs_labels, residents_labels, survey_labels
from site_builder.model.forms import Forms
from site_builder.shared.problems import safe_to_show
from site_builder.shared.text_forms import caseless
from site_builder.untrusted_files import Sheet, Value

RESIDENTS = "residents"
# What only an export has; a workbook or list that people made has none of these heads.
IDENTIFIERS = ("key", "rootuuid", "_id", "_uuid", "instanceid")  # the first ones stay when a submission is edited
TIMES = ("submissiondate", "_submission_time")
STATES = ("reviewstate", "_validation_status")
EDITS = ("edits", "editcount")
UPDATED = ("updatedat", "lastupdated")
PARENTS = {"parent_key": "key", "_parent_index": "_index"}
MULTIPLE = "heard_from"
_HELPERS = ("needs_asked", "needs_counted", "demo_note", "privacy_note", "kit_version", "county_code", "data_status")
METADATA = (
    *(*IDENTIFIERS, *TIMES, *STATES, *PARENTS, *PARENTS.values()),
    *("instancename", "submitterid", "submittername", "attachmentspresent", "attachmentsexpected", "status", *EDITS),
    *UPDATED,
    *("deviceid", "formversion", "start", "end", "today", "username", "phonenumber", "deprecatedid", "uuid"),
)
Needs = Counter[tuple[str, ...]]
_CHINA = timezone(timedelta(hours=8))
_OWN_NAMES = ("instanceid", "_uuid", "key")
_OF_ONE_DAY = ("village_code", "surveyed_on")
_SEPARATORS = re.compile(r"[/:|-]")

ExportOrigin = tuple[str, int, int]
"""A cell of the sender's file: the sheet's name, and row and column from 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportSheet:
    """One sheet of an export.

    kind: village_surveys, needs or residents; columns: by name, from 1; options: the answers, by column, of the one
    question that allows several; strange: columns that no form of ours asks for; repeated: columns of a question that
    already stood further left, by its name.
    """

    sheet: Sheet
    kind: str
    columns: Mapping[str, int]
    options: Mapping[int, str]
    strange: Sequence[int]
    repeated: Mapping[int, str]

    def value(self, line: int, name: str) -> Value:
        """An answer; None when it is blank or not asked."""
        place = self.columns.get(name)
        row = self.sheet.rows[line - 1]
        value = row[place - 1] if place and place <= len(row) else None
        return None if is_blank(value) else value

    def text(self, line: int, name: str) -> str:
        """An answer as text, "" when there is none."""
        return plain(self.value(line, name)).strip()

    def first(self, line: int, names: Iterable[str]) -> str:
        """The first of several answers that is there."""
        return next(filter(None, (self.text(line, name) for name in names)), "")

    def origin(self, line: int, name: str) -> ExportOrigin:
        """The cell of an answer; of the village where the question was not asked."""
        return self.sheet.name, line, self.columns.get(name) or self.columns.get("village_code", 1)

    def holds(self, place: int) -> bool:
        """Whether there is anything in a column below its head."""
        return any(place <= len(row) and not is_blank(row[place - 1]) for row in self.sheet.rows[1:])

    @property
    def lines(self) -> Iterator[int]:
        """The rows that hold anything."""
        rows = enumerate(self.sheet.rows[1:], start=2)
        return (line for line, row in rows if not all(map(is_blank, row)))


def find(sheet: Sheet, forms: Forms, hotline: str) -> ExportSheet | None:
    """A sheet of an export with its columns; None for any other sheet."""
    if not sheet.rows:
        return None
    known = _known(forms, hotline)
    columns: dict[str, int] = {}
    options: dict[int, str] = {}
    repeated: dict[int, str] = {}
    strange = []
    for place, value in enumerate(sheet.rows[0], start=1):
        path = [caseless(piece) for piece in _SEPARATORS.split(plain(value))]
        name = known.get(caseless(plain(value))) or known.get(path[-1])
        if name in columns:
            repeated[place] = name
        elif name:
            columns[name] = place
        elif len(path) > 1 and known.get(path[-2]) == MULTIPLE:
            options[place] = path[-1]
        elif not path[-1].startswith("_") and not path[0].startswith("_"):
            strange.append(place)
    kind = _kind(columns)
    if not kind:
        return None
    return ExportSheet(sheet=sheet, kind=kind, columns=columns, options=options, strange=strange, repeated=repeated)


def _kind(columns: Mapping[str, int]) -> str:
    if any(name in columns for name in PARENTS):
        return NEEDS if {"group", "matter", "persons"} <= columns.keys() else ""
    if "village_code" not in columns or not any(name in columns for name in (*IDENTIFIERS, *TIMES, "_index")):
        return ""
    return RESIDENTS if "aware" in columns else SURVEY if "poor_persons" in columns else ""


def _known(forms: Forms, hotline: str) -> dict[str, str]:
    """Every header that our forms produce, names and labels, with the question's name."""
    titles = {column.title: column.field.name for column in forms.forms[SURVEY].columns}
    labels = [survey_labels(forms), needs_labels(forms), residents_labels(hotline)]
    known = {caseless(title): name for title, name in titles.items()}
    known |= {caseless(label): name for group in labels for name, label in group.items()}
    names = {*METADATA, *_HELPERS, *(name for group in labels for name in group)}
    return known | {name: name for name in names}


# ---- submissions that were put right


def identifier(part: ExportSheet, line: int) -> str:
    """What identifies a submission, on every server; "" when the export does not say."""
    return part.first(line, IDENTIFIERS).removeprefix("uuid:")


def is_edited(part: ExportSheet, line: int) -> bool:
    """Whether a submission was put right after it was sent: its edits are counted, or it takes another's place."""
    return part.first(line, EDITS) not in {"", "0"} or bool(part.text(line, "deprecatedid"))


def superseded(part: ExportSheet) -> dict[int, int]:
    """The lines of submissions as they were before they were put right, each with the line that stands in its place.

    An edit by ODK Collect or Kobo has an identifier of its own and names the one before it; Central keeps the first one
    and counts. Of two under one identifier and count nobody can tell which was later.
    """
    own = {_uuid(part, line, name): line for name in _OWN_NAMES for line in part.lines}
    former = {line: _uuid(part, line, "deprecatedid") for line in part.lines}
    replaced = {own[name]: line for line, name in former.items() if name and name in own}
    versions: dict[str, list[tuple[int, str, int]]] = {}
    for line in part.lines:
        count, updated = part.first(line, EDITS), part.first(line, UPDATED)
        version = int(count) if count.isdecimal() else 0, updated, line
        versions.setdefault(identifier(part, line), []).append(version)
    for name, together in versions.items():
        *earlier, (_, _, last) = sorted(together)
        is_ordered = len({version[:2] for version in together}) == len(together)
        replaced.update((line, last) for _, _, line in earlier if name and is_ordered)
    return {line: by for line, by in replaced.items() if line != by}


def _uuid(part: ExportSheet, line: int, name: str) -> str:
    return part.text(line, name).removeprefix("uuid:")


# ---- submissions about one village and one day


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """One survey: where it stands, and the needs that came with it.

    Of two about one village and one day only people can tell who is right: the village is left out, others are taken.
    """

    part: ExportSheet
    line: int
    needs: Needs

    @property
    def sent(self) -> str:
        """When it came in, in China, to the minute."""
        text = self.part.first(self.line, TIMES)
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            return safe_to_show(text)
        local = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(_CHINA)
        return f"{local:%Y-%m-%d %H:%M}"


def of_one_day(submissions: Sequence[Submission]) -> Iterator[list[Submission]]:
    """The surveys of one village on one day, where there are several."""
    groups: dict[tuple[str, ...], list[Submission]] = {}
    for each in submissions:
        key = tuple(each.part.text(each.line, name) for name in _OF_ONE_DAY)
        if all(key):
            groups.setdefault(key, []).append(each)
    return (group for group in groups.values() if len(group) > 1)


def differing(forms: Forms, one: Submission, other: Submission) -> list[str]:
    """The titles of what two surveys answer differently; of all needs together, that of their form."""
    names: Mapping[str, str] = {column.field.name: column.title for column in forms.forms[SURVEY].columns}
    titles = [
        title for name, title in names.items() if one.part.text(one.line, name) != other.part.text(other.line, name)
    ]
    return titles + ([forms.forms[NEEDS].table.title] if one.needs != other.needs else [])
