"""The process that reads an untrusted file: bytes in, messages out, with little memory and nothing to lose.

Run as `python -c` by `site_builder.untrusted_files.reading`; imports no more than it needs.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from site_builder.shared.codes import Code
from site_builder.untrusted_files import exports, kinds, limits, workbook
from site_builder.untrusted_files.formats import delimited
from site_builder.untrusted_files.formats.bounds import MOST_REPORTED
from site_builder.untrusted_files.formats.refusal import Refused
from site_builder.untrusted_files.messages import (
    BEGUN,
    TOO_HEAVY,
    FactsMessage,
    Message,
    RefusalMessage,
    SheetMessage,
    encoded,
    rows_message,
)

ACCEPTED = {".xlsx": "xlsx", ".xls": "xls", ".ods": "ods", ".csv": "text", ".zip": "zip"}
_UNSAFE = {"encrypted": Code.FILE_ENCRYPTED, "macros": Code.FILE_MACROS}


def main(suffix: str) -> None:
    """Read the file from standard input, write what it holds to standard output."""
    limits.limit_itself()
    sys.stdout.buffer.write(BEGUN)
    sys.stdout.buffer.flush()
    for piece in pieces(suffix, sys.stdin.buffer.read()):
        sys.stdout.buffer.write(piece)


def pieces(suffix: str, data: bytes) -> Iterator[bytes]:
    """The messages of a file as they are sent: what would be more than may be sent ends as too heavy."""
    size = 0
    for message in messages(suffix, data):
        piece = encoded(message)
        size += len(piece)
        if size > MOST_REPORTED:
            yield encoded(TOO_HEAVY)
            return
        yield piece


def messages(suffix: str, data: bytes) -> Iterator[Message]:
    """What a file holds; ends in facts or, whatever went wrong, in a refusal.

    suffix: of the file's name, such as ".xlsx". The sheet of a CSV file has no name here.
    """
    try:
        yield from _contents(suffix, data)
    except Refused as refusal:
        yield _refusal(refusal)
    except MemoryError:
        yield TOO_HEAVY
    except GeneratorExit:
        raise
    except BaseException:
        yield RefusalMessage(code=Code.FILE_UNREADABLE, details={})


def _refusal(refusal: Refused) -> RefusalMessage:
    return RefusalMessage(
        code=refusal.code, sheet=refusal.sheet, cell=refusal.cell, line=refusal.line, details=refusal.details
    )


def _contents(suffix: str, data: bytes) -> Iterator[Message]:
    kind = kinds.real_kind(data)
    if kind == "text" and suffix != ".csv" and not delimited.is_text(data):
        kind = "other"
    if kind in _UNSAFE:
        raise Refused(_UNSAFE[kind])
    if kind != ACCEPTED[suffix]:
        raise Refused(Code.FILE_KIND_DIFFERS, name=suffix, kind=kind)
    if kind == "zip":
        yield from exports.contents(data)
    elif kind == "text":
        rows, encoding = delimited.read("", data)
        yield SheetMessage()
        yield rows_message(rows)
        yield FactsMessage(encoding=encoding)
    else:
        yield from workbook.contents(kind, data)
