"""One check of the drafts of all counties that a file is of: it goes through the whole record, whoever's they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from site_builder.record.tables import Reading
from site_builder.shared.problems import Problem

Found = Sequence[Problem]
Conclude = Callable[[Found], None]
"""Takes what the check found in the drafts of all, and keeps what is one county's."""


def together(check: Callable[[Reading], Found], drafts: Sequence[Reading], conclude: Sequence[Conclude | None]) -> None:
    """Check drafts, by county, and tell each county's part of it; None has nothing to be checked."""
    every = Reading(
        files=[file for drafted in drafts for file in drafted.files],
        problems=[problem for drafted in drafts for problem in drafted.problems],
    )
    found = check(every) if any(conclude) else ()
    for one in filter(None, conclude):
        one(found)
