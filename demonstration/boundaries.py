"""County boundaries, to put a window inside its county."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from random import Random

from demonstration.gazetteer import BOUNDARIES

Point = tuple[float, float]
Ring = Sequence[Point]

_NEAR = 0.08


@dataclass(frozen=True, slots=True, kw_only=True)
class Boundary:
    """An inner point and all rings of a county, outer ones and holes; points are (longitude, latitude)."""

    inner_point: Point
    rings: Sequence[Ring]


def read(root: Path) -> dict[str, Boundary]:
    """The boundaries by county code, in WGS-84 degrees."""
    features = json.loads((root / BOUNDARIES).read_text(encoding="utf-8"))["features"]
    found = {}
    for feature in features:
        facts, shape = feature["properties"], feature["geometry"]
        polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
        rings = [[(x, y) for x, y in ring] for polygon in polygons for ring in polygon]
        found[facts["adcode"]] = Boundary(inner_point=(facts["lon"], facts["lat"]), rings=rings)
    return found


def point_inside(rng: Random, boundary: Boundary) -> Point:
    """A point of the county, near its inner point, to three decimals (about 100 metres)."""
    x, y = boundary.inner_point
    for _ in range(20):
        point = (round(x + rng.uniform(-_NEAR, _NEAR), 3), round(y + rng.uniform(-_NEAR, _NEAR), 3))
        if contains(boundary.rings, point):
            return point
    return boundary.inner_point


def contains(rings: Sequence[Ring], point: Point) -> bool:
    """Whether a point lies inside: a line from it to the east crosses the rings an odd number of times."""
    return sum(_crossings(ring, point) for ring in rings) % 2 == 1


def _crossings(ring: Ring, point: Point) -> int:
    x, y = point
    crossings = 0
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
            crossings += 1
    return crossings
