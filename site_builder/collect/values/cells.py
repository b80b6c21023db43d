"""What every cell may hold, whatever is asked for: the value as a person sees it, and what is never a value.

A reader takes a cell's value and gives its text; what cannot be read without loss raises CellError. Whether the text is
allowed there is the schema's to say, later.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time

from site_builder.shared.codes import Code
from site_builder.shared.text_forms import composed, half_width
from site_builder.untrusted_files import Value

_ZERO_WIDTH = re.compile("[\xad\u200b-\u200d\u2060\ufe0e\ufe0f\ufeff]")
_SEEN = re.compile(r"[^\s\xad\u200b-\u200d\u2060\ufe0e\ufe0f\ufeff]")
_ODD_SPACE = re.compile(r"[^\S \u3000]")  # no-break spaces and the like, from web pages and Word
_AS_TEXT = re.compile(r'\s*="([^"]*)"\s*')  # how systems keep a code in a CSV from becoming a number
_TAG = re.compile(r"#[A-Za-z]\w*(?:\s*\+\s*[A-Za-z]\w*)*", re.ASCII)
_BREAKS = re.compile(r"[\r\n\t\x0b\x0c\u2028\u2029\x85]+|_x000[aAdD]_")
_UNEVEN = re.compile("|".join(pattern.pattern for pattern in (_ZERO_WIDTH, _ODD_SPACE, _BREAKS)))
DITTO = frozenset("""同上 同前 同左 同上行 同上格 同上一行 〃 “ ” " ″ 々 ditto""".split())  # noqa: SIM905
_PLACEHOLDERS = frozenset(
    r"""无 / \ - -- — —— － 空 不详 暂无 没有 未知 * × 略 N/A n/a nan None null""".split()  # noqa: SIM905
)
EXCEL_ERROR = re.compile(r"#(?:REF!|N/A|NAME\?|VALUE!|DIV/0!|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA|BUSY!)|Err:\d+")
SCIENTIFIC = re.compile(r"[0-9]+(?:\.[0-9]+)?[Ee]\+?[0-9]+")
DASHES = re.compile("[‐‑‒–—―−－﹣ー〜~～]")
SPACES = re.compile(r"[\s\u3000]+")
EXACT = 10**15  # a workbook keeps 15 digits of a number


class CellError(Exception):
    """A cell that cannot be read without loss: carries the problem's code and details.

    Among these, `example` is a correct entry of the kind that was meant, where that of the field is of another.
    """

    def __init__(self, code: Code, **details: str) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


def plain(value: Value) -> str:
    """A cell as a person sees it: for messages, heads and names, not for the record."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < EXACT:
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


def narrow(value: Value) -> str:
    """Text in half-width characters, without what nobody sees, for codes, numbers, phones and dates."""
    text = _ZERO_WIDTH.sub("", plain(value)).removeprefix("'")
    as_text = _AS_TEXT.fullmatch(text)
    text = as_text[1] if as_text else text
    if EXCEL_ERROR.fullmatch(text.strip()):
        raise CellError(Code.CELL_FORMULA_ERROR, shown=text.strip())
    text = half_width(text).strip()
    refuse_placeholder(text)
    return text


def refuse_placeholder(text: str) -> None:
    """Of a text that stands for none, or for the one above it."""
    if text in DITTO:
        raise CellError(Code.CELL_DITTO)
    if stands_for_none(text):
        raise CellError(Code.CELL_PLACEHOLDER)


def stands_for_none(text: str) -> bool:
    """Whether a text is a stroke or a word that is put into a cell for which there is nothing."""
    return half_width(text) in _PLACEHOLDERS or text in _PLACEHOLDERS


def on_one_line(value: Value) -> str:
    """A text without line breaks and without what nobody sees, as the record keeps it."""
    text = plain(value).strip()
    if _UNEVEN.search(text):
        text = _ODD_SPACE.sub(" ", _BREAKS.sub(" ", _ZERO_WIDTH.sub("", text))).strip()
    return composed(text)


def refuse_lost_digits(value: Value) -> None:
    """Of a code or a number to call: a value that a spreadsheet made into another."""
    if isinstance(value, bool):
        raise CellError(Code.CELL_NOT_TEXT)
    if isinstance(value, (date, time)):
        raise CellError(Code.CELL_BECAME_DATE)
    if isinstance(value, float) and (abs(value) >= EXACT or not value.is_integer()):
        raise CellError(Code.CELL_DIGITS_LOST if abs(value) >= EXACT else Code.CELL_NOT_TEXT)
