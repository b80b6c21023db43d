"""The village and the place of an event: a list has a column for one of them, which tells the other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from site_builder.collect.values.places import KnownVillage, Places

TABLE = "activities"


class Completion(NamedTuple):
    """What a row tells besides.

    values: that it has no cell for; is_unclear: its place names villages, not one of the campaign's; is_unknown: it
    names one that nobody knows.
    """

    values: dict[str, str]
    is_unclear: bool = False
    is_unknown: bool = False


def completion(
    values: Mapping[str, str], standing: Mapping[str, str] | None, county: str, places: Places
) -> Completion:
    """What the village or the place of an event tells of the other. standing: the event on record, None for a new one.

    The one village that is named in the place is where it was held; of two, or of one that nobody knows, none is. An
    event on record keeps what it has.
    """
    village, place = values.get("village_code", ""), values.get("place", "")
    if village in places.villages and "place" not in values and standing is None:
        return Completion({"place": places.official(village)})
    if village or not place:
        return Completion({})
    named = places.villages_in(county, place) or _whole(places, county, place)
    if len(named) != 1 or named[0].code not in places.villages or places.names_other_village(place, named):
        is_new, is_other = standing is None, places.names_other_village(place, named)
        return Completion({}, is_unclear=is_new and bool(named), is_unknown=is_new and is_other and not named)
    is_kept = standing is not None and standing["village_code"] != named[0].code
    return Completion({} if is_kept else {"village_code": named[0].code})


def _whole(places: Places, county: str, place: str) -> list[KnownVillage]:
    """The village that a place is, though without its ending: below its township, as 柳河镇四大门."""
    return places.named(county, "", place) if places.says_township(county, place) else []
