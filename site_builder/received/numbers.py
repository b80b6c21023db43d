"""Numbers that belong to a person, told from other numbers by their shape and their check digits."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from itertools import accumulate


class Kind(StrEnum):
    """What a number is of a person."""

    IDENTITY = "identity"
    CARD = "card"
    MOBILE = "mobile"


# The first two digits of every identity number: the provinces, and people of Hong Kong, Macao and Taiwan.
_PROVINCES = frozenset(
    """11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83
    91""".split()  # noqa: SIM905
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)  # GB 32100
_FIRST_YEAR, _LAST_YEAR = 1890, 2049
_FIRST_SHORT_YEAR = 21  # 15-digit numbers ended with the century; years such as 2018 within a code are no birthdays
_CARD = re.compile(r"62|60|4|5|3[05689]|9")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_MOBILE_GROUPS = frozenset({(11,), (3, 4, 4), (3, 8), (7, 4), (4, 4, 3), (3, 3, 5)})
_LONGEST = 19

_MAYBE = re.compile(r"\d(?:\D{0,3}\d){10}")
_OTHER_DIGIT = re.compile(r"(?![0-9])\d")
# Numbers in rings are list marks; dashes, dots and the letter X come in many shapes; some characters nobody sees.
_SHAPES = {
    **dict.fromkeys([*range(0x2460, 0x249C), *range(0x24EA, 0x2500), *range(0x2776, 0x2794)], " "),
    **dict.fromkeys(map(ord, "‐‑‒–—―−－﹣ー_＿"), "-"),
    **dict.fromkeys(map(ord, "·•‧∙⋅・･．。"), "."),
    **dict.fromkeys(map(ord, "ХхΧχ"), "X"),
    **dict.fromkeys([0xAD, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A)], None),
}
# Digests and UUIDs hold digits by chance.
_HEX = re.compile(r"\b(?=[0-9]*[a-f])[0-9a-f]{32,}\b|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", re.IGNORECASE)
_RUN = re.compile(r"[0-9]+(?:[\s.-]{1,3}[0-9]+)*(?:[\s.-]{0,2}[Xx](?![A-Za-z0-9]))?")
_TOUCHES_BEFORE = re.compile(r"[A-Za-z]$|[0-9]\.$")
_TOUCHES_AFTER = re.compile(r"[A-Za-z]|\.[0-9]")
_PIECE = re.compile(r"[0-9]+|[Xx]")


def find(text: str) -> Iterator[tuple[Kind, str]]:
    """The personal numbers within a text, each with its bare digits (and X); pieces of one number may be set apart."""
    if len(text) < 11 or not _MAYBE.search(text):
        return
    plain = _HEX.sub(" ", _plain(text))
    for run in _RUN.finditer(plain):
        yield from _in_run(plain, run)


def in_number(value: float) -> Kind | None:
    """What a cell with a number is. A spreadsheet keeps 15 digits: of longer ones the check digits are lost."""
    if not 1e10 <= value < 1e20 or value != int(value):
        return None
    digits = str(int(value))
    if len(digits) == 18 and _is_born(digits[6:14]) and digits[:2] in _PROVINCES:
        return Kind.IDENTITY
    if len(digits) in (16, 17, 18, 19) and digits.startswith("62"):
        return Kind.CARD
    return _kind(digits, (len(digits),))


def is_identity(number: str) -> bool:
    """Whether 18 characters are a resident identity number: province, birthday and check character (GB 11643)."""
    if number[:2] not in _PROVINCES or not _is_born(number[6:14]):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return number[17].upper() == "10X98765432"[total % 11]


def _plain(text: str) -> str:
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKC", text.translate(_SHAPES)).translate(_SHAPES)
    return _OTHER_DIGIT.sub(lambda found: str(unicodedata.decimal(found.group())), text)


def _in_run(text: str, run: re.Match[str]) -> Iterator[tuple[Kind, str]]:
    """Every number of pieces that follow one another, and identity numbers within a longer row of digits."""
    pieces = list(_PIECE.finditer(text, run.start(), run.end()))
    for first, piece in enumerate(pieces):
        joined = ""
        for last in range(first, len(pieces)):
            joined += pieces[last].group()
            if len(joined) > _LONGEST:
                break
            lengths = tuple(len(part.group()) for part in pieces[first : last + 1])
            kind = _kind(joined, lengths)
            is_proved = kind is Kind.MOBILE or (kind is Kind.IDENTITY and len(joined) == 18)
            if kind and (is_proved or _stands_alone(text, piece, pieces[last])):
                yield kind, joined
        yield from _within(piece.group())


def _within(digits: str) -> Iterator[tuple[Kind, str]]:
    if len(digits) > 18:
        for start in range(len(digits) - 17):
            if is_identity(digits[start : start + 18]):
                yield Kind.IDENTITY, digits[start : start + 18]


def _stands_alone(text: str, first: re.Match[str], last: re.Match[str]) -> bool:
    """Whether neither a letter nor a decimal point touches a number that has no check character to prove it."""
    before, after = text[max(0, first.start() - 2) : first.start()], text[last.end() : last.end() + 2]
    return not _TOUCHES_BEFORE.search(before) and not _TOUCHES_AFTER.match(after)


def _kind(number: str, lengths: tuple[int, ...]) -> Kind | None:
    """What a number is by itself; lengths: of the pieces it was written in."""
    size = len(number)
    if size == 11:
        return Kind.MOBILE if lengths in _MOBILE_GROUPS and _MOBILE.fullmatch(number) else None
    if lengths == (size,) and number.startswith(("86", "0086")) and _MOBILE.fullmatch(number[size - 11 :]):
        return Kind.MOBILE if size in (13, 15) else None
    if size == 18 and number[:2] in _PROVINCES and _is_born(number[6:14]):
        return Kind.IDENTITY  # with a digit mistyped it is still somebody's
    if size == 15 and number.isdigit() and _is_old_identity(number, lengths):
        return Kind.IDENTITY
    return Kind.CARD if size >= 16 and _is_card(number, lengths) else None


def _is_old_identity(number: str, lengths: tuple[int, ...]) -> bool:
    """15 digits, given out until 1999. Pieces are few and cut after the place: a village code and a number are none."""
    if len(lengths) > 1 and (6 not in accumulate(lengths) or (len(lengths) > 5 and max(lengths) > 1)):
        return False
    born = number[6:12]
    return number[:2] in _PROVINCES and int(born[:2]) >= _FIRST_SHORT_YEAR and _is_born("19" + born)


def _is_born(day: str) -> bool:
    try:
        return _FIRST_YEAR <= date(int(day[:4]), int(day[4:6]), int(day[6:])).year <= _LAST_YEAR
    except ValueError:
        return False


def _is_card(number: str, lengths: tuple[int, ...]) -> bool:
    """By issuer and Luhn's check digit; in one piece or in fours. A unified social credit code is none."""
    in_fours = set(lengths[:-1]) == {4} and lengths[-1] <= 4
    if not number.isdigit() or not _CARD.match(number) or not (len(lengths) == 1 or in_fours):
        return False
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number))]
    return sum(value - 9 * (value > 9) for value in doubled) % 10 == 0 and not _is_credit_code(number)


def _is_credit_code(number: str) -> bool:
    """A code of an organisation (GB 32100), of digits only."""
    if len(number) != 18:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, _CREDIT_WEIGHTS, strict=False))
    return int(number[17]) == (31 - total % 31) % 31
