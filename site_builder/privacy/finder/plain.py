"""A text in plain digits and marks: the scripts, shapes and letters in which digits are written undone.

It stands before every other room, so it has NFKC from Python and not from `shared.text_forms`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache


class _Table(dict[int, str | int | None]):
    """A table for str.translate that learns which characters stay: a missing one costs an exception each time."""

    def __missing__(self, code: int) -> int:
        self[code] = code
        return code


_CHINESE = {
    **dict(zip("〇一二三四五六七八九", "0123456789", strict=True)),
    **dict(zip("零壹贰叁肆伍陆柒捌玖", "0123456789", strict=True)),
    **dict(zip("貳參叄陸漆弌弍弎弐○◯", "23367123200", strict=True)),
    **dict(
        zip("幺么洞两兩俩拐勾〡〢〣〤〥〦〧〨〩", "11022279123456789", strict=True)
    ),  # as numbers are spoken, and as merchants wrote them
}
# In rings, in brackets, with a full stop.
_FIRST_IN_RING = (0x2460, 0x2474, 0x2488, 0x2776, 0x2780, 0x278A, 0x3220, 0x3280)
_RINGS = {
    **{first + digit: str(digit + 1) for first in _FIRST_IN_RING for digit in range(9)},
    **dict.fromkeys((0x24EA, 0x24FF, 0x1F10B, 0x1F10C), "0"),
}
_RING = "".join(map(chr, _RINGS))
DIGIT = rf"\d²³¹⁰⁴-⁹₀-₉{''.join(_CHINESE)}{_RING}"
_AS_DIGITS = _Table({ord(numeral): digit for numeral, digit in _CHINESE.items()} | _RINGS)
_NUMERAL = "".join(_CHINESE) + _RING
_A_NUMERAL = re.compile(f"[{_NUMERAL}]")
_NUMERALS = re.compile(rf"[\d{_NUMERAL}](?:[\W_]{{0,3}}[\d{_NUMERAL}]){{10,}}")
_RING_ROW = re.compile(rf"[{_RING}](?:\s?[{_RING}]){{2,}}")
_OTHER_DIGIT = re.compile(r"(?![0-9])\d")
# Numbers in rings are list marks, but for three in a row; dashes, dots and the letter X come in many shapes; some
# characters nobody sees, and some only dress the one before them: accents, the shape of an emoji, the frame of a key.
# Emoji part digits as dashes do.
_SHAPES = _Table(
    {
        **dict.fromkeys([*range(0x2460, 0x249C), *range(0x24EA, 0x2500), *range(0x2776, 0x2794)], " "),
        **dict.fromkeys(map(ord, "‐‑‒–—―−－﹣ー_＿／（）＊"), "-"),
        **dict.fromkeys(map(ord, "·•‧∙⋅・･．。"), "."),
        **dict.fromkeys(map(ord, "，﹐､"), "、"),
        **dict.fromkeys(map(ord, "ХхΧχ"), "X"),
        **dict.fromkeys([0xAD, 0x61C, 0x115F, 0x1160, 0x180E, 0x3164, 0xFEFF, 0xFFA0], None),
        **dict.fromkeys([*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)], None),
        **dict.fromkeys([*range(0x300, 0x370), *range(0x180B, 0x180E), *range(0x20D0, 0x2100)], None),
        **dict.fromkeys([*range(0xFE00, 0xFE10), *range(0xE0000, 0xE0080), *range(0xE0100, 0xE01F0)], None),
        **dict.fromkeys([*range(0x2600, 0x2776), *range(0x2794, 0x27C0), *range(0x1F1E6, 0x1F200)], "-"),
        **dict.fromkeys(range(0x1F300, 0x1FB00), "-"),
        0x2800: " ",
    }
)
# Digests and UUIDs hold digits by chance: long ones, and shorter ones in which letters and digits take turns.
_HEX = re.compile(
    r"(?<![0-9A-Za-z])(?:(?=[0-9]*[a-f])[0-9a-f]{32,}|(?=[0-9]*[a-f]+[0-9]+[a-f])[0-9a-f]{16,31}"
    r"|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?![0-9A-Za-z])",
    re.IGNORECASE,
)
# Measures and places on the earth; "1.13812345678" at the beginning of a line is the first number of a list.
_DECIMAL = re.compile(
    r"(?<![0-9.])(?!(?<![^\n])[1-9][0-9]?\.1[3-9][0-9]{9}(?![0-9]))"
    r"(?:[0-9]{0,3}\.[0-9]{5,}|[0-9]{4,9}\.[0-9]{11}|[0-9]{6}\.[0-9]{10})(?![0-9Xx])"
)
_LETTERS = {letter: digit for letters, digit in (("OoОоΟοＯｏ", "0"), ("lI|ІΙｌＩ｜", "1")) for letter in letters}
_LETTER = "".join(_LETTERS)
# Digits as Korean speaks them. They begin many words, and one of them is the day of a date: so three in a row at least,
# in a row that is as long as a number.
_KOREAN = dict(zip("공영령일이삼사오육륙칠팔구", "0001234566789", strict=True))
_SPOKEN = f"[{''.join(_KOREAN)}]"
_THREE_SPOKEN = re.compile(rf"(?:{_SPOKEN}[ .-]?){{2}}{_SPOKEN}")
_SPOKEN_ROW = re.compile(rf"(?:[0-9{_SPOKEN[1:]}[ .-]?){{10,}}[0-9{_SPOKEN[1:]}")
# As long as a number, and no longer: drawings and tables have rows without end.
_WITH_LETTERS = re.compile(
    rf"[\d{_LETTER}](?:(?<=\d)|(?=[{_LETTER}]{{0,8}}[ .-]?\d))(?<![\d{_LETTER}].)(?<![\d{_LETTER}][ .-].)"
    rf"(?:[ .-]?[\d{_LETTER}]){{10,19}}(?![ .-]?[\d{_LETTER}])(?:[ .-]?[XxХхΧχＸｘ])?"
)
_TO_DIGITS = str.maketrans(_LETTERS)
_KOREAN_DIGITS = str.maketrans(_KOREAN)
_FEWEST_DIGITS = 5  # in a number with letters: fewer are a word
_FEWEST = re.compile(rf"(?:\D*+\d){{{_FEWEST_DIGITS}}}")  # wherever they stand: quick to say no


def readings(part: str) -> Iterator[str]:
    """A text in plain digits and marks, as it stands and with Chinese numerals and digits in rings read as digits."""
    yield plain(part)
    if _A_NUMERAL.search(part):
        rows = list(map(set, _NUMERALS.findall(part)))
        if any(not row.isdisjoint(_NUMERAL) for row in rows):
            yield plain(part.translate(_AS_DIGITS))


def plain(text: str) -> str:
    """The text in plain digits and marks, lines kept, without what only looks like a number."""
    return _DECIMAL.sub("#####", _HEX.sub("#####", simple(text)))


def simple(text: str) -> str:
    """The text in plain digits, letters and marks, lines kept."""
    if text.isascii():
        return text
    text = _RING_ROW.sub(lambda row: row.group().translate(_RINGS), text).translate(_SHAPES)
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text).translate(_SHAPES)
    return _OTHER_DIGIT.sub(lambda found: str(unicodedata.decimal(found.group())), text)


def korean(text: str) -> str:
    """The text with digits for the Korean words of them, where a row of them is as long as a number."""
    if text.isascii() or not _THREE_SPOKEN.search(text):
        return text
    return _SPOKEN_ROW.sub(_spoken, text)


def _spoken(row: re.Match[str]) -> str:
    return row.group().translate(_KOREAN_DIGITS) if _THREE_SPOKEN.search(row.group()) else row.group()


def with_letters(text: str) -> Iterator[str]:
    """Rows of digits within which letters stand, with the digits that they look like.

    The characters around it are kept where they are letters: what touches a letter is seldom a number.
    """
    for found in _WITH_LETTERS.finditer(text) if _FEWEST.match(text) else ():
        row, start, end = found.group(), found.start(), found.end()
        if sum(map(str.isdecimal, row)) >= _FEWEST_DIGITS and not _letters().isdisjoint(row):
            before, after = text[max(0, start - 1) : start], text[end : end + 1]
            yield _letter_of(before) + simple(row.translate(_TO_DIGITS)) + _letter_of(after)


@cache
def _letters() -> frozenset[str]:
    return frozenset(_LETTERS)


def _letter_of(character: str) -> str:
    return "a" if character.isascii() and character.isalpha() else ""
