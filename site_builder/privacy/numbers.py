"""Numbers that belong to a person, distinguished from other numbers by their shape and their check digits.

The check digits are python-stdnum's. Its `cn.ric` is not used as a whole: it wants the right check digit and a place of
birth that is on its list, and a number with a slip, or of a county that is no more, is still somebody's.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from itertools import accumulate, pairwise

from stdnum import luhn
from stdnum.iso7064 import mod_11_2

from site_builder.shared.text_forms import half_width


class NumberKind(StrEnum):
    """What a number is of a person."""

    IDENTITY = "identity"
    CARD = "card"
    MOBILE = "mobile"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A number in a text. number: its bare digits (and X); line: where it begins, counted from 1."""

    kind: NumberKind
    number: str
    line: int


# The first two digits of every identity number: the provinces, and people of Hong Kong, Macao and Taiwan.
_PROVINCES = frozenset(
    """11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83
    91""".split()  # noqa: SIM905
)
_FIRST_YEAR, _LAST_YEAR = 1890, 2049
_LAST_MISTYPED_YEAR = 2015  # our records begin in 2016: county, day and a serial number are no birthday
_FIRST_SHORT_YEAR = 24  # 15-digit numbers ended with the century; villages' codes with a serial number have 21 to 23
# Unified social credit codes begin with 91 to 93; 18 digits that begin with 5 are one, too.
_CARD = re.compile(r"(?:62|60|9[04-689])[0-9]{14,17}|4[0-9]{15}|(?:5[1-5]|3[05689])[0-9]{14}")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_MOBILE_GROUPS = frozenset({(11,), (3, 4, 4), (3, 8), (7, 4), (4, 4, 3), (3, 3, 5), (3, 4, 2, 2), (1,) * 11})
_LONGEST = 19
# What a number must look like to be looked at more closely: a mobile, an identity number, a card.
_LIKELY = re.compile(
    r"(?:0|0?0?86)?1[3-9][0-9]{9}$|[1-9][0-9]{5}(?:18|19|20)?[0-9]{2}(?:0[1-9]|1[0-2])[0-3][0-9]{4}[0-9Xx]?$"
    r"|[3-69][0-9]{15,18}$"
)

_CHINESE = {
    **dict(zip("〇一二三四五六七八九", "0123456789", strict=True)),
    **dict(zip("零壹贰叁肆伍陆柒捌玖", "0123456789", strict=True)),
    **dict(zip("貳參陸幺弌弍弎", "2361123", strict=True)),
}
_DIGIT = r"\d²³¹⁰⁴-⁹₀-₉" + "".join(_CHINESE)
# A stretch that may hold a number: eleven digits of any script, never far from one another. Most texts have none.
_STRETCH = re.compile(rf"[{_DIGIT}](?:[^{_DIGIT}]{{0,5}}[{_DIGIT}]){{10,}}")
_ELEVEN = re.compile(rf"(?:[^{_DIGIT}]*+[{_DIGIT}]){{11}}")  # wherever they stand: quick to say no
_AROUND = 72  # characters on both sides of a stretch that are read with it: as long as a digest
_CHINESE_NUMBER = re.compile(rf"[{''.join(_CHINESE)}](?:[\W_]{{0,3}}[{''.join(_CHINESE)}\d]){{10,}}")
_AS_DIGITS = str.maketrans(_CHINESE)
_FIRST_WORD, _LAST_WORD = re.compile(r"^\w+"), re.compile(r"\w+$")
_OTHER_DIGIT = re.compile(r"(?![0-9])\d")
# Numbers in rings are list marks; dashes, dots and the letter X come in many shapes; some characters nobody sees.
_SHAPES = {
    **dict.fromkeys([*range(0x2460, 0x249C), *range(0x24EA, 0x2500), *range(0x2776, 0x2794)], " "),
    **dict.fromkeys(map(ord, "‐‑‒–—―−－﹣ー_＿／（）＊"), "-"),
    **dict.fromkeys(map(ord, "·•‧∙⋅・･．。"), "."),
    **dict.fromkeys(map(ord, "ХхΧχ"), "X"),
    **dict.fromkeys(
        [0xAD, 0x180E, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A)], None
    ),
}
# Digests and UUIDs hold digits by chance: long ones, and shorter ones in which letters and digits take turns.
_HEX = re.compile(
    r"(?<![0-9A-Za-z])(?:(?=[0-9]*[a-f])[0-9a-f]{32,}|(?=[0-9]*[a-f]+[0-9]+[a-f])[0-9a-f]{16,31}"
    r"|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?![0-9A-Za-z])",
    re.IGNORECASE,
)
# Measures and places on the earth; "1.13812345678" at the beginning of a line is the first number of a list.
_DECIMAL = re.compile(
    r"(?<![0-9.])(?!(?<![^\n])[1-9][0-9]?\.1[3-9][0-9]{9}(?![0-9]))"
    r"(?:[0-9]{0,3}\.[0-9]{5,}|[0-9]{4,9}\.[0-9]{11})(?![0-9])"
)
_RUN = re.compile(r"[0-9]+(?:[\W_]{1,4}[0-9]+)*(?:[\s.-]{0,2}[Xx](?![A-Za-z0-9]))?")
_NEAR = re.compile(r"[\s./*()_-]{0,3}")
_TOUCHES_BEFORE = re.compile(r"[A-Za-z]$|[0-9]\.$")
_LETTER_AND_DASH = re.compile(r"[A-Za-z]-\Z")
_TOUCHES_AFTER = re.compile(r"[A-Za-z]|\.[0-9]")
_PIECE = re.compile(r"[0-9]+|[Xx]")


def find(text: str) -> Iterator[Found]:
    """The personal numbers within a text; pieces of one number may be set apart. Not in the text's order."""
    if not _ELEVEN.match(text):
        return
    line, counted = 1, 0
    for stretch in _STRETCH.finditer(text):
        start, part = _with_surroundings(text, stretch)
        line, counted = line + _lines(text, counted, start), start
        for kind, number, below in _in_part(part):
            yield Found(kind=kind, number=number, line=line + below)


def _lines(text: str, start: int, end: int) -> int:
    """How many line ends stand between two places; those of a stretch's surroundings may lie before the last one's."""
    return text.count("\n", start, end) if start <= end else -text.count("\n", end, start)


@lru_cache(maxsize=1 << 15)
def _in_part(part: str) -> tuple[tuple[NumberKind, str, int], ...]:
    """What is in a stretch, with the lines from its start. Cached: pages of one kind repeat most of their text."""
    found = list(_in_plain(_plain(part)))
    if _CHINESE_NUMBER.search(part):
        found += _in_plain(_plain(part.translate(_AS_DIGITS)))
    return tuple(found)


def _with_surroundings(text: str, stretch: re.Match[str]) -> tuple[int, str]:
    """A stretch and what stands around it, with its start. Of numbers that are cut off there no digit is left."""
    start, end = max(0, stretch.start() - _AROUND), stretch.end() + _AROUND
    before, after = text[start : stretch.start()], text[stretch.end() : end]
    if start:
        before = _FIRST_WORD.sub(_without_digits, before)
    if end < len(text):
        after = _LAST_WORD.sub(_without_digits, after)
    return start, before + stretch.group() + after


def _without_digits(word: re.Match[str]) -> str:
    return re.sub(r"\d", "a", word.group())


def in_number(value: float) -> NumberKind | None:
    """What a cell with a number is. A spreadsheet keeps 15 digits: of longer ones the check digits are lost."""
    if not 1e10 <= value < 1e20 or value != int(value):
        return None
    digits = str(int(value))
    if len(digits) == 18 and _is_born(digits[6:14]) and digits[:2] in _PROVINCES:
        return NumberKind.IDENTITY
    if len(digits) in (16, 17, 18, 19) and digits.startswith("62"):
        return NumberKind.CARD
    return _kind(digits, (len(digits),))


def is_identity(number: str) -> bool:
    """Whether 18 characters are a resident identity number: province, birthday and check character (GB 11643)."""
    return number[:2] in _PROVINCES and _is_born(number[6:14]) and mod_11_2.is_valid(number.upper())


def _plain(text: str) -> str:
    """The text in plain digits and marks, lines kept, without what only looks like a number."""
    if not text.isascii():
        text = half_width(text.translate(_SHAPES)).translate(_SHAPES)
        text = _OTHER_DIGIT.sub(lambda found: str(unicodedata.decimal(found.group())), text)
    return _DECIMAL.sub("#####", _HEX.sub("#####", text))


def _in_plain(plain: str) -> Iterator[tuple[NumberKind, str, int]]:
    for run in _RUN.finditer(plain):
        if run.end() - run.start() >= 11:
            for kind, number, start in _in_run(plain, run):
                yield kind, number, plain.count("\n", 0, start)


def _in_run(text: str, run: re.Match[str]) -> Iterator[tuple[NumberKind, str, int]]:
    """Every number of pieces that follow one another, and identity numbers within a longer row of digits."""
    pieces = list(_PIECE.finditer(text, run.start(), run.end()))
    digits = [piece.group() for piece in pieces]
    for first, piece in enumerate(pieces):
        joined = ""
        for last in range(first, len(pieces)):
            joined += digits[last]
            if len(joined) > _LONGEST:
                break
            if len(joined) >= 11 and _LIKELY.match(joined):
                kind = _kind(joined, _lengths(digits[first : last + 1]))
                if kind and _is_together(text, joined, kind, pieces[first : last + 1], len(pieces)):
                    yield kind, joined, piece.start()
        yield from ((kind, number, piece.start()) for kind, number in _within(digits[first]))


def _is_together(text: str, joined: str, kind: NumberKind, pieces: list[re.Match[str]], of: int) -> bool:
    """Whether some pieces, of so many in a row, which would be a number together, are one where they stand.

    Commas and the like, or several line ends, part all but a proved identity number. What has no check digit is
    written with one mark all through, or stands for itself.
    """
    lengths = _lengths([piece.group() for piece in pieces])
    gaps = [text[left.end() : right.start()] for left, right in pairwise(pieces)]
    if not all(map(_NEAR.fullmatch, gaps)) or sum("\n" in gap for gap in gaps) > 1:
        return len(joined) == 18 and _is_in_places(lengths, 6, 14) and is_identity(joined)
    if kind is NumberKind.MOBILE:
        is_even = len({gap for gap in gaps if ")" not in gap}) <= 1
        is_tail = text[pieces[-1].end() :][:1] in ("X", "x")  # of an identity number
        return is_even and not is_tail and (max(lengths) > 1 or of == len(pieces))
    if kind is NumberKind.IDENTITY and len(joined) == 18:
        return len(lengths) < 8 or of == len(pieces)
    if kind is NumberKind.IDENTITY and ("\n" in "".join(gaps) or _LETTER_AND_DASH.search(text, 0, pieces[0].start())):
        return False  # fifteen digits prove nothing: two lines of codes and a number of ours look the same
    return _stands_alone(text, pieces[0], pieces[-1])


def _lengths(pieces: list[str]) -> tuple[int, ...]:
    """How long the pieces are; the check character X belongs to the one before it, however far off it stands."""
    lengths = list(map(len, pieces))
    if len(lengths) > 1 and pieces[-1] in "Xx":
        lengths[-2:] = [lengths[-2] + 1]
    return tuple(lengths)


def _within(digits: str) -> Iterator[tuple[NumberKind, str]]:
    if len(digits) > 18:
        for start in range(len(digits) - 17):
            if is_identity(digits[start : start + 18]):
                yield NumberKind.IDENTITY, digits[start : start + 18]


def _stands_alone(text: str, first: re.Match[str], last: re.Match[str]) -> bool:
    """Whether neither a letter nor a decimal point touches a number that has no check character to prove it."""
    before, after = text[max(0, first.start() - 2) : first.start()], text[last.end() : last.end() + 2]
    return not _TOUCHES_BEFORE.search(before) and not _TOUCHES_AFTER.match(after)


def _kind(number: str, lengths: tuple[int, ...]) -> NumberKind | None:
    """What a number is by itself; lengths: of the pieces it was written in."""
    size = len(number)
    if size == 11:
        return NumberKind.MOBILE if lengths in _MOBILE_GROUPS and _MOBILE.fullmatch(number) else None
    if lengths == (size,) and number[: size - 11] in ("0", "86", "086", "0086"):
        return NumberKind.MOBILE if _MOBILE.fullmatch(number[size - 11 :]) else None
    if size == 18 and _is_long_identity(number, lengths):
        return NumberKind.IDENTITY
    if size == 15 and number.isdigit() and _is_old_identity(number, lengths):
        return NumberKind.IDENTITY
    return NumberKind.CARD if size >= 16 and _is_card(number, lengths) else None


def _is_long_identity(number: str, lengths: tuple[int, ...]) -> bool:
    """18 characters, cut as people cut them; with a digit mistyped, only where each part stands for itself."""
    if is_identity(number):
        return len(lengths) < 3 or _is_in_places(lengths, 6, 14) or _is_even(lengths)
    is_whole = len(lengths) == 1 or _is_in_places(lengths, 6, 14)
    born = number[6:14]
    return is_whole and number[:2] in _PROVINCES and _is_born(born) and int(born[:4]) <= _LAST_MISTYPED_YEAR


def _is_old_identity(number: str, lengths: tuple[int, ...]) -> bool:
    """15 digits, given out until 1999, whole or cut after the place: a village code and a number are none."""
    born = number[6:12]
    is_born = int(born[:2]) >= _FIRST_SHORT_YEAR and _is_born("19" + born)
    return lengths in ((15,), (6, 9), (6, 6, 3)) and number[:2] in _PROVINCES and is_born


def _is_in_places(lengths: tuple[int, ...], *places: int) -> bool:
    """Whether there are few pieces, cut after these many digits: after the place and after the birthday."""
    return len(lengths) < 8 and set(places) <= set(accumulate(lengths))


def _is_even(lengths: tuple[int, ...]) -> bool:
    """Whether all pieces but the last are of one size."""
    return len(set(lengths[:-1])) == 1 and lengths[-1] <= lengths[0]


def _is_born(day: str) -> bool:
    try:
        return _FIRST_YEAR <= date(int(day[:4]), int(day[4:6]), int(day[6:])).year <= _LAST_YEAR
    except ValueError:
        return False


def _is_card(number: str, lengths: tuple[int, ...]) -> bool:
    """By issuer and Luhn's check digit; in one piece, in fours or cut after the issuer."""
    in_fours = set(lengths[:-1]) == {4} and lengths[-1] <= 4
    is_one = len(lengths) == 1 or in_fours or lengths in ((6, 10), (6, 13))
    return bool(is_one and _CARD.fullmatch(number) and luhn.is_valid(number))
