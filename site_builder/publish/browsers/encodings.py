"""What was compressed for browsers, read as they read it: piece by piece, and refused unless it is one whole stream.

Tools join several streams that follow one another; browsers show the first alone, or nothing. So whatever stands behind
the first makes it another file than the text.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import IO

import brotli

Pieces = Iterable[bytes]
PIECE = 1 << 16
_GZIP = 31  # for zlib: the largest window, in gzip's frame


class NotWholeError(Exception):
    """It was cut off, is damaged, or goes on behind its end."""


class UnknownEncodingError(NotWholeError):
    """It is compressed in a way that cannot be undone here. Its text is HTTP's name of that."""


def is_gzip(encoding: str) -> bool:
    """Whether HTTP means gzip by this name."""
    return encoding in {"gzip", "x-gzip"}


def pieces_of(file: IO[bytes]) -> Pieces:
    """What is left of a file, never much of it at once."""
    return iter(lambda: file.read(PIECE), b"")


def unpacked(pieces: Pieces, encoding: str) -> Iterator[bytes]:
    """What pieces hold that came under an encoding as HTTP names it; "" for none. Raises NotWholeError on the way.

    Two encodings that are named together are one that is not known: browsers undo both, or show what is packed.
    """
    if encoding not in _READERS:
        raise UnknownEncodingError(encoding)
    try:
        yield from _READERS[encoding](pieces)
    except (zlib.error, brotli.error) as error:
        raise NotWholeError(encoding) from error


def _of_gzip(pieces: Pieces) -> Iterator[bytes]:
    unpacking = zlib.decompressobj(wbits=_GZIP)
    for piece in pieces:
        rest = piece
        while rest:
            if unpacking.eof:
                raise NotWholeError
            yield unpacking.decompress(rest, PIECE)
            rest = unpacking.unused_data or unpacking.unconsumed_tail
    yield unpacking.flush()
    if not unpacking.eof:
        raise NotWholeError


def _of_brotli(pieces: Pieces) -> Iterator[bytes]:
    unpacking = brotli.Decompressor()
    for piece in pieces:
        rest = piece  # behind the end of a stream the library itself refuses more
        while text := unpacking.process(rest, output_buffer_limit=PIECE):
            yield text
            rest = b""
    if not unpacking.is_finished():
        raise NotWholeError


_READERS: Mapping[str, Callable[[Pieces], Iterable[bytes]]] = {
    "": iter,
    "identity": iter,
    "br": _of_brotli,
    "gzip": _of_gzip,
    "x-gzip": _of_gzip,
}
