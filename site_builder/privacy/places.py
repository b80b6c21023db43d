"""Where in a file the personal numbers stand, and which of them are allowed there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from site_builder.model.schemas import Schemas
from site_builder.privacy import finder, readable
from site_builder.privacy.finder import Found, NumberKind

_SHORTEST = 6  # characters of a cell with something to be found: a@b.cn


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
        one.number[-11:] for phone in phones for one in finder.find(phone) if one.kind is NumberKind.MOBILE
    )


def find(name: str, data: bytes, belonging: Belonging) -> list[NumberPlace]:
    """The places of all personal numbers in a file's name and bytes that are not allowed there."""
    found = [NumberPlace(kind=one.kind) for one in finder.find(name)]
    try:
        for part, text in readable.texts(data):
            found += _in_text(name + part, part, text, belonging)
    except readable.Unreadable:
        found.append(NumberPlace(kind=None))
    return list(dict.fromkeys(found))


def _in_text(name: str, part: str, text: str, belonging: Belonging) -> Iterator[NumberPlace]:
    rows = readable.as_table(name, text)
    if rows is None:
        for one in finder.find(text):
            if not _belongs(one, "", belonging):
                yield NumberPlace(kind=one.kind, part=part, line=one.line)
        return
    heads = rows[0][1] if rows else []
    cells = {cell for _, row in rows for cell in row}
    parts = finder.halves(cells)
    held = {cell: found for cell in cells if _may_hold_one(cell) and (found := finder.find_in_data(cell))}
    for line, row in rows:
        for column, one in _in_row(row, held, parts):
            field = heads[column - 1] if column <= len(heads) and line > 1 else ""
            if not _belongs(one, field, belonging):
                yield NumberPlace(kind=one.kind, part=part, line=line, column=column, field=field)


def _in_row(
    row: Sequence[str], held: Mapping[str, list[Found]], parts: dict[object, str]
) -> Iterator[tuple[int, Found]]:
    """What is found in the cells of a row, and in some that follow one another, with the column of the first.

    held: what is in a cell, for those of the table that hold anything.
    """
    if held:
        for column, cell in enumerate(row, start=1):
            yield from ((column, one) for one in held.get(cell, ()))
    if parts:
        yield from ((columns[0], one) for columns, one in finder.across(row, parts))


def _may_hold_one(cell: str) -> bool:
    """A quick look: most cells are too short, and a division code has twelve digits and nothing else."""
    return len(cell) >= _SHORTEST and not (len(cell) == 12 and cell.isdecimal() and cell[0] != "0")


def _belongs(one: Found, field: str, belonging: Belonging) -> bool:
    is_known = field in belonging.columns or one.number[-11:] in belonging.mobiles
    return one.kind is NumberKind.MOBILE and is_known
