"""The nearest window to a county that has none, as the crow flies between what is known of both."""

from __future__ import annotations

from dataclasses import dataclass

import maps
from site_builder.publication.public import PublicCounty, PublicRecords, PublicWindow


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearest:
    """A window, the county that it stands in, and how far that is, in whole kilometres rounded to tens."""

    county: PublicCounty
    window: PublicWindow
    kilometres: int


def at(window: PublicWindow) -> tuple[float, float] | None:
    """A window's coordinates, longitude first, where the county gave both."""
    if window.longitude is None or window.latitude is None:
        return None
    return window.longitude, window.latitude


def nearest_windows(public: PublicRecords) -> dict[str, Nearest]:
    """By the code of each county on the map without a window, the nearest one; nothing where there are no windows."""
    drawn = set(maps.county_codes())
    there = [
        (county, window, at(window) or maps.middle(county.code))
        for county in public.counties
        if county.code in drawn
        for window in county.windows
    ]
    found = {}
    for county in public.counties:
        if county.code in drawn and not county.windows and there:
            here = maps.middle(county.code)
            other, window, _ = min(there, key=lambda one: (maps.kilometres(here, one[2]), one[1].window_id))
            away = min(maps.kilometres(here, place) for _, _, place in there)
            found[county.code] = Nearest(county=other, window=window, kilometres=max(10, round(away, -1).__int__()))
    return found
