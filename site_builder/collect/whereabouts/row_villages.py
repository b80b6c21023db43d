"""The village that a row names by its name, its township's and its county's, or what is asked where it names none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from site_builder.collect.values import place_names
from site_builder.collect.values.places import KnownVillage, Places
from site_builder.shared.codes import Code
from site_builder.shared.problems import layout, safe_to_show
from site_builder.shared.text_forms import village_ending

_BETWEEN = re.compile("[、，,；;/\n]|(?<=村)[和与及]")
_SCIENTIFIC = re.compile(r"([0-9])\.?([0-9]*)[Ee]\+?11")


class RowVillage(NamedTuple):
    """The village of a row; without one, why: a problem with its details, or that it is not the campaign's."""

    village: KnownVillage | None = None
    code: Code | None = None
    details: Mapping[str, str] = {}


def of_names(places: Places, county: str, township: str, name: str, home: Callable[[], str]) -> RowVillage:
    """The village of these names. county: its code, "" where nobody says it; home: that of most rows, for asking.

    Where nobody says the county, one may stand before the name: 洮南市福胜村.
    """
    found = places.named(county, township, name)
    if not found and not county:
        own, rest = places.below_county(name)
        county, name = (own, rest) if own else (county, name)
        found = places.named(county, township, name)
    if len(found) == 1:
        return RowVillage(village=found[0])
    if not found and places.is_outside(county, township, name):
        return RowVillage()
    elsewhere = places.named("", township, name) if county and township and not found else []
    if len(elsewhere) == 1:
        of, named = elsewhere[0].code[:6], elsewhere[0].township + elsewhere[0].name
        details = {"of": of, "titles": places.counties[of], "expected": places.counties[county], "named": named}
        return RowVillage(code=Code.VILLAGES_ELSEWHERE, details=details)
    asked = places.asked(county or home(), township, name)
    meant = (layout()["villages_apart"] if _are_several(name) else "") + asked
    said = {"meant": meant, "more": "", "named": safe_to_show(_below(township, name, places.above.get(county, ())))}
    return RowVillage(code=Code.VILLAGE_AMBIGUOUS if found else Code.VILLAGE_NOT_FOUND, details=said)


def _are_several(name: str) -> bool:
    """Whether a cell names villages beside one another: 东甸子村、东方红村."""
    parts = [part.strip() for part in _BETWEEN.split(name) if part.strip()]
    return len(parts) > 1 and all(village_ending(part, least=1) for part in parts)


def _below(township: str, name: str, above: Iterable[str]) -> str:
    """A village's name with its township's before it, unless that stands there, perhaps with the places above it."""
    own = place_names.below(township, above)
    return name if own and own in place_names.written(name) else township + name


def of_code(
    places: Places, code: str, names: Iterable[str], villages_title: str
) -> Iterator[tuple[Code, str, Mapping[str, str]]]:
    """What is wrong with a code, with what was typed: the names beside it are another's, as in rows that slipped.

    A village must be one of the campaign's; the schema looks only where the rest of a row is sound.
    """
    other = next((name for name in names if name and code and not places.is_name_of(code, name)), "")
    if other:
        yield Code.VILLAGE_NAME_MISMATCH, other, {"found": code, "official": places.official(code)}
    is_village = re.fullmatch("[0-9]{12}", code) and code[:6] in places.counties
    if is_village and code not in places.villages:
        yield Code.REFERENCE_UNKNOWN, code, {"target": villages_title, "value": code}


def lost_code(named: RowVillage, typed: str) -> str:
    """The code of the village that is named, where a spreadsheet has left of it what was typed, as 2.20881E+11."""
    left = _SCIENTIFIC.fullmatch("".join(typed.split()))
    if not left or not named.village:
        return ""
    digits, code = left[1] + left[2], named.village.code
    is_left = round(int(code), len(digits) - len(code)) == int(digits.ljust(len(code), "0"))
    return code if is_left else ""
