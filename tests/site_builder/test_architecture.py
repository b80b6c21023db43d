"""The way of the data goes one way: each stage imports only the stages before it."""

import ast
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
# From the first stage to the last. Modules of one line do not import one another, unless inside one package.
STAGES = [
    ["characters", "spreadsheet_text", "content_policy", "periods"],
    ["problems", "verdicts"],
    ["strict_yaml", "git", "disk", "extras"],
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
# Shared ground that holds no record: any room may use it.
GROUND = {
    *("campaign", "characters", "content_policy", "coverage", "designs", "disk", "periods", "problems"),
    *("spreadsheet_text", "typesetting", "words"),
}
# The rooms after the gate, which see what it lets through and nothing else.
PUBLIC = {"reports", "glyphs", "prints", "render", "difference", "site_tool", "releases", "build", "publish"}
# The modules after the gate that need more, and what for; none of them lays hands on a record.
BEHIND_THE_GATE = {
    "build.py": {"checks", "last_good", "schemas"},  # carries what passed the check to the gate, unopened
    "difference/__init__.py": {"git", "last_good", "privacy", "schemas", "verdicts"},  # the same, of two commits
    "publish/hook.py": {"git"},  # asks whether it is put into a repository
    "publish/order.py": {"git"},  # asks which commit came first
}
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


@pytest.mark.parametrize("room", sorted(PUBLIC))
def test_what_is_made_is_made_from_public_records_only(room: str) -> None:
    """After the gate nothing imports the records, the tables or the checks: the gate is the only way to a page."""
    for path in (path for path in MODULES if own_room(path) == room):
        allowed = (
            GROUND
            | PUBLIC
            | {"publication"}
            | BEHIND_THE_GATE.get(path.relative_to(PROJECT / "site_builder").as_posix(), set())
        )
        assert imported_rooms(path) <= allowed, path


def test_no_leave_to_look_behind_the_gate_is_left_unused() -> None:
    """A module named among the exceptions imports what it has leave for."""
    for name, rooms in BEHIND_THE_GATE.items():
        assert rooms <= imported_rooms(PROJECT / "site_builder" / name), name


def test_the_rooms_after_the_gate_are_all_of_them() -> None:
    """Every room that stands after the gate is held to public records, but the office's own and those that call."""
    after = {room for rooms in STAGES[RANK["publication"] + 1 :] for room in rooms}
    assert after - PUBLIC == {"internal_report", "new_campaign", "cli", "commands", "__main__"}


def test_maps_know_nothing_of_the_site() -> None:
    """maps/ imports nothing of site_builder."""
    for path in (PROJECT / "maps").rglob("*.py"):
        assert imported_rooms(path) == set(), path
