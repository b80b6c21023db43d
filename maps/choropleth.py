"""A map that shades each county by its figure: the HTML fragment with its drawing, and the files beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from maps.classes import Level, kind, levels
from maps.drawing import WIDTH, height, path
from maps.geometry import County, counties, prefecture_lines
from maps.live import container_id, set_up_script
from maps.request import CountyMap, Figure, MapWords, Suppressed, own_address
from maps.text import script_literal, templates


@dataclass(frozen=True, kw_only=True)
class MapFiles:
    """A finished map. `fragment`: HTML without blank lines, to stand in a page as a block of its own.

    `files`: bytes by path below the assets folder; the files of `shared_files()` are needed too.
    """

    fragment: str
    files: Mapping[str, bytes]


@dataclass(frozen=True, kw_only=True)
class _Shown:
    """What a reader is shown of one county."""

    code: str
    name: str
    text: str
    kind: str
    link: str


@dataclass(frozen=True, kw_only=True)
class _LegendRow:
    kind: str
    text: str


def county_map(ask: CountyMap, words: MapWords, assets: str) -> MapFiles:
    """Draw the map asked for.

    `assets` is the address of the assets folder as seen from the page, such as `../assets`. The data file
    carries the links as that page sees them, so a map belongs to one page, or to pages of equal depth.
    """
    classes = levels(ask.figures.values())
    shown = [_shown(county, ask, words, classes) for county in counties()]
    fragment = templates.get_template("county_map.html.jinja").render(
        ask=ask,
        words=words,
        assets=own_address(assets.rstrip("/")),
        container=container_id(ask.name),
        legend=_legend(shown, classes, words),
        areas=[(county, _path_data(of.rings)) for county, of in zip(shown, counties(), strict=True)],
        outlines=_path_data(prefecture_lines()),
        width=WIDTH,
        height=height(),
    )
    data = script_literal({county.code: _data(county) for county in shown})
    files = {
        f"maps/{ask.name}.data.js": f'countyMaps.data["{ask.name}"]={data};\n',
        f"maps/{ask.name}.setup.js": set_up_script(ask.name),
    }
    return MapFiles(fragment=fragment, files={name: text.encode() for name, text in files.items()})


def _shown(county: County, ask: CountyMap, words: MapWords, classes: tuple[Level, ...]) -> _Shown:
    figure = ask.figures.get(county.code)
    return _Shown(
        code=county.code,
        name=ask.county_names[county.code],
        text=_text(figure, ask.unit, words),
        kind=kind(figure, classes),
        link=ask.links.get(county.code, ""),
    )


def _text(figure: Figure, unit: str, words: MapWords) -> str:
    if figure is None:
        return words.no_data
    if isinstance(figure, Suppressed):
        return words.suppressed
    return f"{figure} {unit}"


def _legend(shown: Sequence[_Shown], classes: tuple[Level, ...], words: MapWords) -> list[_LegendRow]:
    """A row for each kind of county on the map, in the order of the figures."""
    rows = {
        "zero": "0",
        **{kind(level.highest, classes): _span(level) for level in classes},
        "suppressed": words.suppressed,
        "no-data": words.no_data,
    }
    present = {county.kind for county in shown}
    return [_LegendRow(kind=key, text=text) for key, text in rows.items() if key in present]


def _span(level: Level) -> str:
    if level.lowest == level.highest:
        return str(level.lowest)
    return f"{level.lowest}–{level.highest}"


def _data(county: _Shown) -> dict[str, str]:
    return {"name": county.name, "text": county.text, "kind": county.kind, "link": county.link}


def _path_data(lines: Sequence[tuple[tuple[float, float], ...]]) -> Markup:
    return Markup(path(lines))  # noqa: S704 - numbers and the letters M and l, from the boundaries
