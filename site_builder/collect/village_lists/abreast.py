"""Lists in which townships stand side by side, each over a column of its villages: every name gets its own township."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from site_builder.collect.structure import lines
from site_builder.collect.values.place_names import written
from site_builder.collect.village_lists.rewritten import VillageNames
from site_builder.untrusted_files import Sheet, Value

_FEWEST = 2  # townships or counties in one line, to make it one of heads over columns

_LAST = 10_000  # column; a sheet has no more

Span = tuple[int, int]


@dataclass(slots=True)
class _Heads:
    """What stands over the columns, as far as the lines read: names by the first and the last column below each.

    are_abreast: whether a line of heads has been, since when a township beside a village may not be that village's.
    """

    counties: dict[Span, str] = field(default_factory=dict)
    townships: dict[Span, str] = field(default_factory=dict)
    are_abreast: bool = False

    def over(self, place: int) -> str:
        """The county and the township over a column, as far as they are."""
        return _over(self.counties, place) + _over(self.townships, place)

    def take(self, townships: Mapping[int, str], row: Sequence[Value], merged: Mapping[int, int]) -> None:
        """Townships of a line that is no line of heads: over its rows as anywhere, or each over its own columns alone.

        In columns that had a head, what is right of another township may be that one's or the head's: neither is taken.
        """
        own = sorted(townships)
        if not self.are_abreast:
            first = own if len(own) > 1 else [1]
            ends = [*(place - 1 for place in own[1:]), _LAST]
            self.townships = {(at, end): townships[place] for at, end, place in zip(first, ends, own, strict=True)}
            return
        spans = {place: last for first, last in self.townships for place in range(first, last + 1)}
        is_alone = len(own) == len(lines.filled(row))
        kept = {} if is_alone else {span: name for span, name in self.townships.items() if span[1] < own[0]}
        new = {(place, merged.get(place, spans.get(place, place))): townships[place] for place in own}
        self.townships = kept | new


def with_townships(sheet: Sheet, names: VillageNames) -> Sheet:
    """The sheet with its township before each village, where several stand side by side over their columns.

    The townships are taken out, so that none is taken for what stands in a line with it or below.
    """
    if not any(_are_heads(row, names) for row in sheet.rows):
        return sheet
    heads = _Heads()
    rows = [
        _row_with_townships(row, _merged_in(sheet, line), heads, names) for line, row in enumerate(sheet.rows, start=1)
    ]
    return replace(sheet, rows=rows)


def _row_with_townships(
    row: Sequence[Value], merged: Mapping[int, int], heads: _Heads, names: VillageNames
) -> list[Value]:
    """A row with the heads over it before its names. What begins in it is put to the heads, and taken out of it."""
    counties, townships = _places_of(row, names.county), _places_of(row, names.township)
    if counties and len(counties) == len(lines.filled(row)):
        heads.townships, heads.are_abreast = {}, False
        heads.counties = _spans(counties, merged) if len(counties) >= _FEWEST else {}
        return [None] * len(row) if heads.counties else list(row)
    if townships and _are_heads(row, names):
        heads.townships, heads.are_abreast = _spans(townships, merged), True
    elif townships:
        heads.take(townships, row, merged)
    return [
        None if place in townships else _under(value, heads.over(place), names)
        for place, value in enumerate(row, start=1)
    ]


def _are_heads(row: Sequence[Value], names: VillageNames) -> bool:
    """Whether a line is of heads: several townships or counties that are known, and no village, figure or other place.

    One label may stand before them.
    """
    cells = lines.filled(row)
    for kind in (names.township, names.county):
        places = _places_of(row, kind)
        others = [value for place, value in cells if place not in places]
        label = others[0] if len(others) == 1 and cells[0][0] not in places else None
        is_labelled = isinstance(label, str) and not names.in_cell(label)
        if len(places) >= _FEWEST and (is_labelled or not others):
            return True
    return False


def _places_of(row: Sequence[Value], kind: Callable[[Value], str | None]) -> dict[int, str]:
    named = ((place, kind(value)) for place, value in enumerate(row, start=1) if isinstance(value, str))
    return {place: name for place, name in named if name}


def _spans(places: Mapping[int, str], merged: Mapping[int, int]) -> dict[Span, str]:
    """The columns below each head: those that it is merged over, else all up to the next; the last as many."""
    own = sorted(places)
    ends = [after - 1 for _, after in pairwise(own)]
    ends.append(own[-1] + min((end - place for place, end in zip(own, ends, strict=False)), default=0))
    return {(place, merged.get(place, end)): places[place] for place, end in zip(own, ends, strict=True)}


def _merged_in(sheet: Sheet, line: int) -> dict[int, int]:
    """The last column of each cell of a line that is merged over several."""
    return {left: right for top, left, bottom, right in sheet.merged if top <= line <= bottom and right > left}


def _over(spans: Mapping[Span, str], place: int) -> str:
    return next((name for (first, last), name in spans.items() if first <= place <= last), "")


def _under(value: Value, above: str, names: VillageNames) -> Value:
    """A cell with what stands over it before each village in it."""
    own = names.in_cell(value) if above and isinstance(value, str) else []
    return "、".join(name if written(name).startswith(written(above)) else above + name for name in own) or value
