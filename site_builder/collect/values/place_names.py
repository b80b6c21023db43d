"""How people write a village: the committee for the village, with township and county before it, in traditional form.

What is the same but for that is understood. What only resembles a village of the list is offered, never taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from functools import lru_cache

from pypinyin import lazy_pinyin

from site_builder.shared.text_forms import closed, place_spelling, simplified, village_ending

_LEAST = 2  # characters of a name of its own
LONGEST = 80  # characters of what is compared as a name, with all that is above it and a remark: what is longer is none
_NUMBER = re.compile(r"^(?:[0-9]{1,3}[.、)]|\([0-9]{1,3}\))(?=\D)")
_REMARK = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
BETWEEN = "/\\-—_,，、·.|>"
_PART = re.compile(r"(?:村?第?[0-9一二三四五六七八九十]+[社组队]|[^村]{0,3}屯)$")
_ALIKE, _SAME, _SOUND, _WITHIN, _HOME = 0.5, 3.0, 2.0, 2.5, 0.25


@lru_cache(maxsize=1 << 17)
def stem(name: str) -> str:
    """The name of a village without what is said of it by its ending, for comparing."""
    plain = written(name)
    while len(plain) <= LONGEST:
        shorter = plain.removesuffix(village_ending(plain, _LEAST))
        wrong = next((each for each in place_spelling()["slipped_endings"] if shorter.endswith(each)), "")
        slipped = shorter.removesuffix(wrong)
        shorter = slipped if len(slipped) >= _LEAST else shorter
        if shorter == plain:
            break
        plain = shorter
    return plain


def kind(name: str) -> str:
    """How names of its kind end, 村 or 社区, whichever ending of it a name has; "" for none."""
    ending = village_ending(closed(simplified(name)), _LEAST)
    return next((endings[-1] for endings in place_spelling()["village_endings"] if ending in endings), "")


@lru_cache(maxsize=1 << 12)
def larger_stem(name: str) -> str:
    """The name of a township or county without its ending: 洮府 of 洮府街道办事处; for comparing."""
    plain = written(name)
    while len(plain) <= LONGEST:
        ending = next((each for each in place_spelling()["place_endings"] if plain.endswith(each)), "")
        if not ending or len(plain) - len(ending) < _LEAST:
            break
        plain = plain.removesuffix(ending)
    return plain


@lru_cache(maxsize=1 << 17)
def written(name: str) -> str:
    """A name in simplified characters and half width, without blanks or the number of a list, digits as characters."""
    plain = _NUMBER.sub("", simplified(closed(name)))
    return re.sub("[0-9]", lambda found: place_spelling()["digits"][int(found.group())], plain)


def below(name: str, above: Iterable[str]) -> str:
    """A name without those of the places above it that stand before it, from the largest down."""
    plain = written(name)
    for place in above:
        plain = _without(plain, place) or plain
    return plain


def within(name: str, township: str) -> Iterator[str]:
    """What may be a village's own name where a township's may stand before it: whole, after it, after its stem."""
    yield name
    yield _after(name, written(township))
    yield _after(name, larger_stem(township))


def bare(name: str) -> str:
    """A name without what is in brackets, the name itself where nothing is left."""
    return _REMARK.sub("", name) or name


def _without(name: str, place: str) -> str:
    return _after(name, written(place)) or _after(name, larger_stem(place))


def _after(name: str, before: str) -> str:
    """The rest of a name after another, "" where that does not stand before it or too little is left."""
    rest = name.removeprefix(before).lstrip(BETWEEN) if before and name.startswith(before) else ""
    return rest if len(rest) >= _LEAST else ""


def likeness(typed: str, village: str, is_home: bool) -> float:
    """How like a village's name a typed one is; 0 for not at all. is_home: whether the township is the one named."""
    if len(typed) > LONGEST:
        return 0.0
    one, other = stem(_PART.sub("", typed) or typed), stem(village)
    ratio = SequenceMatcher(None, one, other).ratio()
    if one == other:
        ratio = _SAME
    elif typed.startswith(other):
        ratio = _WITHIN
    elif len(one) == len(other) and _sound(one) == _sound(other):
        ratio = _SOUND
    return ratio + _HOME * is_home if ratio >= _ALIKE else 0.0


@lru_cache(maxsize=1 << 12)
def _sound(name: str) -> tuple[str, ...]:
    return tuple(lazy_pinyin(name))
