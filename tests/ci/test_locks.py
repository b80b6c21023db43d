"""What is installed is locked by hash, from no fixed address, and agrees with what the project asks for."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PIN = re.compile(r"^([a-z0-9.-]+)(?:\[[a-z0-9,-]+\])?==([^ ;\\]+)")


def pins(lines: list[str]) -> dict[str, str]:
    """Read `name==version` lines to a table of versions by name."""
    return {found[1]: found[2] for found in map(PIN.match, lines) if found}


def locked(name: str) -> dict[str, str]:
    return pins((ROOT / name).read_text("utf-8").splitlines())


def asked_for() -> dict[str, list[str]]:
    """Give the requirements of pyproject.toml by purpose: site, build, test, bench."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    extras = project["project"]["optional-dependencies"]
    return {
        "site": project["project"]["dependencies"],
        "build": project["dependency-groups"]["build"],
        **extras,
    }


NPM_FOLDERS = ["", "benchmarks/lighthouse"]


def package_lock(folder: str) -> dict[str, Any]:
    return json.loads((ROOT / folder / "package-lock.json").read_text("utf-8"))  # type: ignore[no-any-return]


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_every_python_requirement_carries_a_hash(name: str) -> None:
    """Each requirement of a lock is an exact version followed by at least one SHA-256."""
    requirements = (ROOT / name).read_text("utf-8").replace("\\\n", " ").splitlines()
    requirements = [line for line in requirements if line.strip() and not line.lstrip().startswith("#")]
    assert len(requirements) > 10
    assert [line for line in requirements if not PIN.match(line) or "--hash=sha256:" not in line] == []


@pytest.mark.parametrize(
    "name",
    ["requirements.lock", "requirements-dev.lock", "package-lock.json", "benchmarks/lighthouse/package-lock.json"],
)
def test_no_lock_names_an_address(name: str) -> None:
    """A lock made behind one mirror installs behind any other."""
    text = (ROOT / name).read_text("utf-8")
    assert not re.search(r"://|--(extra-)?index-url|--find-links|\"resolved\"", text)


@pytest.mark.parametrize(
    ("name", "purposes"),
    [
        ("requirements.lock", ["site", "build"]),
        ("requirements-dev.lock", ["site", "build", "test", "bench"]),
    ],
)
def test_the_locks_hold_the_versions_that_the_project_pins(name: str, purposes: list[str]) -> None:
    """Every requirement is pinned exactly and locked at that version: no `make lock` was forgotten."""
    wanted = [requirement for purpose in purposes for requirement in asked_for()[purpose]]
    assert len(pins(wanted)) == len(wanted)
    assert pins(wanted).items() <= locked(name).items()


def test_the_tests_run_on_what_the_site_is_built_with() -> None:
    """The tests' lock holds the whole of the site's lock, at the same versions."""
    assert locked("requirements.lock").items() <= locked("requirements-dev.lock").items()


@pytest.mark.parametrize("folder", NPM_FOLDERS)
def test_every_npm_package_carries_a_hash(folder: str) -> None:
    """Each installed package of package-lock.json has its SHA-512."""
    packages = [body for path, body in package_lock(folder)["packages"].items() if path]
    assert packages
    assert all(body["integrity"].startswith("sha512-") for body in packages)


@pytest.mark.parametrize("folder", NPM_FOLDERS)
def test_npm_packages_are_pinned_and_locked_at_that_version(folder: str) -> None:
    """package.json asks for exact versions, and the lock holds them."""
    package = json.loads((ROOT / folder / "package.json").read_text("utf-8"))
    wanted = package.get("devDependencies", {}) | package.get("dependencies", {})
    packages = package_lock(folder)["packages"]
    assert wanted
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())
    assert {name: packages[f"node_modules/{name}"]["version"] for name in wanted} == wanted


@pytest.mark.parametrize("folder", NPM_FOLDERS)
def test_npm_runs_no_script_of_a_package_and_keeps_addresses_out(folder: str) -> None:
    """The settings that keep package-lock.json and the machine clean are in the repository."""
    settings = (ROOT / folder / ".npmrc").read_text("utf-8").splitlines()
    assert {"ignore-scripts=true", "omit-lockfile-registry-resolved=true"} <= set(settings)
