"""Boundaries by one command: what fits is said, and nothing is written unless it is asked for."""

import json
from pathlib import Path

import pytest

from site_builder.cli import main

RING = [[122.0, 45.0], [123.0, 45.0], [123.0, 46.0], [122.0, 46.0], [122.0, 45.0]]


def given(path: Path, name: str) -> str:
    """A file with the area of one county."""
    shape = {"type": "Polygon", "coordinates": [RING]}
    feature = {"type": "Feature", "properties": {"NAME": name}, "geometry": shape}
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    return str(path)


def test_what_fits_is_said_first(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The gazetteer's counties by name; those without an area are named, and nothing is written."""
    before = (root / "maps/boundaries/counties.geojson").read_bytes()
    assert main(["--root", str(root), "boundaries", given(tmp_path / "a.geojson", "洮南市")]) == 0
    shown = capsys.readouterr().out
    assert "对上1个县" in shown
    assert "大安市" in shown
    assert (root / "maps/boundaries/counties.geojson").read_bytes() == before


def test_another_provinces_are_refused(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is said what the file should hold."""
    assert main(["--root", str(root), "boundaries", given(tmp_path / "a.geojson", "外省县")]) == 1
    assert "没有本省的县界" in capsys.readouterr().err


def test_they_are_written_into_the_campaign(root: Path, tmp_path: Path) -> None:
    """Both files, in a repository of its own."""
    (root / "maps").unlink()  # a link to the software's
    (root / "maps" / "boundaries").mkdir(parents=True)
    assert main(["--root", str(root), "boundaries", given(tmp_path / "a.geojson", "洮南市"), "--write"]) == 0
    made = {path.name: json.loads(path.read_bytes()) for path in (root / "maps/boundaries").iterdir()}
    assert made["counties.geojson"]["features"][0]["properties"]["adcode"] == "220881"
    prefecture = made["prefectures.geojson"]["features"][0]["properties"]
    assert (prefecture["adcode"], prefecture["name"]) == ("220800", "白城市")
    assert {"lon", "lat"} <= prefecture.keys()  # its middle, where its name stands
