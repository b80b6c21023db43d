"""What is said of heads: what an unknown one may mean, what was read as confirmed, and what a service has added."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from site_builder.collect.structure.sheet_header import SheetHeader
from site_builder.collect.values.cells import is_blank, plain
from site_builder.collect.values.choices import read_answers
from site_builder.model.forms import FormColumn
from site_builder.model.head_words import HeadWords
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem, layout, safe_to_show
from site_builder.untrusted_files import Sheet, UntrustedFile, address

_MOST_QUOTED = 5  # answers


class HeadProblem(NamedTuple):
    """What is said of heads: at which line, and at which place or of the whole line."""

    code: Code
    line: int
    place: int | None
    details: dict[str, str]


def of_columns(sheet: Sheet, header: SheetHeader, words: HeadWords) -> Iterator[HeadProblem]:
    """Columns that are missing, filled ones that are not taken, and those that have no head."""
    for column in header.missing:
        yield HeadProblem(Code.COLUMN_MISSING, header.line, None, _missed(header, column))
    for code, place, details in _not_taken(sheet, header):
        yield HeadProblem(code, header.line, place, details)
    for place in header.several:
        yield from _of_answers(sheet, header, place, words)
    for place in range(1, max(map(len, sheet.rows)) + 1):
        line = _first_data(sheet, header, place) if place not in header.places else 0
        if line:
            yield HeadProblem(Code.COLUMN_HEADLESS, line, place, {})


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
    for place, (head, choice) in header.unclear.items():
        hint = layout()["choice"].format(title=choice) if choice else ""
        yield Code.COLUMN_CHOICE_UNCLEAR, place, {"head": _shown(head), "hint": hint}
    for places, code in ((header.ignored, Code.COLUMN_IGNORED), (header.personal, Code.COLUMN_PERSONAL)):
        for place, head in places.items():
            if _holds(sheet, header, place):
                own = Code.COLUMN_LIKELY if _is_asked(header, place) else code
                yield own, place, {"head": safe_to_show(head), "hint": _meant_by(header, place)}
    for place, column in header.repeated.items():
        if _holds(sheet, header, place):
            yield Code.COLUMN_REPEATED, place, _both_heads(sheet, header, place, column)


def _both_heads(sheet: Sheet, header: SheetHeader, place: int, column: FormColumn) -> dict[str, str]:
    """What two columns are called that are the same one."""
    first = next(at for at, each in header.columns.items() if each is column)
    heads = sheet.rows[header.line - 1]
    named = {name: heads[at - 1] if at <= len(heads) else "" for name, at in (("first", first), ("head", place))}
    return {"title": column.title, **{name: _shown(plain(head)) for name, head in named.items()}}


def _is_asked(header: SheetHeader, place: int) -> bool:
    """Whether an unknown column hardly means anything but one that the sheet lacks and need not have."""
    likely = header.likely.get(place)
    is_alone = place in header.likeliest and place not in header.parts
    return likely is not None and is_alone and likely not in header.missing


def _meant_by(header: SheetHeader, place: int) -> str:
    """The question whether an unknown head means a column that the sheet lacks; "" where it is like none."""
    column = header.likely.get(place)
    return _question(header, place, column) if column else ""


def _missed(header: SheetHeader, column: FormColumn) -> dict[str, str]:
    """What is said of a missing column; hint: the question whether it is one of the unknown ones, "" for none."""
    likely = (place for place, each in header.likely.items() if each.title == column.title)
    hint = next((_question(header, place, column) for place in likely), "")
    return {"title": column.title, "description": column.field.description, "hint": hint}


def _question(header: SheetHeader, place: int, column: FormColumn) -> str:
    if place in header.parts:
        heads = [header.ignored[each] for each in sorted(header.parts) if header.likely[each] is column]
        parts = "、".join(_shown(head.rpartition("·")[2]) for head in heads)
        return layout()["parts_of_head"].format(title=column.title, parts=parts)
    return layout()["meant_head"].format(head=_shown(header.ignored[place]), title=column.title)


def _shown(head: str) -> str:
    return safe_to_show(plain(head).replace("\n", " "))


def problems(received: UntrustedFile, sheet: Sheet, header: SheetHeader) -> Iterator[Problem]:
    """One word for each head that was read as confirmed, and one for all that count rows or that a service added."""
    for place, head in header.confirmed.items():
        column = header.columns.get(place)
        title = column.title if column else header.head_at(sheet.rows, place)
        yield _problem(Code.COLUMN_CONFIRMED, received, sheet, (header.line, place), head=head, title=title)
    extra = {
        place: head for place, head in {**header.counted, **header.service}.items() if _holds(sheet, header, place)
    }
    if extra:
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
