"""What a return names where a code is asked for: a village or county by its name, a material by its title."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from site_builder.collect.values import place_names
from site_builder.collect.values.cells import CellError
from site_builder.collect.values.places import Places
from site_builder.shared.codes import Code
from site_builder.shared.problems import safe_to_show
from site_builder.shared.text_forms import caseless

OF_PLACES = ("village_code", "recipient_code")
_KIND_BEHIND = re.compile(r"\([^()]{1,4}\)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What stands around the names of a table.

    county: of the return, or ""; township: the one in its titles, or ""; home: finds the county of most of its rows,
    whose villages are offered where nobody says a county.
    """

    county: str = ""
    township: str = ""
    home: Callable[[], str] = str


def lookups(places: Places, materials: Mapping[str, str], around: Around) -> Mapping[str, Callable[[str], str]]:
    """The code that a name stands for, by field; CellError where not exactly one fits."""
    return {
        "village_code": partial(_village, places, around),
        "recipient_code": partial(_recipient, places, around),
        "material_id": partial(_material, materials),
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
    raise CellError(code, meant=meant or places.asked(around.county, "", name), named=safe_to_show(name))


def _recipient(places: Places, around: Around, name: str) -> str:
    counties = [code for code in places.counties_named(name) if _is_alone(places, code, name)]
    is_county = len(counties) == 1 and not places.named(around.county, "", name)
    return counties[0] if is_county else _village(places, around, name)


def _is_alone(places: Places, county: str, name: str) -> bool:
    """Whether a name is the county's, perhaps after those above it: a village before it is another recipient."""
    official, above = places.counties[county], places.above.get(county, ())
    return place_names.below(name, above[:-1]) in {place_names.written(official), place_names.larger_stem(official)}


def _material(titles: Mapping[str, str], name: str) -> str:
    """A material by its title, or by a part of it that only one has: one character is no name."""
    typed = caseless(name).strip("《》")
    bare = _KIND_BEHIND.sub("", typed)  # of what kind it is, behind the whole title
    whole = [code for code, title in titles.items() if caseless(title) in {typed, bare}]
    found = whole or [code for code, title in titles.items() if len(typed) > 1 and typed in caseless(title)]
    if len(found) == 1:
        return found[0]
    likely = [code for code, title in titles.items() if _is_shortened(typed, caseless(title))]
    offered = found or likely or titles
    raise CellError(Code.CELL_CHOICE, choices="；".join(f"{titles[code]}（{code}）" for code in offered))


def _is_shortened(text: str, title: str) -> bool:
    """Whether all characters of a text stand in a title, in their order."""
    rest = iter(title)
    return all(character in rest for character in text)
