"""A page as Folium makes it without any change of ours, with its scripts and styles served from beside it."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import folium

_BOUNDARIES = Path(__file__).parent.parent / "maps" / "boundaries" / "counties.geojson"
# What the page asks of five hosts comes from npm instead, in the versions that Folium names.
_PACKAGES = (
    "leaflet@1.9.3",
    "jquery@3.7.1",
    "bootstrap@5.2.2",
    "@fortawesome/fontawesome-free@6.2.0",
    "leaflet.awesome-markers@2.0.5",
    "d3@3.5.5",
)
_FILES = {
    "leaflet.js": "leaflet/dist/leaflet.js",
    "leaflet.css": "leaflet/dist/leaflet.css",
    "jquery-3.7.1.min.js": "jquery/dist/jquery.min.js",
    "bootstrap.bundle.min.js": "bootstrap/dist/js/bootstrap.bundle.min.js",
    "bootstrap.min.css": "bootstrap/dist/css/bootstrap.min.css",
    "all.min.css": "@fortawesome/fontawesome-free/css/all.min.css",
    "leaflet.awesome-markers.js": "leaflet.awesome-markers/dist/leaflet.awesome-markers.js",
    "leaflet.awesome-markers.css": "leaflet.awesome-markers/dist/leaflet.awesome-markers.css",
    "d3.min.js": "d3/d3.min.js",
}
_ADDRESS = re.compile(r'(src|href)="https://[^"]*/([^"/]+)"')


def page(figures: Mapping[str, int], title: str) -> str:
    """The HTML of a choropleth of the figures with a tooltip of name and figure, as Folium's documents show it."""
    areas = _BOUNDARIES.read_text(encoding="utf-8")
    made = folium.Map(location=(43.6, 126.4), zoom_start=7)
    shaded = folium.Choropleth(
        geo_data=areas,
        data=dict(figures),
        key_on="feature.id",
        fill_color="YlGnBu",
        use_jenks=False,
        legend_name=title,
    ).add_to(made)
    for feature in shaded.geojson.data["features"]:
        feature["properties"]["figure"] = figures.get(feature["id"])
    folium.GeoJsonTooltip(["name", "figure"]).add_to(shaded.geojson)
    return str(made.get_root().render())


def site(folder: Path, html: str) -> Path:
    """A folder with the page and, beside it, all that it names; what npm does not have is left empty.

    The page then asks one near host instead of five far ones, and gets no tiles: an advantage for Folium.
    """
    folder.mkdir(parents=True)
    subprocess.run(
        ["npm", "install", "--no-save", "--silent", "--prefix", str(folder), *_PACKAGES], cwd=folder, check=True
    )
    for name in {name for _, name in _ADDRESS.findall(html)}:
        source = folder / "node_modules" / _FILES.get(name, "")
        if source.is_file():
            shutil.copy(source, folder / name)
        else:
            (folder / name).touch()
    shutil.rmtree(folder / "node_modules")
    (folder / "index.html").write_text(near(html), encoding="utf-8")
    return folder


def near(html: str) -> str:
    """The page, asking for everything beside itself."""
    return _ADDRESS.sub(r'\1="\2"', html).replace("https://tile.openstreetmap.org", "tiles")
