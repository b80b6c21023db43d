"""Rules of the campaign as a whole: nothing invented in official data, targets met or named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from site_builder.checks.rules.scope import PAGES, Scope
from site_builder.model import content_files
from site_builder.model.campaign import FILE as SETTINGS
from site_builder.model.campaign import DataStatus
from site_builder.model.undertakings import FILE as REGISTER
from site_builder.record.records import TYPES
from site_builder.record.tables import FOLDER
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem


def official_data_hold_no_demonstration(scope: Scope) -> Iterator[Problem]:
    """An official campaign holds no invented row."""
    if scope.campaign.data_status is not DataStatus.OFFICIAL:
        return
    for name in TYPES:
        rows = [r for r in getattr(scope.records, name) if getattr(r, "data_status", "") == DataStatus.DEMO]
        for file, count in Counter(row.origin.file for row in rows).items():
            first = next(row for row in rows if row.origin.file == file)
            yield scope.problem(Code.DEMO_IN_OFFICIAL, first, "data_status", count=count)


def official_quotas_are_no_demonstration(scope: Scope) -> Iterator[Problem]:
    """An official campaign has no invented quotas in its register of duties."""
    quotas = scope.campaign.undertakings.quotas
    if scope.campaign.data_status is DataStatus.OFFICIAL and quotas and quotas.data_status == DataStatus.DEMO.value:
        yield Problem(code=Code.DEMO_IN_OFFICIAL, file=REGISTER, details={"count": str(len(quotas.of_areas))})


def official_pages_are_no_demonstration(scope: Scope) -> Iterator[Problem]:
    """An official campaign has no hand-written page that calls itself a demonstration in its front matter."""
    if scope.campaign.data_status is not DataStatus.OFFICIAL:
        return
    for path in sorted((scope.root / PAGES).rglob("*.md")):
        if content_files.is_demonstration(path.read_text(encoding="utf-8", errors="replace")):
            yield Problem(code=Code.PAGE_DEMO, file=path.relative_to(scope.root).as_posix())


def official_services_have_postcodes(scope: Scope) -> Iterator[Problem]:
    """Each county where a service has an address has a postcode too, which a directory of services wants."""
    if scope.campaign.data_status is not DataStatus.OFFICIAL:
        return
    records = scope.records
    placed = {county.county_code for county in records.counties if county.address}
    placed |= {window.county_code for window in records.windows if window.address}
    placed |= {station.county_code for station in records.stations if station.address}
    without = sorted(placed - scope.campaign.postcodes.keys())
    if without:
        names = "、".join(map(scope.county_name, without))
        yield Problem(code=Code.POSTCODE_MISSING, file=SETTINGS, details={"counties": names})


def village_targets_are_met(scope: Scope) -> Iterator[Problem]:
    """Each year has as many villages as it promised; a difference is named."""
    found = Counter(village.campaign_year for village in scope.records.villages)
    for target in scope.campaign.targets:
        if found[target.year] != target.villages:
            details = {
                "year": str(target.year),
                "target": str(target.villages),
                "found": str(found[target.year]),
            }
            yield Problem(code=Code.VILLAGES_TARGET, file=f"{FOLDER}/villages", details=details)


def targets_name_known_counties(scope: Scope) -> Iterator[Problem]:
    """The counties that were promised a window are counties of the gazetteer."""
    for target in scope.campaign.targets:
        for code in target.window_counties:
            if scope.levels.get(code) != "county":
                details = {"year": str(target.year), "value": code}
                yield Problem(code=Code.TARGET_COUNTY_UNKNOWN, file=SETTINGS, details=details)


def promised_windows_exist(scope: Scope) -> Iterator[Problem]:
    """Each county that was promised a window has one; a missing one is named."""
    found = {(window.campaign_year, window.county_code) for window in scope.records.windows}
    for target in scope.campaign.targets:
        for code in target.window_counties:
            if (target.year, code) not in found:
                file = f"{FOLDER}/windows/{code}.csv"
                details = {"year": str(target.year), "county": scope.county_name(code), "file": file}
                yield Problem(code=Code.WINDOW_MISSING, file=file, county=code, details=details)
