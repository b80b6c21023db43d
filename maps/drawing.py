"""Turn areas and lines into SVG path data on a sheet of whole units.

A plain projection: a degree of longitude is drawn as wide as it is halfway up the province. Rounding to
whole units and leaving out points on a straight line keeps the drawing light; a border shared by two
counties is rounded alike in both.
"""

from collections.abc import Iterable
from itertools import pairwise

from maps.geometry import Line, Point, bounds, width_of_a_degree

WIDTH = 640  # about 1.2 km to the unit: the boundaries, fine to 0.8 km, lose nothing that shows on a page

_Spot = tuple[int, int]


def height() -> int:
    """The height of the sheet whose width is `WIDTH`."""
    (_, south), (east, _) = bounds()
    return _spot((east, south))[1]


def path(lines: Iterable[Line]) -> str:
    """SVG path data of the lines; a line that ends where it began encloses an area."""
    return "".join(_steps(_corners(line)) for line in lines)


def _spot(point: Point) -> _Spot:
    (west, _), (east, north) = bounds()
    units = WIDTH / (east - west)
    return round((point[0] - west) * units), round((north - point[1]) * units / width_of_a_degree())


def _corners(line: Line) -> list[_Spot]:
    corners: list[_Spot] = []
    for spot in map(_spot, line):
        if len(corners) > 1 and _is_straight(corners[-2], corners[-1], spot):
            corners.pop()
        if not corners or spot != corners[-1]:
            corners.append(spot)
    return corners


def _is_straight(first: _Spot, middle: _Spot, last: _Spot) -> bool:
    return (middle[0] - first[0]) * (last[1] - middle[1]) == (middle[1] - first[1]) * (last[0] - middle[0])


def _steps(corners: list[_Spot]) -> str:
    """`M` the first corner, then one relative step to each further corner."""
    if len(corners) < 2:
        return ""
    steps = [f"{x - x_before} {y - y_before}" for (x_before, y_before), (x, y) in pairwise(corners)]
    start = f"M{corners[0][0]} {corners[0][1]}"
    return f"{start}l{' '.join(steps)}".replace(" -", "-")
