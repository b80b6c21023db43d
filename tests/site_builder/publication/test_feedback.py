"""What is reported of feedback about the hotline: rounded counts and reviewed answers, nothing else."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from site_builder import checks
from site_builder.model import campaign
from site_builder.model.schemas import Schemas
from site_builder.publication.counties import GroupedRecords
from site_builder.publication.feedback import public_feedback
from site_builder.publication.gate import HIDDEN, Count, Gate, rounded_counts
from site_builder.publication.public import PublicFeedback
from site_builder.record.records import Records

Publish = Callable[..., PublicFeedback]


@pytest.fixture
def records(root: Path, known: Schemas) -> Records:
    return checks.check(root, campaign.load(root), known).records


@pytest.fixture
def publish(root: Path, known: Schemas, records: Records) -> Publish:
    """What is reported of these pieces of feedback."""
    settings = campaign.load(root)
    source = GroupedRecords(records=records, campaign=settings, lists=known.code_lists, gate=Gate(known))
    return lambda items, day=settings.data_as_of: public_feedback(
        replace(source, records=replace(records, feedback=tuple(items))), day
    )


@pytest.mark.parametrize(
    ("count", "shown"), [(0, HIDDEN), (1, HIDDEN), (9, HIDDEN), (10, 10), (19, 10), (20, 20), (137, 130)]
)
def test_a_count_is_rounded_down(count: int, shown: Count) -> None:
    """Nothing is reported below ten, zero neither; beyond, whole tens."""
    assert rounded_counts([count], 10) == ((shown,), shown)


def bounds(shown: Count) -> tuple[int, int]:
    """The least and the most that a shown count may stand for."""
    if shown is HIDDEN:
        return 0, 9
    assert isinstance(shown, int)
    return shown, shown + 9


@given(st.lists(st.integers(0, 60) | st.integers(0, 9), min_size=1, max_size=7))
@example([19, 5])
def test_a_small_count_is_not_had_by_subtraction(counts: list[int]) -> None:
    """Whatever is reported of the other kinds and of the total, each hidden count may be zero: it is no small one."""
    shown, total = rounded_counts(counts, 10)
    least = total if isinstance(total, int) else 0
    for place, count in enumerate(shown):
        others = sum(bounds(other)[1] for at, other in enumerate(shown) if at != place)
        assert count is not HIDDEN or least - others <= 0


@given(st.lists(st.integers(0, 60), min_size=1, max_size=7))
def test_what_is_shown_is_never_more_than_came_in(counts: list[int]) -> None:
    """Each count and the total are rounded down, and without a hidden one the total is off by less than ten."""
    shown, total = rounded_counts(counts, 10)
    assert all(least <= count <= most for count, (least, most) in zip(counts, map(bounds, shown), strict=True))
    assert bounds(total)[0] <= sum(counts)
    assert HIDDEN in shown or bounds(total)[1] >= sum(counts)


def test_kinds_and_total_are_counted_and_rounded(publish: Publish, records: Records) -> None:
    """Twelve suggestions of which ten are handled, three praises, nothing else: tens, and what is less is hidden."""
    item = replace(records.feedback[0], kind="suggestion", handled_on=date(2018, 5, 1))
    handled = [replace(item, feedback_id=f"F-220881-{n:04d}") for n in range(10)]
    waiting = [replace(item, handled_on=None)] * 2
    shown = publish([*handled, *waiting, *[replace(item, kind="praise")] * 3])
    by_kind = {row.kind: (row.received, row.handled) for row in shown.kinds}
    assert by_kind["建议"] == (10, 10)
    assert by_kind["表扬"] == (HIDDEN, HIDDEN)
    assert by_kind["投诉"] == (HIDDEN, HIDDEN)
    assert (shown.total.received, shown.total.handled) == (10, 10)


def test_an_earlier_day_knows_nothing_of_what_came_later(publish: Publish, records: Records) -> None:
    """Feedback that came in later, was handled later or was answered later is not shown for the day before."""
    item = replace(records.feedback[1], received_on=date(2018, 5, 1), handled_on=date(2018, 5, 9))
    items = [replace(item, feedback_id=f"F-220881-{n:04d}") for n in range(10)]
    by_day = {day: publish(items, date(2018, 5, day)) for day in (8, 9, 17, 18)}
    assert [by_day[day].total.handled for day in (8, 9)] == [HIDDEN, 10]
    assert by_day[8].total.received == 10
    assert publish(items, date(2018, 4, 30)).total.received is HIDDEN
    assert [len(by_day[day].answers) for day in (17, 18)] == [0, 1]


def test_only_reviewed_answers_are_reported(publish: Publish, records: Records) -> None:
    """A question needs its answer and the day of its review; the words of who asked, and the reply to them, stay."""
    asked = records.feedback[1]
    shown = publish(
        [
            asked,
            replace(asked, public_question="没有审核", reviewed_on=None),
            replace(asked, public_question="没有答复", public_reply=""),
            replace(asked, public_question="", public_reply="没有问题"),
        ]
    )
    (answer,) = shown.answers
    assert (answer.public_question, answer.reviewed_on) == ("不会打热线怎么办？", date(2018, 5, 18))
    assert asked.text not in repr(shown)
    assert asked.reply not in repr(shown)


def test_the_same_question_of_two_counties_is_reported_once(publish: Publish, records: Records) -> None:
    """One answer, whoever asked; the latest reviewed stands first."""
    asked = records.feedback[1]
    other = replace(asked, public_question="要花钱吗？", reviewed_on=date(2018, 6, 1))
    shown = publish([asked, replace(asked, county_code="220882"), other])
    assert [answer.public_question for answer in shown.answers] == ["要花钱吗？", "不会打热线怎么办？"]
