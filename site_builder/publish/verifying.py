"""Verifying: whether a site, in a folder or on the web, is byte for byte what its signed list of checksums says.

And whether that is still to be believed: a host may go on giving out a site that was signed long ago.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

from site_builder.publish import lists, statement
from site_builder.publish.lists import Release
from site_builder.publish.statement import SignedStatement, Statement
from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem
from site_builder.site.release_folders import CHECKSUMS

Fetch = Callable[[str], bytes | None]
"""Gives the content of a file by its path from the site's top, None where there is none. Raises OSError."""
_AT_ONCE = 8
_SECONDS = 30
_LARGEST = 100 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """What is asked of a signature.

    keys: public keys by name, each a line such as `ssh-ed25519 AAAA…`; without one no signature is looked at.
    threshold: how many of them have to have signed. today: the day of asking. seen: the highest number seen before.
    """

    keys: Mapping[str, str] = field(default_factory=dict)
    threshold: int = 1
    today: date = date.min
    seen: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What was found.

    listed: the SHA-256 of each file by its path; digest: identifies the site; statement: what the signature says, where
    one stands there; signers: the names of the keys that signed it.
    """

    listed: Mapping[str, str]
    digest: str
    statement: Statement | None
    signers: tuple[str, ...]
    release: Release | None
    problems: list[Problem]


def verify_folder(folder: Path, trust: Trust) -> Verified:
    """Compare a folder with its list, both ways: nothing missing, nothing changed, nothing more."""
    found = _verify(_from_folder(folder), trust)
    more = lists.of_release(folder).keys() - found.listed.keys()
    found.problems.extend(Problem(code=Code.VERIFY_MORE, file=path) for path in sorted(more))
    return found


def verify_site(address: str, trust: Trust) -> Verified:
    """Compare every file that a site on the web lists with what the site gives out.

    address: of the site's top. Raises CampaignError where the list cannot be had at all.
    """
    return _verify(_from_web(address.rstrip("/") + "/"), trust)


def _verify(fetch: Fetch, trust: Trust) -> Verified:
    text, content = _fetched(fetch, CHECKSUMS), _fetched(fetch, lists.SIGNATURE)
    if text is None:
        raise CampaignError([Problem(code=Code.VERIFY_NO_LIST, file=CHECKSUMS)])
    listed, digest = lists.read(text.decode("utf-8", "replace"), CHECKSUMS), hashlib.sha256(text).hexdigest()
    signed = statement.read(content) if content else None
    signers = signed.signers(trust.keys) if signed and signed.statement.digest == digest else ()
    problems = list(_of_signature(signed, signers, trust)) if trust.keys else []
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        results = pool.map(lambda path: _of_file(fetch, path, listed[path]), listed)
        problems += [problem for problem in results if problem]
    about = _fetched(fetch, lists.RELEASE) if lists.RELEASE in listed else None
    return Verified(
        listed=listed,
        digest=digest,
        statement=signed.statement if signed else None,
        signers=signers,
        release=lists.read_release(about.decode("utf-8", "replace")) if about else None,
        problems=problems,
    )


def _fetched(fetch: Fetch, path: str) -> bytes | None:
    try:
        return fetch(path)
    except (OSError, HTTPException) as error:
        raise CampaignError([_unreachable(path, error)]) from None


def _of_signature(signed: SignedStatement | None, signers: tuple[str, ...], trust: Trust) -> Iterator[Problem]:
    """A statement that too few have signed says nothing; of one that holds, whether it is of today and the newest."""
    if signed is None:
        yield Problem(code=Code.VERIFY_UNSIGNED, file=lists.SIGNATURE)
    elif not signers:
        yield Problem(code=Code.VERIFY_SIGNATURE, file=lists.SIGNATURE)
    elif len(signers) < trust.threshold:
        counts = {"wanted": str(trust.threshold), "signers": "、".join(signers)}
        yield Problem(code=Code.VERIFY_TOO_FEW, file=lists.SIGNATURE, details=counts)
    else:
        yield from _of_age(signed.statement, trust)


def _of_age(believed: Statement, trust: Trust) -> Iterator[Problem]:
    if believed.until < trust.today:
        details = {"until": str(believed.until)}
        yield Problem(code=Code.VERIFY_EXPIRED, file=lists.SIGNATURE, details=details)
    if believed.number < trust.seen:
        details = {"number": str(believed.number), "seen": str(trust.seen)}
        yield Problem(code=Code.VERIFY_ROLLED_BACK, file=lists.SIGNATURE, details=details)


def _of_file(fetch: Fetch, path: str, digest: str) -> Problem | None:
    try:
        content = fetch(path)
    except (OSError, HTTPException) as error:
        return _unreachable(path, error)
    if content is None:
        return Problem(code=Code.VERIFY_MISSING, file=path)
    if hashlib.sha256(content).hexdigest() != digest:
        return Problem(code=Code.VERIFY_CHANGED, file=path)
    return None


def _unreachable(path: str, error: Exception) -> Problem:
    return Problem(code=Code.VERIFY_UNREACHABLE, file=path, details={"reason": str(error)})


def _from_folder(folder: Path) -> Fetch:
    def fetch(path: str) -> bytes | None:
        try:
            return (folder / path).read_bytes()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None

    return fetch


def _from_web(address: str) -> Fetch:
    """As a reader would get it, past any cache on the way."""

    def fetch(path: str) -> bytes | None:
        request = Request(address + quote(path), headers={"Cache-Control": "no-cache"})  # noqa: S310  (http or https)
        try:
            with urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310
                content: bytes = answer.read(_LARGEST)  # one that never ends is not the one that is listed
        except HTTPError as error:
            if error.code in {404, 410}:
                return None
            raise
        return content

    return fetch
