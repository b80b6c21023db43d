"""What the kit needs to know of a county: its villages, its offices and what has already been reported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from site_builder.model.campaign import Campaign
from site_builder.model.schemas import Schemas
from site_builder.record import tables
from site_builder.shared import periods

RecordRow = dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class KitVillage:
    """A village of the campaign, by its 12-digit code."""

    code: str
    name: str
    township: str
    year: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KitCounty:
    """A county to which a kit is sent.

    villages: sorted by code; townships: the names of all that the gazetteer has; rows: what the record already holds,
    by table, as text by field name; window_years: the years in which a window was promised here; periods: the keys of
    those of the campaign's year, the months first; materials: titles by id.
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


def gather(root: Path, campaign: Campaign, schemas: Schemas) -> tuple[KitCounty, ...]:
    """Every county that has a village or was promised a window, by code. Files that cannot be read count as empty."""
    return tuple(county for county in gather_all(root, campaign, schemas) if county.villages or county.window_years)


def gather_all(root: Path, campaign: Campaign, schemas: Schemas) -> tuple[KitCounty, ...]:
    """Every county that takes part, as `gather` has them: one that has no village yet is to list them."""
    reading = tables.read_all(root, schemas)
    by_county: dict[str, dict[str, list[RecordRow]]] = {}
    for file in reading.files:
        header = schemas.tables[file.table].header
        rows = [dict(zip(header, cells, strict=True)) for cells in file.rows]
        by_county.setdefault(file.county, {})[file.table] = rows
    whole = by_county.pop("", {})
    names = {row["code"]: row["name"] for row in whole.get("divisions", [])}
    asked = tuple(each.key for each in periods.periods_over(campaign.year, date(campaign.year, 12, 31)))
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
