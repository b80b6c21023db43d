"""The reader of each column, by the type of its field, and what the cells of a column come to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import date
from typing import NamedTuple

from site_builder.collect.values import clocks
from site_builder.collect.values.cells import CellError, is_blank, plain
from site_builder.collect.values.choices import choice_reader, read_boolean
from site_builder.collect.values.days import date_reader, end_reader
from site_builder.collect.values.numbers import integer_reader, none_reader, read_number
from site_builder.collect.values.phone_numbers import read_phone
from site_builder.collect.values.spans import period_reader
from site_builder.collect.values.texts import (
    code_or_name_reader,
    named_part,
    read_code,
    read_person,
    read_persons,
    read_public_text,
    read_text,
)
from site_builder.model.forms import FormColumn
from site_builder.model.schemas import Policy
from site_builder.shared.codes import Code
from site_builder.untrusted_files import Value

CellReader = Callable[[Value], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """What holds for all cells of a file.

    counts_from_1904: how its workbook numbers days; has_one_clock: whether all its days bear the same clock; year: of
    the campaign, which a period without one is likely of, and 18 in a day; year_said: the one that is said around the
    tables, of days without one, 0 where none or several are; names: by field, the code that a name stands for.
    """

    counts_from_1904: bool = False
    has_one_clock: bool = False
    year: int = 0
    year_said: int = 0
    names: Mapping[str, Callable[[str], str]] = dataclass_field(default_factory=dict)


class Understood(NamedTuple):
    """What a cell comes to in its column: its text, or the fault that keeps it from being read.

    is_head: it holds the column's own title; is_normalised: the text differs from what was typed, enough to report;
    is_plain: nothing needs to be said of it.
    """

    text: str
    fault: CellError | None = None
    is_blank: bool = False
    is_head: bool = False
    is_normalised: bool = False
    is_plain: bool = True

    @property
    def says_nothing(self) -> bool:
        """Whether it says in words that there is nothing, or nobody."""
        return self.fault is None or self.is_of(Code.NAME_VACANT, Code.CELL_PLACEHOLDER)

    def is_of(self, *codes: Code) -> bool:
        """Whether its fault is one of these."""
        return self.fault is not None and self.fault.code in codes


_NOTHING = Understood("", is_blank=True)


def reader(column: FormColumn, aliases: Mapping[str, str], is_reference: bool, habits: Habits) -> CellReader:
    """The function that reads the cells of a column.

    aliases: other words for the choices of the column's code list, to their codes; is_reference: whether the cell names
    another record, as code or as code and name.
    """
    field = column.field
    if field.choices:
        return choice_reader(field.choices, aliases)
    if column.kind == "person":
        return read_person if field.policy is Policy.PUBLIC else read_persons
    if column.kind:
        return {"phone": read_phone}[column.kind]
    if field.name == "period":
        return period_reader(habits.year, habits.counts_from_1904)
    if field.name in habits.names:
        return code_or_name_reader(habits.names[field.name])
    free_text = read_public_text if field.policy is Policy.PUBLIC else read_text
    read_date = date_reader(habits.counts_from_1904, habits.has_one_clock, habits.year_said, habits.year)
    read_whole = integer_reader(column.units)
    by_type: dict[str, CellReader] = {
        "boolean": read_boolean,
        "integer": none_reader(read_whole) if column.fixed else read_whole,
        "number": read_number,
        "date": end_reader(read_date) if field.name == "to_date" else read_date,
        "string": read_code if is_reference or "pattern" in field.constraints else free_text,
    }
    return by_type[field.type]


def understand(column: FormColumn, read: CellReader, values: Sequence[Value]) -> list[Understood]:
    """The outcome of each of a column's cells.

    Days, places and choices stand in many rows: each value is looked at once. 1, 1.0 and TRUE are equal and yet three
    values.
    """
    typed = list(zip(map(type, values), values, strict=True))
    known = {each: _understood(column, read, each[1]) for each in set(typed)}
    return [known[each] for each in typed]


def _understood(column: FormColumn, read: CellReader, value: Value) -> Understood:
    if is_blank(value):
        return _NOTHING
    is_head = plain(value).strip() in column.names
    try:
        text = read(value)
    except CellError as fault:
        return Understood("", fault=fault, is_head=is_head, is_plain=False)
    is_normalised = text != value and _is_normalised(column, value)
    return Understood(text, None, False, is_head, is_normalised, not is_normalised)


def _is_normalised(column: FormColumn, value: Value) -> bool:
    """Whether a changed text is to be reported; a code for its title or beside its name is no change."""
    field = column.field
    if field.choices:
        return plain(value).strip() not in {*field.choices, *field.choices.values()}
    if field.type == "date":
        return not isinstance(value, date) or clocks.moment(value) is not None
    return isinstance(value, str) and field.type != "boolean" and not named_part(value)
