"""One GeoJSON of counties becomes boundaries: codes matched, small, neighbours without a gap."""

import json
import math
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from maps import borders
from maps.borders import NoBordersError

PROJECT = Path(__file__).resolve().parents[2]
NAMES = {"620102": "城关区", "620103": "七里河区", "620202": "嘉峪关城区", "620100": "兰州市", "620200": "嘉峪关市"}


def wavy(x: float) -> list[list[float]]:
    """A border from south to north with far more points than a map shows."""
    return [[x + 0.001 * math.sin(step), 36 + step / 1000] for step in range(1001)]


def area(west: float, east: float, **facts: object) -> dict[str, object]:
    """A county between two such borders."""
    ring = [*wavy(west), *wavy(east)[::-1]]
    shape = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
    return {"type": "Feature", "properties": facts, "geometry": shape}


def collection(*features: dict[str, object]) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()


GIVEN = collection(
    area(103, 104, gb="156620102"),
    area(104, 105, name="七里河区"),
    area(105, 106, adcode=620202),
    area(110, 111, name="外省县"),
)


def rings(content: bytes) -> dict[str, list[list[list[float]]]]:
    """The rings by code."""
    return {
        feature["properties"]["adcode"]: [ring for polygon in feature["geometry"]["coordinates"] for ring in polygon]
        for feature in json.loads(content)["features"]
    }


def test_areas_are_known_by_their_codes_or_names() -> None:
    """Nine digits as a national service has them, a number, a name; what is none of the province's is named."""
    found = borders.supplied(GIVEN, NAMES)
    assert rings(found.files["counties.geojson"]).keys() == {"620102", "620103", "620202"}
    assert (found.unknown, found.missing) == (("外省县",), ())


def test_neighbours_still_share_their_border() -> None:
    """Each stretch is simplified once: every edge between two counties is the other's, turned round."""
    found = borders.supplied(GIVEN, NAMES)
    assert found.points < found.given / 50
    edges = {
        code: {(tuple(one), tuple(other)) for ring in own for one, other in pairwise(ring)}
        for code, own in rings(found.files["counties.geojson"]).items()
    }
    shared = {(other, one) for one, other in edges["620102"]} & edges["620103"]
    assert sum(abs(one[1] - other[1]) for one, other in shared) == pytest.approx(1.0)


def test_a_prefecture_is_what_its_counties_enclose() -> None:
    """Two counties become one ring, and the border between them is gone."""
    (ring,) = rings(borders.supplied(GIVEN, NAMES).files["prefectures.geojson"])["620100"]
    assert (min(x for x, _ in ring), max(x for x, _ in ring)) == pytest.approx((103, 105), abs=0.01)
    assert not any(103.1 < x < 104.9 and 36.1 < y < 36.9 for x, y in ring)


def test_a_point_lies_well_inside() -> None:
    """Where a name may stand."""
    facts = json.loads(borders.supplied(GIVEN, NAMES).files["counties.geojson"])["features"][0]["properties"]
    assert (facts["lon"], facts["lat"]) == (pytest.approx(103.5, abs=0.05), pytest.approx(36.5, abs=0.5))


def test_what_is_supplied_can_be_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The maps read both files: names, middles and areas of counties and prefectures."""
    shutil.copytree(PROJECT / "maps", tmp_path / "maps", ignore=shutil.ignore_patterns("__pycache__"))
    for name, content in borders.supplied(GIVEN, NAMES).files.items():
        (tmp_path / "maps" / "boundaries" / name).write_bytes(content)
    program = "from maps import geometry; print(*geometry.counties(), *geometry.prefectures())"
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert all(name in done.stdout for name in NAMES.values())


@pytest.mark.parametrize(
    "content",
    [
        b"not json",
        b"{}",
        collection(),
        collection(area(103, 104, name="外省县")),
        collection(area(500000, 500100, gb="620102")),
        b"[" * 200_000,
        b'{"features": 7}',
        b'{"features": [{"properties": [1], "geometry": 2}]}',
        b'{"features": []}' + b" " * borders.MOST_BYTES,
    ],
    ids=[
        *("no JSON", "no features", "no area", "none of the province's", "metres"),
        *("too deep", "a number", "a list of facts", "too long"),
    ],
)
def test_what_are_no_borders_is_refused(content: bytes) -> None:
    """Metres are no degrees, and areas of another province none of this one's."""
    with pytest.raises(NoBordersError):
        borders.supplied(content, NAMES)
