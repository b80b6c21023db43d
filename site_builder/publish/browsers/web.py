"""A site on the web as readers get it: plainly, and compressed as their browsers ask for it.

A host is nobody's friend here. It may answer a byte a minute, never end, pack a gigabyte into a page or send readers to
another host: each of these ends in a sentence.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Set
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPMessage, HTTPResponse, HTTPSConnection
from io import BufferedReader, RawIOBase
from socket import socket
from time import monotonic
from typing import IO, TYPE_CHECKING
from urllib.error import HTTPError
from urllib.parse import quote, urlsplit
from urllib.request import HTTPHandler, HTTPRedirectHandler, HTTPSHandler, Request, build_opener

from site_builder.publish.browsers import encodings, headers
from site_builder.publish.browsers.encodings import NotWholeError, UnknownEncodingError
from site_builder.publish.browsers.headers import (
    UnfitError,
    encodings_of_a_browser,
    refuse_leading_away,
    refuse_unlike,
)
from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

ENCODINGS = ("identity", "gzip", "br")
"""How each file is asked for: as it is, then as a browser asks, in the two ways in which a server may keep it packed.

Last it is asked for in exactly the ways that a browser names: by any others a host may know whoever verifies.
"""
_INDEX = "index.html"
_AT_ONCE = 8
_SECONDS = 30  # without a byte
_PATIENCE, _SLOWEST, _LONGEST = 60, 1 << 10, 1800  # seconds; then bytes a second; and after so many seconds, the end
_LARGEST = 100 << 20
_LONGEST_HEAD = 200  # lines
_LOST = "404.html"
_OF_NOTHING = hashlib.sha256().hexdigest()


class ElsewhereError(Exception):
    """A file is to be fetched from elsewhere. Its text is the address."""


_FAILURES = (OSError, HTTPException, ValueError, OverflowError, NotWholeError, ElsewhereError, UnfitError)


class Host:
    """A site on the web. address: of its top, with a stroke at its end; requests: how often it was asked."""

    def __init__(self, address: str) -> None:
        self.address, self.requests = address, 0
        self._origin: tuple[str, str] | None = (
            None  # from where the first file came, the list: all others come from there
        )

    def content(self, path: str, most: int) -> bytes | None:
        """A small file, None where there is none. Raises CampaignError, also for one of more bytes than the most."""
        content = bytearray()
        try:
            with self._asked(path, ENCODINGS[0]) as (is_there, pieces):
                for piece in pieces if is_there else ():
                    content += piece
                    if len(content) > most:
                        raise CampaignError([Problem(code=Code.VERIFY_LIST, file=path)])
        except _FAILURES as error:
            raise CampaignError([_of_failure(path, error)]) from None
        return bytes(content) if is_there else None

    def compare(self, listed: Mapping[str, str]) -> Iterator[Problem]:
        """What of these files, each with its SHA-256, is not given out as it is listed; of folders, what they show."""
        shown = {**listed, **{path.removesuffix(_INDEX): listed[path] for path in listed if _is_index(path)}}
        lost = {_OF_NOTHING, listed.get(_LOST, _OF_NOTHING)}
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            results = pool.map(lambda path: self._compared(path, shown[path], lost), shown)
            yield from (problem for problem in results if problem)

    def _compared(self, path: str, digest: str, lost: Set[str]) -> Problem | None:
        """lost: the digests of what may be shown where nothing is."""
        for encoding in (*ENCODINGS, headers.encodings_of_a_browser(self.address)):
            try:
                is_there, found = self._digest(path, encoding)
            except _FAILURES as error:
                if type(error) is not NotWholeError:
                    return _of_failure(path, error)
                is_there, found = True, ""
            if not is_there and not path.endswith("/"):
                return Problem(code=Code.VERIFY_MISSING, file=path or "/")
            # Not every host shows a folder's page under the folder's own address; readers see what it says instead.
            if not is_there and found not in lost:
                return Problem(code=Code.VERIFY_LOST_PAGE, file=path, details={"page": _LOST})
            if is_there and found != digest:
                return _changed(path, encoding)
        return None

    def _digest(self, path: str, encoding: str) -> tuple[bool, str]:
        """Whether there is such a file, and the SHA-256 of what is shown."""
        digest, length = hashlib.sha256(), 0
        with self._asked(path, encoding) as (is_there, pieces):
            for piece in pieces:
                digest.update(piece)
                length += len(piece)
                if length > _LARGEST:  # one that never ends is not the one that is listed
                    raise NotWholeError
        return is_there, digest.hexdigest()

    @contextmanager
    def _asked(self, path: str, encoding: str) -> Iterator[tuple[bool, Iterator[bytes]]]:
        """Whether there is such a file, and what a browser shows that asks for this encoding."""
        self.requests += 1
        with _answer(self.address + quote(path), encoding) as answer:
            origin = urlsplit(answer.url)[:2]
            self._origin = self._origin or origin
            if origin != self._origin:
                raise ElsewhereError(answer.url)
            is_there, is_folder = answer.status == HTTPStatus.OK, not path or path.endswith("/")
            if is_there or is_folder:  # where a file is not, nothing that is said of it counts
                headers.refuse_unfit(path + _INDEX if is_folder else path, answer.headers)
            given = headers.encoding_of(answer.headers)
            if path.endswith(".gz") and encodings.is_gzip(given):  # some servers say so of a file that is packed itself
                given = ""
            yield is_there, encodings.unpacked(encodings.pieces_of(answer), given)


@contextmanager
def _answer(address: str, encoding: str) -> Iterator[HTTPResponse | HTTPError]:
    """Past any cache on the way. Whatever says neither that the file is there nor that there is none is a failure."""
    asked = {"Cache-Control": "no-cache"}
    if encoding != ENCODINGS[0]:
        asked |= headers.of_a_browser(address)
    try:
        answer = _OPENER.open(Request(address, headers=asked | {"Accept-Encoding": encoding}), timeout=_SECONDS)  # noqa: S310
    except HTTPError as error:
        answer = error
    with answer:
        if answer.status not in {HTTPStatus.OK, HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
            raise OSError(f"HTTP {answer.status}")
        yield answer


def _changed(path: str, encoding: str) -> Problem:
    if encoding == ENCODINGS[0]:
        return Problem(code=Code.VERIFY_CHANGED, file=path or "/")
    return Problem(code=Code.VERIFY_COMPRESSED, file=path or "/", details={"encoding": encoding})


def _is_index(path: str) -> bool:
    return path == _INDEX or path.endswith(f"/{_INDEX}")


def _of_failure(path: str, error: Exception) -> Problem:
    path = path or "/"
    if isinstance(error, UnfitError):
        return Problem(code=Code.VERIFY_HEADER, file=path, details={"header": _one_line(str(error))})
    if isinstance(error, ElsewhereError):
        return Problem(code=Code.VERIFY_REDIRECTED, file=path, details={"address": _one_line(str(error))})
    if isinstance(error, UnknownEncodingError):
        return Problem(code=Code.VERIFY_ENCODING, file=path, details={"encoding": _one_line(str(error))})
    return Problem(code=Code.VERIFY_UNREACHABLE, file=path, details={"reason": _one_line(str(error))})


def _one_line(text: str) -> str:
    """What a host said, which cannot look like another line of ours."""
    return "".join(character if character.isprintable() else " " for character in text)[:200]


class _AtHome(HTTPRedirectHandler):
    """Follows a host to encryption, or from a folder's page to the folder, and no further.

    A page that is shown under another address of the same host has its scripts from beside that address, and what
    stands there is not listed.
    """

    def redirect_request(  # noqa: PLR0913, PLR0917  (the library's own)
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        if not _is_the_same(req.full_url, newurl):
            raise ElsewhereError(newurl)
        refuse_leading_away(headers)
        onward = super().redirect_request(req, fp, code, msg, headers, newurl)
        if onward and req.get_header("Accept-encoding") == encodings_of_a_browser(req.full_url):
            onward.add_header("Accept-Encoding", encodings_of_a_browser(newurl))
        return onward


def _is_the_same(before: str, after: str) -> bool:
    """Whether two addresses are of one page of a host, but for encryption."""
    old, new = urlsplit(before), urlsplit(after)
    is_encrypted = (old.scheme, new.scheme) == ("http", "https") and re.fullmatch(
        re.escape(old.netloc.rpartition("@")[2].removesuffix(f":{old.port}")) + r"(:\d+)?", new.netloc
    )
    if not is_encrypted and (old.scheme, old.netloc) != (new.scheme, new.netloc):
        return False
    return new[2:] == old[2:] or (_is_index(old.path) and new[2:] == (old.path.removesuffix(_INDEX), *old[3:]))


class _Timed(RawIOBase):
    """What a host sends, heads of answers too, cut off where it comes too slowly to be waited for."""

    def __init__(self, sent: RawIOBase) -> None:
        self._sent, self._began, self._length = sent, monotonic(), 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int | None:
        length = self._sent.readinto(buffer)
        self._length += length or 0
        if monotonic() - self._began > min(_PATIENCE + self._length / _SLOWEST, _LONGEST):
            raise TimeoutError("too slow")
        return length

    def close(self) -> None:
        self._sent.close()
        super().close()


class _Heard(BufferedReader):
    """What is sent, of which the first lines are kept as they came: those of the head."""

    def __init__(self, sent: RawIOBase) -> None:
        super().__init__(sent)
        self.lines: list[bytes] = []

    def readline(self, size: int | None = -1, /) -> bytes:
        line = super().readline(size)
        if len(self.lines) < _LONGEST_HEAD:
            self.lines.append(line)
        return line


class _TimedAnswer(HTTPResponse):
    def __init__(self, sock: socket, debuglevel: int = 0, method: str | None = None, url: str | None = None) -> None:
        super().__init__(sock, debuglevel, method, url)
        timed = _Timed(sock.makefile("rb", buffering=0))
        self.fp.close()
        self.fp = self._heard = _Heard(timed)

    def begin(self) -> None:
        """Read the head, which the library does leniently: what it drops a browser may obey."""
        super().begin()
        if len(self._heard.lines) == _LONGEST_HEAD:
            raise HTTPException("head too long")
        refuse_unlike(self._heard.lines, self.headers)


class _Plain(HTTPConnection):
    response_class = _TimedAnswer


class _Encrypted(HTTPSConnection):
    response_class = _TimedAnswer


class _PlainHandler(HTTPHandler):
    def http_open(self, req: Request) -> HTTPResponse:
        return self.do_open(_Plain, req)


class _EncryptedHandler(HTTPSHandler):
    def https_open(self, req: Request) -> HTTPResponse:
        return self.do_open(_Encrypted, req)


_OPENER = build_opener(_AtHome, _PlainHandler, _EncryptedHandler)
