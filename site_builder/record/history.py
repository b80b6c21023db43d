"""How a county's table came to say what it says: its states in git, newest first, each with the returns of its time."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from site_builder.model.schemas import Table
from site_builder.record.tables import county_file
from site_builder.shared import git

RecordRow = dict[str, str]
Key = tuple[str, ...]
_MOST_STATES = 30
_STATUS, _NAME = "data_status", "name"


def is_of_days(table: Table) -> bool:
    """Whether a table's records are each known by what they are about and a day."""
    return len(table.key) == 2 and table.field(table.key[1]).type == "date"


@dataclass(frozen=True, kw_only=True)
class RecordState:
    """A county's table at one time, and what had been sent in by then.

    now: the record's rows as they now are, by path; commit: "" for that state.
    """

    root: Path
    now: Mapping[str, list[RecordRow]]
    county: str
    table: Table
    commit: str = ""

    @cached_property
    def rows(self) -> list[RecordRow]:
        """The table's rows."""
        return self._read(county_file(self.table.name, self.county))

    @cached_property
    def by_key(self) -> dict[Key, RecordRow]:
        """The same, by key."""
        return {tuple(row.get(name, "") for name in self.table.key): row for row in self.rows}

    @cached_property
    def submissions(self) -> list[RecordRow]:
        """The registered returns and changes of this table."""
        every = self._read(county_file("submissions", self.county))
        return [row for row in every if self.table.name in row.get("tables", "").split()]

    def text(self, key: Key, field: str) -> str | None:
        """What stood in a field of a record; of field "" nothing but that the record was there; None where none was."""
        row = self.by_key.get(key)
        return row.get(field, "") if row is not None else None

    def put_right(self, older: RecordState) -> dict[Key, Key]:
        """By its key here, the key under which a record stood in an older state, where its day was put right since.

        It is one that is gone from under its old day, of the same village and person, and mostly as it was.
        """
        if not is_of_days(self.table):
            return {}
        gone = {key: row for key, row in older.by_key.items() if key not in self.by_key}
        found: dict[Key, Key] = {}
        for key, row in self.by_key.items() if gone else ():
            meant = [old for old in gone if old[0] == key[0] and self._is_mostly(row, gone[old])]
            if key not in older.by_key and len(meant) == 1:
                found[key] = meant[0]
        return found

    def _is_mostly(self, row: RecordRow, old: RecordRow) -> bool:
        names = [name for name in self.table.header if name not in {*self.table.key, _STATUS}]
        filled = [name for name in names if row.get(name) or old.get(name)]
        alike = [name for name in filled if row.get(name) == old.get(name)]
        return 2 * len(alike) > len(filled) and (_NAME in alike or _NAME not in names)

    def _read(self, path: str) -> list[RecordRow]:
        if not self.commit:
            return self.now.get(path, [])
        content = git.run(self.root, "show", f"{self.commit}:./{path}").stdout.decode("utf-8-sig", "replace")
        return [
            {name: text or "" for name, text in row.items() if name} for row in csv.DictReader(io.StringIO(content))
        ]


@dataclass(frozen=True, kw_only=True)
class RecordHistory:
    """The states of a county's table: the one now, and those that git has. now: the record's rows, by path."""

    root: Path
    now: Mapping[str, list[RecordRow]]
    county: str
    table: Table

    @cached_property
    def states(self) -> Sequence[RecordState]:
        """Newest first; the one now alone where there is no git."""
        return list(self._states())

    def _states(self) -> Iterator[RecordState]:
        path = county_file(self.table.name, self.county)
        commits = git.lines(self.root, "log", "--first-parent", f"-{_MOST_STATES}", "--format=%H", "--", path)
        for commit in ("", *commits):
            yield RecordState(root=self.root, now=self.now, county=self.county, table=self.table, commit=commit)

    def reports(self, key: Key, field: str) -> list[RecordRow]:
        """The returns that came in when a field began to say what it now says; none where nobody knows.

        What has always been so came with all that had been sent by then; what was never there with none. A record whose
        day was put right is the same one under its day of before.
        """
        now = self.states[0].text(key, field)
        for newer, older in pairwise(self.states):
            key = newer.put_right(older).get(key, key)
            if older.text(key, field) != now:
                known = {row["file_hash"] for row in older.submissions}
                return [row for row in newer.submissions if row["file_hash"] not in known]
        return self.states[-1].submissions if now is not None else []

    @cached_property
    def former(self) -> Mapping[Key, Key]:
        """The keys of records now, by those under which they stood before their days were put right."""
        found: dict[Key, Key] = {}
        for newer, older in pairwise(self.states):
            for key, old in newer.put_right(older).items():
                found.setdefault(old, found.get(key, key))
        now = self.states[0].by_key
        return {old: key for old, key in found.items() if key in now and old not in now}
