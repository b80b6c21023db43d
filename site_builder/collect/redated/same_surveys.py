"""Surveys of a village that were answered twice, alike in all but their day: the day was put right, or it was twice.

A form service cannot take an answer back, so who has mistyped a day answers once more, and both come with each export.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from site_builder.collect.left_out.rows import Row
from site_builder.model.schemas import Table
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem, layout, safe_to_show

_TABLE, _DAY, _COUNTED = "village_surveys", "surveyed_on", "poor_persons"
Key = tuple[str, ...]


class DatedRow(Row, Protocol):
    """A row of a return under whose day another may be put."""

    @property
    def _replace(self) -> Callable[..., Any]: ...


R = TypeVar("R", bound=DatedRow)


class Against(NamedTuple):
    """What a return's rows of a table are held against.

    accepted: the rows that a person has; answered: when a form service got each, by sheet and line; problem_at: a
    problem at the field of a row, with its details; village: what a village's code is called.
    """

    table: Table
    accepted: Collection[tuple[str, int | str]]
    answered: Mapping[tuple[str, int], date]
    problem_at: Callable[..., Problem]
    village: Callable[[str], str]

    def key(self, row: Row) -> Key:
        """What the record of a row is known by."""
        return tuple(row.values.get(name, "") for name in self.table.key)

    def accepts(self, row: Row) -> bool:
        """Whether a person has accepted a row."""
        return (row.sheet, row.line) in self.accepted

    def day_mended(self, row: Row, now: str) -> Problem:
        """That a row has a day that the record has put right."""
        day = self.table.field(self.table.key[1])
        said = {"title": day.title, "before": safe_to_show(row.values[day.name]), "now": now}
        return self.problem_at(row, Code.DAY_MENDED, day.name, **said, row=_named(row))


def are_alike(answered: Collection[tuple[str, int]], first: Row, row: Row) -> bool:
    """Whether two answers to a form service say the same but for the day of their survey."""
    are_answers = {(first.sheet, first.line), (row.sheet, row.line)} <= set(answered)
    return are_answers and _said(first) == _said(row)


class Decided(NamedTuple, Generic[R]):
    """What is left of a return's rows, what is told or asked, and the accepted rows of which nothing else is decided.

    That the day of an answer is the right one does not say that it is of a survey that the record has of another time.
    """

    rows: list[R]
    problems: list[Problem]
    accepted: frozenset[tuple[str, int | str]]


def decided(against: Against, rows: Sequence[R], on_record: Collection[Key]) -> Decided[R]:
    """The rows without those whose day is not the right one, with what is asked of the others.

    It is decided where a person has accepted one, or several, of those alike, or where the one answered last is on
    record already. What is on record under each of its days is no question any more.
    """
    out, said, used = list[R](), list[Problem](), set[tuple[str, int | str]]()
    for alike in _alike(against, rows):
        known = [row for row in alike if against.key(row) in on_record]
        chosen = [row for row in alike if against.accepts(row)]
        used.update((row.sheet, row.line) for row in chosen)
        if len(known) == len(alike):
            continue
        if not chosen and len(known) == 1 and _is_last(against, known[0], alike):
            said += [against.day_mended(row, against.key(known[0])[1]) for row in alike if row is not known[0]]
            chosen = known
        out += [row for row in alike if chosen and row not in chosen]
        said += [_asked(against, alike[0], row) for row in (() if chosen else alike[1:])]
    kept = [row for row in rows if row not in out]
    return Decided(rows=kept, problems=said, accepted=frozenset(against.accepted) - used)


def _alike(against: Against, rows: Iterable[R]) -> Iterator[list[R]]:
    """The answered surveys of a village that say the same but for their days."""
    groups: dict[tuple[tuple[str, str], ...], dict[str, R]] = {}
    for row in rows:
        is_answer = row.table == _TABLE and (row.sheet, row.line) in against.answered
        village, day = against.key(row) if is_answer else ("", "")
        if village and day and _COUNTED in row.values:
            groups.setdefault(_said(row), {}).setdefault(day, row)
    yield from (list(by_day.values()) for by_day in groups.values() if len(by_day) > 1)


def _said(row: Row) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((name, text) for name, text in row.values.items() if name != _DAY))


def _is_last(against: Against, row: Row, alike: Iterable[Row]) -> bool:
    others = (other for other in alike if other is not row)
    return all(_answered(against, other) < _answered(against, row) for other in others)


def _answered(against: Against, row: Row) -> date:
    return against.answered[row.sheet, row.line]


def _asked(against: Against, first: Row, row: Row) -> Problem:
    village, day = against.table.key
    days = {"before": safe_to_show(first.values[day]), "after": safe_to_show(row.values[day])}
    where = layout()["sheet"].format(sheet=safe_to_show(first.sheet)) if first.sheet != row.sheet else ""
    lines = {"where": where, "first": str(first.line), "line": str(row.line)}
    rows = {"first_row": _named(first), "row": _named(row), "village": against.village(row.values[village])}
    return against.problem_at(row, Code.SURVEY_TWICE_SAME, day, **days, **lines, **rows)


def _named(row: Row) -> str:
    return f"{safe_to_show(row.sheet)}!{row.line}"
