"""The letters of a part alone: shapes of the others are taken out of its fonts, which keep their numbers."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterable, Iterator
from itertools import accumulate, pairwise

import regex

from site_builder.prints.cutting.objects import UncutError

_EMPTY_SHAPE = b"\x0e"  # a shape that ends at once
_SHAPES = 17  # the entry of a font's table that says where its shapes begin
_ESCAPE, _REAL = 12, 30
_LEVEL = 1  # of 9: more takes half again as long for two bytes of a hundred
# In a page's orders: what a tag says of itself, a font that is chosen, a text that is shown, of two bytes a letter.
_CHOSEN_OR_SHOWN = regex.compile(
    rb"<<(?:[^<>()]++|(?&text)|<[0-9A-Fa-f]*>)*+>>"
    rb"|/(?P<font>[^\s/\[\]()<>]+) [-\d.]+ Tf|(?P<text>\((?:[^\\()]++|\\.|(?&text))*+\))|<(?P<numbers>[0-9A-Fa-f]+)>",
    regex.DOTALL,
)
_MARKED = re.compile(rb"\\(?:[0-7]{1,3}|.)", re.DOTALL)
_MARKS = {b"\\n": b"\n", b"\\r": b"\r", b"\\t": b"\t", b"\\b": b"\b", b"\\f": b"\f"} | {
    b"\\%03o" % number: bytes([number]) for number in range(256)
}


def shown(orders: bytes) -> dict[bytes, set[int]]:
    """The letters that a page shows, as their numbers in its fonts, by the font's name on the page.

    orders: the page's contents. Raises UncutError where a text belongs to no font.
    """
    texts: dict[bytes, bytearray] = {}
    used: bytearray | None = None
    for each in _CHOSEN_OR_SHOWN.finditer(orders):
        if each["font"]:
            used = texts.setdefault(each["font"], bytearray())
        elif each["text"] or each["numbers"]:
            if used is None:
                raise UncutError("a text in no font")
            used += _unmarked(each["text"][1:-1]) if each["text"] else bytes.fromhex(each["numbers"].decode())
    if any(len(text) % 2 for text in texts.values()):
        raise UncutError("half a letter")
    return {font: {number for (number,) in struct.iter_unpack(">H", text)} for font, text in texts.items()}


def _unmarked(text: bytes) -> bytes:
    return _MARKED.sub(lambda found: _MARKS.get(found[0]) or _plain(found[0]), text) if b"\\" in text else text


def _plain(marked: bytes) -> bytes:
    return bytes([int(marked[1:], 8)]) if marked[1:].isdigit() else marked[1:]


class Shapes:
    """The shapes of the letters of a font of Adobe's compact kind, as it stands in a PDF: compressed."""

    def __init__(self, font: bytes) -> None:
        self._font = zlib.decompress(font)
        _, after_names = _index(self._font, self._font[2])
        tables, _ = _index(self._font, after_names)
        self._start = next(number for order, number in _orders(tables[0]) if order == _SHAPES)
        self._shapes, self._end = _index(self._font, self._start)

    def only(self, used: Iterable[int]) -> bytes:
        """The font, compressed, with the shapes of these letters and of the missing one alone.

        Nothing moves: what the shapes no longer fill is noughts, which take no room once compressed.
        """
        shapes = [_EMPTY_SHAPE] * len(self._shapes)
        for number in {0, *used}:
            shapes[number] = self._shapes[number]
        few = _written(shapes).ljust(self._end - self._start, b"\0")
        return zlib.compress(self._font[: self._start] + few + self._font[self._end :], _LEVEL)


def _index(font: bytes, start: int) -> tuple[list[bytes], int]:
    """The entries of a list in a font and where it ends: a count, the width of a place, the places, the entries."""
    count, width = int.from_bytes(font[start : start + 2]), font[start + 2]
    if not count:
        return [], start + 2
    first = start + 3
    places = [int.from_bytes(font[first + width * n : first + width * (n + 1)]) for n in range(count + 1)]
    base = first + width * (count + 1) - 1  # places count from one
    return [font[base + here : base + there] for here, there in pairwise(places)], base + places[-1]


def _written(entries: list[bytes]) -> bytes:
    places = list(accumulate((len(entry) for entry in entries), initial=1))
    width = (places[-1].bit_length() + 7) // 8
    listed = b"".join(place.to_bytes(width) for place in places)
    return len(entries).to_bytes(2) + bytes([width]) + listed + b"".join(entries)


def _orders(table: bytes) -> Iterator[tuple[int, int]]:
    """(order, the number before it) of a font's table of places; orders of two bytes give nothing."""
    at, number = 0, 0
    while at < len(table):
        first = table[at]
        if first == _REAL:  # ends with a half byte of ones
            at += 1
            while table[at] & 0x0F != 0x0F and table[at] >> 4 != 0x0F:
                at += 1
            at += 1
        elif first <= 21:
            if first != _ESCAPE:
                yield first, number
            at += 2 if first == _ESCAPE else 1
        else:
            number, width = _number(table, at)
            at += width


def _number(table: bytes, at: int) -> tuple[int, int]:
    """A whole number as these tables write it, and how many bytes it takes."""
    first = table[at]
    if first == 28:
        return int.from_bytes(table[at + 1 : at + 3], signed=True), 3
    if first == 29:
        return int.from_bytes(table[at + 1 : at + 5], signed=True), 5
    if first <= 246:
        return first - 139, 1
    high = (first - 247) if first <= 250 else (first - 251)
    value = high * 256 + table[at + 1] + 108
    return (value if first <= 250 else -value), 2
