"""A model case is through once every step has passed it and nobody has sent it back."""

from datetime import date

import pytest

from site_builder.record.base import Origin
from site_builder.record.case_steps import PASSED, RETURNED, Step, _way
from site_builder.record.unit_records import CaseReview


def review(unit: str, outcome: str = PASSED) -> CaseReview:
    return CaseReview(
        unit_code=unit,
        case_id="C-2018-001",
        received_on=None,
        reviewed_on=date(2018, 6, 1),
        outcome=outcome,
        note="",
        data_status="demo",
        origin=Origin("content/data/case_reviews.csv", 2),
    )


COUNTY, PREFECTURE, PROVINCE = review("220881"), review("2208"), review("22-09")


def test_a_case_that_every_step_has_passed_is_through() -> None:
    """The county, the prefecture, a department of the province."""
    assert _way([COUNTY, PREFECTURE, PROVINCE], is_of_pilot_city=False).is_through


@pytest.mark.parametrize("step", Step)
def test_a_case_that_lacks_a_step_is_not_through(step: Step) -> None:
    """Whichever it is."""
    left = [one for one, of in zip((COUNTY, PREFECTURE, PROVINCE), Step, strict=True) if of is not step]
    assert not _way(left, is_of_pilot_city=False).is_through


def test_a_pilot_city_reviews_for_itself() -> None:
    """It has no prefecture above it."""
    assert _way([COUNTY, PROVINCE], is_of_pilot_city=True).is_through


def test_a_case_that_somebody_has_sent_back_is_not_through_whoever_has_passed_it() -> None:
    """Of two departments of the province one may return what the other has passed."""
    assert not _way([COUNTY, PREFECTURE, PROVINCE, review("22-03", RETURNED)], is_of_pilot_city=False).is_through
