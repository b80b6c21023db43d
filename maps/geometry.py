"""County areas, prefecture lines and each county's neighbours, read from `boundaries/`.

Coordinates are longitude and latitude in degrees, WGS-84. Neighbouring areas share their border points.
"""

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

Point = tuple[float, float]
Line = tuple[Point, ...]

_FOLDER = Path(__file__).parent / "boundaries"
_KILOMETRES_OF_A_DEGREE = 111.2
_DIRECTIONS = ((-1, 0), (1, 0), (0, 1), (0, -1))  # left, right, up, down: the order live-map.js counts on


@dataclass(frozen=True, kw_only=True)
class County:
    """One county: its name of 2023, a point inside it, and its rings.

    A ring repeats its first point as its last; a ring inside another is a hole, by the even-odd rule.
    """

    code: str
    name: str
    centre: Point
    rings: tuple[Line, ...]


@cache
def counties() -> tuple[County, ...]:
    """All counties that have an area of their own, by code. Development zones lie in their host counties."""
    found = [_county(feature) for feature in _features("counties.geojson")]
    return tuple(sorted(found, key=lambda county: county.code))


@cache
def county_codes() -> tuple[str, ...]:
    """The six-digit codes of all counties on the map, in order."""
    return tuple(county.code for county in counties())


@cache
def county_names() -> dict[str, str]:
    """The names of all counties on the map, by code."""
    return {county.code: county.name for county in counties()}


@dataclass(frozen=True, kw_only=True)
class Prefecture:
    """A prefecture by its four-digit code, with a point inside it."""

    code: str
    name: str
    centre: Point


@cache
def prefectures() -> tuple[Prefecture, ...]:
    """All prefectures, by code."""
    properties = [feature["properties"] for feature in _features("prefectures.geojson")]
    found = [
        Prefecture(code=each["adcode"][:4], name=each["name"], centre=(each["lon"], each["lat"])) for each in properties
    ]
    return tuple(sorted(found, key=lambda prefecture: prefecture.code))


@cache
def prefecture_codes() -> tuple[str, ...]:
    """The four-digit codes of all prefectures, in order."""
    return tuple(prefecture.code for prefecture in prefectures())


@cache
def middles() -> dict[str, Point]:
    """A point inside each county and each prefecture, by code."""
    return {county.code: county.centre for county in counties()} | {each.code: each.centre for each in prefectures()}


def prefecture_names() -> dict[str, str]:
    """The names of all prefectures, by four-digit code."""
    return {prefecture.code: prefecture.name for prefecture in prefectures()}


@cache
def prefecture_lines() -> tuple[Line, ...]:
    """The borders of the prefectures, each stretch once even where two prefectures share it."""
    drawn: set[tuple[Point, Point]] = set()
    lines: list[Line] = []
    for feature in _features("prefectures.geojson"):
        for ring in _rings(feature["geometry"]):
            lines.extend(_not_yet_drawn(ring, drawn))
    return tuple(lines)


@cache
def bounds() -> tuple[Point, Point]:
    """The south-west and the north-east corner of the province."""
    return box(tuple(point for county in counties() for ring in county.rings for point in ring))


@cache
def width_of_a_degree() -> float:
    """How wide a degree of longitude is against one of latitude, halfway up the province."""
    (_, south), (_, north) = bounds()
    return math.cos(math.radians((south + north) / 2))


def neighbours(county: County) -> tuple[str | None, ...]:
    """The codes of the nearest counties to the left, right, up and down; None at the province's border."""
    return tuple(_nearest(county, direction) for direction in _DIRECTIONS)


def _nearest(county: County, direction: tuple[int, int]) -> str | None:
    """The nearest county whose centre lies within 45 degrees of the direction."""
    right, up = direction
    best: tuple[float, str] | None = None
    for other in counties():
        east = (other.centre[0] - county.centre[0]) * width_of_a_degree()
        north = other.centre[1] - county.centre[1]
        along, aside = east * right + north * up, abs(east * up - north * right)
        if along > 0 and aside <= along:
            candidate = (math.hypot(east, north), other.code)
            best = min(best or candidate, candidate)
    return best and best[1]


def _not_yet_drawn(ring: Line, drawn: set[tuple[Point, Point]]) -> Iterable[Line]:
    line = [ring[0]]
    for start, end in pairwise(ring):
        if (end, start) in drawn:
            yield from [tuple(line)] if len(line) > 1 else []
            line = [end]
        else:
            drawn.add((start, end))
            line.append(end)
    yield from [tuple(line)] if len(line) > 1 else []


def _county(feature: dict[str, Any]) -> County:
    properties = feature["properties"]
    return County(
        code=properties["adcode"],
        name=properties["name"],
        centre=(properties["lon"], properties["lat"]),
        rings=_rings(feature["geometry"]),
    )


def _rings(geometry: dict[str, Any]) -> tuple[Line, ...]:
    areas = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return tuple(tuple((x, y) for x, y in ring) for area in areas for ring in area)


def middle(code: str) -> Point:
    """A point inside a county."""
    return next(county.centre for county in counties() if county.code == code)


def is_inside(point: Point, code: str) -> bool:
    """Whether a point lies in a county's area, by the even-odd rule; a border is as exact as the boundaries are."""
    x, y = point
    crossed = 0
    for ring, (west, south), (east, north) in _boxed_rings()[code]:
        if west <= x <= east and south <= y <= north:
            for (x1, y1), (x2, y2) in pairwise(ring):
                crossed += (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1)
    return crossed % 2 == 1


def box(line: Line) -> tuple[Point, Point]:
    """The south-west and the north-east corner around a line."""
    longitudes, latitudes = zip(*line, strict=True)
    return (min(longitudes), min(latitudes)), (max(longitudes), max(latitudes))


@cache
def _boxed_rings() -> dict[str, list[tuple[Line, Point, Point]]]:
    return {county.code: [(ring, *box(ring)) for ring in county.rings] for county in counties()}


def kilometres_outside(point: Point, code: str) -> float:
    """How far a point lies from a county's area; 0 within it."""
    if is_inside(point, code):
        return 0
    sides = [side for ring, *_ in _boxed_rings()[code] for side in pairwise(ring)]
    return min(kilometres(point, _nearest_of(side, point)) for side in sides)


def _nearest_of(side: tuple[Point, Point], point: Point) -> Point:
    """The point of a stretch of border that is nearest to another one, as on a flat sheet."""
    (x1, y1), (x2, y2) = side
    wide = width_of_a_degree()
    east, north = (x2 - x1) * wide, y2 - y1
    along = ((point[0] - x1) * wide * east + (point[1] - y1) * north) / ((east * east + north * north) or 1)
    part = min(max(along, 0), 1)
    return x1 + part * (x2 - x1), y1 + part * (y2 - y1)


def kilometres(one: Point, other: Point) -> float:
    """How far two points are apart as the crow flies."""
    east = (one[0] - other[0]) * math.cos(math.radians((one[1] + other[1]) / 2))
    return math.hypot(east, one[1] - other[1]) * _KILOMETRES_OF_A_DEGREE


def _features(file_name: str) -> list[dict[str, Any]]:
    features: list[dict[str, Any]] = json.loads((_FOLDER / file_name).read_text(encoding="utf-8"))["features"]
    return features
