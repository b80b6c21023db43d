"""The liaisons: one serving in each village at a time, a few replaced, a few places vacant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import count
from random import Random
from typing import NamedTuple

from demonstration.cells import Row
from demonstration.chance import day, days_after, likely, unless_after
from demonstration.contact import FIRST_LIAISON, landline
from demonstration.gazetteer import County
from demonstration.offices import legal_aid_centre
from demonstration.people import person, staff
from demonstration.poor_villages import Village
from demonstration.scenario import Scenario

_ROLES = {
    "party_secretary": 22,
    "village_head": 24,
    "committee_member": 20,
    "village_accountant": 10,
    "mediator": 14,
    "resident_cadre": 6,
    "volunteer": 4,
}
# When the new villages' first liaisons start.
_FIRST_START, _LAST_START = date(2018, 3, 1), date(2018, 6, 1)


class Term(NamedTuple):
    """One liaison's days in office in a village. end: the last one, None while the term lasts."""

    village_code: str
    start: date
    end: date | None


def rows(county: County, villages: Iterable[Village], scenario: Scenario) -> list[Row]:
    """The rows of `liaisons` of one county, former liaisons included."""
    rng = scenario.chance("liaisons", county.code)
    serials = count(FIRST_LIAISON)
    return [
        row(rng, county, term, landline(county.code, next(serials)), scenario)
        for village in villages
        for term in _terms(rng, village, scenario)
    ]


def row(rng: Random, county: County, term: Term, phone: str, scenario: Scenario) -> Row:
    """One liaison's row. phone: a number that is nobody's."""
    return {
        "village_code": term.village_code,
        "from_date": term.start,
        "to_date": term.end,
        "name": person(rng, county.code),
        "role": rng.choices(list(_ROLES), weights=list(_ROLES.values()))[0],
        **_phone(rng, phone),
        "appointing_body": legal_aid_centre(county),
        **_posting(rng, term, county, scenario),
    }


def surely_serves(village: Village, on: date, scenario: Scenario) -> bool:
    """Whether a village has a liaison on a day of the present year, however its terms fall."""
    unusual = ("liaison_never_named", "liaison_left", "liaison_changed")
    if any(scenario.happens(what, village.code) for what in unusual):
        return False
    return on > _LAST_START or not scenario.is_new(village.year)


def _terms(rng: Random, village: Village, scenario: Scenario) -> Iterator[Term]:
    """The terms of a village's liaisons, one after the other."""
    if scenario.happens("liaison_never_named", village.code):
        return
    start = _first_day(rng, new=scenario.is_new(village.year))
    leaves = scenario.happens("liaison_left", village.code)
    changes = scenario.happens("liaison_changed", village.code)
    if not leaves and not changes:
        yield Term(village.code, start, None)
        return
    end = day(rng, start + timedelta(days=20), scenario.as_of - timedelta(days=5))
    yield Term(village.code, start, end)
    if changes:
        yield Term(village.code, end + timedelta(days=1) if likely(rng, 75) else days_after(rng, end, 2, 5), None)


def _first_day(rng: Random, *, new: bool) -> date:
    if new:
        return _FIRST_START + timedelta(days=int(rng.triangular(0, (_LAST_START - _FIRST_START).days, 24)))
    return date(2017, 3, 1) + timedelta(days=int(rng.triangular(0, 240, 60)))


def _phone(rng: Random, number: str) -> Row:
    """Most liaisons have a work telephone, some of them agree to its publication."""
    if likely(rng, 14):
        return {"work_phone": None, "phone_consent": False}
    return {"work_phone": number, "phone_consent": likely(rng, 38)}


def _posting(rng: Random, term: Term, county: County, scenario: Scenario) -> Row:
    """Most names were posted in the village; fewer postings were verified by now."""
    limit = term.end or scenario.as_of
    posted = unless_after(days_after(rng, term.start, 2, 24), limit) if likely(rng, 94) else None
    verified = unless_after(days_after(rng, posted, 7, 50), limit) if posted and likely(rng, 78) else None
    return {
        "posted_on": posted,
        "posting_verified_on": verified,
        "posting_verified_by": rng.choice(staff(scenario.seed, county.code)) if verified else None,
    }
