"""Whether another name is that of another person, or the same one put right."""

from __future__ import annotations

from pypinyin import lazy_pinyin

from site_builder.model.meanings import words
from site_builder.shared.text_forms import place_spelling


def is_slip(before: str, after: str) -> bool:
    """Whether two names differ in one character alone, which sounds or looks like the other.

    王敏 and 王福 are two people; 王敏 and 王民 may be one whose name was mistyped. Two characters that share a part
    (军 and 辉) do not look alike for that, and 黎敏 and 李敏 have two surnames: where it may be another person, it is
    better to ask.
    """
    if len(before) != len(after) or before[: _surname(before)] != after[: _surname(after)]:
        return False
    different = [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]
    return len(different) == 1 and (_sound_alike(*different[0]) or _look_alike(*different[0]))


def _surname(name: str) -> int:
    """How many characters of a name are the surname: one, or two as of 皇甫."""
    return 2 if name[:2] in words()["compound_surnames"] else 1


def _sound_alike(one: str, other: str) -> bool:
    """By pinyin without tones, as it is typed. What has no reading sounds like itself alone."""
    return lazy_pinyin(one) == lazy_pinyin(other)


def _look_alike(one: str, other: str) -> bool:
    return any({one, other} <= set(group) for group in place_spelling()["alike"])
