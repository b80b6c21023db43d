"""How the terms of a village's liaisons follow one another, where a return and the record each have some of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta

from site_builder.record.cell_digests import Key, RecordRow


def followed(rows: Mapping[Key, RecordRow], reported: Collection[Key]) -> Iterator[tuple[Key, Key]]:
    """Those without a last day that were not reported, each with the first of those reported who began later."""
    of_village: dict[str, list[Key]] = defaultdict(list)
    for other in sorted(other for other in reported if _is_day(other[1])):
        of_village[other[0]].append(other)
    for key, row in rows.items():
        if key in reported or row["to_date"]:
            continue
        later = next((other for other in of_village[key[0]] if other > key), None)
        if later:
            yield key, later


def preceding(rows: Mapping[Key, RecordRow], reported: Collection[Key]) -> Iterator[tuple[Key, Key]]:
    """Those reported without a last day, each with the first one on record who began later and serves still.

    Where the return has the later one too, it must say itself how the two terms lie.
    """
    kept: dict[str, list[Key]] = defaultdict(list)
    for key in sorted(key for key, row in rows.items() if key not in reported and not row["to_date"]):
        kept[key[0]].append(key)
    for key in sorted(reported):
        later = next((other for other in kept[key[0]] if other > key), None)
        if later and not rows[key]["to_date"] and _is_day(key[1]) and _is_day(later[1]):
            yield key, later


def day_before(day: str) -> str:
    """The last day of whoever is followed by one who begins on this day."""
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
