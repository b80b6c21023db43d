"""An .ods workbook looked through before calamine reads it, and what calamine leaves out (OpenDocument 1.3)."""

from __future__ import annotations

import re
from html import unescape
from itertools import islice, product
from typing import Any

from site_builder.shared.codes import Code
from site_builder.untrusted_files.formats import archive
from site_builder.untrusted_files.formats.archive import Directory
from site_builder.untrusted_files.formats.bounds import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, address, far_off
from site_builder.untrusted_files.formats.extras import Aside, Extras
from site_builder.untrusted_files.formats.refusal import Refused

_CELLS = frozenset(["table:table-cell", "table:covered-table-cell"])
_FORMULA = "table:formula"
_DOWN, _RIGHT = "table:number-rows-spanned", "table:number-columns-spanned"
_SPANS = {_DOWN, _RIGHT}
_CONTENT = "content.xml"
_VISIBILITY, _LINE_THROUGH = "table:visibility", "style:text-line-through-style"
_FOREIGN = re.compile(rb"<(?:table:table-source|table:cell-range-source|office:dde-source|table:dde-link)\b")
_MACROS = re.compile(r"(?:Basic|Scripts)/")
_LOCKED = re.compile(rb"encryption-data\b")
_HEADER = re.compile(rb"<style:(?:header|footer)[a-z-]*>(.*?)</style:(?:header|footer)[a-z-]*>", re.S)
_TAG = re.compile(r"<[^>]*>")


def look(data: bytes, parts: Directory) -> Aside:
    """Look through parts that have been checked as XML.

    Refuses a locked workbook, macros, links to elsewhere and cells far off.
    """
    manifest = parts.get("META-INF/manifest.xml")
    if manifest and _LOCKED.search(archive.content(data, manifest)):
        raise Refused(Code.FILE_ENCRYPTED)
    if any(_MACROS.match(name) for name in parts):
        raise Refused(Code.FILE_MACROS)
    if _CONTENT not in parts:
        raise Refused(Code.FILE_UNREADABLE)
    xml = archive.content(data, parts[_CONTENT])
    if _FOREIGN.search(xml):
        raise Refused(Code.FILE_LINKED)
    walk = _Walk()
    archive.walk(xml, walk.start, walk.end, walk.text)
    if "styles.xml" in parts:
        headers = _HEADER.findall(archive.content(data, parts["styles.xml"]))
        texts = (unescape(_TAG.sub(" ", header.decode("utf-8", "replace"))).strip() for header in headers)
        walk.found.texts += filter(None, texts)
    return walk.found


def _count(attributes: dict[str, Any], name: str) -> int:
    text = attributes.get(name)
    return max(1, int(text[:9])) if text and text.isdecimal() else 1


class _Walk:
    """Goes over the cells of all sheets as expat reads them; a row or cell may stand for many alike."""

    def __init__(self) -> None:
        self.found = Aside()
        self.sheet = Extras(name="")  # what stands before the first sheet is of no sheet
        self.row = self.column = 0
        self.next_column = 1
        self.rows = self.columns = 1
        self.cell: dict[str, Any] = {}
        self.aside: list[str] | None = None  # the text of a comment or a text box
        self.is_comment = False
        self.shown: list[str] = []
        self.is_wanted = False  # the text that is being read
        self.is_hidden = False  # the row
        self.style = ""
        self.struck: set[str] = set()  # names of styles

    def start(self, tag: str, attributes: dict[str, Any]) -> None:
        if tag == "text:p":
            self.is_wanted = self.aside is not None or _FORMULA in self.cell
        elif tag in _CELLS:
            self.column += self.columns
            self.columns = _count(attributes, "table:number-columns-repeated")
            self.cell = attributes
            if "office:value-type" in attributes or _FORMULA in attributes:
                self.check_place()
                self.note_unseen()
        elif tag == "table:table-row":
            self.is_hidden = attributes.get(_VISIBILITY, "visible") != "visible"
            self.row += self.rows
            self.rows, self.column, self.columns = _count(attributes, "table:number-rows-repeated"), 1, 0
        elif tag == "table:table":
            self.sheet = Extras(name=attributes.get("table:name", ""))
            self.found.sheets.append(self.sheet)
            self.row, self.rows = 1, 0
            self.next_column = 1
        elif tag == "table:table-column":
            columns = _count(attributes, "table:number-columns-repeated")
            if attributes.get(_VISIBILITY, "visible") != "visible":
                self.sheet.hidden_columns.update(range(self.next_column, min(self.next_column + columns, MOST_COLUMNS)))
            self.next_column += columns
        elif tag == "style:style":
            self.style = attributes.get("style:name", "")
        elif tag == "style:text-properties" and attributes.get(_LINE_THROUGH, "none") != "none":
            self.struck.add(self.style)
        elif tag == "office:annotation" or (tag.startswith("draw:") and self.aside is None):
            self.aside, self.is_comment = [], tag == "office:annotation"

    def text(self, text: str) -> None:
        if self.is_wanted:
            (self.shown if self.aside is None else self.aside).append(text)

    def end(self, tag: str) -> None:
        if tag == "text:p":
            self.is_wanted = False
        elif tag in _CELLS:
            if _FORMULA in self.cell:
                self.leave_formula("".join(self.shown))
            if _SPANS & self.cell.keys():
                down, right = _count(self.cell, _DOWN), _count(self.cell, _RIGHT)
                if (down, right) != (1, 1):
                    merged = (self.row, self.column, self.row + down - 1, self.column + right - 1)
                    self.sheet.merged.append(merged)
            self.cell, self.shown = {}, []
        elif self.aside is not None and (tag == "office:annotation" if self.is_comment else tag.startswith("draw:")):
            text = "".join(self.aside)
            if text:
                cell = address(self.row, self.column) if self.is_comment else ""
                self.sheet.notes.append((cell, text))
            self.aside = None

    def check_place(self) -> None:
        """A cell that holds something must not stand far off."""
        last_row, last_column = self.row + self.rows - 1, self.column + self.columns - 1
        if last_row > MOST_ROWS or last_column > MOST_COLUMNS:
            raise far_off(self.sheet.name, address(last_row, last_column))

    def note_unseen(self) -> None:
        """Whether the cell, which holds something, stands in a hidden row or is struck through."""
        rows = range(self.row, self.row + self.rows)
        if self.is_hidden:
            self.sheet.hidden_rows.update(rows)
        if self.cell.get("table:style-name") in self.struck:
            columns = range(self.column, self.column + self.columns)
            self.sheet.struck.update(islice(product(rows, columns), MOST_CELLS))

    def leave_formula(self, shown: str) -> None:
        rows, columns = range(self.row, self.row + self.rows), range(self.column, self.column + self.columns)
        places = list(islice(product(rows, columns), MOST_CELLS))
        self.sheet.formulas.update(places)
        if "office:value-type" not in self.cell:
            self.sheet.unsolved.update(places)
        if self.cell.get("calcext:value-type") == "error" or shown.startswith(("#REF!", "#N/A", "Err:")):
            self.sheet.errors |= dict.fromkeys(places, shown)
