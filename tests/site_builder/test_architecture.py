"""The way of the data goes one way: each stage imports only the stages before it."""

import ast
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
# From the first stage to the last. Modules of one line do not import one another, unless inside one package.
STAGES = [
    ["characters", "spreadsheet_text", "content_policy", "periods"],
    ["problems", "verdicts"],
    ["strict_yaml", "git", "extras"],
    ["campaign", "coverage", "designs", "schemas", "words"],
    ["privacy"],
    ["forms"],
    ["tables"],
    ["records"],
    ["disclosure"],
    ["received"],
    ["checks"],
    ["last_good"],
    ["returns"],
    ["typesetting"],
    ["kit"],
    ["collect"],
    ["answer"],
    ["publication"],
    ["reports"],
    ["glyphs"],
    ["prints"],
    ["render"],
    ["difference"],
    ["site_tool", "releases"],
    ["build"],
    ["publish"],
    ["internal_report"],  # after all that makes the site, none of which can reach it
    ["new_campaign", "watching"],
    ["cli"],
    ["commands"],
    ["__main__"],
]
RANK = {room: rank for rank, rooms in enumerate(STAGES) for room in rooms}
# The tests of a new campaign lie among the templates: they are none of ours to import.
MODULES = sorted(path for path in (PROJECT / "site_builder").rglob("*.py") if "templates" not in path.parts)


def room_of(module: str) -> str:
    """The room of a dotted module name, such as `checks` of site_builder.checks.rules.dates."""
    return module.split(".")[1] if "." in module else ""


def imported_rooms(path: Path) -> set[str]:
    rooms = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            rooms |= {room_of(alias.name) for alias in node.names if alias.name.startswith("site_builder")}
        elif isinstance(node, ast.ImportFrom) and node.module == "site_builder":
            rooms |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("site_builder."):
            rooms.add(room_of(node.module or ""))
    return rooms


def own_room(path: Path) -> str:
    return path.relative_to(PROJECT / "site_builder").with_suffix("").parts[0]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PROJECT).as_posix())
def test_a_stage_imports_only_earlier_stages(path: Path) -> None:
    """A module imports only rooms that stand before its own on the way of the data, or its own room."""
    room = own_room(path)
    if room == "__init__":
        assert imported_rooms(path) == set()
        return
    late = {other for other in imported_rooms(path) if other != room and RANK[other] >= RANK[room]}
    # The verbs are told what to print by the command line's words.
    assert late == set(), f"{room} imports {late}"


def test_every_room_has_its_place() -> None:
    """A new module must be given its place on the way of the data."""
    assert {own_room(path) for path in MODULES} - {"__init__"} == set(RANK)


def test_renderers_see_public_records_only() -> None:
    """Nothing in render/ imports the records, the tables or the checks: the gate is the only way to a page."""
    for path in (PROJECT / "site_builder" / "render").rglob("*.py"):
        assert imported_rooms(path) <= {
            "campaign",
            "characters",
            "content_policy",
            "coverage",
            "designs",
            "periods",
            "prints",
            "problems",
            "publication",
            "render",
            "reports",
            "spreadsheet_text",
            "words",
        }, path


def test_maps_know_nothing_of_the_site() -> None:
    """maps/ imports nothing of site_builder."""
    for path in (PROJECT / "maps").rglob("*.py"):
        assert imported_rooms(path) == set(), path
