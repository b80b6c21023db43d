"""One fault for each problem of printed materials and of ordering prints."""

import shutil
from argparse import Namespace
from collections.abc import Callable

from faulty_project import Fault, Project, raised
from tiny_campaign import DEMONSTRATION

from site_builder import build
from site_builder.commands import sheets
from site_builder.model import designs
from site_builder.shared.problems import Problem
from site_builder.site import releases

POSTER = "materials/hotline-poster"
SHEET = "materials/posting-sheet"


def with_material(folder: str, spoil: Callable[[Project], object]) -> Fault:
    """One real material, spoiled, met when the materials are read."""

    def made(project: Project) -> list[Problem]:
        shutil.copytree(DEMONSTRATION / "content" / folder, project.path(folder))
        spoil(project)
        return raised(lambda: designs.load(project.root))

    return made


def ordered(project: Project, **wanted: str) -> list[Problem]:
    """What stops `campaign sheets` of an order."""
    options = {"county": "", "village": "", "kind": "posting", "one_file": True, "out": str(project.root / "sheets")}
    return raised(lambda: sheets.run(project.root, Namespace(**options | wanted)))


def with_sheet(project: Project) -> None:
    shutil.copytree(DEMONSTRATION / "content" / SHEET, project.path(SHEET))


def template(project: Project) -> list[Problem]:
    """A template that asks for what there is not."""
    with_sheet(project)
    project.edit(f"{SHEET}/sheet.typ", "#let sheet(item)", "#let wrong = no-such-thing\n#let sheet(item)")
    return ordered(project)


def character(project: Project) -> list[Problem]:
    """A word of a material with a character that no font has."""
    with_sheet(project)
    project.edit(f"{SHEET}/material.yml", "vacant: 暂缺", 'vacant: "\U0002a6df"')
    return ordered(project)


def register(project: Project) -> list[Problem]:
    """A material that is delivered under a number which the register lacks."""
    shutil.copytree(DEMONSTRATION / "content" / POSTER, project.path(POSTER))
    project.edit(f"{POSTER}/material.yml", "register_id: M-04", "register_id: M-99")
    return raised(lambda: build.build(project.root, releases.input_digest(project.root), report=lambda step: None))


def edition(project: Project) -> list[Problem]:
    """A new edition that was written into the folder and not into the register."""
    shutil.copytree(DEMONSTRATION / "content" / POSTER, project.path(POSTER))
    project.edit(f"{POSTER}/material.yml", "register_id: M-04", "register_id: M-01")
    project.edit(f"{POSTER}/material.yml", "2018年第1版", "2018年第7版")
    return raised(lambda: build.build(project.root, releases.input_digest(project.root), report=lambda step: None))


def unknown(project: Project) -> list[Problem]:
    with_sheet(project)
    return ordered(project, county="220818")


def none(project: Project) -> list[Problem]:
    """A county that has no village has no sheet."""
    with_sheet(project)
    return ordered(project, county="220104")


def withheld(project: Project) -> list[Problem]:
    """A board of a window that, by the record, does not keep one of the promises on it."""
    shutil.copytree(DEMONSTRATION / "content/materials/window-board", project.path("materials/window-board"))
    project.edit("materials/window-board/material.yml", "register_id: M-02\n", "")  # a leaflet here
    return ordered(project, county="220881", kind="board")


FAULTS: dict[str, Fault] = {
    "material-folder": with_material(
        POSTER, lambda project: shutil.move(project.path(POSTER), project.path("materials/海报"))
    ),
    "material-file-missing": with_material(POSTER, lambda project: project.path(f"{POSTER}/sheet.typ").unlink()),
    "material-braces": with_material(
        POSTER, lambda project: project.edit(f"{POSTER}/material.yml", "{office_phone}", "{ofice_phone}")
    ),
    "material-source": with_material(
        POSTER, lambda project: project.append(f"{POSTER}/sheet.typ", '#import "@preview/cetz:0.3.1": canvas')
    ),
    "material-template": template,
    "material-character": character,
    "material-register": register,
    "material-edition": edition,
    "sheets-unknown": unknown,
    "sheets-none": none,
    "sheets-withheld": withheld,
}
