"""Calendars (RFC 5545) of activities and deadlines: one of the province, one of each county."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Event

from site_builder.publication import addresses
from site_builder.publication.public import PublicActivity, PublicCounty, PublicRecords
from site_builder.publication.site_host import host
from site_builder.shared.words import Words, fill


def calendars(public: PublicRecords, words: Words) -> Iterator[tuple[str, str]]:
    """(path below build/site, iCalendar text) of every calendar."""
    deadlines = list(_deadlines(public, words))
    by_county = {county.code: list(_activities(public, county)) for county in public.counties}
    every = [event for events in by_county.values() for event in events]
    yield addresses.calendar(addresses.CAMPAIGN), _calendar(public, words, public.campaign.title, [*deadlines, *every])
    for county in public.counties:
        events = [*deadlines, *by_county[county.code]]
        yield addresses.calendar(county.code), _calendar(public, words, county.name, events)


def _calendar(public: PublicRecords, words: Words, area: str, events: Iterable[Event]) -> str:
    calendar = Calendar()
    calendar.add("prodid", f"-//{host(public)}//legal-aid-campaign//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", fill(words["changes"]["calendar_title"], area=area))
    for event in sorted(events, key=lambda event: (event.start, event.uid)):
        calendar.add_component(event)
    return str(calendar.to_ical(), "utf-8")


def _deadlines(public: PublicRecords, words: Words) -> Iterator[Event]:
    for milestone in public.campaign.milestones:
        name = f"milestone-{public.campaign.year}-{milestone.key}"
        event = _all_day(public, name, milestone.due)
        event.add("summary", fill(words["changes"]["deadline"], title=milestone.title))
        event.add("url", public.campaign.site.address + addresses.page("standing"))
        yield event


def _activities(public: PublicRecords, county: PublicCounty) -> Iterator[Event]:
    for activity in county.activities:
        if activity.held_on:
            yield _activity(public, county, activity, activity.held_on)


def _activity(public: PublicRecords, county: PublicCounty, activity: PublicActivity, day: date) -> Event:
    event = _all_day(public, activity.activity_id, day)
    event.add("summary", activity.title)
    event.add("location", f"{county.name} {activity.place}".rstrip())
    if activity.kind:
        event.add("categories", [activity.kind])
    event.add("url", public.campaign.site.address + addresses.county(county.code))
    return event


def _all_day(public: PublicRecords, name: str, day: date) -> Event:
    """An event of a whole day. It is stamped with the day of the data; the clock is never read."""
    event = Event()
    event.add("uid", f"{name}@{host(public)}")
    event.add("dtstamp", datetime.combine(public.campaign.data_as_of, time(), tzinfo=UTC))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    return event
