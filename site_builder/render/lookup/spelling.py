"""How characters are read, in pinyin without tones by pypinyin, and what of a name is its own."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache

from pypinyin import Style, pinyin
from pypinyin.contrib.tone_convert import to_normal
from pypinyin.phrases_dict import phrases_dict

from site_builder.shared.text_forms import half_width, place_spelling, village_ending

NAMES = place_spelling()
UNREAD = "_"
"""Stands for the reading of a character that has none in pinyin, such as Hangul."""
_ASIDE = re.compile(r"\(.*?\)")
_ENOUGH_PHRASES = 3


@cache
def readings(character: str) -> tuple[str, ...]:
    """The plausible readings, the commonest first: those that stand in a phrase; the rest are archaic.

    Where hardly a phrase has the character, as with many surnames, the first two that dictionaries name count too.
    """
    if character.isascii() and character.isdigit():
        character = NAMES["digits"][int(character)]
    elif character.isascii():
        return (character.lower(),)
    found: list[list[str]] = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore", v_to_u=False)
    sounds = [sound for sound in found[0] if sound.isascii() and sound.isalpha()] if found else []
    attested = _attested().get(character, Counter())
    sure = 1 if attested.total() >= _ENOUGH_PHRASES else 2
    return tuple(s for place, s in enumerate(sounds) if place < sure or s in attested) or (UNREAD,)


@cache
def _attested() -> dict[str, Counter[str]]:
    """How often each character is read how in pypinyin's phrases."""
    counts: dict[str, Counter[str]] = {}
    for phrase, sounds in phrases_dict.items():
        for character, sound in zip(phrase, sounds, strict=False):
            counts.setdefault(character, Counter())[_without_tone(sound[0])] += 1
    return counts


@cache
def _without_tone(sound: str) -> str:
    """A syllable in plain letters. The phrases have 140,000 syllables, but hardly 1,500 different ones."""
    return str(to_normal(sound))


@cache
def plain_name(name: str) -> str:
    """A name as it is compared with what was typed: letters and digits alone, of no width or case, without asides."""
    text = half_width(name).lower()
    return _letters(_ASIDE.sub("", text)) or _letters(text)


def _letters(text: str) -> str:
    return "".join(c for c in text if unicodedata.category(c)[0] in "LN")


def village_base(name: str) -> str:
    """A village's own name, plain and without the ending that says what kind of village it is."""
    plain = plain_name(name)
    ending = village_ending(plain, least=1)
    return plain.removesuffix(ending)


def place_base(name: str) -> str:
    """A larger place's own name, plain and without its endings."""
    plain = plain_name(name)
    while True:
        ending = next((e for e in NAMES["place_endings"] if plain.endswith(e) and len(plain) - len(e) >= 2), "")
        if not ending:
            return plain
        plain = plain.removesuffix(ending)
