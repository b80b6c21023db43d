"""Lists of which no village is the county's while all are another one's: that county is named, once for all rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from site_builder.collect.left_out.rows import Row
from site_builder.collect.values.places import Places
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem

_FEWEST = 3  # names that are another county's together by hardly any chance


def said_of(problems: Sequence[Problem], entries: Iterable[Row], places: Places, county: str) -> list[Problem]:
    """The problems of one table; of villages that nobody knows and that only one other county has, that these are its.

    county: whose list it is, "" where nobody says it. Where most rows are the county's own, each name is asked alone.
    """
    names = {one.details["named"] for one in problems if one.code is Code.VILLAGE_NOT_FOUND}
    own = {entry.line for entry in entries if entry.values.get("village_code")}
    if not county or len(names) < _FEWEST or len(own) >= len(names):
        return list(problems)
    having = [other for other in places.counties if other != county and _has_all(places, other, names)]
    if len(having) != 1:
        return list(problems)
    of = {"of": having[0], "titles": places.counties[having[0]], "expected": places.counties[county]}
    return [
        replace(one, code=Code.VILLAGES_ELSEWHERE, details={**one.details, **of})
        if one.code is Code.VILLAGE_NOT_FOUND
        else one
        for one in problems
    ]


def _has_all(places: Places, county: str, names: Iterable[str]) -> bool:
    return all(places.named(county, "", name) or places.is_outside(county, "", name) for name in names)
