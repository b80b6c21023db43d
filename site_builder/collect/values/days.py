"""Days in all the ways that people and spreadsheets write them, as 2018-03-20."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from site_builder.collect.values import clocks
from site_builder.collect.values.cells import DASHES, SPACES, CellError, narrow
from site_builder.shared.codes import Code
from site_builder.shared.text_forms import half_width
from site_builder.untrusted_files import Value

_FIRST_DAY = date(2000, 1, 1)
_LAST_DAY = date(2049, 12, 31)
_DAY = re.compile(
    r"([0-9]{4})\s*[年./\-、,·\s]\s*([0-9]{1,2})\s*[月./\-、,·\s]\s*([0-9]{1,2})\s*[日号]?[.。]?"
    r"(?:[T\s]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?"
)
_MONTH = re.compile(r"([0-9]{4})[年./\-](0?[1-9]|1[0-2])(?:月份?)?(?:[上中下]旬|[初底])?")
_WITHIN = re.compile(r"\s*\(?(?:(?:星期|周)[一二三四五六日天]|[上下]午|全天)\)?$")
_CLOSED_DAY = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_HAN_DAY = re.compile(
    "(?:([〇零○O一二三四五六七八九]{4}|[0-9]{4})年)?([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})[日号]"
)
_DAY_ALONE = re.compile(r"(0?[1-9]|1[0-2])(?:月|[./-])([0-9]{1,2})[日号]?")  # 6月22日, 6.22
_SHORT_YEAR = re.compile(r"([0-9]{2})(?:(年)|(?=[./-][0-9]{1,2}[./-]))")  # 18年6月21日, 18.6.21
_CENTURY = 2000
_SPAN = re.compile(
    r"(?:从|自)?(?:(?P<year>[0-9]{4})[年./-])?(?P<month>[0-9]{1,2})[月./-](?P<day>[0-9]{1,2})[日号]?(?:至|到|-|~|～)+"
    r"(?:(?:(?P<end_year>[0-9]{4})[年./-])?(?:(?P<end_month>[0-9]{1,2})[月./-])?(?P<end>[0-9]{1,2})[日号]?止?"
    r"|(?P<lasts>至?今|现在|目前))"
)
_LEAP_YEAR = 2016  # every day of a year that is not said
_LASTING = "至今"
_LASTS = frozenset(f"{_LASTING} 目前 现在 在任 在职 现任".split())
HAN_DIGITS = {**{digit: place for place, digit in enumerate("〇一二三四五六七八九")}, "零": 0, "○": 0, "O": 0}


def date_reader(
    counts_from_1904: bool, has_one_clock: bool, year: int = 0, campaign_year: int = 0
) -> Callable[[Value], str]:
    """Reads days.

    has_one_clock: whether all days of the file bear the same clock; year: of days without one, or 0; campaign_year:
    which makes 18 the year 2018.
    """

    def read(value: Value) -> str:
        value = with_century(value, campaign_year)
        if year and has_no_year(value):
            return read_day(f"{year}年{value}", counts_from_1904)
        stated = clocks.moment(value)
        if stated is None:
            return read_day(value, counts_from_1904)
        if has_one_clock or stated.time() == time():  # midnight in China, of a zone that is named
            return clocks.nearest_midnight(stated).date().isoformat()
        day, following = clocks.possible_days(stated)
        raise CellError(Code.CELL_CLOCK, clock=f"{stated:%H:%M:%S}", day=str(day), next=str(following))

    return read


def with_century(value: Value, campaign_year: int) -> Value:
    """A day with a year of two digits with that of four: one that 年 says, or the campaign's own before two numbers."""
    if not isinstance(value, str) or not campaign_year:
        return value
    text = DASHES.sub("-", SPACES.sub("", half_width(value)))
    found = _SHORT_YEAR.match(text)
    year = _CENTURY + int(found[1]) if found else 0
    is_certain = found and year <= campaign_year and (found[2] or year == campaign_year)
    return f"{_CENTURY // 100}{text}" if is_certain else value


def has_no_year(value: Value) -> bool:
    """Whether a cell holds a month and a day alone: 6月5日, 6月5日上午, 6.5, 六月五日."""
    text = _WITHIN.sub("", half_width(SPACES.sub("", value))) if isinstance(value, str) else ""
    spelt = _HAN_DAY.fullmatch(text)
    return _DAY_ALONE.fullmatch(DASHES.sub("-", text)) is not None or (spelt is not None and not spelt[1])


def ends_before(value: Value, following: str) -> bool:
    """Whether a cell holds the day before another day, or that day itself; without a year it is of that one's."""
    try:
        first = date.fromisoformat(following)
        full = f"{first.year}年{value}" if has_no_year(value) else with_century(value, first.year)
        return date.fromisoformat(read_day(full, counts_from_1904=False)) in {first, first - timedelta(days=1)}
    except (CellError, ValueError):
        return False


def end_reader(read: Callable[[Value], str]) -> Callable[[Value], str]:
    """Reads last days: of what lasts there is none, as 至今 says."""
    return lambda value: "" if isinstance(value, str) and value.strip() in _LASTS else read(value)


def first_and_last(text: str) -> tuple[str, str]:
    """The two days of a text that tells both in one, 2018.3.5-3.7, each as a day by itself; the text and "" for others.

    What the last does not repeat is the first one's; of what lasts the last is 至今.
    """
    closed = DASHES.sub("-", SPACES.sub("", half_width(text)))
    found = _SPAN.fullmatch(closed)
    if not found:
        return text, ""
    year, month = found["year"] or "", found["month"]
    first = f"{year}年{month}月{found['day']}日" if year else f"{month}月{found['day']}日"
    if found["lasts"]:
        return first, _LASTING
    end_year, end_month = found["end_year"] or year, found["end_month"] or month
    return first, f"{end_year}年{end_month}月{found['end']}日" if end_year else f"{end_month}月{found['end']}日"


def read_day(value: Value, counts_from_1904: bool) -> str:
    """A cell that holds a day, as 2018-03-20. Raises CellError."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (bool, time)):
        raise CellError(Code.CELL_NOT_DATE)
    first = date(1904, 1, 1) if counts_from_1904 else date(1899, 12, 30)
    return _day(narrow(value), first).isoformat()


def _day(text: str, first: date) -> date:
    """The day that a text states; day numbers of a workbook are counted from `first`."""
    text = _WITHIN.sub("", text)
    written = _DAY.fullmatch(text) or _CLOSED_DAY.fullmatch(text)
    if written:
        return _real_day(*map(int, written.groups()))
    month = _MONTH.fullmatch(SPACES.sub("", text))
    if month:
        raise CellError(Code.CELL_MONTH_ALONE, month=f"{month[1]}-{int(month[2]):02}")
    spelt = _HAN_DAY.fullmatch(SPACES.sub("", text))
    if spelt:
        return _spelt_day(*spelt.groups())
    if re.fullmatch(r"[0-9]{5}(?:\.0+)?", text):
        day = first + timedelta(days=int(float(text)))
        if _FIRST_DAY <= day <= _LAST_DAY:
            return day
    alone = _DAY_ALONE.fullmatch(SPACES.sub("", text))
    if alone:
        _real_day(_LEAP_YEAR, int(alone[1]), int(alone[2]))
    raise CellError(Code.CELL_DATE_UNCLEAR if re.search("[0-9]", text) else Code.CELL_NOT_DATE)


def _spelt_day(year: str | None, month: str, day: str) -> date:
    """A day in Chinese numerals, the year perhaps in digits; one without a year is real, and unclear all the same."""
    said = int("".join(str(HAN_DIGITS.get(digit, digit)) for digit in year)) if year else _LEAP_YEAR
    found = _real_day(said, han_number(month), han_number(day))
    if not year:
        raise CellError(Code.CELL_DATE_UNCLEAR)
    return found


def _real_day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise CellError(Code.CELL_NO_SUCH_DAY) from None


def han_number(text: str) -> int:
    """A number up to 99 in Chinese numerals, such as 二十三."""
    tens, has_ten, ones = text.rpartition("十")
    if not has_ten:
        return HAN_DIGITS.get(text, 0)
    return (HAN_DIGITS.get(tens, 1) if tens else 1) * 10 + (HAN_DIGITS.get(ones, 0) if ones else 0)
