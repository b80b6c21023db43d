"""The lines that a host may add beside a file: those that this list names, with the values that it allows.

Browsers learn new lines every year, and a list of what is forbidden is never whole. What servers, storage and caches
commonly add stands here; of what begins with a maker's name no browser knows anything, unless it stands here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from email.message import Message
from email.utils import parsedate_to_datetime

from site_builder.publish.browsers import expected

_FOR = r"max-age=[1-9]\d*"
_FRAMES = r"frame-ancestors [^;,]*|upgrade-insecure-requests|block-all-mixed-content"
# Pages have all from beside them: a policy without 'self' keeps it from them.
_OWN = r"(?:default|script|style|img|font|connect)-src(?:-elem|-attr)? (?:[^;,]* )?(?:'self'|\*)(?: [^;,]*)?"
_NEVER_ASKED = r"(?:object|frame|child|worker|media|manifest)-src [^;,]*|(?:base-uri|form-action) [^;,]*"
_NOTHING_OF_OURS = r"[a-z-]+=(?:\(\)|\(self\)|self|\*)"
_CACHING = r"(?:public|private|no-cache|no-store|no-transform|must-revalidate|proxy-revalidate|immutable)"
_KEPT = r"(?:max-age|s-maxage|stale-while-revalidate|stale-if-error)=\"?\d{1,10}\"?"
_ALIAS = r'clear|[a-z0-9-]+=":\d+"(?:; ?[a-z]+=\d+)*'  # the same host, by another protocol
_ANY = ""  # whatever it is


def _list_of(*forms: str, by: str = ",") -> str:
    one = f"(?:{'|'.join(forms)})"
    return f"(?: ?{one}? ?{by})* ?{one}?"


_NO_MATTER = [
    "accept-ranges",
    "age",
    "allow",
    "cdn-cache-control",
    "cloudflare-cdn-cache-control",
    "connection",
    "content-digest",
    "content-length",
    "content-md5",
    "date",
    "digest",
    "etag",
    "expires",
    "host-header",
    "keep-alive",
    "last-modified",
    "mime-version",
    "pragma",
    "proxy-connection",
    "proxy-status",
    "cache-status",
    "repr-digest",
    "request-id",
    "server",
    "source-age",
    "status",
    "surrogate-control",
    "surrogate-key",
    "transfer-encoding",
    "vary",
    "via",
    "warning",
]
_JUDGED_ELSEWHERE = ("content-type", "content-encoding", "content-disposition")
_VALUES: Mapping[str, str] = {
    **dict.fromkeys((*_NO_MATTER, *_JUDGED_ELSEWHERE), _ANY),
    "access-control-allow-headers": _ANY,
    "access-control-allow-methods": _ANY,
    "access-control-allow-origin": r"\*|null|https?://[\w.:-]+",
    "access-control-expose-headers": _ANY,
    "access-control-max-age": r"\d+",
    "alt-svc": _list_of(_ALIAS),
    "cache-control": _list_of(_CACHING, _KEPT),
    "content-language": _list_of(r"zh(?:-[a-z]+)*", r"ko(?:-[a-z]+)*"),
    "content-security-policy": _list_of(_FRAMES, _OWN, _NEVER_ASKED, by=";"),
    "cross-origin-embedder-policy": r"unsafe-none|require-corp|credentialless",
    "cross-origin-opener-policy": r"unsafe-none|same-origin(?:-allow-popups)?",
    "cross-origin-resource-policy": r"same-site|same-origin|cross-origin",
    "feature-policy": _list_of(r"[a-z-]+ (?:'none'|'self'|\*)", by=";"),
    "origin-agent-cluster": r"\?[01]",
    "permissions-policy": _list_of(_NOTHING_OF_OURS),
    "priority": r"[a-z0-9=, ?]*",
    "referrer-policy": r"no-referrer|same-origin|strict-origin|strict-origin-when-cross-origin|origin"
    r"|origin-when-cross-origin|no-referrer-when-downgrade",
    "server-timing": _list_of(r"[\w-]+(?:; ?(?:dur|desc)=(?:[\w.:-]+|\"[^\",;]*\"))*"),
    "strict-transport-security": rf"{_FOR}(?:; ?(?:includesubdomains|preload))*;?",
    "timing-allow-origin": r"\*",
    "upgrade": _list_of(r"h2c?", r"http/2(?:\.0)?"),
    "x-content-security-policy": r"(?!)",
    "x-content-type-options": r"nosniff",
    "x-dns-prefetch-control": r"off",
    "x-download-options": r"noopen",
    "x-frame-options": r"deny|sameorigin",
    "x-permitted-cross-domain-policies": r"none|master-only",
    "x-robots-tag": r"all|index|follow|index, ?follow",
    "x-sourcemap": r"(?!)",
    "x-ua-compatible": r"ie=(?:edge|\d+)(?:, ?chrome=1)?",
    "x-webkit-csp": r"(?!)",
    "x-xss-protection": r"0|1(?:; ?mode=block)?",
}
"""The values of each line that may stand there, by its name in small letters; (?!) allows none."""
_OF_MAKERS = re.compile(
    r"(?:x|cf|ali|eagle|akamai|fastly|cdn|ohc|eo|oss|cos|obs|qiniu|ws|yf|bunny|netlify|azure|goog|amz)-[a-z0-9_-]+"
    r"|eagleid|ohc|via-[a-z-]+|eomaxage"
)
_LONGEST = 4096  # of a value, in signs
_LONGEST_KEPT = timedelta(days=7)
_AGE = re.compile(r"(?:max-age|stale-while-revalidate|stale-if-error)=\"?(\d+)")
_OF_ITS_AGE = 10  # browsers keep what nothing is said of for a tenth of the time since it was changed


def refused(headers: Message) -> Iterator[tuple[str, str]]:
    """The lines of a head, as (name, value), that the list does not name or whose value it does not allow."""
    for name, value in headers.items():
        known = _VALUES.get(name.lower())
        if known is None and _OF_MAKERS.fullmatch(name.lower()) and not name.lower().endswith("-report-only"):
            continue
        if known is None or not _is_allowed(known, value):
            yield name, value


def _is_allowed(known: str, value: str) -> bool:
    """A value of thousands of signs is none of these, and would take long to compare."""
    plain = " ".join(value.split())
    return known is _ANY or (len(plain) <= _LONGEST and bool(re.fullmatch(known, plain, re.IGNORECASE)))


def kept_too_long(path: str, headers: Message) -> Iterator[tuple[str, str]]:
    """The line, as (name, value), by which a browser would show a file for over a week without asking again.

    path: the file's; one whose name says what it holds may be kept for good. What was wrong once would stay wrong.
    """
    if expected.is_named_by_content(path):
        return
    said = ", ".join(headers.get_all("Cache-Control", [])).lower()
    ages = [timedelta(seconds=min(int(age), 10**9)) for age in _AGE.findall(said)]
    if "immutable" in said or sum(ages, timedelta()) > _LONGEST_KEPT:
        yield "Cache-Control", said
    elif not ages and not re.search(r"no-cache|no-store", said):
        yield from _kept_unsaid(headers)


def _kept_unsaid(headers: Message) -> Iterator[tuple[str, str]]:
    """The same where Cache-Control says nothing of it: until a day that is named, else by the age of the file."""
    today = _day(headers, "Date") or datetime.now(UTC).replace(tzinfo=None)
    until, changed = _day(headers, "Expires"), _day(headers, "Last-Modified")
    if "Expires" in headers:
        if until and until - today > _LONGEST_KEPT:
            yield "Expires", headers["Expires"]
    elif changed and (today - changed) / _OF_ITS_AGE > _LONGEST_KEPT:
        yield "Last-Modified", headers["Last-Modified"]


def _day(headers: Message, name: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(headers.get(name, ""))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found.replace(tzinfo=None)
