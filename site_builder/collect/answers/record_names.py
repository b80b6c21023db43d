"""What a record is called in an answer: by the names of its village and its choices, not by their codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from site_builder.collect.answers.sound import Change
from site_builder.collect.values.places import Places
from site_builder.model.schemas import Table
from site_builder.shared.problems import safe_to_show

_OF_PLACES = ("village_code", "recipient_code", "county_code", "unit_code")


def named(table: Table, key: Sequence[str], places: Places, materials: Mapping[str, str]) -> str:
    """A record by its key: 洮河镇新发村 老年人·赡养费. key: which may be longer, of a row that repeats another's."""
    texts, choices = list[str](), list[str]()
    for name, text in zip(table.key, key, strict=False):
        field = table.field(name)
        if field.choices:
            choices.append(field.choices.get(text, safe_to_show(text)))
        else:
            shown = places.official(text) if name in _OF_PLACES else materials.get(text, text)
            texts.append(safe_to_show(shown))
    return " ".join(filter(None, [*texts, "·".join(filter(None, choices))]))


def successions(changes: Iterable[Change], rows: Iterable[Mapping[str, str]]) -> dict[tuple[str, ...], tuple[str, str]]:
    """By the key of each new liaison whom another one makes way for: the names of both, that one's first.

    rows: the county's liaisons after the changes.
    """
    found = list(changes)
    names: dict[tuple[str, ...], str] = {(row["village_code"], row["from_date"]): row["name"] for row in rows}
    ended = {one.key[0]: one.key for one in found if (one.table, one.field) == ("liaisons", "to_date") and one.after}
    new = [one.key for one in found if (one.table, one.field, one.before) == ("liaisons", "", "")]
    return {
        key: (names[ended[key[0]][:2]], names[key[:2]])
        for key in new
        if key[0] in ended and {key[:2], ended[key[0]][:2]} <= names.keys()
    }
