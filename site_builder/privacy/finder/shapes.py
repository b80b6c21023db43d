"""What a number is by itself: by its shape, its birthday and its check digits.

The check digits are python-stdnum's. Its `cn.ric` is not used as a whole: it wants the right check digit and a place of
birth that is on its list, and a number with a slip, or of a county that is no more, is still somebody's.
"""

from __future__ import annotations

import re
from datetime import date
from itertools import accumulate

from stdnum import luhn
from stdnum.iso7064 import mod_11_2

from site_builder.privacy.finder.kinds import NumberKind

# The first two digits of every identity number: the provinces, and people of Hong Kong, Macao and Taiwan.
PROVINCES = frozenset(
    """11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83
    91""".split()  # noqa: SIM905
)
_FIRST_YEAR, _LAST_YEAR = 1890, 2049
_CENTURIES = ("19", "20")
_LAST_MISTYPED_YEAR = 2015  # our records begin in 2016: county, day and a serial number are no birthday
_FIRST_SHORT_YEAR = 24  # 15-digit numbers ended with the century; villages' codes with a serial number have 21 to 23
# Unified social credit codes begin with 91 to 93; 18 digits that begin with 5 are one, too.
ISSUER = "62"  # of UnionPay, and so of nearly all cards in the country
CARD = re.compile(r"(?:62|60|9[04-689])[0-9]{14,17}|4[0-9]{15}|(?:5[1-5]|3[05689])[0-9]{14}")
MOBILE = re.compile(r"1[3-9][0-9]{9}")
_MOBILE_GROUPS = frozenset({(11,), (3, 4, 4), (3, 8), (7, 4), (4, 4, 3), (3, 3, 5), (3, 4, 2, 2), (1,) * 11})


def in_number(value: float) -> NumberKind | None:
    """What a cell with a number is. A spreadsheet keeps 15 digits: of longer ones the check digits are lost."""
    if not 1e10 <= value < 1e20 or value != int(value):
        return None
    digits = str(int(value))
    if len(digits) == 18 and is_born(digits[6:14]) and digits[:2] in PROVINCES:
        return NumberKind.IDENTITY
    if len(digits) in (16, 17, 18, 19) and digits.startswith("62"):
        return NumberKind.CARD
    return kind_of(digits, (len(digits),))


def is_identity(number: str) -> bool:
    """Whether 18 characters are a resident identity number: province, birthday and check character (GB 11643)."""
    return number[:2] in PROVINCES and is_born(number[6:14]) and mod_11_2.is_valid(number.upper())


def kind_of(number: str, lengths: tuple[int, ...]) -> NumberKind | None:
    """What a number is by itself; lengths: of the pieces it was written in."""
    size = len(number)
    if size == 11:
        return NumberKind.MOBILE if lengths in _MOBILE_GROUPS and MOBILE.fullmatch(number) else None
    if lengths == (size,) and number[: size - 11] in ("0", "86", "086", "0086"):
        return NumberKind.MOBILE if MOBILE.fullmatch(number[size - 11 :]) else None
    if size == 18 and _is_long_identity(number, lengths):
        return NumberKind.IDENTITY
    if size == 15 and number.isdigit() and _is_old_identity(number, lengths):
        return NumberKind.IDENTITY
    return NumberKind.CARD if size >= 16 and _is_card(number, lengths) else None


def _is_long_identity(number: str, lengths: tuple[int, ...]) -> bool:
    """18 characters, cut as people cut them; with a digit mistyped, only where each part stands for itself."""
    if is_identity(number):
        return len(lengths) < 3 or is_in_places(lengths, 6, 14) or _is_even(lengths)
    is_whole = len(lengths) == 1 or is_in_places(lengths, 6, 14)
    born = number[6:14]
    return is_whole and number[:2] in PROVINCES and is_born(born) and int(born[:4]) <= _LAST_MISTYPED_YEAR


def _is_old_identity(number: str, lengths: tuple[int, ...]) -> bool:
    """15 digits, given out until 1999, whole or cut after the place: a village code and a number are none."""
    born = number[6:12]
    is_possible = int(born[:2]) >= _FIRST_SHORT_YEAR and is_born("19" + born)
    return lengths in ((15,), (6, 9), (6, 6, 3)) and number[:2] in PROVINCES and is_possible


def is_in_three(pieces: list[str]) -> bool:
    """Whether three pieces are place, birthday and end of an identity number, and no county, day of ours and count."""
    is_cut = tuple(map(len, pieces)) == (6, 8, 4) and not is_date(pieces[2])
    return is_cut and is_identity("".join(pieces)) and int(pieces[1][:4]) <= _LAST_MISTYPED_YEAR


def is_in_places(lengths: tuple[int, ...], *places: int) -> bool:
    """Whether there are few pieces, cut after these many digits: after the place and after the birthday."""
    return len(lengths) < 8 and set(places) <= set(accumulate(lengths))


def _is_even(lengths: tuple[int, ...]) -> bool:
    """Whether all pieces but the last are of one size."""
    return len(set(lengths[:-1])) == 1 and lengths[-1] <= lengths[0]


def is_born(day: str) -> bool:
    """Whether eight digits are a day on which somebody may have been born who is on record."""
    try:
        return _FIRST_YEAR <= date(int(day[:4]), int(day[4:6]), int(day[6:])).year <= _LAST_YEAR
    except ValueError:
        return False


def is_day(digits: str) -> bool:
    """Whether digits are a day of these two centuries, as 20180320."""
    return len(digits) == 8 and digits[:2] in _CENTURIES and is_born(digits)


def is_date(digits: str) -> bool:
    """Whether digits are a day or a year, as 20180320 or 2018."""
    return is_day(digits) or (len(digits) == 4 and digits[:2] in _CENTURIES)


def _is_card(number: str, lengths: tuple[int, ...]) -> bool:
    """By issuer and Luhn's check digit; in one piece, in fours, cut after the issuer or at each digit."""
    in_fours = set(lengths[:-1]) == {4} and lengths[-1] <= 4
    is_one = len(lengths) == 1 or in_fours or set(lengths) == {1} or lengths in ((6, 10), (6, 13))
    return bool(is_one and CARD.fullmatch(number) and luhn.is_valid(number))
