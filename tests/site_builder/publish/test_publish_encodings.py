"""What is compressed for browsers is one whole stream, or it is nothing."""

import gzip

import brotli
import pytest

from site_builder.publish.browsers import encodings
from site_builder.publish.browsers.encodings import NotWholeError, UnknownEncodingError

TEXT = b"liaison " * 50_000


@pytest.mark.parametrize(("encoding", "pack"), [("gzip", gzip.compress), ("br", brotli.compress)])
@pytest.mark.parametrize("size", [1, 7, 1 << 16])
def test_one_whole_stream_is_read_and_nothing_else(encoding: str, pack: type, size: int) -> None:
    """Browsers show the first of two streams alone, and nothing where the first is empty, though tools join them."""
    whole = pack(TEXT)
    assert read(whole, encoding, size) == TEXT
    for false in (pack(TEXT[:9]) + pack(TEXT[9:]), pack(b"") + whole, whole + b"x", whole + b"\0", whole[:-1], b""):
        with pytest.raises(NotWholeError):
            read(false, encoding, size)


def read(packed: bytes, encoding: str, size: int) -> bytes:
    """As it comes over a line, so many bytes at once."""
    pieces = (packed[start : start + size] for start in range(0, len(packed), size))
    return b"".join(encodings.unpacked(pieces, encoding))


def test_a_way_that_was_not_asked_for_is_refused() -> None:
    """Nor two that are named together: browsers undo both, or show what is packed."""
    for encoding in ("zstd", "gzip, br", "gzip, none"):
        with pytest.raises(UnknownEncodingError):
            read(TEXT, encoding, 100)


def test_no_piece_is_much_larger_than_what_was_asked_for() -> None:
    """A stream that stands for a thousand times what it weighs fills no memory."""
    for encoding, packed in (("gzip", gzip.compress(b"0" * 10_000_000)), ("br", brotli.compress(b"0" * 10_000_000))):
        assert max(len(piece) for piece in encodings.unpacked([packed], encoding)) <= 4 * encodings.PIECE
