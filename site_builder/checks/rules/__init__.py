"""The rules across tables: what a careful clerk would check. One rule, one function, one line in RULES.

A rule sees the records of files without errors. Where a county has a faulty file, nothing is reported of
that county but what a record says of itself, so that nobody follows up what only looks wrong because another file
cannot be read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from site_builder.checks.rules import (
    campaign,
    cases,
    dates,
    duties,
    files,
    indicators,
    people,
    policies,
    publicity,
    setup,
    surveys,
    units,
)
from site_builder.checks.rules.scope import Scope
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem

Rule = Callable[[Scope], Iterable[Problem]]

RULES: tuple[Rule, ...] = (
    files.files_are_named_by_county,
    files.rows_stand_in_their_county,
    files.keys_are_unique_across_files,
    files.codes_are_of_their_level,
    files.counties_with_villages_have_files,
    files.identifiers_name_their_county,
    people.townships_match,
    people.village_years_have_a_target,
    people.village_names_differ_in_a_township,
    people.village_names_match_their_code,
    people.earlier_villages_have_a_platform,
    people.names_are_of_persons,
    people.one_serving_liaison_at_a_time,
    people.every_village_has_a_liaison,
    people.phones_are_published_with_consent,
    dates.dates_are_in_order,
    dates.no_date_lies_ahead,
    dates.nothing_is_verified_before_it_is_done,
    publicity.public_texts_say_something,
    publicity.public_texts_name_nobody,
    publicity.public_texts_count_no_few,
    publicity.windows_stand_in_poor_counties,
    publicity.coordinates_come_in_pairs,
    publicity.coordinates_lie_in_the_county,
    publicity.moves_are_recorded_in_full,
    duties.windows_have_what_the_notice_lists,
    duties.boards_say_what_is_done,
    duties.units_are_of_their_level,
    duties.every_place_is_asked,
    duties.parts_of_reports_are_not_above_their_whole,
    duties.plans_are_reported,
    units.defended_are_among_the_accused,
    units.reported_periods_are_over,
    cases.reviews_are_of_known_cases,
    cases.returned_cases_have_a_reason,
    cases.reviews_go_upwards,
    cases.approvals_agree_with_steps,
    units.surveys_are_of_own_counties,
    units.departments_report_no_group,
    units.budgets_are_said_once,
    units.groups_are_of_the_campaign,
    units.units_differ_in_name,
    units.targets_say_something,
    units.publicity_names_its_media,
    units.checks_say_what_they_found,
    publicity.deliveries_reach_known_places,
    publicity.deliveries_reach_whom_they_are_for,
    publicity.deliveries_follow_printing,
    publicity.public_replies_are_reviewed,
    publicity.villages_lie_in_the_named_county,
    publicity.announced_activities_have_no_outcome,
    cases.case_pages_exist,
    cases.case_pages_are_reviewed,
    surveys.surveys_fit_the_village,
    surveys.survey_figures_agree,
    surveys.needs_fit_the_survey,
    indicators.indicators_add_up,
    indicators.verification_is_whole,
    indicators.panels_judge_half_years,
    indicators.periods_are_over,
    indicators.assessment_comes_in_order,
    campaign.targets_name_known_counties,
    campaign.official_data_hold_no_demonstration,
    campaign.official_quotas_are_no_demonstration,
    campaign.official_pages_are_no_demonstration,
    campaign.official_services_have_postcodes,
)
# These look at nothing but a record itself, so they judge one whatever else is wrong in its county's files. What it
# lacks, because the cell could not be read, they pass over.
OWN_RULES: tuple[Rule, ...] = (
    dates.dates_are_in_order,
    dates.no_date_lies_ahead,
    duties.parts_of_reports_are_not_above_their_whole,
    units.defended_are_among_the_accused,
    units.reported_periods_are_over,
    units.targets_say_something,
    units.publicity_names_its_media,
    units.checks_say_what_they_found,
)
# These count over the province, so they wait until every file can be read.
PROVINCE_RULES: tuple[Rule, ...] = (campaign.village_targets_are_met, campaign.promised_windows_exist)


def check(scope: Scope, partly: Scope) -> list[Problem]:
    """Everything the rules find. partly: with the records of the faulty files instead, as far as they can be read."""
    begun = [problem for rule in (*policies.RULES, *setup.RULES) for problem in rule(scope)]
    if not scope.records.divisions or not scope.records.counties:
        return begun
    rules = RULES if scope.faulty else RULES + PROVINCE_RULES
    held_back = {Path(file).stem for file in scope.faulty}
    found = [(rule, problem) for rule in rules for problem in rule(scope)]
    found += [(rule, problem) for rule in OWN_RULES if scope.faulty for problem in rule(partly)]
    misnamed = {problem.file for _, problem in found if problem.code == Code.FILE_COUNTY}
    return begun + [
        problem
        for rule, problem in found
        if problem.code == Code.FILE_COUNTY
        or ((problem.county not in held_back or rule in OWN_RULES) and problem.file not in misnamed)
    ]
