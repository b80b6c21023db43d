"""Small drawings beside each other, to compare states of one figure: with the classes of the maps, and no names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from maps.classes import kind
from maps.drawing import province_sheet
from maps.geometry import counties
from maps.request import Band, Figure, check_name
from maps.text import templates

WIDTH = 170  # units: borders are coarse, as is enough for a drawing of a few centimetres


@dataclass(frozen=True, kw_only=True)
class SmallMap:
    """One of the drawings: its title and the figures by county; a county left out has no data."""

    title: str
    figures: Mapping[str, Figure]


def small_maps(name: str, drawn: Sequence[SmallMap], bands: tuple[Band, ...], attribution: str) -> str:
    """HTML of drawings, two in a row, without blank lines. name: ASCII, becomes ids; ValueError for another one."""
    check_name(name)
    sheet = province_sheet(WIDTH, margin=2)
    looks = [{county.code: kind(one.figures.get(county.code), bands) for county in counties()} for one in drawn]
    return templates.get_template("small_maps.html.jinja").render(
        name=name,
        paths=[(county.code, sheet.path(county.rings)) for county in counties()],
        drawn=list(zip(drawn, looks, strict=True)),
        sheet=sheet,
        attribution=attribution,
    )
