"""What is installed is locked by hash, from no fixed address, and agrees with what the project asks for."""

import json
import re
import subprocess
import tomllib
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

import pytest
from lock_closure import PYTHONS, SYSTEMS, environment, lock_for
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PIN = re.compile(r"^([a-z0-9.-]+)(?:\[[a-z0-9,-]+\])?==([^ ;\\]+)")


LOCKS = {
    "requirements.lock": ["site", "build", "preview"],
    "requirements-s3.lock": ["site", "build", "preview", "s3"],
    "requirements-dev.lock": ["site", "build", "preview", "s3", "test", "bench"],
}


def pins(lines: list[str]) -> dict[str, str]:
    """Read `name==version` lines to a table of versions by name."""
    return {found[1]: found[2] for found in map(PIN.match, lines) if found}


def locked(name: str) -> dict[str, str]:
    return pins((ROOT / name).read_text("utf-8").splitlines())


def asked_for() -> dict[str, list[str]]:
    """Give the requirements of pyproject.toml by purpose: site, build and the extras."""
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


@pytest.mark.parametrize("name", LOCKS)
def test_every_python_requirement_carries_a_hash(name: str) -> None:
    """Each requirement of a lock is an exact version followed by at least one SHA-256."""
    requirements = (ROOT / name).read_text("utf-8").replace("\\\n", " ").splitlines()
    requirements = [line for line in requirements if line.strip() and not line.lstrip().startswith("#")]
    assert len(requirements) > 10
    assert [line for line in requirements if not PIN.match(line) or "--hash=sha256:" not in line] == []


@pytest.mark.parametrize(
    "name",
    [*LOCKS, "package-lock.json", "benchmarks/lighthouse/package-lock.json"],
)
def test_no_lock_names_an_address(name: str) -> None:
    """A lock made behind one mirror installs behind any other."""
    text = (ROOT / name).read_text("utf-8")
    assert not re.search(r"://|--(extra-)?index-url|--find-links|\"resolved\"", text)


@pytest.mark.parametrize(("name", "purposes"), LOCKS.items())
def test_the_locks_hold_the_versions_that_the_project_pins(name: str, purposes: list[str]) -> None:
    """Every requirement is pinned exactly and locked at that version: no `make lock` was forgotten."""
    wanted = [requirement for purpose in purposes for requirement in asked_for()[purpose]]
    assert len(pins(wanted)) == len(wanted)
    assert pins(wanted).items() <= locked(name).items()


def test_every_extra_is_in_a_lock() -> None:
    """A new extra must be given its lock; the tests have all of them."""
    assert set(LOCKS["requirements-dev.lock"]) == asked_for().keys()


@pytest.mark.parametrize("name", LOCKS)
@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("python", PYTHONS)
def test_a_lock_is_closed(name: str, python: str, system: str) -> None:
    """Whatever a locked package asks for stands in the lock, by extras and markers: nobody has to resolve anything."""
    wanted = [requirement for purpose in LOCKS[name] for requirement in asked_for()[purpose]]
    lock = (ROOT / name).read_text("utf-8")
    assert lock_for(lock, environment(python, system)).unmet(wanted) == []


def test_a_lock_that_is_open_is_seen() -> None:
    """Without a package that only an extra asks for, the lock is open; so it is with another version than asked for."""
    lock = (ROOT / "requirements-dev.lock").read_text("utf-8")
    here = environment("3.11.14", "linux")
    open_lock = re.sub(r"(?m)^py-partiql-parser==", "#", lock)
    assert any("py-partiql-parser" in need for need in lock_for(open_lock, here).unmet(["moto[s3]"]))
    assert lock_for(lock, here).unmet(["numpy<2"]) == ["numpy<2"]


def test_most_of_the_lock_is_installed_here() -> None:
    """What the packages ask for is known from those that are installed, so they have to be: at the lock's versions."""
    lock = lock_for((ROOT / "requirements-dev.lock").read_text("utf-8"), environment("3.11.14", "linux")).pins
    here = {canonicalize_name(found.name): found.version for found in distributions()}
    assert len(lock.items() & here.items()) > 0.95 * len(lock)


def test_the_tests_run_on_what_the_site_is_built_with() -> None:
    """Each larger lock holds the whole of the smaller ones, at the same versions."""
    assert locked("requirements.lock").items() < locked("requirements-s3.lock").items()
    assert locked("requirements-s3.lock").items() < locked("requirements-dev.lock").items()
    assert "boto3" not in locked("requirements.lock")


@pytest.mark.parametrize("makefile", ["Makefile", "site_builder/templates/new_campaign/Makefile"])
def test_make_installs_by_the_lock_of_what_is_asked_for(makefile: str, tmp_path: Path) -> None:
    """boto3 comes with a target of S3 alone, watchdog always; and pip is called in one place only."""
    text = (ROOT / makefile).read_text("utf-8")
    assert "pip" not in text
    for target, has_s3 in (("s3://bucket/site", True), ("/srv/www", False), ("", False)):
        command = ["make", f"--file={ROOT / makefile}", "--dry-run", "publish", f"TARGET={target}", f"VENV={tmp_path}"]
        steps = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
        assert ("requirements-s3.lock" in steps) is has_s3
        assert f".ci/install-locked {tmp_path} requirements.lock" in steps


@pytest.mark.parametrize("folder", NPM_FOLDERS)
def test_every_npm_package_carries_a_hash(folder: str) -> None:
    """Each installed package of package-lock.json has its SHA-512, or lies in the file of one that has."""
    locked = package_lock(folder)["packages"]
    packages = [body for path, body in locked.items() if path and not body.get("inBundle")]
    assert packages
    assert all(body["integrity"].startswith("sha512-") for body in packages)


@pytest.mark.parametrize("folder", NPM_FOLDERS)
def test_npm_packages_are_pinned_and_locked_at_that_version(folder: str) -> None:
    """package.json asks for exact versions, and the lock holds them."""
    package = json.loads((ROOT / folder / "package.json").read_text("utf-8"))
    wanted = package.get("devDependencies", {}) | package.get("dependencies", {})
    packages = package_lock(folder)["packages"]
    assert wanted
    versions = {name: asked.rpartition("@")[2] for name, asked in wanted.items()}  # npm:chrome-aws-lambda@1.8.0
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in versions.values())
    assert {name: packages[f"node_modules/{name}"]["version"] for name in wanted} == versions


@pytest.mark.parametrize("folder", NPM_FOLDERS)
def test_npm_runs_no_script_of_a_package_and_keeps_addresses_out(folder: str) -> None:
    """The settings that keep package-lock.json and the machine clean are in the repository."""
    settings = (ROOT / folder / ".npmrc").read_text("utf-8").splitlines()
    assert {"ignore-scripts=true", "omit-lockfile-registry-resolved=true"} <= set(settings)
