"""Rules of the poor villages and their liaisons."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from site_builder.checks.rules.scope import Scope
from site_builder.model.meanings import NoName, glued_names, no_name, no_names
from site_builder.model.schemas import Field, Policy
from site_builder.record.facts import county_of_record, is_serving
from site_builder.record.records import TYPES, Record, Village, group_by
from site_builder.record.tables import FOLDER
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem


def townships_match(scope: Scope) -> Iterator[Problem]:
    """A village's township code is the head of its own code."""
    for village in scope.records.villages:
        if village.township_code and village.township_code != village.village_code[:9]:
            yield scope.problem(Code.VILLAGE_TOWNSHIP, village, "township_code", expected=village.village_code[:9])


def village_years_have_a_target(scope: Scope) -> Iterator[Problem]:
    """A village belongs to a year for which the campaign has a target."""
    years = {target.year for target in scope.campaign.targets}
    for village in scope.records.villages:
        if village.campaign_year not in years:
            yield scope.problem(Code.VILLAGE_YEAR, village, "campaign_year", year=village.campaign_year)


def village_names_differ_in_a_township(scope: Scope) -> Iterator[Problem]:
    """Two villages of one township with one name are probably one village entered twice."""
    seen: dict[tuple[str, str], Village] = {}
    for village in scope.records.villages:
        other = seen.setdefault((village.village_code[:9], village.name), village)
        if other is not village:
            where = {"other": other.origin.file, "line": other.origin.line}
            yield scope.problem(Code.VILLAGE_NAME_REPEATED, village, "name", name=village.name, **where)


def village_names_match_their_code(scope: Scope) -> Iterator[Problem]:
    """A village's name stands in the gazetteer's name of its code; another name hints at a wrong code.

    The last character is left out, since 荣华村 stands for 荣华村委会 as well as for 荣华社区.
    """
    for village in scope.records.villages:
        official = scope.names.get(village.village_code, "")
        if official and (village.name[:-1] or village.name) not in official:
            names = {"name": village.name, "official": official}
            yield scope.problem(Code.VILLAGE_NAME_DIFFERS, village, "name", **names)


def earlier_villages_have_a_platform(scope: Scope) -> Iterator[Problem]:
    """The villages of earlier years keep the consultation platform that they were given."""
    for village in scope.records.villages:
        if village.campaign_year < scope.campaign.year and not village.consultation_platform:
            yield scope.problem(
                Code.VILLAGE_WITHOUT_PLATFORM, village, "consultation_platform", year=village.campaign_year
            )


def names_are_of_persons(scope: Scope) -> Iterator[Problem]:
    """What stands where a person is named is a name: no vacancy, no post, no covered or lost character.

    What the public reads names one person; what only the office reads may name several.
    """
    for record, field, name in _named(scope):
        is_public = field.policy is Policy.PUBLIC
        village = scope.villages.get(getattr(record, "village_code", ""))
        found = no_name(name) if is_public else no_names(name)
        if village and name == village.name:
            found = NoName(code=Code.NAME_POST)
        if found:
            yield scope.problem(found.code, record, field.name, **found.details)
        elif is_public and (two := glued_names(name)):
            yield scope.problem(Code.NAME_GLUED, record, field.name, name=name, first=two[0], second=two[1])


def _named(scope: Scope) -> Iterator[tuple[Record, Field, str]]:
    """Every name that the record holds, with its field."""
    for table in TYPES:
        fields = [field for field in scope.schemas.tables[table].fields if field.is_person]
        for record in getattr(scope.records, table) if fields else ():
            yield from ((record, field, name) for field in fields if (name := getattr(record, field.name)))


def one_serving_liaison_at_a_time(scope: Scope) -> Iterator[Problem]:
    """A village has at most one serving liaison on any day."""
    for code, liaisons in group_by(scope.records.liaisons, lambda liaison: liaison.village_code).items():
        ordered = sorted(liaisons, key=lambda liaison: liaison.from_date)
        for before, after in pairwise(ordered):
            if before.to_date is None or before.to_date >= after.from_date:
                names = {"village": scope.village_name(code), "name": after.name, "other_name": before.name}
                days = {"from": after.from_date, "other_from": before.from_date}
                other = scope.against(before, "from_date")
                yield scope.problem(Code.LIAISON_OVERLAP, after, "from_date", **names, **days, **other)


def every_village_has_a_liaison(scope: Scope) -> Iterator[Problem]:
    """A village without a serving liaison is named."""
    serving = {liaison.village_code for liaison in scope.records.liaisons if is_serving(liaison)}
    for village in scope.records.villages:
        if village.village_code not in serving and scope.has_file("liaisons", county_of_record(village)):
            yield Problem(
                code=Code.LIAISON_MISSING,
                file=f"{FOLDER}/liaisons/{county_of_record(village)}.csv",
                county=county_of_record(village),
                details={"village": f"{scope.village_name(village.village_code)}（{village.village_code}）"},
            )


def phones_are_published_with_consent(scope: Scope) -> Iterator[Problem]:
    """Where a county publishes liaisons' phones, each serving liaison with a phone has said yes or no."""
    open_counties = {c.county_code for c in scope.records.counties if c.phone_publication != "none"}
    for liaison in scope.records.liaisons:
        asked = liaison.work_phone and is_serving(liaison) and county_of_record(liaison) in open_counties
        if asked and liaison.phone_consent is None:
            name = scope.county_name(county_of_record(liaison))
            yield scope.problem(Code.PHONE_WITHOUT_CONSENT, liaison, "phone_consent", county=name)
