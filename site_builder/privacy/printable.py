"""What can be read in bytes of no known kind."""

from __future__ import annotations

import re

_NARROW = re.compile(rb"[ -~]{11,}")
_WIDE = re.compile(rb"(?:[ -~]\0){11,}|(?<![ -~])(?:\0[ -~]){11,}")


def printable(data: bytes) -> str:
    """The printable stretches of a binary file, one byte a character or two, each in a paragraph of its own."""
    wide = (found.group().replace(b"\0", b"") for found in _WIDE.finditer(data)) if b"\0" in data else ()
    return "\n\n".join(part.decode("ascii") for part in (*_NARROW.findall(data), *wide))
