"""Reviewed exceptions: a kind of number at a place, for a reason, until a day. The number itself is never written.

The day is measured by `data_as_of`, which moves whenever data do, and not by the clock: the same commit always gives
the same result. An exception may reach no more than a year beyond it, so that each one is looked at again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from fnmatch import fnmatchcase

from site_builder.model.campaign import FILE, Campaign, PrivacyException
from site_builder.privacy.places import NumberPlace
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem

_LONGEST = timedelta(days=366)
# What the software's own tests invent is nobody's number, and no officer's to review.
_TESTS = "tests/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exceptions:
    """The exceptions of a campaign. used: the places in the list of those that excepted something."""

    campaign: Campaign
    used: set[int] = field(default_factory=set)

    def cover(self, path: str, place: NumberPlace) -> bool:
        """Whether a number at a place of a file is excepted; notes which exceptions were of use."""
        if path.startswith(_TESTS) and place.kind is not None:
            return True
        matching = [
            number
            for number, exception in enumerate(self.campaign.privacy_exceptions)
            if self._is_valid(exception) and _matches(exception, path, place)
        ]
        self.used.update(matching)
        return bool(matching)

    def problems(self, *, everywhere: bool) -> Iterator[Problem]:
        """Exceptions that are over, reach too far or are of no use.

        everywhere: whether all places were looked through, and not only those in content/.
        """
        latest = self.campaign.data_as_of + _LONGEST
        for number, exception in enumerate(self.campaign.privacy_exceptions):
            details = {"number": str(number + 1), "place": exception.place, "until": str(exception.until)}
            details |= {"as_of": str(self.campaign.data_as_of), "latest": str(latest)}
            if exception.until < self.campaign.data_as_of:
                yield Problem(code=Code.EXCEPTION_EXPIRED, file=FILE, details=details)
            elif exception.until > latest:
                yield Problem(code=Code.EXCEPTION_TOO_LONG, file=FILE, details=details)
            elif number not in self.used and (everywhere or exception.place.startswith("content/")):
                yield Problem(code=Code.EXCEPTION_UNUSED, file=FILE, details=details)

    def _is_valid(self, exception: PrivacyException) -> bool:
        return self.campaign.data_as_of <= exception.until <= self.campaign.data_as_of + _LONGEST


def _matches(exception: PrivacyException, path: str, place: NumberPlace) -> bool:
    is_there = fnmatchcase(path, exception.place) and exception.column in ("", place.field)
    return is_there and place.kind is not None and exception.kind == place.kind.value
