"""The pages of the programme that are made from records: visits, stations, cases, special actions, feedback."""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.publication.addresses import source_page
from site_builder.publication.public import PublicActivity, PublicCounty, PublicRecords
from site_builder.render.figures import columns
from site_builder.render.pages.page_renderer import PageRenderer

VISITS = ("legal_aid_bus", "home_visit", "team_visit")
"""The kinds of activities that come to the people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A round of the bus or a visit, with its county."""

    county: PublicCounty
    activity: PublicActivity


@dataclass(frozen=True, slots=True, kw_only=True)
class CountyVisits:
    """A county's rounds and visits: the next one and the latest, None where there is none, and how many there were."""

    county: PublicCounty
    following: PublicActivity | None
    latest: PublicActivity | None
    past: int


def programme_pages(renderer: PageRenderer) -> dict[str, str]:
    """Markdown by path below build/pages."""
    return {
        source_page("visits"): _visits(renderer),
        source_page("stations"): _stations(renderer),
        source_page("cases"): _cases(renderer),
        source_page("actions"): _actions(renderer),
        source_page("feedback"): _feedback(renderer),
    }


def visits_ahead(public: PublicRecords) -> list[Visit]:
    """What is announced after the day of the data, the next first."""
    every = [Visit(county=county, activity=each) for county in public.counties for each in _of_county(county)]
    ahead = [visit for visit in every if not visit.activity.is_held(public.campaign.data_as_of)]
    return sorted(ahead, key=lambda visit: (str(visit.activity.held_on), visit.county.code, visit.activity.activity_id))


def _of_county(county: PublicCounty) -> list[PublicActivity]:
    return [each for each in county.activities if each.kind_code in VISITS and each.over_on]


def _visits(renderer: PageRenderer) -> str:
    public, title = renderer.public, renderer.words["visits"]["title"]
    counties = [county_visits(public, county) for county in public.counties]
    shown = [each for each in counties if each.following or each.latest]
    named = {"counties": shown, "prefectures": public.prefectures}
    return renderer.page("visits", title, wide=True, ahead=visits_ahead(public), **named)


def county_visits(public: PublicRecords, county: PublicCounty) -> CountyVisits:
    """A county's visits on the day of the data; its activities stand with the latest first."""
    found, day = _of_county(county), public.campaign.data_as_of
    ahead = [each for each in found if not each.is_held(day)]
    past = [each for each in found if each.is_held(day)]
    following, latest = (ahead[-1] if ahead else None), (past[0] if past else None)
    return CountyVisits(county=county, following=following, latest=latest, past=len(past))


def _stations(renderer: PageRenderer) -> str:
    public, title = renderer.public, renderer.words["stations"]["title"]
    places = [(county, station) for county in public.counties for station in county.stations]
    names = {county.code: county.name for county in public.counties}
    shown = {"columns": columns.stations(public, renderer.words), "counties": public.counties, "names": names}
    shown |= {"prefectures": public.prefectures}
    defence = {each.area_code: each for each in public.reports.defence}
    return renderer.page("stations", title, wide=True, places=places, pilots=public.pilots, defence=defence, **shown)


def _cases(renderer: PageRenderer) -> str:
    names = {county.code: county.name for county in renderer.public.counties}
    return renderer.page("cases", renderer.words["cases"]["title"], wide=True, cases=renderer.public.cases, names=names)


def _actions(renderer: PageRenderer) -> str:
    public, title = renderer.public, renderer.words["actions"]["title"]
    groups, reports = list(public.groups.values()), public.reports
    return renderer.page("actions", title, wide=True, groups=groups, actions=reports.actions, helpers=reports.helpers)


def _feedback(renderer: PageRenderer) -> str:
    return renderer.page("feedback", renderer.words["feedback"]["title"], feedback=renderer.public.feedback)
