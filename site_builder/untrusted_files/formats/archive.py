"""Untrusted zip archives: every part is checked against the directory before any other parser sees it."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any
from xml.parsers import expat

from site_builder.shared.codes import Code
from site_builder.untrusted_files.formats.bounds import MOST_UNPACKED
from site_builder.untrusted_files.formats.refusal import Refused

Directory = Mapping[str, zipfile.ZipInfo]

UTF8_NAME = 0x800  # of the flags: the name is in UTF-8
_MOST_PARTS = 10_000
_DEEPEST = 200  # elements within elements; real parts have some 20
_STEP = 2048
_LOCAL_HEADER = struct.Struct("<4sHHHHHIIIHH")
_ENCODING = re.compile(rb"""[^>]*\bencoding\s*=\s*["'](?!utf-8["']|us-ascii["'])""", re.IGNORECASE)
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def directory(data: bytes) -> Directory:
    """The parts of an archive by name. Refuses what is locked, too large when unpacked, or does not add up."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts, end = archive.infolist(), archive.start_dir
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error) as error:
        raise Refused(Code.FILE_UNREADABLE) from error
    if any(part.flag_bits & 1 for part in parts):
        raise Refused(Code.FILE_ENCRYPTED)
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Refused(Code.FILE_TOO_HEAVY)
    _refuse_overlaps(parts, end)
    names = {part.filename.casefold() for part in parts}
    if len(names) < len(parts) or any("\0" in part.orig_filename for part in parts):
        raise Refused(Code.FILE_FORGED)
    return {part.filename: part for part in parts}


def _refuse_overlaps(parts: list[zipfile.ZipInfo], end: int) -> None:
    """Each part must end before the next begins: else some bytes would be unpacked many times over."""
    position = 0
    for part in sorted(parts, key=lambda part: part.header_offset):
        is_first = position == 0
        if part.header_offset < position or (is_first and part.header_offset != 0):
            raise Refused(Code.FILE_FORGED)
        position = part.header_offset + _LOCAL_HEADER.size + part.compress_size
    if position > end:
        raise Refused(Code.FILE_FORGED)


def name_of(part: zipfile.ZipInfo) -> str:
    """What the sender called a part. Few mark their names as UTF-8, which is what a Mac writes, and Windows its own."""
    if part.flag_bits & UTF8_NAME:
        return part.filename
    for encoding in ("utf-8", "gb18030"):
        # As which Python reads a name without the mark, without loss; a newer one has it from an extra field, if any.
        with suppress(UnicodeError):
            return part.filename.encode("cp437").decode(encoding)
    return part.filename


def content(data: bytes, part: zipfile.ZipInfo) -> bytes:
    """One part unpacked: named and exactly as long as the directory says, with the right checksum, or refused."""
    start = part.header_offset
    if len(data) < start + _LOCAL_HEADER.size:
        raise Refused(Code.FILE_UNREADABLE)
    magic, _, flags, method, *_, name_length, extra_length = _LOCAL_HEADER.unpack_from(data, start)
    if magic != b"PK\x03\x04" or method != part.compress_type or flags & 1:
        raise Refused(Code.FILE_FORGED)
    start += _LOCAL_HEADER.size
    try:
        name = data[start : start + name_length].decode("utf-8" if flags & UTF8_NAME else "cp437")
    except UnicodeDecodeError as error:
        raise Refused(Code.FILE_FORGED) from error
    if name != part.orig_filename:
        raise Refused(Code.FILE_FORGED)
    start += name_length + extra_length
    packed = data[start : start + part.compress_size]
    unpacked = _inflated(packed, part.file_size) if method == zipfile.ZIP_DEFLATED else packed
    if method not in (zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED):
        raise Refused(Code.FILE_UNREADABLE)
    if len(unpacked) != part.file_size or zlib.crc32(unpacked) != part.CRC:
        raise Refused(Code.FILE_FORGED)
    return unpacked


def with_parts(data: bytes, others: Mapping[str, bytes]) -> bytes:
    """The archive with other content in some of its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in directory(data).items():
            archive.writestr(name, others.get(name) or content(data, part))
    return out.getvalue()


def _inflated(packed: bytes, size: int) -> bytes:
    """At most one byte more than the directory promised, so that a lie shows without being unpacked."""
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        unpacked = inflater.decompress(packed, size + 1)
        return unpacked if inflater.eof else unpacked + inflater.decompress(inflater.unconsumed_tail, 1)
    except zlib.error as error:
        raise Refused(Code.FILE_UNREADABLE) from error


def check_xml(xml: bytes) -> None:
    """Refuse a part that is no well-formed XML, declares types or entities, or nests too deep."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise Refused(Code.FILE_UNREADABLE) from error
    marks = [mark for mark in (b"/>", b"<!") if mark in xml]
    depth = position = 0
    while position < len(xml):
        stop = xml.find(b">", position + _STEP) + 1 or len(xml)
        closing = xml.count(b"</", position, stop)
        depth += xml.count(b"<", position, stop) - 2 * closing - sum(xml.count(mark, position, stop) for mark in marks)
        if depth > _DEEPEST:
            raise Refused(Code.FILE_FORGED)
        position = stop


def _refuse_doctype(*_: object) -> None:
    raise Refused(Code.FILE_FORGED)


def check_utf8(xml: bytes) -> None:
    """Refuse a part in another encoding: calamine would read it as if it were empty."""
    head = xml[:200]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in head or _ENCODING.match(head):
        raise Refused(Code.FILE_UNREADABLE)


def walk(
    xml: bytes,
    start: Callable[[str, dict[str, Any]], None],
    end: Callable[[str], None],
    text: Callable[[str], None],
    *,
    is_spelt_out: bool = False,
) -> None:
    """Go over a part that has been checked: calls for each element as it opens and closes, and for the text between.

    is_spelt_out: whether a name is told as its namespace, a space and the name itself, however it is written.
    """
    parser = expat.ParserCreate(namespace_separator=" " if is_spelt_out else None)
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.Parse(xml, True)


def check_loose(markup: bytes) -> None:
    """Refuse type and entity declarations in markup that need not be well-formed, such as Excel's VML drawings."""
    if _DOCTYPE.search(markup) or _DOCTYPE.search(markup.replace(b"\0", b"")):
        raise Refused(Code.FILE_FORGED)
