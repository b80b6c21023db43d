"""Pairs within a line of which the first may not exceed the second: part and whole, earlier and later date."""

from __future__ import annotations

_OF_THE_POOR = ("migrant_workers", "elderly", "disabled", "left_behind_women", "left_behind_children")

# By table: (lesser or earlier, greater or later). The rules of checks/ say the same across whole files.
NOT_ABOVE: dict[str, tuple[tuple[str, str], ...]] = {
    "liaisons": (("from_date", "to_date"), ("from_date", "posted_on"), ("posted_on", "posting_verified_on")),
    "village_surveys": (
        ("poor_households", "poor_persons"),
        *((group, "poor_persons") for group in _OF_THE_POOR),
        ("hotline_aware", "hotline_asked"),
    ),
    "deliveries": (("delivered_on", "hung_on"), ("hung_on", "verified_on")),
    "feedback": (("received_on", "handled_on"),),
}
