"""The places that a return may name: the campaign's villages and the counties, by code and by name."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from site_builder.model.schemas import Schemas
from site_builder.record.tables import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownVillage:
    """A village of the campaign."""

    code: str
    name: str
    township: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Villages by code, and county names by code."""

    villages: Mapping[str, KnownVillage]
    counties: Mapping[str, str]

    def of_county(self, county: str) -> list[KnownVillage]:
        """The villages of a county, by code."""
        return [village for code, village in self.villages.items() if code.startswith(county)]

    def named(self, county: str, township: str, name: str) -> list[KnownVillage]:
        """The villages of that name; county and township narrow the choice where they are not empty."""
        found = [village for village in self.of_county(county) if _same(village.name, name)]
        return [village for village in found if _same(village.township, township)] if township else found

    def counties_named(self, name: str) -> list[str]:
        """The codes of the counties that a text names: by code, or by name, perhaps with those above it before it."""
        closed = _closed(name)
        if closed[:6] in self.counties and closed.isdecimal():
            return [closed[:6]]
        whole = [code for code, official in self.counties.items() if closed.endswith(_closed(official))]
        return whole or [code for code, official in self.counties.items() if closed == _county_stem(official)]

    def is_name_of(self, code: str, name: str) -> bool:
        """Whether a name, perhaps with that of the township before it, is that of the village or county of the code."""
        if code in self.villages:
            village = self.villages[code]
            plain = (
                _closed(name)
                .removeprefix(_closed(self.counties.get(code[:6], "")))
                .removeprefix(_closed(village.township))
            )
            return _same(village.name, plain)
        return code not in self.counties or _same(self.counties[code], name)


def gather(reading: Reading, schemas: Schemas) -> Places:
    """The places as the record holds them."""
    rows: dict[str, list[dict[str, str]]] = {"divisions": [], "counties": [], "villages": []}
    for file in reading.files:
        if file.table in rows:
            header = schemas.tables[file.table].header
            rows[file.table].extend(dict(zip(header, cells, strict=True)) for cells in file.rows)
    names = {row["code"]: row["name"] for row in rows["divisions"]}
    villages = sorted(rows["villages"], key=lambda row: row["village_code"])
    return Places(
        villages={
            row["village_code"]: KnownVillage(
                code=row["village_code"], name=row["name"], township=names.get(row["township_code"], "")
            )
            for row in villages
        },
        counties={row["county_code"]: names.get(row["county_code"], row["county_code"]) for row in rows["counties"]},
    )


def _closed(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split())


def _same(one: str, other: str) -> bool:
    """Whether two names of places are one: 太平 and 太平村 are."""
    return _stem(one) == _stem(other)


def _county_stem(name: str) -> str:
    closed = _closed(name)
    return closed[:-1] if len(closed) > 2 and closed[-1] in "市县区" else closed


def _stem(name: str) -> str:
    closed = _closed(name)
    for ending in ("村民委员会", "村委会", "居委会", "社区", "村"):
        if len(closed) > len(ending) + 1 and closed.endswith(ending):
            return closed.removesuffix(ending)
    return closed
