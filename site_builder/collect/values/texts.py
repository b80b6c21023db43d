"""Texts: free ones, names of persons, and codes, perhaps with the name of what they stand for behind them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time

from site_builder.collect.values.cells import (
    DASHES,
    EXACT,
    EXCEL_ERROR,
    SCIENTIFIC,
    SPACES,
    CellError,
    narrow,
    on_one_line,
    refuse_lost_digits,
    refuse_placeholder,
    stands_for_none,
)
from site_builder.model.meanings import NoName, no_name, no_names, no_text
from site_builder.shared.characters import Unfit, unfit, unfit_in_name
from site_builder.shared.codes import Code
from site_builder.shared.problems import UNFIT_CODES, unfit_details
from site_builder.shared.text_forms import half_width
from site_builder.untrusted_files import Value

_SOUND_CODE = re.compile("[0-9]{6,12}|[A-Z]-[0-9]+(?:-[0-9]+)*")
_LEADING_CODE = re.compile(r"([0-9]{6,12})(?:\s+|(?=[^\sA-Za-z0-9-]))([^\s0-9].*)|([A-Z]-[0-9-]+)\s+(.+)")
_OPTION = re.compile(
    r"^(?:[A-Za-z]{1,2}|[0-9]{1,3})[.、):]\s*(?=[0-9]{12}(?![0-9])|[A-Z]-[0-9])"
)  # A.220881105228 金生村
_OPTION_ALONE = re.compile("[0-9]{1,3}|[A-Za-z]{1,2}")
_IN_BLOCKS = r"[·\u3400-\u9fff\uac00-\ud7a3\U00020000-\U0003ffff]"  # Han and Hangul have no blanks in a name; others do
_INNER_SPACE = re.compile(rf"(?<={_IN_BLOCKS})[\s\u3000]+(?={_IN_BLOCKS})")
_AFTER_NAME = re.compile(r"\s*[(（](?:兼|女|男)[)）]\s*$")  # what lists put behind a name that is no part of it
_NAME_DOTS = re.compile("[•‧∙⋅・･．]")


def read_text(value: Value) -> str:
    """A free text on one line; a stroke, or a word that says that there is none, is no text."""
    text = _one_line(value, unfit)
    return "" if stands_for_none(text.rstrip("。")) else text


def _one_line(value: Value, find: Callable[[str], Unfit | None]) -> str:
    """A text on one line. find: what it may not hold."""
    if isinstance(value, bool):
        raise CellError(Code.CELL_NOT_TEXT)
    if isinstance(value, (date, time)):
        raise CellError(Code.CELL_BECAME_DATE)
    if isinstance(value, float) and abs(value) >= EXACT:
        raise CellError(Code.CELL_DIGITS_LOST)
    text = on_one_line(value)
    if EXCEL_ERROR.fullmatch(text):
        raise CellError(Code.CELL_FORMULA_ERROR, shown=text)
    found = find(text)
    if found:
        raise CellError(UNFIT_CODES[found.kind], **unfit_details(found))
    return text


def read_public_text(value: Value) -> str:
    """A free text that the public reads: not a word that says that there is none."""
    text = _one_line(value, unfit)
    refuse_placeholder(text)
    if no_text(text):
        raise CellError(Code.CELL_PLACEHOLDER)
    return text


def read_person(value: Value) -> str:
    """The name of one person, as the public reads it."""
    return _read_name(value, no_name)


def read_persons(value: Value) -> str:
    """The name of a person who did something, or of several: only the office reads it."""
    return _read_name(value, no_names)


def _read_name(value: Value, none: Callable[[str], NoName | None]) -> str:
    """A name without the spaces between two characters, with one kind of dot.

    Whether it is one is asked before its blanks are closed: they may stand between two people.
    """
    value = _AFTER_NAME.sub("", value) if isinstance(value, str) else value
    typed = _NAME_DOTS.sub("·", on_one_line(value))
    found = none(typed)
    if found and found.code == Code.NAME_VACANT:
        raise CellError(found.code, **found.details)
    refuse_placeholder(typed)
    text = _one_line(value, unfit_in_name)
    if found:
        raise CellError(found.code, **found.details)
    dotted = _NAME_DOTS.sub("·", text)
    return dotted if no_name(dotted) else _INNER_SPACE.sub("", dotted)


def read_code(value: Value) -> str:
    """A code, also where the name of what it stands for is behind it."""
    if isinstance(value, str) and _SOUND_CODE.fullmatch(value):
        return value
    refuse_lost_digits(value)
    text = _OPTION.sub("", DASHES.sub("-", narrow(value)))
    if SCIENTIFIC.fullmatch(text):
        raise CellError(Code.CELL_SCIENTIFIC)
    found = _LEADING_CODE.fullmatch(text)
    if found:
        return found.group(1) or found.group(3)
    closed = SPACES.sub("", text)
    return closed if closed.isascii() else text


def code_or_name_reader(named: Callable[[str], str]) -> Callable[[Value], str]:
    """Reads codes; what is none in form is looked up as a name, what only says which option was chosen is refused."""

    def read(value: Value) -> str:
        text = read_code(value)
        if _OPTION_ALONE.fullmatch(text):
            raise CellError(Code.CELL_OPTION_ALONE)
        return text if text.isascii() else named(text)

    return read


def named_part(value: Value) -> str:
    """The name in a cell of the form `220881105228 黑水镇金生村`, or ""."""
    if not isinstance(value, str):
        return ""
    found = _LEADING_CODE.fullmatch(_OPTION.sub("", DASHES.sub("-", half_width(value).strip())))
    return SPACES.sub("", found.group(2) or found.group(4)) if found else ""
