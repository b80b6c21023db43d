"""A number of which two cells of a row that follow one another hold a part each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from site_builder.privacy.finder import shapes
from site_builder.privacy.finder.kinds import Found, NumberKind
from site_builder.privacy.finder.plain import simple

_HALF = re.compile(r"\s*[0-9]{3,16}[Xx]?\s*")
_FEWEST, _MOST = 3, 24  # characters of a cell that may be half a number: shorter ones are counts
_MOBILE_LENGTHS = ((3, 8), (7, 4))
_ISSUER = "62"


def halves(values: Iterable[object]) -> dict[object, str]:
    """Of the values of a table those that may be a part of a number, with their digits."""
    texts = ((value, _text(value)) for value in values)
    return {value: simple(text).strip() for value, text in texts if text and _HALF.fullmatch(simple(text))}


def across(row: Sequence[object], parts: dict[object, str]) -> Iterator[tuple[int, Found]]:
    """The numbers that two cells of a row make together, each with the place of the first cell, counted from 1."""
    for place, (left, right) in enumerate(pairwise(row), start=1):
        if left in parts and right in parts:
            kind = _kind(parts[left], parts[right])
            if kind:
                yield place, Found(kind=kind, number=parts[left] + parts[right], line=1)


def _text(value: object) -> str:
    if isinstance(value, float | int):
        return str(int(value)) if 100 <= value < 1e17 and value == int(value) else ""
    return value if isinstance(value, str) and _FEWEST <= len(value) <= _MOST else ""


def _kind(left: str, right: str) -> NumberKind | None:
    """What two parts are together: proved by a check digit, or a mobile cut as people cut them.

    A division code beside another one or beside a count is no number, nor is a figure beside a day.
    """
    joined = left + right
    is_code = len(left) == 12 and left[:2] == right[:2]
    if len(joined) == 18 and shapes.is_identity(joined):
        return None if is_code else NumberKind.IDENTITY
    if (len(left), len(right)) in _MOBILE_LENGTHS and shapes.MOBILE.fullmatch(joined) and not shapes.is_date(right):
        return NumberKind.MOBILE
    is_card = len(left) in (4, 8, 16) and len(right) != 12 and joined.startswith(_ISSUER)
    return NumberKind.CARD if is_card and shapes.kind_of(joined, (len(joined),)) is NumberKind.CARD else None
