"""A site on the web as readers get it: plainly, and compressed as their browsers ask for it.

A host is nobody's friend here. It may answer a byte a minute, never end, pack a gigabyte into a page or send readers to
another host: each of these ends in a sentence.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException, HTTPMessage, HTTPResponse, HTTPSConnection
from io import BufferedReader, RawIOBase
from socket import socket
from time import monotonic
from typing import IO, TYPE_CHECKING
from urllib.error import HTTPError
from urllib.parse import quote, urlsplit
from urllib.request import HTTPHandler, HTTPRedirectHandler, HTTPSHandler, Request, build_opener

from site_builder.publish.browsers import encodings, headers
from site_builder.publish.browsers.encodings import NotWholeError
from site_builder.publish.browsers.headers import UnfitError
from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

ENCODINGS = ("identity", "gzip", "br")
"""How each file is asked for: as it is, and as a browser asks, in the two ways in which a server may keep it packed."""
_INDEX = "index.html"
_AT_ONCE = 8
_SECONDS = 30  # without a byte
_PATIENCE, _SLOWEST, _LONGEST = 60, 1 << 10, 1800  # seconds; then bytes a second; and after so many seconds, the end
_LARGEST = 100 << 20


class ElsewhereError(Exception):
    """A file is to be fetched from another host. Its text is the address."""


class Host:
    """A site on the web. address: of its top, with a stroke at its end; requests: how often it was asked."""

    def __init__(self, address: str) -> None:
        self.address, self.requests = address, 0

    def content(self, path: str, most: int) -> bytes | None:
        """A small file, None where there is none. Raises CampaignError, also for one of more bytes than the most."""
        content = bytearray()
        try:
            for piece in self._pieces(path, ENCODINGS[0]):
                content += piece
                if len(content) > most:
                    raise CampaignError([Problem(code=Code.VERIFY_LIST, file=path)])
        except FileNotFoundError:
            return None
        except (OSError, HTTPException, ValueError, NotWholeError, ElsewhereError, UnfitError) as error:
            raise CampaignError([_of_failure(path, error)]) from None
        return bytes(content)

    def compare(self, listed: Mapping[str, str]) -> Iterator[Problem]:
        """What of these files, each with its SHA-256, is not given out as it is listed; of folders, what they show."""
        shown = {**listed, **{path.removesuffix(_INDEX): listed[path] for path in listed if _is_index(path)}}
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            results = pool.map(lambda path: self._compared(path, shown[path]), shown)
            yield from (problem for problem in results if problem)

    def _compared(self, path: str, digest: str) -> Problem | None:
        for encoding in ENCODINGS:
            try:
                is_same = self._digest(path, encoding) == digest
            except FileNotFoundError:
                # Not every host shows a folder's page under the folder's own address; one that does shows that page.
                return Problem(code=Code.VERIFY_MISSING, file=path or "/") if not path.endswith("/") else None
            except NotWholeError:
                is_same = False
            except (OSError, HTTPException, ValueError, ElsewhereError, UnfitError) as error:
                return _of_failure(path, error)
            if not is_same:
                is_plain = encoding == ENCODINGS[0]
                details = {} if is_plain else {"encoding": encoding}
                code = Code.VERIFY_CHANGED if is_plain else Code.VERIFY_COMPRESSED
                return Problem(code=code, file=path or "/", details=details)
        return None

    def _digest(self, path: str, encoding: str) -> str:
        digest, length = hashlib.sha256(), 0
        for piece in self._pieces(path, encoding):
            digest.update(piece)
            length += len(piece)
            if length > _LARGEST:  # one that never ends is not the one that is listed
                raise NotWholeError
        return digest.hexdigest()

    def _pieces(self, path: str, encoding: str) -> Iterator[bytes]:
        """A file as a browser shows it that asks for this encoding. Raises FileNotFoundError where there is none."""
        self.requests += 1
        with _answer(self.address + quote(path), encoding) as answer:
            headers.refuse_unfit(path if path and not path.endswith("/") else path + _INDEX, answer.headers)
            given = answer.headers.get("Content-Encoding", "").strip().lower()
            if path.endswith(".gz") and encodings.is_gzip(given):  # some servers say so of a file that is packed itself
                given = ""
            yield from encodings.unpacked(encodings.pieces_of(answer), given)


@contextmanager
def _answer(address: str, encoding: str) -> Iterator[HTTPResponse]:
    """Past any cache on the way."""
    asked = {"Cache-Control": "no-cache", "Accept-Encoding": encoding}
    if encoding != ENCODINGS[0]:
        asked |= headers.OF_A_BROWSER
    try:
        answer = _OPENER.open(Request(address, headers=asked), timeout=_SECONDS)  # noqa: S310  (http or https)
    except HTTPError as error:
        error.close()
        if error.code in {404, 410}:
            raise FileNotFoundError from None
        raise
    with answer:
        yield answer


def _is_index(path: str) -> bool:
    return path == _INDEX or path.endswith(f"/{_INDEX}")


def _of_failure(path: str, error: Exception) -> Problem:
    path = path or "/"
    if isinstance(error, UnfitError):
        return Problem(code=Code.VERIFY_HEADER, file=path, details={"header": _one_line(str(error))})
    if isinstance(error, ElsewhereError):
        return Problem(code=Code.VERIFY_REDIRECTED, file=path, details={"address": _one_line(str(error))})
    return Problem(code=Code.VERIFY_UNREACHABLE, file=path, details={"reason": _one_line(str(error))})


def _one_line(text: str) -> str:
    """What a host said, which cannot look like another line of ours."""
    return "".join(character if character.isprintable() else " " for character in text)[:200]


class _AtHome(HTTPRedirectHandler):
    """Follows a host to another path, or to encryption, and no further."""

    def redirect_request(  # noqa: PLR0913, PLR0917  (the library's own)
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        before, after = urlsplit(req.full_url), urlsplit(newurl)
        is_encrypted = (before.scheme, after.scheme) == ("http", "https")
        is_same = (before.scheme, before.netloc) == (after.scheme, after.netloc)
        if not is_same and not (is_encrypted and before.hostname == after.hostname):
            raise ElsewhereError(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


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


class _TimedAnswer(HTTPResponse):
    def __init__(self, sock: socket, debuglevel: int = 0, method: str | None = None, url: str | None = None) -> None:
        super().__init__(sock, debuglevel, method, url)
        timed = _Timed(sock.makefile("rb", buffering=0))
        self.fp.close()
        self.fp = BufferedReader(timed)


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
