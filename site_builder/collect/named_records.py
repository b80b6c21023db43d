"""What a return names where a code is asked for: a village or county by its name, a material by its title."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from site_builder.collect.collection_context import CollectionContext
from site_builder.collect.structure.services import LaidOut
from site_builder.collect.values import place_names
from site_builder.collect.values.cells import CellError, plain
from site_builder.collect.values.places import Places
from site_builder.shared.codes import Code
from site_builder.shared.problems import safe_to_show
from site_builder.shared.text_forms import caseless
from site_builder.untrusted_files import Value

_MATERIALS = "content/data/materials.csv"


def lookups(collection: CollectionContext, county: str) -> Mapping[str, Callable[[str], str]]:
    """The code that a name stands for, by field; CellError where not exactly one fits. county: the return's, or ""."""
    titles = {row["material_id"]: row["title"] for row in collection.rows.get(_MATERIALS, [])}
    return {
        "recipient_code": partial(_recipient, collection.places, county),
        "material_id": partial(_material, titles),
    }


def with_recipients(laid_out: LaidOut) -> LaidOut:
    """Rows that name the village that received something in columns of its own, with that name as their recipient."""
    header, rows = laid_out.header, laid_out.sheet.rows
    column = next((column for column in header.form.columns if column.field.name == "recipient_code"), None)
    village, township = (header.context.get(kind, 0) for kind in ("village_name", "township_name"))
    if column is None or not village or column in header.columns.values():
        return laid_out
    place = max(map(len, rows)) + 1
    named = [_text(row, village) and _text(row, township) + _text(row, village) for row in rows[header.line :]]
    own = [_with(row, place, text) for row, text in zip(rows[header.line :], named, strict=True)]
    return replace(
        laid_out,
        sheet=replace(laid_out.sheet, rows=[*rows[: header.line], *own]),
        header=replace(header, columns={**header.columns, place: column}, apart={*header.apart, village}),
        origins={**laid_out.origins, place: village},
    )


def _text(row: Sequence[Value], place: int) -> str:
    return plain(row[place - 1]).strip() if 0 < place <= len(row) else ""


def _with(row: list[Value], place: int, text: str) -> list[Value]:
    return [*row, *[None] * (place - 1 - len(row)), text] if text else row


def _recipient(places: Places, county: str, name: str) -> str:
    villages = places.named(county, "", name)
    counties = [code for code in places.counties_named(name) if _is_alone(places, code, name)]
    if len(villages) == 1:
        return villages[0].code
    if not villages and len(counties) == 1:
        return counties[0]
    code = Code.VILLAGE_AMBIGUOUS if villages else Code.VILLAGE_NOT_FOUND
    raise CellError(code, meant=places.asked(county, "", name), named=safe_to_show(name))


def _is_alone(places: Places, county: str, name: str) -> bool:
    """Whether a name is the county's, perhaps after those above it: a village before it is another recipient."""
    official, above = places.counties[county], places.above.get(county, ())
    return place_names.below(name, above[:-1]) in {place_names.written(official), place_names.larger_stem(official)}


def _material(titles: Mapping[str, str], name: str) -> str:
    """A material by its title, or by a part of it that only one has: one character is no name."""
    typed = caseless(name)
    whole = [code for code, title in titles.items() if caseless(title) == typed]
    found = whole or [code for code, title in titles.items() if len(typed) > 1 and typed in caseless(title)]
    if len(found) == 1:
        return found[0]
    raise CellError(Code.CELL_CHOICE, choices="、".join(f"{titles[code]}（{code}）" for code in found or titles))
