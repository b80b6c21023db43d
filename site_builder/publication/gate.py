"""The gate: what may leave the records. A field passes only by the policy that its schema gives it.

Denied by default: a field without a policy is internal, and an internal or aggregate field is blank in
every public record. Aggregates leave only as counts by county, through `published_count`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import fields
from enum import Enum
from typing import Any, Final, TypeVar

from site_builder.records import TYPES, County, Liaison, Record
from site_builder.schemas import Policy, Schemas

_MOBILE = re.compile(r"(1[0-9]{2})[0-9]{4}([0-9]{4})")
_LANDLINE = re.compile(r"(0[0-9]{2,3}-)[0-9]{4}([0-9]{3,4})(?:-[0-9]+)?")


class Hidden(Enum):
    """Stands in the place of a count that is too small to publish."""

    SMALL = "small"


HIDDEN: Final = Hidden.SMALL
Count = int | Hidden | None
"""A published count: a number, HIDDEN when it is too small, None when there are no data."""

_Public = TypeVar("_Public")


class Gate:
    """Applies the publication policies of the schemas to single records."""

    def __init__(self, schemas: Schemas) -> None:
        self._policies: Mapping[type[Record], list[tuple[str, Policy]]] = {
            TYPES[name]: [(field.name, field.policy) for field in table.fields]
            for name, table in schemas.tables.items()
        }

    def allowed(self, record: Record) -> dict[str, Any]:
        """The values of a record that may be public, by field name; masked ones are masked."""
        values = {}
        for name, policy in self._policies[type(record)]:
            if policy is Policy.PUBLIC:
                values[name] = getattr(record, name)
            elif policy is Policy.MASKED:
                values[name] = masked_phone(getattr(record, name))
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


def masked_phone(number: str) -> str:
    """A phone number with its middle four digits starred; "" for anything that is not one."""
    for pattern in (_MOBILE, _LANDLINE):
        found = pattern.fullmatch(number)
        if found:
            return f"{found[1]}****{found[2]}"
    return ""


def published_count(count: int | None, smallest: int) -> Count:
    """A count as the public may see it: 0 and numbers from `smallest` on are shown, others hidden."""
    if count is None or count == 0 or count >= smallest:
        return count
    return HIDDEN


def shown_sum(counts: Collection[Count]) -> Count:
    """The sum of what is shown: made of public figures only, so nothing hidden can be worked out of it.

    0 for no counts at all; HIDDEN when every one of them is hidden.
    """
    shown = [count for count in counts if isinstance(count, int)]
    return HIDDEN if counts and not shown else sum(shown)
