"""The bleed of what is cut, told to a shop's program: Typst takes all paper around the finished size for bleed."""

from __future__ import annotations

import re

_POINTS_A_MILLIMETRE = 72 / 25.4
MILLIMETRES = 3  # as far as the ground of a cut page reaches in templates/prints/prints.typ
_TRIM = re.compile(rb"/TrimBox\[([-\d. ]+)\]")
_PLACE = re.compile(rb"(?<=\n)(\d{10})(?= \d{5} n)")
_START = re.compile(rb"(?<=\nstartxref\n)(\d+)(?=\n%%EOF\s*\Z)")


def with_bleed_box(content: bytes, millimetres: float) -> bytes:
    """The same PDF with a BleedBox so far around the TrimBox of each page that has one; the same bytes each time.

    content: as Typst writes it, with one plain table of where its objects begin. Raises ValueError where it has none.
    """
    start = _START.search(content)
    if start is None:
        raise ValueError("no plain table of objects")
    table = int(start[0])
    added = [(trim.end(), _box(trim[1], millimetres)) for trim in _TRIM.finditer(content, 0, table)]

    def moved(place: re.Match[bytes]) -> bytes:
        before = int(place[0])
        return b"%010d" % (before + sum(len(box) for at, box in added if at <= before))

    head, tail = content[:table], content[table:]
    for at, box in reversed(added):
        head = head[:at] + box + head[at:]
    entries, _, rest = tail.partition(b"trailer")
    end = _START.sub(b"%d" % len(head), b"trailer" + rest)
    return head + _PLACE.sub(moved, entries) + end


def _box(trim: bytes, millimetres: float) -> bytes:
    left, bottom, right, top = map(float, trim.split())
    more = millimetres * _POINTS_A_MILLIMETRE
    edges = (left - more, bottom - more, right + more, top + more)
    return b"/BleedBox[%s]" % b" ".join(b"%.4f" % edge for edge in edges)
