"""Exports of ODK Central: a zip archive with a CSV file for each form and each repeat, and attachments in media/."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.shared.codes import Code
from site_builder.untrusted_files import hidden_numbers
from site_builder.untrusted_files.formats import archive, delimited
from site_builder.untrusted_files.formats.bounds import MOST_CELLS
from site_builder.untrusted_files.formats.refusal import Refused
from site_builder.untrusted_files.messages import FactsMessage, Message, NoteMessage, SheetMessage, rows_message

_TABLE = re.compile(r"[^/\\:]+\.csv", re.IGNORECASE)


def contents(data: bytes) -> Iterator[Message]:
    """Each CSV file of the archive as a sheet. Refuses an archive with anything else beside them.

    Attachments, which none of our forms asks for, are left unread.
    """
    parts = [
        part for part in archive.directory(data).values() if not part.is_dir() and not _is_attachment(part.filename)
    ]
    if not parts:
        raise Refused(Code.FILE_ZIP_OTHER)
    names = [archive.name_of(part) for part in parts]
    if not all(_TABLE.fullmatch(name) for name in names):
        raise Refused(Code.FILE_ZIP_OTHER)
    cells = 0
    encodings = set()
    for name, part in zip(names, parts, strict=True):
        sheet = name[: -len(".csv")]
        rows, encoding = delimited.read(sheet, archive.content(data, part))
        cells += sum(map(len, rows))
        if cells > MOST_CELLS:
            raise Refused(Code.FILE_TOO_HEAVY)
        encodings.add(encoding)
        yield SheetMessage(name=sheet)
        yield rows_message(rows)
    hidden = hidden_numbers.in_bytes(data) | hidden_numbers.in_directory(parts)
    yield from (NoteMessage(text=number) for number in sorted(hidden))
    yield FactsMessage(encoding="、".join(sorted(encodings)))


def _is_attachment(name: str) -> bool:
    return name.startswith("media/") and not name.lower().endswith(".csv")
