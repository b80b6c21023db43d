"""What a return names where a code is asked for: a village or county by its name, a material by its title."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial

from site_builder.collect.values import place_names
from site_builder.collect.values.cells import CellError
from site_builder.collect.values.places import Places
from site_builder.shared.codes import Code
from site_builder.shared.problems import safe_to_show
from site_builder.shared.text_forms import caseless

_KIND_BEHIND = re.compile(r"\([^()]{1,4}\)$")


def lookups(places: Places, materials: Mapping[str, str], county: str) -> Mapping[str, Callable[[str], str]]:
    """The code that a name stands for, by field; CellError where not exactly one fits. county: the return's, or ""."""
    return {
        "village_code": partial(_village, places, county),
        "recipient_code": partial(_recipient, places, county),
        "material_id": partial(_material, materials),
    }


def _village(places: Places, county: str, name: str) -> str:
    villages = places.named(county, "", name)
    if len(villages) == 1:
        return villages[0].code
    code = Code.VILLAGE_AMBIGUOUS if villages else Code.VILLAGE_NOT_FOUND
    raise CellError(code, meant=places.asked(county, "", name), named=safe_to_show(name))


def _recipient(places: Places, county: str, name: str) -> str:
    counties = [code for code in places.counties_named(name) if _is_alone(places, code, name)]
    is_county = len(counties) == 1 and not places.named(county, "", name)
    return counties[0] if is_county else _village(places, county, name)


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
