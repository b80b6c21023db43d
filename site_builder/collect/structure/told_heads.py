"""What is said of heads: what an unknown one may mean, what was read as confirmed, and what a service has added."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.collect.structure.heads import Heads
from site_builder.collect.values.cells import is_blank, plain
from site_builder.model.forms import FormColumn
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem, layout, safe_to_show
from site_builder.untrusted_files import Received, Sheet, address


def meant_by(heads: Heads, place: int) -> str:
    """The question whether an unknown head means a column that the sheet lacks; "" where it is like none."""
    column = heads.likely.get(place)
    return _question(heads.ignored[place], column) if column else ""


def meant_for(heads: Heads, column: FormColumn) -> str:
    """The question whether a missing column is one of the unknown ones; "" where none is like it."""
    likely = (heads.ignored[place] for place, each in heads.likely.items() if each.title == column.title)
    return next((_question(head, column) for head in likely), "")


def _question(head: str, column: FormColumn) -> str:
    shown = safe_to_show(plain(head).replace("\n", " "))
    return layout()["meant_head"].format(head=shown, title=column.title)


def problems(received: Received, sheet: Sheet, heads: Heads) -> Iterator[Problem]:
    """One word for each head that was read as confirmed, and one for all that count rows or that a service added."""
    for place, head in heads.confirmed.items():
        kinds = (plain(sheet.rows[heads.line - 1][place - 1]) for at in heads.context.values() if at == place)
        title = heads.columns[place].title if place in heads.columns else next(kinds, "")
        yield _problem(Code.COLUMN_CONFIRMED, received, sheet, (heads.line, place), head=head, title=title)
    extra = {place: head for place, head in {**heads.counted, **heads.service}.items() if _holds(sheet, heads, place)}
    if extra:
        named = "、".join(map(safe_to_show, (extra[place] for place in sorted(extra))))
        yield _problem(Code.COLUMNS_OF_SERVICE, received, sheet, (heads.line, min(extra)), heads=named)


def _holds(sheet: Sheet, heads: Heads, place: int) -> bool:
    return any(place <= len(row) and not is_blank(row[place - 1]) for row in sheet.rows[heads.line :])


def _problem(code: Code, received: Received, sheet: Sheet, at: tuple[int, int], **details: str) -> Problem:
    return Problem(
        code=code,
        file=received.path.name,
        sheet=sheet.name,
        line=at[0],
        cell=address(*at),
        details={name: safe_to_show(text) if name == "head" else text for name, text in details.items()},
    )
