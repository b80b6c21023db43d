"""Where we stand: targets and milestones against the day of the data, never against the clock."""

from collections.abc import Callable

import pytest

from site_builder.publication.public import PublicRecords
from site_builder.publication.standing import milestone_standings, overdue, year_standings

Edit = Callable[[str, str, str], None]
Public = Callable[[], PublicRecords]


def states(public: PublicRecords) -> dict[str, str]:
    return {standing.milestone.key: standing.state for standing in milestone_standings(public)}


@pytest.mark.parametrize(
    ("due", "state"), [("2018-06-29", "overdue"), ("2018-06-30", "today"), ("2018-07-01", "ahead")]
)
def test_a_milestone_is_over_by_the_day_of_the_data(public: Public, edit: Edit, due: str, state: str) -> None:
    """Data of 30 June: what was due the day before is overdue and named by county, whatever the clock says."""
    edit(
        "campaign.yml",
        "  - key: budgets_included\n    due: 2018-06-30",
        f"  - key: budgets_included\n    due: {due}",
    )
    records = public()
    assert states(records)["budgets_included"] == state
    late = {county.code: overdue(milestone_standings(records), county.code) for county in records.counties}
    named = {code for code, milestones in late.items() if any(m.key == "budgets_included" for m in milestones)}
    missing = {county.code for county in records.counties if county.budget_included_on is None}
    assert named == (missing if state == "overdue" else set())


def test_what_the_records_do_not_tell_is_not_judged(public: Public, edit: Edit) -> None:
    """A milestone whose duty no rule counts, or of no duty, is neither done nor overdue: it is not recorded."""
    edit("undertakings.yml", "counted_by: plans_reported", "not_counted: 没有报表, shown: office")
    assert states(public())["plan_reported"] == "unknown"
    edit("campaign.yml", "  - key: plan_reported", "  - key: a_new_one")
    edit("undertakings.yml", "milestone: plan_reported", "due: 2018-04-30")
    assert states(public())["a_new_one"] == "unknown"


def test_a_milestone_is_done_when_every_place_is(public: Public, edit: Edit) -> None:
    """Budgets are done once the last county stands in its budget; until then the missing ones are named."""
    records = public()
    (before,) = (s for s in milestone_standings(records) if s.milestone.key == "budgets_included")
    missing = {county.code for county in records.counties if county.budget_included_on is None}
    assert before.behind == missing
    assert (before.done, before.planned) == (len(records.counties) - len(missing), len(records.counties))
    assert missing
    assert before.state != "done"


def test_years_are_measured_against_their_targets(public: Public) -> None:
    """Villages and windows of each year with a target, the latest first; a missing board is not counted."""
    years = {standing.target.year: standing for standing in year_standings(public())}
    assert list(years) == sorted(years, reverse=True)
    this = years[2018]
    assert (this.windows, this.built, this.plaques, this.boards) == (1, 0, 1, 0)
    assert this.progress.villages == 3
    assert this.progress.named == 2
