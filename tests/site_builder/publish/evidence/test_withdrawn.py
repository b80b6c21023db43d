"""A rollback shows no name and no phone again that was withdrawn, unless somebody says that it shall."""

from pathlib import Path

import pytest
from small_press import Press, make_press

from site_builder.cli import main
from site_builder.model import schemas
from site_builder.model.schemas import Policy
from site_builder.publish import directory
from site_builder.publish.evidence import withdrawn
from site_builder.site import release_folders

HEAD = "\ufeffvillage_code,from_date,name,work_phone\n"
BEFORE = HEAD + "220881100200,2018-03-01,朴银姬,0436-6667788\n220881100201,2018-03-01,金样例,\n"
AFTER = HEAD + "220881100200,2018-03-01,朴银姬,\n220881100201,2018-03-01,金样例,0436-0000001\n"


@pytest.fixture
def press(tmp_path: Path) -> Press:
    """Two releases: the second has a phone less and another more."""
    press = make_press(tmp_path, 2)
    for site, text in zip(press.sites, (BEFORE, AFTER), strict=True):
        (site.built / "site" / "data").mkdir()
        (site.built / "site" / "data" / "liaisons.csv").write_text(text, "utf-8")
        (site.built / release_folders.CHECKSUMS).write_text(release_folders.checksums(site.built))
    return press


def test_a_rollback_that_shows_what_was_withdrawn_is_refused(
    press: Press, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The village is told, and neither the name nor the phone; what is served stays. Who says so goes on."""
    place = tmp_path / "www"
    press.publish(place, 0)
    press.publish(place, 1)
    before = directory.live(place)
    assert main(["rollback", str(place)]) == 1
    said = capsys.readouterr().err
    assert "rollback-withdrawn" in said
    assert "220881100200" in said
    assert "220881100201" not in said
    assert "6667788" not in said
    assert directory.live(place) == before
    assert main(["rollback", str(place), "--show-again"]) == 0
    assert directory.live(place) != before


def test_back_to_the_newest_nothing_is_asked(press: Press, tmp_path: Path) -> None:
    """It has nothing that it does not have."""
    place = tmp_path / "www"
    press.publish(place, 0)
    press.publish(place, 1)
    assert main(["rollback", str(place), "--show-again"]) == 0
    assert main(["rollback", str(place), "2"]) == 0


def test_every_open_name_and_phone_is_looked_at() -> None:
    """One that a later version of the schemas opens would come back without a word."""
    known = schemas.load(Path(__file__).parents[4])
    for table in known.tables.values():
        told = {
            field.name
            for field in table.fields
            if field.policy in {Policy.PUBLIC, Policy.MASKED}
            and (field.is_person or field.name.endswith(("phone", "_person", "_head")))
        }
        assert told <= set(withdrawn._FIELDS.get(table.name, ())), table.name
