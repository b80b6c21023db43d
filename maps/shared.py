"""The files that all maps of a site share: Leaflet, the county areas, our script and style, the licence."""

import re
from pathlib import Path

from maps.drawing import WIDTH, province_sheet
from maps.geometry import Line, counties, middles, neighbours, prefecture_lines
from maps.names import LETTERS
from maps.text import script_literal

_OWN = Path(__file__).parent / "assets"
_IMAGE = re.compile(r"url\((images/[a-z0-9-]+\.png)\)")


def shared_files() -> dict[str, bytes]:
    """Bytes by path below the assets folder; the same for every map."""
    own = {source.name: source.read_bytes() for source in sorted(_OWN.iterdir())}
    geometry = {"counties.js": f"countyMaps.geometry={script_literal(_geometry())};\n".encode()}
    return {f"maps/{name}": content for name, content in {**own, **geometry, **_leaflet()}.items()}


def _leaflet() -> dict[str, bytes]:
    """Leaflet's script and style as released, and the images that the style names."""
    import js_lib_leaflet  # noqa: PLC0415  (who looks up an area draws no map)

    folder = Path(js_lib_leaflet.__file__).parent / "static" / "js_lib_leaflet"
    style = (folder / "leaflet.css").read_text(encoding="utf-8")
    names = ["leaflet.js", "leaflet.css", *sorted(set(_IMAGE.findall(style)))]
    return {name: (folder / name).read_bytes() for name in names}


def _geometry() -> dict[str, object]:
    sheet = province_sheet()
    (west, south), (east, north) = sheet.corners()
    return {
        "width": WIDTH,  # of the drawing, in whose units circles are given
        "sheet": [[south, west], [north, east]],  # over which the drawing lies
        "letters": LETTERS,
        "middles": {code: [*sheet.spot(at), *at] for code, at in middles().items()},
        "counties": {
            county.code: {
                "next": neighbours(county),
                "rings": [_thousandths(ring) for ring in county.rings],
            }
            for county in counties()
        },
        "outlines": [_thousandths(line) for line in prefecture_lines()],
    }


def _thousandths(line: Line) -> list[int]:
    """The line in thousandths of a degree, each point as its step from the one before: half the bytes."""
    steps: list[int] = []
    x_before = y_before = 0
    for point in line:
        x, y = round(point[0] * 1000), round(point[1] * 1000)
        steps += [x - x_before, y - y_before]
        x_before, y_before = x, y
    return steps
