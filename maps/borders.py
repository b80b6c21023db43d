"""Boundaries from whoever has them: one GeoJSON of counties becomes what `boundaries/` holds, small and without gaps.

Borders are cut where three areas meet, and each stretch is simplified once: neighbours that shared their points still
share them. A prefecture is what its counties enclose.
"""

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

Point = tuple[float, float]
Ring = tuple[Point, ...]

MOST_BYTES = 64 << 20  # of all counties of a province, as finely as anybody draws them
_DECIMALS = 3  # of a degree: about a hundred metres
_TOLERANCE = 0.003  # degrees that a simplified border may stray from what was given
_FEWEST = 4  # points of a ring, the first again as the last
_LAND = (73.0, 3.0, 136.0, 54.0)  # west, south, east, north, in degrees: what lies elsewhere is in another system
_SCANS = 24  # lines on which a point well inside is looked for


class NoBordersError(ValueError):
    """The content is no GeoJSON of areas in degrees."""


@dataclass(frozen=True, kw_only=True)
class Borders:
    """The two files by name, how many points they have and were given, and what did not fit.

    unknown: names of areas that are no county by their code or name; missing: codes of counties without an area.
    """

    files: Mapping[str, bytes]
    points: int
    given: int
    unknown: tuple[str, ...]
    missing: tuple[str, ...]


def supplied(content: bytes, names: Mapping[str, str]) -> Borders:
    """Boundaries of the counties whose names are given by their six-digit codes; prefectures' by the same codes + 00.

    Raises NoBordersError where there is no area of any of them, or where coordinates are no degrees.
    """
    found: dict[str, list[Ring]] = defaultdict(list)
    unknown = []
    counties = {code: name for code, name in names.items() if not code.endswith("00")}
    for feature in _features(content):
        code, shown = _code(feature.get("properties") or {}, counties)
        if code:
            found[code].extend(_rings(feature.get("geometry") or {}))
        else:
            unknown.append(shown)
    if not any(found.values()):
        raise NoBordersError
    simple = _simplified({code: found[code] for code in sorted(found)})
    files = {"counties.geojson": _counties(simple, names), "prefectures.geojson": _prefectures(simple, names)}
    return Borders(
        files=files,
        points=sum(map(len, (ring for rings in simple.values() for ring in rings))),
        given=sum(map(len, (ring for rings in found.values() for ring in rings))),
        unknown=tuple(unknown),
        missing=tuple(sorted(counties.keys() - simple.keys())),
    )


# ---- what was given


def _features(content: bytes) -> list[dict[str, Any]]:
    if len(content) > MOST_BYTES:
        raise NoBordersError
    try:
        features = [each for each in json.loads(content)["features"] if isinstance(each, dict)]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise NoBordersError from error
    return [each for each in features if isinstance(each.get("properties"), dict | None)]


def _code(facts: Mapping[str, Any], counties: Mapping[str, str]) -> tuple[str, str]:
    """The code of the county that an area's facts name, "" for none, and what it is called there."""
    values = [str(value).strip() for value in facts.values() if isinstance(value, str | int)]
    codes = [value.removeprefix("156")[:6] for value in values if value.isdecimal() and len(value) in {6, 9, 12}]
    by_code = [code for code in codes if code in counties]
    by_name = [code for value in values for code, name in counties.items() if name == value]
    shown = next((value for value in values if value and not value.isdecimal()), "、".join(codes))
    if by_code:
        return by_code[0], shown
    return (by_name[0], shown) if len(set(by_name)) == 1 else ("", shown)


def _rings(shape: Mapping[str, Any]) -> Iterator[Ring]:
    """The rings of an area, closed, on the grid of a hundred metres."""
    try:
        given: list[Any] = shape["coordinates"]
        for ring in (
            ring for polygon in {"Polygon": [given], "MultiPolygon": given}[shape["type"]] for ring in polygon
        ):
            points = [_point(each) for each in ring]
            kept = [point for at, point in enumerate(points) if not at or point != points[at - 1]]
            if len(kept) >= _FEWEST:
                yield tuple(kept if kept[0] == kept[-1] else [*kept, kept[0]])
    except (KeyError, TypeError, IndexError, ValueError, OverflowError) as error:
        raise NoBordersError from error


def _point(given: Sequence[float]) -> Point:
    x, y = round(float(given[0]), _DECIMALS), round(float(given[1]), _DECIMALS)
    west, south, east, north = _LAND
    if not (west <= x <= east and south <= y <= north):
        raise NoBordersError
    return x, y


# ---- simplified, each stretch once


def _simplified(areas: Mapping[str, Sequence[Ring]]) -> dict[str, list[Ring]]:
    nodes = _nodes(ring for rings in areas.values() for ring in rings)
    known: dict[Ring, Ring] = {}
    simple = {}
    for code, rings in areas.items():
        made = [ring for ring in (_of_stretches(ring, nodes, known) for ring in rings) if len(ring) >= _FEWEST]
        simple[code] = made or [max(rings, key=len)]  # an area too small for that keeps what it was
    return simple


def _nodes(rings: Iterable[Ring]) -> set[Point]:
    """The points at which borders part: those with other than two neighbours."""
    beside: dict[Point, set[Point]] = defaultdict(set)
    for ring in rings:
        for one, other in pairwise(ring):
            beside[one].add(other)
            beside[other].add(one)
    return {point for point, others in beside.items() if len(others) != 2}


def _of_stretches(ring: Ring, nodes: set[Point], known: dict[Ring, Ring]) -> Ring:
    """A ring from its simplified stretches; one where nothing parts is cut at its least point."""
    points = ring[:-1]
    cuts = [place for place, point in enumerate(points) if point in nodes] or [points.index(min(points))]
    turned = (*points[cuts[0] :], *points[: cuts[0]])
    ends = [*(cut - cuts[0] for cut in cuts), len(points)]
    closed = (*turned, turned[0])
    made: list[Point] = [closed[0]]
    for first, last in pairwise(ends):
        made.extend(_stretch(closed[first : last + 1], known)[1:])
    return tuple(made)


def _stretch(stretch: Ring, known: dict[Ring, Ring]) -> Ring:
    """A stretch simplified, the same from either side."""
    back = stretch[::-1]
    key = min(stretch, back)
    if key not in known:
        known[key] = _thinned(key)
    return known[key] if key == stretch else known[key][::-1]


def _thinned(line: Ring) -> Ring:
    """A line without the points near which it passes anyway (Douglas and Peucker); a closed one keeps three."""
    kept, open_parts = {0, len(line) - 1}, [(0, len(line) - 1)]
    while open_parts:
        first, last = open_parts.pop()
        farthest = max(range(first + 1, last), key=lambda at: _away(line[at], line[first], line[last]), default=first)
        is_whole = line[first] == line[last] and last - first > 2
        if farthest > first and (is_whole or _away(line[farthest], line[first], line[last]) > _TOLERANCE):
            kept.add(farthest)
            open_parts += [(first, farthest), (farthest, last)]
    return tuple(line[at] for at in sorted(kept))


def _away(point: Point, one: Point, other: Point) -> float:
    """How far a point is from the line between two others, in degrees."""
    (x, y), (x1, y1), (x2, y2) = point, one, other
    length = math.hypot(x2 - x1, y2 - y1)
    if not length:
        return math.hypot(x - x1, y - y1)
    share = max(0.0, min(1.0, ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length**2))
    return math.hypot(x - x1 - share * (x2 - x1), y - y1 - share * (y2 - y1))


# ---- the files


def _counties(areas: Mapping[str, Sequence[Ring]], names: Mapping[str, str]) -> bytes:
    return _written((_facts(code, names) | _middle(rings), rings) for code, rings in areas.items())


def _middle(rings: Sequence[Ring]) -> dict[str, float]:
    """Where the name of an area stands."""
    return dict(zip(("lon", "lat"), _inner_point(rings), strict=True))


def _facts(code: str, names: Mapping[str, str]) -> dict[str, Any]:
    above = f"{code[:4]}00"
    return {"adcode": code, "name": names[code], "city_adcode": above, "city": names.get(above, "")}


def _prefectures(areas: Mapping[str, Sequence[Ring]], names: Mapping[str, str]) -> bytes:
    together: dict[str, list[Ring]] = defaultdict(list)
    for code, rings in areas.items():
        together[f"{code[:4]}00"].extend(rings)
    return _written(
        ({"adcode": code, "name": names.get(code, "")} | _middle(rings), _outline(rings))
        for code, rings in together.items()
    )


def _outline(rings: Iterable[Ring]) -> list[Ring]:
    """The rings around areas together: the edges that only one of them has, one behind the other."""
    edges = {edge for ring in rings for edge in pairwise(ring)}
    outer = sorted((one, other) for one, other in edges if (other, one) not in edges)
    following: dict[Point, list[Point]] = defaultdict(list)
    for one, other in outer:
        following[one].append(other)
    found = []
    for start, _ in outer:
        ring = [start]
        while following[ring[-1]]:
            ring.append(following[ring[-1]].pop())
        if len(ring) >= _FEWEST:
            found.append(tuple(ring if ring[0] == ring[-1] else [*ring, ring[0]]))
    return found


def _polygons(rings: Iterable[Ring]) -> list[list[Ring]]:
    """Rings as polygons: one that lies inside another is a hole of it, any other begins one of its own."""
    polygons: list[list[Ring]] = []
    for ring in sorted(rings, key=lambda ring: -_size(ring)):
        around = next((polygon for polygon in polygons if _is_inside(ring, polygon[0])), None)
        if around is None:
            polygons.append([ring])
        else:
            around.append(ring)
    return polygons


def _size(ring: Ring) -> float:
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring)))


def _is_inside(ring: Ring, other: Ring) -> bool:
    """Whether the middle of a ring's first edge lies inside another ring."""
    (x1, y1), (x2, y2) = ring[:2]
    return sum(crossing > (x1 + x2) / 2 for crossing in _crossings([other], (y1 + y2) / 2)) % 2 == 1


def _inner_point(rings: Sequence[Ring]) -> Point:
    """A point well inside: the middle of the widest stretch that one of some level lines has within the rings."""
    heights = [y for ring in rings for _, y in ring]
    low, high = min(heights), max(heights)
    best = (0.0, rings[0][0])
    for scan in range(_SCANS):
        level = low + (high - low) * (scan + 0.5) / _SCANS
        crossed = sorted(_crossings(rings, level))
        for left, right in zip(crossed[::2], crossed[1::2], strict=False):
            best = max(best, (right - left, (round((left + right) / 2, _DECIMALS), round(level, _DECIMALS))))
    return best[1]


def _crossings(rings: Sequence[Ring], level: float) -> Iterator[float]:
    for (x1, y1), (x2, y2) in (edge for ring in rings for edge in pairwise(ring)):
        if (y1 > level) != (y2 > level):
            yield x1 + (level - y1) * (x2 - x1) / (y2 - y1)


def _written(areas: Iterable[tuple[Mapping[str, Any], Sequence[Ring]]]) -> bytes:
    features = [
        {
            "type": "Feature",
            "properties": facts,
            "geometry": {"type": "MultiPolygon", "coordinates": _polygons(rings)},
        }
        for facts, rings in areas
    ]
    content = {"type": "FeatureCollection", "features": features}
    return (json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
