"""The names of the index in small files: by county, and by how they begin.

A county's file serves whoever types the county too, however the rest is spelled; the others serve everybody else. The
key of these is as long as it must be for the file to stay small: `f` while few names begin with that pinyin initial,
else `fa`, `fb`, …, and `f0` for names that end there; where too many end there, the sounds of their first characters
are part of the key: `fs0fu-sheng-`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, product
from typing import NamedTuple

from site_builder.publication.public import PublicRecords
from site_builder.render.lookup.spelling import NAMES, place_base, plain_name, readings, village_base
from site_builder.shared.text_forms import village_ending

MOST_NAMES = 200
MOST_KEYS = 40
END, APART = "0", "*"
_MOST_INITIALS = 6
_MOST_SOUNDS = 2

Leaf = list[list[object]]
"""Townships, in the order of their codes: [code, name, villages on the list, villages].

A village on the list is [rest of the code, name, liaison], "" where nobody serves; one on no list [rest of the code,
name]: who asks for it is shown what to do.
"""


class Village(NamedTuple):
    """A village or community of the province. liaison: "" where nobody serves, None where it is on no list."""

    code: str
    name: str
    township: str
    liaison: str | None


Townships = Mapping[str, Sequence[Village]]


@dataclass(frozen=True, slots=True, order=True)
class _Name:
    """A name in one reading: of a village or its liaison; of a township where code is empty.

    path: the parts of which its file's key may consist.
    """

    path: tuple[str, ...]
    township: str
    code: str


def villages(public: PublicRecords) -> list[Village]:
    """Every village of the counties, on a list or not, in the order of the codes."""
    listed = {
        village.code: Village(
            village.code, village.name, village.township, village.liaison.name if village.liaison else ""
        )
        for county in public.counties
        for village in county.villages
    }
    return sorted([*listed.values(), *_on_no_list(public, listed)])


def _on_no_list(public: PublicRecords, listed: Iterable[str]) -> Iterator[Village]:
    """Those of the division table that the campaign is not about, under the names that it has."""
    names, known = _divisions(public), set(listed)
    for code, name in names.items():
        if len(code) == 12 and code not in known:
            yield Village(code, _as_said(name), names.get(code[:9], ""), None)


def others(public: PublicRecords) -> dict[str, str]:
    """Counties and zones of the division table that are no counties of the campaign and have no page: names by code."""
    own = {county.code for county in public.counties}
    return {code: name for code, name in _divisions(public).items() if len(code) == 6 and code not in own}


def other_prefectures(public: PublicRecords) -> dict[str, str]:
    """Prefectures of the division table in which no county takes part: names by code."""
    named = _divisions(public)
    codes = sorted({code[:4] for code in others(public)} - public.prefectures.keys())
    return {code: named.get(code, "") for code in codes}


def _divisions(public: PublicRecords) -> dict[str, str]:
    rows = next((table.rows for table in public.tables if table.name == "divisions"), ())
    return {row[0]: row[1] for row in rows}


def _as_said(name: str) -> str:
    """A village's name as people say it: the table writes its committee's."""
    ending = village_ending(name, least=1)
    base = name.removesuffix(ending)
    kind = next((kind[-1] for kind in NAMES["village_endings"] if ending in kind), "")
    return base if base.endswith(kind) else base + kind


def by_county(public: PublicRecords, found: Iterable[Village]) -> dict[str, Leaf]:
    """The files of whole counties, by code."""
    counties: dict[str, Leaf] = {code: [] for code in [*(county.code for county in public.counties), *others(public)]}
    for code, inside in _townships(found).items():
        counties[code[:6]].append(_township(code, inside, inside))
    return counties


def by_beginning(found: Iterable[Village]) -> dict[str, Leaf]:
    """The files by how names begin, by key."""
    townships = _townships(found)
    return {key: _leaf(names, townships) for key, names in _split("", 0, sorted(set(_names(townships))))}


def keys(files: Iterable[str]) -> tuple[list[str], dict[str, list[str]]]:
    """(the keys for the index, those for files of their own by initial): an initial with many is `x*` in the index."""
    initials: dict[str, list[str]] = {}
    for key in files:
        initials.setdefault(key[0], []).append(key)
    apart = {initial: keys for initial, keys in initials.items() if len(keys) > MOST_KEYS}
    inside = [[f"{initial}{APART}"] if initial in apart else keys for initial, keys in initials.items()]
    return list(chain.from_iterable(inside)), apart


def characters(public: PublicRecords, found: Iterable[Village]) -> set[str]:
    """Every character of a name in the index, as it is compared."""
    names = [*public.prefectures.values(), *(county.name for county in public.counties)]
    for village in found:
        names += [village.name, village.township, village.liaison or ""]
    return {character for name in names for character in plain_name(name)}


def _townships(found: Iterable[Village]) -> Townships:
    townships: dict[str, list[Village]] = {}
    for village in found:
        townships.setdefault(village.code[:9], []).append(village)
    return townships


def _names(townships: Townships) -> Iterator[_Name]:
    for township, villages in townships.items():
        yield from _named(place_base(villages[0].township), township, "")
        for village in villages:
            yield from _named(village_base(village.name), township, village.code)
            if village.liaison:
                yield from _named(plain_name(village.liaison), township, village.code)


def _named(plain: str, township: str, code: str) -> Iterator[_Name]:
    """A name in every reading of the characters that count for its file."""
    for sounds in product(*(readings(character) for character in plain[:_MOST_INITIALS])):
        initials = [sound[0] for sound in sounds]
        yield _Name((*initials, END, *(f"{sound}-" for sound in sounds[:_MOST_SOUNDS])), township, code)


def _split(key: str, depth: int, names: list[_Name]) -> Iterator[tuple[str, list[_Name]]]:
    """The names that begin with a key, as one file or, where they are too many, by the next part of their paths."""
    if depth and (len({(name.township, name.code) for name in names}) <= MOST_NAMES or depth == len(names[0].path)):
        yield key, names
        return
    groups: dict[str, list[_Name]] = {}
    for name in names:
        groups.setdefault(name.path[depth], []).append(name)
    for part, group in sorted(groups.items()):
        yield from _split(key + part, depth + 1, group)


def _leaf(names: Iterable[_Name], townships: Townships) -> Leaf:
    codes: dict[str, set[str]] = {}
    for name in names:
        codes.setdefault(name.township, set()).add(name.code)
    return [
        _township(code, townships[code], [village for village in townships[code] if village.code in inside])
        for code, inside in sorted(codes.items())
    ]


def _township(code: str, villages: Sequence[Village], shown: Iterable[Village]) -> list[object]:
    rows = [[each.code[9:], each.name, *([] if each.liaison is None else [each.liaison])] for each in shown]
    return [code, villages[0].township, sum(each.liaison is not None for each in villages), rows]
