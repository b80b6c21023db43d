"""Put a map together: the HTML fragment with its drawing, and the files beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from markupsafe import Markup

from maps.drawing import province_sheet
from maps.geometry import counties, middles, prefecture_lines
from maps.names import placed, texts_around
from maps.request import CountyMap, MapWords, Measure, Places, Style, choices, own_address
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
        views=views,
        view=first,
        areas=_areas(),
        circles=_circles(ask, first),
        outlines=_outlines(),
        names=placed(ask.labels, tuple((spot.x, spot.y) for spot in first.spots)),
        around=tuple(texts_around(words.around)),
        sheet=province_sheet(),
    )
    groups = [title for shown in ask.shown.values() if isinstance(shown, Places) for title in shown.groups]
    titles = {"names": words.names, "prefectures": words.prefectures}
    titles |= {f"group{place}": title for place, title in enumerate(groups)}
    shown = {key: _data(one) for key, one in views.items()}
    data = script_literal({"counties": _counties(ask), "titles": titles, "views": shown})
    files = {
        f"maps/{ask.name}.data.js": f'countyMaps.data["{ask.name}"]={data};\n',
        f"maps/{ask.name}.setup.js": set_up_script(ask.name, ask.base_key, len(groups)),
    }
    return MapFiles(fragment=fragment, files={name: text.encode() for name, text in files.items()})


@cache
def _areas() -> tuple[tuple[str, Markup], ...]:
    """(county code, path) of each county, the same on every map."""
    return tuple((county.code, _safe(province_sheet().path(county.rings))) for county in counties())


@cache
def _outlines() -> Markup:
    return _safe(province_sheet().path(prefecture_lines()))


@cache
def _middles() -> dict[str, tuple[int, int]]:
    """Where a circle may stand, by the code of a county or a prefecture."""
    return {code: province_sheet().spot(at) for code, at in middles().items()}


def _circles(ask: CountyMap, shown: View) -> list[tuple[str, int, int, float]]:
    """(code, x, y, radius) of each circle that any view has, 0 for none in this one.

    The largest first, so that no circle hides a smaller one.
    """
    if not any(isinstance(one, Measure) and one.style is Style.CIRCLES for one in ask.shown.values()):
        return []
    found = [(code, *spot, shown.radii.get(code, 0)) for code, spot in _middles().items()]
    return sorted(found, key=lambda circle: (-circle[3], circle[0]))


def _counties(ask: CountyMap) -> dict[str, list[str]]:
    return {county.code: [ask.county_names[county.code], ask.links.get(county.code, "")] for county in counties()}


def _data(shown: View) -> dict[str, object]:
    """What the scripts need of a view; lists by county are in the order of the codes."""
    by_county = list(shown.counties.values())
    kinds = sorted({_look(county) for county in by_county})
    data: dict[str, object] = {
        "title": shown.title,
        "unit": shown.unit,
        "looks": kinds,
        "kinds": [kinds.index(_look(county)) for county in by_county],
        "texts": [county.text for county in by_county],
        "units": [int(bool(county.unit)) for county in by_county],
    }
    return data | _rarer(shown, by_county)


def _look(county: Shown) -> str:
    return f"{county.kind} few" if county.few else county.kind


def _rarer(shown: View, by_county: Sequence[Shown]) -> dict[str, object]:
    """What only some views have."""
    parts: dict[str, list[object] | dict[str, float]] = {
        "more": [county.more for county in by_county] if any(county.more for county in by_county) else [],
        "radii": dict(shown.radii),
        "spots": [[spot.lon, spot.lat, spot.group, spot.look, spot.name, spot.more] for spot in shown.spots],
    }
    found: dict[str, object] = {name: values for name, values in parts.items() if values}
    return found | ({"instead": 1} if shown.instead else {})


def _safe(path: str) -> Markup:
    return Markup(path)  # noqa: S704 - numbers and the letters M and l, from the boundaries
