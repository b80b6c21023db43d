"""Names of people who do not exist, put together from syllables, in the styles of the province's peoples."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from random import Random
from typing import Any

from demonstration.chance import chance, likely
from demonstration.wording import by_prefix, words

_STAFF = 5


def person(rng: Random, county_code: str) -> str:
    """The name of one person of a county: two characters to seven."""
    while True:
        name = _SPELLINGS[_style(rng, county_code)](rng)
        if name not in words("names")["avoid"]:
            return name


@cache
def staff(seed: int, county_code: str) -> tuple[str, ...]:
    """The few people of a county's office, who survey, verify and submit."""
    rng = chance(seed, "staff", county_code)
    return tuple(person(rng, county_code) for _ in range(_STAFF))


def _style(rng: Random, county_code: str) -> str:
    rest = rng.random() * 100
    for style, percent in _styles(county_code).items():
        rest -= percent
        if rest < 0:
            return style
    return "han"


@cache
def _styles(county_code: str) -> dict[str, int]:
    styles: dict[str, int] = by_prefix(words("names")["styles"], county_code)
    return styles


def _han(rng: Random) -> str:
    pools = words("names")["han"]
    compound = likely(rng, pools["compound_percent"])
    surname = rng.choice(pools["compound_surnames"] if compound else pools["surnames"])
    return str(surname + _given(rng))


def _given(rng: Random) -> str:
    pools = words("names")["han"]
    if likely(rng, pools["single_percent"]):
        return _syllable(rng, pools["single"], pools)
    sex = pools[rng.choice(["men", "women"])]
    first = rng.choice(sex["first"])
    return str(first) + _syllable(rng, sex["second"].replace(first, ""), pools)


def _syllable(rng: Random, usual: str, pools: dict[str, Any]) -> str:
    """The last character of a given name, now and then one that old fonts lack."""
    return str(rng.choice(pools["rare"] if likely(rng, pools["rare_percent"]) else usual))


def _korean(rng: Random) -> str:
    pools = words("names")["korean"]
    first = rng.choice(pools["first"])
    second = rng.choice(pools["second"].replace(first, ""))
    return str(rng.choice(pools["surnames"]) + first + second)


def _mongolian(rng: Random) -> str:
    pools = words("names")["mongolian"]
    if likely(rng, pools["long_percent"]):
        return str(rng.choice(pools["long_first"]) + rng.choice(pools["long_second"]))
    return str(rng.choice(pools["surnames"]) + _given(rng))


def _manchu(rng: Random) -> str:
    return str(rng.choice(words("names")["manchu"]["surnames"]) + _given(rng))


_SPELLINGS: dict[str, Callable[[Random], str]] = {
    "han": _han,
    "korean": _korean,
    "mongolian": _mongolian,
    "manchu": _manchu,
}
