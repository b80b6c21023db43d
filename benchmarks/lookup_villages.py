"""Villages to look up as public records: all of the gazetteer's, or as many as asked for, with liaisons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from typing import TypeVar

from demonstration import gazetteer, invented
from demonstration.chance import chance
from demonstration.gazetteer import Division
from demonstration.generator import HOME, ROOT
from demonstration.people import person
from site_builder.publication.public import PublicCounty, PublicLiaison, PublicRecords, PublicVillage

T = TypeVar("T")
_SEED = 2018


def of_gazetteer() -> PublicRecords:
    """Every village and community of the province under its official name; nobody serves as a liaison."""
    return _records(gazetteer.read(HOME), liaisons=False)


def of_size(villages: int) -> PublicRecords:
    """So many villages with liaisons: real ones first, then invented ones in invented counties, 45 a county."""
    real = gazetteer.read(HOME)
    counties = gazetteer.counties(real, gazetteer.ordinary_counties(ROOT))
    own = {unit.code: unit.name for county in counties for unit in county.units}
    kept = set(chance(_SEED, "lookup").sample(sorted(own), min(villages, len(own))))
    chosen = [division._replace(name=own[division.code]) for division in real if division.code in kept]
    above = [division for division in real if division.level != "village"]
    return _records([*above, *chosen, *_invented(villages - len(kept))], liaisons=True)


def _invented(villages: int) -> Iterator[Division]:
    for division in invented.divisions(villages, _SEED):
        is_village = division.level == "village"
        yield division._replace(name=gazetteer.own_name(division.name, "")) if is_village else division


def _records(divisions: Iterable[Division], *, liaisons: bool) -> PublicRecords:
    known = {division.code: division for division in divisions}
    villages: dict[str, list[PublicVillage]] = {d.code: [] for d in known.values() if d.level == "county"}
    for division in known.values():
        if division.level == "village":
            village = _village(division, known[division.parent_code], liaisons=liaisons)
            villages[village.county_code].append(village)
    prefectures = {d.code: d.name for d in known.values() if d.level == "prefecture"}
    province = next(d.name for d in known.values() if d.level == "province")
    counties = tuple(_county(known[code], tuple(inside)) for code, inside in villages.items())
    return _made(PublicRecords, province=province, prefectures=prefectures, counties=counties, tables=())


def _village(unit: Division, township: Division, *, liaisons: bool) -> PublicVillage:
    county = township.parent_code
    liaison = _made(PublicLiaison, name=person(chance(_SEED, "liaison", unit.code), county)) if liaisons else None
    names = {"code": unit.code, "name": unit.name, "township": township.name}
    return _made(PublicVillage, **names, county_code=county, liaison=liaison, former=())


def _county(county: Division, villages: tuple[PublicVillage, ...]) -> PublicCounty:
    return _made(
        PublicCounty, code=county.code, name=county.name, prefecture_code=county.parent_code, villages=villages
    )


def _made(kind: type[T], **values: object) -> T:
    """A public record of which the lookup reads these values alone."""
    rest: Mapping[str, object] = {field.name: None for field in fields(kind) if field.name not in values}  # type: ignore[arg-type]
    return kind(**values, **rest)
