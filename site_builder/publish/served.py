"""How each file of the site is to be served: its type, and how long a reader's browser may keep it without asking.

Storage gets it from here; docs/serving.md says the same to web servers, and the tests hold them to it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath

_TYPES: Mapping[str, str] = {
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".gz": "application/gzip",
    ".html": "text/html; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".sig": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webp": "image/webp",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xml": "application/xml",
    "": "text/plain; charset=utf-8",
}
_FEEDS, _FEED = "feeds/", "application/atom+xml; charset=utf-8"
_NAMED_BY_CONTENT = re.compile(r"\.[0-9a-f]{8}\.min\.(?:css|js)$")  # another content has another name
_FOR_LONG, _BRIEFLY = "public, max-age=31536000, immutable", "public, max-age=300"


def type_of(path: str) -> str:
    """The media type of a file of the site by its path, with the encoding of its characters where it is a text."""
    if path.startswith(_FEEDS):
        return _FEED
    return _TYPES.get(PurePosixPath(path).suffix, "application/octet-stream")


def caching_of(path: str) -> str:
    """How long a file may be kept: a year where its name says what it holds, else five minutes."""
    return _FOR_LONG if _NAMED_BY_CONTENT.search(path) else _BRIEFLY
