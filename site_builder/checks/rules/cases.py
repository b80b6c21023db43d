"""Rules of model cases: their reviews level by level, and that what is called approved has passed every step."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.checks.rules.scope import PAGES, Scope
from site_builder.record.case_steps import PASSED, RETURNED, Step, Way, step_of, ways
from site_builder.record.facts import is_above
from site_builder.record.records import Case, group_by
from site_builder.record.tables import FOLDER
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem, layout

_APPROVED = "reviewed_on"


def case_pages_exist(scope: Scope) -> Iterator[Problem]:
    """A model case that names its page has that page."""
    for case in scope.records.cases:
        if case.page and not (scope.root / PAGES / case.page).is_file():
            yield scope.problem(Code.CASE_PAGE, case, "page", page=case.page)


def case_pages_are_reviewed(scope: Scope) -> Iterator[Problem]:
    """A text below content/pages/cases belongs to a model case, whose record says when it was reviewed."""
    named = {f"{PAGES}/{case.page}" for case in scope.records.cases}
    for path in sorted((scope.root / PAGES / "cases").rglob("*.md")):
        file = path.relative_to(scope.root).as_posix()
        if file not in named:
            yield Problem(code=Code.CASE_NOT_REVIEWED, file=file)


def approvals_agree_with_steps(scope: Scope) -> Iterator[Problem]:
    """A case is approved when its county, its prefecture and the province have passed it, and on the province's day."""
    found = ways(scope.records)
    for case in scope.records.cases:
        yield from _approval(scope, case, found[case.case_id])


def _approval(scope: Scope, case: Case, way: Way) -> Iterator[Problem]:
    known: dict[str, object] = {"value": case.case_id, "day": case.reviewed_on or ""}
    passed = way.passed.get(Step.PROVINCE)
    if case.reviewed_on is None:
        if way.is_through:
            yield scope.problem(Code.CASE_WITHOUT_APPROVAL, case, _APPROVED, **known, passed=passed)
    elif way.returned:
        back = way.returned[0]
        unit = scope.units.get(back.unit_code, back.unit_code)
        details = known | {"unit": unit} | scope.against(back, "outcome")
        yield scope.problem(Code.CASE_RETURNED, case, _APPROVED, **details)
    elif passed and passed != case.reviewed_on:
        yield scope.problem(Code.CASE_APPROVED_OTHERWISE, case, _APPROVED, **known, passed=passed)
    elif way.missing:
        steps = "、".join(layout()["case_steps"][step] for step in way.missing)
        yield scope.problem(Code.CASE_STEPS, case, _APPROVED, **known, steps=steps)


def reviews_are_of_known_cases(scope: Scope) -> Iterator[Problem]:
    """A case under review is on record, and its reviewer is its county, what stands above that, or the province.

    Nothing is said while the list of cases cannot be read: its own fault is named, and not one for each review.
    """
    if f"{FOLDER}/cases.csv" in scope.faulty:
        return
    counties = {case.case_id: case.county_code for case in scope.records.cases}
    for review in scope.records.case_reviews:
        county = counties.get(review.case_id)
        if county is None or not is_above(review.unit_code, county):
            own = [case for case, of in counties.items() if is_above(review.unit_code, of)]
            known = layout()["known_cases"].format(cases="、".join(own)) if own else layout()["no_known_cases"]
            words = {"value": review.case_id, "known": known}
            if county is None:
                yield scope.problem(Code.REVIEW_CASE_UNKNOWN, review, "case_id", **words)
            else:
                yield scope.problem(Code.REVIEW_ELSEWHERE, review, "case_id", **words, county=scope.county_name(county))


def returned_cases_have_a_reason(scope: Scope) -> Iterator[Problem]:
    """Who sends a case back says what is missing."""
    for review in scope.records.case_reviews:
        if review.outcome == RETURNED and not review.note:
            yield scope.problem(Code.REVIEW_WITHOUT_REASON, review, "note", value=review.case_id)


def reviews_go_upwards(scope: Scope) -> Iterator[Problem]:
    """Nobody receives or reviews a case after the step above has passed it."""
    table = scope.schemas.tables["case_reviews"]
    for reviews in group_by(scope.records.case_reviews, lambda review: review.case_id).values():
        for review in reviews:
            step = step_of(review.unit_code)
            passed = [one for one in reviews if one.outcome == PASSED and step_of(one.unit_code) > step]
            above = min(passed, key=lambda one: one.reviewed_on, default=None)
            days = [(name, getattr(review, name)) for name in ("received_on", "reviewed_on")]
            late = next(((name, day) for name, day in days if above and day and day > above.reviewed_on), None)
            if above and late:
                names = {"title": table.field(late[0]).title, "day": late[1], "passed": above.reviewed_on}
                unit = scope.units.get(above.unit_code, above.unit_code)
                yield scope.problem(Code.REVIEW_AFTER_ABOVE, review, late[0], **names, unit=unit)
