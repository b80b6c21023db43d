"""What is said beside each file of the site: its type, and how long a browser may keep it.

Storage gets it from here, docs/serving.md says the same to web servers, and `headers` holds a host to it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from pathlib import PurePosixPath

TYPES: Mapping[str, str] = {
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
"""The media type of each kind of file that a site may hold, by the end of its name."""
_FEEDS, _FEED = "feeds/", "application/atom+xml; charset=utf-8"
_ANY = "application/octet-stream"
_NAMED_BY_CONTENT = re.compile(r"\.[0-9a-f]{8}\.min\.(?:css|js)$")  # another content has another name
_FOR_LONG, _BRIEFLY = "public, max-age=31536000, immutable", "public, max-age=300"

# Other names of the same, as servers have them that nobody set up for the site; browsers do alike with each.
_ALSO = {
    "text/javascript": {"application/javascript", "application/x-javascript"},
    "application/xml": {"text/xml"},
    "application/atom+xml": {"application/xml", "text/xml"},
    "application/gzip": {"application/x-gzip"},
    "text/plain": {"application/pgp-signature"},  # as many take every .sig for
}
# What no page loads and a reader opens by itself: under this type a browser keeps it as a file, and shows nothing else.
_KEPT_AS_A_FILE = frozenset({".csv", ".docx", ".gz", ".ics", ".map", ".pdf", ".sig", ".txt", ".xlsx", ".xml", ""})
_UTF_8 = re.compile(r'(?:\s*;\s*charset=("?)utf-?8\1)?\s*', re.IGNORECASE)
_AS_TEXT = frozenset({".json", ".map", ".sig", ""})


def type_of(path: str) -> str:
    """The media type of a file of the site by its path, with the encoding of its characters where it is a text."""
    if path.startswith(_FEEDS):
        return _FEED
    return TYPES.get(PurePosixPath(path).suffix, _ANY)


def is_type_of(path: str, said: str) -> bool:
    """Whether what is said of a file's type has browsers take it for what it is, read as UTF-8 where it is a text."""
    essence, _, rest = said.partition(";")
    return essence.strip().lower() in _types(path) and bool(_UTF_8.fullmatch(f";{rest}" if rest else ""))


def _types(path: str) -> Set[str]:
    ending = PurePosixPath(path).suffix
    essence = type_of(path).partition(";")[0]
    as_a_file = {_ANY} if ending in _KEPT_AS_A_FILE else set()
    as_text = {"text/plain"} if ending in _AS_TEXT else set()
    return {essence} | _ALSO.get(essence, set()) | as_a_file | as_text


def is_used_by_pages(path: str) -> bool:
    """Whether a file is a page, or pages load it: of no other does a browser's work depend on the type."""
    return PurePosixPath(path).suffix not in _KEPT_AS_A_FILE | {".json"}


def is_named_by_content(path: str) -> bool:
    """Whether a file's name says what it holds, so that it may be kept for good."""
    return bool(_NAMED_BY_CONTENT.search(path))


def caching_of(path: str) -> str:
    """How long a file may be kept: a year where its name says what it holds, else five minutes."""
    return _FOR_LONG if is_named_by_content(path) else _BRIEFLY
