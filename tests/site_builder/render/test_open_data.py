"""The downloads are valid by the standards that they name, as validators and schemas of others have it."""

import csv
import json
from pathlib import Path

import pytest
from standard_schemas import hsds_faults, package_faults, schema, table_faults

from site_builder.model.schemas import Schemas
from site_builder.publication.open_tables import PUBLISHED

PACKAGES = ("data/datapackage.json", "hsds/datapackage.json")


@pytest.fixture(scope="module")
def taken(rendered: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what anyone may download."""
    folder = tmp_path_factory.mktemp("taken")
    for name, content in rendered.items():
        if name.startswith(("data/", "hsds/")) and name.endswith((".csv", ".json")):
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_bytes(content)
    return folder


@pytest.mark.parametrize("version", ["1.0", "2.0"])
@pytest.mark.parametrize("package", PACKAGES)
def test_a_descriptor_keeps_to_the_profile(taken: Path, package: str, version: str) -> None:
    """It names version 2; readers of version 1 find what they know."""
    assert package_faults(taken / package, version) == []
    assert json.loads((taken / package).read_text("utf-8"))["$schema"].endswith("/2.0/datapackage.json")


@pytest.mark.parametrize("package", PACKAGES)
def test_every_table_is_what_its_descriptor_says(taken: Path, package: str) -> None:
    """Cells, constraints, primary and foreign keys, sizes and checksums."""
    assert table_faults(taken / package) == []


def test_a_spoiled_table_would_be_found(taken: Path, tmp_path: Path) -> None:
    """A key that leads nowhere, a value out of its bounds, other bytes than the checksum's."""
    for path in (taken / "data").iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    windows = tmp_path / "windows.csv"
    windows.write_text(windows.read_text("utf-8").replace(",220881,2018,", ",229999,1918,", 1), encoding="utf-8")
    kinds = {fault.partition(":")[0] for fault in table_faults(tmp_path / "datapackage.json")}
    assert kinds >= {"foreign-key", "constraint-error", "hash-count"}


def test_keys_constraints_and_titles_of_codes_go_with_the_data(taken: Path, known: Schemas) -> None:
    """All keys between open tables, the constraints of what is shown as it stands, and what each code means."""
    described = json.loads((taken / PACKAGES[0]).read_text("utf-8"))["resources"]
    tables = {each["name"].replace("-", "_"): each["schema"] for each in described}
    for name in PUBLISHED:
        table = known.tables[name]
        keys = {(key.field, key.table) for key in table.foreign_keys if key.table in PUBLISHED}
        found = {
            (key["fields"][0], key["reference"]["resource"].replace("-", "_") or name)
            for key in tables[name].get("foreignKeys", [])
        }
        assert {key for key in keys if key[0] in {field["name"] for field in tables[name]["fields"]}} == found
    fields = {(name, field["name"]): field for name, each in tables.items() for field in each["fields"]}
    assert fields["windows", "county_code"]["constraints"]["pattern"]
    assert {"value": "party_secretary", "label": "村党支部书记"} in fields["liaisons", "role"]["categories"]
    assert "constraints" not in fields["liaisons", "work_phone"]  # it may be masked
    assert all(field["title"] for field in fields.values())


def test_the_directory_keeps_to_hsds(taken: Path) -> None:
    """Every row by the standard's own schema, every required field filled; languages and documents are named."""
    assert hsds_faults(taken / "hsds") == []
    files = {path.name for path in (taken / "hsds").glob("*.csv")}
    assert {"addresses.csv", "languages.csv", "required_documents.csv"} <= files
    assert b",137100,CN," in (taken / "hsds/addresses.csv").read_bytes()


def test_an_address_without_a_postcode_describes_its_location(taken: Path) -> None:
    """Where the settings hold none for a county: an address of the standard's has one."""
    addresses, locations = ((taken / f"hsds/{name}.csv").read_text("utf-8") for name in ("addresses", "locations"))
    assert "大安市" not in addresses
    assert "样例路2号" in locations


def test_the_directory_says_how_a_window_is_reached(taken: Path) -> None:
    """In the standard's own table, of its location, with whom to ask; where nobody has looked, nothing is said."""
    tables = {
        name: list(csv.DictReader((taken / f"hsds/{name}.csv").open(encoding="utf-8", newline="")))
        for name in ("accessibility", "locations")
    }
    (row,) = tables["accessibility"]  # of two windows one has been looked at
    (location,) = [each for each in tables["locations"] if each["id"] == row["location_id"]]
    assert location["name"] == "洮南市脱贫攻坚便民法律援助窗口"
    assert row["description"] == "有台阶，走不了的打电话，有人下来接"
    assert row["details"].endswith("0436-0000005")
    assert row["url"].endswith("windows/W-220881-2018.html")


def test_a_directory_that_lacks_a_postcode_would_be_found(taken: Path, tmp_path: Path) -> None:
    """The standard's schema is read, not a list of ours."""
    (tmp_path / "addresses.csv").write_bytes((taken / "hsds/addresses.csv").read_bytes().replace(b",137100,", b",,"))
    assert any("postal_code" in fault for fault in hsds_faults(tmp_path))
    assert schema("hsds-3.0.json")["version"] == "3.0.0"
