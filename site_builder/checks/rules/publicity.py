"""Rules of windows, materials, activities and what is published as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import maps
from site_builder.checks.rules.scope import Scope
from site_builder.model import designs
from site_builder.model.designs import Audience
from site_builder.model.meanings import no_text
from site_builder.model.persons_in_texts import person_said, small_count_said
from site_builder.model.schemas import Field, Policy
from site_builder.record.records import TYPES, Activity, Feedback
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem, layout

_INEXACT = 2  # kilometres: the boundaries are drawn to less than one, and a window may stand at the border
_VILLAGE_DIGITS = 12  # of a village's code; a county's has six


def public_texts_say_something(scope: Scope) -> Iterator[Problem]:
    """What the public reads is no word for that there is nothing, or that it stands elsewhere."""
    for name in TYPES:
        table = scope.schemas.tables[name]
        for field in (field for field in table.fields if name != "divisions" and _is_read(field)):
            for record in getattr(scope.records, name):
                if no_text(getattr(record, field.name)):
                    yield scope.problem(Code.CELL_PLACEHOLDER, record, field.name, description=field.description)


def public_texts_name_nobody(scope: Scope) -> Iterator[Problem]:
    """A text about work does not say who was helped: none that the public reads, and none that a unit reports.

    Where it can hardly mean another thing it is an error; where it is likely, a person looks.
    """
    for name in TYPES:
        table = scope.schemas.tables[name]
        fields = [field for field in table.fields if name != "divisions" and _is_of_work(field, table.header)]
        for field, record in ((field, record) for field in fields for record in getattr(scope.records, name)):
            found = person_said(getattr(record, field.name))
            if found:
                code = Code.TEXT_NAMES_PERSON if found.is_plain else Code.TEXT_PERSON_LIKELY
                yield scope.problem(code, record, field.name, said=found.text)


def public_texts_count_no_few(scope: Scope) -> Iterator[Problem]:
    """No text that the public reads says how few were helped: so few may be known to their neighbours."""
    for name in TYPES:
        table = scope.schemas.tables[name]
        for field in (field for field in table.fields if name != "divisions" and _is_read(field)):
            for record in getattr(scope.records, name):
                said = small_count_said(getattr(record, field.name))
                if said:
                    yield scope.problem(Code.TEXT_SMALL_COUNT, record, field.name, said=said)


def _is_of_work(field: Field, header: Sequence[str]) -> bool:
    is_of_unit = "unit_code" in header and field.is_free_text and not field.is_person
    return is_of_unit or _is_read(field)


def _is_read(field: Field) -> bool:
    """Whether the public reads a field's text as it was worded; names of persons have a rule of their own."""
    return field.policy is Policy.PUBLIC and field.is_free_text and not field.is_person


def windows_stand_in_poor_counties(scope: Scope) -> Iterator[Problem]:
    """A window stands in a county that the campaign names for its year."""
    named = {(target.year, code) for target in scope.campaign.targets for code in target.window_counties}
    for window in scope.records.windows:
        if (window.campaign_year, window.county_code) not in named:
            words = {"county": scope.county_name(window.county_code), "year": window.campaign_year}
            yield scope.problem(Code.WINDOW_NOT_POOR_COUNTY, window, "county_code", **words)


def coordinates_come_in_pairs(scope: Scope) -> Iterator[Problem]:
    """A window has both coordinates or none."""
    for window in scope.records.windows:
        if (window.longitude is None) != (window.latitude is None):
            yield scope.problem(Code.WINDOW_COORDINATES, window, "longitude")


def coordinates_lie_in_the_county(scope: Scope) -> Iterator[Problem]:
    """A window's coordinates lie in its county, or no farther out than the boundaries on the map are inexact."""
    for window in scope.records.windows:
        drawn = window.county_code in maps.county_codes()
        if window.longitude is None or window.latitude is None or not drawn:
            continue
        at = (window.longitude, window.latitude)
        away = maps.kilometres_outside(at, window.county_code)
        if away > _INEXACT:
            details = {"county": scope.county_name(window.county_code), "kilometres": f"{away:,.0f}"}
            yield scope.problem(Code.WINDOW_OUTSIDE, window, "longitude", **details)


def moves_are_recorded_in_full(scope: Scope) -> Iterator[Problem]:
    """A window that moved has both the day and the earlier address, which differs from the present one."""
    for window in scope.records.windows:
        is_reported = window.moved_on is not None and window.earlier_address not in ("", window.address)
        if (window.moved_on or window.earlier_address) and not is_reported:
            yield scope.problem(Code.WINDOW_MOVE, window, "earlier_address" if window.moved_on else "moved_on")


def deliveries_reach_known_places(scope: Scope) -> Iterator[Problem]:
    """A delivery goes to a county or to a village of the list, not to a township or an unlisted village."""
    counties = {county.county_code for county in scope.records.counties}
    for delivery in scope.records.deliveries:
        if delivery.recipient_code not in counties and delivery.recipient_code not in scope.villages:
            yield scope.problem(Code.DELIVERY_RECIPIENT, delivery, "recipient_code", value=delivery.recipient_code)


def deliveries_reach_whom_they_are_for(scope: Scope) -> Iterator[Problem]:
    """What is made for windows goes to counties, where they stand, and what is made for villages to villages."""
    audiences = designs.registered(scope.root) if scope.records.deliveries else {}
    titles = {material.material_id: material.title for material in scope.records.materials}
    for delivery in scope.records.deliveries:
        recipient = Audience.VILLAGE if len(delivery.recipient_code) == _VILLAGE_DIGITS else Audience.WINDOW
        other = Audience.WINDOW if recipient is Audience.VILLAGE else Audience.VILLAGE
        if audiences.get(delivery.material_id, frozenset()) == {other}:
            kinds = {"audience": layout()["audiences"][other], "kind": layout()["audiences"][recipient]}
            material = titles.get(delivery.material_id, delivery.material_id)
            yield scope.problem(Code.DELIVERY_AUDIENCE, delivery, "recipient_code", material=material, **kinds)


def deliveries_follow_printing(scope: Scope) -> Iterator[Problem]:
    """Nothing is delivered before it was printed."""
    issued = {material.material_id: material.issued_on for material in scope.records.materials}
    for delivery in scope.records.deliveries:
        printed = issued.get(delivery.material_id)
        if printed and delivery.delivered_on < printed:
            days = {"date": delivery.delivered_on, "issued": printed}
            yield scope.problem(Code.DELIVERY_BEFORE_PRINTING, delivery, "delivered_on", **days)


def public_replies_are_reviewed(scope: Scope) -> Iterator[Problem]:
    """What is to be published of feedback was reviewed."""
    for item in scope.records.feedback:
        if (item.public_question or item.public_reply) and not item.reviewed_on:
            yield scope.problem(Code.FEEDBACK_NOT_REVIEWED, item, "reviewed_on")


def villages_lie_in_the_named_county(scope: Scope) -> Iterator[Problem]:
    """Where a record names a county and a village, the village lies in that county."""
    located: list[Activity | Feedback] = [*scope.records.activities, *scope.records.feedback]
    for record in located:
        if record.village_code and record.village_code[:6] != record.county_code:
            county = scope.county_name(record.county_code)
            yield scope.problem(Code.VILLAGE_COUNTY, record, "village_code", county=county)


def announced_activities_have_no_outcome(scope: Scope) -> Iterator[Problem]:
    """An activity that lies ahead has reached nobody and given nothing out yet."""
    for activity in scope.records.activities:
        for column in ("people_reached", "materials_given"):
            if activity.held_on > scope.campaign.data_as_of and getattr(activity, column) is not None:
                days = {"date": activity.held_on, "as_of": scope.campaign.data_as_of}
                yield scope.problem(Code.ACTIVITY_AHEAD, activity, column, **days)
