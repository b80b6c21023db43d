"""Problems people can act on: one shape for every stage, one place that words and prints them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, TypedDict

import yaml

from site_builder.shared.characters import Unfit, printable, restored, visible
from site_builder.shared.codes import Code

CATALOGUE_FILE = Path(__file__).parents[1] / "templates" / "problems.zh-CN.yml"
_MOST_SHOWN, _NAMED = 5, 12
_LIKE = 0.75  # how like a word must be to be taken for a slip, by difflib: a letter or two of most words
# Digits of any script or Chinese numerals, and whatever may stand between two of them, seen or unseen.
_DIGITS = (r"\d²³¹⁰⁴-⁹₀-₉", "〇零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖")
_LONG_NUMBER = re.compile("|".join(rf"[{of}](?:(?:\\u|[\W_]){{0,5}}[{of}Xx]){{10,}}" for of in _DIGITS))


_CLOCK = "(?:[01]?[0-9]|2[0-3])[:：][0-5][0-9]"
_HOURS = re.compile(rf"(?<![0-9:：]){_CLOCK}\s*[-—–~～至到]+\s*{_CLOCK}(?![0-9:：])")
_ASIDE = "\ue000"  # stands for hours while numbers are looked for around them


class Level(StrEnum):
    """An error stops a build, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueEntry:
    """What the catalogue says of one problem code.

    here: what to do for whoever stands at the command that makes a change by itself, where that is something else than
    for a county that sent a table.
    """

    level: Level
    says: str
    do: str
    here: str = ""


class Layout(TypedDict):
    """The words around a problem."""

    levels: dict[str, str]
    sheet: str
    line: str
    cell: str
    same_cell: str
    this_line: str
    strangers: str
    this_cell: str
    entered: str
    hidden: str
    quoted: str
    paper: dict[str, str]
    more_villages: str
    hidden_tail: str
    sheet_endless: str
    sheet_heavy: str
    hidden_head: str
    hidden_other: str
    empty: str
    rest: dict[str, str]
    sent_by: str
    example: str
    do: str
    total: str
    pages: str
    none: str
    same: str
    again: dict[str, str]
    differs: str
    submitted: str
    sum: str
    near: str
    meant_head: str
    converted_head: str
    footnote: str
    two_in_one: str
    parts_of_head: str
    choice: str
    meant_choice: str
    options: str
    most_like: str
    villages_apart: str
    kit_named: dict[str, str]
    remark: str
    asked: str
    elsewhere: str
    returned: str
    of_village: str
    filled_in: str
    body_of: str
    needs_in_words: str
    on_record: str
    of_record: str
    case_steps: dict[int, str]
    known_cases: str
    no_known_cases: str
    mobile_example: str
    known: str
    meant: str
    settings: dict[str, str]
    unfit: dict[str, str]
    material: dict[str, str]
    whole: dict[str, str]
    undertakings: dict[str, str]
    collecting: dict[str, str]
    site_tool: dict[str, str]
    types: dict[str, str]
    write_reasons: dict[str, str]
    repository_shown_by: dict[str, str]
    audiences: dict[str, str]
    yes_no: dict[str, str]
    slipped: dict[str, dict[str, str]]
    slipped_what: dict[str, str]
    same_phone: str
    whose: dict[str, dict[str, str]]
    personal: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that somebody must mend, with its address.

    code: of the catalogue; file: path from the project's root, or the name of a file that was sent in;
    sheet: the name of its sheet, or ""; line: counted from 1; cell: an address such as D17;
    column: the Chinese title; entered: what stood there, already safe to print (see `safe_to_show`);
    example: a correct entry; details: fill the catalogue's sentence;
    county: the six-digit code of the county that the problem belongs to, or ""; is_here: whether it is of a change that
    somebody makes at the command, and of no table.
    """

    code: Code
    file: str
    sheet: str = ""
    line: int | None = None
    cell: str = ""
    column: str = ""
    entered: str = ""
    example: str = ""
    county: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
    is_here: bool = False

    @property
    def is_error(self) -> bool:
        """Whether it stops a build; otherwise it is a warning."""
        return catalogue()[self.code].level is Level.ERROR


class CampaignError(Exception):
    """Stops a command: carries the problems that say why."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__(", ".join(sorted({problem.code for problem in self.problems})))


@cache
def catalogue() -> dict[Code, CatalogueEntry]:
    """Every problem code with its level, its sentence and its remedy.

    Raises ValueError when the file has an unknown code or level, KeyError when it lacks one.
    """
    written: dict[str, dict[str, str]] = _catalogue_file()["problems"]
    entries = {Code(code): written[code] for code in written}
    return {code: _entry(**entries[code]) for code in Code}


def _entry(*, level: str, says: str, do: str, here: str = "") -> CatalogueEntry:
    return CatalogueEntry(level=Level(level), says=says, do=do, here=here)


@cache
def layout() -> Layout:
    """The words around a problem in a listing."""
    words: Layout = _catalogue_file()["layout"]
    return words


@cache
def _catalogue_file() -> dict[str, Any]:
    # By libyaml: every command reads this, and PyYAML's own reader takes an eighth of a second for it.
    content: dict[str, Any] = yaml.load(CATALOGUE_FILE.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return content


def safe_to_show(text: str) -> str:
    """What somebody entered, fit for a terminal or a log: short, visible, no personal number in full.

    Division codes have up to 12 digits and stay; 11 digits that start with 1 may be a mobile, 13 and more an
    identity number or a bank card, wherever they were typed and however they were split.
    """
    shown = visible(cut_numbers(text))
    return shown if len(shown) <= 40 else shown[:40] + "…"


def shown_name(name: str) -> str:
    """The name of a file or sheet that somebody sent, fit to be shown: whole, visible, no personal number in full."""
    return visible(cut_numbers(name))


def cut_numbers(text: str) -> str:
    """A text of any length in which every number that may be personal is cut to its first three digits.

    Where the finder still sees something, under a disguise or of another kind, nothing of the text is left. The hours
    of an office, from one clock to another, are no number.
    """
    from site_builder.privacy.finder import find_in_data  # noqa: PLC0415  (most commands show nothing that was entered)

    hours = _HOURS.findall(text)
    shown = _LONG_NUMBER.sub(_shortened, _HOURS.sub(_ASIDE, text))
    if find_in_data(shown) or (hours and text.count(_ASIDE)):
        return layout()["hidden"]
    return re.sub(_ASIDE, lambda _: hours.pop(0), shown) if hours else shown


def _shortened(found: re.Match[str]) -> str:
    digits = [character for character in found.group() if character.isalnum()]
    first = unicodedata.numeric(digits[0], 1)
    is_personal = len(digits) > 12 or (len(digits) == 11 and first == 1) or (len(digits) == 12 and first == 0)
    return found.group()[:3] + "…" if is_personal else found.group()


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that a slip may have turned into the given one; "" where none is so near.

    Of numbers, the only one with one digit other, more or less, or two swapped: any other number is something else.
    """
    words = list(known)
    numbers = [number for number in words if number.isdecimal() and _is_one_slip(word, number)]
    like = get_close_matches(word, [other for other in words if not other.isdecimal()], n=1, cutoff=_LIKE)
    return numbers[0] if len(numbers) == 1 else next(iter(like), "")


def _is_one_slip(word: str, other: str) -> bool:
    pairs = enumerate(zip(word, other, strict=False))
    same = next((place for place, (one, two) in pairs if one != two), min(len(word), len(other)))
    ours, theirs = word[same:], other[same:]
    is_swapped = ours[:2] == theirs[1::-1] and ours[2:] == theirs[2:]
    return is_swapped or ours[1:] == theirs[1:] or ours[1:] == theirs or ours == theirs[1:]


def hint(near: str, known: Iterable[str] = ()) -> str:
    """A sentence that names what is nearest, or else all there is; "" where neither is given."""
    listed = "、".join(known)
    if near:
        return layout()["near"].format(nearest=near)
    return layout()["known"].format(known=listed) if listed else ""


def sentence(problem: Problem) -> str:
    """What is wrong, in one Chinese sentence."""
    return catalogue()[problem.code].says.format_map(_visible(problem.details))


def remedy(problem: Problem) -> str:
    """What to do about it, in Chinese."""
    entry = catalogue()[problem.code]
    return (entry.here if problem.is_here and entry.here else entry.do).format_map(_visible(problem.details))


def _visible(details: Mapping[str, str]) -> dict[str, str]:
    return {key: visible(text) for key, text in details.items()}


UNFIT_CODES = {"invisible": Code.CELL_INVISIBLE, "foreign": Code.CELL_FOREIGN, "lookalike": Code.CELL_LOOKALIKE}
"""The problem of a cell that holds an unfit character, by the character's kind."""


def unfit_details(found: Unfit) -> dict[str, str]:
    """What a sentence says of a character that a text may not hold: what kind it is, itself and its number."""
    meant = restored(found.character)
    return {
        "kind": layout()["unfit"][found.kind],
        "character": visible(found.character),
        "point": found.point,
        "meant": layout()["meant"].format(character=meant) if meant else "",
    }


def as_lines(problem: Problem) -> list[str]:
    """The problem as the lines of a terminal listing, each fit to be printed as it is."""
    words = layout()
    place = shown_name(problem.file)  # a file may be named after a person
    if problem.sheet:
        place += " " + words["sheet"].format(sheet=safe_to_show(problem.sheet))
    if problem.line:
        place += " " + words["line"].format(line=problem.line)
    if problem.cell:
        place += f" {problem.cell}"
    if problem.column:
        place += f"「{problem.column}」"
    level = words["levels"][catalogue()[problem.code].level]
    lines = [f"[{level} {problem.code}] {place}", "  " + sentence(problem)]
    if problem.entered:
        lines.append("  " + words["entered"] + problem.entered)
    if problem.example:
        lines.append("  " + words["example"] + problem.example)
    lines.append("  " + words["do"] + remedy(problem))
    return [printable(line) for line in lines]


def listing(problems: Iterable[Problem]) -> str:
    """All problems as `folded` has them, and a closing count."""
    found = list(problems)
    if not found:
        return layout()["none"]
    lines = []
    for in_full, rest in folded(found):
        lines += [line for problem in in_full for line in as_lines(problem)]
        lines += ["  " + rest] if rest else []
    errors = sum(problem.is_error for problem in found)
    lines.append(layout()["pages"].format(pages=_pages(found)))
    lines.append(layout()["total"].format(errors=errors, warnings=len(found) - errors))
    return "\n".join(lines)


def _pages(problems: Sequence[Problem]) -> str:
    """The handbook's pages of the codes, those of errors first."""
    codes = list(dict.fromkeys(problem.code for problem in sorted(problems, key=place)))
    return "、".join(f"{code}.md" for code in codes[:_NAMED]) + ("……" if len(codes) > _NAMED else "")


def kinds(problems: Iterable[Problem]) -> list[str]:
    """The level and the code of each kind of problem, errors first, with no word of where or what."""
    found = sorted({(not problem.is_error, problem.code) for problem in problems})
    return [f"[{layout()['levels'][catalogue()[code].level]} {code}]" for _, code in found]


def folded(problems: Iterable[Problem]) -> list[tuple[list[Problem], str]]:
    """Problems, errors first, then by place; those alike in one column of a file stand together.

    Of many alike, and of those of one entry, the first are to be shown in full; a sentence, else "", names the cells
    of the rest.
    """
    alike: dict[tuple[str, str, str, str], list[Problem]] = {}
    for problem in sorted(problems, key=place):
        alike.setdefault((problem.code, problem.file, problem.sheet, problem.column), []).append(problem)
    return [_folded(group) for group in alike.values()]


def place(problem: Problem) -> tuple[bool, str, str, int, int, str, str]:
    """What problems are sorted by: errors first, then file, sheet, line and column."""
    cell = problem.cell
    return (not problem.is_error, problem.file, problem.sheet, problem.line or 0, len(cell), cell, problem.code)


def _named(problem: Problem) -> str:
    """Where a problem is, in few words; of one that is at no line, such as of a row that is missing, of what it is."""
    at = problem.cell or (layout()["line"].format(line=problem.line) if problem.line else "")
    return at or problem.details.get("village") or layout()["line"].format(line=1)


def _folded(group: list[Problem]) -> tuple[list[Problem], str]:
    """Of a group the first few that say something of their own: the same of the same entry is said once."""
    said: dict[object, Problem] = {}
    for number, problem in enumerate(group):
        entry = (problem.entered, *sorted(problem.details.items())) if problem.entered else number
        said.setdefault(entry, problem)
    shown = list(said.values())[: None if len(said) <= _MOST_SHOWN + 1 else _MOST_SHOWN]
    if len(shown) == len(group):
        return group, ""
    known = set(map(id, shown))
    rest = [problem for problem in group if id(problem) not in known]
    cells = "、".join(_named(problem) for problem in rest[:_NAMED])
    return shown, layout()["same"].format(count=len(rest), cells=cells + ("……" if len(rest) > _NAMED else ""))
