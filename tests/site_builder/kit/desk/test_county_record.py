"""What a county's desk holds of the record: the county's own, and of others no more than their names."""

import shutil
from pathlib import Path

import pytest

from site_builder.kit.desk import county_record
from site_builder.model import schemas

COUNTY, OTHER = "220881", "220882"
# Somebody else's row of each list that is in one file; none of its words may reach this county.
OTHERS = {
    "counties": f"{OTHER},别县司法局,别县法律援助中心,别街9号,0436-7654321,0436-7654322,full,2018-05-01,demo",
    "published_counts": "2018-04-30,22,needs,all,good_samaritan,7,true,demo",
    "responsible_units": "22-99,别的处,department,,,组长某,,,demo",
}


@pytest.fixture
def files(root: Path) -> dict[str, str]:
    for table, row in OTHERS.items():
        path = root / "content" / "data" / f"{table}.csv"
        path.write_text(path.read_text(encoding="utf-8") + row + "\n", encoding="utf-8")
    (root / "content" / "data" / "liaisons" / f"{OTHER}.csv").write_text("别人", encoding="utf-8")
    found = county_record.files(root, schemas.load(root), COUNTY)
    return {name: content.decode("utf-8") for name, content in found.items()}


def test_the_countys_own_files_are_there_as_they_stand(root: Path, files: dict[str, str]) -> None:
    """Its tables by county, byte for byte."""
    own = sorted((root / "content" / "data").glob(f"*/{COUNTY}.csv"))
    assert own
    for path in own:
        assert files[path.relative_to(root).as_posix()] == path.read_text(encoding="utf-8")


def test_nothing_of_another_county_but_its_name(files: dict[str, str]) -> None:
    """No file of another, no telephone and address of another; its name, by which a return of it is told."""
    assert not [name for name in files if OTHER in name]
    lists = files["content/data/counties.csv"]
    assert "别县法律援助中心" in lists
    assert not [word for word in ("7654321", "7654322", "别街", "2018-05-01") if word in lists]


def test_no_hidden_count_and_no_unit_leaves(files: dict[str, str]) -> None:
    """Editions hold what they hide, and reports of units are no county's: the heads of these lists alone go."""
    for table in ("published_counts", "responsible_units"):
        assert len(files[f"content/data/{table}.csv"].splitlines()) == 1


def test_a_file_that_the_software_does_not_read_stays(root: Path) -> None:
    """Whatever an office keeps there beside the settings, as a list of who is to be called."""
    (root / "content" / "notes.yml").write_text("联系人: 别人\n", encoding="utf-8")
    files = county_record.files(root, schemas.load(root), COUNTY)
    assert "content/notes.yml" not in files
    assert {"content/campaign.yml", "content/programme.yml"} <= files.keys()


def test_of_the_schemas_goes_what_the_software_reads(root: Path) -> None:
    """And no file that lies next to them, nor what a link there leads to: every county would have it."""
    own = root / "survey_schemas"
    original = own.resolve()
    if own.is_symlink():
        own.unlink()
        shutil.copytree(original, own)
    (own / "tables" / ".env").write_text("secret", encoding="utf-8")
    (own / "notes.txt").write_text("secret", encoding="utf-8")
    (root / "secret").write_text("secret", encoding="utf-8")
    known = schemas.load(root)
    (own / "tables" / "x.json").symlink_to(root / "secret")
    files = county_record.files(root, known, COUNTY)
    assert "survey_schemas/tables/liaisons.json" in files
    assert not [name for name, content in files.items() if content == b"secret"]


def test_the_key_of_editions_pages_and_pictures_stay(files: dict[str, str]) -> None:
    """Settings go, and nothing else of content/."""
    beside = [name for name in files if not name.startswith(("content/data/", "survey_schemas/"))]
    assert "content/campaign.yml" in beside
    assert {Path(name).suffix for name in beside} <= {".yml", ".csv"}
    assert not [name for name in beside if "key" in name]
