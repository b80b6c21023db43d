"""The figures of the monthly, quarterly and half-year reports, each period the sum of its parts as the county says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from random import Random
from types import MappingProxyType
from typing import NamedTuple

from demonstration.cells import Row
from demonstration.chance import between, day, likely
from demonstration.gazetteer import County
from demonstration.scenario import Scenario
from demonstration.wording import words

_MONTHS = [f"2018-{month:02d}" for month in range(1, 7)]
_SUMS = {"2018-Q1": _MONTHS[:3], "2018-Q2": _MONTHS[3:], "2018-H1": _MONTHS}
_LATER_MONTHS = [f"2018-{month:02d}" for month in range(7, 13)]
_LATER_SUMS = {
    "2018-Q3": _LATER_MONTHS[:3],
    "2018-Q4": _LATER_MONTHS[3:],
    "2018-H2": _LATER_MONTHS,
    "2018": ["2018-H1", "2018-H2"],
}
_VERIFIED = {
    "2018-Q3": (date(2018, 10, 9), date(2018, 10, 26)),
    "2018-Q4": (date(2018, 12, 31), date(2018, 12, 31)),
    "2018-H2": (date(2018, 12, 31), date(2018, 12, 31)),
    "2018": (date(2018, 12, 31), date(2018, 12, 31)),
    "2018-Q1": (date(2018, 4, 9), date(2018, 4, 27)),
    "2018-Q2": (date(2018, 6, 30), date(2018, 6, 30)),
    "2018-H1": (date(2018, 6, 30), date(2018, 6, 30)),
}
_JUDGED = ("2018-H1", "2018")
_METHODS = ("site_visit", "special_inspection", "sample_survey")
# Means of one county and month. In sixty counties and six months they come near what the press reported in
# October 2018 for the half-year: 7,890 cases, 45,932 consultations, 22,228 calls.
_CASES, _CONSULTATIONS, _CALLS = 22.9, 132, 63.4
# Of a hundred cases, those of people lifted from poverty: 172 in all, mostly in the poor counties.
_POVERTY_PERCENT, _POVERTY_PERCENT_ELSEWHERE = 5.2, 1.4

Figures = Mapping[str, int]


class _Size(NamedTuple):
    """How much a county has to do, in parts of the mean, and whether it is one of the poor counties."""

    of_mean: float
    is_poor: bool


def rows(county: County, activities: Iterable[Row], scenario: Scenario) -> list[Row]:
    """The rows of `indicators` of one county; the activities are those of its own table."""
    rng = scenario.chance("indicators", county.code)
    size = _Size(rng.lognormvariate(0, 0.4), county.code in scenario.windows)
    figures = _months(rng, size, _MONTHS, activities)
    return _reported(rng, county, figures, _SUMS)


def second_half(county: County, first: Iterable[Row], activities: Iterable[Row], scenario: Scenario) -> list[Row]:
    """The rows of July to December and of the year, of a county of the size that it had in the first half."""
    rng = scenario.chance("second half", "indicators", county.code)
    half = {str(row["indicator"]): int(str(row["self_value"])) for row in first if row["period"] == "2018-H1"}
    size = _Size(half["cases_accepted"] / _CASES / len(_MONTHS), county.code in scenario.windows)
    figures = _months(rng, size, _LATER_MONTHS, activities)
    return _reported(rng, county, figures, _LATER_SUMS, earlier={"2018-H1": half})


def _months(rng: Random, size: _Size, months: Iterable[str], activities: Iterable[Row]) -> dict[str, Figures]:
    """The figures of each month."""
    held, reached = _activity_figures(activities)
    return {
        month: {**_month(rng, size), "activities_held": held[month], "persons_reached": reached[month]}
        for month in months
    }


def _reported(
    rng: Random,
    county: County,
    months: Mapping[str, Figures],
    sums: Mapping[str, Iterable[str]],
    earlier: Mapping[str, Figures] = MappingProxyType({}),
) -> list[Row]:
    """The rows of the months and of the sums, each of which adds up periods before it. earlier: of the half before."""
    every = {**earlier, **months}
    for period, parts in sums.items():
        every[period] = _sum([every[part] for part in parts])
    return [
        row
        for period, figures in every.items()
        if period not in earlier
        for row in _period(rng, county, period, figures)
    ]


def _activity_figures(activities: Iterable[Row]) -> tuple[Counter[str], Counter[str]]:
    """How many activities were held in each month, and how many people they reached; those announced count nowhere."""
    held: Counter[str] = Counter()
    reached: Counter[str] = Counter()
    for activity in activities:
        month = str(activity["held_on"])[:7]
        held[month] += 1
        reached[month] += int(str(activity.get("people_reached", 0)))
    return held, reached


def _month(rng: Random, size: _Size) -> dict[str, int]:
    cases = round(_CASES * size.of_mean * rng.uniform(0.7, 1.3))
    percent = _POVERTY_PERCENT if size.is_poor else _POVERTY_PERCENT_ELSEWHERE
    poverty = sum(likely(rng, percent) for _ in range(cases))
    return {
        "cases_accepted": cases,
        "persons_helped": cases + round(cases * rng.uniform(0, 0.114)),
        "consultations": round(_CONSULTATIONS * size.of_mean * rng.uniform(0.7, 1.3)),
        "hotline_calls": round(_CALLS * size.of_mean * rng.uniform(0.6, 1.4)),
        "poverty_cases": poverty,
        "amount_recovered": sum(100 * between(rng, 30, 450) for _ in range(poverty)),
    }


def _sum(parts: Iterable[Figures]) -> dict[str, int]:
    """Zeros are kept, which adding up counters would drop."""
    total: Counter[str] = Counter()
    for figures in parts:
        total.update(figures)
    return dict(total)


def _period(rng: Random, county: County, period: str, figures: Figures) -> list[Row]:
    """Months are the county's own assessment; for most, quarters and the half-year are verified, and some judged."""
    verified = day(rng, *_VERIFIED[period]) if period in _VERIFIED and likely(rng, 85) else None
    judged = verified if verified and period in _JUDGED and likely(rng, 60) else None
    method = rng.choice(_METHODS)
    rows: list[Row] = []
    for indicator, value in figures.items():
        row: Row = {"county_code": county.code, "period": period, "indicator": indicator, "self_value": value}
        found = _verification(rng, county, value, verified, method) if verified else {}
        panel = words("offices")["panel"]
        kept = {"panel_value": found["verified_value"], "panel_on": judged, "panel": panel} if judged else {}
        rows.append({**row, **found, **kept})
    return rows


def _verification(rng: Random, county: County, value: int, verified: date, method: str) -> Row:
    """What the prefecture found: as a rule what the county had said, now and then a little less."""
    found = value - min(value, between(rng, 1, 3)) if likely(rng, 6) else value
    verifier = words("offices")["legal_aid_centre"].format(county=county.prefecture)
    return {"verified_value": found, "verification_method": method, "verified_on": verified, "verified_by": verifier}
