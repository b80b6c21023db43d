"""The schema linter: every table and field says what forms, checks and the gate need to know."""

import csv
import json
import re
from dataclasses import fields
from pathlib import Path

import pytest
from frictionless import Package, Schema

from site_builder.model import forms, schemas
from site_builder.model.schemas import Field, Policy, Table
from site_builder.record import records

PROJECT = Path(__file__).resolve().parents[2]
FOLDER = PROJECT / "survey_schemas"
KNOWN = schemas.load(PROJECT)
TABLES = [*KNOWN.tables.values(), *KNOWN.derived.values()]
FIELDS = [(table, field) for table in TABLES for field in table.fields]
IDS = [f"{table.name}.{field.name}" for table, field in FIELDS]
SURVEYED = KNOWN.tables["village_surveys"].header
CHINESE = re.compile(r"[\u4e00-\u9fff]")

each_table = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
each_field = pytest.mark.parametrize(("table", "field"), FIELDS, ids=IDS)


def descriptor(table: Table, field: Field) -> dict[str, object]:
    return next(item for item in table.descriptor["fields"] if item["name"] == field.name)


def test_the_tables_of_the_design_are_there() -> None:
    """All tables of the design have a schema, also those that are filled later, and so have the published counts."""
    names = (
        "divisions counties villages liaisons windows village_surveys needs feedback materials deliveries "
        "activities stations pilots responsible_units helpers special_actions quality_assessments case_reviews "
        "pilot_months station_work county_surveys unit_work unit_checks unit_targets cases indicators submissions "
        "published_counts"
    )
    assert list(KNOWN.tables) == names.split()


def test_the_package_is_valid() -> None:
    """The Data Package validates with frictionless, blank tables included, once each group has its column."""
    package = json.loads((FOLDER / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        resource["schema"] = dict(KNOWN.tables[resource["name"]].descriptor)
    report = Package.from_descriptor(package, basepath=str(FOLDER)).validate()
    assert report.valid, report.flatten(["type", "note"])


@each_table
def test_a_table_is_described(table: Table) -> None:
    """A table has an ASCII name, a Chinese title and description, and a key made of its fields."""
    assert re.fullmatch(r"[a-z][a-z_]*", table.name)
    assert CHINESE.search(table.title)
    assert CHINESE.search(table.description)
    assert table.key
    assert set(table.key) <= set(table.header)


@each_field
def test_a_field_is_described(table: Table, field: Field) -> None:
    """A field has an ASCII name, a Chinese title, a description and a valid publication policy of its own."""
    assert re.fullmatch(r"[a-z][a-z_]*", field.name)
    assert CHINESE.search(field.title)
    assert CHINESE.search(field.description)
    assert not field.description.endswith("。")
    assert descriptor(table, field)["publication"] in set(Policy)


@each_field
def test_the_example_is_valid(table: Table, field: Field) -> None:
    """A field's example passes the field's own type and constraints."""
    schema = Schema.from_descriptor({"fields": [descriptor(table, field)]})
    _, notes = schema.get_field(field.name).create_cell_reader()(field.example)
    assert field.example
    assert not notes


@each_field
def test_patterns_are_grouped_and_ascii(table: Table, field: Field) -> None:
    r"""A pattern is anchored around one group, and knows ASCII digits only: 1|2 and \d would let too much pass."""
    pattern = field.constraints.get("pattern")
    if pattern is None:
        return
    assert re.fullmatch(r"\^\(\?:.*\)\$", pattern), "write ^(?:…)$"
    assert "\\d" not in pattern
    assert "\\w" not in pattern
    assert pattern.isascii()
    assert not re.compile(pattern).fullmatch(field.example + "\n")


@each_field
def test_choices_are_those_of_the_code_list(table: Table, field: Field) -> None:
    """A field with a code list allows exactly its codes; without one it has no list of its own, but for sums of all."""
    named = descriptor(table, field).get("codeList")
    enum = field.constraints.get("enum")
    if named is None and enum:
        lists = {code for codes in KNOWN.code_lists.values() for code in codes} | set(SURVEYED)
        assert set(enum) <= lists | {"all", "needs", "villages"}
        return
    assert (named is None) == (enum is None)
    if named:
        assert list(KNOWN.code_lists[str(named)]) == enum


@each_field
def test_key_fields_are_required(table: Table, field: Field) -> None:
    """A field of the key cannot be empty."""
    if field.name in table.key:
        assert field.constraints.get("required")


@pytest.mark.parametrize("table", KNOWN.tables.values(), ids=lambda table: table.name)
def test_references_lead_to_keys(table: Table) -> None:
    """A foreign key names a field of a known table that alone is that table's key."""
    for key in table.foreign_keys:
        assert KNOWN.tables[key.table].key == (key.target,)
        assert key.field in table.header


@pytest.mark.parametrize("table", KNOWN.tables.values(), ids=lambda table: table.name)
def test_the_record_has_the_fields_of_the_table(table: Table) -> None:
    """The dataclass of a table has the table's fields, in its order; what a survey counts are its `counts`."""
    names = [field.name for field in fields(records.TYPES[table.name]) if field.name != "origin"]
    assert names == list(dict.fromkeys("counts" if field.counts else field.name for field in table.fields))


@pytest.mark.golden
@pytest.mark.parametrize("table", KNOWN.tables.values(), ids=lambda table: table.name)
def test_the_blank_table_has_the_header(table: Table, request: pytest.FixtureRequest) -> None:
    """survey_schemas/blank holds each table's header line and nothing else; `make bless` writes it."""
    path = FOLDER / "blank" / f"{table.name}.csv"
    if request.config.getoption("--bless"):
        path.write_text(",".join(table.header) + "\n", encoding="utf-8")
    assert path.read_text(encoding="utf-8") == ",".join(table.header) + "\n"


@pytest.mark.parametrize("path", sorted((FOLDER / "code_lists").glob("*.csv")), ids=lambda path: path.stem)
def test_a_code_list_is_well_formed(path: Path) -> None:
    """Codes are ASCII and unique, titles Chinese (or begin with the hotline's number) and unique."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    codes = [row["code"] for row in rows]
    titles = [row["title"] for row in rows]
    assert rows
    assert all(re.fullmatch(r"[a-z][a-z_]*", code) for code in codes)
    assert len(set(codes)) == len(codes)
    assert len(set(titles)) == len(titles)
    assert all(CHINESE.search(title) for title in titles)


def test_the_matters_are_those_of_the_regulations_and_the_notice() -> None:
    """The matters: six of article 10 of the Legal Aid Regulations, and the notice's three about land and houses."""
    matters = FOLDER / "code_lists" / "matters.csv"
    with matters.open(encoding="utf-8", newline="") as file:
        sources = [row["description"] for row in csv.DictReader(file)]
    assert sum("第十条" in source for source in sources) == 6
    assert sum("2018年方案" in source for source in sources) == 3
    assert len(sources) == 9


def test_a_field_without_a_policy_is_internal(tmp_path: Path) -> None:
    """Publication is denied by default: a field that forgot its policy is internal."""
    broken = tmp_path / "survey_schemas"
    for source in FOLDER.rglob("*"):
        target = broken / source.relative_to(FOLDER)
        if source.is_dir():
            target.mkdir(parents=True, exist_ok=True)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(source.read_bytes())
    path = broken / "tables" / "windows.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    del next(field for field in content["fields"] if field["name"] == "phone")["publication"]
    path.write_text(json.dumps(content), encoding="utf-8")
    assert schemas.load(tmp_path).tables["windows"].field("phone").policy is Policy.INTERNAL


@pytest.mark.parametrize("level", ["", *KNOWN.code_lists["unit_levels"]])
def test_a_return_of_all_forms_fits_its_line(level: str) -> None:
    """Who fills in every sheet is not refused for the length of their list, which nobody sent has written."""
    asked = forms.load_of_units(PROJECT, KNOWN).asked_of(level, is_pilot=True) if level else forms.load(PROJECT, KNOWN)
    most = KNOWN.tables["submissions"].field("tables").constraints["maxLength"]
    assert isinstance(most, int)
    assert len(" ".join(asked.forms)) <= most
