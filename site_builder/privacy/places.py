"""Where in a file the personal numbers stand, and which of them are allowed there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from site_builder.model.schemas import Schemas
from site_builder.privacy import disguises, readable
from site_builder.privacy.numbers import NumberKind


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberPlace:
    """One number's place, without the number. kind: None where a file could not be looked through.

    part: of a packed file, else ""; line: counted from 1; column: number of the cell, counted from 1, or 0;
    field: the header over it, or "".
    """

    kind: NumberKind | None
    part: str = ""
    line: int | None = None
    column: int = 0
    field: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Belonging:
    """Where mobiles are allowed: in columns of these names or titles, or anywhere when they are among these numbers."""

    columns: frozenset[str] = frozenset()
    mobiles: frozenset[str] = frozenset()


def phone_columns(schemas: Schemas) -> frozenset[str]:
    """The names and titles of the fields that ask for a phone number: those named phone or …_phone."""
    fields = [field for table in schemas.tables.values() for field in table.fields]
    asked = [field for field in fields if field.name == "phone" or field.name.endswith("_phone")]
    return frozenset({field.name for field in asked} | {field.title for field in asked})


def mobiles(phones: Iterable[str]) -> frozenset[str]:
    """The mobiles among phone numbers, each with its eleven digits."""
    return frozenset(
        one.number[-11:] for phone in phones for one in disguises.find(phone) if one.kind is NumberKind.MOBILE
    )


def find(name: str, data: bytes, belonging: Belonging) -> list[NumberPlace]:
    """The places of all personal numbers in a file's name and bytes that are not allowed there."""
    found = [NumberPlace(kind=one.kind) for one in disguises.find(name)]
    try:
        for part, text in readable.texts(data):
            found += _in_text(name + part, part, text, belonging)
    except readable.Unreadable:
        found.append(NumberPlace(kind=None))
    return list(dict.fromkeys(found))


def _in_text(name: str, part: str, text: str, belonging: Belonging) -> Iterator[NumberPlace]:
    rows = readable.as_table(name, text)
    if rows is None:
        for one in disguises.find(text):
            if one.kind is not NumberKind.MOBILE or one.number[-11:] not in belonging.mobiles:
                yield NumberPlace(kind=one.kind, part=part, line=one.line)
        return
    heads = rows[0][1] if rows else []
    for line, row in rows:
        for column, cell in enumerate(row, start=1):
            field = heads[column - 1] if column <= len(heads) and line > 1 else ""
            yield from _in_cell(
                NumberPlace(kind=None, part=part, line=line, column=column, field=field), cell, belonging
            )


def _in_cell(place: NumberPlace, cell: str, belonging: Belonging) -> Iterator[NumberPlace]:
    """A quick look first: most cells are too short, and a division code has twelve digits and nothing else."""
    if len(cell) < 11 or (len(cell) == 12 and cell.isdecimal() and cell[0] != "0"):
        return
    for one in disguises.find(cell):
        belongs = place.field in belonging.columns or one.number[-11:] in belonging.mobiles
        if one.kind is not NumberKind.MOBILE or not belongs:
            yield replace(place, kind=one.kind)
