"""Problems people can act on: one shape for every stage, one place that words and prints them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import Any, TypedDict

import yaml

CATALOGUE_FILE = Path(__file__).parent / "templates" / "problems.zh-CN.yml"
_TOLD, _NAMED = 5, 12
_LONG_NUMBER = re.compile(r"\d(?:[\s.,·-]*[\dXx]){10,}")
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


class Entry(TypedDict):
    """What the catalogue says of one problem code."""

    level: str
    says: str
    do: str


class Layout(TypedDict):
    """The words around a problem."""

    levels: dict[str, str]
    sheet: str
    line: str
    entered: str
    hidden: str
    example: str
    do: str
    total: str
    none: str
    same: str
    settings: dict[str, str]
    types: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that somebody must mend, with its address.

    code: a key of the catalogue; file: path from the project's root, or the name of a file that was sent in;
    sheet: the name of its sheet, or ""; line: counted from 1; cell: an address such as D17;
    column: the Chinese title; entered: what stood there, already safe to print (see `safe_to_show`);
    example: a correct entry; details: fill the catalogue's sentence;
    county: the six-digit code of the county that the problem belongs to, or "".
    """

    code: str
    file: str
    sheet: str = ""
    line: int | None = None
    cell: str = ""
    column: str = ""
    entered: str = ""
    example: str = ""
    county: str = ""
    details: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_error(self) -> bool:
        """Whether it stops a build; otherwise it is a warning."""
        return catalogue()[self.code]["level"] == "error"


class CampaignError(Exception):
    """Stops a command: carries the problems that say why."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__(", ".join(sorted({problem.code for problem in self.problems})))


@cache
def catalogue() -> dict[str, Entry]:
    """Every problem code with its level, its sentence and its remedy."""
    entries: dict[str, Entry] = _catalogue_file()["problems"]
    return entries


@cache
def layout() -> Layout:
    """The words around a problem in a listing."""
    words: Layout = _catalogue_file()["layout"]
    return words


@cache
def _catalogue_file() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(CATALOGUE_FILE.read_text(encoding="utf-8"))
    return content


def safe_to_show(text: str) -> str:
    """What somebody entered, fit for a terminal or a log: short, visible, no personal number in full.

    Division codes have up to 12 digits and stay; 11 digits that start with 1 may be a mobile, 13 and more an
    identity number or a bank card, wherever they were typed and however they were split.
    """
    shown = _INVISIBLE.sub("□", text)
    shown = _LONG_NUMBER.sub(_shortened, shown)
    return shown if len(shown) <= 40 else shown[:40] + "…"


def _shortened(found: re.Match[str]) -> str:
    digits = [character for character in found.group() if character.isalnum()]
    is_personal = len(digits) > 12 or (len(digits) == 11 and unicodedata.digit(digits[0]) == 1)
    return found.group()[:3] + "…" if is_personal else found.group()


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that looks most like the given one."""
    return max(known, key=lambda candidate: SequenceMatcher(None, word, candidate).ratio())


def sentence(problem: Problem) -> str:
    """What is wrong, in one Chinese sentence."""
    return catalogue()[problem.code]["says"].format_map(problem.details)


def remedy(problem: Problem) -> str:
    """What to do about it, in Chinese."""
    return catalogue()[problem.code]["do"].format_map(problem.details)


def as_lines(problem: Problem) -> list[str]:
    """The problem as the lines of a terminal listing."""
    words = layout()
    place = _LONG_NUMBER.sub(_shortened, problem.file)  # a file may be named after a person
    if problem.sheet:
        place += " " + words["sheet"].format(sheet=safe_to_show(problem.sheet))
    if problem.line:
        place += " " + words["line"].format(line=problem.line)
    if problem.cell:
        place += f" {problem.cell}"
    if problem.column:
        place += f"「{problem.column}」"
    level = words["levels"][catalogue()[problem.code]["level"]]
    lines = [f"[{level} {problem.code}] {place}", "  " + sentence(problem)]
    if problem.entered:
        lines.append("  " + words["entered"] + problem.entered)
    if problem.example:
        lines.append("  " + words["example"] + problem.example)
    lines.append("  " + words["do"] + remedy(problem))
    return lines


def listing(problems: Iterable[Problem]) -> str:
    """All problems, errors first, then by place, and a closing count.

    Of many alike in one column of a file the first few are told in full, of the rest the cells.
    """
    found = sorted(problems, key=lambda p: (not p.is_error, p.file, p.sheet, p.line or 0, p.cell, p.code))
    if not found:
        return layout()["none"]
    alike: dict[tuple[str, str, str, str], list[Problem]] = {}
    for problem in found:
        alike.setdefault((problem.code, problem.file, problem.sheet, problem.column), []).append(problem)
    lines = [line for group in alike.values() for line in _group_lines(group)]
    errors = sum(problem.is_error for problem in found)
    lines.append(layout()["total"].format(errors=errors, warnings=len(found) - errors))
    return "\n".join(lines)


def _group_lines(group: list[Problem]) -> list[str]:
    told = group if len(group) <= _TOLD + 1 else group[:_TOLD]
    lines = [line for problem in told for line in as_lines(problem)]
    rest = group[len(told) :]
    if rest:
        cells = "、".join(problem.cell or layout()["line"].format(line=problem.line or 1) for problem in rest[:_NAMED])
        lines.append(layout()["same"].format(count=len(rest), cells=cells + ("……" if len(rest) > _NAMED else "")))
    return lines
