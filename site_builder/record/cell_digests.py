"""What a kit said in each cell, as digests that go out with it: so that an untouched cell is told from a changed one.

The kit holds its values in the clear, in their cells; a digest tells more only where a clerk has put another value.
What stood before, a phone for instance, shall not be found by trying all there are. A key would not help, since it
would have to be in the kit, or be a secret that is kept and lost beside git. So the digest is short: of ten million
numbers some 150 have the same 16 bits. It is the same in every kit, so that several kits tell no more than one, and it
is made with county, record and field, so that equal values do not look equal. That a changed cell passes for an
untouched one happens once in 65,536 times that the record has moved on as well, and then it is told as one left alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from site_builder.model.schemas import Table

RecordRow = Mapping[str, str]
Key = tuple[str, ...]
_LETTERS = "abcdefghijklmnop"  # for hexadecimal digits, in which somebody might see a telephone number


@dataclass(frozen=True, slots=True, kw_only=True)
class Prefilled:
    """What the records of a table were when a kit was made: a digest of each field but those of the key.

    others: what they were at other times, where the kit does not say and may be of one of these.
    """

    county: str
    table: Table
    names: frozenset[str]
    digests: Mapping[Key, Mapping[str, str]]
    others: tuple[Prefilled, ...] = ()

    def knows(self, name: str) -> bool:
        """Whether the kit says what was in a field at all. A key says what a record is about, and is no value."""
        return name in self.names and name not in self.table.key

    def said(self, key: Key, name: str, text: str) -> bool:
        """Whether the kit had this text there; of a record that it did not have it said nothing."""
        known = self.digests.get(key)
        return known[name] == digest(self.county, self.table, key, name, text) if known else not text

    def lets(self, key: Key, name: str, before: str, after: str) -> bool:
        """Whether a text may take the place of the record's: the kit had that, and no other time had the new one."""
        was_so = any(key in other.digests and other.said(key, name, after) for other in self.others)
        return self.said(key, name, before) and not was_so


def digest(county: str, table: Table, key: Key, name: str, text: str) -> str:
    """Four letters that stand for a text in its place; a number is the same however it is written."""
    if text and table.field(name).type == "number":
        text = _number(text)
    said = "\0".join((county, table.name, *key, name, text))
    return "".join(_LETTERS[int(digit, 16)] for digit in hashlib.sha256(said.encode()).hexdigest()[:4])


def _number(text: str) -> str:
    try:
        return repr(float(text))
    except ValueError:
        return text


def is_same(table: Table, name: str, before: str, after: str) -> bool:
    """Whether two texts of a field say the same: a number is the same however it is written."""
    if before == after or name in {"county_code", "unit_code"}:
        return True
    is_number = table.field(name).type == "number"
    return bool(is_number and before and after and float(before) == float(after))


def prefilled(county: str, table: Table, names: Iterable[str], rows: Iterable[RecordRow]) -> Prefilled:
    """The digests of these fields of a table's rows; those of the key are left out."""
    asked = [name for name in dict.fromkeys(names) if name not in table.key]
    digests = {}
    for row in rows:
        key = tuple(row.get(name, "") for name in table.key)
        digests[key] = {name: digest(county, table, key, name, row.get(name, "")) for name in asked}
    return Prefilled(county=county, table=table, names=frozenset(asked), digests=digests)
