"""The units that a text says numbers are in, such as 单位：百人 above a table, and whether columns ask for these."""

from __future__ import annotations

import re
from collections.abc import Iterable

_WORDS = "人次|年月日|公里|[人户名口个件次元份张本块套条场亩吨箱捆包袋盒摞沓卷册幅面枚]"
_TIMES = "[十百千万亿]{1,2}"
_UNIT = rf"(?:(?:{_TIMES})?(?:{_WORDS})|{_TIMES})"
_UNITS = rf"{_UNIT}(?:\s*[、,，/／;；.和及与]\s*{_UNIT})*"
_LABEL = re.compile(r"(?<![填报送制编])单位\s*[:：]\s*")
_STATED = re.compile(
    rf"(?<![填报送制编])单位\s*[:：为是]\s*({_UNITS})(?=$|[)）\]】\s，,。;；])|以\s*({_UNITS})\s*(?:为单位|计)(?=$|[^算划])"
)
_ALONE = re.compile(rf"[(（\[【]?\s*(?:单位\s*[:：]\s*)?({_UNITS})\s*[)）\]】]?")
_NOTE = re.compile(r"[(（\[【]([^()（）\[\]【】]+)[)）\]】]")
_SUMMED = re.compile("累计|历年")
_PACKED = re.compile(rf"((?:{_TIMES})[份张本册块]|[箱捆摞沓])数?量?$")
_HEAD = re.compile("(?:计量|计数|数量)?单位(?:名称)?")
_APART = re.compile(r"\s*[、,，/／;；.和及与]\s*")


def stated(text: str) -> tuple[str, ...]:
    """The units that a label or a sentence in a text names; none where it names none, or says who sends a table."""
    found = _STATED.search(text)
    return tuple(_APART.split(found[1] or found[2])) if found else ()


def is_label(text: str) -> bool:
    """Whether a text is the label of units that stand in the cell after it."""
    return _LABEL.fullmatch(text.strip()) is not None


def is_head(text: str) -> bool:
    """Whether a column's head asks for the unit of the number in the same row."""
    return _HEAD.fullmatch("".join(text.split())) is not None


def alone(text: str) -> tuple[str, ...]:
    """The units that are all that a text says, perhaps in brackets, as a line of units below heads has them."""
    found = _ALONE.fullmatch(text.strip())
    return tuple(_APART.split(found[1])) if found else ()


def otherwise(head: str, asked: Iterable[str]) -> str:
    """What a head says that makes its numbers others than a column asks for: 捆 of 数量（捆）, 累计; "" for nothing."""
    closed, known = "".join(head.split()), tuple(asked)
    summed = _SUMMED.search(closed)
    said = [unit for note in _NOTE.findall(closed) for unit in alone(note)]
    packed = _PACKED.search(closed)
    return summed[0] if summed else unfit(said, known) or (unfit([packed[1]], known) if packed else "")


def unfit(said: Iterable[str], asked: Iterable[str]) -> str:
    """The first of the units that none of those is that are asked for; "" where all are."""
    known = {*asked, "年月日"}
    return next((unit for unit in said if unit not in known), "")
