"""The gazetteer as what a list of villages may name: every village of it, whether the campaign's or not."""

from __future__ import annotations

from collections.abc import Mapping

from site_builder.collect.values import place_names, places
from site_builder.collect.values.place_names import written
from site_builder.collect.values.places import KnownVillage, Places
from site_builder.model.schemas import Schemas
from site_builder.record.tables import Reading
from site_builder.shared.text_forms import closed, village_ending

DIVISIONS = "divisions"
_LEAST = 2  # characters of a village's own name


def gather(reading: Reading, schemas: Schemas) -> Places:
    """All villages and counties that the gazetteer has."""
    header = schemas.tables[DIVISIONS].header
    files = (file for file in reading.files if file.table == DIVISIONS)
    rows = [dict(zip(header, cells, strict=True)) for file in files for cells in file.rows]
    names = {row["code"]: row["name"] for row in rows}
    villages = {
        row["code"]: KnownVillage(code=row["code"], name=row["name"], township=names.get(row["parent_code"], ""))
        for row in rows
        if row["level"] == "village"
    }
    counties = {row["code"]: row["name"] for row in rows if row["level"] == "county"}
    return places.of(villages, counties, names, {row["code"]: row["parent_code"] for row in rows})


def own_name(village: KnownVillage) -> str:
    """What a village calls itself: 荣华村 of 瓦房镇荣华村民委员会, 江北社区 of 江北社区居委会."""
    *_, name = sorted(_below(village), key=len, reverse=True)
    ending = village_ending(name, _LEAST)
    stem, kind = name.removesuffix(ending), place_names.kind(name)
    return stem if stem.endswith(kind) else stem + kind


def _below(village: KnownVillage) -> list[str]:
    """The name whole, and without the township's where enough is left that is a village's own."""
    whole, township = closed(village.name), village.township
    after = whole.removeprefix(written(township)) if township else whole
    has_own = len(after.removesuffix(village_ending(after, _LEAST))) >= _LEAST and village_ending(after, _LEAST)
    return [whole, after] if has_own else [whole]


def values(village: KnownVillage, year: int) -> Mapping[str, str]:
    """What the record says of a village that it did not have before, as far as the gazetteer knows."""
    return {"name": own_name(village), "township_code": village.code[:9], "campaign_year": str(year)}


