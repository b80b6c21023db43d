"""What holds from the first day of a campaign: its tables are sound, and a check finds nothing but what is missing."""

from pathlib import Path

from site_builder import checks, last_good
from site_builder.model import campaign, schemas
from site_builder.model.campaign import DataStatus

ROOT = Path(__file__).resolve().parents[2]
SETUP = {"setup-placeholder", "setup-leftover", "setup-gazetteer", "setup-counties", "setup-boundaries"}


def test_every_table_has_its_columns() -> None:
    """Each file of the record begins with the header of its schema."""
    for name, table in schemas.load(ROOT).tables.items():
        folder = ROOT / "content" / "data"
        for path in [*folder.glob(f"{name}.csv"), *folder.glob(f"{name}/*.csv")]:
            with path.open(encoding="utf-8-sig") as file:
                assert file.readline().rstrip("\r\n").split(",") == table.header, path


def test_official_data_hold_no_row_of_a_demonstration() -> None:
    """What was invented went when the campaign became official."""
    if campaign.load(ROOT).data_status is DataStatus.OFFICIAL:
        data = (ROOT / "content" / "data").rglob("*.csv")
        assert [path for path in data if ",demo\n" in path.read_text("utf-8-sig")] == []


def test_nothing_stops_the_site_but_what_is_still_to_be_supplied() -> None:
    """The site can be published, or its campaign is only begun and the check names just what is missing."""
    settings, known = campaign.load(ROOT), schemas.load(ROOT)
    errors = [problem for problem in checks.check(ROOT, settings, known).problems if problem.is_error]
    if not SETUP.isdisjoint(problem.code for problem in errors):
        assert [f"{problem.file}: {problem.code}" for problem in errors if problem.code not in SETUP] == []
    else:
        last_good.publishable(ROOT, settings, known)  # raises what stops it; a county may stay as it last was
