"""A PDF as Typst writes it, taken to its objects and put together again: one plain table, no object holds another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

import regex

_START = re.compile(rb"\nstartxref\n(\d+)\n%%EOF\s*\Z")
_ENTRY = re.compile(rb"(\d{10}) 00000 n")
_REFERENCE = re.compile(rb"\b(\d+) 0 R\b")
_ROOT, _INFO = re.compile(rb"/Root (\d+) 0 R"), re.compile(rb"/Info (\d+) 0 R")
_STREAM = b"\nstream\n"
# A text may hold what looks like a reference; parentheses in it are in pairs or marked.
_TEXT_OR_REFERENCE = regex.compile(rb"(?P<text>\((?:[^\\()]++|\\.|(?&text))*+\))|\b(?P<number>\d+) 0 R\b", regex.DOTALL)


class UncutError(Exception):
    """A PDF that cannot be cut apart: its recipients have to be set one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """objects: what stands between `obj` and `endobj`, by number, and named: the objects that each of them names.

    root, info: the numbers of the catalogue and of what the file says of itself.
    """

    head: bytes
    objects: Mapping[int, bytes]
    named: Mapping[int, tuple[int, ...]]
    root: int
    info: int


def read(content: bytes) -> Document:
    """The objects of a PDF of Typst's. Raises UncutError where it is built in another way."""
    start = _START.search(content)
    if start is None or not content.startswith(b"xref\n0 ", int(start[1])):
        raise UncutError("no plain table of objects")
    table = int(start[1])
    listed, _, trailer = content[table:].partition(b"trailer")
    root, info = _ROOT.search(trailer), _INFO.search(trailer)
    places = [int(place) for place in _ENTRY.findall(listed)]
    if root is None or info is None or not places:
        raise UncutError("no catalogue")
    numbers = {place: number for number, place in enumerate(places, start=1)}
    objects = {}
    for place, end in pairwise([*sorted(numbers), table]):
        objects[numbers[place]] = _body(content[place:end], numbers[place])
    named = {number: references(body) for number, body in objects.items()}
    return Document(head=content[: min(places)], objects=objects, named=named, root=int(root[1]), info=int(info[1]))


def _body(written: bytes, number: int) -> bytes:
    opened, closed = b"%d 0 obj\n" % number, b"\nendobj"
    end = written.rfind(closed)
    if not written.startswith(opened) or end < 0:
        raise UncutError("an object that stands elsewhere")
    return written[len(opened) : end]


def references(body: bytes) -> tuple[int, ...]:
    """The numbers of the objects that an object names, in their order."""
    return tuple(map(int, _pieces(body)[1::2]))


def _pieces(body: bytes) -> list[bytes]:
    """An object's dictionary: what stands between the numbers it names, and these, by turns."""
    head = dictionary(body)
    if b"(" not in head:
        return _REFERENCE.split(head)
    pieces, end = list[bytes](), 0
    for found in _TEXT_OR_REFERENCE.finditer(head):
        if found["number"]:
            pieces += [head[end : found.start()], found["number"]]
            end = found.end()
    return [*pieces, head[end:]]


def stream(body: bytes) -> bytes:
    """What an object's stream holds, compressed as it is."""
    _, mark, rest = body.partition(_STREAM)
    length = re.search(rb"/Length (\d+)", body)
    if not mark or length is None:
        raise UncutError("no stream")
    return rest[: int(length[1])]


def with_stream(body: bytes, content: bytes) -> bytes:
    """The object with another stream, compressed in the same way."""
    head = re.sub(rb"/Length \d+", b"/Length %d" % len(content), dictionary(body), count=1)
    return head + _STREAM + content + b"\nendstream"


def dictionary(body: bytes) -> bytes:
    """What stands before an object's stream."""
    return body.partition(_STREAM)[0]


def reached(document: Document, changed: Mapping[int, bytes]) -> set[int]:
    """The numbers of all objects that the catalogue and the information lead to, of which some were changed."""
    found, waiting = set[int](), [document.root, document.info]
    while waiting:
        number = waiting.pop()
        if number not in found:
            found.add(number)
            waiting += references(changed[number]) if number in changed else document.named[number]
    return found


def written(document: Document, bodies: Mapping[int, bytes], name: bytes) -> bytes:
    """A PDF of these objects alone, numbered anew. name: tells the file from all others."""
    numbers = {old: new for new, old in enumerate(sorted(bodies), start=1)}
    made, places = bytearray(document.head), list[int]()
    for old, new in numbers.items():
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (new, _renumbered(bodies[old], numbers))
    table = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f\r\n" % (len(places) + 1) + b"".join(_entries(places))
    ends = (len(places) + 1, numbers[document.root], numbers[document.info], name, name, table)
    return bytes(made) + b"trailer\n<</Size %d/Root %d 0 R/Info %d 0 R/ID[(%s)(%s)]>>\nstartxref\n%d\n%%%%EOF" % ends


def _entries(places: Iterable[int]) -> Iterator[bytes]:
    return (b"%010d 00000 n\r\n" % place for place in places)


def _renumbered(body: bytes, numbers: Mapping[int, int]) -> bytes:
    pieces, head = _pieces(body), dictionary(body)
    pieces[1::2] = [b"%d 0 R" % numbers[int(number)] for number in pieces[1::2]]
    return b"".join(pieces) + body[len(head) :]
