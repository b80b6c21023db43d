"""An .xlsx workbook looked through before calamine reads it, and what calamine does not report of it (ECMA-376)."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from io import BytesIO
from itertools import count
from typing import Any
from xml.etree import ElementTree

from site_builder.shared.codes import Code
from site_builder.untrusted_files.formats import archive, xlsx_far
from site_builder.untrusted_files.formats.archive import Directory
from site_builder.untrusted_files.formats.bounds import MOST_COLUMNS
from site_builder.untrusted_files.formats.extras import Aside, CellPosition, Extras
from site_builder.untrusted_files.formats.refusal import Refused

_WORKBOOK = "xl/workbook.xml"
# Parts that fetch or carry something from elsewhere.
_FOREIGN = re.compile(
    r"xl/(?:externalLinks|embeddings|activeX|queryTables|connections\.xml|webextensions)", re.IGNORECASE
)
_MACROS = re.compile(r"xl/(?:macrosheets|dialogsheets)", re.IGNORECASE)
# A formula or an error value; in several plain searches, each of which is quick.
_MARKED = [re.compile(mark) for mark in (rb"<f[\s/>]", rb":f[\s/>]", rb"""t\s*=\s*["']e["']""")]
_MARKED.append(re.compile(rb"""hidden\s*=\s*["'](?:1|true)"""))  # a row or column; one that is filtered out, too
_MARKED.append(re.compile(rb"strike[\s/>]"))  # in a cell that has its text within
_STYLES = "xl/styles.xml"
_HEADER = re.compile(r"<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)\b[^>]*>([^<]+)<")
_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_TRUE = ("1", "true", "on")


def look(data: bytes, parts: Directory) -> Aside:
    """Look through parts that have been checked as XML. Refuses macros, links to elsewhere and cells far off."""
    for name in parts:
        if _FOREIGN.match(name):
            raise Refused(Code.FILE_LINKED)
        if _MACROS.match(name):
            raise Refused(Code.FILE_MACROS)
        if name.endswith(".rels"):
            _refuse_links(archive.content(data, parts[name]))
    workbook = _tree(archive.content(data, parts[_WORKBOOK]))
    strikes = _strikes(data, parts)
    settings = next((element for element in workbook.iter() if _local(element.tag) == "workbookPr"), None)
    found = Aside(
        texts=list(_loose_texts(data, parts)),
        counts_from_1904=settings is not None and settings.get("date1904", "").lower() in _TRUE,
    )
    for name, part in _sheets(data, parts, workbook):
        xml = archive.content(data, parts[part]) if part in parts else b""
        near = xlsx_far.without_blanks(name, xml, lambda: _shared_texts(data, parts))
        if near != xml:
            found.mended[part] = near
        extras = _extras(name, near, strikes)
        extras.notes = [*_comments(data, parts, part), *_headers(near)]
        found.sheets.append(extras)
    return found


def _extras(name: str, xml: bytes, strikes: _Strikes) -> Extras:
    is_marked = any(mark.search(xml) for mark in (*_MARKED, *strikes.marks()))
    return _walked(name, xml, strikes) if is_marked else Extras(name=name)


def _tree(xml: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(xml)  # noqa: S314  (no declarations: archive.check_xml saw it before)


def _local(name: str) -> str:
    return name.rpartition("}")[2].rpartition(":")[2]


def _sheets(data: bytes, parts: Directory, workbook: ElementTree.Element) -> Iterator[tuple[str, str]]:
    """The name and the part of each sheet."""
    targets = {identifier: target for identifier, _, target in _related(data, parts, _WORKBOOK)}
    for element in workbook.iter():
        if _local(element.tag) == "sheet":
            link = next((value for key, value in element.items() if _local(key) == "id"), "")
            yield element.get("name", ""), targets.get(link, "")


def _related(data: bytes, parts: Directory, part: str) -> Iterator[tuple[str, str, str]]:
    """For each relationship of a part: its identifier, the last word of its type, the part that it leads to."""
    folder, name = posixpath.split(part)
    listing = parts.get(f"{folder}/_rels/{name}.rels")
    if listing is None:
        return
    for element in _tree(archive.content(data, listing)).iter():
        target = element.get("Target")
        if target is not None and element.get("TargetMode") != "External":
            path = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            yield element.get("Id", ""), element.get("Type", "").rpartition("/")[2], path


def _refuse_links(rels: bytes) -> None:
    """Only a hyperlink may lead out of the file: it waits to be clicked."""
    for element in _tree(rels).iter():
        if element.get("TargetMode") == "External" and not element.get("Type", "").endswith("/hyperlink"):
            raise Refused(Code.FILE_LINKED)


@dataclass(frozen=True, kw_only=True)
class _Strikes:
    """The numbers of the cell styles that strike through, and of the shared texts of which a part is struck."""

    styles: frozenset[str]
    texts: frozenset[str]

    def marks(self) -> Iterator[re.Pattern[bytes]]:
        """What a sheet with a struck cell has somewhere; several plain searches, each of which is quick."""
        if self.styles:
            yield re.compile(rb"""\ss\s*=\s*["'](?:%s)["']""" % "|".join(self.styles).encode())
        if self.texts:
            yield re.compile(rb"v>\s*(?:%s)\s*<" % "|".join(self.texts).encode())


def _strikes(data: bytes, parts: Directory) -> _Strikes:
    return _Strikes(
        styles=_struck_styles(archive.content(data, parts[_STYLES])) if _STYLES in parts else frozenset(),
        texts=frozenset(number for texts in _shared_texts(data, parts) for number in _struck_texts(texts)),
    )


def _shared_texts(data: bytes, parts: Directory) -> Iterator[bytes]:
    """The part with the texts that cells call by number."""
    for _, kind, path in _related(data, parts, _WORKBOOK):
        if kind == "sharedStrings" and path in parts:
            yield archive.content(data, parts[path])


def _struck_texts(xml: bytes) -> Iterator[str]:
    """The numbers of the shared texts of which a part is struck through."""
    if b"strike" not in xml:
        return
    numbers = count()
    for _, element in ElementTree.iterparse(BytesIO(xml)):  # noqa: S314  (no declarations: archive.check_xml saw it)
        if _local(element.tag) == "si":
            number = next(numbers)
            if any(_is_struck(_local(mark.tag), mark.attrib) for mark in element.iter()):
                yield str(number)
            element.clear()


def _is_struck(name: str, attributes: Mapping[str, Any]) -> bool:
    return name == "strike" and attributes.get("val", "1").lower() in _TRUE


def _struck_styles(xml: bytes) -> frozenset[str]:
    """The numbers of the cell styles whose font is struck through."""
    if b"strike" not in xml:
        return frozenset()
    parts = {_local(part.tag): list(part) for part in _tree(xml)}
    fonts = {
        str(number)
        for number, font in enumerate(parts.get("fonts", []))
        if any(_is_struck(_local(mark.tag), mark.attrib) for mark in font)
    }
    styles = enumerate(parts.get("cellXfs", []))
    return frozenset(str(number) for number, style in styles if style.get("fontId") in fonts)


def _walked(name: str, xml: bytes, strikes: _Strikes) -> Extras:
    walk = _Walk(name, strikes)
    archive.walk(xml, walk.start, walk.end, walk.text)
    return walk.extras


class _Walk:
    """Goes over the cells of a sheet as expat reads them; cells without an address follow the one before."""

    def __init__(self, name: str, strikes: _Strikes) -> None:
        self.extras = Extras(name=name)
        self.strikes = strikes
        self.names: dict[str, str] = {}
        self.row = 0
        self.last_address, self.steps = "", 0  # the last cell with an address, and how many cells ago it was
        self.kind = ""
        self.has_formula = self.in_value = False
        self.value = ""

    def start(self, tag: str, attributes: dict[str, Any]) -> None:
        name = self.names.get(tag) or self.names.setdefault(tag, _local(tag))
        if name == "c":
            self.kind, self.value, self.has_formula = attributes.get("t", ""), "", False
            self.last_address, self.steps = (
                (attributes["r"], 0) if "r" in attributes else (self.last_address, self.steps + 1)
            )
            if attributes.get("s") in self.strikes.styles:
                self.extras.struck.add(self.place())
        elif name == "v":
            self.in_value = self.has_formula or self.kind == "e" or (self.kind == "s" and bool(self.strikes.texts))
        elif name == "f":
            self.has_formula = True
        elif name == "row":
            number = attributes.get("r", "")
            self.row = int(number) if number.isdecimal() else self.row + 1
            self.last_address, self.steps = "", 0
            if attributes.get("hidden") in _TRUE:
                self.extras.hidden_rows.add(self.row)
        elif name == "col" and attributes.get("hidden") in _TRUE:
            first, last = (min(int(attributes.get(end, "1")[:7]), MOST_COLUMNS) for end in ("min", "max"))
            self.extras.hidden_columns.update(range(first, last + 1))
        elif _is_struck(name, attributes):  # in a cell that has its text within
            self.extras.struck.add(self.place())

    def text(self, text: str) -> None:
        if self.in_value:
            self.value += text

    def end(self, tag: str) -> None:
        self.in_value = False
        if self.kind == "s" and self.value in self.strikes.texts:
            self.extras.struck.add(self.place())
        if (self.has_formula or self.kind == "e") and self.names[tag] == "c":
            self.leave()

    def leave(self) -> None:
        place = self.place()
        if self.has_formula:
            self.extras.formulas.add(place)
            if not self.value and self.kind != "str":  # an empty text is a result, too
                self.extras.unsolved.add(place)
        if self.kind == "e" and self.value:
            self.extras.errors[place] = self.value
        self.has_formula, self.kind = False, ""

    def place(self) -> CellPosition:
        found = _ADDRESS.fullmatch(self.last_address)
        if found:
            return int(found.group(2)), _column(found.group(1)) + self.steps
        return self.row, max(self.steps, 1)


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _comments(data: bytes, parts: Directory, sheet_part: str) -> Iterator[tuple[str, str]]:
    for _, kind, path in _related(data, parts, sheet_part):
        if kind in ("comments", "threadedComment") and path in parts:
            for element in _tree(archive.content(data, parts[path])).iter():
                if _local(element.tag) in ("comment", "threadedComment"):
                    texts = [part for part in element if _local(part.tag) == "text"]  # beside it may stand a place
                    yield element.get("ref", ""), "".join(piece for part in texts for piece in part.itertext())


def _headers(xml: bytes) -> Iterator[tuple[str, str]]:
    """Page headers and footers stand behind the cells."""
    tail = xml[max(0, xml.rfind(b"sheetData>")) :].decode("utf-8", "replace")
    yield from (("", unescape(found.group(1))) for found in _HEADER.finditer(tail))


def _loose_texts(data: bytes, parts: Directory) -> Iterator[str]:
    """Text boxes and the file's own properties."""
    for name in parts:
        if re.match(r"xl/drawings/drawing[^/]*\.xml$", name):
            elements = _tree(archive.content(data, parts[name])).iter()
            texts = ("".join(element.itertext()) for element in elements if _local(element.tag) == "p")
            yield from filter(None, texts)
        elif name == "docProps/custom.xml":
            yield from filter(None, (text.strip() for text in _tree(archive.content(data, parts[name])).itertext()))
