"""What a host says beside a file that decides what a browser does: the bytes may be right, and the reader led away."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import Message
from pathlib import PurePosixPath

# Nothing of the site needs any of these: to go elsewhere, to load more, to be remembered, to be worked for in secret.
_NEVER = (
    "Refresh",
    "Location",
    "Link",
    "Set-Cookie",
    "Service-Worker-Allowed",
    "Clear-Site-Data",
    "Speculation-Rules",
    "SourceMap",
    "X-SourceMap",
)
_PAGE, _SCRIPTS = "text/html", frozenset({"application/xhtml+xml", "multipart/x-mixed-replace"})
_ENDS = {"text/html": ".html", "image/svg+xml": ".svg"}
"""Types that can run a script, each with the ending of the files that may have it."""

# As a browser asks on a telephone: a host may know our own requests by what they lack.
OF_A_BROWSER = {
    "User-Agent": "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 "
    "Mobile Safari/537.36",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
    "Accept-Language": "zh-CN,zh;q=0.9",
    "Upgrade-Insecure-Requests": "1",
    "Sec-Fetch-Dest": "document",
    "Sec-Fetch-Mode": "navigate",
    "Sec-Fetch-Site": "none",
    "Sec-Fetch-User": "?1",
}


class UnfitError(Exception):
    """A host says something that leads a browser elsewhere. Its text is the line."""


def refuse_unfit(path: str, headers: Message) -> None:
    """Raises UnfitError where what is said beside a file would have a browser do something else than show it.

    path: the file's, from the site's top. A policy can only forbid more than the page's own, and is anybody's to set.
    """
    for name, value in _unfit(path, headers):
        raise UnfitError(f"{name}: {value}")


def _unfit(path: str, headers: Message) -> Iterator[tuple[str, str]]:
    yield from ((name, value) for name in _NEVER for value in headers.get_all(name, []))
    ending = PurePosixPath(path).suffix
    kinds = headers.get_all("Content-Type", [])
    yield from (("Content-Type", kind) for kind in kinds if not _is_fit(ending, kind) or len(kinds) > 1)
    dispositions = headers.get_all("Content-Disposition", [])
    if ending == _ENDS[_PAGE]:  # a page that is put away as a file is not shown
        yield from (("Content-Disposition", value) for value in dispositions)


def _is_fit(ending: str, kind: str) -> bool:
    """Whether a file may be said to be of a type: a page is a page in UTF-8, and nothing else can run a script."""
    said = Message()
    said["Content-Type"] = kind
    essence, charset = said.get_content_type(), str(said.get_param("charset") or "utf-8").lower()
    if ending == _ENDS[_PAGE]:
        return essence == _PAGE and charset in {"utf-8", "utf8"}
    return essence not in _SCRIPTS and ending == _ENDS.get(essence, ending)
