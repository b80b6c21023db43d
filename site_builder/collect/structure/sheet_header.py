"""Which form a sheet is, where its head row stands and which column is which."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from site_builder.collect.structure import titles
from site_builder.collect.structure.titles import Titles
from site_builder.collect.values.cells import is_blank, plain
from site_builder.model.forms import Form, FormColumn, Forms
from site_builder.shared.text_forms import caseless
from site_builder.untrusted_files import Sheet, Value

_SEARCHED = 40  # lines in which a head row is looked for
_FEWEST = 2  # heads that must be known for a line to be a head row


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetHeader:
    """A sheet understood: its form, its head line and its columns.

    line: of the header, from 1; columns: by place (from 1) in the sheet; context: places of columns that only help the
    reader, by kind; ignored: places with a head that no form asks for; personal: those whose head asks for what must
    not be collected; repeated: places of heads that already stood further left; counted: rows' numbers; service: what
    a form service adds; submitted: of these, when; several: questions with several answers in one cell, with their
    columns; options: columns that are one answer of such a question; apart: what is laid out in several columns beside
    the sheet; confirmed: heads read as somebody has confirmed; likely: what the ignored ones may have meant.
    """

    form: Form
    line: int
    columns: dict[int, FormColumn] = field(default_factory=dict)
    context: dict[str, int] = field(default_factory=dict)
    ignored: dict[int, str] = field(default_factory=dict)
    personal: dict[int, str] = field(default_factory=dict)
    repeated: dict[int, FormColumn] = field(default_factory=dict)
    counted: dict[int, str] = field(default_factory=dict)
    service: dict[int, str] = field(default_factory=dict)
    submitted: list[int] = field(default_factory=list)
    several: dict[int, tuple[FormColumn, ...]] = field(default_factory=dict)
    options: set[int] = field(default_factory=set)
    apart: set[int] = field(default_factory=set)
    confirmed: dict[int, str] = field(default_factory=dict)
    likely: dict[int, FormColumn] = field(default_factory=dict)

    @property
    def places(self) -> set[int]:
        """Where a head stands, whatever it means."""
        others = (self.ignored, self.personal, self.repeated, self.counted, self.service, self.several)
        return {*self.columns, *self.context.values(), *self.apart, *(place for each in others for place in each)}

    @property
    def missing(self) -> list[FormColumn]:
        """Columns that must be filled in and are not there."""
        is_long = self.form.is_spread and any(not column.fixed for column in self._values())
        asked = self.form.record_columns if is_long else self.form.columns
        there = {(column.field.name, tuple(column.fixed.values())) for column in self.columns.values()}
        names = {column.field.name for column in self.form.columns}
        return [
            column
            for column in asked
            if column.field.constraints.get("required")
            and not column.fixed
            and (is_long or column.field.name in names)
            and column.field.name != "data_status"
            and (column.field.name, ()) not in there
            and not (column.field.name == "village_code" and "village_name" in self.context)
        ]

    def _values(self) -> Iterator[FormColumn]:
        key = self.form.columns[0].field.name
        return (column for column in self.columns.values() if column.field.name != key)


def find(sheet: Sheet, forms: Forms, confirmed: Mapping[str, str]) -> SheetHeader | None:
    """The best reading of a sheet as one of the forms; None when it is none of them.

    confirmed: heads that mean the title of a column, because somebody has said so.
    """
    best: SheetHeader | None = None
    best_score = (0, False)
    every = titles.of_forms(forms, confirmed)
    for line, row in enumerate(sheet.rows[:_SEARCHED], start=1):
        if sum(not is_blank(value) for value in row) < _FEWEST:
            continue
        for known in every:
            header = _read(known, line, row)
            score = (_weight(header), caseless(sheet.name) in {caseless(name) for name in known.form.names})
            if score > best_score and _is_head_row(header):
                best, best_score = header, score
    if best:
        best.likely.update(_likely(next(known for known in every if known.form is best.form), best))
    return best


def ask(sheet: Sheet, forms: Forms, confirmed: Mapping[str, str]) -> SheetHeader | None:
    """The line that is most like a header, for a file in which none is known: what its heads may mean is asked."""
    best, most = None, _FEWEST
    every = titles.of_forms(forms, confirmed)
    for line, row in enumerate(sheet.rows[:_SEARCHED], start=1):
        for known in every:
            header = _read(known, line, row)
            if not _names_record(header):
                continue
            header.likely.update(_likely(known, header))
            like = len(header.columns) + len({column.title for column in header.likely.values()})
            if like > most:
                best, most = header, like
    return best


def dated(sheet: Sheet, header: SheetHeader) -> Iterator[tuple[int, int, Value]]:
    """Line, place and value of every cell below the heads that tells a day."""
    places = [place for place, column in header.columns.items() if column.field.type == "date"]
    for line, row in enumerate(sheet.rows[header.line :], start=header.line + 1):
        for place in places:
            if place <= len(row) and not is_blank(row[place - 1]):
                yield line, place, row[place - 1]


def _is_head_row(header: SheetHeader) -> bool:
    """Enough heads, and something that says which record a row is about."""
    return _names_record(header) and len(header.columns) >= _FEWEST


def _names_record(header: SheetHeader) -> bool:
    first = header.form.columns[0].field.name
    is_named = any(column.field.name == first for column in header.columns.values())
    is_placed = not header.context.keys().isdisjoint(("village_name", "region"))
    return is_named or is_placed


def _weight(header: SheetHeader) -> int:
    """How well a form fits: a head that it has says more than one that it does not ask for."""
    return 2 * (len(header.columns) + len(header.context)) - len(header.ignored)


def is_named_after_form(sheet: Sheet, forms: Forms) -> Form | None:
    """The form that a sheet is named after."""
    closed = caseless(sheet.name)
    return next((form for form in forms.forms.values() if closed in {caseless(name) for name in form.names}), None)


def _read(known: Titles, line: int, row: list[Value]) -> SheetHeader:
    header = SheetHeader(form=known.form, line=line)
    for place, value in enumerate(row, start=1):
        if is_blank(value):
            continue
        head = plain(value)
        if not _take_known(known, header, place, head):
            _take_other(known, header, place, head)
    return header


def _take_known(known: Titles, header: SheetHeader, place: int, head: str) -> bool:
    """Whether a head names what the form has, or what helps the reader; it is noted where it does."""
    column, several = known.column(head), known.several(head)
    kind = "" if column else known.context(head)
    if column and column in header.columns.values():
        header.repeated[place] = column
    elif column:
        header.columns[place] = column
        header.options.update([place] if known.is_one_of_several(head) else [])
    elif several:
        header.several[place] = several
    elif kind:
        header.context.setdefault(kind, place)
    return bool(column or several or kind)


def _take_other(known: Titles, header: SheetHeader, place: int, head: str) -> None:
    """A head that no form has: a service's, one that must not be asked for, one confirmed, or unknown."""
    meaning = known.confirmed_meaning(head)
    if known.wording.counts_rows(head):
        header.counted[place] = head
    elif known.wording.is_of_service(head):
        header.service[place] = head
        header.submitted.extend([place] if known.wording.tells_time(head) else [])
    elif known.is_personal(head):
        header.personal[place] = head
    elif isinstance(meaning, FormColumn) and meaning not in header.columns.values():
        header.columns[place] = meaning
        header.confirmed[place] = head
    elif isinstance(meaning, str) and meaning not in header.context:
        header.context[meaning] = place
        header.confirmed[place] = head
    else:
        header.ignored[place] = head


def _likely(known: Titles, header: SheetHeader) -> dict[int, FormColumn]:
    """What the unknown heads may have meant, of what the sheet does not have."""
    there = [column.title for column in header.columns.values()]
    absent = [column for column in header.form.columns if column.title not in there]
    nearest = ((place, known.likeliest(head, absent)) for place, head in header.ignored.items())
    return {place: column for place, column in nearest if column}
