"""Exports of form services, as counties make them for themselves: 问卷星, 腾讯, 金山 and their like.

A service adds columns of its own, some of them about persons; it writes that nobody answered, several answers into one
cell, and a village together with what lies above it. Here a sheet becomes what a clerk would have typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import NamedTuple

from site_builder.collect.structure.parts import Table
from site_builder.collect.structure.sheet_header import SheetHeader
from site_builder.collect.values.cells import CellError, is_blank, plain
from site_builder.collect.values.choices import is_chosen, of_options, read_answers
from site_builder.collect.values.days import first_and_last, read_day
from site_builder.model.forms import FormColumn
from site_builder.model.head_words import HeadWords
from site_builder.shared.text_forms import caseless, half_width, village_ending
from site_builder.untrusted_files import Sheet, UntrustedFile, Value

Understood = Sequence[tuple[Sheet, SheetHeader | None]]

_OTHER = re.compile("(.*?)〖(.+)〗")
_STEPS = re.compile(r"[-/\\>|→—–_\s]+")
_NUMBERED_LEVEL = re.compile(
    r"(?P<question>.+?)[-_—:：(（\[]\s*(?:第?(?P<level>[1-6一二三四五六])级)[)）\]]?(?P<end>[(（\[*]?必填[)）\]]?)?"
)
_LEVELS_FROM_LAST = ("village_name", "township_name", "county_name", "above", "above")
_MOST_LOOKED_AT = 50  # rows, for what the last level of a place is
_FIRST_LAST = {"from_date", "to_date"}
_ABOVE_COUNTIES = 2  # province and prefecture


class _Place(NamedTuple):
    """What a chain of places says; "" for what it does not."""

    county: str
    township: str
    village: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _NewColumn:
    """A column that is laid beside the sheet. meaning: a form's column, or the kind of one that helps the reader."""

    origin: int
    meaning: FormColumn | str
    values: Sequence[Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidOut:
    """A sheet with columns beside it that say apart what it says in one. origins: where each was taken from."""

    sheet: Sheet
    header: SheetHeader
    origins: dict[int, int]


# ---- levels of a place


def with_levels_named(received: UntrustedFile, words: HeadWords) -> UntrustedFile:
    """The file; where a first line gives the levels of a place by number, 所在村-一级 to 所在村-三级, each by its name.

    Nothing of a question whose last level is not plainly villages: then a person is asked.
    """
    sheets = tuple(_with_levels(sheet, words) for sheet in received.sheets)
    is_same = all(now is before for now, before in zip(sheets, received.sheets, strict=True))
    return received if is_same else replace(received, sheets=sheets)


def _with_levels(sheet: Sheet, words: HeadWords) -> Sheet:
    heads = sheet.rows[0] if sheet.rows else []
    found = [(place, _NUMBERED_LEVEL.fullmatch(half_width(plain(head)))) for place, head in enumerate(heads) if head]
    questions: dict[str, list[int]] = {}
    for place, match in found:
        if match:
            questions.setdefault(match["question"], []).append(place)
    named = list(heads)
    for question, places in questions.items():
        if 1 < len(places) <= len(_LEVELS_FROM_LAST) and _are_villages(sheet, places[-1]):
            for place, kind in zip(reversed(places), _LEVELS_FROM_LAST, strict=False):
                named[place] = f"{question}-{words.levels[kind][0]}"
    return replace(sheet, rows=[named, *sheet.rows[1:]]) if named != list(heads) else sheet


def _are_villages(sheet: Sheet, place: int) -> bool:
    """Whether all that stands in a column, below the first line, is named like a village."""
    below = (row[place] for row in sheet.rows[1:_MOST_LOOKED_AT] if place < len(row))
    names = [plain(value).strip() for value in below if not is_blank(value)]
    return bool(names) and all(village_ending(name, least=1) for name in names)


# ---- what the services add


def submitted_on(received: UntrustedFile, understood: Understood) -> dict[tuple[str, int], date]:
    """The day of each answer, by sheet and line, where the service says it of every row in plain words."""
    known = [(sheet, header) for sheet, header in understood if header]
    days = {
        (sheet.name, line): _day(value, received.counts_from_1904)
        for sheet, header in known
        for place in header.submitted
        for line, value in enumerate(header.below(sheet, place), start=header.line + 1)
        if not is_blank(value)
    }
    plain_days = {row: day for row, day in days.items() if day}
    return plain_days if len(plain_days) == len(days) else {}


def _day(value: Value, counts_from_1904: bool) -> date | None:
    try:
        return date.fromisoformat(read_day(value, counts_from_1904))
    except CellError:
        return None


def cleared(
    received: UntrustedFile, understood: Understood, words: HeadWords
) -> tuple[UntrustedFile, list[tuple[Sheet, SheetHeader | None]]]:
    """The file without what services added, so that nobody's name or address of a computer is kept or shown."""
    pairs = [
        (_cleared(sheet, header, words) if header and header.service else sheet, header) for sheet, header in understood
    ]
    if not any(header and header.service for _, header in understood):
        return received, pairs
    instead = {id(old): new for (old, _), (new, _) in zip(understood, pairs, strict=True)}
    sheets = tuple(instead.get(id(sheet), sheet) for sheet in received.sheets)
    return replace(received, sheets=sheets, is_blanked=True), pairs


def cleared_tables(
    received: UntrustedFile, sheets: Iterable[tuple[Sheet, Iterable[Table]]], words: HeadWords
) -> tuple[UntrustedFile, list[Table]]:
    """The file, and the tables of its sheets, without what form services added."""
    found = []
    for sheet, tables in sheets:
        known = sheet
        for table in tables:
            if not table.origins:
                received, ((known, _),) = cleared(received, [(known, table.header)], words)
            _, ((own, _),) = cleared(received, [(table.sheet, table.header)], words)
            found.append(replace(table, sheet=own))
    return received, found


def _cleared(sheet: Sheet, header: SheetHeader, words: HeadWords) -> Sheet:
    rows = sheet.rows[: header.line]
    for row in sheet.rows[header.line :]:
        kept = [_answer(value, words) if type(value) is str else value for value in row]
        for place in header.several:  # where what was written beside the options is told from an option
            kept[place - 1 : place] = row[place - 1 : place] if kept[place - 1 : place] != [None] else [None]
        for place in header.service:
            kept[place - 1 : place] = [None] * (place <= len(kept))
        rows.append(kept)
    return replace(sheet, rows=rows, unasked=_unasked(sheet, header, words))


def _unasked(sheet: Sheet, header: SheetHeader, words: HeadWords) -> frozenset[tuple[int, int]]:
    """The cells of questions that an answer before them led past; none where what is not reported is known to be none.

    So it is with needs: who says that there is nobody of a group is led past its needs.
    """
    asked = () if header.form.is_spread else sheet.rows[header.line :]
    lines = enumerate(asked, start=header.line + 1)
    cells = ((line, place, value) for line, row in lines for place, value in enumerate(row, start=1))
    found = ((line, place) for line, place, value in cells if type(value) is str and _says(value, words.unasked))
    return sheet.unasked.union(found)


def _answer(text: str, words: HeadWords) -> Value:
    """A cell of an export as somebody would have typed it."""
    if _says(text, words.unanswered) or _says(text, words.unasked):
        return None
    other = _OTHER.fullmatch(text) if "〖" in text else None
    return other[2] if other and other[1] in words.others else text


def _says(text: str, words: Sequence[str]) -> bool:
    return text.startswith(("(", "（")) and caseless(text) in words


# ---- what stands together in one column


def laid_out(
    sheet: Sheet, header: SheetHeader, words: HeadWords, counties_named: Callable[[str], Sequence[str]]
) -> LaidOut:
    """A sheet with what stands in one column side by side; the same sheet where nothing does."""
    new = [*_places(sheet, header, counties_named), *_answers(sheet, header, words), *_days(sheet, header, words)]
    if not new and not header.options:
        return LaidOut(sheet=sheet, header=header, origins={})
    width = max(map(len, sheet.rows))
    rows = [[*row, *[None] * (width - len(row) + len(new))] for row in sheet.rows]
    for place, column in enumerate(new, start=width + 1):
        for row, value in zip(rows[header.line :], column.values, strict=True):
            row[place - 1] = value
    for row in rows[header.line :]:
        _with_options(row, header, words)
    places = dict(enumerate(new, start=width + 1))
    apart = {(line, place) for place, column in places.items() for line, of in sheet.unasked if of == column.origin}
    return LaidOut(
        sheet=replace(sheet, rows=rows, unasked=sheet.unasked | apart),
        header=_with(header, places),
        origins={place: column.origin for place, column in places.items()},
    )


def _with(header: SheetHeader, places: dict[int, _NewColumn]) -> SheetHeader:
    columns = {place: new.meaning for place, new in places.items() if isinstance(new.meaning, FormColumn)}
    context = {new.meaning: place for place, new in places.items() if isinstance(new.meaning, str)}
    apart = {new.origin for new in places.values()}
    return replace(
        header,
        columns={**header.columns, **columns},
        context={**header.context, **context},
        ignored={place: head for place, head in header.ignored.items() if place not in apart},
        apart=apart,
    )


def _answers(sheet: Sheet, header: SheetHeader, words: HeadWords) -> Iterator[_NewColumn]:
    """For each answer to a question that allows several, whether it was chosen; none while a cell is unclear."""
    for place, columns in header.several.items():
        below = header.below(sheet, place)
        rows = [read_answers(value, columns, words) for value in below]
        for column in columns if not any(row.strange for row in rows) else ():
            said = [column.field.name in row.chosen for row in rows]
            values = [None if is_blank(value) else yes for value, yes in zip(below, said, strict=True)]
            yield _NewColumn(origin=place, meaning=column, values=values)


def _with_options(row: list[Value], header: SheetHeader, words: HeadWords) -> None:
    """A row in which the columns of options say yes or no."""
    places = sorted(header.options)
    said = [is_chosen(row[place - 1], header.columns[place].title, words) for place in places]
    for place, value in zip(places, of_options(said), strict=True):
        row[place - 1] = value


def _days(sheet: Sheet, header: SheetHeader, words: HeadWords) -> Iterator[_NewColumn]:
    """The first and the last day of a column that tells both in one, where the form asks for them apart."""
    known = {column.field.name for column in header.columns.values()}
    columns = {column.field.name: column for column in header.form.columns if column.field.name in _FIRST_LAST}
    place = next((at for at, head in header.ignored.items() if caseless(head) in words.spans), 0)
    if not place or known & _FIRST_LAST or columns.keys() != _FIRST_LAST:
        return
    below = [value if isinstance(value, str) else plain(value) for value in header.below(sheet, place)]
    said = [first_and_last(text) for text in below]
    is_lasting = columns["to_date"] not in header.missing
    ends = [last or ("" if is_lasting else first) for first, last in said]
    yield _NewColumn(origin=place, meaning=columns["from_date"], values=_or_none(first for first, _ in said))
    yield _NewColumn(origin=place, meaning=columns["to_date"], values=_or_none(ends))


# ---- chains of places


def _places(sheet: Sheet, header: SheetHeader, counties_named: Callable[[str], Sequence[str]]) -> Iterator[_NewColumn]:
    """County, township and village of a column that tells them in one: 吉林省-白城市-洮南市-洮府街道-北郊村."""
    kinds = ["region", *(["village_name"] if header.service else [])]
    place = next((header.context[kind] for kind in kinds if kind in header.context), 0)
    values = header.below(sheet, place) if place else []
    if not any(len(_steps(value)) > 1 for value in values) and "region" not in header.context:
        return
    read = cache(lambda text: _place(text, counties_named))
    found = [read(plain(value).strip()) for value in values]
    if any(each.county for each in found) and "county_name" not in header.context:
        counties = [each.county or each.township or each.village for each in found]
        yield _NewColumn(origin=place, meaning="county_name", values=_or_none(counties))
    if any(each.township for each in found) and "township_name" not in header.context:
        yield _NewColumn(origin=place, meaning="township_name", values=_or_none(each.township for each in found))
    if any(each.village for each in found) and header.context.get("village_name", place) == place:
        yield _NewColumn(origin=place, meaning="village_name", values=_or_none(each.village for each in found))


def _steps(value: Value) -> list[str]:
    return [step for step in _STEPS.split(half_width(plain(value))) if step]


def _or_none(texts: Iterable[str]) -> list[Value]:
    return [text or None for text in texts]


def _place(text: str, counties_named: Callable[[str], Sequence[str]]) -> _Place:
    """What a chain names. A village's own parts stay with its name: they are no village, and somebody is asked."""
    steps = _steps(text)
    county = next((place for place, step in enumerate(steps) if len(counties_named(step)) == 1), None)
    if county is None and len(steps) > _ABOVE_COUNTIES and steps[0].endswith(("省", "自治区")):
        county = _ABOVE_COUNTIES
    rest = steps if county is None else steps[county + 1 :]
    named = "" if county is None else steps[county]
    if len(rest) == 1 and named and not village_ending(rest[0], least=1):
        return _Place(named, rest[0], "")
    return _Place(named, rest[0] if len(rest) > 1 else "", "".join(rest[1:] or rest))
