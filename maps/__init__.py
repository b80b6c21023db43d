"""Folium maps of the province's counties that ask nothing of other hosts.

The package knows nothing of the site: it takes figures by county code, names, words and a title,
and gives back a piece of HTML and the files that lie beside it.
"""

from maps.assembly import MapFiles, county_map
from maps.geometry import (
    county_codes,
    county_names,
    is_inside,
    kilometres,
    kilometres_outside,
    middle,
    prefecture_codes,
    prefecture_names,
)
from maps.names import AROUND
from maps.request import (
    BASE_HOST,
    SUPPRESSED,
    Band,
    Chooser,
    CountyMap,
    Figure,
    Labels,
    MapWords,
    Measure,
    Place,
    Places,
    Style,
    Suppressed,
)
from maps.shared import shared_files
from maps.sketch import Sketch, SketchWords, county_sketch
from maps.small import SmallMap, small_maps

__all__ = [
    "AROUND",
    "BASE_HOST",
    "SUPPRESSED",
    "Band",
    "Chooser",
    "CountyMap",
    "Figure",
    "Labels",
    "MapFiles",
    "MapWords",
    "Measure",
    "Place",
    "Places",
    "Sketch",
    "SketchWords",
    "SmallMap",
    "Style",
    "Suppressed",
    "county_codes",
    "county_map",
    "county_names",
    "county_sketch",
    "is_inside",
    "kilometres",
    "kilometres_outside",
    "middle",
    "prefecture_codes",
    "prefecture_names",
    "shared_files",
    "small_maps",
]
