"""Folium maps of the province's counties that ask nothing of other hosts.

The package knows nothing of the site: it takes figures by county code, names, words and a title,
and gives back a piece of HTML and the files that lie beside it.
"""

from maps.assembly import MapFiles, county_map
from maps.geometry import county_codes, county_names
from maps.request import (
    BASE_HOST,
    SUPPRESSED,
    Chooser,
    CountyMap,
    Figure,
    MapWords,
    Measure,
    Place,
    Places,
    Style,
    Suppressed,
)
from maps.shared import shared_files
from maps.sketch import Sketch, SketchWords, county_sketch

__all__ = [
    "BASE_HOST",
    "SUPPRESSED",
    "Chooser",
    "CountyMap",
    "Figure",
    "MapFiles",
    "MapWords",
    "Measure",
    "Place",
    "Places",
    "Sketch",
    "SketchWords",
    "Style",
    "Suppressed",
    "county_codes",
    "county_map",
    "county_names",
    "county_sketch",
    "shared_files",
]
