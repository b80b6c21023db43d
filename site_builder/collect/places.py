"""The places that a return may name: the campaign's villages and the counties, by code and by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from site_builder.model.schemas import Schemas
from site_builder.record.tables import Reading
from site_builder.shared.text_forms import closed, village_ending


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
        typed = closed(name)
        if typed[:6] in self.counties and typed.isdecimal():
            return [typed[:6]]
        whole = [code for code, official in self.counties.items() if typed.endswith(closed(official))]
        return whole or [code for code, official in self.counties.items() if typed == _county_stem(official)]

    def is_name_of(self, code: str, name: str) -> bool:
        """Whether a name, perhaps with that of the township before it, is that of the village or county of the code."""
        if code in self.villages:
            village = self.villages[code]
            plain = (
                closed(name)
                .removeprefix(closed(self.counties.get(code[:6], "")))
                .removeprefix(closed(village.township))
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


def _same(one: str, other: str) -> bool:
    """Whether two names of places are one: 太平 and 太平村 are."""
    return _stem(one) == _stem(other)


def _county_stem(name: str) -> str:
    plain = closed(name)
    return plain[:-1] if len(plain) > 2 and plain[-1] in "市县区" else plain


def _stem(name: str) -> str:
    plain = closed(name)
    return plain.removesuffix(village_ending(plain, least=2))
