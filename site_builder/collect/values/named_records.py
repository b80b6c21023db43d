"""What a return names where a code is asked for: a village or county by its name, a material by its title."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from site_builder.collect.values import place_names
from site_builder.collect.values.cells import CellError
from site_builder.collect.values.places import AREA, Places
from site_builder.record.facts import is_above
from site_builder.shared.codes import Code
from site_builder.shared.problems import layout, safe_to_show
from site_builder.shared.text_forms import caseless

OF_PLACES = ("village_code", "recipient_code")
_KIND_BEHIND = re.compile(r"\([^()]{1,4}\)$")
_SEVERAL = re.compile("[、,，;；/和及与]")
_SHORTEST_END = 3  # of the title of a material, that may stand for it
_SHARED_ENDS = 2  # characters at either end of a title, that what is left of it has as well
_MOST_OFFERED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What stands around the names of a table.

    county: of the return, or ""; township: the one in its titles, or ""; home: finds the county of most of its rows,
    whose villages are offered where nobody says a county.
    """

    county: str = ""
    township: str = ""
    home: Callable[[], str] = str


def lookups(
    places: Places, materials: Mapping[str, str], words: Mapping[str, Sequence[str]], around: Around
) -> Mapping[str, Callable[[str], str]]:
    """The code that a name stands for, by field; CellError where not exactly one fits.

    words: what each of the materials is called by its kind.
    """
    return {
        "village_code": partial(_village, places, around),
        AREA: partial(_area, places, around),
        "recipient_code": partial(_recipient, places, around),
        "material_id": partial(_material, materials, words),
    }


def _village(places: Places, around: Around, name: str) -> str:
    """A village by its name; of several of that name the one of the township that the titles name."""
    villages = places.named(around.county, "", name)
    if len(villages) > 1 and around.township:
        villages = places.named(around.county, around.township, name) or villages
    if len(villages) == 1:
        return villages[0].code
    code = Code.VILLAGE_AMBIGUOUS if villages else Code.VILLAGE_NOT_FOUND
    meant = places.asked(around.county or around.home(), around.township, name)
    meant = meant or places.asked(around.county, "", name)
    raise CellError(code, meant=meant, named=safe_to_show(name), more="")


def _area(places: Places, around: Around, name: str) -> str:
    """A county by its name, of those that a unit is above; they are offered where it is none of these.

    Of a prefecture its own counties are offered: which of them is meant only the sender knows.
    """
    named = {code: above[-1] for code, above in places.above.items() if above}
    below = {code: each for code, each in named.items() if is_above(around.county, code)}
    for form in (place_names.written, place_names.larger_stem):
        found = [code for code, each in below.items() if form(name) == form(each)]
        if len(found) == 1:
            return found[0]
    typed = place_names.written(name)
    near = [code for code in below if typed in map(place_names.written, places.above[code][:-1])] or list(below)
    offered = "；".join(f"{below[code]}（{code}）" for code in near)
    raise CellError(Code.CELL_CHOICE, choices=offered, example=below[near[0]] if near else "")


def _recipient(places: Places, around: Around, name: str) -> str:
    counties = [code for code in places.counties_named(name) if _is_alone(places, code, name)]
    is_county = len(counties) == 1 and not places.named(around.county, "", name)
    return counties[0] if is_county else _village(places, around, name)


def _is_alone(places: Places, county: str, name: str) -> bool:
    """Whether a name is the county's, perhaps after those above it: a village before it is another recipient."""
    official, above = places.counties[county], places.above.get(county, ())
    return place_names.below(name, above[:-1]) in {place_names.written(official), place_names.larger_stem(official)}


def _material(titles: Mapping[str, str], words: Mapping[str, Sequence[str]], name: str) -> str:
    """A material by its title, or by a part of it that only one has: one character is no name."""
    typed = caseless(name).strip("《》")
    bare = _KIND_BEHIND.sub("", typed)  # of what kind it is, behind the whole title
    known = {code: caseless(title) for code, title in titles.items()}
    whole = [code for code, title in known.items() if title in {typed, bare}]
    found = whole or [code for code, title in known.items() if len(typed) > 1 and typed in title]
    found = found if len(found) == 1 else materials_named(typed, known) or found
    if len(found) == 1:
        return found[0]
    # Of two in one cell, to offer the one would lose the other.
    known = known if not _SEVERAL.search(typed) else {}
    likely = found or [code for code, title in known.items() if _has_all(typed, title)] or of_kind(typed, known, words)
    if not likely:
        raise CellError(Code.CELL_CHOICE, choices="；".join(f"{title}（{code}）" for code, title in titles.items()))
    offered = "、".join(f"{titles[code]}（{code}）" for code in likely[:_MOST_OFFERED])
    raise CellError(Code.CELL_CHOICE_LIKE, meant=layout()["asked"].format(candidates=offered), example=likely[0])


def materials_named(text: str, titles: Mapping[str, str]) -> list[str]:
    """The materials, by number, that a text names: by number or title, by its end or most of it, or by what is left.

    titles: written as the text is; several where it is the end of several titles, such as 公示板.
    """
    for names in (_is_whole, _is_most, _is_shortened):
        found = [number for number, title in titles.items() if names(text.strip("()"), number, title)]
        if found:
            return found
    return []


def of_kind(text: str, titles: Mapping[str, str], words: Mapping[str, Sequence[str]]) -> list[str]:
    """The materials of the kind that a text names, such as 招贴画 for a poster; of these, those that are most like it.

    words: what each of the materials is called by its kind.
    """
    shared = {
        number: sum(character in title for character in set(text))
        for number, title in titles.items()
        if any(word in text for word in words.get(number, ()))
    }
    return [number for number, count in shared.items() if count == max(shared.values())]


def _is_whole(text: str, number: str, title: str) -> bool:
    return text in {title, title.strip("()"), number.lower()}


def _is_most(text: str, _number: str, title: str) -> bool:
    """Whether a text is what a title ends with, or most of it; the number of the hotline is no name."""
    is_end, is_half = len(text) >= _SHORTEST_END and title.endswith(text), len(text) * 2 > len(title)
    return not text.isdecimal() and (is_end or (is_half and text in title))


def _is_shortened(text: str, _number: str, title: str) -> bool:
    """Whether a title was written without something in its middle: 农民工讨薪指南 of 农民工讨薪法律援助指南."""
    title = title.strip("()")
    ends = text[:_SHARED_ENDS] == title[:_SHARED_ENDS] and text[-_SHARED_ENDS:] == title[-_SHARED_ENDS:]
    return ends and len(text) * 2 > len(title) and _has_all(text, title)


def _has_all(text: str, title: str) -> bool:
    """Whether all characters of a text stand in a title, in their order."""
    rest = iter(title)
    return all(character in rest for character in text)


def name_material(texts: Sequence[str], words: Mapping[str, Sequence[str]]) -> bool:
    """Whether one of several texts is of materials: 宣传单（份）. words: as above."""
    return any(word in text for text in texts for called in words.values() for word in called)
