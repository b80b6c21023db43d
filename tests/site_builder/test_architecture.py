"""The way of the data goes one way: each room imports only the rooms before it in site_builder/stages.yml."""

import ast
import subprocess
import sys
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
import yaml

PROJECT = Path(__file__).resolve().parents[2]
STAGES = yaml.safe_load((PROJECT / "site_builder" / "stages.yml").read_text(encoding="utf-8"))
ROOMS = {room["room"]: room for room in STAGES["rooms"]}
RANK = {room: rank for rank, room in enumerate(ROOMS)}
MOST_MODULES, MOST_IN_ROOT = 16, 6


def module_name(path: Path) -> str:
    """A module's dotted name inside site_builder: `checks.rules.dates`, `checks` for the package itself."""
    parts = path.relative_to(PROJECT / "site_builder").with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


# The tests of a new campaign lie among the templates: they are none of ours to import.
PATHS = sorted(path for path in (PROJECT / "site_builder").rglob("*.py") if "templates" not in path.parts)
MODULES = {name: path for path in PATHS if (name := module_name(path))}


def room_of(module: str) -> str:
    """The innermost room that a module belongs to; "" for none."""
    while module and module not in ROOMS:
        module = module.rpartition(".")[0]
    return module


def imported(path: Path) -> set[str]:
    """The modules of site_builder that a file imports, anywhere in it."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            full = {f"{node.module}.{alias.name}" for alias in node.names}
            names |= {name if name.removeprefix("site_builder.") in MODULES else str(node.module) for name in full}
    ours = {name.removeprefix("site_builder.") for name in names if name.split(".")[0] == "site_builder"}
    return ours - {"site_builder"}


@cache
def graph() -> dict[str, set[str]]:
    """What each module imports. Not made while tests are collected: every worker collects them all."""
    return {name: imported(path) - {name} for name, path in MODULES.items()}


def is_within(module: str, places: list[str]) -> bool:
    """Whether a module is one of these, or inside one of them."""
    return any(module == place or module.startswith(f"{place}.") for place in places)


@pytest.mark.parametrize("module", MODULES)
def test_a_room_imports_only_earlier_rooms(module: str) -> None:
    """A module imports only its own room and rooms that stand above it in the list."""
    assert room_of(module), f"{module} has no room in stages.yml"
    late = {other for other in graph()[module] if RANK[room_of(other)] > RANK[room_of(module)]}
    assert late == set(), f"{module} imports {late}"


def test_every_room_is_there() -> None:
    """A room that stands in the list is a package or a module."""
    assert set(ROOMS) <= set(MODULES)


def test_modules_of_a_room_do_not_go_in_circles() -> None:
    """Inside a room too there is an order in which modules can be read."""
    TopologicalSorter(graph()).prepare()


@pytest.mark.parametrize("room", [name for name, room in ROOMS.items() if "modules" in room])
def test_modules_keep_their_order(room: str) -> None:
    """Where a room lists its modules, each imports only those before it, and none is missing from the list."""
    order = [f"{room}.{name}" for name in ROOMS[room]["modules"]]
    assert {name for name in MODULES if room_of(name) == room and name != room} == set(order)
    for place, module in enumerate(order):
        assert graph()[module] & set(order[place:]) == set(), module


@pytest.mark.parametrize("room", [name for name in ROOMS if RANK[name] > RANK[STAGES["gate"]]])
def test_behind_the_gate_only_what_is_public(room: str) -> None:
    """A room after the gate imports nothing that could hand it a record, unless the list says that it may."""
    also = ROOMS[room].get("behind_the_gate", [])
    if also == "any":
        return
    for module in (name for name in MODULES if room_of(name) == room):
        behind = {other for other in graph()[module] if RANK[room_of(other)] <= RANK[STAGES["gate"]]}
        assert {other for other in behind if not is_within(other, STAGES["public"] + also)} == set(), module


def test_the_list_allows_nothing_that_nobody_needs() -> None:
    """An allowance without use would be a door left open."""
    for name, room in ROOMS.items():
        allowed = room.get("behind_the_gate", [])
        used = {other for module in MODULES if room_of(module) == name for other in graph()[module]}
        assert allowed == "any" or all(any(is_within(each, [place]) for each in used) for place in allowed), name


def test_nothing_of_the_site_reaches_the_office() -> None:
    """What the office alone may see is imported by commands only."""
    assert {
        room_of(name).split(".")[0] for name in MODULES if any(is_within(m, ["office"]) for m in graph()[name])
    } <= {
        "office",
        "commands",
    }


def test_no_room_is_crowded() -> None:
    """A package holds at most 16 modules, the root at most 6, packages inside them not counted."""
    for folder in {path.parent for path in PATHS}:
        most = MOST_IN_ROOT if folder.name == "site_builder" else MOST_MODULES
        assert len(list(folder.glob("*.py"))) <= most, folder


def test_functions_and_modules_can_be_taken_in() -> None:
    """No function has more than 40 lines, no module more than 400."""
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    long = [
        f"{path.name}:{node.name}"
        for path in PATHS
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, functions) and (node.end_lineno or 0) - node.lineno >= 40
    ]
    assert long == []
    modules = [path for path in PATHS if path.name != "codes.py"]  # a list, of one line a code
    assert [path for path in modules if path.read_text(encoding="utf-8").count("\n") > 400] == []


def test_maps_know_nothing_of_the_site() -> None:
    """maps/ imports nothing of site_builder."""
    for path in (PROJECT / "maps").rglob("*.py"):
        assert imported(path) == set(), path


def test_the_documents_have_the_list() -> None:
    """README and CONTRIBUTING show the rooms as the list has them; `make bless` writes them anew."""
    assert subprocess.run([sys.executable, PROJECT / ".ci/stages", "--check"], check=False).returncode == 0
