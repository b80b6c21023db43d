"""What a county's files of today do not allow any more is taken out of its last good state before that is shown.

A phone that was emptied, a consent that was taken back, a liaison's row that is gone or has another name: whatever
else is wrong with the files, a name or a phone of the state stays only where today's file still has it, of the same
village, window or station. A file is read here for that alone, row by row, in any encoding and with any separator; of
a file in which nothing can be read the one before it counts.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from site_builder.model.schemas import Field, Policy, Schemas, Table
from site_builder.record.tables import DataFile, Reading, canonical_csv

_SEPARATORS = ",;\t；，|"
_WIDE = (b"\xff\xfe", b"\xfe\xff")  # begin a text of two bytes a character
Row = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """A state of which only what today's files allow is left, and how many names and phones were taken out of it."""

    reading: Reading
    names: int
    phones: int


def allowed(state: Reading, versions: Sequence[Mapping[str, bytes]], schemas: Schemas, hotline: str) -> Allowed:
    """Take out of a county's state what its newest files do not allow.

    versions: the county's files by path, today's first, then the earlier ones back to the state's own; hotline: what
    stands where a phone is taken out that may not be missing.
    """
    files, names, phones = [], 0, 0
    for file in state.files:
        rows, lines = [], []
        table = schemas.tables[file.table]
        says = {field.name: _present(table, field, file, versions) for field in table.fields if is_shown(field)}
        for row, line in zip(_named(table, file), file.lines, strict=True):
            gone = [field for field in table.fields if field.name in says and not _is_allowed(field, row, says, table)]
            names += sum(field.is_person for field in gone)
            phones += sum(not field.is_person for field in gone)
            if not any(field.is_person and field.constraints.get("required") for field in gone):
                emptied = {f.name: hotline if f.constraints.get("required") else "" for f in gone}
                rows.append([(row | emptied)[name] for name in table.header])
                lines.append(line)
        files.append(_holding(file, rows, lines, table))
    return Allowed(reading=replace(state, files=files), names=names, phones=phones)


def is_shown(field: Field) -> bool:
    """Whether the public may see a person's name or a number to call in it."""
    is_phone = field.mask == "mobile" or field.name == "phone" or field.name.endswith("_phone")
    return field.policy in (Policy.PUBLIC, Policy.MASKED) and (field.is_person or is_phone)


def _is_allowed(field: Field, row: Row, says: Mapping[str, Sequence[Row] | None], table: Table) -> bool:
    """Whether a row's name or phone stands in a row of the same owner still, the phone with the consent it needs."""
    present, owner = says[field.name], table.key[0]
    if present is None or not row[field.name] or not _is_open(field, row):
        return True
    same = (other for other in present if other.get(owner) == row[owner] and other.get(field.name) == row[field.name])
    return any(_is_open(field, other) for other in same)


def _is_open(field: Field, row: Row) -> bool:
    """What is masked is a person's own: shown while they serve, and by their consent."""
    return field.policy is not Policy.MASKED or (row.get("phone_consent") == "true" and not row.get("to_date"))


def _present(
    table: Table, field: Field, file: DataFile, versions: Sequence[Mapping[str, bytes]]
) -> Sequence[Row] | None:
    """The rows of the newest version of a file that says something of a field; None where none does.

    A version with rows of others alone, as a neighbour's file under this name, says nothing.
    """
    owner = table.key[0]
    known = {row[owner] for row in _named(table, file)}
    for version in versions:
        rows = _read(version.get(file.path, b""), {owner, field.name})
        if rows is not None and (not rows or any(row.get(owner) in known for row in rows)):
            return rows
    return None


def _read(content: bytes, needed: set[str]) -> list[Row] | None:
    """The rows of a file that has the columns needed; None where it has not, however it is read."""
    lines = [_decoded(line) for line in _narrow(content).splitlines()]
    for separator in _SEPARATORS:
        cells = [list(map(str.strip, row)) for row in _cells(lines, separator) if row]
        head = next((number for number, row in enumerate(cells) if needed <= set(row)), None)
        if head is not None:
            return [dict(zip(cells[head], row, strict=False)) for row in cells[head + 1 :] if any(row)]
    return None


def _narrow(content: bytes) -> bytes:
    return content.decode("utf-16", "replace").encode() if content.startswith(_WIDE) else content


def _decoded(line: bytes) -> str:
    """A line in whichever encoding it is: a file may have been put together of two."""
    try:
        return line.decode("utf-8-sig")
    except UnicodeDecodeError:
        return line.decode("gb18030", "replace")


def _cells(lines: Iterable[str], separator: str) -> Iterator[list[str]]:
    """Each line by itself, so that a quote left open swallows nothing."""
    for line in lines:
        whole = line.replace('"', "") if line.count('"') % 2 else line
        try:
            yield from csv.reader([whole], delimiter=separator)
        except csv.Error:
            continue


def _named(table: Table, file: DataFile) -> list[dict[str, str]]:
    return [dict(zip(table.header, row, strict=True)) for row in file.rows]


def _holding(file: DataFile, rows: list[list[str]], lines: list[int], table: Table) -> DataFile:
    """The file with other rows; it has another digest then, by which it is remembered what was found valid."""
    if rows == file.rows:
        return file
    digest = hashlib.sha256(canonical_csv(table.header, rows, table.key)).hexdigest()
    return replace(file, rows=rows, lines=lines, digest=digest)
