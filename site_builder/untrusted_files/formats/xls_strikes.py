"""Which cells of an .xls workbook are struck through, wholly or in a part of their text ([MS-XLS])."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from site_builder.untrusted_files.formats.extras import CellPosition

_FONT, _STYLE, _TEXTS, _CONTINUE = 0x0031, 0x00E0, 0x00FC, 0x003C
_NUMBERS, _SHARED_TEXT = 0x00BD, 0x00FD
_CELLS = {0x0006, 0x0203, 0x0204, 0x0205, 0x027E, _SHARED_TEXT}
_STRUCK_OUT = 8  # of a font's flags
_NO_FONT = 4  # the number that no font has
_HAS_EXTENSION, _HAS_RUNS = 4, 8  # of a text's flags

XlsRecord = tuple[int, bytes]


@dataclass(frozen=True, kw_only=True)
class Strikes:
    """The numbers of fonts, of cell styles, and of shared texts a part of which is in such a font."""

    fonts: frozenset[int]
    styles: frozenset[int]
    texts: frozenset[int]


def of_workbook(records: Sequence[XlsRecord]) -> Strikes:
    """What is struck through, by the records that stand before the sheets."""
    listed = [body for kind, body in records if kind == _FONT and len(body) >= 4]
    numbers = (place + (place >= _NO_FONT) for place in range(len(listed)))
    fonts = frozenset(number for number, body in zip(numbers, listed, strict=False) if body[2] & _STRUCK_OUT)
    styles = (body[:2] for kind, body in records if kind == _STYLE)
    struck = frozenset(number for number, font in enumerate(styles) if int.from_bytes(font, "little") in fonts)
    return Strikes(fonts=fonts, styles=struck, texts=frozenset(_texts(records, fonts)) if fonts else frozenset())


def in_sheet(records: Iterable[XlsRecord], strikes: Strikes) -> Iterator[CellPosition]:
    """The cells of a sheet that are struck through."""
    for kind, body in records:
        if kind in _CELLS and len(body) >= 6:
            row, column, style = struct.unpack_from("<HHH", body)
            text = int.from_bytes(body[6:10], "little") if kind == _SHARED_TEXT else -1
            if style in strikes.styles or text in strikes.texts:
                yield row + 1, column + 1
        elif kind == _NUMBERS and len(body) >= 6:
            row, column = struct.unpack_from("<HH", body)
            for place, at in enumerate(range(4, len(body) - 7, 6)):
                if int.from_bytes(body[at : at + 2], "little") in strikes.styles:
                    yield row + 1, column + 1 + place


def _texts(records: Sequence[XlsRecord], fonts: frozenset[int]) -> Iterator[int]:
    """The numbers of the shared texts of which a part is in one of the fonts."""
    first = next((place for place, (kind, _) in enumerate(records) if kind == _TEXTS), len(records))
    pieces = [body for _, body in records[first : first + 1]]
    for kind, body in records[first + 1 :]:
        if kind != _CONTINUE:
            break
        pieces.append(body)
    for number, runs in enumerate(_Texts(pieces).runs()):
        if any(font in fonts for font in runs):
            yield number


class _Texts:
    """The shared texts, over the records that their list is cut into at any place."""

    def __init__(self, pieces: list[bytes]) -> None:
        self.pieces = pieces
        self.piece, self.at = 0, 8  # the first 8 bytes say how many texts there are

    def runs(self) -> Iterator[list[int]]:
        """Of each text the fonts of its parts that differ from the cell's."""
        while self._more():
            length, flags = struct.unpack("<HB", self._take(3))
            count = int.from_bytes(self._take(2 if flags & _HAS_RUNS else 0), "little")
            extension = int.from_bytes(self._take(4 if flags & _HAS_EXTENSION else 0), "little")
            self._skip_characters(length, 1 + (flags & 1))
            places = struct.iter_unpack("<HH", self._take(4 * count))
            self._take(extension)
            yield [font for start, font in places if start < length]

    def _more(self) -> bool:
        while self.piece < len(self.pieces) and self.at >= len(self.pieces[self.piece]):
            self.piece, self.at = self.piece + 1, 0
        return self.piece < len(self.pieces)

    def _take(self, size: int) -> bytes:
        """So many bytes; zeros behind the last one."""
        taken = b""
        while len(taken) < size and self._more():
            part = self.pieces[self.piece][self.at : self.at + size - len(taken)]
            self.at += len(part)
            taken += part
        return taken.ljust(min(size, 1 << 20), b"\0")

    def _skip_characters(self, count: int, width: int) -> None:
        """In each further record a byte says anew how wide the characters are."""
        while count and self.piece < len(self.pieces):
            here = min(count, (len(self.pieces[self.piece]) - self.at) // width)
            count, self.at = count - here, self.at + here * width
            if count:
                self.piece, self.at = self.piece + 1, 1
                width = 1 + (self.pieces[self.piece][0] & 1) if self._more() else width
