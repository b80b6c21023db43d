"""Hangul: which characters of names a syllable may stand for."""

from __future__ import annotations

import yaml

from site_builder.render.environment import TEMPLATES

_FIRST, _OF_INITIAL, _OF_VOWEL = 0xAC00, 588, 28  # how Unicode counts syllables
_N, _R, _NONE = 2, 5, 11  # initials
_BRIGHT = frozenset({2, 6, 7, 12, 17, 20})  # vowels before which the south drops a first n or r: ya, yeo, ye, yo, yu, i


def spellings() -> dict[str, dict[str, str]]:
    """{"words": Chinese by Hangul, "readings": characters by syllable}, the south's first syllables among them."""
    given = yaml.safe_load((TEMPLATES / "lookup" / "hangul.yml").read_text(encoding="utf-8"))
    readings: dict[str, str] = {}
    for syllable, characters in given["readings"].items():
        for spelt in dict.fromkeys((syllable, _in_the_south(syllable))):
            readings[spelt] = readings.get(spelt, "") + characters
    return {"words": given["words"], "readings": dict(sorted(readings.items()))}


def _in_the_south(syllable: str) -> str:
    initial, rest = divmod(ord(syllable) - _FIRST, _OF_INITIAL)
    if rest // _OF_VOWEL in _BRIGHT and initial in (_N, _R):
        initial = _NONE
    elif initial == _R:
        initial = _N
    return chr(_FIRST + initial * _OF_INITIAL + rest)
