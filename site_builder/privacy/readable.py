"""The texts that can be read in a file of any kind: plain, packed, printed, or between the bytes of a binary one."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import IO

from site_builder.privacy import pictures
from site_builder.privacy.printable import printable

MOST_UNPACKED = 256 << 20  # bytes of one file's parts, all layers together
_DEEPEST = 4  # archives within archives
# What the unpackers raise of a locked, damaged or strange archive.
_DAMAGES = (OSError, EOFError, ValueError, RuntimeError, zlib.error, lzma.LZMAError, zipfile.BadZipFile)
_OPEN: dict[bytes, Callable[[io.BytesIO], IO[bytes]]] = {
    b"\x1f\x8b": gzip.open,  # type: ignore[dict-item]
    b"BZh": bz2.open,
    b"\xfd7zXZ": lzma.open,
}
_BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_WRITTEN = re.compile("[\t\r\n -~\u3000-\u303f\u4e00-\u9fff\uac00-\ud7a3\uff00-\uff5e\u2010-\u2026]")
_SAMPLE, _SHARE = 4096, 0.9
_HEADER = re.compile(r"[a-z_]+(?:,[a-z_]+)+(?:,[0-9]{1,2})*\r?\n")  # a proof's tables are numbered behind its fields


class Unreadable(Exception):  # noqa: N818  (what a file is, not what went wrong)
    """A file or a part of one that cannot be looked through: locked, damaged or too large."""


def texts(data: bytes) -> Iterator[tuple[str, str]]:
    """The name of the part, "" for the file itself, and the text of each. Raises Unreadable."""
    return _texts(data, "", _Budget())


def writings(data: bytes, encoding: str = "") -> list[str]:
    """What bytes that are words may say, in each encoding that they may be in. encoding: what they say themselves."""
    said = []
    with suppress(LookupError, ValueError):
        said = [data.decode(encoding, "replace")] if encoding else []
    return list(dict.fromkeys([*said, *_as_texts(data), data.decode("utf-8", "replace")]))


class _Budget:
    """How much may still be unpacked of a file, and how deep."""

    def __init__(self) -> None:
        self.left = MOST_UNPACKED
        self.depth = 0

    def read(self, packed: IO[bytes]) -> bytes:
        data = packed.read(self.left + 1)
        self.spend(len(data))
        return data

    def spend(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise Unreadable


def _texts(data: bytes, part: str, budget: _Budget) -> Iterator[tuple[str, str]]:
    if budget.depth > _DEEPEST:
        raise Unreadable
    opener = next((opener for magic, opener in _OPEN.items() if data.startswith(magic)), None)
    if opener:
        yield from _inner(lambda: _unpacked(opener(io.BytesIO(data)), budget), part, budget)
    elif data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        yield part, printable(data)  # names, comments and what lies between the parts
        yield from _inner(lambda: _zipped(data, budget), part, budget)
    elif data.startswith(b"%PDF"):
        yield from _printed(data, part, budget)
    else:
        yield from ((part, text) for text in _readings(data, budget))


def _inner(
    unpacked: Callable[[], Iterable[tuple[str, bytes]]], part: str, budget: _Budget
) -> Iterator[tuple[str, str]]:
    budget.depth += 1
    try:
        for name, content in unpacked():
            yield f"{part}/{name}", name
            yield from _texts(content, f"{part}/{name}", budget)
    except _DAMAGES as error:
        raise Unreadable from error
    budget.depth -= 1


def _unpacked(packed: IO[bytes], budget: _Budget) -> Iterator[tuple[str, bytes]]:
    with packed:
        yield "", budget.read(packed)


def _zipped(data: bytes, budget: _Budget) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        yield "", archive.comment
        for part in archive.infolist():
            yield part.filename, part.comment
            with archive.open(part) as packed:
                yield part.filename, budget.read(packed)


def _printed(data: bytes, part: str, budget: _Budget) -> Iterator[tuple[str, str]]:
    from site_builder.privacy import printed  # noqa: PLC0415  (few look through a PDF)

    try:
        document = printed.opened(data)
        yield from ((part, text) for text in printed.texts(document))
    except RuntimeError as error:
        raise Unreadable from error
    yield from _inner(lambda: _counted(printed.attachments(document), budget), part, budget)


def _counted(attachments: Iterable[tuple[str, bytes]], budget: _Budget) -> Iterator[tuple[str, bytes]]:
    for name, content in attachments:
        budget.spend(len(content))
        yield name, content


def _readings(data: bytes, budget: _Budget) -> Iterator[str]:
    """A text in its encoding; of a picture what it says in words; of anything else the printable stretches."""
    yield from _as_texts(data) or [printable(data)]
    if data.startswith(pictures.SIGNATURE):
        try:
            yield from pictures.texts(data, budget.left)
        except _DAMAGES as error:
            raise Unreadable from error


def _as_texts(data: bytes) -> list[str]:
    """A text in each encoding that its bytes may be in; those that are UTF-8 are nothing else."""
    marked = [encoding for bom, encoding in _BOMS.items() if data.startswith(bom)]
    if marked:
        return _decoded(data, marked)
    if b"\0" not in data and (plain := _decoded(data, ["utf-8"])):
        return plain
    wide = [encoding for encoding in ("utf-16-le", "utf-16-be") if _is_written(data[:_SAMPLE], encoding)]
    return _decoded(data, wide if b"\0" in data else [*wide, "gb18030"])


def _decoded(data: bytes, encodings: Iterable[str]) -> list[str]:
    decoded = []
    for encoding in encodings:
        with suppress(UnicodeDecodeError):
            decoded.append(data.decode(encoding))
    return decoded


def _is_written(sample: bytes, encoding: str) -> bool:
    """Whether bytes in an encoding are Chinese, Korean or Latin, as hardly any bytes are by chance."""
    text = sample.decode(encoding, "ignore")
    return len(_WRITTEN.findall(text)) > _SHARE * max(len(text), len(sample) / 2 - 1)


def as_table(name: str, text: str) -> list[tuple[int, list[str]]] | None:
    """The rows of a CSV file with their lines, by its name or by a header of field names; None of any other text."""
    if not name.endswith(".csv") and not _HEADER.match(text):
        return None
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        return [(reader.line_num, row) for row in reader]
    except csv.Error:
        return None
