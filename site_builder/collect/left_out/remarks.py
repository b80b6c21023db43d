"""Remarks beside rows that go into no field: what may change what a row says is quoted with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from site_builder.collect.left_out import comments
from site_builder.collect.structure.parts import PartKind, Table
from site_builder.collect.structure.unseen import REMARKS
from site_builder.collect.values.cells import plain
from site_builder.model import meanings
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem, safe_to_show
from site_builder.untrusted_files import address

_MOST_NAMED = 20
_AND = "”、“"  # between heads in one sentence
_LONGEST = 40  # characters of a remark that are shown: the rest is found where it stands
Cell = tuple[int, int]


def problems(file: str, found: Iterable[Table]) -> Iterator[Problem]:
    """One word for each table; what says that its row does not count, or that somebody left, is told elsewhere."""
    for table in found:
        quoted = [comments.quoted(address(*table.origin(*at)), text[:_LONGEST], text) for at, text in _weighty(table)]
        if quoted:
            notes = "、".join(quoted[:_MOST_NAMED]) + ("……" if len(quoted) > _MOST_NAMED else "")
            yield Problem(code=Code.REMARKS_LEFT_OUT, file=file, sheet=table.name, details={"notes": notes})


def without_heads(problems_of_heads: Iterable[Problem], found: Sequence[Table]) -> Iterator[Problem]:
    """What is said of heads; that a column is left out is not said of remarks some of which are told of."""
    quoted: dict[str, set[str]] = {}
    for table in found:
        at = {place for (_, place), text in _texts(table) if meanings.may_change(text)}
        quoted.setdefault(table.name, set()).update(safe_to_show(table.header.ignored[place].strip()) for place in at)
    for one in problems_of_heads:
        heads = one.details.get("head", "").split(_AND)
        left = [head for head in heads if head not in quoted.get(one.sheet, ())]
        if one.code is not Code.COLUMN_IGNORED or left == heads:
            yield one
        elif left:
            yield replace(one, details={**one.details, "head": _AND.join(left)})


def _weighty(table: Table) -> Iterator[tuple[Cell, str]]:
    """The remarks that may change what their rows say, with their cells; each is told once."""
    name = table.header.form.table.name
    for at, text in _texts(table):
        is_elsewhere = meanings.annuls(text, is_delivery=name == "deliveries") or meanings.contradicts(text, name)
        is_elsewhere = is_elsewhere or (name == "liaisons" and bool(meanings.of_leaving(text)))
        if not is_elsewhere and meanings.may_change(text):
            yield at, text


def _places(table: Table) -> list[int]:
    return [place for place, head in table.header.ignored.items() if REMARKS.search(head)]


def _texts(table: Table) -> Iterator[tuple[Cell, str]]:
    """What stands in the columns of remarks of its rows, with the cells."""
    places = _places(table)
    areas = [area for area in table.areas if area.kind is PartKind.ROWS] if places else []
    for line in (n for area in areas for n in range(area.first[0], area.last[0] + 1)):
        row = table.sheet.rows[line - 1]
        for place in (place for place in places if place <= len(row)):
            if text := plain(row[place - 1]).strip():
                yield (line, place), text
