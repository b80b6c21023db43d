"""Feedback about the hotline: how much of each kind, and the questions whose answers were reviewed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from site_builder.publication.counties import GroupedRecords
from site_builder.publication.gate import Count, Gate, rounded_counts
from site_builder.publication.public import Answer, FeedbackCount, PublicFeedback
from site_builder.record.records import Feedback, group_by


def public_feedback(source: GroupedRecords, day: date) -> PublicFeedback:
    """What had come in on the evening of a day: counts of the whole province, rounded down; the answers, each once.

    Counts are None, and kinds none, where the fields that they are counted by may not be counted.
    """
    gate, smallest = source.gate, source.campaign.smallest_published_count
    kinds = source.lists["feedback_kinds"] if gate.may_count("feedback.kind") else {}
    known = [item for item in source.records.feedback if item.received_on <= day]
    came, done = gate.may_count("feedback.received_on"), gate.may_count("feedback.received_on", "feedback.handled_on")
    received, all_received = _counts(known if came else None, kinds, smallest)
    handled, all_handled = _counts([item for item in known if is_handled(item, day)] if done else None, kinds, smallest)
    return PublicFeedback(
        kinds=tuple(
            FeedbackCount(kind=title, received=first, handled=second)
            for title, first, second in zip(kinds.values(), received, handled, strict=True)
        ),
        total=FeedbackCount(kind="", received=all_received, handled=all_handled),
        answers=_answers(known, day, gate),
    )


def _counts(items: list[Feedback] | None, kinds: Collection[str], smallest: int) -> tuple[tuple[Count, ...], Count]:
    """The counts of each kind and of all, None where there is nothing to count by."""
    if items is None:
        return (None,) * len(kinds), None
    of_kind = group_by(items, lambda item: item.kind)
    counts = [len(of_kind.get(kind, [])) for kind in kinds]
    rounded, total = rounded_counts(counts or [len(items)], smallest)
    return rounded[: len(kinds)], total


def is_handled(item: Feedback, day: date) -> bool:
    """Whether it was handled by the evening of a day."""
    return item.handled_on is not None and item.handled_on <= day


def _answers(items: Iterable[Feedback], day: date, gate: Gate) -> tuple[Answer, ...]:
    """The reviewed questions that have a reviewed answer. Two counties may have the same question and answer."""
    passed = [gate.public(Answer, item) for item in items]
    reviewed = [answer for answer in passed if answer.reviewed_on and answer.reviewed_on <= day]
    ready = {(a.public_question, a.public_reply): a for a in reviewed if a.public_question and a.public_reply}
    ordered = sorted(ready.values(), key=lambda answer: answer.public_question)
    return tuple(sorted(ordered, key=lambda answer: str(answer.reviewed_on), reverse=True))
