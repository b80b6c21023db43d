"""What the notice lists for a window: the waiver and the five priorities, who is responsible, team, hours, signs.

The fields are those of the table of windows, in its order.
"""

from __future__ import annotations

from datetime import date
from typing import Final

PRIORITIES: Final = (
    "priority_reception",
    "priority_acceptance",
    "priority_assignment",
    "priority_handling",
    "priority_follow_up",
)
PROMISES: Final = ("means_test_waived", *PRIORITIES)
"""What a window does for registered poor households, as the uniform board says on the wall."""

STAFF: Final = ("responsible_person", "service_team")
"""Who stands on the board."""

DUTIES: Final = ("hours", "responsible_person", "plaque_hung_on", "board_hung_on", *PROMISES, "service_team")
"""All of it; a window is built when each is there."""


def lacking(window: object, duties: tuple[str, ...] = DUTIES) -> tuple[str, ...]:
    """The duties that a record, or a public record, of a window does not show to be done."""
    return tuple(duty for duty in duties if not getattr(window, duty))


def denied(window: object) -> tuple[str, ...]:
    """The promises of the board of which the record says that they are not kept; a blank says nothing."""
    return tuple(promise for promise in PROMISES if getattr(window, promise) is False)


def due(campaign_year: int) -> date:
    """The day by which a window is to be built: the last of its year."""
    return date(campaign_year, 12, 31)
