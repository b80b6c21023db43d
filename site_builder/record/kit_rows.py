"""Rows of a kit whose key was changed by whoever filled it in: which of the kit's records each of them was."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from site_builder.record.cell_digests import Key, Prefilled

Values = Mapping[str, str]


def origins(kit: Prefilled, reported: Sequence[Values], of_person: Collection[str] = ()) -> dict[int, Key]:
    """The record that the kit had in a row, for each reported row, by its place, that is known by another key now.

    It is one that did not come back, whose key differs in one part, and of which at least half is as the kit said.
    of_person: what must be untouched, since without it the row is about somebody else.
    """
    keys = [tuple(values.get(name, "") for name in kit.table.key) for values in reported]
    left = [key for key in kit.digests if key not in set(keys)]
    found: dict[int, Key] = {}
    for place, (key, values) in enumerate(zip(keys, reported, strict=True)):
        if key in kit.digests or not all(key):
            continue
        shares = {old: _untouched(kit, old, values, of_person) for old in left if _differs_once(key, old)}
        best = max(shares, key=lambda old: shares[old], default=None)
        if best and shares[best] >= 0.5:
            found[place] = best
            left.remove(best)
    return found


def moved(kit: Prefilled, old: Key, rows: Mapping[Key, Values], of_person: Collection[str]) -> list[Key]:
    """The rows that one of the kit's records of a village and a day may be, under days of which the kit did not know.

    Most of such a row is as the kit said of that record, and what tells whom it is about.
    """
    unknown = (key for key in rows if key[0] == old[0] and key not in kit.digests)
    return [key for key in unknown if _is_mostly(kit, old, rows[key], of_person)]


def _is_mostly(kit: Prefilled, old: Key, row: Values, of_person: Collection[str]) -> bool:
    said = {name: kit.said(old, name, row[name]) for name in kit.names}
    return all(said.get(name) for name in of_person) and 2 * sum(said.values()) > len(said)


def _differs_once(key: Key, old: Key) -> bool:
    return sum(one != other for one, other in zip(key, old, strict=True)) == 1


def _untouched(kit: Prefilled, old: Key, values: Values, of_person: Collection[str]) -> float:
    """The share of a record's cells that are as the kit said, of those that were or are filled in."""
    names = [name for name, text in values.items() if kit.knows(name) and (text or not kit.said(old, name, ""))]
    alike = {name for name in names if kit.said(old, name, values[name])}
    return len(alike) / len(names) if names and alike.issuperset(of_person) else 0.0
