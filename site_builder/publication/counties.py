"""The public counties: each with its villages, liaisons, window, activities and figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from site_builder.model.campaign import Campaign
from site_builder.publication import figures
from site_builder.publication.gate import Gate, liaison_phone, people_reached
from site_builder.publication.public import (
    Figures,
    FormerLiaison,
    PublicActivity,
    PublicCounty,
    PublicLiaison,
    PublicStation,
    PublicVillage,
    PublicWindow,
)
from site_builder.record.records import (
    Activity,
    County,
    Delivery,
    Liaison,
    Records,
    Station,
    Village,
    VillageSurvey,
    Window,
    group_by,
    latest_surveys,
)
from site_builder.shared.meanings import no_name


@dataclass(frozen=True, kw_only=True)
class GroupedRecords:
    """The records, grouped once as the counties need them. lists: Chinese titles by code list and code.

    held_back: the day that a county's data reach, where it is kept at an earlier state.
    """

    records: Records
    campaign: Campaign
    lists: Mapping[str, Mapping[str, str]]
    gate: Gate
    held_back: Mapping[str, date] = field(default_factory=dict)

    @cached_property
    def names(self) -> dict[str, str]:
        """Division names by code."""
        return {division.code: division.name for division in self.records.divisions}

    @cached_property
    def villages(self) -> dict[str, list[Village]]:
        """Villages by county."""
        return group_by(self.records.villages, lambda village: village.village_code[:6])

    @cached_property
    def liaisons(self) -> dict[str, list[Liaison]]:
        """Liaisons by village, the latest first; what is no person's name does not pass."""
        people = (liaison for liaison in self.records.liaisons if no_name(liaison.name) is None)
        ordered = sorted(people, key=lambda liaison: liaison.from_date, reverse=True)
        return group_by(ordered, lambda liaison: liaison.village_code)

    @cached_property
    def surveys(self) -> dict[str, VillageSurvey]:
        """The latest survey of each village."""
        return latest_surveys(self.records.village_surveys)

    @cached_property
    def figures(self) -> Figures:
        """The newest edition of the figures."""
        return figures.of_newest_edition(self.records.published_counts, self.campaign.smallest_published_count)

    @cached_property
    def windows(self) -> dict[str, list[Window]]:
        """Windows by county."""
        return group_by(self.records.windows, lambda window: window.county_code)

    @cached_property
    def activities(self) -> dict[str, list[Activity]]:
        """Activities by county, the latest first."""
        ordered = sorted(self.records.activities, key=lambda item: (item.held_on, item.activity_id), reverse=True)
        return group_by(ordered, lambda activity: activity.county_code)

    @cached_property
    def stations(self) -> dict[str, list[Station]]:
        """Duty-lawyer stations by county."""
        return group_by(self.records.stations, lambda station: station.county_code)

    @cached_property
    def deliveries(self) -> dict[str, list[Delivery]]:
        """Deliveries by county, those to its villages among them."""
        return group_by(self.records.deliveries, lambda delivery: delivery.recipient_code[:6])


def public_counties(source: GroupedRecords) -> tuple[PublicCounty, ...]:
    """All counties in the order of their codes."""
    ordered = sorted(source.records.counties, key=lambda county: county.county_code)
    return tuple(_county(source, county) for county in ordered)


def _county(source: GroupedRecords, county: County) -> PublicCounty:
    code, gate = county.county_code, source.gate
    villages = _villages(source, county)
    return gate.public(
        PublicCounty,
        county,
        code=code,
        name=source.names[code],
        prefecture_code=code[:4],
        villages=villages,
        windows=tuple(gate.public(PublicWindow, window) for window in source.windows.get(code, [])),
        activities=_activities(source, code),
        stations=_stations(source, code),
        delivered=figures.delivered(source.deliveries.get(code, [])),
        figures=source.figures.areas.get(code),
        progress=figures.progress(villages),
        held_back=source.held_back.get(code),
    )


def _activities(source: GroupedRecords, county_code: str) -> tuple[PublicActivity, ...]:
    kinds = source.lists["activity_kinds"]
    activities = source.activities.get(county_code, [])
    return tuple(
        source.gate.public(
            PublicActivity,
            item,
            kind=kinds[item.kind],
            kind_code=item.kind,
            people_reached=people_reached(source.gate, item),
        )
        for item in activities
    )


def _stations(source: GroupedRecords, county_code: str) -> tuple[PublicStation, ...]:
    kinds = source.lists["station_kinds"]
    stations = source.stations.get(county_code, [])
    make = source.gate.public
    return tuple(make(PublicStation, item, kind=kinds[item.kind], kind_code=item.kind) for item in stations)


def _villages(source: GroupedRecords, county: County) -> tuple[PublicVillage, ...]:
    ordered = sorted(source.villages.get(county.county_code, []), key=lambda village: village.village_code)
    return tuple(_village(source, county, village) for village in ordered)


def _village(source: GroupedRecords, county: County, village: Village) -> PublicVillage:
    code, gate = village.village_code, source.gate
    liaisons = source.liaisons.get(code, [])
    serving = next((liaison for liaison in liaisons if liaison.to_date is None), None)
    return gate.public(
        PublicVillage,
        village,
        code=code,
        township=source.names.get(code[:9], ""),
        county_code=county.county_code,
        liaison=_liaison(source, serving, county) if serving else None,
        former=tuple(_former(source, liaison) for liaison in liaisons if liaison.to_date),
        surveyed=code in source.surveys,
    )


def _liaison(source: GroupedRecords, liaison: Liaison, county: County) -> PublicLiaison:
    role = source.lists["liaison_roles"][liaison.role]
    phone = liaison_phone(source.gate, liaison, county)
    return source.gate.public(PublicLiaison, liaison, role=role, phone=phone)


def _former(source: GroupedRecords, liaison: Liaison) -> FormerLiaison:
    return source.gate.public(FormerLiaison, liaison, role=source.lists["liaison_roles"][liaison.role])
