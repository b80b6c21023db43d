"""The public counties: each with its villages, liaisons, window, activities and figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from site_builder.disclosure.proof.published import PublishedEdition
from site_builder.model.campaign import Campaign
from site_builder.publication import figures
from site_builder.publication.gate import Gate, countable, division_names, public_numbers
from site_builder.publication.public import (
    Delivered,
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
    Division,
    Liaison,
    PublishedCount,
    Records,
    Station,
    Village,
    VillageSurvey,
    Window,
    group_by,
    latest_surveys,
)


@dataclass(frozen=True, kw_only=True)
class GroupedRecords:
    """The records, grouped once as the counties need them. lists: Chinese titles by code list and code.

    held_back: the day that a county's data reach, where it is held at an earlier state.
    """

    records: Records
    campaign: Campaign
    lists: Mapping[str, Mapping[str, str]]
    gate: Gate
    held_back: Mapping[str, date] = field(default_factory=dict)

    @cached_property
    def names(self) -> dict[str, str]:
        """Division names by code."""
        return division_names(self.gate, self.records.divisions)

    @cached_property
    def divisions(self) -> dict[str, Division]:
        """Divisions by code."""
        return {division.code: division for division in self.records.divisions}

    @cached_property
    def villages(self) -> dict[str, list[Village]]:
        """Villages by county."""
        return group_by(self.records.villages, lambda village: village.village_code[:6])

    @cached_property
    def liaisons(self) -> dict[str, list[Liaison]]:
        """Liaisons by village, the latest first."""
        ordered = sorted(self.records.liaisons, key=lambda liaison: liaison.from_date, reverse=True)
        return group_by(ordered, lambda liaison: liaison.village_code)

    @cached_property
    def surveys(self) -> dict[str, VillageSurvey]:
        """The latest survey of each village."""
        return latest_surveys(self.records.village_surveys)

    @cached_property
    def figures(self) -> Figures:
        """The newest edition of the figures."""
        return self.figures_of(self.records.published_counts)

    @cached_property
    def editions(self) -> tuple[PublishedEdition, ...]:
        """All editions, the earliest first, as they are or were shown."""
        by_day = group_by(self.records.published_counts, lambda row: row.edition)
        return tuple(figures.published_edition(day, self.figures_of(rows)) for day, rows in sorted(by_day.items()))

    def figures_of(self, rows: Iterable[PublishedCount]) -> Figures:
        """The newest edition among these rows, as the public may see it."""
        return figures.of_newest_edition(countable(self.gate, rows), self.campaign.smallest_published_count)

    @cached_property
    def windows(self) -> dict[str, list[Window]]:
        """Windows by county."""
        return group_by(self.records.windows, lambda window: window.county_code)

    @cached_property
    def activities(self) -> dict[str, list[Activity]]:
        """Activities by county."""
        return group_by(self.records.activities, lambda activity: activity.county_code)

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
    made = gate.public(
        PublicCounty,
        county,
        source.divisions[code],
        villages=villages,
        windows=tuple(gate.public(PublicWindow, window) for window in source.windows.get(code, [])),
        activities=_activities(source, code),
        stations=tuple(gate.public(PublicStation, item) for item in source.stations.get(code, [])),
        delivered=_delivered(source, code),
        figures=source.figures.areas.get(code),
        progress=figures.progress(villages),
    )
    return replace(made, held_back=source.held_back.get(code))


def _activities(source: GroupedRecords, county_code: str) -> tuple[PublicActivity, ...]:
    """A county's activities, the latest first, in an order that tells no day that they do not tell.

    Visits at home are told when their month is over, and never announced.
    """
    items = source.activities.get(county_code, [])
    numbers = public_numbers(source.gate, items)
    passed = [
        replace(source.gate.public(PublicActivity, item), activity_id=numbers.get(item.activity_id, ""))
        for item in items
    ]
    shown = [item for item in passed if item.held_on or item.is_held(source.campaign.data_as_of)]
    return tuple(sorted(shown, key=lambda item: (str(item.over_on), item.activity_id), reverse=True))


def _delivered(source: GroupedRecords, county_code: str) -> tuple[Delivered, ...]:
    """One county's deliveries by material."""
    by_material = group_by(source.deliveries.get(county_code, []), lambda item: item.material_id)
    return tuple(source.gate.summed(Delivered, items) for _, items in sorted(by_material.items()))


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
        source.divisions.get(code[:9]),
        source.surveys.get(code),
        liaison=gate.public(PublicLiaison, serving, county) if serving else None,
        former=tuple(gate.public(FormerLiaison, liaison) for liaison in liaisons if liaison.to_date),
    )
