"""Verifying: whether a site, in a folder or on the web, is byte for byte what its signed list of checksums says."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

from site_builder.publish import lists, signature
from site_builder.publish.lists import Release
from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem
from site_builder.site.release_folders import CHECKSUMS

Fetch = Callable[[str], bytes | None]
"""Gives the content of a file by its path from the site's top, None where there is none. Raises OSError."""
_AT_ONCE = 8
_SECONDS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What was found. digest: identifies the site; is_signed: a signature stands beside the list."""

    files: int
    digest: str
    is_signed: bool
    release: Release | None
    problems: list[Problem]


def verify_folder(folder: Path, public_key: str = "") -> Verified:
    """Compare a folder with its list, both ways: nothing missing, nothing changed, nothing more."""
    found = _verify(_from_folder(folder), public_key)
    listed = lists.read((folder / CHECKSUMS).read_text(encoding="utf-8", errors="replace"), CHECKSUMS)
    more = lists.of_release(folder).keys() - listed.keys()
    found.problems.extend(Problem(code=Code.VERIFY_MORE, file=path) for path in sorted(more))
    return found


def verify_site(address: str, public_key: str = "") -> Verified:
    """Compare every file that a site on the web lists with what the site gives out.

    address: of the site's top. public_key: a line such as `ssh-ed25519 AAAA…`; without one no signature is checked.
    Raises CampaignError where the list cannot be had at all.
    """
    return _verify(_from_web(address.rstrip("/") + "/"), public_key)


def _verify(fetch: Fetch, public_key: str) -> Verified:
    text, signed = _fetched(fetch, CHECKSUMS), _fetched(fetch, lists.SIGNATURE)
    if text is None:
        raise CampaignError([Problem(code=Code.VERIFY_NO_LIST, file=CHECKSUMS)])
    listed = lists.read(text.decode("utf-8", "replace"), CHECKSUMS)
    problems = list(_of_signature(text, signed, public_key))
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        results = pool.map(lambda path: _of_file(fetch, path, listed[path]), listed)
        problems += [problem for problem in results if problem]
    about = _fetched(fetch, lists.RELEASE) if lists.RELEASE in listed else None
    return Verified(
        files=len(listed),
        digest=hashlib.sha256(text).hexdigest(),
        is_signed=signed is not None,
        release=lists.read_release(about.decode("utf-8", "replace")) if about else None,
        problems=problems,
    )


def _fetched(fetch: Fetch, path: str) -> bytes | None:
    try:
        return fetch(path)
    except (OSError, HTTPException) as error:
        raise CampaignError([_unreachable(path, error)]) from None


def _of_signature(text: bytes, signed: bytes | None, public_key: str) -> Iterator[Problem]:
    if public_key and signed is None:
        yield Problem(code=Code.VERIFY_UNSIGNED, file=lists.SIGNATURE)
    elif public_key and signed and not signature.is_signed(text, signed, public_key):
        yield Problem(code=Code.VERIFY_SIGNATURE, file=lists.SIGNATURE)


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
                content: bytes = answer.read()
        except HTTPError as error:
            if error.code in {404, 410}:
                return None
            raise
        return content

    return fetch
