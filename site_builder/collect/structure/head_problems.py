"""What is said of heads: what an unknown one may mean, what was read as confirmed, and what a service has added."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from site_builder.collect.structure.sheet_header import SheetHeader
from site_builder.collect.values import units
from site_builder.collect.values.cells import is_blank, plain
from site_builder.collect.values.choices import read_answers
from site_builder.model.forms import FormColumn
from site_builder.model.head_words import HeadWords
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem, layout, safe_to_show
from site_builder.untrusted_files import Sheet, UntrustedFile, address

_MOST_QUOTED = 5  # answers
_MOST_OPTIONS = 8  # of a column that is missing, to name them all
_WITH_PHONE = re.compile("电话|手机|联系方式")


class HeadProblem(NamedTuple):
    """What is said of heads: at which line, and at which place or of the whole line."""

    code: Code
    line: int
    place: int | None
    details: dict[str, str]


def of_columns(sheet: Sheet, header: SheetHeader, words: HeadWords) -> Iterator[HeadProblem]:
    """Columns that are missing, filled ones that are not taken, and those that have no head."""
    for column in lacking(header):
        yield HeadProblem(Code.COLUMN_MISSING, header.line, None, missed(header, column))
    for code, place, details in _not_taken(sheet, header):
        yield HeadProblem(code, header.line, place, details)
    for place in header.several:
        yield from _of_answers(sheet, header, place, words)
    for place in range(1, max(map(len, sheet.rows)) + 1):
        line = _first_data(sheet, header, place) if place not in header.places else 0
        if line:
            yield HeadProblem(Code.COLUMN_HEADLESS, line, place, {})


def lacking(header: SheetHeader) -> list[FormColumn]:
    """The columns that must be filled in and are not there; which material, and how many, unknown heads may say."""
    said = ("material_id", "quantity") if header.unclear else ()
    return [column for column in header.missing if column.field.name not in said]


def _of_answers(sheet: Sheet, header: SheetHeader, place: int, words: HeadWords) -> Iterator[HeadProblem]:
    """Answers that are no option of a question, and those that somebody wrote beside the options."""
    head, options = _shown(header.head_at(sheet.rows, place)), header.several[place]
    below = enumerate(header.below(sheet, place), start=header.line + 1)
    read = [(line, read_answers(value, options, words)) for line, value in below]
    choices = "、".join(column.title for column in options)
    strange = [(line, part) for line, said in read for part in said.strange]
    written = [(line, part) for line, said in read for part in said.written]
    for code, parts in ((Code.ANSWERS_UNCLEAR, strange), (Code.ANSWERS_WRITTEN, written)):
        if parts:
            quoted = [layout()["quoted"].format(cell=address(line, place), text=_shown(part)) for line, part in parts]
            said = "、".join(quoted[:_MOST_QUOTED]) + ("……" if len(quoted) > _MOST_QUOTED else "")
            yield HeadProblem(code, header.line, place, {"head": head, "said": said, "choices": choices})


def _first_data(sheet: Sheet, header: SheetHeader, place: int) -> int:
    """The first line of a column below the heads in which something stands; 0 for none."""
    below = enumerate(sheet.rows[header.line :], start=header.line + 1)
    return next((line for line, row in below if place <= len(row) and not is_blank(row[place - 1])), 0)


def _not_taken(sheet: Sheet, header: SheetHeader) -> Iterator[tuple[Code, int, dict[str, str]]]:
    """The filled columns that are not taken, each with its place and what is said of it."""
    for place, (head, choices) in header.unclear.items():
        hint = layout()["choice"].format(titles="”、“".join(choices)) if choices else ""
        yield Code.COLUMN_CHOICE_UNCLEAR, place, {"head": _shown(head), "hint": hint}
    for place, head in header.personal.items():
        if _holds(sheet, header, place):
            yield Code.COLUMN_PERSONAL, place, {"head": safe_to_show(head), "hint": ""}
    yield from _ignored(sheet, header)
    for place, column in header.repeated.items():
        if _holds(sheet, header, place):
            yield Code.COLUMN_REPEATED, place, _both_heads(sheet, header, place, column)


def _ignored(sheet: Sheet, header: SheetHeader) -> Iterator[tuple[Code, int, dict[str, str]]]:
    """The filled columns with an unknown head: what is asked of each, and one word for all that need not be sent."""
    asked = {_likely_place(header, column) for column in header.missing}  # with what is missing
    places = [place for place in header.ignored if place not in asked and _holds(sheet, header, place)]
    needless = [place for place in places if not header.likely.get(place) and place not in header.figures]
    for place in places:
        hint = _question(header, place, header.likely[place]) if place in header.likely else ""
        if place not in needless:
            unsure = Code.COLUMN_FIGURES if place in header.figures else Code.COLUMN_IGNORED
            code = Code.COLUMN_LIKELY if _is_asked(header, place) else unsure
            yield code, place, {"head": _shown(header.ignored[place]), "hint": hint}
    if needless:
        counted = [place for place in header.counted if _holds(sheet, header, place)] if not header.service else []
        heads = {**header.ignored, **header.counted}
        named = "”、“".join(_shown(heads[place]) for place in sorted([*needless, *counted]))
        yield Code.COLUMN_IGNORED, needless[0], {"head": named, "hint": ""}


def _likely_place(header: SheetHeader, column: FormColumn) -> int:
    """The first place under whose head a column may stand; 0 for none."""
    return next((place for place, each in header.likely.items() if each.title == column.title), 0)


def _both_heads(sheet: Sheet, header: SheetHeader, place: int, column: FormColumn) -> dict[str, str]:
    """What two columns are called that are the same one."""
    first = next(at for at, each in header.columns.items() if each == column)
    heads = sheet.rows[header.line - 1]
    named = {name: heads[at - 1] if at <= len(heads) else "" for name, at in (("first", first), ("head", place))}
    cells = {"first_cell": address(header.line, first), "cell": address(header.line, place)}
    return {"title": column.title, **cells, **{name: _shown(plain(head)) for name, head in named.items()}}


def _is_asked(header: SheetHeader, place: int) -> bool:
    """Whether an unknown column hardly means anything but one that the sheet lacks and need not have."""
    likely = header.likely.get(place)
    is_alone = place in header.likeliest and place not in header.parts
    return likely is not None and is_alone and likely not in header.missing


def missed(header: SheetHeader, column: FormColumn) -> dict[str, str]:
    """What is said of a missing column; hint: the question whether it is one of the unknown ones, "" for none."""
    place = _likely_place(header, column)
    hint = _question(header, place, column) if place else ""
    head = _shown(header.ignored[place]) if place else ""
    choices = list(column.field.choices.values())
    known = layout()["options"].format(known="、".join(choices)) if 0 < len(choices) <= _MOST_OPTIONS else ""
    return {"title": column.title, "description": column.field.description + known, "hint": hint, "head": head}


def _question(header: SheetHeader, place: int, column: FormColumn) -> str:
    if place in header.parts:
        heads = [header.ignored[each] for each in sorted(header.parts) if header.likely[each] is column]
        parts = "、".join(_shown(head.rpartition("·")[2]) for head in heads)
        return layout()["parts_of_head"].format(title=column.title, parts=parts)
    otherwise = units.otherwise(header.ignored[place], column.units) if column.units else ""
    if otherwise:
        said = {"head": _shown(header.ignored[place]), "said": otherwise, "title": column.title}
        return layout()["converted_head"].format(**said, units="、".join(column.units))
    phone = next((each for each in header.form.columns if each.kind == "phone"), None)
    if column.field.name == "name" and phone and _WITH_PHONE.search(header.ignored[place]):
        return layout()["two_in_one"].format(head=_shown(header.ignored[place]), title=column.title, phone=phone.title)
    return layout()["meant_head"].format(head=_shown(header.ignored[place]), title=column.title)


def _shown(head: str) -> str:
    return safe_to_show(plain(head).replace("\n", " "))


def problems(received: UntrustedFile, sheet: Sheet, header: SheetHeader) -> Iterator[Problem]:
    """One word for each head that was read as confirmed, and one for all that a service added, with rows' numbers."""
    for place, head in header.confirmed.items():
        column = header.columns.get(place)
        title = column.title if column else header.head_at(sheet.rows, place)
        yield _problem(Code.COLUMN_CONFIRMED, received, sheet, (header.line, place), head=head, title=title)
    extra = {
        place: head for place, head in {**header.counted, **header.service}.items() if _holds(sheet, header, place)
    }
    if extra.keys() & header.service.keys():
        named = "、".join(map(safe_to_show, (extra[place] for place in sorted(extra))))
        yield _problem(Code.COLUMNS_OF_SERVICE, received, sheet, (header.line, min(extra)), heads=named)


def _holds(sheet: Sheet, header: SheetHeader, place: int) -> bool:
    return any(place <= len(row) and not is_blank(row[place - 1]) for row in sheet.rows[header.line :])


def _problem(code: Code, received: UntrustedFile, sheet: Sheet, at: tuple[int, int], **details: str) -> Problem:
    return Problem(
        code=code,
        file=received.path.name,
        sheet=sheet.name,
        line=at[0],
        cell=address(*at),
        details={name: safe_to_show(text) if name == "head" else text for name, text in details.items()},
    )
