"""The lines of a sheet's heads as one: what stands over each column, from the outermost title to the innermost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from site_builder.collect.structure.lines import filled, is_explaining, is_headlike
from site_builder.collect.values.cells import is_blank, plain
from site_builder.untrusted_files import Sheet

MOST_LINES = 3  # of heads above one another
_MOST_PLACES = 400  # of columns with heads: more than that many no table has


class Title(NamedTuple):
    """A text over a column. is_shared: it stands over other columns as well; at: the cell that holds it."""

    text: str
    at: tuple[int, int]
    is_shared: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadBlock:
    """Lines of heads, from 1. titles: by place, outermost first."""

    first: int
    last: int
    titles: Mapping[int, tuple[Title, ...]]

    def between(self, left: int, right: int) -> HeadBlock:
        """The part that stands in a range of columns."""
        titles = {place: texts for place, texts in self.titles.items() if left <= place <= right}
        return HeadBlock(first=self.first, last=self.last, titles=titles)


@dataclass(frozen=True, kw_only=True)
class HeadLines:
    """The lines of a sheet as heads: merged cells say what they say over every place that they cover."""

    sheet: Sheet

    @cached_property
    def _merged(self) -> dict[int, dict[int, tuple[int, int, int, int]]]:
        """The merged ranges of each line by their first place, of those no higher than heads are."""
        ranges: dict[int, dict[int, tuple[int, int, int, int]]] = {}
        for area in self.sheet.merged:
            is_low = area[2] - area[0] <= MOST_LINES and area[1] <= _MOST_PLACES
            for line in range(area[0], area[2] + 1) if is_low else ():
                ranges.setdefault(line, {})[area[1]] = area
        return ranges

    def block(self, first: int, last: int) -> HeadBlock:
        """The heads in these lines."""
        levels = [self._titles(line) for line in range(first, last + 1)]
        for level in range(len(levels) - 2, -1, -1):
            if not any(left != right for _, left, _, right in self._merged.get(first + level, {}).values()):
                _spread(levels[level], levels[level + 1 :])
        shared = _shared(levels)
        places = sorted({place for level in levels for place in level})
        titles = {place: _of_place(level[place] for level in levels if place in level) for place in places}
        marked = {
            place: tuple(title._replace(is_shared=title.at in shared) for title in own) for place, own in titles.items()
        }
        return HeadBlock(first=first, last=last, titles=marked)

    def goes_on(self, block: HeadBlock) -> bool:
        """Whether the line below a block says more of its heads: under one merged over columns, or where none stands.

        A row of the table would say at the first head which record it is.
        """
        below = (
            {place for place, _ in filled(self.sheet.rows[block.last])} if block.last < len(self.sheet.rows) else set()
        )
        if not below or not is_headlike(self.sheet.rows[block.last]) or min(block.titles) in below:
            return False
        merged = {
            p
            for _, left, _, right in self._merged.get(block.last, {}).values()
            for p in range(left, right + 1)
            if left != right
        }
        bare = {place for place in below if place not in block.titles and place < max(block.titles)}
        return bool(bare or below & merged)

    def with_units(self, block: HeadBlock) -> HeadBlock:
        """The block with the lines of units below it that heads of its own are merged over."""
        ends = (area[2] for area in self._merged.get(block.last, {}).values())
        last = min(max(ends, default=block.last), len(self.sheet.rows))
        below = self.sheet.rows[block.last : last]
        return replace(block, last=last) if below and all(map(is_explaining, below)) else block

    def goes_down(self, line: int, place: int) -> bool:
        """Whether a cell is merged over the lines below it."""
        area = self._merged.get(line, {}).get(place)
        return area is not None and area[2] > line

    def _titles(self, line: int) -> dict[int, Title]:
        rows = self.sheet.rows
        row = rows[line - 1][:_MOST_PLACES] if line <= len(rows) else []
        titles = {place: Title(plain(v), (line, place)) for place, v in enumerate(row, start=1) if not is_blank(v)}
        for top, left, _, right in self._merged.get(line, {}).values():
            held = rows[top - 1][left - 1] if top <= len(rows) and left <= len(rows[top - 1]) else None
            if not is_blank(held):
                width = min(_MOST_PLACES, max(map(len, rows[top - 1 : top + MOST_LINES])))
                titles.update({place: Title(plain(held), (top, left)) for place in range(left, min(right, width) + 1)})
        return titles


def _spread(upper: dict[int, Title], below: Sequence[Mapping[int, Title]]) -> None:
    """Without merged cells an outer title holds for the places right of it, as far as something stands below them."""
    under = {place for level in below for place in level}
    for place in sorted(under):
        if place not in upper and place - 1 in upper and place - 1 in under:
            upper[place] = upper[place - 1]


def _shared(levels: Iterable[Mapping[int, Title]]) -> set[tuple[int, int]]:
    """The cells whose titles stand over several places."""
    places: dict[tuple[int, int], set[int]] = {}
    for level in levels:
        for place, title in level.items():
            places.setdefault(title.at, set()).add(place)
    return {at for at, over in places.items() if len(over) > 1}


def _of_place(titles: Iterable[Title]) -> tuple[Title, ...]:
    """The titles of a place, each once: a cell merged over lines says its own in each."""
    return tuple(dict.fromkeys(titles))
