"""How each duty of the notice is counted: one function a rule, and the evidence that it looks at.

Nothing else counts a duty. Those that units carry out and report themselves stand in `unit_rules`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from site_builder.model.campaign import Target
from site_builder.model.undertakings import CountingRule
from site_builder.model.window_duties import DUTIES, PROMISES
from site_builder.publication.duties import unit_rules
from site_builder.publication.duties.counted import Counted, Rule, counted_of
from site_builder.publication.gate import Count
from site_builder.publication.public import Progress, PublicCounty, PublicRecords, PublicWindow
from site_builder.shared import periods

_SIGNS = ("plaque_hung_on", "board_hung_on", "responsible_person")
_OFFICE = ("address", "hours", "phone")
_VISITS = ("legal_aid_bus", "home_visit")
_DEPARTMENT, _PREFECTURE = "department", "prefecture"  # levels of units
_TRAINING = "lawyer_training"  # the kind of a unit's work


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaProgress:
    """How many villages the province asks of an area, how many its list holds, and how many of them have a liaison."""

    area: str
    quota: int
    listed: int
    named: int


# ---- whom a duty is asked of


def _own(public: PublicRecords) -> Target:
    return next(target for target in public.campaign.targets if target.year == public.campaign.year)


def _with_villages(public: PublicRecords) -> list[PublicCounty]:
    return [county for county in public.counties if county.progress]


def _windows(public: PublicRecords, targets: Collection[Target]) -> dict[str, PublicWindow | None]:
    """The window of each county that was promised one, None where it has not begun."""
    day, counties = public.campaign.data_as_of, {county.code: county for county in public.counties}
    found: dict[str, PublicWindow | None] = {}
    for target in targets:
        for code in target.window_counties:
            own = counties[code].windows if code in counties else ()
            begun = [each for each in own if each.campaign_year == target.year and each.has_begun(day)]
            found[code] = begun[0] if begun else None
    return found


def _windows_with(public: PublicRecords, duties: Collection[str]) -> Counted:
    """The windows of the campaign's year that lack none of some duties."""
    found = _windows(public, [_own(public)])
    return counted_of(
        {code: window is not None and not set(window.lacks) & set(duties) for code, window in found.items()}
    )


# ---- windows


def windows_built(public: PublicRecords) -> Counted:
    """Each promised window of the year has all that the notice lists for it."""
    return _windows_with(public, DUTIES)


def promises_kept(public: PublicRecords) -> Counted:
    """Each promised window of the year waives the means test and gives the five priorities."""
    return _windows_with(public, PROMISES)


def signs_and_person(public: PublicRecords) -> Counted:
    """Each promised window of the year has its plaque, its board and somebody responsible."""
    return _windows_with(public, _SIGNS)


def windows_receive(public: PublicRecords) -> Counted:
    """Each promised window of every year says where it is, when it is open and what its number is."""
    found = _windows(public, public.campaign.targets)
    return counted_of({code: all(getattr(window, name, "") for name in _OFFICE) for code, window in found.items()})


def windows_go_on(public: PublicRecords) -> Counted:
    """Each window of an earlier year still has all of it, and its county held something this year."""
    earlier = [target for target in public.campaign.targets if target.year < public.campaign.year]
    held = set(_held(public))
    found = _windows(public, earlier)
    return counted_of(
        {code: window is not None and not window.lacks and code in held for code, window in found.items()}
    )


def team_visits(public: PublicRecords) -> Counted:
    """Each window county of the year has a service team that went into a village this year."""
    went, found = set(_held(public, "team_visit")), _windows(public, [_own(public)])
    return counted_of({code: bool(window and window.service_team) and code in went for code, window in found.items()})


# ---- villages and their liaisons


def _villages(public: PublicRecords, what: str) -> Counted:
    """How many villages of the year have come how far, and the counties where some have not."""
    own = _own(public)
    rows = {county.code: county.progress[own.year] for county in public.counties if own.year in county.progress}
    done = {code: int(getattr(progress, what)) for code, progress in rows.items()}
    behind = frozenset(code for code, progress in rows.items() if done[code] < progress.villages)
    return Counted(done=sum(done.values()), planned=own.villages, behind=behind)


def liaisons_named(public: PublicRecords) -> Counted:
    """Every village of the year has its liaison."""
    return _villages(public, "named")


def villages_surveyed(public: PublicRecords) -> Counted:
    """Every village of the year has been surveyed."""
    return _villages(public, "surveyed")


def lists_posted(public: PublicRecords) -> Counted:
    """Every village of the year has posted its liaison's name."""
    return _villages(public, "posted")


def areas(public: PublicRecords) -> list[AreaProgress]:
    """How far each area with a quota has come, in the register's order."""
    quotas, year = public.campaign.undertakings.quotas, public.campaign.year
    rows: dict[str, list[Progress]] = {quota.area: [] for quota in (quotas.of_areas if quotas else ())}
    for county in public.counties:
        area = quotas.area_of(county.code) if quotas else ""
        if area and year in county.progress:
            rows[area].append(county.progress[year])
    return [
        AreaProgress(
            area=quota.area,
            quota=quota.villages,
            listed=sum(progress.villages for progress in rows[quota.area]),
            named=sum(progress.named for progress in rows[quota.area]),
        )
        for quota in (quotas.of_areas if quotas else ())
    ]


def quotas_filled(public: PublicRecords) -> Counted:
    """Every area lists as many villages as the province asks of it, each with its liaison."""
    found = areas(public)
    return (
        counted_of({each.area: each.quota <= each.listed == each.named for each in found})
        if found
        else Counted(done=None)
    )


def platforms_go_on(public: PublicRecords) -> Counted:
    """Every village of an earlier year was visited for this year's survey, where its platform stands."""
    earlier = [target for target in public.campaign.targets if target.year < public.campaign.year]
    years = {target.year for target in earlier}
    rows = {c.code: [p for year, p in c.progress.items() if year in years] for c in public.counties}
    behind = frozenset(code for code, found in rows.items() if any(p.surveyed < p.villages for p in found))
    done = sum(progress.surveyed for found in rows.values() for progress in found)
    return Counted(done=done, planned=sum(target.villages for target in earlier), behind=behind)


def hotline_publicised(public: PublicRecords) -> Counted:
    """The villages that received something, by the material that went to most villages of their county."""
    rows = {county.code: county for county in _with_villages(public)}
    all_villages = {code: sum(p.villages for p in county.progress.values()) for code, county in rows.items()}
    reached = {code: max((each.villages for each in c.delivered), default=0) for code, c in rows.items()}
    behind = frozenset(code for code in rows if reached[code] < all_villages[code])
    return Counted(done=sum(reached.values()), planned=sum(all_villages.values()), behind=behind)


# ---- what was published of surveys and opinions


def poor_counted(public: PublicRecords) -> Counted:
    """Each county with poor villages has its poor households and persons in the newest edition."""
    items = ("poor_households", "all"), ("poor_persons", "all")
    rows = {county.code: county.figures.survey if county.figures else {} for county in _with_villages(public)}
    return counted_of({code: all(item in survey for item in items) for code, survey in rows.items()})


def hotline_known(public: PublicRecords) -> Counted:
    """Those asked in the province who know the hotline, by the newest edition."""
    area = public.figures.areas.get(public.campaign.province_code)
    return Counted(done=_number(area.survey.get(("hotline_aware", "all")) if area else None))


def opinions_collected(public: PublicRecords) -> Counted:
    """The opinions on the hotline, as the site counts them."""
    return Counted(done=_number(public.feedback.total.received))


def _number(count: Count) -> int | None:
    return count if isinstance(count, int) else None


# ---- what was done


def _held(public: PublicRecords, *kinds: str) -> Iterator[str]:
    """The counties that held something of some kinds, or anything, in the campaign's year so far."""
    first, day = date(public.campaign.year, 1, 1), public.campaign.data_as_of
    for county in public.counties:
        own = [each for each in county.activities if not kinds or each.kind_code in kinds]
        if any(each.over_on and first <= each.over_on <= day for each in own):
            yield county.code


def _held_everywhere(public: PublicRecords, *kinds: str) -> Counted:
    held = set(_held(public, *kinds))
    return counted_of({county.code: county.code in held for county in _with_villages(public)})


def bus_and_home(public: PublicRecords) -> Counted:
    """Each county with poor villages sent the bus or came home to somebody this year."""
    return _held_everywhere(public, *_VISITS)


def trainings_held(public: PublicRecords) -> Counted:
    """Each prefecture, and each county with poor villages, trained somebody this year.

    The notice asks for training as such: that of liaisons is an event of a county, that of lawyers and of those who
    work in legal aid a unit's own work.
    """
    trained = {unit.unit_code for unit in public.units if any(each.of == _TRAINING for each in unit.evidence)}
    prefectures = {unit.unit_code for unit in public.units if unit.level_code == _PREFECTURE}
    held = trained | set(_held(public, "training"))
    asked = prefectures | {county.code for county in _with_villages(public)}
    return counted_of({code: code in held for code in asked})


def publicity_held(public: PublicRecords) -> Counted:
    """Each county with poor villages held a publicity event this year."""
    return _held_everywhere(public, "publicity_event")


def materials_delivered(public: PublicRecords) -> Counted:
    """Each county with poor villages received materials of the province."""
    return counted_of({county.code: bool(county.delivered) for county in _with_villages(public)})


def cases_reviewed(public: PublicRecords) -> Counted:
    """The model cases that every step has passed."""
    return Counted(done=len(public.cases))


def stations_open(public: PublicRecords) -> Counted:
    """The duty-lawyer stations."""
    return Counted(done=sum(len(county.stations) for county in public.counties))


def model_stations(public: PublicRecords) -> Counted:
    """The duty-lawyer stations that are models."""
    return Counted(done=sum(bool(each.model_station) for county in public.counties for each in county.stations))


def pilots_started(public: PublicRecords) -> Counted:
    """Every pilot area has started. At least one is on record, or nothing is known."""
    days = [pilot.started_on for pilot in public.pilots]
    started = sum(day is not None and day <= public.campaign.data_as_of for day in days)
    return Counted(done=started, planned=max(len(days), 1))


def budgets_included(public: PublicRecords) -> Counted:
    """Every county's legal-aid funds stand in its budget."""
    return counted_of({county.code: county.budget_included_on is not None for county in public.counties})


def plans_reported(public: PublicRecords) -> Counted:
    """Every place and department has reported its plan; nothing is known while none is on record."""
    return _units({unit.unit_code: unit.plan_reported_on is not None for unit in public.units})


def groups_formed(public: PublicRecords) -> Counted:
    """Every place has its leading group."""
    places = [unit for unit in public.units if unit.level_code != _DEPARTMENT]
    return _units({unit.unit_code: unit.group_formed_on is not None for unit in places})


def city_budgets_included(public: PublicRecords) -> Counted:
    """Every prefecture's own legal-aid funds stand in its budget."""
    cities = [unit for unit in public.units if unit.level_code == _PREFECTURE]
    return _units({unit.unit_code: unit.budget_included_on is not None for unit in cities})


def _units(done: Mapping[str, bool]) -> Counted:
    return counted_of(done) if done else Counted(done=None)


def reports_issued(public: PublicRecords) -> Counted:
    """The periods of the year that are over: each has its report on the site."""
    year = public.campaign.year
    over = periods.periods_over(year, public.campaign.data_as_of)
    return Counted(done=len(list(over)), planned=len(list(periods.periods_over(year, date(year, 12, 31)))))


def _of_units(column: str) -> tuple[str, ...]:
    return "responsible_units", f"responsible_units.{column}"


_WINDOW_RECORDS = tuple(f"windows.{duty}" for duty in DUTIES)

RULES: Mapping[CountingRule, Rule] = {
    CountingRule.WINDOWS_BUILT: Rule(count=windows_built, evidence=_WINDOW_RECORDS),
    CountingRule.LIAISONS_NAMED: Rule(count=liaisons_named, evidence=("liaisons",)),
    CountingRule.QUOTAS_FILLED: Rule(count=quotas_filled, evidence=("villages", "liaisons")),
    CountingRule.VILLAGES_SURVEYED: Rule(count=villages_surveyed, evidence=("village_surveys",)),
    CountingRule.POOR_COUNTED: Rule(count=poor_counted, evidence=("published_counts",)),
    CountingRule.MATERIALS_DELIVERED: Rule(count=materials_delivered, evidence=("deliveries",), looks_back=False),
    CountingRule.PROMISES_KEPT: Rule(count=promises_kept, evidence=tuple(f"windows.{each}" for each in PROMISES)),
    CountingRule.TEAM_VISITS: Rule(count=team_visits, evidence=("windows.service_team", "activities")),
    CountingRule.BUS_AND_HOME: Rule(count=bus_and_home, evidence=("activities",)),
    CountingRule.SIGNS_AND_PERSON: Rule(count=signs_and_person, evidence=tuple(f"windows.{each}" for each in _SIGNS)),
    CountingRule.HOTLINE_PUBLICISED: Rule(count=hotline_publicised, evidence=("deliveries",), looks_back=False),
    CountingRule.OPINIONS_COLLECTED: Rule(count=opinions_collected, evidence=("feedback",)),
    CountingRule.LISTS_POSTED: Rule(count=lists_posted, evidence=("liaisons.posted_on",)),
    CountingRule.HOTLINE_KNOWN: Rule(count=hotline_known, evidence=("published_counts",)),
    CountingRule.WINDOWS_GO_ON: Rule(count=windows_go_on, evidence=(*_WINDOW_RECORDS, "activities")),
    CountingRule.PLATFORMS_GO_ON: Rule(count=platforms_go_on, evidence=("village_surveys",)),
    CountingRule.CASES_REVIEWED: Rule(count=cases_reviewed, evidence=("cases", "case_reviews")),
    CountingRule.WINDOWS_RECEIVE: Rule(count=windows_receive, evidence=tuple(f"windows.{each}" for each in _OFFICE)),
    CountingRule.STATIONS_OPEN: Rule(count=stations_open, evidence=("stations",), looks_back=False),
    CountingRule.MODEL_STATIONS: Rule(count=model_stations, evidence=("stations.model_station",), looks_back=False),
    CountingRule.PILOTS_STARTED: Rule(count=pilots_started, evidence=("pilots",)),
    CountingRule.BUDGETS_INCLUDED: Rule(count=budgets_included, evidence=("counties.budget_included_on",)),
    CountingRule.TRAININGS_HELD: Rule(count=trainings_held, evidence=("activities", "unit_work")),
    CountingRule.PUBLICITY_HELD: Rule(count=publicity_held, evidence=("activities",)),
    CountingRule.PLANS_REPORTED: Rule(count=plans_reported, evidence=_of_units("plan_reported_on")),
    CountingRule.GROUPS_FORMED: Rule(count=groups_formed, evidence=_of_units("group_formed_on")),
    CountingRule.CITY_BUDGETS_INCLUDED: Rule(count=city_budgets_included, evidence=_of_units("budget_included_on")),
    CountingRule.REPORTS_ISSUED: Rule(count=reports_issued, evidence=()),
    **unit_rules.RULES,
}
