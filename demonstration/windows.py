"""The service windows of the poor counties, and their plaques and boards."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from random import Random
from typing import NamedTuple

from demonstration.boundaries import Boundary, point_inside
from demonstration.cells import Row
from demonstration.chance import between, day, days_after, likely, unless_after
from demonstration.contact import WINDOW, address, landline
from demonstration.gazetteer import County
from demonstration.people import person
from demonstration.scenario import Scenario
from demonstration.wording import words

_OPENED = {2017: (date(2017, 4, 10), date(2017, 5, 5)), 2018: (date(2018, 3, 12), date(2018, 3, 30))}
_DELIVERED = {2017: (date(2017, 5, 8), date(2017, 6, 30)), 2018: (date(2018, 4, 2), date(2018, 4, 20))}
_WAYS_IN = (25, "step_free"), (50, "helped"), (80, "steps"), (100, "")  # each with the last hundredth that is its own
_MOVED = date(2018, 4, 23), date(2018, 6, 22)


class Hanging(NamedTuple):
    """When a plaque or a board was delivered, hung and verified."""

    delivered_on: date
    hung_on: date | None
    verified_on: date | None


def hanging(county_code: str, item: str, scenario: Scenario) -> Hanging:
    """The dates of a window's `plaque` or `board`, the same in every table."""
    rng = scenario.chance("hangings", item, county_code)
    delivered = day(rng, *_DELIVERED[scenario.windows[county_code]])
    if scenario.happens(f"{item}_missing", county_code):
        return Hanging(delivered, None, None)
    hung = days_after(rng, delivered, 2, 25)
    verified = unless_after(days_after(rng, hung, 10, 40), scenario.as_of) if likely(rng, 80) else None
    return Hanging(delivered, hung, verified)


def rows(county: County, boundaries: Mapping[str, Boundary], scenario: Scenario) -> list[Row]:
    """The window of a poor county: one row of `windows`, or none for another county."""
    if county.code not in scenario.windows:
        return []
    rng = scenario.chance("windows", county.code)
    year = scenario.windows[county.code]
    board = hanging(county.code, "board", scenario).hung_on
    return [
        {
            "window_id": f"W-{county.code}-{year}",
            "county_code": county.code,
            "campaign_year": year,
            **_office(rng, county),
            "way_in": _way_in(county.code, scenario),
            **_place(rng, boundaries[county.code], scenario, county.code),
            "opened_on": day(rng, *_OPENED[year]),
            **_move(county.code, scenario),
            "plaque_hung_on": hanging(county.code, "plaque", scenario).hung_on,
            "board_hung_on": board,
            **_priorities(rng, settled=not scenario.is_new(year), on_board=bool(board)),
        }
    ]


def _office(rng: Random, county: County) -> dict[str, str]:
    wording = words("offices")["window"]
    team = {"lawyers": between(rng, 3, 8), "workers": between(rng, 2, 5)}
    return {
        "name": wording["name"].format(county=county.name),
        "address": address(rng, "window_address"),
        "hours": rng.choice(wording["hours"]),
        "phone": landline(county.code, WINDOW),
        "responsible_person": person(rng, county.code),
        "service_team": wording["service_team"].format(county=county.name, **team),
    }


def _way_in(code: str, scenario: Scenario) -> str:
    """Most windows have steps, and of some nobody has said; drawn by itself, so that all other draws stay."""
    chosen = between(scenario.chance("ways_in", code), 1, 100)
    return next(way for upto, way in _WAYS_IN if chosen <= upto)


def _place(rng: Random, boundary: Boundary, scenario: Scenario, code: str) -> dict[str, str]:
    if scenario.happens("no_coordinates", code):
        return {}
    longitude, latitude = point_inside(rng, boundary)
    return {"longitude": f"{longitude:.3f}", "latitude": f"{latitude:.3f}"}


def _move(code: str, scenario: Scenario) -> Row:
    if not scenario.happens("window_moved", code):
        return {}
    rng = scenario.chance("moves", code)
    return {"moved_on": day(rng, *_MOVED), "earlier_address": address(rng, "window_address")}


def _priorities(rng: Random, *, settled: bool, on_board: bool) -> dict[str, bool | None]:
    """What the window does for registered poor households; a new window may not do all of it yet.

    Where the board hangs, which says that all is done, the county has left open what it has not seen to.
    """
    firm = ["means_test_waived", "priority_reception", "priority_acceptance"]
    later = ["priority_assignment", "priority_handling", "priority_follow_up"]
    return {
        **dict.fromkeys(firm, True),
        **{priority: settled or likely(rng, 85) or (None if on_board else False) for priority in later},
    }
