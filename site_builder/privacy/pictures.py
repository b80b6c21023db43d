"""What a PNG picture says in words: its text chunks, packed or not, which no look at its bytes shows."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def texts(data: bytes, most: int) -> Iterator[str]:
    """The texts of a PNG picture. Raises zlib.error when one is damaged, ValueError when they unpack to more bytes."""
    for kind, body in _chunks(data):
        keyword, _, rest = body.partition(b"\0")
        if kind == b"tEXt":
            text = rest
        elif kind == b"zTXt":
            text = _unpacked(rest[1:], most)
        elif kind == b"iTXt":
            is_packed, words = rest[:1] == b"\1", rest[2:].split(b"\0", 2)[-1]
            text = _unpacked(words, most) if is_packed else words
        else:
            continue
        most -= len(text)
        yield f"{_worded(keyword)}\n\n{_worded(text)}"


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Kind and content of each chunk: length, kind, content, checksum."""
    place = len(SIGNATURE)
    while place + 8 <= len(data):
        end = place + 8 + int.from_bytes(data[place : place + 4], "big")
        yield data[place + 4 : place + 8], data[place + 8 : end]
        place = end + 4


def _unpacked(packed: bytes, most: int) -> bytes:
    unpacker = zlib.decompressobj()
    text = unpacker.decompress(packed, most + 1)
    if len(text) > most:
        raise ValueError(most)
    return text


def _worded(text: bytes) -> str:
    """Latin-1 by the standard, UTF-8 by many a program."""
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError:
        return text.decode("latin-1")
