"""Days that come with a clock: local midnight written in another zone, or off by seconds, by the maker of a workbook.

SheetJS in China writes midnight as 23:59:17 of the day before or 00:00:43, exceljs as 16:00 of the day before, in UTC.
Where every day of a file bears the one clock, what is meant is the midnight next to it; else nobody can tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, timezone

from site_builder.untrusted_files import Value

CHINA = timezone(timedelta(hours=8))
_FEWEST = 2  # days of a file that must agree
_SLACK = timedelta(minutes=6)  # Shanghai's mean time of before 1901 is 5 minutes and 43 seconds off
# From noon to two in the afternoon no zone of the country's neighbours has midnight: the day is not plain.
_BEFORE_NOON, _AFTERNOON = time(11, 30), time(14, 50)
_CLOCK = re.compile(
    r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*日?[T\s]+"
    r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]+)?)?(Z|[+-][0-9]{2}:?[0-9]{2})?"
)


def moment(value: Value) -> datetime | None:
    """The moment that a cell tells, in China where it names a zone; None where it tells no more than a day."""
    if isinstance(value, datetime):
        return value if value.time() != time() else None
    found = _CLOCK.fullmatch(value.strip()) if isinstance(value, str) and ":" in value else None
    stated = _read(found) if found else None
    return stated if stated and (stated.time() != time() or (found and found[7])) else None


def _read(found: re.Match[str]) -> datetime | None:
    *numbers, zone = found.groups(default="")
    try:
        stated = datetime(*(int(number or 0) for number in numbers))  # type: ignore[arg-type]
    except ValueError:
        return None
    if not zone:
        return stated
    away = UTC if zone == "Z" else datetime.strptime(zone.replace(":", ""), "%z").tzinfo
    return stated.replace(tzinfo=away).astimezone(CHINA).replace(tzinfo=None)


def agree(days: Iterable[Value]) -> bool:
    """Whether all days of a file bear the same clock, so that the midnight that it stands for is plain."""
    stated = [moment(day) for day in days]
    clocks = [each - nearest_midnight(each) for each in stated if each and each.time() != time()]
    if len(clocks) < _FEWEST or len(clocks) < len(stated):
        return False
    is_near = all(abs(clock) <= _SLACK for clock in clocks)
    is_one = max(clocks) - min(clocks) <= _SLACK
    is_plain = not any(_BEFORE_NOON < each.time() < _AFTERNOON for each in stated if each)
    return (is_near or is_one) and is_plain


def nearest_midnight(stated: datetime) -> datetime:
    """The midnight before or after a moment, whichever is nearer."""
    midnight = datetime.combine(stated.date(), time())
    return midnight + timedelta(days=1) if stated - midnight >= timedelta(hours=12) else midnight


def possible_days(stated: datetime) -> tuple[date, date]:
    """The two days that a moment may stand for."""
    return stated.date(), stated.date() + timedelta(days=1)
