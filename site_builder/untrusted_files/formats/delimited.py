"""Text files of cells between separators, read strictly: the encoding is proved, never guessed."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter

from site_builder.shared.codes import Code
from site_builder.untrusted_files.formats.bounds import MOST_CELLS, check_extent
from site_builder.untrusted_files.formats.refusal import Refused

_SEPARATORS = ",;\t"
_LOOKED_AT = 20  # lines
_QUOTED = re.compile(r'"[^"]*"')
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

CellRows = list[list[str | None]]


def read(sheet: str, data: bytes) -> tuple[CellRows, str]:
    """The rows of a file, empty cells as None, and the name of its encoding."""
    text, encoding = _decoded(sheet, data)
    control = _CONTROL.search(text)
    if control:
        raise Refused(Code.FILE_ENCODING_UNKNOWN, sheet=sheet, line=text.count("\n", 0, control.start()) + 1)
    return _rows(sheet, text), encoding


def is_text(data: bytes) -> bool:
    """Whether the bytes are text at all."""
    try:
        return not _CONTROL.search(_decoded("", data)[0])
    except Refused:
        return False


def _decoded(sheet: str, data: bytes) -> tuple[str, str]:
    """UTF-8 before GB18030: Chinese text in the one is hardly ever valid in the other."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig"] if data.startswith(codecs.BOM_UTF8) else ["utf-8-sig", "gb18030"]
    failed = 0
    for encoding in encodings:
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError as error:
            failed = error.start
    raise Refused(Code.FILE_ENCODING_UNKNOWN, sheet=sheet, line=data.count(b"\n", 0, failed) + 1)


def separator(text: str) -> str:
    """The one of comma, semicolon and tab that stands in most of the first lines, and then most often."""
    lines = [_QUOTED.sub("", line) for line in text[: 1 << 16].splitlines()[:_LOOKED_AT]]
    in_lines = {mark: sum(mark in line for line in lines) for mark in _SEPARATORS}
    times = Counter(character for line in lines for character in line if character in _SEPARATORS)
    return max(_SEPARATORS, key=lambda mark: (in_lines[mark], times[mark]))


def _rows(sheet: str, text: str) -> CellRows:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator(text), strict=True)
    rows: CellRows = []
    cells = begun = 0
    try:
        for row in reader:
            rows.append([cell or None for cell in row])
            begun = reader.line_num
            cells += len(row)
            check_extent(sheet, len(rows), len(row))
            if cells > MOST_CELLS:
                raise Refused(Code.FILE_TOO_HEAVY)
    except csv.Error as error:
        raise Refused(Code.FILE_NOT_CSV, sheet=sheet, line=begun + 1) from error
    return rows
