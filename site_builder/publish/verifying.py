"""Verifying: whether a site, in a folder or on the web, is byte for byte what its signed list of checksums says.

And whether that is still to be believed: a host may go on giving out a site that was signed long ago.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Protocol

from site_builder.publish import lists, statement
from site_builder.publish.browsers.web import Host
from site_builder.publish.lists import Release
from site_builder.publish.statement import SignedStatement, Statement
from site_builder.shared import disk
from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem
from site_builder.site.release_folders import CHECKSUMS, NO_FILE

_LARGEST_LIST, _LARGEST_NOTE = 32 << 20, 1 << 20
_CLOCKS_DIFFER = timedelta(days=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """What is asked of a signature.

    keys: public keys by name, each a line such as `ssh-ed25519 AAAA…`; without one no signature is looked at.
    threshold: how many of them have to have signed. today: the day of asking. seen: the highest number seen before of
    each site, by its address. sites: the addresses of which one has to be signed; none where any may be.
    """

    keys: Mapping[str, str] = field(default_factory=dict)
    threshold: int = 1
    today: date = date.min
    seen: Mapping[str, int] = field(default_factory=dict)
    sites: Collection[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What was found.

    listed: the SHA-256 of each file by its path; digest: identifies the site; statement: what the signature says, where
    one stands there; signers: the names of the keys that signed it; requests: how often a host was asked.
    """

    listed: Mapping[str, str]
    digest: str
    statement: Statement | None
    signers: tuple[str, ...]
    release: Release | None
    problems: list[Problem]
    requests: int = 0


class _Source(Protocol):
    """Where a site stands."""

    def content(self, path: str, most: int) -> bytes | None:
        """A small file by its path from the top, None where there is none. Raises CampaignError."""

    def compare(self, listed: Mapping[str, str]) -> Iterable[Problem]:
        """What is not as a list of SHA-256 by path says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Folder:
    top: Path

    def content(self, path: str, most: int) -> bytes | None:
        file = self.top / path
        if not disk.is_plain(file):
            return None
        if file.stat().st_size > most:
            raise CampaignError([Problem(code=Code.VERIFY_LIST, file=path)])
        return file.read_bytes()

    def compare(self, listed: Mapping[str, str]) -> Iterator[Problem]:
        """Both ways: nothing missing, nothing changed, nothing more; what is no plain file is always more."""
        found = lists.of_release(self.top)
        for path, digest in listed.items():
            if path not in found:
                yield Problem(code=Code.VERIFY_MISSING, file=path)
            elif found[path] not in {digest, NO_FILE}:
                yield Problem(code=Code.VERIFY_CHANGED, file=path)
        more = (path for path in found if path not in listed or found[path] == NO_FILE)
        yield from (Problem(code=Code.VERIFY_MORE, file=path) for path in sorted(more))


def verify_folder(folder: Path, trust: Trust) -> Verified:
    """Compare a folder with its list, both ways. Raises CampaignError where it has none."""
    return _verify(_Folder(top=folder), trust)


def verify_site(address: str, trust: Trust) -> Verified:
    """Compare every file that a site on the web lists with what the site gives out, in each way browsers ask for it.

    address: of the site's top. Raises CampaignError where the list cannot be had at all.
    """
    host = Host(address.rstrip("/") + "/")
    found = _verify(host, trust)
    return replace(found, requests=host.requests)


def _verify(source: _Source, trust: Trust) -> Verified:
    """Of a site whose signature is false the files are not asked for: whoever changed the list may name a million."""
    text, content = source.content(CHECKSUMS, _LARGEST_LIST), source.content(lists.SIGNATURE, _LARGEST_NOTE)
    if text is None:
        raise CampaignError([Problem(code=Code.VERIFY_NO_LIST, file=CHECKSUMS)])
    listed, digest = lists.read(text.decode("utf-8", "replace"), CHECKSUMS), hashlib.sha256(text).hexdigest()
    signed = statement.read(content) if content else None
    signers = signed.signers(trust.keys) if signed and signed.statement.digest == digest else ()
    is_false = bool(trust.keys) and len(signers) < max(trust.threshold, 1)
    release = None if is_false else _release(source, listed)
    problems = list(_of_signature(signed, signers, release, trust)) if trust.keys else []
    return Verified(
        listed=listed,
        digest=digest,
        statement=signed.statement if signed else None,
        signers=signers,
        release=release,
        problems=problems if is_false else [*problems, *source.compare(listed)],
    )


def _release(source: _Source, listed: Mapping[str, str]) -> Release | None:
    """What the site says of itself: from the very bytes that the list names, and from no others."""
    content = source.content(lists.RELEASE, _LARGEST_NOTE) if lists.RELEASE in listed else None
    if content is None or hashlib.sha256(content).hexdigest() != listed[lists.RELEASE]:
        return None
    return lists.read_release(content.decode("utf-8", "replace"))


def _of_signature(
    signed: SignedStatement | None, signers: tuple[str, ...], release: Release | None, trust: Trust
) -> Iterator[Problem]:
    """A statement that too few have signed says nothing; of one that holds, whether it is of today and the newest."""
    if signed is None:
        yield Problem(code=Code.VERIFY_UNSIGNED, file=lists.SIGNATURE)
    elif not signers:
        yield Problem(code=Code.VERIFY_SIGNATURE, file=lists.SIGNATURE)
    elif len(signers) < trust.threshold:
        counts = {"wanted": str(trust.threshold), "signers": "、".join(signers)}
        yield Problem(code=Code.VERIFY_TOO_FEW, file=lists.SIGNATURE, details=counts)
    else:
        yield from _of_site(signed.statement, trust)
        yield from _of_meaning(signed.statement, release, trust)
        yield from _of_age(signed.statement, trust)


def _of_site(believed: Statement, trust: Trust) -> Iterator[Problem]:
    """One office may have several sites under one key: another one would be as well signed, and as new."""
    if not believed.site:
        yield Problem(code=Code.VERIFY_NO_SITE, file=lists.SIGNATURE)
    elif trust.sites and not any(statement.is_of(believed.site, site) for site in trust.sites):
        details = {"site": believed.site, "asked": "、".join(trust.sites)}
        yield Problem(code=Code.VERIFY_SITE, file=lists.SIGNATURE, details=details)


def _of_meaning(believed: Statement, release: Release | None, trust: Trust) -> Iterator[Problem]:
    """A number of another release, or a day far away, would make every later site look old, or none ever."""
    if release is None or believed.number != release.number:
        details = {"number": str(believed.number), "release": str(release.number) if release else "?"}
        yield Problem(code=Code.VERIFY_NUMBER, file=lists.SIGNATURE, details=details)
    if believed.until > trust.today + statement.BELIEVED + _CLOCKS_DIFFER:
        details = {"until": str(believed.until), "days": str(statement.BELIEVED.days)}
        yield Problem(code=Code.VERIFY_UNTIL, file=lists.SIGNATURE, details=details)


def _of_age(believed: Statement, trust: Trust) -> Iterator[Problem]:
    if believed.until < trust.today:
        details = {"until": str(believed.until)}
        yield Problem(code=Code.VERIFY_EXPIRED, file=lists.SIGNATURE, details=details)
    seen = max(trust.seen.get(statement.normal(believed.site), 0), trust.seen.get("", 0))
    if believed.number < seen:
        details = {"number": str(believed.number), "seen": str(seen)}
        yield Problem(code=Code.VERIFY_ROLLED_BACK, file=lists.SIGNATURE, details=details)
