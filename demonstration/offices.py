"""County offices: the counties themselves, duty-lawyer stations, pilots, cases and submissions."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from random import Random

from demonstration.cells import Row
from demonstration.chance import day, likely
from demonstration.contact import FIRST_STATION, OFFICE, SUPERVISION, address, landline
from demonstration.gazetteer import County
from demonstration.people import staff
from demonstration.scenario import Scenario
from demonstration.wording import words

# In how many of a hundred counties each kind of station stands.
_STATIONS = {"court": 92, "procuratorate": 28, "detention_centre": 85}
_PILOTS_START = date(2018, 2, 1)
_SENT = date(2018, 6, 4), date(2018, 6, 29)
_SUBMITTED_TABLES = "liaisons village_surveys needs"


def legal_aid_centre(county: County) -> str:
    """The name of a county's legal-aid centre."""
    name: str = words("offices")["legal_aid_centre"].format(county=county.full_name)
    return name


def counties(all_counties: Iterable[County], scenario: Scenario) -> list[Row]:
    """The rows of `counties`."""
    return [_county(county, scenario) for county in all_counties]


def _county(county: County, scenario: Scenario) -> Row:
    rng = scenario.chance("counties", county.code)
    wording = words("offices")
    alone = county.code in wording["submit_themselves"]
    budgeted = not scenario.happens("budget_missing", county.code)
    return {
        "county_code": county.code,
        "submitting_body": wording["submitting_body"].format(body=county.name if alone else county.prefecture),
        "legal_aid_centre": legal_aid_centre(county),
        "address": address(rng, "address"),
        "office_phone": landline(county.code, OFFICE),
        "supervision_phone": landline(county.code, SUPERVISION),
        "phone_publication": _phone_publication(county, scenario),
        "budget_included_on": _budget_day(rng) if budgeted else None,
    }


def _phone_publication(county: County, scenario: Scenario) -> str:
    if scenario.happens("phones_full", county.code):
        return "full"
    return "masked" if scenario.happens("phones_masked", county.code) else "none"


def _budget_day(rng: Random) -> date:
    """Most counties were included long before; some only after the province's reminder of February 2018."""
    if likely(rng, 70):
        return day(rng, date(2017, 1, 10), date(2017, 12, 20))
    return day(rng, date(2018, 3, 5), date(2018, 6, 28))


def stations(county: County, scenario: Scenario) -> list[Row]:
    """The rows of `stations` of one county."""
    rng = scenario.chance("stations", county.code)
    kinds = [kind for kind, percent in _STATIONS.items() if likely(rng, percent)]
    return [_station(rng, county, kind, number) for number, kind in enumerate(kinds, start=1)]


def _station(rng: Random, county: County, kind: str, number: int) -> Row:
    wording = words("offices")["station"]
    opened = day(rng, date(2017, 8, 1), date(2018, 6, 22))
    return {
        "station_id": f"S-{county.code}-{number:02d}",
        "county_code": county.code,
        "kind": kind,
        "name": wording["names"][kind].format(county=county.full_name),
        "address": address(rng, "address"),
        "phone": landline(county.code, FIRST_STATION + number),
        "hours": rng.choice(wording["hours"]),
        "opened_on": opened,
        "model_station": opened < date(2018, 3, 1) and likely(rng, 10),
    }


def pilots() -> list[Row]:
    """The rows of `pilots`: they come from the notice and are official."""
    return [{**pilot, "started_on": _PILOTS_START, "data_status": "official"} for pilot in words("offices")["pilots"]]


def cases() -> list[Row]:
    """The rows of `cases`."""
    return [
        {"case_id": f"C-2018-{number:03d}", **case} for number, case in enumerate(words("offices")["cases"], start=1)
    ]


def submissions(county: County, scenario: Scenario) -> list[Row]:
    """The county's row of `submissions`, or none when it has sent nothing."""
    if scenario.happens("nothing_submitted", county.code):
        return []
    rng = scenario.chance("submissions", county.code)
    made_up = f"{scenario.seed}/{county.code}".encode()
    return [submission(rng, county, hashlib.sha256(made_up).hexdigest(), _SENT, scenario.seed)]


def submission(rng: Random, county: County, digest: str, days: tuple[date, date], seed: int) -> Row:
    """A row of `submissions`: a file of that digest, received between two days. seed: of the county's staff."""
    return {
        "file_hash": digest,
        "county_code": county.code,
        "source": "county_file",
        "received_on": day(rng, *days),
        "submitted_by": rng.choice(staff(seed, county.code)),
        "file_name": words("offices")["submission"]["file_name"].format(county=county.name),
        "kit_version": "2018.1",
        "tables": _SUBMITTED_TABLES,
    }
