"""The set-up script of a live map, written by Folium.

Folium compiles what it has rendered as a Jinja template once more, so a figure or a name passed to it could
run code here. It gets nothing but the map's own name, the province's bounds, how many groups of places there are and
the key of the base layer, whose form is checked; everything else reaches the map in the reader's browser, from the
data file beside it, into the properties that Folium's tooltips and popups show.
"""

from pathlib import Path

import folium
from folium.features import GeoJsonPopup, GeoJsonTooltip
from folium.map import FitBounds, Layer
from folium.template import Template
from folium.utilities import JsCode

from maps.drawing import province_sheet
from maps.geometry import Point

_TEMPLATES = Path(__file__).parent / "templates"
_ROOM_AROUND = 1.0  # degrees the reader may move beyond the sheet
_NEAREST = 11  # at which every county is wider than a finger


# Folium and branca are untyped, so their classes count as Any here.
class PlainMap(folium.Map):  # type: ignore[misc]
    """A Folium map that asks nothing of other hosts: no tiles, no links, and an id made from its name.

    One finger and the mouse wheel are left to the page; live-map.js turns dragging on for the mouse.
    """

    default_js = ()
    default_css = ()

    def __init__(self, name: str, corners: tuple[Point, Point]) -> None:
        (west, south), (east, north) = corners
        super().__init__(
            location=((south + north) / 2, (west + east) / 2),
            tiles=None,
            control_scale=True,
            zoom_control="topright",
            attributionControl=False,
            dragging=False,
            keyboard=False,
            scrollWheelZoom=False,
            zoomSnap=0,
            minZoom=5,
            maxZoom=_NEAREST,
            max_bounds=True,
            min_lat=south - _ROOM_AROUND,
            max_lat=north + _ROOM_AROUND,
            min_lon=west - _ROOM_AROUND,
            max_lon=east + _ROOM_AROUND,
        )
        self._id = _identifier(name)
        fit = FitBounds([[south, west], [north, east]])
        fit.options["animate"] = False  # or the map opens by zooming out from its middle
        fit.add_to(self)


class BaseTiles(folium.TileLayer):  # type: ignore[misc]
    """One layer of the 天地图 service under the county areas: the only address of another host, and only with a key."""

    def __init__(self, layer: str, map_name: str, key: str) -> None:
        address = (
            f"https://t{{s}}.tianditu.gov.cn/{layer}_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER={layer}"
            f"&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles&TILEMATRIX={{z}}&TILEROW={{y}}&TILECOL={{x}}&tk={key}"
        )
        super().__init__(address, attr="天地图", subdomains="01234567", max_zoom=18, control=False)
        self._name, self._id = f"{layer}_tiles", _identifier(map_name)


class DataLayer(folium.GeoJson):  # type: ignore[misc]
    """Folium's GeoJson, empty but for one feature without a place that names the properties: the data come later."""

    def __init__(self, name: str, map_name: str, fields: tuple[str, ...] = (), **options: object) -> None:
        blank = {"type": "Feature", "geometry": None, "properties": dict.fromkeys(("code", *fields), "")}
        data = {"type": "FeatureCollection", "features": [blank]}
        super().__init__(data, name=name, smooth_factor=0, on_each_feature=JsCode("countyMaps.each"), **options)
        self._name, self._id = name, _identifier(map_name)


class NamesLayer(Layer):  # type: ignore[misc]
    """The names of the drawing over the map: Folium has no layer of an SVG that stands in the page."""

    _template = Template((_TEMPLATES / "names_layer.js.jinja").read_text(encoding="utf-8"))

    def __init__(self, map_name: str) -> None:
        super().__init__(name="names", overlay=True)
        self._name, self._id = "names", _identifier(map_name)
        self.map_name = map_name


class Ready(folium.MacroElement):  # type: ignore[misc]
    """Hands the map and its layers over to live-map.js, last of all."""

    _template = Template((_TEMPLATES / "ready.js.jinja").read_text(encoding="utf-8"))

    def __init__(self, layers: list[DataLayer]) -> None:
        super().__init__()
        self.layers = layers


def container_id(name: str) -> str:
    """The id of the element that a map of this name is put into."""
    return f"map_{_identifier(name)}"


def set_up_script(name: str, base_key: str = "", groups: int = 0) -> str:
    """The script that sets up the live map of this name, once its data and live-map.js are there.

    `base_key`: key of the 天地图 service, "" for a map without a base layer. `groups`: of places on the map.
    """
    county_map = PlainMap(name, province_sheet().corners())
    for layer in ("vec", "cva") if base_key else ():
        BaseTiles(layer, name, base_key).add_to(county_map)
    layers = [_areas(name), _outlines(name), _circles(name), *(_places(name, group) for group in range(groups))]
    control = folium.LayerControl(position="bottomright")
    control._id = _identifier(name)
    for element in (*layers, NamesLayer(name), control, Ready(layers)):
        element.add_to(county_map)
    county_map.render()
    lines = county_map.get_root().script.render().splitlines()
    # A block of its own: after an instant navigation the page runs this again, and Folium's `let` must not meet itself.
    return "".join(f"{line}\n" for line in ("{", *(line.strip() for line in lines if line.strip()), "}"))


def _areas(name: str) -> DataLayer:
    label = GeoJsonTooltip(["said"], labels=False, class_name="county-map-label", direction="top", opacity=1)
    return DataLayer("areas", name, ("said",), control=False, class_name="county", tooltip=label)


def _outlines(name: str) -> DataLayer:
    return DataLayer("prefectures", name, class_name="county-map-outline", interactive=False)


def _circles(name: str) -> DataLayer:
    """A circle in the middle of each county and prefecture; live-map.js says how large."""
    return DataLayer("circles", name, control=False, marker=_marker("county-map-circle", 1, interactive=False))


def _places(name: str, group: int) -> DataLayer:
    fields = ("name", "more")
    popup = GeoJsonPopup(list(fields), labels=False, localize=False, class_name="county-map-popup")
    return DataLayer(f"group{group}", name, fields, popup=popup, marker=_marker("county-map-spot", 7))


def _marker(class_name: str, radius: int, **options: object) -> folium.CircleMarker:
    marker = folium.CircleMarker(radius=radius, class_name=class_name)
    marker.options |= {"pane": "shadowPane", **options}  # above the areas, even one brought to the front
    return marker


def _identifier(name: str) -> str:
    """The name as a part of a JavaScript name; names hold no underscore, so two of them stay two."""
    return name.replace("-", "_")
