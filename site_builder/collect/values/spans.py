"""Periods as people write them: 2018年6月, 2018年第二季度, 2018上半年, a date cell that stands for its month.

What names no year, or may be two periods, is asked about with the likely ones.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time

from site_builder.collect.values import clocks
from site_builder.collect.values.cells import DASHES, SPACES, CellError, narrow
from site_builder.collect.values.days import HAN_DIGITS, han_number, read_day
from site_builder.shared.codes import Code
from site_builder.shared.periods import Period, PeriodKind, parse
from site_builder.shared.problems import layout
from site_builder.untrusted_files import Value

_HAN_YEAR = re.compile(r"[〇零○一二三四五六七八九]{4}(?=年|$)")
_HAN_NUMBER = re.compile("十[一二]|[一二三四五六七八九十](?=个?月|季|-|至|到)")
_YEAR = re.compile(r"(20[0-9]{2})(?:年度?|[-./_]|(?=[^0-9]|[0-9]{2}$|$))[-./_]?")
_MONTH = re.compile(r"(0?[1-9]|1[0-2])(月份?)?")
_MONTHS = re.compile(r"(0?[1-9]|1[0-2])月?份?[-至到](0?[1-9]|1[0-2])月份?")
_QUARTER = re.compile("第?([1-4])(?:个?季度?|季)|[Qq第]([1-4])(?:季度?)?")
_HALF = re.compile("[Hh]([12])|([上下前后])半年度?")
_WHOLE_YEAR = re.compile("(?:全年|年度|年)?")
_OCTOBER = re.compile(r"([0-9]{4})\.1")
_LENGTHS = {1: PeriodKind.MONTH, 3: PeriodKind.QUARTER, 6: PeriodKind.HALF, 12: PeriodKind.YEAR}


def period_reader(year: int, counts_from_1904: bool) -> Callable[[Value], str]:
    """Reads periods. year: of the campaign, which a period without one is likely of."""

    def read(value: Value) -> str:
        if isinstance(value, (bool, time)):
            raise CellError(Code.CELL_PERIOD, meant="")
        if isinstance(value, date):
            return _of_day(clocks.nearest_midnight(value) if isinstance(value, datetime) else value)
        text = _even(narrow(value))
        if _OCTOBER.fullmatch(text):  # 2018.10 as a number loses its zero
            raise _asked(f"{text[:4]}-01", f"{text[:4]}-10")
        if parse(text):
            return text
        return _read(text, year) or _of_day(_day(text, counts_from_1904))

    return read


def _even(text: str) -> str:
    """A text in digits, with one kind of dash and no blanks."""
    closed = DASHES.sub("-", SPACES.sub("", text))
    closed = _HAN_YEAR.sub(lambda found: "".join(str(HAN_DIGITS[digit]) for digit in found.group()), closed)
    closed = closed.replace("元月", "1月")
    return _HAN_NUMBER.sub(lambda found: str(han_number(found.group())), closed)


def _of_day(day: date) -> str:
    """A month that a spreadsheet made into its first day; any other day was something else."""
    month = Period(year=day.year, kind=PeriodKind.MONTH, number=day.month).key
    if day.day == 1:
        return month
    raise _asked(month)


def _day(text: str, counts_from_1904: bool) -> date:
    """The day that stands where a period is asked for."""
    try:
        return date.fromisoformat(read_day(text, counts_from_1904))
    except CellError:
        raise CellError(Code.CELL_PERIOD, meant="") from None


def _read(text: str, year: int) -> str:
    """The period that a text names, "" where it names none."""
    written = _YEAR.match(text)
    rest = text[written.end() :] if written else text
    found = _part(rest, has_year=written is not None)
    if not found or (not written and not rest):
        return ""
    kind, number = found
    key = Period(year=int(written[1]) if written else year, kind=kind, number=number).key
    if written:
        return key
    raise _asked(key)


def _part(rest: str, has_year: bool) -> tuple[PeriodKind, int] | None:
    """The kind and number of a period in its year; None where a text names none."""
    month, months = _MONTH.fullmatch(rest), _MONTHS.fullmatch(rest)
    quarter, half = _QUARTER.fullmatch(rest), _HALF.fullmatch(rest)
    if months:
        first, last = int(months[1]), int(months[2])
        kind = _LENGTHS.get(last - first + 1)
        return (kind, first // (last - first + 1) + 1) if kind and (first - 1) % (last - first + 1) == 0 else None
    if month and (month[2] or has_year):
        return PeriodKind.MONTH, int(month[1])
    if quarter:
        return PeriodKind.QUARTER, int(quarter[1] or quarter[2])
    if half:
        return PeriodKind.HALF, int(half[1] or "上下前后".index(half[2]) % 2 + 1)
    return (PeriodKind.YEAR, 1) if _WHOLE_YEAR.fullmatch(rest) else None


def _asked(*keys: str) -> CellError:
    return CellError(Code.CELL_PERIOD, meant=layout()["asked"].format(candidates="、".join(keys)))
