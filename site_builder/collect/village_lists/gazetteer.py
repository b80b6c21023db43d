"""The gazetteer as what a list of villages may name: every village of it, whether the campaign's or not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from site_builder.collect.values import place_names, places
from site_builder.collect.values.places import KnownVillage, Places
from site_builder.model.schemas import Schemas
from site_builder.record.tables import Reading
from site_builder.shared.text_forms import place_spelling, village_ending

DIVISIONS = "divisions"
_LEAST = 2  # characters of a village's own name
_DIGITS_ABOVE = (2, 4, 6)  # of the codes of province, prefecture and county
_ENDINGS = frozenset(ending for kind in place_spelling()["village_endings"] for ending in kind)


def gather(reading: Reading, schemas: Schemas) -> Places:
    """All villages and counties that the gazetteer has."""
    header = schemas.tables[DIVISIONS].header
    files = (file for file in reading.files if file.table == DIVISIONS)
    rows = [dict(zip(header, cells, strict=True)) for file in files for cells in file.rows]
    names = {row["code"]: row["name"] for row in rows}
    villages = {row["code"]: _village(row, names) for row in rows if row["level"] == "village"}
    counties = {row["code"]: row["name"] for row in rows if row["level"] == "county"}
    return places.of(villages, counties, names, {row["code"]: row["parent_code"] for row in rows})


def _village(row: Mapping[str, str], names: Mapping[str, str]) -> KnownVillage:
    """A village as it calls itself: some bear all that is above them, as 四平市铁东区山门镇解放村 with its ending."""
    above = [names.get(row["code"][:digits], "") for digits in _DIGITS_ABOVE]
    township, name = (_below(names.get(row["parent_code"], ""), above), _below(row["name"], above))
    return KnownVillage(code=row["code"], name=own_name(_below(name, [township])), township=township)


def _below(name: str, above: Iterable[str]) -> str:
    """A name without those above it that stand whole before it, where enough is left that is its own."""
    for place in above:
        rest = name.removeprefix(place)
        has_own = len(rest) - len(village_ending(rest, _LEAST)) >= _LEAST and rest not in _ENDINGS
        name = rest if has_own else name
    return name


def own_name(official: str) -> str:
    """What a village or a community calls itself, without the ending of its committee: 荣华村, 江北社区."""
    stem = official.removesuffix(village_ending(official, _LEAST))
    kind = place_names.kind(official)
    return stem if stem.endswith(kind) else stem + kind


def values(village: KnownVillage, year: int) -> Mapping[str, str]:
    """What the record says of a village that it did not have before, as far as the gazetteer knows."""
    return {"name": village.name, "township_code": village.code[:9], "campaign_year": str(year)}
