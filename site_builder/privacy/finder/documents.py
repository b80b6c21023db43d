"""Passports and number plates: short, and known by their letters, their place and the word before them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.privacy.finder.kinds import Found, NumberKind
from site_builder.privacy.finder.plain import simple
from site_builder.privacy.finder.shapes import is_day

# Ordinary ones begin with E or G, or E and a letter; of diplomats, of service and of public affairs: DE, SE, PE.
_PASSPORT = re.compile(
    r"[EGDSP](?<![A-Za-z0-9.-].)(?:(?<=[EG])([0-9]{8})|(?:(?<=E)[A-HJ-NP-Z]|(?<=[DSP])E)([0-9]{7}))"
    r"(?![A-Za-z0-9]|-[0-9A-Za-z]|\.[0-9])"
)
_LAST_ROW = 1048576  # of a sheet: EA1048576 is a cell
# Of any country and kind, after the word for it.
_NAMED_PASSPORT = re.compile(
    r"[护Pp](?:照|assport)[^\n0-9]{0,8}?(?<![A-Za-z])([A-Za-z]{1,2} ?[0-9]{6,8}|[0-9]{9})(?![A-Za-z0-9])"
)
_PLACES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_LETTER = "A-HJ-NP-Za-hj-np-z"  # neither I nor O
_PLATE = re.compile(
    rf"[{_PLACES}][{_LETTER}][ ·•.-]?(?:[{_LETTER}0-9]{{4}}[{_LETTER}0-9挂学警港澳]"
    rf"|[A-HJKa-hjk][{_LETTER}0-9][0-9]{{4}}|[0-9]{{5}}[A-HJKa-hjk])(?![A-Za-z0-9])"
)
_FEWEST_DIGITS = 3  # of five characters
# Quick to say no: what all of them need, and passports.
_THREE, _SIX = re.compile(rf"(?:[^0-9]*+[0-9]){{{_FEWEST_DIGITS}}}"), re.compile(r"[0-9]{6}")
_SHAPED = re.compile(r"[Ａ-Ｚａ-ｚ０-９\ufe00-\ufe0f\u200b-\u200f]")


def find(line: str) -> Iterator[Found]:
    """The passports and number plates within a line."""
    if _SHAPED.search(line):
        line = simple(line)
    if not _THREE.match(line):
        return
    if _SIX.search(line):
        for found in _PASSPORT.finditer(line):
            if not _is_code(found.group(1) or "", found.group(2) or ""):
                yield _found(NumberKind.PASSPORT, found)
        for found in _NAMED_PASSPORT.finditer(line):
            yield _found(NumberKind.PASSPORT, found, 1)
    for found in _PLATE.finditer(line) if not line.isascii() else ():
        if sum(map(str.isdigit, found.group()[2:])) >= _FEWEST_DIGITS:
            yield _found(NumberKind.PLATE, found)


def _is_code(eight: str, seven: str) -> bool:
    """Whether the digits are a day, as codes of ours hold it, or the number of a row."""
    return is_day(eight) or 0 < int(seven or 0) <= _LAST_ROW


def _found(kind: NumberKind, found: re.Match[str], group: int = 0) -> Found:
    return Found(kind=kind, number=found.group(group).replace(" ", ""), line=1)
