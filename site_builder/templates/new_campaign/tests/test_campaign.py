"""The tests of this campaign: nothing of another one is in it, its tables are sound, and what is complete builds."""

from pathlib import Path

import pytest

from site_builder import campaign, checks, schemas
from site_builder.build import build
from site_builder.campaign import DataStatus
from site_builder.checks import Checked

ROOT = Path(__file__).resolve().parents[1]
# Names of the places that the software came from. What an editor may show as an example is not searched.
ELSEWHERE = (ROOT / "tests" / "elsewhere.txt").read_text(encoding="utf-8").split()
SETUP = {"setup-placeholder", "setup-gazetteer", "setup-counties", "setup-boundaries"}


@pytest.fixture(scope="module")
def checked() -> Checked:
    return checks.check(ROOT, campaign.load(ROOT), schemas.load(ROOT))


def test_every_table_has_its_columns() -> None:
    """Each file of the record begins with the header of its schema."""
    for name, table in schemas.load(ROOT).tables.items():
        folder = ROOT / "content" / "data"
        for path in [*folder.glob(f"{name}.csv"), *folder.glob(f"{name}/*.csv")]:
            with path.open(encoding="utf-8-sig") as file:
                assert file.readline().rstrip("\r\n").split(",") == table.header, path


def test_no_demonstration_row_is_left() -> None:
    """Official data hold no invented row."""
    if campaign.load(ROOT).data_status is not DataStatus.OFFICIAL:
        return
    found = [path for path in (ROOT / "content" / "data").rglob("*.csv") if ",demo\n" in path.read_text("utf-8-sig")]
    assert found == []


def test_nothing_of_another_province_stands_in_the_pages() -> None:
    """No page, word, setting or title names a place that the software came from."""
    folders = [ROOT / "content" / name for name in ("pages", "words", "materials")]
    paths = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    paths += [ROOT / "content" / "campaign.yml", ROOT / "mkdocs.yml"]
    texts = {path: path.read_text(encoding="utf-8", errors="replace") for path in paths}
    assert [(path.name, name) for path, text in texts.items() for name in ELSEWHERE if name in text] == []


def test_what_is_complete_builds(checked: Checked, tmp_path: Path) -> None:
    """Either the check names what is still to be supplied, and nothing else is wrong, or the whole site builds."""
    errors = [problem for problem in checked.problems if problem.is_error]
    if {problem.code for problem in errors} & SETUP:
        assert {problem.code for problem in errors} <= SETUP
        return
    assert errors == []
    for name in ("content", "survey_schemas", "site_builder", "maps", "mkdocs.yml"):
        (tmp_path / name).symlink_to(ROOT / name)
    assert build(tmp_path, "0" * 64, report=lambda step: None).files > 20
