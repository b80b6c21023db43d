"""The gate: what may leave the records. A field passes only by the policy that its schema gives it.

Denied by default: a field without a policy is internal, and an internal or aggregate field is blank in
every public record. Aggregates leave only as figures of an edition, through `published_count`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import fields
from enum import Enum
from typing import Any, Final, TypeVar

from site_builder.model.schemas import Field, Policy, Schemas
from site_builder.record.records import TYPES, Activity, County, Liaison, PublishedCount, Record

_MOBILE = re.compile(r"(1[0-9]{2})[0-9]{4}([0-9]{4})")
_LANDLINE = re.compile(r"(0[0-9]{2,3}-)[0-9]{4}([0-9]{3,4})(?:-[0-9]+)?")
# Up to the township: the least that names where somebody lives without leading to the door.
_TOWNSHIP = re.compile(r"((?:[^省市州县区旗]{1,12}[省市州县区旗]){0,3}[^镇乡村]{1,12}?(?:镇|乡|街道|苏木)).*")
_STARS = "{}****{}"
_MASKS: Mapping[str, tuple[tuple[re.Pattern[str], str], ...]] = {
    "mobile": ((_MOBILE, _STARS),),
    "landline": ((_LANDLINE, _STARS),),
    "phone": ((_MOBILE, _STARS), (_LANDLINE, _STARS)),
    "address": ((_TOWNSHIP, "{}"),),
}


class Hidden(Enum):
    """Stands in the place of a count that is not published: too small, or one that would give a small one away."""

    COUNT = "hidden"


HIDDEN: Final = Hidden.COUNT
Count = int | Hidden | None
"""A published count: a number, HIDDEN when it is held back, None when there are no data."""

_Public = TypeVar("_Public")


class Gate:
    """Applies the publication policies of the schemas to single records."""

    def __init__(self, schemas: Schemas) -> None:
        self._fields: Mapping[type[Record], tuple[Field, ...]] = {
            TYPES[name]: table.fields for name, table in schemas.tables.items()
        }

    def allowed(self, record: Record) -> dict[str, Any]:
        """The values of a record that may be public, by field name; masked ones are masked."""
        values = {}
        for field in self._fields[type(record)]:
            if field.policy is Policy.PUBLIC:
                values[field.name] = getattr(record, field.name)
            elif field.policy is Policy.MASKED:
                values[field.name] = masked(field.mask, getattr(record, field.name))
        return values

    def public(self, kind: type[_Public], record: Record, /, **more: object) -> _Public:
        """A public record of a kind, from the fields of the same names that may pass; others stay blank."""
        allowed = self.allowed(record)
        values = {}
        for field in fields(kind):  # type: ignore[arg-type]
            blank = "" if field.type == "str" else None
            values[field.name] = more[field.name] if field.name in more else allowed.get(field.name, blank)
        return kind(**values)


def liaison_phone(gate: Gate, liaison: Liaison, county: County) -> str:
    """A serving liaison's phone as the county and the liaison agreed to show it; "" without both consents."""
    passed = gate.allowed(liaison).get("work_phone")
    if passed is None or liaison.to_date or not liaison.phone_consent or county.phone_publication == "none":
        return ""
    return liaison.work_phone if county.phone_publication == "full" else passed


def masked(kind: str, value: str) -> str:
    """A value as a masked field of that kind shows it; "" where the kind is unknown or the value is none of it."""
    for pattern, shape in _MASKS.get(kind, ()):
        found = pattern.fullmatch(value)
        if found:
            return shape.format(*found.groups())
    return ""


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
    told = [_rounded(count, smallest) for count in counts]
    shown = [count for count in told if isinstance(count, int)]
    total, hidden = sum(counts), len(told) - len(shown)
    if hidden:  # the most that can be, were one of the hidden ones zero
        total = min(total, sum(shown) + (len(told) - 1) * (smallest - 1))
    return tuple(told), _rounded(total, smallest)


def _rounded(count: int, smallest: int) -> Count:
    return HIDDEN if count < smallest else count - count % smallest


def people_reached(gate: Gate, activity: Activity) -> int | None:
    """How many people an activity reached; None after a visit at home, where they are a household or a few."""
    passed: int | None = gate.allowed(activity).get("people_reached")
    return None if activity.kind == "home_visit" else passed
