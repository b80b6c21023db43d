"""What the residents' answers come to: figures of the hotline by village, and opinions for the feedback table."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from site_builder.collect.phone_exports.export_parts import ExportOrigin
from site_builder.collect.phone_exports.exports import RESIDENT_FIELDS, FlatTable
from site_builder.untrusted_files import Value

_CHANNEL = "liaison"  # liaisons ask the residents
_NUMBERS = 1_000_000  # a feedback's own number has at most six digits
_FEEDBACK = ("feedback_id", "village_code", "received_on", "channel", "kind", "text")
_FIGURES = ("village_code", "hotline_asked", "hotline_aware")
_PLACE = {name: place for place, name in enumerate(RESIDENT_FIELDS)}

_Row = tuple[tuple[Value, ...], tuple[ExportOrigin, ...]]


def residents_to_rows(residents: FlatTable) -> tuple[FlatTable, FlatTable]:
    """Partial rows of village_surveys (asked and aware, by village), and rows of feedback for those with an opinion.

    An answer without a village or without yes or no was reported when it was flattened, and is not counted.
    """
    answers = [
        (values, origins)
        for values, origins in zip(residents.rows, residents.origins, strict=True)
        if values[_PLACE["village_code"]] and values[_PLACE["aware"]] is not None
    ]
    return _figures(answers), _opinions(answers)


def _figures(answers: Iterable[_Row]) -> FlatTable:
    """One row for each village, by code; it leads back to the first answer from there."""
    by_village: dict[str, list[_Row]] = {}
    for answer in answers:
        by_village.setdefault(str(answer[0][_PLACE["village_code"]]), []).append(answer)
    rows: list[tuple[Value, ...]] = []
    origins = []
    for village, of_village in sorted(by_village.items()):
        aware = sum(values[_PLACE["aware"]] is True for values, _ in of_village)
        rows.append((village, len(of_village), aware))
        origins.append(tuple(of_village[0][1][_PLACE[name]] for name in ("village_code", "village_code", "aware")))
    return FlatTable(name="village_surveys", header=_FIGURES, rows=tuple(rows), origins=tuple(origins))


def _opinions(answers: Iterable[_Row]) -> FlatTable:
    """Numbered in the order in which they came in, so that a later export of the same form gives the same numbers."""
    voiced = [answer for answer in answers if answer[0][_PLACE["kind"]] or answer[0][_PLACE["text"]]]
    voiced.sort(key=lambda answer: (str(answer[0][_PLACE["submitted_at"]]), str(answer[0][_PLACE["instance_id"]])))
    taken: set[str] = set()
    rows, origins = [], []
    for values, cells in voiced:
        village = str(values[_PLACE["village_code"]])
        number = feedback_id(village[:6], str(values[_PLACE["instance_id"]]), taken)
        taken.add(number)
        kept = [values[_PLACE[name]] for name in ("surveyed_on", "kind", "text")]
        rows.append((number, village, kept[0], _CHANNEL, *kept[1:]))
        sources = ("instance_id", "village_code", "surveyed_on", "kind", "kind", "text")
        origins.append(tuple(cells[_PLACE[name]] for name in sources))
    return FlatTable(name="feedback", header=_FEEDBACK, rows=tuple(rows), origins=tuple(origins))


def feedback_id(county: str, instance_id: str, taken: set[str]) -> str:
    """The number of an opinion, such as F-220881-004711, from its submission alone; the next one when it is taken."""
    number = int.from_bytes(hashlib.sha256(instance_id.encode("utf-8")).digest(), "big") % _NUMBERS
    while (made := f"F-{county}-{number:06}") in taken:
        number = (number + 1) % _NUMBERS
    return made
