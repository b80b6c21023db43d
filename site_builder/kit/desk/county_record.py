"""The part of a campaign that a county's desk holds: what is the county's own, and what all may see.

The record of other counties, reports of units, editions, their key and pictures stay where they are. So a rule that
compares counties has nothing to compare there; whoever takes a return in has.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import yaml

from site_builder.model import schemas
from site_builder.model.schemas import Field, Schemas, Table
from site_builder.record.tables import FOLDER, canonical_csv
from site_builder.shared.disk import is_plain

# Lists that everybody has: places, what the province issues, and where it tries something out.
_OF_ALL = frozenset({"divisions", "counties", "materials", "pilots"})
_COUNTY = "county_code"
_NAMES = (_COUNTY, "submitting_body", "legal_aid_centre", "data_status")  # of another county
# What the software reads there: another file may be anything that lies in the office's folder.
_SETTINGS = ("campaign.yml", "programme.yml", "undertakings.yml", "words/*.yml", "materials/*/*.yml")
_SCHEMAS = ("*.json", "code_lists/*.csv", "derived/*.json", "tables/*.json")


def files(root: Path, known: Schemas, county: str) -> dict[str, bytes]:
    """Contents by path from the root of a campaign that holds what this county may see."""
    found = {path.relative_to(root).as_posix(): _plainly(path) for path in _settings(root, county)}
    for table in known.tables.values():
        found.update(_of_table(root, table, county))
    return dict(sorted(found.items()))


def _settings(root: Path, county: str) -> Iterator[Path]:
    for pattern in (*_SETTINGS, f"collecting/**/{county}.*"):
        yield from (path for path in (root / "content").glob(pattern) if is_plain(path))
    for pattern in _SCHEMAS:
        yield from (path for path in (root / schemas.FOLDER).glob(pattern) if is_plain(path))


def _plainly(path: Path) -> bytes:
    """What a file holds; of YAML only what every reader of it reads alike."""
    if path.suffix != ".yml":
        return path.read_bytes()
    content = yaml.load(path.read_bytes(), yaml.CSafeLoader)
    return yaml.dump(content, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=1000).encode()


def _of_table(root: Path, table: Table, county: str) -> Iterator[tuple[str, bytes]]:
    name = f"{FOLDER}/{table.name}/{county}.csv" if table.split_by_county else f"{FOLDER}/{table.name}.csv"
    path = root / name
    if not path.is_file():
        return
    if table.split_by_county:
        yield name, path.read_bytes()
        return
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))[1:]
    yield name, canonical_csv(table.header, _seen(table, rows, county), table.key)


def _seen(table: Table, rows: list[list[str]], county: str) -> Iterator[list[str]]:
    """The rows that a county may see; of other counties their names, and no telephone.

    A row without a telephone would be an error, so each has the county's own, which nobody is shown there.
    """
    if _COUNTY not in table.header:
        yield from rows if table.name in _OF_ALL else ()
        return
    place = table.header.index(_COUNTY)
    own = next((row for row in rows if row[place] == county), None)
    for row in rows:
        if row[place] == county:
            yield row
        elif table.name in _OF_ALL and own is not None:
            cells = zip(table.fields, row, own, strict=True)
            yield [cell if field.name in _NAMES else _filler(field, mine) for field, cell, mine in cells]


def _filler(field: Field, own: str) -> str:
    return own if field.constraints.get("required") else ""
