"""Which form a sheet is, where its head row stands and which column is which: by title, alias or field name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from site_builder.collect.values.cells import is_blank, plain
from site_builder.model.forms import Form, FormColumn, Forms
from site_builder.shared.text_forms import half_width
from site_builder.untrusted_files import Sheet, Value

_SEARCHED = 40  # lines in which a head row is looked for
_FEWEST = 2  # heads that must be known for a line to be a head row
_DECORATION = re.compile(r"[\s\u3000*＊:：]+|^[0-9]+\.[0-9]+")
_REMARK = re.compile(r"[(（][^()（）]*[)）]$")
_PERSONAL = re.compile("身份证|证件号|银行|卡号|账号|帐号|住址|出生|户口")


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetHeader:
    """A sheet understood: its form, its head line and its columns.

    line: of the header, from 1; columns: by place (from 1) in the sheet; context: places of columns that only help the
    reader, by kind; ignored: places with a head that no form asks for; personal: those whose head asks for what must
    not be collected; repeated: places of heads that already stood further left.
    """

    form: Form
    line: int
    columns: Mapping[int, FormColumn]
    context: Mapping[str, int]
    ignored: Mapping[int, str]
    personal: Mapping[int, str]
    repeated: Mapping[int, FormColumn]

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


def find(sheet: Sheet, forms: Forms) -> SheetHeader | None:
    """The best reading of a sheet as one of the forms; None when it is none of them."""
    best: SheetHeader | None = None
    best_score = (0, False)
    known = {name: _known(form) for name, form in forms.forms.items()}
    for line, row in enumerate(sheet.rows[:_SEARCHED], start=1):
        if sum(not is_blank(value) for value in row) < _FEWEST:
            continue
        for form in forms.forms.values():
            header = _read(form, known[form.table.name], forms, line, row)
            score = (_weight(header), _closed(sheet.name) in {_closed(name) for name in form.names})
            if score > best_score and _is_head_row(header):
                best, best_score = header, score
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
    first = header.form.columns[0].field.name
    names_record = (
        any(column.field.name == first for column in header.columns.values()) or "village_name" in header.context
    )
    return names_record and len(header.columns) >= _FEWEST


def _weight(header: SheetHeader) -> int:
    return len(header.columns) + len(header.context) - len(header.ignored)


def is_named_after_form(sheet: Sheet, forms: Forms) -> Form | None:
    """The form that a sheet is named after."""
    closed = _closed(sheet.name)
    return next((form for form in forms.forms.values() if closed in {_closed(name) for name in form.names}), None)


def _read(form: Form, known: Mapping[str, FormColumn], forms: Forms, line: int, row: list[Value]) -> SheetHeader:
    context_names = {_closed(name): kind for kind, names in forms.context.items() for name in names}
    columns: dict[int, FormColumn] = {}
    context: dict[str, int] = {}
    ignored: dict[int, str] = {}
    personal: dict[int, str] = {}
    repeated: dict[int, FormColumn] = {}
    for place, value in enumerate(row, start=1):
        if is_blank(value):
            continue
        head = plain(value)
        column = known.get(_closed(head)) or known.get(_closed(_REMARK.sub("", head.strip())))
        kind = context_names.get(_closed(head))
        if column and column in columns.values():
            repeated[place] = column
        elif column:
            columns[place] = column
        elif kind:
            context.setdefault(kind, place)
        elif _PERSONAL.search(head):
            personal[place] = head
        else:
            ignored[place] = head
    return SheetHeader(
        form=form, line=line, columns=columns, context=context, ignored=ignored, personal=personal, repeated=repeated
    )


def _known(form: Form) -> dict[str, FormColumn]:
    """Columns by every name they are known by; a title goes before another column's alias."""
    columns = _all_columns(form)
    known: dict[str, FormColumn] = {}
    for column in columns:
        known.setdefault(_closed(column.title), column)
    for column in columns:
        for name in column.names:
            known.setdefault(_closed(name), column)
    return known


def _all_columns(form: Form) -> list[FormColumn]:
    own = list(form.columns)
    present = {(column.field.name, tuple(column.fixed.values())) for column in own}
    return own + [column for column in form.record_columns if (column.field.name, ()) not in present]


@cache
def _closed(text: str) -> str:
    """A head as it is looked up: spaces, width, case, marks for required ones and numbers make no difference."""
    return _DECORATION.sub("", half_width(text)).strip().lower()
