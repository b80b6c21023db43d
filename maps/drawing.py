"""Turn areas, lines and points into places on a sheet of whole units, and into SVG path data.

Mercator's projection, which Leaflet uses too: the live map opens exactly over the drawing. Rounding to whole
units and leaving out points on a straight line keeps the drawing light; a border shared by two counties is
rounded alike in both.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from maps.geometry import Line, Point, bounds

WIDTH = 640  # about 1.3 km to the unit: the boundaries, fine to 0.8 km, lose nothing that shows on a page
MARGIN = 22  # units around the province, so that no line, circle or name is cut at the edge

_Spot = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """An area on a sheet: its upper left corner as projected, and how many units a degree is wide."""

    west: float
    north: float
    units: float
    width: int
    height: int

    def spot(self, point: Point) -> _Spot:
        """Where a point of longitude and latitude lies, in units right and down from the upper left corner."""
        x, y = projected(point)
        return round((x - self.west) * self.units), round((self.north - y) * self.units)

    def point(self, spot: tuple[float, float]) -> Point:
        """The longitude and latitude of a spot on the sheet."""
        return self.west + spot[0] / self.units, _latitude(self.north - spot[1] / self.units)

    def corners(self) -> tuple[Point, Point]:
        """The south-west and the north-east corner of the sheet, in degrees."""
        (west, north), (east, south) = self.point((0, 0)), self.point((self.width, self.height))
        return (west, south), (east, north)

    def path(self, lines: Iterable[Line]) -> str:
        """SVG path data of the lines; a line that ends where it began encloses an area."""
        return "".join(_steps(self._corners(line)) for line in lines)

    def _corners(self, line: Line) -> list[_Spot]:
        corners: list[_Spot] = []
        for spot in map(self.spot, line):
            if len(corners) > 1 and _is_straight(corners[-2], corners[-1], spot):
                corners.pop()
            if not corners or spot != corners[-1]:
                corners.append(spot)
        return corners


@cache
def province_sheet(width: int = WIDTH, margin: int = MARGIN) -> Sheet:
    """The sheet of the whole province, so many units wide, with so many of them free at each edge."""
    west, south, east, north = projected_box(bounds())
    units = (width - 2 * margin) / (east - west)
    height = round((north - south) * units) + 2 * margin
    return Sheet(west=west - margin / units, north=north + margin / units, units=units, width=width, height=height)


def projected(point: Point) -> Point:
    """Mercator's projection of longitude and latitude, in degrees of the equator."""
    return point[0], math.degrees(math.asinh(math.tan(math.radians(point[1]))))


def _latitude(y: float) -> float:
    """The latitude that is projected to this height."""
    return math.degrees(math.atan(math.sinh(math.radians(y))))


def projected_box(corners: tuple[Point, Point]) -> tuple[float, float, float, float]:
    """West, south, east and north of the area between a south-west and a north-east corner, projected."""
    return *projected(corners[0]), *projected(corners[1])


def _is_straight(first: _Spot, middle: _Spot, last: _Spot) -> bool:
    return (middle[0] - first[0]) * (last[1] - middle[1]) == (middle[1] - first[1]) * (last[0] - middle[0])


def _steps(corners: list[_Spot]) -> str:
    """`M` the first corner, then one relative step to each further corner."""
    if len(corners) < 2:
        return ""
    steps = [f"{x - x_before} {y - y_before}" for (x_before, y_before), (x, y) in pairwise(corners)]
    start = f"M{corners[0][0]} {corners[0][1]}"
    return f"{start}l{' '.join(steps)}".replace(" -", "-")
