"""The files as a whole: the same bytes, the canonical form, every schema, every key."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

import pytest

from demonstration import editions, generate
from demonstration.generator import ROOT
from site_builder import privacy
from site_builder.model.campaign import Campaign
from site_builder.model.schemas import Field, Table
from site_builder.record.tables import canonical_csv

if TYPE_CHECKING:
    from _typeshed import SupportsAllComparisons

Tables = dict[str, list[dict[str, str]]]
_COUNTY_COLUMNS = ("county_code", "recipient_code", "village_code")
DIGEST = (
    "import hashlib; from demonstration import generate; files = generate(100);"
    "print(hashlib.sha256(b''.join(k.encode() + files[k] for k in sorted(files))).hexdigest())"
)


@pytest.mark.long_form  # .ci/run makes the whole demonstration again, in a process of its own
def test_same_seed_gives_same_bytes_in_another_process() -> None:
    """Neither the process nor its hash seed has a say in the bytes."""
    files = generate(100)
    expected = hashlib.sha256(b"".join(name.encode() + files[name] for name in sorted(files))).hexdigest()
    environment = {**os.environ, "PYTHONHASHSEED": "12345"}
    run = [sys.executable, "-c", DIGEST]
    output = subprocess.run(run, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    assert output.stdout.strip() == expected


def test_another_seed_gives_other_people_in_as_many_villages(monkeypatch: pytest.MonkeyPatch) -> None:
    """The seed changes what is invented, not how much and not the gazetteer."""
    monkeypatch.setattr(editions, "published_counts", lambda *_: b"")  # they take long, and are made of all the rest
    one, other = generate(100, seed=1), generate(100, seed=2)
    assert one["divisions.csv"] == other["divisions.csv"]
    assert one["villages/220881.csv"].count(b"\n") == other["villages/220881.csv"].count(b"\n")
    assert one["liaisons/220881.csv"] != other["liaisons/220881.csv"]


@pytest.mark.parametrize("villages", [0, -5, 10_000_000])
def test_impossible_sizes_are_refused(villages: int) -> None:
    """No village at all, or more than there are codes for, is an error and not a surprise."""
    with pytest.raises(ValueError, match=str(villages if villages < 1 else villages - 2700)):
        generate(villages)


def test_files_are_canonical_and_named_by_county(files: dict[str, bytes], definitions: Mapping[str, Table]) -> None:
    """UTF-8 without BOM, LF, header in schema order, rows by key; each row in its own county's file."""
    for path, content in files.items():
        name, _, county = path.removesuffix(".csv").partition("/")
        table = definitions[name]
        rows = list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))
        assert rows[0] == table.header, path
        assert content == canonical_csv(table.header, rows[1:], table.key), path
        assert b"\r" not in content, path
        assert content.endswith(b"\n"), path
        assert bool(county) == table.split_by_county, path
        column = next((rows[0].index(c) for c in _COUNTY_COLUMNS if c in rows[0]), None)
        assert not county or {row[column or 0][:6] for row in rows[1:]} <= {county}, path


def test_every_cell_satisfies_its_schema(tables: Tables, definitions: Mapping[str, Table]) -> None:
    """Required, type, pattern, choice, range and length hold in every cell of every table that began by June."""
    assert set(definitions) - set(tables) == {"station_work", "unit_checks"}
    faults = [
        (name, field.name, cell)
        for name, rows in tables.items()
        for field in definitions[name].fields
        for cell in {row[field.name] for row in rows}
        if not _fits(field, cell)
    ]
    assert faults == []


def _fits(field: Field, cell: str) -> bool:
    limits = field.constraints
    if not cell:
        return not limits.get("required")
    value = _value(field.type, cell)
    if value is None or cell != cell.strip():
        return False
    low, high = (_value(field.type, str(limits[key])) if key in limits else None for key in ("minimum", "maximum"))
    if not ((low is None or value >= low) and (high is None or value <= high)):
        return False
    return (
        ("pattern" not in limits or re.fullmatch(limits["pattern"].strip("^$"), cell) is not None)
        and cell in limits.get("enum", [cell])
        and len(cell) <= limits.get("maxLength", len(cell))
    )


def _value(kind: str, cell: str) -> SupportsAllComparisons | None:
    """What a cell says, to be compared with others of its kind; None where it is not of that kind."""
    with suppress(ValueError):
        match kind:
            case "integer":
                return int(cell) if re.fullmatch("0|[1-9][0-9]*", cell) else None
            case "number":
                return float(cell)
            case "date":
                return date.fromisoformat(cell)
            case "boolean":
                return cell if cell in ("true", "false") else None
            case "string":
                return cell
    return None


def test_keys_are_unique_over_all_files(tables: Tables, definitions: Mapping[str, Table]) -> None:
    """No record is there twice, not even in two files."""
    for name, rows in tables.items():
        keys = Counter(tuple(row[column] for column in definitions[name].key) for row in rows)
        assert [key for key, count in keys.items() if count > 1] == [], name


def test_references_hold(tables: Tables, definitions: Mapping[str, Table]) -> None:
    """Every code that names a record of another table, or a unit of the gazetteer, finds it."""
    for name, rows in tables.items():
        for reference in definitions[name].foreign_keys:
            known = {row[reference.target] for row in tables[reference.table]}
            found = {row[reference.field] for row in rows} - {""}
            assert found <= known, (name, reference.field)


def test_only_the_pilots_are_official(tables: Tables) -> None:
    """Whatever is invented says so; only what stands in the notice does not."""
    found = {name: {row["data_status"] for row in rows} for name, rows in tables.items() if "data_status" in rows[0]}
    assert found.pop("pilots") == {"official"}
    assert set.union(*found.values()) == {"demo"}
    assert len(found) == 24


def test_dates_lie_between_the_two_campaigns_and_the_day_of_the_data(
    tables: Tables, settings: Campaign, definitions: Mapping[str, Table]
) -> None:
    """Nothing is dated before 2017 or after the day to which the data stand, but for what is announced."""
    dates = {
        row[field.name]
        for name, rows in tables.items()
        for field in definitions[name].fields
        if field.type == "date"
        for row in rows
        if (name, field.name) not in {("activities", "held_on"), ("unit_targets", "due_on")}
    } - {""}
    assert min(dates) >= "2017-01-01"
    assert max(dates) <= settings.data_as_of.isoformat()


def test_nothing_looks_like_a_personal_number(files: dict[str, bytes]) -> None:
    """Some hundred thousand cells of real codes and invented people raise no alarm: the detector is not that wrong."""
    cells = [cell for text in files.values() for row in csv.reader(io.StringIO(text.decode())) for cell in row]
    assert len(cells) > 100_000
    assert [cell for cell in cells if privacy.find(cell)] == []
