"""What the kit needs to know of a county or another unit: its villages, its offices and what has been reported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from site_builder.model.campaign import Campaign
from site_builder.model.schemas import Schemas
from site_builder.record import tables
from site_builder.shared import periods

RecordRow = dict[str, str]
UNITS = "responsible_units"


@dataclass(frozen=True, slots=True, kw_only=True)
class KitVillage:
    """A village of the campaign, by its 12-digit code."""

    code: str
    name: str
    township: str
    year: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KitCounty:
    """A county, or another unit, to which a kit is sent.

    villages: sorted by code; townships: the names of all that the gazetteer has; rows: what the record already holds,
    by table, as text by field name; window_years: the years in which a window was promised here; periods: the keys of
    those of the campaign's year, the months first; materials: titles by id; level: of a unit that carries out the
    notice, "" in a county's own kit; is_pilot: whether it is a pilot area; counties: names by code of those of a unit;
    cases: titles by number of the model cases that it may review.
    """

    code: str
    name: str
    legal_aid_centre: str
    submitting_body: str
    villages: tuple[KitVillage, ...]
    townships: tuple[str, ...] = ()
    rows: Mapping[str, list[RecordRow]]
    window_years: tuple[int, ...]
    periods: tuple[str, ...]
    materials: Mapping[str, str]
    level: str = ""
    is_pilot: bool = False
    counties: Mapping[str, str] = field(default_factory=dict)
    cases: Mapping[str, str] = field(default_factory=dict)


def gather(root: Path, campaign: Campaign, schemas: Schemas) -> tuple[KitCounty, ...]:
    """Every county that has a village or was promised a window, by code. Files that cannot be read count as empty."""
    return tuple(county for county in gather_all(root, campaign, schemas) if county.villages or county.window_years)


def gather_all(root: Path, campaign: Campaign, schemas: Schemas) -> tuple[KitCounty, ...]:
    """Every county that takes part, as `gather` has them: one that has no village yet is to list them."""
    by_county = _read(root, schemas)
    whole = by_county.pop("", {})
    names = {row["code"]: row["name"] for row in whole.get("divisions", [])}
    asked = _periods(campaign)
    materials = {row["material_id"]: row["title"] for row in whole.get("materials", [])}
    return tuple(
        KitCounty(
            code=office["county_code"],
            name=names.get(office["county_code"], office["county_code"]),
            legal_aid_centre=office["legal_aid_centre"],
            submitting_body=office["submitting_body"],
            villages=_villages(by_county.get(office["county_code"], {}).get("villages", []), names),
            townships=_townships(whole.get("divisions", []), office["county_code"]),
            rows=by_county.get(office["county_code"], {}),
            window_years=_window_years(campaign, office["county_code"]),
            periods=asked,
            materials=materials,
        )
        for office in whole.get("counties", [])
    )


def gather_units(root: Path, campaign: Campaign, schemas: Schemas) -> tuple[KitCounty, ...]:
    """Every unit that carries out the notice, by code, with what it has reported itself, its counties and cases."""
    by_code = _read(root, schemas)
    whole = by_code.pop("", {})
    names = {row["code"]: row["name"] for row in whole.get("divisions", [])}
    counties = [row["county_code"] for row in whole.get("counties", [])]
    cases = whole.get("cases", [])
    pilots = {row["area_code"] for row in whole.get("pilots", [])}
    return tuple(
        KitCounty(
            code=unit["unit_code"],
            name=unit["name"],
            legal_aid_centre=unit["name"],
            submitting_body="",
            villages=(),
            rows={**by_code.get(unit["unit_code"], {}), UNITS: [unit]},
            window_years=(),
            periods=_periods(campaign),
            materials={},
            level=unit["level"],
            is_pilot=unit["unit_code"] in pilots,
            counties={code: names.get(code, code) for code in counties if _is_of(unit, code)},
            cases={row["case_id"]: row["title"] for row in cases if _is_of(unit, row["county_code"])},
        )
        for unit in whole.get(UNITS, [])
    )


def _is_of(unit: RecordRow, county: str) -> bool:
    """Whether a county is the unit, or below it: below a department of the province are all."""
    return unit["level"] == "department" or county.startswith(unit["unit_code"])


def _read(root: Path, schemas: Schemas) -> dict[str, dict[str, list[RecordRow]]]:
    """All rows by table, by the code of the file, "" for the tables that are one file."""
    by_code: dict[str, dict[str, list[RecordRow]]] = {}
    for file in tables.read_all(root, schemas).files:
        header = schemas.tables[file.table].header
        rows = [dict(zip(header, cells, strict=True)) for cells in file.rows]
        by_code.setdefault(file.county, {})[file.table] = rows
    return by_code


def _periods(campaign: Campaign) -> tuple[str, ...]:
    return tuple(each.key for each in periods.periods_over(campaign.year, date(campaign.year, 12, 31)))


def _townships(divisions: list[RecordRow], county: str) -> tuple[str, ...]:
    return tuple(row["name"] for row in divisions if row["level"] == "township" and row["parent_code"] == county)


def _villages(rows: list[RecordRow], names: Mapping[str, str]) -> tuple[KitVillage, ...]:
    return tuple(
        KitVillage(
            code=row["village_code"],
            name=row["name"],
            township=names.get(row["township_code"], ""),
            year=int(row["campaign_year"]) if row["campaign_year"].isdecimal() else 0,
        )
        for row in rows
    )


def _window_years(campaign: Campaign, county: str) -> tuple[int, ...]:
    return tuple(sorted(target.year for target in campaign.targets if county in target.window_counties))
