"""Rules of the surveys and the needs."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.checks.rules.scope import Scope
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem


def surveys_fit_the_village(scope: Scope) -> Iterator[Problem]:
    """A survey counts no more households and persons than the village has."""
    table = scope.schemas.tables["village_surveys"]
    for survey in scope.records.village_surveys:
        village = scope.villages.get(survey.village_code)
        limits = [("poor_households", village.households), ("poor_persons", village.persons)] if village else []
        for column, limit in limits:
            value = getattr(survey, column)
            if limit is not None and value > limit:
                words = {"what": table.field(column).title, "value": value, "limit": limit}
                yield scope.problem(Code.SURVEY_ABOVE_VILLAGE, survey, column, **words)


def survey_figures_agree(scope: Scope) -> Iterator[Problem]:
    """Inside a survey: households and groups within the persons, those aware within those asked."""
    groups = scope.schemas.code_lists["groups"]
    for survey in scope.records.village_surveys:
        if survey.poor_households > survey.poor_persons:
            words = {"value": survey.poor_households, "limit": survey.poor_persons}
            yield scope.problem(Code.SURVEY_HOUSEHOLDS_ABOVE_PERSONS, survey, "poor_households", **words)
        if survey.hotline_aware > survey.hotline_asked:
            words = {"value": survey.hotline_aware, "limit": survey.hotline_asked}
            yield scope.problem(Code.SURVEY_AWARE_ABOVE_ASKED, survey, "hotline_aware", **words)
        for group, title in groups.items():
            if getattr(survey, group) > survey.poor_persons:
                limits = {"what": title, "value": getattr(survey, group), "limit": survey.poor_persons}
                yield scope.problem(Code.SURVEY_GROUP_ABOVE_POOR, survey, group, **limits)


def needs_fit_the_survey(scope: Scope) -> Iterator[Problem]:
    """Needs are recorded of surveyed villages only, and of no more persons than the group has there."""
    lists = scope.schemas.code_lists
    for need in scope.records.needs:
        survey = scope.surveys.get(need.village_code)
        if survey is None and not scope.has_file("village_surveys", need.village_code[:6]):
            continue
        if survey is None:
            village = scope.village_name(need.village_code)
            yield scope.problem(Code.NEEDS_WITHOUT_SURVEY, need, "village_code", village=village)
        elif need.persons > getattr(survey, need.group):
            words = {"matter": lists["matters"][need.matter], "group": lists["groups"][need.group]}
            limits = {"value": need.persons, "limit": getattr(survey, need.group)}
            yield scope.problem(Code.NEEDS_ABOVE_GROUP, need, "persons", **words, **limits)
