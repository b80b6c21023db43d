"""How a county stands: the state of each return, of the county, and the lines that say so."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from site_builder import checks
from site_builder.model import campaign, forms, schemas
from site_builder.office import overview
from site_builder.record import returns
from site_builder.record.returns import CountyReturns, ReturnState

DUE, DAY = date(2018, 4, 10), date(2018, 4, 20)


@pytest.fixture
def county(root: Path) -> CountyReturns:
    """A county of the example, with every return complete."""
    settings, known = campaign.load(root), schemas.load(root)
    found = returns.progress(checks.check(root, settings, known).records, settings, forms.load(root, known))
    whole = next(each for each in found if each.villages)
    complete = [replace(each, missing=(), due=DUE, days_late=0) for each in whole.returns]
    return replace(whole, returns=tuple(complete))


def one(county: CountyReturns, *, is_missing: bool, days_late: int, due: date | None = DUE) -> CountyReturns:
    """The county with its first return changed."""
    first, *rest = county.returns
    changed = replace(first, missing=first.expected if is_missing else (), days_late=days_late, due=due)
    return replace(county, returns=(changed, *rest))


@pytest.mark.parametrize(
    ("is_missing", "days_late", "due", "state"),
    [
        (False, 0, DUE, ReturnState.COMPLETE),
        (False, 3, DUE, ReturnState.CAME_LATE),
        (True, 10, DUE, ReturnState.OVERDUE),
        (True, 0, DAY, ReturnState.DUE_TODAY),
        (True, 0, date(2018, 5, 1), ReturnState.INCOMPLETE),
        (True, 0, None, ReturnState.INCOMPLETE),
    ],
)
def test_a_return_and_its_county_stand_alike(
    county: CountyReturns, is_missing: bool, days_late: int, due: date | None, state: ReturnState
) -> None:
    changed = one(county, is_missing=is_missing, days_late=days_late, due=due)
    assert changed.returns[0].state(DAY) is state
    assert changed.state(DAY) == (state, days_late)


def test_the_most_overdue_return_speaks_for_the_county(county: CountyReturns) -> None:
    late = replace(county.returns[0], missing=county.returns[0].expected, days_late=10)
    later = replace(county.returns[0], missing=county.returns[0].expected, days_late=12)
    assert replace(county, returns=(late, later)).state(DAY) == (ReturnState.OVERDUE, 12)


def test_a_form_that_comes_as_things_happen_is_never_owed(county: CountyReturns) -> None:
    free = replace(county.of("deliveries"), expected=(), missing=(), days_late=0)
    assert free.state(DAY) is ReturnState.AS_IT_HAPPENS
    assert replace(county.of("windows"), expected=(), missing=(), days_late=0).state(DAY) is ReturnState.NO_TASK


def test_every_state_has_a_wording() -> None:
    assert set(overview.words()["state"]) == set(ReturnState)
