"""Cells of an .xlsx workbook that stand far off: one that holds something is refused, a blank one is taken out.

calamine makes all rows and columns up to the last text, be it a single blank, and a table of 17 thousand million cells.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from io import BytesIO
from xml.etree import ElementTree

from site_builder.untrusted_files.formats.bounds import MOST_ROWS, far_off

_FAR_COLUMN, _FAR_ROW = rb"(?:I[W-Z]|[J-Z][A-Z]|[A-Z]{3})[0-9]+", rb"[A-Z]{1,3}(?!%d\b)(?:[2-9][0-9]{5}|[0-9]{7,})"
_ADDRESS = rb"""r\s*=\s*["'](%s|%s)["'][^<>]*(?<!/)>""" % (_FAR_COLUMN, _FAR_ROW % MOST_ROWS)
# The address of a cell far off that holds something: its tag is not closed at once, nor right after.
_FAR = re.compile(_ADDRESS + rb"\s*<(?!/)")
_CELL = re.compile(rb"<(?:\w+:)?c\s(?:[^<>]*\s)?" + _ADDRESS + rb".*?</(?:\w+:)?c\s*>", re.DOTALL)
_TEXT = re.compile(rb"<(?:\w+:)?[vt](?:\s[^<>]*)?>([^<]*)<")
_KIND = re.compile(rb"""[^>]*\st\s*=\s*["'](\w+)""")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")


def without_blanks(sheet: str, xml: bytes, shared: Callable[[], Iterator[bytes]]) -> bytes:
    """The sheet's part without the blank cells far off. Refuses one that holds something.

    shared: gives the parts with the workbook's texts.
    """
    if not _FAR.search(xml):
        return xml
    blank = {number for texts in shared() for number in _blank_texts(texts)}
    xml = _CELL.sub(lambda cell: b"" if _is_blank(cell.group(), blank) else cell.group(), xml)
    far = _FAR.search(xml)
    if far:
        raise far_off(sheet, far.group(1).decode().upper())
    return xml


def _is_blank(cell: bytes, blank: set[str]) -> bool:
    found = _KIND.match(cell)
    kind = found.group(1) if found else b""
    text = unescape(b"".join(_TEXT.findall(cell)).decode("utf-8", "replace")).strip()
    if kind == b"s":
        return text in blank
    return not text and (kind == b"str" or not _FORMULA.search(cell))


def _blank_texts(xml: bytes) -> Iterator[str]:
    """The numbers of the shared texts that hold nothing but blanks."""
    number = 0
    for _, element in ElementTree.iterparse(BytesIO(xml)):  # noqa: S314  (no declarations: archive.check_xml saw it)
        if element.tag.rpartition("}")[2] == "si":
            if not "".join(element.itertext()).strip():
                yield str(number)
            number += 1
            element.clear()
