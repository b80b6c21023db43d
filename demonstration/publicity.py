"""Printed materials and where they went; publicity events and visits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from random import Random
from typing import Any

from demonstration.cells import Row
from demonstration.chance import between, day, days_after, likely, unless_after
from demonstration.gazetteer import County
from demonstration.people import staff
from demonstration.poor_villages import Village
from demonstration.scenario import Scenario
from demonstration.windows import hanging
from demonstration.wording import words

_WINDOW_ITEMS = {"M-01": "plaque", "M-02": "board"}
_BANNERS, VILLAGE_BOARD, _POSTERS, _CARDS = "M-10", "M-03", "M-04", "M-09"
# In how many of a hundred villages each leaflet was given out.
LEAFLETS = {"M-05": 85, "M-06": 80, "M-07": 45, "M-08": 50}
_DELIVERED = date(2018, 4, 3), date(2018, 5, 20)

# How often each kind of activity, and how few and how many people it reaches.
_KINDS = {"publicity_event": 26, "team_visit": 34, "legal_aid_bus": 18, "home_visit": 12, "training": 10}
_ANNOUNCED = {"legal_aid_bus": 50, "home_visit": 30, "team_visit": 20}
_REACH = {
    "publicity_event": (80, 420),
    "team_visit": (30, 130),
    "legal_aid_bus": (20, 90),
    "home_visit": (1, 6),
    "training": (12, 60),
}


def materials() -> list[Row]:
    """The rows of `materials`."""
    rows: list[Row] = words("publicity")["materials"]
    return rows


def deliveries(county: County, villages: Iterable[Village], scenario: Scenario) -> list[Row]:
    """The rows of `deliveries` of one county: to its window, if it has one, and to its villages."""
    rng = scenario.chance("deliveries", county.code)
    to_villages = [row for village in villages for row in _to_village(rng, county, village, scenario)]
    if county.code not in scenario.windows:
        return to_villages
    return [*_to_window(rng, county, scenario), *to_villages]


def _to_window(rng: Random, county: County, scenario: Scenario) -> Iterator[Row]:
    for material, item in _WINDOW_ITEMS.items():
        story = hanging(county.code, item, scenario)
        verifier = rng.choice(staff(scenario.seed, county.code)) if story.verified_on else None
        yield {"recipient_code": county.code, "material_id": material, "quantity": 1,
               **story._asdict(), "verified_by": verifier}  # fmt: skip
    yield delivery(county.code, _BANNERS, between(rng, 4, 20), day(rng, *_DELIVERED))


def _to_village(rng: Random, county: County, village: Village, scenario: Scenario) -> Iterator[Row]:
    """A village's materials, brought on one day; the board comes by itself, or not at all."""
    brought = day(rng, *_DELIVERED)
    if likely(rng, 95):
        yield village_board(rng, county, village, day(rng, *_DELIVERED), scenario)
    yield delivery(village.code, _POSTERS, between(rng, 3, 12), brought)
    for material, percent in LEAFLETS.items():
        if likely(rng, percent):
            yield delivery(village.code, material, 10 * between(rng, 2, 15), brought)
    if likely(rng, 70):
        yield delivery(village.code, _CARDS, -(-village.households // 50) * 50, brought)


def delivery(recipient: str, material: str, quantity: int, delivered: date) -> dict[str, str | int | date]:
    """A row of `deliveries` of what is not hung."""
    return {
        "recipient_code": recipient,
        "material_id": material,
        "quantity": quantity,
        "delivered_on": delivered,
    }


def village_board(rng: Random, county: County, village: Village, delivered: date, scenario: Scenario) -> Row:
    """The board of a village, delivered on a day, most of them hung and verified soon after."""
    hung = unless_after(days_after(rng, delivered, 1, 30), scenario.as_of) if likely(rng, 92) else None
    verified = unless_after(days_after(rng, hung, 7, 40), scenario.as_of) if hung and likely(rng, 78) else None
    return {
        **delivery(village.code, VILLAGE_BOARD, 1, delivered),
        "hung_on": hung,
        "verified_on": verified,
        "verified_by": rng.choice(staff(scenario.seed, county.code)) if verified else None,
    }


def activities(county: County, villages: Sequence[Village], scenario: Scenario) -> list[Row]:
    """The rows of `activities` of one county, those announced too, numbered by date; none without villages."""
    rng = scenario.chance("activities", county.code)
    count = between(rng, 3, 8) if villages else 0
    held = sorted(day(rng, date(2018, 2, 26), date(2018, 6, 28)) for _ in range(count))
    found = [{"held_on": held_on, **activity(rng, county, rng.choice(villages))} for held_on in held]
    found += announced(county, villages, scenario)
    return numbered(county, found)


def numbered(county: County, rows: Iterable[Row], start: int = 1) -> list[Row]:
    """Rows of `activities` with their county and their numbers, which begin with `start`."""
    return [
        {"activity_id": f"A-{county.code}-{number:04d}", "county_code": county.code, **row}
        for number, row in enumerate(rows, start)
    ]


def announced(county: County, villages: Sequence[Village], scenario: Scenario) -> list[dict[str, Any]]:
    """Rounds of the bus and visits of the coming month; a county of more than a few villages has some."""
    rng = scenario.chance("announced", county.code)
    count = min(between(rng, 0, 3), len(villages) // 3)
    days = sorted(days_after(rng, scenario.as_of, 3, 31) for _ in range(count))
    return [{"held_on": each, **_kind(rng, county, rng.choice(villages), _ANNOUNCED)} for each in days]


def activity(rng: Random, county: County, village: Village) -> dict[str, str | int | None]:
    """What was held in a village, and whom it reached."""
    row = _kind(rng, county, village, _KINDS)
    return {**row, **reached(rng, row)}


def reached(rng: Random, row: Row) -> dict[str, int]:
    """How many people an activity reached and how many materials it gave out."""
    people = between(rng, *_REACH[str(row["kind"])])
    return {"people_reached": people, "materials_given": between(rng, people // 2, people * 3 // 2)}


def _kind(rng: Random, county: County, village: Village, kinds: Mapping[str, int]) -> dict[str, str | None]:
    kind = rng.choices(list(kinds), weights=list(kinds.values()))[0]
    wording = rng.choice(words("publicity")["activities"][kind])
    names = {"county": county.name, "township": village.township, "village": village.name}
    return {
        "kind": kind,
        "village_code": village.code if "{village}" in wording["place"] else None,
        "title": wording["title"].format(**names),
        "place": wording["place"].format(**names),
    }
