"""What is looked for: numbers, papers and addresses that lead to a person."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class NumberKind(StrEnum):
    """What a number, or a word that does the work of one, is of a person."""

    IDENTITY = "identity"
    CARD = "card"
    MOBILE = "mobile"
    PASSPORT = "passport"
    PLATE = "plate"
    EMAIL = "email"
    QQ = "qq"
    WECHAT = "wechat"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A number in a text. number: its bare digits and letters; line: where it begins, counted from 1."""

    kind: NumberKind
    number: str
    line: int


def line_at(text: str, place: int) -> int:
    """The line of a place in a text, counted from 1."""
    return text.count("\n", 0, place) + 1
