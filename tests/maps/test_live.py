"""The set-up script that Folium writes."""

import copy
import re
import subprocess
import sys
from pathlib import Path

import folium.folium
import folium.map
import pytest

from maps.geometry import bounds
from maps.live import DataLayer, PlainMap, container_id, set_up_script


def test_the_script_sets_up_the_map_its_layers_and_hands_them_over_in_this_order() -> None:
    """Map, scale, zoom, areas, lines, circles, names, the control of the layers, then the call that gives them on."""
    script = set_up_script("needs-by-county", groups=1)
    steps = [
        "var map_needs_by_county = L.map(",
        "L.control.scale()",
        "L.control.zoom(",
        "var areas_needs_by_county = L.geoJson(",
        "areas_needs_by_county.bindTooltip(",
        "var prefectures_needs_by_county = L.geoJson(",
        "return new L.CircleMarker(",
        "var circles_needs_by_county = L.geoJson(",
        "var group0_needs_by_county = L.geoJson(",
        "group0_needs_by_county.bindPopup(",
        'countyMaps.names("needs-by-county", map_needs_by_county)',
        "L.control.layers(",
        "countyMaps.ready(map_needs_by_county, { areas: areas_needs_by_county,",
    ]
    places = [script.index(step) for step in steps]
    assert places == sorted(places)


def test_the_page_keeps_its_scrolling_and_leaflet_its_flag_and_keys() -> None:
    """No dragging by default, no wheel zoom, no keys of Leaflet's own and no attribution box with a flag."""
    script = set_up_script("needs")
    for option in ("dragging", "scrollWheelZoom", "keyboard", "attributionControl"):
        assert f'"{option}": false' in script


def test_the_script_may_run_again_on_a_page() -> None:
    """Folium's `let` would be an error the second time, after an instant navigation; in a block it is not."""
    lines = set_up_script("needs").splitlines()
    assert (lines[0], lines[-1]) == ("{", "}")


def test_no_layer_holds_data() -> None:
    """Folium compiles what it renders once more as a template: the features come in the browser."""
    script = set_up_script("windows", groups=2)
    assert script.count('"geometry": null') == script.count('"type": "Feature"') == 5
    assert set(re.findall(r'"(?:code|said|name|more)": "([^"]*)"', script)) == {""}


def test_the_script_names_no_other_host() -> None:
    """No tiles, no libraries: no address at all."""
    assert "//" not in set_up_script("needs")


def test_the_same_name_gives_the_same_script() -> None:
    """Ids come from the name, not from chance."""
    assert set_up_script("needs") == set_up_script("needs")
    assert set_up_script("needs") != set_up_script("others")


def test_names_that_differ_give_ids_that_differ() -> None:
    """A hyphen becomes an underscore, which no name may hold."""
    assert container_id("a-b") == "map_a_b"


def test_folium_s_shared_lists_stay_as_they_were() -> None:
    """Our maps have no links, while those of any other Folium map in the process are untouched."""
    before = copy.deepcopy((folium.folium._default_js, folium.folium._default_css))
    set_up_script("needs")
    assert (folium.folium._default_js, folium.folium._default_css) == before
    assert folium.Map.default_js is folium.folium._default_js
    assert len(folium.Map.default_js) > 0
    assert (PlainMap.default_js, PlainMap.default_css) == ((), ())


def test_nobody_can_add_a_link_to_all_our_maps_by_mistake() -> None:
    """Folium's way to add a script to one map changes a list of the class; ours cannot be changed."""
    with pytest.raises(AttributeError):
        PlainMap("needs", bounds()).add_js_link("other", "https://example.org/other.js")


def test_our_classes_are_folium_s() -> None:
    """A later map adds any Folium element to the plain map as to Folium's own."""
    plain = PlainMap("needs", bounds())
    folium.map.FitBounds([[1, 2], [3, 4]]).add_to(plain)
    DataLayer("other", "needs").add_to(plain)
    plain.render()
    script = plain.get_root().script.render()
    assert "map_needs.fitBounds(\n                [[1, 2], [3, 4]]" in script
    assert "other_needs.addTo(map_needs)" in script


def test_folium_is_loaded_only_to_draw_a_map() -> None:
    """Who asks for the counties that have an area, as every check does, does not wait for it."""
    asks = "import sys, maps; assert maps.county_codes() and 'folium' not in sys.modules"
    subprocess.run([sys.executable, "-c", asks], cwd=Path(__file__).parents[2], check=True)
