"""What a rollback would show again: names and phones that the newest release does not have any more.

A consent was withdrawn, or a number was never anybody's to publish; a rollback for another reason would bring them back
without a word. Told is where, by the codes of places, and never which name: what is printed may be read by others.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from site_builder.publication import addresses
from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem

_FIELDS: Mapping[str, tuple[str, ...]] = {
    "liaisons": ("village_code", "name", "work_phone"),
    "windows": ("window_id", "responsible_person", "phone"),
    "stations": ("station_id", "phone"),
    "responsible_units": ("unit_code", "group_head"),
    "counties": ("county_code", "office_phone", "supervision_phone"),
}
"""The open tables that name people and phones: what a row is of, then the fields."""
_MOST = 50  # places that are listed


def refuse_withdrawn(goal: Path, newest: Path) -> None:
    """Raises CampaignError with the places of which a release shows names or phones that the newest does not.

    goal: the folder of the release that would be served; newest: of the newest that was published. Where that has no
    table, all that the goal has counts as withdrawn.
    """
    problems = []
    for table in _FIELDS:
        before, now = _said(goal, table), _said(newest, table)
        places = [place for place, said in sorted(before.items()) if said - now.get(place, set())]
        if places:
            shown = "、".join(places[:_MOST]) + ("……" if len(places) > _MOST else "")
            details = {"count": str(len(places)), "places": shown}
            problems.append(Problem(code=Code.ROLLBACK_WITHDRAWN, file=addresses.table(table, "csv"), details=details))
    if problems:
        raise CampaignError(problems)


def _said(release: Path, table: str) -> dict[str, set[str]]:
    """The names and phones of each place in an open table of a release; none where there is no such table."""
    place, *fields = _FIELDS[table]
    found: dict[str, set[str]] = defaultdict(set)
    try:
        text = (release / addresses.table(table, "csv")).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return found
    for row in csv.DictReader(text.splitlines()):
        found[row.get(place) or ""].update(value for field in fields if (value := row.get(field)))
    return found
