"""One cell at a time: what was typed, by the type of its field, as the text that the record holds.

A reader takes a cell's value and gives its text; what cannot be read without loss raises CellError. Whether the text is
allowed there is the schema's to say, later.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from site_builder.collect.values import clocks
from site_builder.model.forms import FormColumn
from site_builder.model.meanings import no_name
from site_builder.model.schemas import Policy
from site_builder.shared.characters import unfit
from site_builder.shared.codes import Code
from site_builder.shared.problems import UNFIT_CODES, unfit_details
from site_builder.shared.text_forms import caseless, composed, half_width
from site_builder.untrusted_files import Value

CellReader = Callable[[Value], str]

_ZERO_WIDTH = re.compile("[\xad\u200b-\u200d\u2060\ufe0e\ufe0f\ufeff]")
_SEEN = re.compile(r"[^\s\xad\u200b-\u200d\u2060\ufe0e\ufe0f\ufeff]")
_ODD_SPACE = re.compile(r"[^\S \u3000]")  # no-break spaces and the like, from web pages and Word
_TAG = re.compile(r"#[A-Za-z]\w*(?:\s*\+\s*[A-Za-z]\w*)*", re.ASCII)
_BREAKS = re.compile(r"[\r\n\t\x0b\x0c\u2028\u2029\x85]+|_x000[aAdD]_")
_UNEVEN = re.compile("|".join(pattern.pattern for pattern in (_ZERO_WIDTH, _ODD_SPACE, _BREAKS)))
_PLACEHOLDERS = frozenset(
    """无 / \\ - -- — —— － 空 不详 暂无 没有 未知 同上 〃 “ ” " * × 略 N/A n/a nan None null""".split()  # noqa: SIM905
)
_EXCEL_ERROR = re.compile(r"#(?:REF!|N/A|NAME\?|VALUE!|DIV/0!|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA|BUSY!)|Err:\d+")
_SCIENTIFIC = re.compile(r"[0-9]+(?:\.[0-9]+)?[Ee]\+?[0-9]+")
_DASHES = re.compile("[‐‑‒–—―−－﹣ー〜~～]")
_EXACT = 10**15  # a workbook keeps 15 digits of a number
_SPACES = re.compile(r"[\s\u3000]+")
_FIRST_DAY = date(2000, 1, 1)
_LAST_DAY = date(2049, 12, 31)
_DAY = re.compile(
    r"([0-9]{4})\s*[年./\-、,·\s]\s*([0-9]{1,2})\s*[月./\-、,·\s]\s*([0-9]{1,2})\s*[日号]?"
    r"(?:[T\s]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?"
)
_CLOSED_DAY = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_HAN_DAY = re.compile(
    "([〇零○O一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})[日号]"
)
_HAN_DIGITS = {**{digit: place for place, digit in enumerate("〇一二三四五六七八九")}, "零": 0, "○": 0, "O": 0}
_THOUSANDS = re.compile(r"-?[0-9]{1,3}(?:[,，][0-9]{3})+")
_WHOLE = re.compile(r"(-?[0-9]+)(?:\.0+)?")
_ABOUT = re.compile("[多余几约近来]|左右|上下|以[上下内]")
_DECIMAL = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_LANDLINE = re.compile(
    r"\(?(0(?:10|2[0-9]|[3-9][0-9]{2}))[)\-\s]*([0-9]{7,8})(?:(?:转|分机|ext\.?|x|-|#)+([0-9]{1,6}))?", re.I
)
_TWO_NUMBERS = re.compile(r"[0-9)][\s]*[/、,;，；或和及|][\s]*[(0-9]|[0-9]{7,}\s+[0-9]{7,}|[0-9]{11}[0-9]{11}")
_SOUND_CODE = re.compile("[0-9]{6,12}|[A-Z]-[0-9]+(?:-[0-9]+)*")
_LEADING_CODE = re.compile(r"([0-9]{6,12})(?:\s+|(?=[^\sA-Za-z0-9-]))([^\s0-9].*)|([A-Z]-[0-9-]+)\s+(.+)")
_TRUE = frozenset("true 是 yes y t 1 √ ✓ ✔ ☑ 有 已 对 同意 愿意".split())  # noqa: SIM905
_FALSE = frozenset("false 否 no n f 0 × ✗ ✘ ☐ x 未 不 不是 不同意 不愿意".split())  # noqa: SIM905
_INNER_SPACE = re.compile(r"(?<=[^\x00-\x7f])[\s\u3000]+(?=[^\x00-\x7f])")
_NAME_DOTS = re.compile("[•‧∙⋅・･．]")


class CellError(Exception):
    """A cell that cannot be read without loss: carries the problem's code and details."""

    def __init__(self, code: Code, **details: str) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


class Understood(NamedTuple):
    """What a cell comes to in its column: its text, or the fault that keeps it from being read.

    is_head: it holds the column's own title; is_normalised: the text differs from what was typed, enough to report;
    is_plain: nothing needs to be said of it.
    """

    text: str
    fault: CellError | None = None
    is_blank: bool = False
    is_head: bool = False
    is_normalised: bool = False
    is_plain: bool = True


_NOTHING = Understood("", is_blank=True)


def reader(
    column: FormColumn,
    aliases: Mapping[str, str],
    counts_from_1904: bool,
    is_reference: bool,
    has_one_clock: bool = False,
) -> CellReader:
    """The function that reads the cells of a column.

    aliases: other words for the choices of the column's code list, to their codes; counts_from_1904: of the workbook;
    is_reference: whether the cell names another record, as code or as code and name; has_one_clock: whether all days
    of the file bear the same clock.
    """
    field = column.field
    if field.choices:
        return _choice_reader(field.choices, aliases)
    if column.kind == "person":
        return _read_public_person if field.policy is Policy.PUBLIC else _read_person
    if column.kind:
        return {"phone": _read_phone}[column.kind]
    by_type: dict[str, CellReader] = {
        "boolean": _read_boolean,
        "integer": _integer_reader(column.units),
        "number": _read_number,
        "date": _date_reader(counts_from_1904, has_one_clock),
        "string": _read_code if is_reference or "pattern" in field.constraints else _read_text,
    }
    return by_type[field.type]


def understand(column: FormColumn, read: CellReader, values: Sequence[Value]) -> list[Understood]:
    """The outcome of each of a column's cells.

    Days, places and choices stand in many rows: each value is looked at once. 1, 1.0 and TRUE are equal and yet three
    values.
    """
    typed = list(zip(map(type, values), values, strict=True))
    known = {each: _understood(column, read, each[1]) for each in set(typed)}
    return [known[each] for each in typed]


def _understood(column: FormColumn, read: CellReader, value: Value) -> Understood:
    if is_blank(value):
        return _NOTHING
    is_head = plain(value).strip() in column.names
    try:
        text = read(value)
    except CellError as fault:
        return Understood("", fault=fault, is_head=is_head, is_plain=False)
    is_normalised = text != value and _is_normalised(column, value)
    return Understood(text, None, False, is_head, is_normalised, not is_normalised)


def _is_normalised(column: FormColumn, value: Value) -> bool:
    """Whether a changed text is to be reported; a code for its title or beside its name is no change."""
    is_reported = column.field.choices or column.field.type == "boolean" or named_part(value)
    return (isinstance(value, str) or clocks.moment(value) is not None) and not is_reported


def plain(value: Value) -> str:
    """A cell as a person sees it: for messages, heads and names, not for the record."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return str(value)


def is_blank(value: Value) -> bool:
    """Whether a cell holds nothing that anybody can see."""
    return value is None or (isinstance(value, str) and not _SEEN.search(value))


def are_tags(row: list[Value]) -> bool:
    """Whether all that a row holds are tags of HXL, such as #adm1+code."""
    return all(is_blank(value) or (isinstance(value, str) and _TAG.fullmatch(value.strip())) for value in row)


def _narrow(value: Value) -> str:
    """Text in half-width characters, without what nobody sees, for codes, numbers, phones and dates."""
    text = _ZERO_WIDTH.sub("", plain(value)).removeprefix("'")
    if _EXCEL_ERROR.fullmatch(text.strip()):
        raise CellError(Code.CELL_FORMULA_ERROR, shown=text.strip())
    text = half_width(text).strip()
    if text in _PLACEHOLDERS:
        raise CellError(Code.CELL_PLACEHOLDER)
    return text


def _read_text(value: Value) -> str:
    if isinstance(value, bool):
        raise CellError(Code.CELL_NOT_TEXT)
    if isinstance(value, (date, time)):
        raise CellError(Code.CELL_BECAME_DATE)
    if isinstance(value, float) and abs(value) >= _EXACT:
        raise CellError(Code.CELL_DIGITS_LOST)
    text = _on_one_line(value)
    if _EXCEL_ERROR.fullmatch(text):
        raise CellError(Code.CELL_FORMULA_ERROR, shown=text)
    found = unfit(text)
    if found:
        raise CellError(UNFIT_CODES[found.kind], **unfit_details(found))
    return text


def _on_one_line(value: Value) -> str:
    text = plain(value).strip()
    if _UNEVEN.search(text):
        text = _ODD_SPACE.sub(" ", _BREAKS.sub(" ", _ZERO_WIDTH.sub("", text))).strip()
    return composed(text)


def _read_person(value: Value) -> str:
    """A name: without the spaces between two characters, with one kind of dot."""
    text = _INNER_SPACE.sub("", _NAME_DOTS.sub("·", _read_text(value)))
    if text in _PLACEHOLDERS:
        raise CellError(Code.CELL_PLACEHOLDER)
    return text


def _read_public_person(value: Value) -> str:
    """The name of one person. Asked before its blanks are closed: they may stand between two people."""
    found = no_name(_NAME_DOTS.sub("·", _on_one_line(value)))
    if found and found.code == Code.NAME_VACANT:
        raise CellError(found.code, **found.details)
    text = _read_person(value)
    if found:
        raise CellError(found.code, **found.details)
    return text


def _read_code(value: Value) -> str:
    if isinstance(value, str) and _SOUND_CODE.fullmatch(value):
        return value
    _refuse_lost_digits(value)
    text = _DASHES.sub("-", _narrow(value))
    if _SCIENTIFIC.fullmatch(text):
        raise CellError(Code.CELL_SCIENTIFIC)
    found = _LEADING_CODE.fullmatch(text)
    if found:
        return found.group(1) or found.group(3)
    closed = _SPACES.sub("", text)
    return closed if closed.isascii() else text


def named_part(value: Value) -> str:
    """The name in a cell of the form `220881105228 黑水镇金生村`, or ""."""
    if not isinstance(value, str):
        return ""
    found = _LEADING_CODE.fullmatch(_DASHES.sub("-", half_width(value).strip()))
    return _SPACES.sub("", found.group(2) or found.group(4)) if found else ""


def _refuse_lost_digits(value: Value) -> None:
    if isinstance(value, bool):
        raise CellError(Code.CELL_NOT_TEXT)
    if isinstance(value, (date, time)):
        raise CellError(Code.CELL_BECAME_DATE)
    if isinstance(value, float) and (abs(value) >= _EXACT or not value.is_integer()):
        raise CellError(Code.CELL_DIGITS_LOST if abs(value) >= _EXACT else Code.CELL_NOT_TEXT)


def _read_phone(value: Value) -> str:
    _refuse_lost_digits(value)
    text = _DASHES.sub("-", _narrow(value))
    if _SCIENTIFIC.fullmatch(text):
        raise CellError(Code.CELL_SCIENTIFIC)
    if _TWO_NUMBERS.search(text):
        raise CellError(Code.CELL_TWO_VALUES)
    if isinstance(value, (int, float)) and len(text) in (9, 10, 11) and not re.fullmatch("1[3-9][0-9]{9}", text):
        raise CellError(Code.CELL_ZERO_LOST)
    text = re.sub(r"^(?:\+|00)86[\s-]*", "", text)
    landline = _LANDLINE.fullmatch(text)
    if landline:
        area, number, extension = landline.groups()
        return f"{area}-{number}" + (f"-{extension}" if extension else "")
    closed = re.sub(r"[\s-]", "", text)
    return closed if re.fullmatch("1[3-9][0-9]{9}|[0-9]{5}", closed) else text


def _integer_reader(units: tuple[str, ...]) -> CellReader:
    unit = re.compile(f"\\s*(?:{'|'.join(map(re.escape, sorted(units, key=len, reverse=True)))})$") if units else None

    def read(value: Value) -> str:
        if isinstance(value, (date, time)):
            raise CellError(Code.CELL_BECAME_DATE)
        if isinstance(value, bool):
            raise CellError(Code.CELL_NOT_NUMBER)
        if isinstance(value, (int, float)) and abs(value) >= _EXACT:
            raise CellError(Code.CELL_DIGITS_LOST)
        text = _narrow(value)
        if _SCIENTIFIC.fullmatch(text):
            raise CellError(Code.CELL_SCIENTIFIC)
        bare = unit.sub("", text) if unit else text
        bare = re.sub("[,，]", "", bare) if _THOUSANDS.fullmatch(bare) else bare
        whole = _WHOLE.fullmatch(bare)
        if whole and len(whole.group(1)) <= 15:
            return str(int(whole.group(1)))
        if re.fullmatch(r"[0-9,.]+\s*[^\W\d_]+", text) and not _ABOUT.search(text):
            raise CellError(Code.CELL_UNIT, units="、".join(units))
        raise CellError(Code.CELL_NOT_NUMBER)

    return read


def _read_number(value: Value) -> str:
    if isinstance(value, (bool, date, time)):
        raise CellError(Code.CELL_NOT_NUMBER)
    if isinstance(value, (int, float)):
        text = repr(float(value)) if not float(value).is_integer() else str(int(value))
    else:
        text = _narrow(value)
    if not _DECIMAL.fullmatch(text):
        raise CellError(Code.CELL_NOT_NUMBER)
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    whole, dot, rest = digits.partition(".")
    return sign + (whole.lstrip("0") or "0") + dot + rest


def _date_reader(counts_from_1904: bool, has_one_clock: bool) -> CellReader:
    def read(value: Value) -> str:
        stated = clocks.moment(value)
        if stated is None:
            return read_day(value, counts_from_1904)
        if has_one_clock or stated.time() == time():  # midnight in China, of a zone that is named
            return clocks.nearest_midnight(stated).date().isoformat()
        day, following = clocks.possible_days(stated)
        raise CellError(Code.CELL_CLOCK, clock=f"{stated:%H:%M:%S}", day=str(day), next=str(following))

    return read


def read_day(value: Value, counts_from_1904: bool) -> str:
    """A cell that holds a day, as 2018-03-20. Raises CellError."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (bool, time)):
        raise CellError(Code.CELL_NOT_DATE)
    first = date(1904, 1, 1) if counts_from_1904 else date(1899, 12, 30)
    return _day(_narrow(value), first).isoformat()


def _day(text: str, first: date) -> date:
    """The day that a text states; day numbers of a workbook are counted from `first`."""
    written = _DAY.fullmatch(text) or _CLOSED_DAY.fullmatch(text)
    if written:
        return _real_day(*map(int, written.groups()))
    spelt = _HAN_DAY.fullmatch(_SPACES.sub("", text))
    if spelt:
        year = int("".join(str(_HAN_DIGITS[digit]) for digit in spelt.group(1)))
        return _real_day(year, _han_number(spelt.group(2)), _han_number(spelt.group(3)))
    if re.fullmatch(r"[0-9]{5}(?:\.0+)?", text):
        day = first + timedelta(days=int(float(text)))
        if _FIRST_DAY <= day <= _LAST_DAY:
            return day
    raise CellError(Code.CELL_DATE_UNCLEAR if re.search("[0-9]", text) else Code.CELL_NOT_DATE)


def _real_day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise CellError(Code.CELL_NO_SUCH_DAY) from None


def _han_number(text: str) -> int:
    """A number up to 99 in Chinese numerals, such as 二十三."""
    tens, has_ten, ones = text.rpartition("十")
    if not has_ten:
        return _HAN_DIGITS.get(text, 0)
    return (_HAN_DIGITS.get(tens, 1) if tens else 1) * 10 + (_HAN_DIGITS.get(ones, 0) if ones else 0)


def _read_boolean(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    text = _narrow(value).lower() if not isinstance(value, str) or value.strip() != "×" else "×"
    if text in _TRUE:
        return "true"
    if text in _FALSE:
        return "false"
    raise CellError(Code.CELL_NOT_YES_OR_NO)


def _choice_reader(choices: Mapping[str, str], aliases: Mapping[str, str]) -> CellReader:
    codes = {caseless(title): code for code, title in choices.items()}
    codes |= {caseless(word): code for word, code in aliases.items()}
    codes |= {caseless(code): code for code in choices}

    def read(value: Value) -> str:
        code = codes.get(caseless(_narrow(value)))
        if code is None:
            raise CellError(Code.CELL_CHOICE, choices="、".join(choices.values()))
        return code

    return read
