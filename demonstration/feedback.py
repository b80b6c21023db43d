"""What villagers say of the hotline, and what was done about it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from random import Random
from typing import Any

from demonstration.cells import Row
from demonstration.chance import day, days_after, likely, unless_after
from demonstration.gazetteer import County
from demonstration.liaisons import surely_serves
from demonstration.poor_villages import Village
from demonstration.scenario import Scenario
from demonstration.wording import words

_PERCENT_OF_VILLAGES = 9.3
_SAID = date(2018, 4, 2), date(2018, 6, 27)
_KINDS = {"praise": 25, "suggestion": 30, "complaint": 12, "question": 20, "unreachable": 13}
_PERCENT_THROUGH_LIAISON = 40
_CHANNELS = {"hotline": 43, "window": 21, "letter": 7, "online": 12, "suggestion_box": 17}


def rows(county: County, villages: Iterable[Village], scenario: Scenario) -> list[Row]:
    """The rows of `feedback` of one county, numbered by the day they came in."""
    rng = scenario.chance("feedback", county.code)
    found = [
        _public_row(rng, village, scenario)
        if scenario.happens("public_question", village.code)
        else said(rng, village, _SAID, scenario)
        for village in villages
        if scenario.happens("public_question", village.code) or likely(rng, _PERCENT_OF_VILLAGES)
    ]
    return numbered(county, found)


def numbered(county: County, rows: Iterable[dict[str, Any]], start: int = 1) -> list[Row]:
    """Rows of `feedback` with their county and their numbers by the day they came in, beginning with `start`."""
    by_day = sorted(rows, key=lambda row: (row["received_on"], row["text"], row["village_code"] or ""))
    return [
        {"feedback_id": f"F-{county.code}-{number:04d}", "county_code": county.code, **row}
        for number, row in enumerate(by_day, start)
    ]


def answered(row: Row, on: date) -> Row:
    """A row that has its answer, by that day where it had none."""
    if row["handled_on"]:
        return row
    kinds = words("feedback")["kinds"]
    reply = next(each["reply"] for of in kinds.values() for each in of if each["text"] == row["text"])
    return {**row, "handled_on": on, "reply": reply}


def said(rng: Random, village: Village, days: tuple[date, date], scenario: Scenario) -> dict[str, Any]:
    """What a villager said between two days. Most of it has its answer by the scenario's day."""
    kind = rng.choices(list(_KINDS), weights=list(_KINDS.values()))[0]
    words_of = rng.choice(words("feedback")["kinds"][kind])
    received = day(rng, *days)
    handled = unless_after(days_after(rng, received, 1, 12), scenario.as_of) if likely(rng, 93) else None
    return {
        **_way(rng, village, received, scenario),
        "received_on": received,
        "kind": kind,
        "text": words_of["text"],
        "handled_on": handled,
        "reply": words_of["reply"] if handled else None,
    }


def _public_row(rng: Random, village: Village, scenario: Scenario) -> dict[str, Any]:
    """A question that was handled early and whose answer was reviewed for publication."""
    pool = words("feedback")["public"]
    received = day(rng, date(2018, 4, 2), date(2018, 5, 31))
    handled = days_after(rng, received, 1, 8)
    return {
        **_way(rng, village, received, scenario),
        "received_on": received,
        "kind": "question",
        "handled_on": handled,
        "reviewed_on": min(handled + timedelta(days=10), scenario.as_of),
        **pool[scenario.exceptions["public_question"][village.code] % len(pool)],
    }


def _way(rng: Random, village: Village, received: date, scenario: Scenario) -> dict[str, str | None]:
    """How it came in: a liaison serves by then and names the village, which others may not."""
    if surely_serves(village, received, scenario) and likely(rng, _PERCENT_THROUGH_LIAISON):
        return {"channel": "liaison", "village_code": village.code}
    channel = rng.choices(list(_CHANNELS), weights=list(_CHANNELS.values()))[0]
    return {"channel": channel, "village_code": village.code if likely(rng, 80) else None}
