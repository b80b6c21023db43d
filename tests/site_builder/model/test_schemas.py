"""Reading the schemas: what stands in them is shown on pages and forms, so it is read as strictly as data."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from tiny_campaign import PROJECT

from site_builder.model import schemas
from site_builder.shared.problems import CampaignError


@pytest.mark.parametrize(
    ("file", "old"),
    [("code_lists/groups.csv", "老年人"), ("tables/villages.json", "村名"), ("datapackage.json", "法律援助窗口")],
)
def test_a_title_with_an_unfit_character_is_named(file: str, old: str, tmp_path: Path) -> None:
    """A title of a code, a field or a table that holds what nobody sees stops the reading, with file and number."""
    shutil.copytree(PROJECT / schemas.FOLDER, tmp_path / schemas.FOLDER)
    path = tmp_path / schemas.FOLDER / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, f"{old}\u200b", 1), encoding="utf-8")
    with pytest.raises(CampaignError) as caught:
        schemas.load(tmp_path)
    (problem,) = caught.value.problems
    assert problem.code == "schemas-broken"
    assert Path(file).name in problem.details["reason"]
    assert "U+200B" in problem.details["reason"]


def test_a_column_past_z_has_two_letters() -> None:
    """The letters are those of a spreadsheet, however many fields a table has."""
    table = next(iter(schemas.load(PROJECT).tables.values()))
    field = table.fields[0]
    wide = replace(table, fields=tuple(replace(field, name=f"field_{number}") for number in range(703)))
    letters = [wide.column_letter(f"field_{number}") for number in (0, 25, 26, 51, 52, 702)]
    assert letters == ["A", "Z", "AA", "AZ", "BA", "AAA"]
