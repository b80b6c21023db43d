"""What is told of feedback about the hotline: rounded counts and reviewed answers, nothing else."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder import campaign, checks
from site_builder.publication.feedback import public_feedback
from site_builder.publication.gate import HIDDEN, Count, Gate, rounded_count
from site_builder.publication.public import PublicFeedback
from site_builder.records import Feedback, Records
from site_builder.schemas import Schemas

Publish = Callable[[list[Feedback]], PublicFeedback]


@pytest.fixture
def records(root: Path, known: Schemas) -> Records:
    return checks.check(root, campaign.load(root), known).records


@pytest.fixture
def publish(root: Path, known: Schemas, records: Records) -> Publish:
    """What is told of these pieces of feedback."""
    settings = campaign.load(root)
    return lambda items: public_feedback(replace(records, feedback=tuple(items)), settings, known, Gate(known))


@pytest.mark.parametrize(
    ("count", "told"), [(0, 0), (1, HIDDEN), (9, HIDDEN), (10, 10), (19, 10), (20, 20), (137, 130)]
)
def test_a_count_is_rounded_down(count: int, told: Count) -> None:
    """Nothing is told between nought and ten; beyond, whole tens."""
    assert rounded_count(count, 10) == told


def bounds(told: Count) -> tuple[int, int]:
    """The least and the most that a told count may stand for."""
    if told is HIDDEN:
        return 1, 9
    assert isinstance(told, int)
    return (told, told + 9) if told else (0, 0)


@given(st.lists(st.integers(0, 60), min_size=2, max_size=5), st.integers(0, 4), st.integers(1, 9))
def test_a_small_count_is_not_had_by_subtraction(counts: list[int], place: int, small: int) -> None:
    """Whatever is told of the other kinds and of the total, a small count may still be more than one number."""
    counts[place % len(counts)] = small
    others = [bounds(rounded_count(count, 10)) for at, count in enumerate(counts) if at != place % len(counts)]
    least, most = bounds(rounded_count(sum(counts), 10))
    low, high = sum(low for low, _ in others), sum(high for _, high in others)
    assert len([value for value in range(1, 10) if low + value <= most and high + value >= least]) > 1


def test_kinds_and_total_are_counted_and_rounded(publish: Publish, records: Records) -> None:
    """Twelve suggestions of which ten are handled, three praises, nothing else: tens, a hidden one, noughts."""
    item = replace(records.feedback[0], kind="suggestion", handled_on=date(2018, 5, 1))
    handled = [replace(item, feedback_id=f"F-220881-{n:04d}") for n in range(10)]
    waiting = [replace(item, handled_on=None)] * 2
    told = publish([*handled, *waiting, *[replace(item, kind="praise")] * 3])
    by_kind = {row.kind: (row.received, row.handled) for row in told.kinds}
    assert by_kind["建议"] == (10, 10)
    assert by_kind["表扬"] == (HIDDEN, HIDDEN)
    assert by_kind["投诉"] == (0, 0)
    assert (told.total.received, told.total.handled) == (10, 10)


def test_only_reviewed_answers_are_told(publish: Publish, records: Records) -> None:
    """A question needs its answer and the day of its review; the words of who asked, and the reply to them, stay."""
    asked = records.feedback[1]
    told = publish(
        [
            asked,
            replace(asked, public_question="没有审核", reviewed_on=None),
            replace(asked, public_question="没有答复", public_reply=""),
            replace(asked, public_question="", public_reply="没有问题"),
        ]
    )
    (answer,) = told.answers
    assert (answer.public_question, answer.reviewed_on) == ("不会打热线怎么办？", date(2018, 5, 18))
    assert asked.text not in repr(told)
    assert asked.reply not in repr(told)


def test_the_same_question_of_two_counties_is_told_once(publish: Publish, records: Records) -> None:
    """One answer, whoever asked; the latest reviewed stands first."""
    asked = records.feedback[1]
    other = replace(asked, public_question="要花钱吗？", reviewed_on=date(2018, 6, 1))
    told = publish([asked, replace(asked, county_code="220882"), other])
    assert [answer.public_question for answer in told.answers] == ["要花钱吗？", "不会打热线怎么办？"]
