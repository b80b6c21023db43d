"""Rules of the surveys and the needs."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.checks.rules.scope import Scope
from site_builder.model.relations import wholes
from site_builder.model.schemas import SURVEY
from site_builder.model.survey import ALL, survey_items
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem

# Contradictions that have a code of their own, by the column of the part; the others have one together.
_CODES = {"poor_households": Code.SURVEY_HOUSEHOLDS_ABOVE_PERSONS, "hotline_aware": Code.SURVEY_AWARE_ABOVE_ASKED}
_OF_VILLAGE = {"poor_households": "households", "poor_persons": "persons"}
_OF_GROUPS = Code.SURVEY_GROUP_ABOVE_POOR


def surveys_fit_the_village(scope: Scope) -> Iterator[Problem]:
    """A survey counts no more households and persons than the village has."""
    table = scope.schemas.tables[SURVEY]
    for survey in scope.records.village_surveys:
        village = scope.villages.get(survey.village_code)
        limits = [("poor_households", village.households), ("poor_persons", village.persons)] if village else []
        for column, limit in limits:
            value = survey.counts[column]
            if limit is not None and value is not None and value > limit:
                words = {"what": table.field(column).title, "value": value, "limit": limit}
                words |= {"village": scope.village_name(survey.village_code)}
                other = scope.against(scope.villages[survey.village_code], _OF_VILLAGE[column])
                yield scope.problem(Code.SURVEY_ABOVE_VILLAGE, survey, column, **words, **other)


def survey_figures_agree(scope: Scope) -> Iterator[Problem]:
    """Inside a survey: no part is above its whole, as households and groups are of the persons."""
    table = scope.schemas.tables[SURVEY]
    for item in survey_items(scope.schemas):
        for whole in wholes(table, item.column):
            code = _OF_GROUPS if item.group != ALL else _CODES.get(item.column, Code.SURVEY_PART_ABOVE_WHOLE)
            for survey in scope.records.village_surveys:
                value, limit = survey.counts[item.column], survey.counts[whole]
                if value is not None and limit is not None and value > limit:
                    words = {"what": item.title, "whole": table.field(whole).title, "value": value, "limit": limit}
                    yield scope.problem(code, survey, item.column, **words)


def needs_fit_the_survey(scope: Scope) -> Iterator[Problem]:
    """Needs are recorded of surveyed villages only, and of no more persons than the group has there."""
    lists = scope.schemas.code_lists
    for need in scope.records.needs:
        survey = scope.surveys.get(need.village_code)
        if survey is None and not scope.has_file(SURVEY, need.village_code[:6]):
            continue
        if survey is None:
            village = scope.village_name(need.village_code)
            yield scope.problem(Code.NEEDS_WITHOUT_SURVEY, need, "village_code", village=village)
        elif (limit := survey.counts[need.group]) is not None and need.persons > limit:
            words = {"matter": lists["matters"][need.matter], "group": lists["groups"][need.group]}
            words |= {"village": scope.village_name(need.village_code)}
            figures, other = {"value": need.persons, "limit": limit}, scope.against(survey, need.group)
            yield scope.problem(Code.NEEDS_ABOVE_GROUP, need, "persons", **words, **figures, **other)
