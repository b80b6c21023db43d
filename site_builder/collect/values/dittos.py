"""Cells that say that they are as the one above: 〃, 同上; or, of days side by side and of records in columns, 同左."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from site_builder.collect.values.cells import DITTO, is_blank
from site_builder.model.forms import Form, FormColumn
from site_builder.model.schemas import Policy
from site_builder.untrusted_files import Value

_LEFT = frozenset(("同左",))
_ABOVE = DITTO - _LEFT
_NAMING = ("_code", "material_id", "period")  # fields that say of whom, of what or of when a record is


def may_repeat(column: FormColumn, form: Form) -> bool:
    """Whether rows may well have a value alike: not who is published with a phone, a count or a record's own number."""
    field = column.field
    if field.choices or field.name.endswith(_NAMING):
        return True
    is_own = field.type in ("integer", "number") or column.kind == "phone" or field.name in form.table.key
    return not is_own and not (column.kind == "person" and field.policy is Policy.PUBLIC)


class Repeated(NamedTuple):
    """A cell that repeats another. typed: what stands in it; meant: the value of the other."""

    line: int
    place: int
    typed: str
    meant: Value


def resolved(
    rows: Sequence[list[Value]], lines: Iterable[int], places: Collection[int], days: Collection[int], is_turned: bool
) -> tuple[list[list[Value]], list[Repeated]]:
    """The rows with what such cells mean in their place, and which these are.

    lines: of the rows that are records; places: of the columns in which a value may well stand in many rows: never of
    names, phones or numbers; days: of these, those of days. What has nothing to repeat stays, and is refused where
    it is read.
    """
    own, found, above = list(rows), list[Repeated](), list[Value]()
    for line in lines:
        for place in places:
            typed = own[line - 1][place - 1] if place <= len(own[line - 1]) else None
            if not isinstance(typed, str) or typed.strip() not in DITTO:
                continue
            meant = _meant(typed.strip(), own[line - 1], above, place, place in days and place - 1 in days, is_turned)
            if not is_blank(meant) and not (isinstance(meant, str) and meant.strip() in DITTO):
                own[line - 1] = [*own[line - 1][: place - 1], meant, *own[line - 1][place:]]
                found.append(Repeated(line, place, typed.strip(), meant))
        above = own[line - 1]
    return own, found


def _meant(  # noqa: PLR0913, PLR0917  (the word, where it stands, and what is around it)
    word: str, row: Sequence[Value], above: Sequence[Value], place: int, follows_day: bool, is_turned: bool
) -> Value:
    """What a cell repeats: the record before; of a day beside another the day at its left."""
    if word in _LEFT and not is_turned:
        return row[place - 2] if follows_day else None
    is_of_before = word in _LEFT if is_turned else word in _ABOVE
    return above[place - 1] if is_of_before and place <= len(above) else None


def may_stand_once(column: FormColumn, form: Form) -> bool:
    """Whether a merged cell may say it for several rows: a day or a text; no number, name, consent or key."""
    is_plain = column.field.type in ("date", "string") and not column.kind and not column.field.choices
    return is_plain and column.field.name not in form.table.key
