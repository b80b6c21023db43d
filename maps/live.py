"""The set-up script of a live map, written by Folium.

Folium compiles what it has rendered as a Jinja template once more, so a figure or a name passed to it could
run code here. It gets nothing but the map's own name, the province's bounds and the key of the base layer, whose
form is checked; everything else reaches the map in the reader's browser, from the data file beside it.
"""

from pathlib import Path

import folium
from folium.map import FitBounds, Layer
from folium.template import Template

from maps.geometry import Point, bounds

_TEMPLATES = Path(__file__).parent / "templates"
_ROOM_AROUND = 1.0  # degrees the reader may move beyond the province


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
            zoom_control=False,
            attributionControl=False,
            dragging=False,
            keyboard=False,
            scrollWheelZoom=False,
            zoomSnap=0,
            minZoom=5,
            maxZoom=10,
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


class LiveLayer(Layer):  # type: ignore[misc]
    """A layer that one function of live-map.js makes in the browser from the map's data file."""

    _template = Template((_TEMPLATES / "live_layer.js.jinja").read_text(encoding="utf-8"))

    def __init__(self, maker: str, map_name: str) -> None:
        super().__init__(control=False)
        self._name, self._id = maker, _identifier(map_name)
        self.maker, self.map_name = maker, map_name


class Ready(folium.MacroElement):  # type: ignore[misc]
    """Hands the map and the layer that the keys walk over to live-map.js, last of all."""

    _template = Template((_TEMPLATES / "ready.js.jinja").read_text(encoding="utf-8"))

    def __init__(self, layer: LiveLayer) -> None:
        super().__init__()
        self.layer = layer


def container_id(name: str) -> str:
    """The id of the element that a map of this name is put into."""
    return f"map_{_identifier(name)}"


def set_up_script(name: str, base_key: str = "") -> str:
    """The script that sets up the live map of this name, once its data and live-map.js are there.

    `base_key`: key of the 天地图 service, "" for a map without a base layer.
    """
    county_map = PlainMap(name, bounds())
    areas = LiveLayer("countyLayer", name)
    for layer in ("vec", "cva") if base_key else ():
        BaseTiles(layer, name, base_key).add_to(county_map)
    for element in (areas, LiveLayer("outlineLayer", name), Ready(areas)):
        element.add_to(county_map)
    county_map.render()
    lines = county_map.get_root().script.render().splitlines()
    return "".join(f"{line.rstrip()}\n" for line in lines if line.strip())


def _identifier(name: str) -> str:
    """The name as a part of a JavaScript name; names hold no underscore, so two of them stay two."""
    return name.replace("-", "_")
