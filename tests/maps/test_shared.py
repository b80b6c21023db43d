"""The files that all maps share."""

import gzip
import json
import re
from itertools import accumulate
from pathlib import Path
from typing import TypedDict

import js_lib_leaflet

from maps import county_codes, shared_files
from maps.geometry import counties, prefecture_lines

PREFIX, SUFFIX = "countyMaps.geometry=", ";\n"


class Area(TypedDict):
    """What is looked at of one county."""

    rings: list[list[int]]


class Geometry(TypedDict):
    """What is looked at of the geometry file."""

    counties: dict[str, Area]
    outlines: list[list[int]]


def geometry() -> Geometry:
    text = shared_files()["maps/counties.js"].decode()
    assert text.startswith(PREFIX)
    assert text.endswith(SUFFIX)
    read: Geometry = json.loads(text.removeprefix(PREFIX).removesuffix(SUFFIX))
    return read


def points(steps: list[int]) -> list[tuple[float, float]]:
    xs, ys = accumulate(steps[::2]), accumulate(steps[1::2])
    return [(x / 1000, y / 1000) for x, y in zip(xs, ys, strict=True)]


def test_leaflet_is_the_package_s_own() -> None:
    """Leaflet's bytes are read from its package, and its licence goes with it."""
    files = shared_files()
    folder = Path(js_lib_leaflet.__file__).parent / "static" / "js_lib_leaflet"
    assert files["maps/leaflet.js"] == (folder / "leaflet.js").read_bytes()
    version = js_lib_leaflet.__version__.rpartition(".")[0]
    assert f"Leaflet {version}" in files["maps/leaflet.js"].decode()
    assert f"Leaflet {version}" in files["maps/leaflet-licence.txt"].decode()
    assert b"THIS SOFTWARE IS PROVIDED" in files["maps/leaflet-licence.txt"]


def test_every_image_that_leaflet_s_style_names_is_there() -> None:
    """The style leaves no reference hanging."""
    files = shared_files()
    named = re.findall(r"url\(([^)#]+)\)", files["maps/leaflet.css"].decode())
    assert named
    assert {f"maps/{name}" for name in named} <= files.keys()


def test_the_geometry_file_holds_every_county_point_for_point() -> None:
    """The areas in the browser are those of the boundaries, to a thousandth of a degree."""
    areas = geometry()["counties"]
    assert tuple(areas) == county_codes()
    for county in counties():
        assert [points(ring) for ring in areas[county.code]["rings"]] == [list(ring) for ring in county.rings]


def test_the_geometry_file_holds_the_prefecture_lines() -> None:
    """The lines in the browser are those of the drawing."""
    outlines = geometry()["outlines"]
    assert [points(line) for line in outlines] == [list(line) for line in prefecture_lines()]


def test_our_own_files_name_no_other_host() -> None:
    """Nothing of ours asks another host for anything."""
    for name, content in shared_files().items():
        if "leaflet" not in name and not name.endswith(".png"):
            known = content.replace(b'"http://www.w3.org/2000/svg"', b"")  # a name of SVG, asked for by nobody
            assert not re.search(rb"https?:|//[a-z]", known), name


def test_our_own_script_runs_no_text_as_code() -> None:
    """Names are shown with textContent; there is no other door for data."""
    for name in ("county-map", "county-table", "live-map"):
        script = shared_files()[f"maps/{name}.js"].decode()
        assert "textContent" in script
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval|Function\(", script)


def test_the_code_of_a_map_is_light() -> None:
    """All code of a live map before its data, Leaflet and the county areas among it, is at most 90 KB as it travels."""
    names = (
        "county-map.css",
        "county-map.js",
        "county-table.js",
        "leaflet.css",
        "leaflet.js",
        "live-map.js",
        "counties.js",
    )
    assert sum(len(gzip.compress(shared_files()[f"maps/{name}"], mtime=0)) for name in names) <= 90_000
