"""Folium maps of the province's counties that ask nothing of other hosts.

The package knows nothing of the site: it takes figures by county code, names, words and a title,
and gives back a piece of HTML and the files that lie beside it.
"""

from maps.choropleth import MapFiles, county_map
from maps.geometry import county_codes
from maps.request import SUPPRESSED, CountyMap, Figure, MapWords, Suppressed
from maps.shared import shared_files

__all__ = [
    "SUPPRESSED",
    "CountyMap",
    "Figure",
    "MapFiles",
    "MapWords",
    "Suppressed",
    "county_codes",
    "county_map",
    "shared_files",
]
