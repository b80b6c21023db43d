"""What the desk finds in the files that were dropped, as the page shows it: values that one process gives another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from site_builder import cli
from site_builder.commands.office_desk.wording import words
from site_builder.county_feedback.page import address
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem, catalogue, place, remedy, sentence

Row = tuple[str, int | str]
CONFLICTS = frozenset((Code.CELL_CONFLICT, Code.CELL_CONFLICT_HIDDEN))
_ACCEPT, _OLDER = "--accept ", "--older"
_NAMED = ("{accept}", _ACCEPT + "{row}")  # how a remedy says that whoever collects may take a row as it is
_MORE = "……"
_OPTION = re.compile("加上 (--accept|--keep|--older|--county)[^，。；]*")


class State(StrEnum):
    """How a return stands; the value is the key of its wording."""

    SOUND = "sound"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"
    FAULTY = "faulty"


@dataclass(frozen=True, slots=True, kw_only=True)
class SentFile:
    """A file as it was dropped. number: of the session, which no other has; path: where its bytes lie meanwhile."""

    number: int
    path: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What the officer says of a file, as the options of `campaign collect` do."""

    county: str = ""
    accept_older: bool = False
    accepted: frozenset[Row] = frozenset()
    kept: frozenset[Row] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What the officer may decide of one row: cells that both have changed, or a row that is taken only when said so.

    row: as `--accept` names it; is_error: whether it is not taken until something is said of it; says: a line for each
    thing that is wrong with it, with its cell.
    """

    row: str
    is_conflict: bool
    is_error: bool
    says: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenReturn:
    """What one file brings for one county.

    file: the file's id in the session; asks_older: whether it is older than what stands; answers: the county's page and
    marked workbook by name, as they are once the sound returns are written; text: the same in short, for a message.
    """

    file: str
    name: str
    county: str
    county_name: str
    received_on: str
    state: State
    errors: int
    warnings: int
    counts: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    asks_older: bool = False
    answers: Mapping[str, bytes] = field(default_factory=dict)
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountyState:
    """How a county's returns stand in the record, in words."""

    code: str
    name: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """All that was found. stood: the state of the record that it was compared with; drafts: what would be written."""

    stood: str
    returns: tuple[SeenReturn, ...]
    drafts: Mapping[str, bytes]
    counties: tuple[CountyState, ...]
    left: tuple[str, ...]


def questions(problems: Iterable[Problem]) -> tuple[Question, ...]:
    """What the officer may decide, row by row, conflicts first."""
    rows: dict[tuple[bool, str], list[Problem]] = {}
    for problem in sorted(problems, key=place):
        for row in _rows(problem):
            rows.setdefault((problem.code not in CONFLICTS, row), []).append(problem)
    return tuple(
        Question(
            row=row,
            is_conflict=not is_other,
            is_error=any(problem.is_error for problem in asked),
            says=tuple(map(_says, asked)),
        )
        for (is_other, row), asked in sorted(rows.items(), key=lambda item: item[0])
    )


def _says(problem: Problem) -> str:
    says = f"{address(problem)}「{problem.column}」" if problem.column else address(problem)
    return f"{says}：{sentence(problem)}"


def _rows(problem: Problem) -> list[str]:
    """The rows that the remedy says may be taken as they are."""
    if not any(text in catalogue()[problem.code].do for text in _NAMED):
        return []
    named = problem.details.get("accept", "").split(_ACCEPT)[1:] or [problem.details.get("row", "")]
    return [row.strip() for row in named if row.strip() not in {"", _MORE}]


def asks_older(problems: Iterable[Problem]) -> bool:
    """Whether a remedy says that a return older than the last may be taken all the same."""
    return any(_OLDER in catalogue()[problem.code].do for problem in problems)


def row_of(text: str) -> Row:
    """The row that a question names. Raises ValueError for what names none."""
    return cli.row_of_sheet(text)


def lines(problems: Iterable[Problem]) -> list[str]:
    """The errors one by one for a message: where, what, and what to do."""
    errors = [problem for problem in sorted(problems, key=place) if problem.is_error]
    places = (f"{problem.sheet} {address(problem)}".strip() for problem in errors)
    return [
        f"{number}. {where}：{sentence(problem)}{_remedy(problem)}"
        for number, (where, problem) in enumerate(zip(places, errors, strict=True), start=1)
    ]


def _remedy(problem: Problem) -> str:
    """What to do, with what the desk's buttons say in place of the options of a command that nobody here gives."""
    buttons = words()["message"]["options"]
    theirs = "conflict" if problem.code in CONFLICTS else "--accept"
    return _OPTION.sub(lambda found: buttons[theirs if found[1] == "--accept" else found[1]], remedy(problem))
