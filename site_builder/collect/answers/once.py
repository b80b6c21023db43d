"""Each thing is said once: of a cell, of a row that is refused anyway, of many rows that are asked the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem, layout

_MOST_NAMED, _MOST_VILLAGES = 20, 5
_ADDRESS = re.compile(r"[A-Z]{1,3}[0-9]+")
_VILLAGES = frozenset((Code.VILLAGE_NO_CODE, Code.VILLAGE_NOT_FOUND))
_OF_SHEETS = frozenset((Code.DATES_WITHOUT_YEAR, Code.DATES_WITH_CLOCK, Code.DAY_ABOVE, Code.COLUMN_IGNORED))
_PERSONAL = frozenset(code for code in Code if code.startswith("personal-"))


def each(problems: Iterable[Problem]) -> list[Problem]:
    """One error for each cell, and no warning beside it: what a reader could not read, the schema need not miss.

    Warnings of one cell say different things, and so does what is said at a cell of a whole sheet: all of it stands.
    """
    seen: set[tuple[object, ...]] = set()
    kept = []
    found = list(_without_struck(list(_of_rows_taken(list(_with_postings(_of_one_cell(problems)))))))
    for problem in sorted(_without_needless(found), key=lambda problem: not problem.is_error):
        place: tuple[object, ...] = (problem.file, problem.sheet, problem.cell)
        if not problem.cell:  # of heads beside one another the same is said of each
            place = (*place, problem.code, problem.line, *sorted(problem.details.items()))
        said = place if problem.is_error else (*place, problem.code)
        is_of_cell = not problem.is_error and problem.code not in _OF_SHEETS
        if said not in seen and not (is_of_cell and place in seen):
            kept.append(problem)
        seen.add(said)
    return _together(_without_fractions(kept))


def _of_one_cell(problems: Iterable[Problem]) -> list[Problem]:
    """The problems; the villages of one cell that nobody knows are asked in one, each with what may be meant by it."""
    groups: dict[object, list[Problem]] = {}
    for number, one in enumerate(problems):
        cell = (one.code, one.file, one.sheet, one.cell)
        groups.setdefault(cell if one.code in _VILLAGES and one.cell else number, []).append(one)
    return [_of_names(group) for group in groups.values()]


def _of_names(group: Sequence[Problem]) -> Problem:
    names = {one.details["named"]: one.details["meant"] for one in group} if len(group) > 1 else {}
    if len(names) <= 1:
        return group[0]
    shown = list(names.items())[:_MOST_VILLAGES]
    more = layout()["more_villages"].format(count=len(names)) if len(names) > len(shown) else ""
    meant = "".join(f"“{name}”{question}" for name, question in shown if question)
    details = {"named": "”、“".join(dict(shown)), "more": more, "meant": meant}
    return replace(group[0], details={**group[0].details, **details})


def _without_needless(problems: Sequence[Problem]) -> Iterator[Problem]:
    """The problems without what follows from one: that a vacant post lacks what is asked of whoever holds it."""
    lacking = Counter((one.sheet, one.line) for one in problems if one.code == Code.CELL_REQUIRED)
    hidden = {one.sheet for one in problems if one.code == Code.SHEET_HIDDEN}  # which asks more than to leave it
    vacant = {(one.sheet, one.line) for one in problems if one.code == Code.NAME_VACANT}
    for one in problems:
        if one.code == Code.SHEET_IGNORED and one.sheet in hidden:
            continue
        if one.code != Code.CELL_REQUIRED or lacking[one.sheet, one.line] == 1 or (one.sheet, one.line) not in vacant:
            yield one


def _without_struck(problems: Sequence[Problem]) -> Iterator[Problem]:
    """The problems without terms that overlap one that is struck through: whether that one counts is asked already."""
    places = ((one.sheet, one.details["places"]) for one in problems if one.code is Code.CELLS_STRUCK)
    struck = {(sheet, place) for sheet, listed in places for place in _ADDRESS.findall(listed)}
    for one in problems:
        ends = {one.cell, *_ADDRESS.findall(one.details.get("elsewhere", ""))[-1:]}
        if one.code is not Code.LIAISON_OVERLAP or struck.isdisjoint((one.sheet, end) for end in ends):
            yield one


def _without_fractions(problems: Sequence[Problem]) -> list[Problem]:
    """The problems without the numbers of sheets that say that these are in another unit, as 0.5 in hundreds."""
    others = {one.sheet for one in problems if one.code == Code.UNIT_OTHER}
    return [one for one in problems if one.code != Code.CELL_NOT_NUMBER or one.sheet not in others]


# ---- rows and columns that are asked the same


def _together(problems: Iterable[Problem]) -> list[Problem]:
    """The problems; what is asked of many rows or columns alike is one, at the first of them, that names them all."""
    groups: dict[object, list[Problem]] = {}
    for number, one in enumerate(problems):
        groups.setdefault(_asked_alike(one) or number, []).append(one)
    return [
        _of_missing(group) if group[0].code == Code.COLUMN_MISSING else _of_rows(group) for group in groups.values()
    ]


def _asked_alike(one: Problem) -> object:
    """What problems share that are one; None of one that stands by itself."""
    if one.code == Code.COLUMN_MISSING:  # of one table, not of one below it
        return one.code, one.file, one.sheet, one.line
    return (one.code, one.file, one.sheet, one.details.get("titles")) if one.code in layout()["again"] else None


def _of_rows(group: Sequence[Problem]) -> Problem:
    """One problem for several that differ in their rows or columns."""
    text = layout()["again"].get(group[0].code)
    if text is None:
        return group[0]
    rows = [text.format(line=one.line, cell=one.cell, **one.details) for one in group]
    accept = dict.fromkeys(f"--accept {one.details['row']}" for one in group if "row" in one.details)
    named = {"count": str(len(group)), "rows": _listed(rows, "、"), "accept": _listed(list(accept), " ")}
    if "hint" in group[0].details:
        named["hint"] = _hints(group)
    return replace(group[0], details={**group[0].details, **named})


def _of_missing(group: Sequence[Problem]) -> Problem:
    """One problem for all columns that a table lacks."""
    titles, said = ([one.details[name] for one in group] for name in ("title", "description"))
    named = {"title": "”、“".join(titles), "description": "；".join(said), "hint": _hints(group)}
    return replace(group[0], details={**group[0].details, **named})


def _hints(group: Iterable[Problem]) -> str:
    return "".join(dict.fromkeys(one.details.get("hint", "") for one in group))


def _listed(texts: Sequence[str], between: str) -> str:
    return between.join(texts[:_MOST_NAMED]) + (between + "……" if len(texts) > _MOST_NAMED else "")


# ---- what follows from another


def _with_postings(problems: Sequence[Problem]) -> Iterator[Problem]:
    """The problems; a posting that was left empty though somebody has verified it is one, at the cell that is empty."""
    emptied = {(one.sheet, one.line, one.column): one for one in problems if one.code is Code.CELL_EMPTIED}
    for one in problems:
        at = emptied.get((one.sheet, one.line, one.column))
        if one.code is Code.VERIFIED_WITHOUT_POSTING and at:
            details = {**one.details, **at.details}
            yield replace(one, code=Code.POSTING_EMPTIED, cell=at.cell, details=details)
        else:
            yield one


def _of_rows_taken(problems: Sequence[Problem]) -> Iterator[Problem]:
    """The problems without those of rows that are refused as they are: none is asked what its cells mean."""
    refused = {(one.sheet, one.line) for one in problems if one.code is Code.ROW_ANNULLED}
    for one in problems:
        is_of_refused = (one.sheet, one.line) in refused and bool(one.cell)
        if one.code is Code.ROW_ANNULLED or one.code in _PERSONAL or not is_of_refused:
            yield one
