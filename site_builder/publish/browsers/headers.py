"""What a host says beside a file that decides what a browser does: the bytes may be right, and the reader led away."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from email.message import Message
from ipaddress import ip_address
from itertools import pairwise
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from site_builder.publish.browsers import allowed, expected

_PAGE = ".html"

# What every reader of HTTP understands alike (RFC 9112). Where readers differ, a host can show one the listed file and
# another something else: a line that one of them drops, or a length that one of them does not believe.
_STATUS = re.compile(rb"HTTP/1\.[01] \d{3}(?: [\t -~\x80-\xff]*)?\r?\n")
_LINE = re.compile(rb"(?:[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\t -~\x80-\xff]*)?\r?\n")
_LENGTH = re.compile(r"[0-9]+")

_DOCUMENT = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
    "Upgrade-Insecure-Requests": "1",
    "Sec-Fetch-Dest": "document",
    "Sec-Fetch-Mode": "navigate",
    "Sec-Fetch-Site": "none",
    "Sec-Fetch-User": "?1",
}
_OF_A_PAGE = {"Accept": "*/*", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Site": "same-origin"}
_USES = {".js": "script", ".css": "style", ".svg": "image", ".png": "image", ".webp": "image", ".jpg": "image"}
"""What a page uses a file for, by its ending; all else is opened by itself."""


class UnfitError(Exception):
    """A host says something that leads a browser elsewhere. Its text is the line."""


def of_a_browser(address: str) -> Mapping[str, str]:
    """What a telephone's browser says when it asks for a file: a host may know our own requests by what they lack."""
    use = _USES.get(PurePosixPath(urlsplit(address).path).suffix)
    return {
        "User-Agent": "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 "
        "Mobile Safari/537.36",
        "Accept-Language": "zh-CN,zh;q=0.9",
        "Accept-Encoding": encodings_of_a_browser(address),
        **({**_OF_A_PAGE, "Sec-Fetch-Dest": use} if use else _DOCUMENT),
    }


def encodings_of_a_browser(address: str) -> str:
    """The ways in which a browser has files packed: fewer where what comes is not encrypted."""
    parts = urlsplit(address)
    return "gzip, deflate, br, zstd" if parts.scheme == "https" or _is_here(parts.hostname or "") else "gzip, deflate"


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def refuse_unlike(lines: Sequence[bytes], headers: Message) -> None:
    """Raises UnfitError where a head is not one that every reader of HTTP reads alike.

    lines: of the head as they came, each with its end; headers: what was read from them.
    """
    for before, line in pairwise((b"", *lines)):
        form = _LINE if before.rstrip(b"\r\n") else _STATUS  # a first answer may be followed by another
        if not form.fullmatch(line):
            raise UnfitError(line.decode("latin-1"))
    said, lengths = headers.get_all("Transfer-Encoding", []), headers.get_all("Content-Length", [])
    if said and ([value.lower() for value in said] != ["chunked"] or b"HTTP/1.0 " in {line[:9] for line in lines}):
        raise UnfitError(f"Transfer-Encoding: {', '.join(said)}")
    if len(lengths) > 1 or not all(map(_LENGTH.fullmatch, lengths)):
        raise UnfitError(f"Content-Length: {', '.join(lengths)}")


def encoding_of(headers: Message) -> str:
    """How what comes is packed, as HTTP names it; several names where it is said several times."""
    return ", ".join(headers.get_all("Content-Encoding", [])).strip().lower()


def refuse_leading_away(headers: Message) -> None:
    """Raises UnfitError where more is said beside a redirection than where to."""
    for name, value in allowed.refused(headers):
        if name.lower() != "location":
            raise UnfitError(f"{name}: {value}")


def refuse_unfit(path: str, headers: Message) -> None:
    """Raises UnfitError where what is said beside a file would have a browser do something else than show it.

    path: the file's, from the site's top.
    """
    for name, value in _unfit(path, headers):
        raise UnfitError(f"{name}: {value}")


def _unfit(path: str, headers: Message) -> Iterator[tuple[str, str]]:
    yield from allowed.refused(headers)
    yield from allowed.kept_too_long(path, headers)
    kinds = headers.get_all("Content-Type", [])
    yield from (("Content-Type", kind) for kind in kinds if not expected.is_type_of(path, kind) or len(kinds) > 1)
    if not kinds and "X-Content-Type-Options" in headers and expected.is_used_by_pages(path):
        yield "X-Content-Type-Options", headers["X-Content-Type-Options"]  # without a type nothing is used then
    dispositions = headers.get_all("Content-Disposition", [])
    if PurePosixPath(path).suffix == _PAGE:  # a page that is put away as a file is not shown
        yield from (("Content-Disposition", value) for value in dispositions)
