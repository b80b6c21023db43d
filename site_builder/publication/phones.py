"""The phone numbers that the gate let pass, for the lint that looks through what was built."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from site_builder.publication.public import PublicRecords


def published_phones(public: PublicRecords) -> frozenset[str]:
    """Every phone number in the public records: the values of fields named phone or …_phone."""
    return frozenset(_phones(public.counties))


def _phones(value: object) -> Iterator[str]:
    if isinstance(value, tuple):
        for item in value:
            yield from _phones(item)
    elif is_dataclass(value):
        for field in fields(value):
            below = getattr(value, field.name)
            if isinstance(below, str):
                yield from [below] if field.name == "phone" or field.name.endswith("_phone") else []
            else:
                yield from _phones(below)
