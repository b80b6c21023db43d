"""What a map says, in a sentence made from its figures; and the classes that it is drawn in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from site_builder.publication.gate import HIDDEN, Count
from site_builder.render.figures.columns import FigureColumn
from site_builder.shared.words import Words, fill

BANDS: Mapping[str, tuple[int, ...]] = {
    "share": (1, 25, 50, 75, 100),
    "rate": (1, 5, 10, 20, 40),
    "per_thousand": (1, 10, 20, 50, 100),
    "per_village": (1, 10, 50, 100, 500),
}
"""Where the classes of shares, of rates for a hundred or a thousand persons and of pieces for a village begin: round,
and the same for every state of the data. All of it is a class by itself, and so is nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What is said of a column. says: above the map. instead: in place of it, "" where there is something to draw.

    wider: whether the figures of prefectures are drawn, since most counties' are withheld.
    """

    says: str
    instead: str
    wider: bool


def bands(column: FigureColumn, words: Words) -> list[tuple[int, str]]:
    """(where it begins, its words) of each class of a share or a rate."""
    lowest = BANDS[column.key if column.key in BANDS else column.kind]
    texts = words["map_says"]
    percent = column.unit if column.kind == "share" else ""
    found = [(1, fill(texts["below"], end=lowest[1], unit=percent))]
    for start, end in pairwise(lowest[1:]):
        found.append((start, f"{start}{percent}–{end - 1}{percent}"))
    last = "all" if column.has_target else "whole" if column.kind == "share" else "from"
    return [*found, (lowest[-1], fill(texts[last], start=lowest[-1]))]


def level(percent: int, part: int) -> str:
    """The class of a share, as its look is called on the maps; part: what it is the share of, which may round to 0."""
    return f"level-{max(bisect_right(BANDS['share'], percent), 1)}" if part else "zero"


def reading(column: FigureColumn, words: Words) -> Reading:
    """What the map of a column says."""
    texts = words["map_says"]
    counts = _Counts.of(column)
    if not counts.some and counts.hidden and not _has_larger(column):
        return Reading(
            says="",
            instead=_joined(fill(texts["all_withheld"], hidden=counts.hidden), _in_all(column, words)),
            wider=False,
        )
    if not counts.some and not counts.hidden:
        return Reading(says="", instead=texts["all_zero"] if counts.zero else texts["nothing"], wider=False)
    wider = counts.hidden > counts.some and _has_larger(column)
    says = [
        _in_all(column, words),
        _spread(column, counts, words) if not wider else "",
        _withheld(counts, words, wider),
    ]
    return Reading(says=_joined(*says), instead="", wider=wider)


@dataclass(frozen=True, slots=True)
class _Counts:
    """How many counties have a figure above 0, the whole of it, nothing of it, and one that is withheld."""

    some: int
    full: int
    zero: int
    hidden: int
    least: int
    most: int

    @staticmethod
    def of(column: FigureColumn) -> _Counts:
        known = {code: value for code, value in column.values.items() if isinstance(value, int)}
        some = [value for code, value in known.items() if not is_nothing(column, code)]
        zero = len(known) - len(some)
        hidden = sum(value is HIDDEN for value in column.values.values())
        full = sum(value == 100 for value in some)
        return _Counts(len(some), full, zero, hidden, min(known.values(), default=0), max(known.values(), default=0))


def is_nothing(column: FigureColumn, code: str) -> bool:
    """Whether a county's figure is 0 and not only rounded down to it."""
    part = column.parts.get(code, (column.values.get(code), None))[0]
    return column.values.get(code) == 0 and part == 0


def _has_larger(column: FigureColumn) -> bool:
    return any(isinstance(value, int) and value for value in column.prefectures.values())


def _in_all(column: FigureColumn, words: Words) -> str:
    """The figure of the province: published by itself, or the sum of counties of which none is withheld."""
    texts = words["map_says"]
    if column.kind == "total":
        total = column.province if column.prefectures else _sum(column.values.values())
        return fill(texts["total"], total=f"{total:,}", unit=column.unit) if isinstance(total, int) else ""
    part, whole = (_sum(of[place] for of in column.parts.values()) for place in (0, 1))
    if column.prefectures:
        value = column.province
        sentence = texts["share_published" if column.kind == "share" else "rate"]
        return fill(sentence, title=column.title, value=value, unit=column.unit) if isinstance(value, int) else ""
    if not isinstance(part, int) or not isinstance(whole, int) or not whole:
        return ""
    if column.kind == "rate":
        return fill(texts["per_village"], value=_said(part // whole, words))
    sentence = texts[f"{column.key}_in_all"]
    return fill(sentence, part=f"{part:,}", whole=f"{whole:,}", share=part * 100 // whole)


def _sum(counts: object) -> Count:
    known = list(counts)  # type: ignore[call-overload]
    return sum(known) if known and all(isinstance(count, int) for count in known) else None


def _spread(column: FigureColumn, counts: _Counts, words: Words) -> str:
    texts = words["map_says"]
    if column.has_target:
        full = fill(texts["full"], count=counts.full) if counts.full else texts["none_full"]
        everywhere = counts.full == len(column.values)
        return (
            texts["all_full"]
            if everywhere
            else full + (fill(texts["zero"], count=counts.zero) if counts.zero else texts["no_zero"])
        )
    if column.kind == "total":
        if counts.zero:
            return fill(texts["others_zero"], count=counts.some, zero=counts.zero)
        return fill(texts["in_counties"], count=counts.some) if counts.hidden else texts["everywhere"]
    said = {"least": _said(counts.least, words), "most": _said(counts.most, words)}
    return fill(texts["same" if counts.least == counts.most else "between"], **said, unit=_percent(column))


def _said(figure: int, words: Words) -> str:
    """A figure of which at least one county has more than nothing: 0 is less than one, rounded down."""
    return f"{figure:,}" if figure else words["map_says"]["under_one"]


def _percent(column: FigureColumn) -> str:
    return column.unit if column.kind == "share" else ""


def _withheld(counts: _Counts, words: Words, wider: bool) -> str:
    texts = words["map_says"]
    if wider:
        return fill(texts["wider"], hidden=counts.hidden)
    return fill(texts["some_withheld"], hidden=counts.hidden) if counts.hidden else ""


def _joined(*sentences: str) -> str:
    return "".join(sentence for sentence in sentences if sentence)
