"""Feedback about the hotline: how much of each kind, and the questions whose answers were reviewed."""

from __future__ import annotations

from collections.abc import Sequence

from site_builder.campaign import Campaign
from site_builder.publication.gate import Gate, rounded_count
from site_builder.publication.public import Answer, FeedbackCount, PublicFeedback
from site_builder.records import Feedback, Records, group_by
from site_builder.schemas import Schemas


def public_feedback(records: Records, campaign: Campaign, schemas: Schemas, gate: Gate) -> PublicFeedback:
    """Counts of the whole province, rounded down, in the order of the code list; the answers, each once."""
    smallest = campaign.smallest_published_count
    of_kind = group_by(records.feedback, lambda item: item.kind)
    kinds = schemas.code_lists["feedback_kinds"]
    return PublicFeedback(
        kinds=tuple(_count(title, of_kind.get(kind, []), smallest) for kind, title in kinds.items()),
        total=_count("", records.feedback, smallest),
        answers=_answers(records, gate),
    )


def _count(title: str, items: Sequence[Feedback], smallest: int) -> FeedbackCount:
    handled = sum(item.handled_on is not None for item in items)
    return FeedbackCount(
        kind=title, received=rounded_count(len(items), smallest), handled=rounded_count(handled, smallest)
    )


def _answers(records: Records, gate: Gate) -> tuple[Answer, ...]:
    """The reviewed questions that have a reviewed answer. Two counties may have been asked, and answer, the same."""
    passed = [gate.public(Answer, item) for item in records.feedback if item.reviewed_on]
    ready = {(a.public_question, a.public_reply): a for a in passed if a.public_question and a.public_reply}
    ordered = sorted(ready.values(), key=lambda answer: answer.public_question)
    return tuple(sorted(ordered, key=lambda answer: str(answer.reviewed_on), reverse=True))
