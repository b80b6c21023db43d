"""What an official campaign still lacks beside what the check calls wrong, each with the command that brings it."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.checks.rules.setup import EXAMPLE_HOST
from site_builder.model.campaign import Campaign
from site_builder.record.facts import is_serving
from site_builder.record.records import Records

Lacking = tuple[str, dict[str, str]]
_MOST_NAMED = 5


def lacking(records: Records, campaign: Campaign) -> Iterator[Lacking]:
    """Keys of the words of what is lacking, with details, in the order in which it is brought."""
    names = {division.code: division.name for division in records.divisions}
    if not records.counties:
        yield "counties", {}
    if not records.villages:
        yield "villages", {}
    yield from _fewer_villages(records, campaign)
    served = {liaison.village_code for liaison in records.liaisons if is_serving(liaison)}
    vacant = [village for village in records.villages if village.village_code not in served]
    if vacant:
        counties = dict.fromkeys(names.get(village.village_code[:6], "") for village in vacant)
        yield "liaisons", {"count": str(len(vacant)), "counties": _named(list(counties))}
    there = {(window.campaign_year, window.county_code) for window in records.windows}
    promised_windows = ((target.year, code) for target in campaign.targets for code in target.window_counties)
    windows = [names.get(code, code) for year, code in promised_windows if (year, code) not in there]
    if windows:
        yield "windows", {"count": str(len(windows)), "counties": _named(windows)}
    if EXAMPLE_HOST in campaign.site.address:
        yield "address", {}
    late = [unit for unit in records.responsible_units if unit.plan_reported_on is None]
    if late:
        yield "plans", {"count": str(len(late))}
    empty = [
        name for name in ("phone", "icp_record", "police_record", "government_site_code") if not _said(campaign, name)
    ]
    if empty:
        yield "footer", {"count": str(len(empty))}


def _fewer_villages(records: Records, campaign: Campaign) -> Iterator[Lacking]:
    """Each year that has other villages than it promised."""
    for target in campaign.targets:
        found = sum(village.campaign_year == target.year for village in records.villages)
        if records.villages and found != target.villages:
            yield "target", {"year": str(target.year), "found": str(found), "promised": str(target.villages)}


def _said(campaign: Campaign, name: str) -> str:
    return str(getattr(campaign.site.footer, name))


def _named(names: list[str]) -> str:
    more = "……" if len(names) > _MOST_NAMED else ""
    return "、".join(names[:_MOST_NAMED]) + more
