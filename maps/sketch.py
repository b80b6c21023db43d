"""A small drawing of one county among its neighbours, for the county's own page. It shows no figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from maps.drawing import Sheet, projected_box
from maps.geometry import County, Point, counties
from maps.request import check_names_of_counties, own_address
from maps.text import templates

WIDTH = 320
HEIGHT = 240
_ROOM = 1.5  # how much more than the county's own box the sketch shows
_OWN_LETTER, _LETTER = 16, 13  # height of a letter of the county's own name and of a neighbour's, in units
_SECOND_LINE = 1.2 * _OWN_LETTER  # how far below its own name a county's other one stands, as the template has it
_SPOT = 5  # the radius of a marked place


@dataclass(frozen=True, kw_only=True)
class _Name:
    text: str
    x: int
    y: int
    own: bool


@dataclass(frozen=True, kw_only=True)
class SketchWords:
    """What is said on a sketch: what a marked place is, that it has no coordinates, and whose the boundaries are."""

    spot: str
    about: str
    attribution: str


@dataclass(frozen=True, kw_only=True)
class Sketch:
    """A sketch asked for. `code`: of the county, which must have a boundary. `spots`: places to mark, in degrees.

    `county_names`: a name for every county of `county_codes()`. `links`: by code, addresses of the counties as seen
    from the page. `about`: whether to mark the county's name for a place whose coordinates are not known.
    `second`: another name of the county, below its own.
    Raises ValueError for names that lack and addresses out of the site.
    """

    code: str
    county_names: Mapping[str, str]
    links: Mapping[str, str]
    spots: tuple[Point, ...] = ()
    about: bool = False
    second: str = ""

    def __post_init__(self) -> None:
        check_names_of_counties(self.county_names)
        for address in self.links.values():
            own_address(address)


def county_sketch(ask: Sketch, words: SketchWords, assets: str) -> str:
    """HTML of the sketch, without blank lines, to stand in a page as a block of its own.

    `assets`: the address of the assets folder as seen from the page.
    """
    own = next(county for county in counties() if county.code == ask.code)
    sheet = _sheet(own)
    near = [county for county in counties() if county is not own and _is_in_sight(sheet, county)]
    return templates.get_template("county_sketch.html.jinja").render(
        ask=ask,
        words=words,
        assets=own_address(assets.rstrip("/")),
        own=_area(sheet, own),
        neighbours=[_area(sheet, county) for county in near],
        names=_names(sheet, own, near, ask),
        spots=[sheet.spot(spot) for spot in ask.spots],
        about=_under_the_name(sheet, own) if ask.about else None,
        sheet=sheet,
    )


def _under_the_name(sheet: Sheet, own: County) -> tuple[int, int]:
    x, y = sheet.spot(own.centre)
    return x, y - 2 * _OWN_LETTER


def _area(sheet: Sheet, county: County) -> tuple[str, Markup]:
    return county.code, Markup(sheet.path(county.rings))  # noqa: S704 - numbers, from the boundaries


def _sheet(county: County) -> Sheet:
    """The county in the middle, with room around it."""
    west, south, east, north = projected_box(_box(county))
    units = min(WIDTH / (east - west), HEIGHT / (north - south)) / _ROOM
    middle_x, middle_y = (west + east) / 2, (south + north) / 2
    return Sheet(
        west=middle_x - WIDTH / 2 / units,
        north=middle_y + HEIGHT / 2 / units,
        units=units,
        width=WIDTH,
        height=HEIGHT,
    )


def _box(county: County) -> tuple[Point, Point]:
    longitudes, latitudes = zip(*[point for ring in county.rings for point in ring], strict=True)
    return (min(longitudes), min(latitudes)), (max(longitudes), max(latitudes))


def _is_in_sight(sheet: Sheet, county: County) -> bool:
    (left, bottom), (right, top) = map(sheet.spot, _box(county))
    return left < WIDTH and right > 0 and top < HEIGHT and bottom > 0


def _names(sheet: Sheet, own: County, near: Sequence[County], ask: Sketch) -> list[_Name]:
    """The county's own name, then those of neighbours whose middle is in sight, where one more finds room."""
    placed = [_own_name(sheet, own, ask)]
    for county in near:
        x, y = sheet.spot(county.centre)
        name = _Name(text=ask.county_names[county.code], x=x, y=y, own=False)
        if _fits(name) and not any(_touch(name, other) for other in placed):
            placed.append(name)
    return placed


def _own_name(sheet: Sheet, own: County, ask: Sketch) -> _Name:
    """In the middle of the county, with another name below it; above a marked place that would lie under either."""
    x, y = sheet.spot(own.centre)
    name = _Name(text=ask.county_names[own.code], x=x, y=y, own=True)
    width, height = _half(name)
    width, below = max(width, len(ask.second) * _OWN_LETTER / 2) + _SPOT, height + _SPOT
    below += _SECOND_LINE if ask.second else 0
    under = [
        spot_y
        for spot_x, spot_y in map(sheet.spot, ask.spots)
        if abs(spot_x - x) < width and -height - _SPOT < spot_y - y < below
    ]
    return _Name(text=name.text, x=x, y=round(min(under) - below), own=True) if under else name


def _half(name: _Name) -> tuple[float, float]:
    """Half the width and half the height of a name: a Chinese letter is as wide as it is high."""
    letter = _OWN_LETTER if name.own else _LETTER
    return len(name.text) * letter / 2, letter * 0.75


def _fits(name: _Name) -> bool:
    width, height = _half(name)
    return width <= name.x <= WIDTH - width and height <= name.y <= HEIGHT - height


def _touch(one: _Name, other: _Name) -> bool:
    (width, height), (other_width, other_height) = _half(one), _half(other)
    return abs(one.x - other.x) < width + other_width and abs(one.y - other.y) < height + other_height
