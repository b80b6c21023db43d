"""A number of which cells of a row that follow one another hold a part each: two, or three of an identity number.

In prose a mobile's three parts are found too, where the table speaks of telephones: three counts look the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from site_builder.privacy.finder import shapes
from site_builder.privacy.finder.kinds import Found, NumberKind, line_at
from site_builder.privacy.finder.plain import simple

_HALF = re.compile(r"\s*[0-9]{3,16}[Xx]?\s*")
_FEWEST, _MOST = 3, 24  # characters of a cell that may be half a number: shorter ones are counts
_MOBILE_LENGTHS = ((3, 8), (7, 4))
# A row of a table in prose in which two cells that follow one another may be parts.
_BARS = "|｜"
_BAR = f"[{_BARS}]"
_CALLED = re.compile("电话|手机|联系|号码|전화|휴대")
_LOOKED_BACK = 2_000  # characters before a row, in which its table's head may stand
_ROW = re.compile(rf"\d{{3}}[^\S\n]*{_BAR}[^\S\n]*\d{{3}}")


def find(text: str) -> Iterator[Found]:
    """The numbers that cells of one row of a table in prose make together: bars stand between them."""
    if not any(bar in text for bar in _BARS):
        return
    end = 0
    for bar in _ROW.finditer(text):
        if bar.start() < end:
            continue  # a row is looked at once: a workbook's part may be one line with thousands of bars
        start, end = text.rfind("\n", 0, bar.start()) + 1, text.find("\n", bar.start()) % (len(text) + 1)
        row = re.split(_BAR, text[start:end])
        parts = halves(row)
        for _, one in across(row, parts):
            yield Found(kind=one.kind, number=one.number, line=line_at(text, start))
        for number in _mobiles_in_three(row, parts):
            table = max(text.rfind("\n\n", 0, start), start - _LOOKED_BACK, 0)
            if _CALLED.search(text, table, end):
                yield Found(kind=NumberKind.MOBILE, number=number, line=line_at(text, start))


def _mobiles_in_three(row: Sequence[str], parts: dict[object, str]) -> Iterator[str]:
    for three in zip(row, row[1:], row[2:], strict=False):
        pieces = [parts.get(cell, "") for cell in three]
        if [len(piece) for piece in pieces] == [3, 4, 4] and shapes.MOBILE.fullmatch("".join(pieces)):
            yield "".join(pieces)


def halves(values: Iterable[object]) -> dict[object, str]:
    """Of the values of a table those that may be a part of a number, with their digits."""
    texts = ((value, _text(value)) for value in values)
    return {value: simple(text).strip() for value, text in texts if text and _HALF.fullmatch(simple(text))}


def across(row: Sequence[object], parts: dict[object, str]) -> Iterator[tuple[range, Found]]:
    """The numbers that cells of a row make together, each with the places of its cells, counted from 1."""
    for first, (left, right) in enumerate(pairwise(row), start=1):
        if left in parts and right in parts:
            pieces = [parts.get(cell, "") for cell in row[first - 1 : first + 2]]
            kind, size = _of_two(*pieces[:2]), 2
            if len(pieces) == 3 and shapes.is_in_three(pieces):
                kind, size = NumberKind.IDENTITY, 3
            if kind:
                number = "".join(pieces[:size])
                yield range(first, first + size), Found(kind=kind, number=number, line=1)


def _text(value: object) -> str:
    if isinstance(value, float | int):
        return str(int(value)) if 100 <= value < 1e17 and value == int(value) else ""
    return value if isinstance(value, str) and _FEWEST <= len(value) <= _MOST else ""


def _of_two(left: str, right: str) -> NumberKind | None:
    """What two parts are together: proved by a check digit, or a mobile cut as people cut them.

    A division code beside another one or beside a count is no number, nor is a figure beside a day.
    """
    joined = left + right
    is_code = len(left) == 12 and left[:2] == right[:2]
    if len(joined) == 18 and shapes.is_identity(joined):
        return None if is_code else NumberKind.IDENTITY
    if (len(left), len(right)) in _MOBILE_LENGTHS and shapes.MOBILE.fullmatch(joined) and not shapes.is_date(right):
        return NumberKind.MOBILE
    is_card = len(left) in (4, 8, 16) and len(right) != 12 and joined.startswith(shapes.ISSUER)
    return NumberKind.CARD if is_card and shapes.kind_of(joined, (len(joined),)) is NumberKind.CARD else None
