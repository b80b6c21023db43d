"""How many rounds a test goes: few in `make test`, all of them in `make test-long`, once a week and before a release.

In the short form every kind of thing is still tried, and what decides goes rounds enough to notice when it is broken.
"""

import os
from collections.abc import Iterable
from typing import TypeVar

IS_LONG = bool(os.environ.get("CAMPAIGN_TEST_LONG"))
T = TypeVar("T")


def rounds(short: int, long: int) -> int:
    """How often to try."""
    return long if IS_LONG else short


def sample(everything: Iterable[T], short: int) -> list[T]:
    """All of it, or so many that lie evenly between the first and the last: the same ones in every run."""
    found = list(everything)
    if IS_LONG or len(found) <= short:
        return found
    return [found[place * (len(found) - 1) // (short - 1)] for place in range(short)]
