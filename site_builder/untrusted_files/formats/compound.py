"""Compound files (OLE, [MS-CFB]), the vessel of .xls: just enough to list the streams and to take one out."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from site_builder.shared.codes import Code
from site_builder.untrusted_files.formats.refusal import Refused

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = 0xFFFFFFFA  # this sector number and all above are marks
_ENTRY = 128
_SMALL = 4096  # shorter streams lie in the mini stream


def stream_names(data: bytes) -> set[str]:
    """The names of all streams and storages."""
    return {name for name, _, _ in _entries(data)}


def stream(data: bytes, name: str) -> bytes:
    """The bytes of a stream by name; empty when there is none. Refuses a broken chain."""
    entries = list(_entries(data))
    for found, start, size in entries:
        if found == name and size:
            if size >= _SMALL:
                return _chain(data, start)[:size]
            _, root_start, root_size = entries[0]
            return _mini_chain(data, _chain(data, root_start)[:root_size], start)[:size]
    return b""


def _entries(data: bytes) -> Iterator[tuple[str, int, int]]:
    listing = _chain(data, _header(data)[1])
    for offset in range(0, len(listing) - _ENTRY + 1, _ENTRY):
        entry = listing[offset : offset + _ENTRY]
        length = min(struct.unpack_from("<H", entry, 64)[0], 64)
        start, size = struct.unpack_from("<II", entry, 116)
        if length >= 2:
            yield entry[: length - 2].decode("utf-16-le", "replace"), start, size


def _header(data: bytes) -> tuple[int, int, int]:
    """Size of a sector in bytes, first sector of the listing, first sector of the mini table."""
    if len(data) < 512:
        raise Refused(Code.FILE_UNREADABLE)
    shift = struct.unpack_from("<H", data, 30)[0]
    if shift not in (9, 12):
        raise Refused(Code.FILE_UNREADABLE)
    return 1 << shift, struct.unpack_from("<I", data, 48)[0], struct.unpack_from("<I", data, 60)[0]


def _table(data: bytes) -> list[int]:
    """For each sector the one that follows it."""
    size, _, _ = _header(data)
    holders = list(struct.unpack_from("<109I", data, 76))
    following, visited = struct.unpack_from("<I", data, 68)[0], 0
    while following < _END and visited <= len(data) // size:
        more = _numbers(_sector(data, size, following))
        holders += more[:-1]
        following, visited = more[-1], visited + 1
    table: list[int] = []
    for holder in holders[: len(data) // size + 1]:
        if holder < _END:
            table += _numbers(_sector(data, size, holder))
    return table


def _sector(data: bytes, size: int, number: int) -> bytes:
    sector = data[(number + 1) * size : (number + 2) * size]
    if not sector:
        raise Refused(Code.FILE_UNREADABLE)
    return sector.ljust(size, b"\0")  # the last one may be cut short


def _numbers(sector: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(sector) // 4}I", sector))


def _chain(data: bytes, start: int) -> bytes:
    size, _, _ = _header(data)
    return b"".join(_sector(data, size, number) for number in _walk(_table(data), start))


def _mini_chain(data: bytes, mini: bytes, start: int) -> bytes:
    table = _numbers(_chain(data, _header(data)[2]))
    return b"".join(mini[number * 64 : number * 64 + 64] for number in _walk(table, start))


def _walk(table: list[int], start: int) -> Iterator[int]:
    """The sectors of a chain; one that runs in a circle or leaves the table is refused."""
    number, steps = start, 0
    while number < _END:
        if number >= len(table) or steps > len(table):
            raise Refused(Code.FILE_UNREADABLE)
        yield number
        number, steps = table[number], steps + 1
