"""How the duties are counted that units carry out and report themselves: by what they have on record this year."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date

from site_builder.model.undertakings import CountingRule
from site_builder.publication.duties.counted import Counted, Rule, counted_of
from site_builder.publication.public import PublicPilot, PublicRecords, PublicUnit
from site_builder.record.returns import month_due
from site_builder.shared import periods
from site_builder.shared.periods import PeriodKind

_PREFECTURE, _PILOT_CITY = "prefecture", "pilot_city"  # levels of units
_CITIES = (_PREFECTURE, _PILOT_CITY)
_COUNTIES = (_PILOT_CITY, "county")
_PLACES = (_PREFECTURE, *_COUNTIES)
_WORK, _CHECKS, _STATIONS = "unit_work", "unit_checks", "station_work"


def support_given(public: PublicRecords) -> Counted:
    """Every prefecture has guided or supported its counties."""
    return _each(public, (_PREFECTURE,), lambda unit: _has(unit, _WORK, "guidance"))


def performance_managed(public: PublicRecords) -> Counted:
    """Every prefecture has looked at how its counties perform, be it in one of the three ways of checking."""
    return _each(public, (_PREFECTURE,), lambda unit: _has(unit, _WORK, "performance_check") or _has(unit, _CHECKS))


def checks_made(public: PublicRecords) -> Counted:
    """Every prefecture has looked into what was reported, in one of the three ways, with its size and its result."""
    return _each(public, (_PREFECTURE,), lambda unit: _has(unit, _CHECKS))


def quality_assessed(public: PublicRecords) -> Counted:
    """Every prefecture has assessed the quality of cases."""
    return _each(public, (_PREFECTURE,), lambda unit: _has(unit, "quality_assessments"))


def reported_to_government(public: PublicRecords) -> Counted:
    """Every place has reported to its party committee and government."""
    return _each(public, _PLACES, lambda unit: _has(unit, _WORK, "government_report"))


def officials_and_media(public: PublicRecords) -> Counted:
    """Every place has told officials of their duty, and has used the media."""
    kinds = ("officials_publicity", "media_publicity")
    return _each(public, _PLACES, lambda unit: all(_has(unit, _WORK, kind) for kind in kinds))


def indicators_set(public: PublicRecords) -> Counted:
    """Every place has set its indicators, with measures, days and who answers for them."""
    return _each(public, _PLACES, lambda unit: _has(unit, "unit_targets"))


def special_actions(public: PublicRecords) -> Counted:
    """Every prefecture and pilot city has held a special action for each group, itself or in one of its counties."""
    groups = set(public.groups)

    def is_done(city: PublicUnit) -> bool:
        below = (unit for unit in public.units if unit.unit_code.startswith(city.unit_code))
        return {each.of for unit in below for each in unit.evidence if each.table == "special_actions"} >= groups

    return _each(public, _CITIES, is_done)


def helpers_engaged(public: PublicRecords) -> Counted:
    """The lawyers and volunteers in the province, as the site counts them."""
    total = public.reports.helpers[-1].persons if public.reports.helpers else None
    return Counted(done=total if isinstance(total, int) else None)


def counties_surveyed(public: PublicRecords) -> Counted:
    """Every county with poor villages was surveyed as a whole, by whichever level."""
    surveyed = _of(public.units, "county_surveys")
    return counted_of({county.code: county.code in surveyed for county in public.counties if county.progress})


def cases_reviewed_by_level(public: PublicRecords) -> Counted:
    """Each model case that some step has passed has passed all of them: its county, its prefecture and the province."""
    done = {case.case_id for case in public.cases}
    begun = done | _of(public.units, "case_reviews")
    behind = frozenset(unit.unit_code for unit in public.units if _is_behind(unit, done))
    return Counted(done=len(done), planned=len(begun) or None, behind=behind)


def _is_behind(unit: PublicUnit, done: set[str]) -> bool:
    """Whether a county has passed a case that is still on its way."""
    return unit.level_code in _COUNTIES and not _of([unit], "case_reviews") <= done


def pilots_supported(public: PublicRecords) -> Counted:
    """Each pilot area has reported every month that is late by this day, and at least one: defence, help, money."""
    months = {unit.unit_code: _of([unit], "pilot_months") for unit in public.units}
    done = {pilot.area_code: months.get(pilot.area_code, set()) for pilot in public.pilots}
    behind = frozenset(
        each.area_code
        for each in public.pilots
        if not done[each.area_code] or not _months(each, public) <= done[each.area_code]
    )
    return Counted(done=len(done) - len(behind), planned=max(len(done), 1), behind=behind, recurs=True)


def stations_at_work(public: PublicRecords) -> Counted:
    """Every county that has a duty-lawyer station has reported what its stations did."""
    reported = {unit.unit_code for unit in public.units if _has(unit, _STATIONS)}
    return counted_of({county.code: county.code in reported for county in public.counties if county.stations})


def _months(pilot: PublicPilot, public: PublicRecords) -> set[str]:
    year, first = public.campaign.year, pilot.started_on or date.min
    day = public.campaign.data_as_of
    over = (each for each in periods.periods_over(year, day) if each.kind is PeriodKind.MONTH and each.last >= first)
    return {each.key for each in over if month_due(each, public.campaign) < day}


def _each(public: PublicRecords, levels: Collection[str], is_done: Callable[[PublicUnit], bool]) -> Counted:
    """The units of some levels, each by whether it has done something; nothing is known where there are none."""
    done = {unit.unit_code: is_done(unit) for unit in public.units if unit.level_code in levels}
    return counted_of(done) if done else Counted(done=None)


def _has(unit: PublicUnit, table: str, of: str = "") -> bool:
    return any(each.table == table and of in {"", each.of} for each in unit.evidence)


def _of(units: Iterable[PublicUnit], table: str) -> set[str]:
    return {each.of for unit in units for each in unit.evidence if each.table == table}


RULES: Mapping[CountingRule, Rule] = {
    CountingRule.SUPPORT_GIVEN: Rule(count=support_given, evidence=(_WORK,)),
    CountingRule.PERFORMANCE_MANAGED: Rule(count=performance_managed, evidence=(_WORK, _CHECKS)),
    CountingRule.STATIONS_AT_WORK: Rule(count=stations_at_work, evidence=(_STATIONS,), looks_back=False),
    CountingRule.CHECKS_MADE: Rule(count=checks_made, evidence=(_CHECKS,)),
    CountingRule.QUALITY_ASSESSED: Rule(count=quality_assessed, evidence=("quality_assessments",)),
    CountingRule.REPORTED_TO_GOVERNMENT: Rule(count=reported_to_government, evidence=(_WORK,)),
    CountingRule.OFFICIALS_AND_MEDIA: Rule(count=officials_and_media, evidence=(_WORK,)),
    CountingRule.INDICATORS_SET: Rule(count=indicators_set, evidence=("unit_targets",)),
    CountingRule.SPECIAL_ACTIONS: Rule(count=special_actions, evidence=("special_actions",)),
    CountingRule.HELPERS_ENGAGED: Rule(count=helpers_engaged, evidence=("helpers",), looks_back=False),
    CountingRule.COUNTIES_SURVEYED: Rule(count=counties_surveyed, evidence=("county_surveys",)),
    CountingRule.CASES_REVIEWED_BY_LEVEL: Rule(count=cases_reviewed_by_level, evidence=("cases", "case_reviews")),
    CountingRule.PILOTS_SUPPORTED: Rule(count=pilots_supported, evidence=("pilot_months",)),
}
