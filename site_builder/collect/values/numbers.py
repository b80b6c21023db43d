"""Numbers as people write them: with a unit, with commas, in ten thousands; noise of a sum's last digits left out."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time
from decimal import Decimal

from site_builder.collect.values.cells import DASHES, EXACT, SCIENTIFIC, CellError, narrow
from site_builder.model import meanings
from site_builder.shared.codes import Code
from site_builder.shared.text_forms import half_width
from site_builder.untrusted_files import Value

_NOISE = 1e-9  # a sum in binary is off by less, an entry by more, as parts of the number
_NOISY = 16  # digits of a number that nobody typed
_THOUSANDS = re.compile(r"-?[0-9]{1,3}(?:[,，][0-9]{3})+")
_WHOLE = re.compile(r"(-?[0-9]+)(?:\.0+)?")
_LONG_DECIMAL = re.compile(r"-?[0-9]+\.[0-9]{8,}")
_LARGE = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?)\s*(万|千|亿)")
_NONE = frozenset(("-", "--", "/", "无", "没有"))
_ADDED = re.compile("(?P<sum>[0-9]{1,7}(?:[+][0-9]{1,7})+)(?:=(?P<is>[0-9]{1,8}))?")
_TIMES = {"千": 10**3, "万": 10**4, "亿": 10**8}
_ABOUT = re.compile("[多余几约近来]|左右|上下|以[上下内]")
_DECIMAL = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


def integer_reader(units: tuple[str, ...]) -> Callable[[Value], str]:
    """Reads whole numbers, perhaps followed by one of the units."""
    unit = re.compile(f"\\s*(?:{'|'.join(map(re.escape, sorted(units, key=len, reverse=True)))})$") if units else None

    def read(value: Value) -> str:
        _refuse_no_number(value)
        text = narrow(value)
        if SCIENTIFIC.fullmatch(text):
            raise CellError(Code.CELL_SCIENTIFIC)
        bare = unit.sub("", text) if unit else text
        whole = str(sum(addends(bare)) or "") or _whole(bare)
        if whole:
            return whole
        if re.fullmatch(r"[0-9,.]+\s*[^\W\d_]+", text) and not _ABOUT.search(text):
            raise CellError(Code.CELL_UNIT, units="、".join(units))
        raise CellError(Code.CELL_NOT_NUMBER)

    return read


def addends(text: str) -> list[int]:
    """The numbers of a sum that is written out, 30+50; none where a text is no such sum, or one that is not right."""
    found = _ADDED.fullmatch("".join(half_width(text).split()))
    numbers = list(map(int, found["sum"].split("+"))) if found else []
    return numbers if found and int(found["is"] or sum(numbers)) == sum(numbers) else []


def none_reader(read: Callable[[Value], str]) -> Callable[[Value], str]:
    """Reads whole numbers where a mark or words for none are as good as 0: in a table of counts by two choices."""
    return lambda value: "0" if isinstance(value, str) and says_none(value) else read(value)


def says_none(text: str) -> bool:
    """Whether a cell says by a mark, or in words and no more, that there is nothing to count: /, 无, 无需求."""
    closed = text.strip()
    return DASHES.sub("-", closed) in _NONE or (closed.isalpha() and meanings.counts_none(closed))


def _refuse_no_number(value: Value) -> None:
    if isinstance(value, (date, time)):
        raise CellError(Code.CELL_BECAME_DATE)
    if isinstance(value, bool):
        raise CellError(Code.CELL_NOT_NUMBER)
    if isinstance(value, (int, float)) and abs(value) >= EXACT:
        raise CellError(Code.CELL_DIGITS_LOST)


def _whole(bare: str) -> str:
    """The whole number that a text without its unit says, "" where it says none."""
    digits = re.sub("[,，]", "", bare) if _THOUSANDS.fullmatch(bare) else bare
    found, large = _WHOLE.fullmatch(digits), _LARGE.fullmatch(digits)
    if found and len(found.group(1)) <= 15:
        return str(int(found.group(1)))
    if large:
        number = Decimal(large.group(1)) * _TIMES[large.group(2)]
        return str(int(number)) if number == int(number) and number < EXACT else ""
    return str(round(float(digits))) if _LONG_DECIMAL.fullmatch(digits) and _is_near(float(digits)) else ""


def _is_near(number: float) -> bool:
    """Whether a number is a whole one but for the noise of how computers add."""
    return abs(number - round(number)) <= _NOISE * max(1.0, abs(number)) and abs(number) < EXACT


def read_number(value: Value) -> str:
    """A number, perhaps with decimals."""
    if isinstance(value, (bool, date, time)):
        raise CellError(Code.CELL_NOT_NUMBER)
    if isinstance(value, (int, float)):
        text = _decimal(float(value)) if not float(value).is_integer() else str(int(value))
    else:
        text = narrow(value)
    if not _DECIMAL.fullmatch(text):
        raise CellError(Code.CELL_NOT_NUMBER)
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    whole, dot, rest = digits.partition(".")
    return sign + (whole.lstrip("0") or "0") + dot + rest


def _decimal(number: float) -> str:
    """A number as it was typed: of one with more digits than anybody types, those before the noise."""
    exact, short = repr(number), f"{number:.12g}"
    is_noisy = len(re.sub("[^0-9]", "", exact).lstrip("0")) >= _NOISY
    return short if is_noisy and len(short) + 2 < len(exact) else exact
