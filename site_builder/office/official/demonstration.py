"""What of a campaign's content is the demonstration's, and that content without it.

Pages, words, materials and settings are the campaign's and stay. What goes: every row that says `demo`, the editions
and their proofs, pages that call themselves a demonstration, invented quotas, the key that everybody knows.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from site_builder.disclosure import edition_key
from site_builder.disclosure.proof import proof_file
from site_builder.model import content_files, undertakings
from site_builder.model.campaign import DataStatus
from site_builder.model.schemas import Schemas, Table
from site_builder.record import tables
from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError

_PAGES, _MATERIALS, _REGISTER = "content/pages", "content/materials", "materials"
_STATUS = "data_status"
_QUOTAS = re.compile(r"(?m)^quotas:\n(?:[ \t].*\n)+")
_SAYS_DEMO = re.compile(rf"(?m)^ +{_STATUS}: *{DataStatus.DEMO}\b")
_REGISTERED = re.compile(r"(?m)^register_id: *(\S+).*\n")
# Who carries out the notice is said by the notice: of these rows the names stay, and what each has done goes.
_KEPT_FIELDS = {"responsible_units": ("unit_code", "name", "level")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Without:
    """Content without the demonstration: what is to stand at each path that changes, None for nothing.

    rows: how many rows go, by the title of their table.
    """

    files: dict[str, bytes | None]
    rows: dict[str, int]


def without(root: Path, schemas: Schemas) -> Without:
    """The content below a root without the demonstration. Nothing is written.

    Raises CampaignError where a table cannot be read: nobody knows then which of its rows are invented.
    """
    files: dict[str, bytes | None] = {}
    rows: dict[str, int] = {}
    counties = _real_counties(root, schemas.tables["counties"])
    for table in schemas.tables.values():
        if _STATUS in table.header:
            for name, content, gone in _tables(root, table, counties):
                files[name] = content
                rows[table.title] = rows.get(table.title, 0) + gone
    files |= dict.fromkeys(_pages(root))
    files |= dict.fromkeys(_proofs(root, schemas, files))
    files |= dict(_unregistered(root, schemas, files))
    files |= dict(_without_quotas(root))
    files |= dict.fromkeys(_key(root))
    return Without(files=files, rows=rows)


def _tables(root: Path, table: Table, counties: Collection[str]) -> Iterator[tuple[str, bytes | None, int]]:
    """Each file of a table that changes: what is to stand there, and how many rows go.

    counties: those whose office is on record and real. Another county's file that is empty then goes as well; the
    other files keep their header.
    """
    for path in tables.table_files(root / tables.FOLDER, table):
        name = path.relative_to(root).as_posix()
        rows = _rows(root, path, table)
        kept = [row for row in rows if row[_STATUS] != DataStatus.DEMO]
        gone = len(rows) - len(kept)
        kept += _registered(table, rows)
        is_left = kept or not table.split_by_county or path.stem in counties
        if gone or not is_left:
            cells = [[row[field] for field in table.header] for row in kept]
            yield name, tables.canonical_csv(table.header, cells, table.key) if is_left else None, gone


def _rows(root: Path, path: Path, table: Table) -> list[dict[str, str]]:
    file, problems = tables.read_file(root, path, table)
    if file is None:
        raise CampaignError(problems)
    return [dict(zip(table.header, row, strict=True)) for row in file.rows]


def _real_counties(root: Path, table: Table) -> set[str]:
    found = (row for path in tables.table_files(root / tables.FOLDER, table) for row in _rows(root, path, table))
    return {row["county_code"] for row in found if row[_STATUS] != DataStatus.DEMO}


def _registered(table: Table, rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Of demonstration rows what is no invention, as official rows."""
    fields = _KEPT_FIELDS.get(table.name, ())
    demo = (row for row in rows if fields and row[_STATUS] == DataStatus.DEMO)
    blank = dict.fromkeys(table.header, "") | {_STATUS: DataStatus.OFFICIAL.value}
    return [blank | {field: row[field] for field in fields} for row in demo]


def _pages(root: Path) -> Iterator[str]:
    for path in sorted((root / _PAGES).rglob("*.md")):
        if content_files.is_demonstration(path.read_text(encoding="utf-8-sig", errors="replace")):
            yield path.relative_to(root).as_posix()


def _proofs(root: Path, schemas: Schemas, files: dict[str, bytes | None]) -> Iterator[str]:
    """The proofs of editions of which nothing is left."""
    days = {row["edition"] for row in _left(root, schemas.tables["published_counts"], files)}
    for path in sorted((root / proof_file.FOLDER).glob("*.csv")):
        if path.stem not in days:
            yield path.relative_to(root).as_posix()


def _unregistered(root: Path, schemas: Schemas, files: dict[str, bytes | None]) -> Iterator[tuple[str, bytes]]:
    """The descriptions of materials that name a number of the register that is no longer there, without it."""
    known = {row["material_id"] for row in _left(root, schemas.tables[_REGISTER], files)}
    for path in sorted((root / _MATERIALS).glob("*/material.yml")):
        text = path.read_text(encoding="utf-8")
        found = _REGISTERED.search(text)
        if found and found[1] not in known:
            yield path.relative_to(root).as_posix(), _REGISTERED.sub("", text, count=1).encode("utf-8")


def _left(root: Path, table: Table, files: dict[str, bytes | None]) -> Iterator[dict[str, str]]:
    """The rows of a table in one file that are left."""
    name = f"{tables.FOLDER}/{table.name}.csv"
    path = root / name
    content = files[name] if name in files else path.read_bytes() if path.is_file() else None
    yield from csv.DictReader((content or b"").decode("utf-8-sig").splitlines())


def _without_quotas(root: Path) -> Iterator[tuple[str, bytes]]:
    path = root / undertakings.FILE
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    found = _QUOTAS.search(text)
    if found and _SAYS_DEMO.search(found[0]):
        yield undertakings.FILE, _QUOTAS.sub("", text, count=1).encode("utf-8")


def _key(root: Path) -> Iterator[str]:
    """The demonstration's key stands in a public repository, so what it hides is hidden from nobody."""
    if (root / edition_key.FILE).is_file():
        try:
            edition_key.load(root, DataStatus.OFFICIAL)
        except CampaignError as error:
            if any(problem.code is Code.EDITION_KEY_DEMO for problem in error.problems):
                yield edition_key.FILE
