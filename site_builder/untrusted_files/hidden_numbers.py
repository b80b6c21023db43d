"""Personal numbers in a file that no cell shows: in names of parts, properties, formulas, lists, text boxes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from zipfile import ZipInfo

from site_builder import privacy

_THOROUGH = 4 << 20  # bytes of a part that are read in every way; of a longer one the plain rows of digits
_SHEET = re.compile(r"xl/worksheets/[^/]*\.xml", re.IGNORECASE)
_CELLS = re.compile(rb"<(?:\w+:)?sheetData\b.*</(?:\w+:)?sheetData\s*>", re.DOTALL)
_FORMULA = re.compile(rb"<(?:\w+:)?f\b[^>]*>([^<]+)<")
_MARKUP = (".xml", ".rels", ".rdf", ".vml", ".html")
_LONG = re.compile(rb"(?<![0-9.])[0-9]{11,19}[Xx]?(?![0-9])")


def in_bytes(data: bytes) -> set[str]:
    """The numbers in a file or a part of any kind that stand there in plain bytes, one a character or two."""
    return _numbers(privacy.printable(data))


def in_directory(parts: Iterable[ZipInfo]) -> set[str]:
    """The numbers in the names of an archive's parts and in what is remarked on them."""
    return {
        number
        for part in parts
        for text in (part.filename, part.comment.decode("utf-8", "replace"))
        for number in _numbers(text)
    }


def in_part(name: str, unpacked: bytes) -> set[str]:
    """The numbers in the content of a part of an archive, the values of a sheet's cells left aside."""
    if name.lower().endswith(_MARKUP):
        return _in_markup(name, unpacked)
    words = privacy.pictures.texts(unpacked, _THOROUGH) if unpacked.startswith(privacy.pictures.SIGNATURE) else ()
    return in_bytes(unpacked).union(*map(_numbers, words))


def _in_markup(name: str, xml: bytes) -> set[str]:
    if _SHEET.fullmatch(name):
        cells = _CELLS.search(xml)
        has_formula = b"<f" in xml or b":f" in xml
        formulas = _FORMULA.findall(cells.group()) if cells and has_formula else []
        xml = b"\n\n".join([_CELLS.sub(b"", xml), *formulas])
    if len(xml) > _THOROUGH:
        return _numbers("\n\n".join(found.decode() for found in _LONG.findall(xml)))
    return _numbers(xml.decode("utf-8", "replace"))


def _numbers(text: str) -> set[str]:
    return {one.number for one in privacy.find(text)}
