"""The gate: what may leave the records. A field passes only by the policy that its schema gives it.

Denied by default: a field without a policy is internal, and an internal or aggregate field is blank in
every public record. Aggregates leave only as figures of an edition, through `published_count`.

A public record's field is the field of the same name of the record it is made from. Any other says beside its
definition what it is made of: `derived` and `title_of` name their sources and get the values of these alone, and only
where all of them are public; `ruled` names a rule of this module; `PART` is what has passed the gate before. So nobody
who asks the gate for a public record can hand it a value of a record.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import Field as Member
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import Enum
from typing import Any, Final, TypeVar

from site_builder.model.meanings import no_name, no_text
from site_builder.model.persons_in_texts import small_count_said
from site_builder.model.schemas import Coarse, Field, Policy, Schemas
from site_builder.model.window_duties import DUTIES
from site_builder.record.records import (
    TYPES,
    Activity,
    County,
    Division,
    Liaison,
    PublishedCount,
    Record,
    Records,
    VillageSurvey,
    Window,
    value_of,
)

# The middle four digits of a mobile name its place, and a county has a few dozen of them for each beginning: with the
# last four shown, a number would be one of these. So the place and two more are hidden: thousands fit. Of a landline
# nothing is shown: its first digits are those of the county's offices, and the rest alone would be the number.
_MOBILE = re.compile(r"(1[0-9]{2})[0-9]{6}([0-9]{2})")
# Up to the township: the least that names where somebody lives without leading to the door.
_TOWNSHIP = re.compile(r"((?:[^省市州县区旗]{1,12}[省市州县区旗]){0,3}[^镇乡村]{1,12}?(?:镇|乡|街道|苏木)).*")
_MASKS: Mapping[str, tuple[re.Pattern[str], str]] = {
    "mobile": (_MOBILE, "{}******{}"),
    "address": (_TOWNSHIP, "{}"),
}


class Hidden(Enum):
    """Stands in the place of a count that is not published: too small, or one that would give a small one away."""

    COUNT = "hidden"


HIDDEN: Final = Hidden.COUNT
Count = int | Hidden | None
"""A published count: a number, HIDDEN when it is held back, None when there are no data."""

_TABLE_OF: Mapping[type[Record], str] = {type_: name for name, type_ in TYPES.items()}
_COUNTED = (Policy.PUBLIC, Policy.AGGREGATE)


class PublicRecord:
    """What has passed the gate."""

    __slots__ = ()


_Public = TypeVar("_Public", bound=PublicRecord)
Part = PublicRecord | tuple[PublicRecord, ...] | Mapping[int, PublicRecord] | None
"""What a public record may be handed beside its records: others that have passed."""


class Gate:
    """Applies the publication policies of the schemas to single records."""

    def __init__(self, schemas: Schemas) -> None:
        self._coarse: Mapping[str, Coarse | None] = {name: table.coarse for name, table in schemas.tables.items()}
        self._fields: Mapping[str, tuple[Field, ...]] = {name: table.fields for name, table in schemas.tables.items()}
        self._sources: Mapping[str, Field] = {
            f"{name}.{field.name}": field for name, found in self._fields.items() for field in found
        }

    def allowed(self, record: Record) -> dict[str, Any]:
        """The values of a record that may be public, by field name; masked ones are masked."""
        values = {}
        for field in self._fields[_TABLE_OF[type(record)]]:
            if not self.may_tell(record, field.name):
                continue
            if field.policy is Policy.PUBLIC:
                values[field.name] = _said(field, value_of(record, field.name))
            elif field.policy is Policy.MASKED and field.type == "string":
                values[field.name] = masked(field.mask, getattr(record, field.name))
        return values

    def coarse(self, record: Record) -> Coarse | None:
        """How little may be told of a record: what its table says of records like this, None of any other.

        Where it may not be told which they are, no record of the table is told more: what is blank would say it.
        """
        table = _TABLE_OF[type(record)]
        coarse = self._coarse[table]
        if coarse is None or (
            self.is_public(f"{table}.{coarse.column}") and value_of(record, coarse.column) not in coarse.codes
        ):
            return None
        return coarse

    def may_tell(self, record: Record, name: str) -> bool:
        """Whether a field may be told of this record, if its policy lets it pass at all."""
        coarse = self.coarse(record)
        return coarse is None or name in coarse.shown

    def is_public(self, *sources: str) -> bool:
        """Whether fields, each as table.field, are all public as they stand."""
        return all(self._sources[source].policy is Policy.PUBLIC for source in sources)

    def may_count(self, *sources: str) -> bool:
        """Whether all these fields, each as table.field, may at least be counted."""
        return all(self._sources[source].policy in _COUNTED for source in sources)

    def title(self, source: str, code: str) -> str | None:
        """The Chinese title of a code in a field, given as table.field, if it has one."""
        return self._sources[source].choices.get(code)

    def public(self, kind: type[_Public], record: Record, /, *others: Record | None, **parts: Part) -> _Public:
        """A public record of a kind. What may not pass stays blank: "" in a text, None elsewhere.

        others: records from which the kind derives fields; parts: what has passed before, for the kind's fields that
        are marked so. Raises TypeError for any other part.
        """
        near = {_TABLE_OF[type(each)]: each for each in (record, *others) if each is not None}
        own, values = self.allowed(record), _only_parts(kind, parts)
        for member in fields(kind):  # type: ignore[arg-type]
            if _MADE_OF in member.metadata:
                values[member.name] = _or_blank(member, member.metadata[_MADE_OF].of(self, near))
            elif member.name not in values:
                values[member.name] = _or_blank(member, own.get(member.name))
        return kind(**values)

    def summed(self, kind: type[_Public], records: Sequence[Record]) -> _Public:
        """One public record of many of a table: each field is made of the column of its source."""
        found = {member: member.metadata[_MADE_OF] for member in fields(kind)}  # type: ignore[arg-type]
        return kind(**{member.name: _or_blank(member, made.of_all(self, records)) for member, made in found.items()})


def _or_blank(member: Member[Any], value: object) -> object:
    return "" if value is None and member.type in (str, "str") else value


def _only_parts(kind: type[PublicRecord], parts: Mapping[str, object]) -> dict[str, object]:
    """The parts as they are. Raises TypeError where one is no field for parts, or holds what has not passed."""
    places = {member.name for member in fields(kind) if member.metadata == PART}  # type: ignore[arg-type]
    if parts.keys() != places:
        raise TypeError(f"{kind.__name__} has these parts: {sorted(places)}")
    for name, part in parts.items():
        whole = part.values() if isinstance(part, Mapping) else part if isinstance(part, tuple) else (part,)
        if not all(each is None or isinstance(each, PublicRecord) for each in whole):
            raise TypeError(f"{kind.__name__}.{name} has not passed the gate")
    return dict(parts)


# ---- what the fields of public records are made of, said beside their definitions

_MADE_OF: Final = "made of"
PART: Final[Mapping[str, object]] = {"passed before": True}
"""Marks a field that holds public records."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """A field made of the values of its sources, each table.field; absent where one of them is not public."""

    sources: tuple[str, ...]
    value: Callable[..., object]

    def of(self, gate: Gate, near: Mapping[str, Record]) -> object:
        """The value, made of records by their tables; None where a record is not there."""
        places = [source.split(".") for source in self.sources]
        if not gate.is_public(*self.sources) or any(table not in near for table, _ in places):
            return None
        if not all(gate.may_tell(near[table], name) for table, name in places):
            return None
        return self.value(*(getattr(near[table], name) for table, name in places))

    def of_all(self, gate: Gate, records: Sequence[Record]) -> object:
        """The value, made of whole columns of the records of which they may be told."""
        if not gate.is_public(*self.sources):
            return None
        names = [source.split(".")[1] for source in self.sources]
        records = [record for record in records if all(gate.may_tell(record, name) for name in names)]
        return self.value(*([getattr(record, name) for record in records] for name in names))


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleOf:
    """A field that says the Chinese title of a code."""

    source: str

    def of(self, gate: Gate, near: Mapping[str, Record]) -> object:
        """The title; None where the code is not public."""
        return Derived(sources=(self.source,), value=lambda code: gate.title(self.source, code)).of(gate, near)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruled:
    """A field by a rule of the gate, which gets the records of these tables."""

    tables: tuple[str, ...]
    rule: Callable[..., object]

    def of(self, gate: Gate, near: Mapping[str, Record]) -> object:
        """What the rule lets pass."""
        return self.rule(gate, *(near.get(table) for table in self.tables))


def derived(*sources: str, value: Callable[..., object] = lambda only: only) -> Mapping[str, object]:
    """Metadata of a field that is made of others."""
    return {_MADE_OF: Derived(sources=sources, value=value)}


def title_of(source: str) -> Mapping[str, object]:
    """Metadata of a field that says what a code means."""
    return {_MADE_OF: TitleOf(source=source)}


def ruled(rule: Callable[..., object], *tables: str) -> Mapping[str, object]:
    """Metadata of a field for which this module has a rule of its own."""
    return {_MADE_OF: Ruled(tables=tables, rule=rule)}


# ---- the gate's own rules


def _said(field: Field, value: object) -> object:
    """A value, "" for a free text that only says that there is none, or how few were helped.

    In a list of codes, `none` is an answer.
    """
    is_worded = field.is_free_text and isinstance(value, str)
    return "" if is_worded and (no_text(str(value)) or small_count_said(str(value))) else value


def with_names_of_persons(records: Records) -> Records:
    """The records without liaisons whose name is none, and with no such name of who answers for a window or a group."""
    people = tuple(liaison for liaison in records.liaisons if no_name(liaison.name) is None)
    windows = tuple(
        replace(window, responsible_person="") if no_name(window.responsible_person) else window
        for window in records.windows
    )
    units = tuple(
        replace(unit, group_head="") if no_name(unit.group_head) else unit for unit in records.responsible_units
    )
    return replace(records, liaisons=people, windows=windows, responsible_units=units)


def liaison_phone(gate: Gate, liaison: Liaison, county: County) -> str:
    """A serving liaison's phone as the county and the liaison agreed to show it; "" without both consents.

    What the county chose, and whether the liaison serves, can be seen from it: both must be public. The liaison's
    consent is told in no other way; it can only withhold.
    """
    passed = gate.allowed(liaison).get("work_phone")
    if not gate.is_public("liaisons.to_date", "counties.phone_publication"):
        return ""
    if passed is None or liaison.to_date or not liaison.phone_consent or county.phone_publication == "none":
        return ""
    return liaison.work_phone if county.phone_publication == "full" else passed


def masked(kind: str, value: str) -> str:
    """A value as a masked field of that kind shows it; "" where the kind is unknown or the value is none of it."""
    if kind not in _MASKS:
        return ""
    pattern, shape = _MASKS[kind]
    found = pattern.fullmatch(value)
    return shape.format(*found.groups()) if found else ""


def published_count(row: PublishedCount, smallest: int) -> Count:
    """An edition's count as the public may see it: HIDDEN where the edition hides it, and a small one in any case."""
    is_small = row.item != "villages" and 0 < row.count < smallest
    return HIDDEN if row.hidden or is_small else row.count


def rounded_counts(counts: Sequence[int], smallest: int) -> tuple[tuple[Count, ...], Count]:
    """Counts of what comes in day by day, and their total, as whole multiples of `smallest`, rounded down.

    HIDDEN is what is less than `smallest`, zero too: with zeros shown, each hidden count would be a small one. The
    total is lowered further where the rest of it would show that a hidden count is not zero. Exact counts would give
    small ones away: by their sum, and by what has changed since the site was built before.
    """
    rounded = [_rounded(count, smallest) for count in counts]
    shown = [count for count in rounded if isinstance(count, int)]
    total, hidden = sum(counts), len(rounded) - len(shown)
    if hidden:  # the most that can be, were one of the hidden ones zero
        total = min(total, sum(shown) + (len(rounded) - 1) * (smallest - 1))
    return tuple(rounded), _rounded(total, smallest)


def _rounded(count: int, smallest: int) -> Count:
    return HIDDEN if count < smallest else count - count % smallest


def over_on(gate: Gate, activity: Activity) -> date | None:
    """The day on which an activity is over: its own, or the last of its month where no more may be told."""
    coarse, held_on = gate.coarse(activity), activity.held_on
    if not gate.is_public("activities.held_on", "activities.kind"):
        return None
    return held_on.replace(day=monthrange(held_on.year, held_on.month)[1]) if coarse else held_on


def public_numbers(gate: Gate, activities: Iterable[Activity]) -> dict[str, str]:
    """Activities' numbers for the public by those on record: county, day, and which of that day it is.

    Those on record run on through visits at home: what is missing between two days would be a visit then, or one that
    is planned. Here only activities whose day is told are counted, so that none is missing, and a correction of
    anything but the day leaves a number as it is.
    """
    counted: Counter[str] = Counter()
    numbers = {}
    for activity in sorted(activities, key=lambda item: (len(item.activity_id), item.activity_id)):
        passed = gate.allowed(activity)
        if passed.get("held_on") and passed.get("county_code"):
            day = f"A-{passed['county_code']}-{passed['held_on']:%Y%m%d}"
            counted[day] += 1
            numbers[activity.activity_id] = f"{day}-{counted[day]}"
    return numbers


def public_duties(gate: Gate, _: Window) -> tuple[str, ...]:
    """The duties of a window of which may be told whether they are done: what is held back is not missing."""
    return tuple(duty for duty in DUTIES if gate.is_public(f"windows.{duty}"))


def is_surveyed(gate: Gate, survey: VillageSurvey | None) -> bool:
    """Whether a village has been surveyed: that much may be told of a survey whose fields may only be counted."""
    return survey is not None and gate.may_count("village_surveys.village_code")


def division_names(gate: Gate, divisions: Iterable[Division]) -> dict[str, str]:
    """The names of divisions by code, "" where they may not pass."""
    return {division.code: gate.allowed(division).get("name", "") for division in divisions}


def countable(gate: Gate, rows: Iterable[PublishedCount]) -> list[PublishedCount]:
    """The rows of editions whose counts may be figures: those of fields that may at least be counted."""
    if not (gate.may_count("published_counts.count") and gate.is_public("published_counts.hidden")):
        return []
    return [row for row in rows if gate.may_count(*_counted_field(row))]


def _counted_field(row: PublishedCount) -> tuple[str, ...]:
    """What a row counts, as table.field: needs, villages, or a column of the survey, a group's where it is one's."""
    if row.item == "needs":
        return ("needs.persons",)
    if row.item == "villages":
        return ("village_surveys.village_code",)
    return (f"village_surveys.{row.item if row.group == 'all' else row.group}",)
