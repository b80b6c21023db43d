"""The folders of materials, read strictly."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny_campaign import DEMONSTRATION

from site_builder.model import designs
from site_builder.model.designs import Audience, Settings, _faulty_braces, known_values
from site_builder.shared.problems import CampaignError, Problem
from site_builder.shared.words import fill

POSTER = "content/materials/hotline-poster"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A root with one material, to be spoiled."""
    shutil.copytree(DEMONSTRATION / POSTER, tmp_path / POSTER)
    return tmp_path / POSTER


@pytest.fixture
def problems(folder: Path) -> Callable[[], list[Problem]]:
    """Gives what is wrong with the root's materials."""

    def found() -> list[Problem]:
        try:
            designs.load(folder.parents[2])
        except CampaignError as error:
            return error.problems
        return []

    return found


def test_a_sound_folder_is_read(folder: Path) -> None:
    """Its id is the folder's name, its sizes are in millimetres, its edition the latest."""
    (design,) = designs.load(folder.parents[2])
    assert design.design_id == "hotline-poster"
    assert [(size.name, size.width, size.height) for size in design.sizes] == [("a2", 420, 594), ("a3", 297, 420)]
    assert design.edition.name == "2018年第1版"
    assert set(design.files) == {"material.yml", "sheet.typ"}


def test_no_folder_is_no_material(tmp_path: Path) -> None:
    """A campaign may have no materials at all."""
    assert designs.load(tmp_path) == ()


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("kind: poster", "kind: postr", "settings-value", 3),
        ("audience: county", "audience: all", "settings-value", 4),
        ("sizes: [A2, A3]", "sizes: [A9]", "settings-value", 6),
        ("sizes: [A2, A3]", "sizes: []", "settings-value", 6),
        ("title: ", "titel: ", "settings-unknown", 2),
        ("    issued_on: 2018-03-15", "    issued_on: 三月", "settings-value", 10),
        ("title: ", "kind: plaque\ntitle: ", "settings-repeated", 4),
        ("{office_phone}", "{ofice_phone}", "material-braces", None),
        ("{office_phone}", "{office_phone", "material-braces", None),
        ("{office_phone}", "{office_phone.__class__}", "material-braces", None),
        ("{office_phone}", "{village}", "material-braces", None),
        ("register_id: M-04", "register_id: M4", "settings-value", 7),
    ],
)
def test_a_fault_is_named_at_its_line(
    folder: Path, problems: Callable[[], list[Problem]], old: str, new: str, code: str, line: int | None
) -> None:
    """Whatever is wrong in material.yml stops everything, and is reported with its file and line."""
    path = folder / "material.yml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    (problem,) = problems()
    assert (problem.code, problem.file, problem.line) == (code, f"{POSTER}/material.yml", line)


def test_a_folder_without_its_files_or_with_a_wrong_name(folder: Path, problems: Callable[[], list[Problem]]) -> None:
    """Both files must be there, and the name becomes part of addresses."""
    (folder / "sheet.typ").unlink()
    shutil.copytree(folder, folder.parent / "海报")
    assert sorted(problem.code for problem in problems()) == ["material-file-missing", "material-folder"]


@given(st.text("{}:.!0 ahotlinecountry", max_size=30), st.sampled_from(Audience))
def test_a_wording_that_passes_can_be_filled_in(sentence: str, audience: Audience) -> None:
    """Any sentence is either refused when it is read or filled in without a fault."""
    settings = Settings.model_construct(audience=audience, words={"line": sentence}, text=())
    if not list(_faulty_braces(settings, "material.yml")):
        fill(sentence, **dict.fromkeys(known_values(audience), "x"))
