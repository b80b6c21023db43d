"""Rules of the schemas: the fields without which no page can stand are public."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.checks.rules.scope import Scope
from site_builder.model.schemas import FOLDER, Policy
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem

NEEDED = {
    "divisions": ("code", "name"),
    "counties": ("county_code", "budget_included_on"),
    "villages": ("village_code", "campaign_year", "name"),
    "liaisons": ("village_code", "from_date", "to_date", "name", "posted_on", "posting_verified_on"),
    "windows": ("window_id", "county_code", "campaign_year", "name", "opened_on", "plaque_hung_on", "board_hung_on"),
    "materials": ("material_id", "title", "edition"),
    "deliveries": ("recipient_code", "material_id"),
    "activities": ("county_code", "title", "held_on"),
    "stations": ("station_id", "county_code", "name"),
    "pilots": ("area_code", "scope", "started_on"),
    "responsible_units": ("unit_code", "name"),
    "cases": ("case_id", "title"),
    "published_counts": ("edition", "area_code", "item", "group", "matter"),
}
"""What pages and their addresses are made of, and the days from which the standing is reckoned."""
COUNTED = {"village_surveys": ("village_code", "surveyed_on"), "needs": ("village_code", "group", "matter", "persons")}
"""What figures are counted by: it may stay an aggregate."""


def pages_have_what_they_need(scope: Scope) -> Iterator[Problem]:
    """A field without which a page cannot stand is public, or counted where only figures need it."""
    for needed, policies in ((NEEDED, (Policy.PUBLIC,)), (COUNTED, (Policy.PUBLIC, Policy.AGGREGATE))):
        for name, names in needed.items():
            table = scope.schemas.tables[name]
            for field in (table.field(each) for each in names):
                if field.policy not in policies:
                    details = {"table": table.title, "policy": policies[-1].value, "found": field.policy.value}
                    file = f"{FOLDER}/tables/{name}.json"
                    yield Problem(code=Code.SCHEMA_POLICY, file=file, column=field.title, details=details)


RULES = (pages_have_what_they_need,)
