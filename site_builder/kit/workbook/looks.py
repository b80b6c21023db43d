"""How the workbook looks: formats, colours, widths, heights. Colour never stands alone: a mark goes with it."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from site_builder.kit.workbook.entry import is_required
from site_builder.kit.workbook.wording import words
from site_builder.model.forms import Form, FormColumn

Style = Callable[..., Format]
"""Gives the format with these properties, the same object each time it is asked for the same."""

LINE_HEIGHT = 14.5  # points, of text in 10 points
TEXT, WHOLE, DECIMAL, DAY = "@", "0", "0.0#####", "yyyy-mm-dd"
PLAIN_HEAD, REQUIRED_HEAD, LOCKED, EDGE, QUIET = "#DDE7F0", "#FCE4B0", "#EDEDED", "#BFBFBF", "#404040"
BANDS = ("#DDEBF7", "#E2EFDA", "#FFF2CC", "#F8E0EC", "#E4DFEC")
_NUMBER_FORMATS = {"integer": WHOLE, "number": DECIMAL, "date": DAY}
_WIDTHS = {"date": 12.0, "boolean": 9.0, "integer": 9.0, "number": 10.5}
_KIND_WIDTHS = {"person": 11.0, "phone": 17.0}
_TEXT_WIDTHS = ((30, 18.0), (60, 22.0), (120, 26.0))
_TYPE_WIDTH = 0.93  # of a character in 10 points, where widths are counted in 11 points
CONTEXT_WIDTH = 13.0
_SPREAD_WIDTH, _WIDEST, _IDENTIFIER_WIDTH = 9.0, 36.0, 16.0
_NAMED_WIDTH = 22.0  # of a code whose name stands beside it, wide enough for the beginning of the name in the dropdown


def make_style(book: Workbook) -> Style:
    """The maker of a workbook's formats."""

    @cache
    def style(**properties: str | float | bool) -> Format:
        return book.add_format({"font_name": words()["font"], "font_size": 10, "valign": "vcenter"} | properties)

    return style


def number_format(column: FormColumn) -> str:
    """The number format of a column's cells: text for everything that is not reckoned with."""
    return _NUMBER_FORMATS.get(column.field.type, TEXT)


def shown_width(text: str) -> int:
    """The width of a text in characters of a typewriter: a Chinese one takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)


def column_width(column: FormColumn, options: Iterable[str], is_named: bool) -> float:
    """The width of a column, in characters. is_named: whether the names of its codes stand beside it."""
    if column.fixed:
        return _SPREAD_WIDTH
    if is_named:
        return _NAMED_WIDTH
    usual = _WIDTHS.get(column.field.type) or _KIND_WIDTHS.get(column.kind)
    return usual or _text_width(column, options)


def _text_width(column: FormColumn, options: Iterable[str]) -> float:
    widest = max((shown_width(text) for text in options), default=0)
    if widest:
        return min(max(widest + 3.0, 11.0), _WIDEST)
    longest = column.field.constraints.get("maxLength", 0)
    if not longest:
        return _IDENTIFIER_WIDTH
    return next((width for most, width in _TEXT_WIDTHS if longest <= most), 40.0)


def lines_in(text: str, width: float) -> int:
    """How many lines a text takes in a cell of that width, at least one."""
    return max(1, math.ceil(shown_width(text) * _TYPE_WIDTH / max(width - 0.5, 1.0)))


def head_colours(form: Form) -> list[str]:
    """The colour of each column's head: required or not, or the band of its group in a spread form."""
    groups = list(dict.fromkeys(next(iter(column.fixed.values())) for column in form.columns if column.fixed))
    return [
        BANDS[groups.index(next(iter(column.fixed.values()))) % len(BANDS)]
        if column.fixed
        else (REQUIRED_HEAD if is_required(column) else PLAIN_HEAD)
        for column in form.columns
    ]


def head(style: Style, colour: str, **more: float | bool) -> Format:
    """The format of a head, or of the number above it."""
    return style(bg_color=colour, border=1, border_color=EDGE, text_wrap=True, align="center", **more)


def cell(style: Style, column: FormColumn, is_locked: bool) -> Format:
    """The format of a cell of a column: grey where it is locked."""
    is_long = column.field.type == "string" and not column.kind
    properties: dict[str, str | float | bool] = {
        "num_format": number_format(column),
        "locked": is_locked,
        "border": 1,
        "border_color": EDGE,
        "text_wrap": is_long,
    }
    if column.field.type in _WIDTHS:
        properties["align"] = "center"
    return style(**properties | ({"bg_color": LOCKED} if is_locked else {}))


def context_cell(style: Style, is_locked: bool) -> Format:
    """The format of a cell that only helps the reader, or in which a village's name is filled in."""
    colour = {"bg_color": LOCKED} if is_locked else {}
    return style(num_format=TEXT, locked=is_locked, border=1, border_color=EDGE, shrink=True, **colour)


def missing(style: Style) -> Format:
    """What marks a cell that is still to be filled in: hatched, so that it shows without colour too."""
    return style(pattern=14, bg_color="#FFFFFF", fg_color="#ED7D31")


def contradiction(style: Style) -> Format:
    """What marks numbers that contradict each other."""
    return style(bold=True, font_color="#C00000", bg_color="#FFD9D9")
