"""What can be read in bytes of no known kind."""

from __future__ import annotations

import re

# Latin, and what Chinese and full-width digits are in UTF-8; of UTF-16 only Latin and full-width digits: among the rest
# any bytes may be.
_NARROW = re.compile(rb"(?:[ -~]|[\xe3-\xe9\xef][\x80-\xbf]{2}){11,}")
_LITTLE = re.compile(rb"(?:[ -~]\0|[\x10-\x19]\xff){11,}")
_BIG = re.compile(rb"(?<![ -~])(?:\0[ -~]|\xff[\x10-\x19]){11,}")


def printable(data: bytes) -> str:
    """The printable stretches of a binary file, in UTF-8 or UTF-16, each in a paragraph of its own."""
    found = [part.decode("utf-8", "replace") for part in _NARROW.findall(data)]
    found += [part.decode("utf-16-le") for part in _LITTLE.findall(data)]
    found += [part.decode("utf-16-be") for part in _BIG.findall(data)]
    return "\n\n".join(found)
