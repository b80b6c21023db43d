"""Put a map together: the HTML fragment with its drawing, and the files beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from markupsafe import Markup

from maps.drawing import province_sheet
from maps.geometry import counties, prefecture_lines
from maps.request import CountyMap, MapWords, choices, own_address
from maps.text import script_literal, templates
from maps.views import Shown, View, view


@dataclass(frozen=True, kw_only=True)
class MapFiles:
    """A finished map. `fragment`: HTML without blank lines, to stand in a page as a block of its own.

    `files`: bytes by path below the assets folder; the files of `shared_files()` are needed too.
    """

    fragment: str
    files: Mapping[str, bytes]


def county_map(ask: CountyMap, words: MapWords, assets: str) -> MapFiles:
    """Draw the map asked for.

    `assets` is the address of the assets folder as seen from the page, such as `../assets`. The data file
    carries the links as that page sees them, so a map belongs to one page, or to pages of equal depth.
    """
    from maps.live import container_id, set_up_script  # noqa: PLC0415  (Folium takes a quarter of a second; checks need none)

    views = {"/".join(choice): view(ask.shown[choice], words) for choice in choices(ask.choosers)}
    first = next(iter(views.values()))
    fragment = templates.get_template("county_map.html.jinja").render(
        ask=ask,
        words=words,
        assets=own_address(assets.rstrip("/")),
        container=container_id(ask.name),
        view=first,
        areas=_areas(),
        circles=_circles(first),
        outlines=_outlines(),
        sheet=province_sheet(),
    )
    data = script_literal({"counties": _counties(ask), "views": {key: _data(one) for key, one in views.items()}})
    files = {
        f"maps/{ask.name}.data.js": f'countyMaps.data["{ask.name}"]={data};\n',
        f"maps/{ask.name}.setup.js": set_up_script(ask.name, ask.base_key),
    }
    return MapFiles(fragment=fragment, files={name: text.encode() for name, text in files.items()})


@cache
def _areas() -> tuple[tuple[str, Markup], ...]:
    """(county code, path) of each county, the same on every map."""
    return tuple((county.code, _safe(province_sheet().path(county.rings))) for county in counties())


@cache
def _outlines() -> Markup:
    return _safe(province_sheet().path(prefecture_lines()))


def _circles(shown: View) -> list[tuple[str, int, int, float]]:
    """(county code, x, y, radius) of each circle, the largest first, so that no circle hides a smaller one."""
    sheet = province_sheet()
    found = [(county.code, *sheet.spot(county.centre), shown.counties[county.code].radius) for county in counties()]
    return sorted((circle for circle in found if circle[3]), key=lambda circle: -circle[3])


def _counties(ask: CountyMap) -> dict[str, list[str]]:
    return {county.code: [ask.county_names[county.code], ask.links.get(county.code, "")] for county in counties()}


def _data(shown: View) -> dict[str, object]:
    """What live-map.js needs of a view; lists by county are in the order of the codes."""
    by_county = list(shown.counties.values())
    kinds = sorted({county.kind for county in by_county})
    data: dict[str, object] = {
        "title": shown.title,
        "unit": shown.unit,
        "legend": [[row.kind, row.text] for row in shown.legend],
        "key": [[circle.y, circle.radius, circle.text] for circle in shown.key],
        "looks": kinds,
        "kinds": [kinds.index(county.kind) for county in by_county],
        "texts": [county.text for county in by_county],
        "units": [int(bool(county.unit)) for county in by_county],
    }
    return data | _rarer(shown, by_county)


def _rarer(shown: View, by_county: Sequence[Shown]) -> dict[str, object]:
    """What only some views have."""
    parts: dict[str, list[object]] = {
        "more": [county.more for county in by_county],
        "radii": [county.radius for county in by_county],
    }
    found: dict[str, object] = {name: values for name, values in parts.items() if any(values)}
    spots = [[spot.lon, spot.lat] for spot in shown.spots]
    return found | ({"spots": spots} if spots else {})


def _safe(path: str) -> Markup:
    return Markup(path)  # noqa: S704 - numbers and the letters M and l, from the boundaries
