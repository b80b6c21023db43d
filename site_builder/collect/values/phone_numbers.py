"""Numbers to call: a mobile, a landline with its area code, or one of five digits, however they are set apart.

What is told of a number that cannot be read is of its own kind: a mobile's length, a landline's area code.
"""

from __future__ import annotations

import re

from site_builder.collect.values.cells import (
    DASHES,
    SCIENTIFIC,
    CellError,
    narrow,
    plain,
    refuse_lost_digits,
)
from site_builder.shared.codes import Code
from site_builder.shared.problems import layout
from site_builder.shared.text_forms import half_width
from site_builder.untrusted_files import Value

_AREA = r"0(?:10|2[0-9]|[3-9][0-9]{2})"
_EXTENSION = r"(?:转|分机|内线|ext\.?|x|-|#)[:\s]*([0-9]{1,6})"
_LANDLINE = re.compile(rf"\(?({_AREA})[)\-\s]*([0-9]{{7,8}})(?:\s*{_EXTENSION})?", re.I)
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_SHORT = re.compile(r"[0-9]{5}")
_BETWEEN = re.compile(r"[\s\-.()]+")
_COUNTRY = re.compile(r"(?:\+|00)86[\s-]*|86[\s-]*(?=1[3-9](?:[\s-]*[0-9]){9}$)|86[\s-]+(?=0)")
_NO_ZERO = re.compile(r"(?![48]00)(?:10|2[0-9]|[3-9][0-9]{2})[\s-]*[0-9]{7,8}")
_LABEL = re.compile(
    r"(?:(?:办公|联系|工作|移动|固定|单位|本人)?(?:电话|手机|座机|号码)|办(?=[:\s])|tel|phone|mobile)+[号码]*[:.\s]*",
    re.I,
)
_OF_NUMBER = "微信|同号|办|座机|手机|固话|电话|工作|移动|联通|电信|本人|值班|常用"
_NOTE = re.compile(rf"\s*(?:[(\[【][^0-9]{{0,4}}?(?:{_OF_NUMBER})[^0-9]{{0,4}}[)\]】]|微信同号|同微信)$")
_TWO_NUMBERS = re.compile(r"[0-9)][\s]*[/、,;，；或和及|][\s]*[(0-9]|[0-9]{7,}\s+[0-9]{7,}|[0-9]{11}[0-9]{11}")
_NONE = frozenset("无 没有 暂无 / - -- — ——".split())  # noqa: SIM905  (nobody must have one)
_LETTERS = str.maketrans("OoQlIi", "000111")
_MASKED = re.compile(r"(?<=[0-9\-])(?:[*＊×✱●•?？_]+|[xX]{2,})(?=[0-9\-]|$)")
_LETTER = re.compile("[OoQlIi]")
_MOBILE_LIKE = re.compile("1[0-9]{7,13}")
_EXTENSION_ALONE = re.compile(r"(?:转|分机|内线|ext\.?)[:\s]*[0-9]{1,6}", re.I)


def read_phone(value: Value) -> str:
    """A number to call, as 13…, 0436-0000101, 0436-0000101-8001 or of five digits; another text as it is.

    What says that there is none is blank.
    """
    refuse_lost_digits(value)
    if half_width(plain(value)).strip() in _NONE:
        return ""
    text = DASHES.sub("-", narrow(value))
    if SCIENTIFIC.fullmatch(text):
        raise CellError(Code.CELL_SCIENTIFIC)
    bare = _COUNTRY.sub("", _NOTE.sub("", _LABEL.sub("", text, count=1) if _LABEL.match(text) else text), count=1)
    if text.startswith(("+", "00")) and _NO_ZERO.fullmatch(bare):  # as it is called from abroad
        bare = "0" + bare
    number = _sound(bare)
    if number:
        return number
    masked = _MASKED.search(bare)
    if masked:
        raise CellError(Code.PHONE_MASKED, character=masked.group()[0])
    if _TWO_NUMBERS.search(bare):
        raise CellError(Code.CELL_TWO_VALUES, **_example(bare))
    fault = _fault(bare)
    if fault:
        raise CellError(fault, **_example(bare), count=str(len(re.sub("[^0-9]", "", bare))))
    return text


def _sound(text: str) -> str:
    """A text that is a number, as the record writes it; "" for any other."""
    closed = _BETWEEN.sub("", text)
    landline = _LANDLINE.fullmatch(text) or _LANDLINE.fullmatch(closed)
    if landline:
        area, number, extension = landline.groups()
        return f"{area}-{number}" + (f"-{extension}" if extension else "")
    return closed if _MOBILE.fullmatch(closed) or _SHORT.fullmatch(closed) else ""


def _fault(text: str) -> Code | None:
    """What keeps a text from being a number, where that is plain."""
    closed = _BETWEEN.sub("", text)
    if _LETTER.search(closed) and _sound(closed.translate(_LETTERS)):
        return Code.CELL_PHONE_LETTER
    if _EXTENSION_ALONE.fullmatch(text) or re.fullmatch("[0-9]{7,8}", closed):
        return Code.CELL_PHONE_AREA
    digits = re.findall(r"[0-9][0-9\s\-]{5,}[0-9]", text)
    if len(digits) == 1 and _sound(digits[0].strip()):
        return Code.CELL_PHONE_NOTED
    if _MOBILE_LIKE.fullmatch(closed):
        return Code.CELL_ZERO_LOST if closed.startswith("10") and _NO_ZERO.fullmatch(closed) else Code.CELL_MOBILE
    if _NO_ZERO.fullmatch(text) or _NO_ZERO.fullmatch(closed):
        return Code.CELL_ZERO_LOST
    return Code.CELL_LANDLINE if re.fullmatch(r"0?[3-9][0-9]{5,12}", closed) else None


def _example(text: str) -> dict[str, str]:
    """A mobile for what looks like one; for others the field's own example, a landline, is shown."""
    digits = re.sub("[^0-9]", "", text)
    return {"example": layout()["mobile_example"]} if digits.startswith("1") and len(digits) > 7 else {}
