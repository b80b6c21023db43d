"""System packages: found where they are, installed where allowed, asked for in one command where not."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from ci_machine import Machine, make_machine

ROOT = Path(__file__).parents[2]
REMEDY = "  apt-get update && apt-get install --yes --no-install-recommends"
SUDO = """\
while [ $# -gt 0 ]; do case $1 in -*) shift ;; *) break ;; esac; done
"$@"
"""
MARKED_TESTS = """\
import pytest

@pytest.fixture
def browser():
    raise AssertionError("the browser was started")

@pytest.mark.needs("chromium")
def test_in_a_browser(browser): ...

def test_without(): ...
"""


@pytest.fixture
def machine() -> Iterator[Machine]:
    with make_machine() as machine:
        yield machine


def make_shell(command: str) -> str:
    """Give a script that puts a command on the machine, as installing its package would."""
    return f"echo > bin/{command}; chmod +x bin/{command}"


def test_a_program_from_elsewhere_counts_as_its_package(machine: Machine) -> None:
    """What answers by its name on the path is not missing, whoever installed it."""
    machine.give("bin/node")
    answer = machine.run(".ci/missing-system-packages", "chromium", "nodejs", "npm")
    assert (answer.returncode, answer.stdout) == (0, "chromium\nnpm\n")


def test_without_names_the_whole_list_is_looked_at(machine: Machine) -> None:
    """On a bare machine every command of the list is missing."""
    answer = machine.run(".ci/missing-system-packages")
    missing = answer.stdout.splitlines()
    files = {"fonts-noto-cjk", "nginx-light", "libnginx-mod-http-brotli-static"}  # this machine may have them
    assert [name for name in missing if name not in files] == [
        "chromium",
        "firefox-esr",
        "default-jre-headless",
        "nodejs",
        "npm",
        "faketime",
        "python3-venv",
        "libreoffice-calc",
        "rsync",
        "poppler-utils",
        "caddy",
        "libzbar0",
    ]


def test_a_name_that_is_not_in_the_list_is_refused(machine: Machine) -> None:
    """A misspelt package is an error, not a package that is there."""
    answer = machine.run(".ci/missing-system-packages", "chromum")
    assert answer.returncode == 2
    assert "chromum is not in" in answer.stderr


@pytest.mark.parametrize("programs", [[], ["apt-get"], ["sudo"]], ids=["bare", "no sudo", "no apt-get"])
def test_where_it_may_not_install_it_says_the_one_command(machine: Machine, programs: list[str]) -> None:
    """An ordinary user without sudo, or a machine without apt-get, gets the command, and nothing is tried."""
    for program in programs:
        machine.give(f"bin/{program}")
    answer = machine.run(".ci/install-system-packages", "chromium", "npm")
    assert answer.returncode == 1
    assert "Missing system packages: chromium npm\n" in answer.stdout
    assert answer.stdout.splitlines().count(f"{REMEDY} chromium npm") == 1
    assert machine.calls() == []


def test_sudo_that_asks_for_a_password_is_not_waited_for(machine: Machine) -> None:
    """Where sudo would ask, nothing is installed and the command is said."""
    machine.give("bin/apt-get")
    machine.give("bin/sudo", "exit 1")
    answer = machine.run(".ci/install-system-packages", "npm")
    assert answer.returncode == 1
    assert f"{REMEDY} npm\n" in answer.stdout
    assert machine.calls() == ["sudo -n true"]


def test_only_what_is_missing_is_installed(machine: Machine) -> None:
    """With lists at hand one apt-get call installs the missing packages, and nothing is left to say."""
    machine.give("bin/sudo", SUDO)
    machine.give("bin/node")
    machine.give("bin/apt-get", make_shell("npm"))
    answer = machine.run(".ci/install-system-packages", "nodejs", "npm")
    assert (answer.returncode, answer.stdout) == (0, "")
    apt_calls = [call for call in machine.calls() if call.startswith("apt-get")]
    assert apt_calls == ["apt-get install --yes --no-install-recommends npm"]


def test_stale_package_lists_are_fetched_once(machine: Machine) -> None:
    """When installing fails on the lists at hand, they are fetched and installing is tried once more."""
    machine.give("bin/sudo", SUDO)
    machine.give("bin/apt-get", f"[ -e lists ] || {{ [ $1 = update ] && echo > lists; exit; }}\n{make_shell('npm')}")
    answer = machine.run(".ci/install-system-packages", "npm")
    assert (answer.returncode, answer.stdout) == (0, "")
    assert [call.split()[1] for call in machine.calls() if call.startswith("apt-get")] == [
        "install",
        "update",
        "install",
    ]


def test_a_package_that_did_not_arrive_is_still_missing(machine: Machine) -> None:
    """What counts is that the program is there, not that apt-get was content."""
    machine.give("bin/sudo", SUDO)
    machine.give("bin/apt-get")
    answer = machine.run(".ci/install-system-packages", "chromium")
    assert answer.returncode == 1
    assert f"{REMEDY} chromium\n" in answer.stdout


def test_a_test_whose_package_is_missing_is_an_error(machine: Machine, tmp_path: Path) -> None:
    """It is neither passed nor skipped, its fixtures are not made, and the other tests run."""
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = --strict-markers\n", "utf-8")
    (tmp_path / "test_marked.py").write_text(MARKED_TESTS, "utf-8")
    answer = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "tests.system_packages", "-p", "no:cacheprovider", tmp_path],
        cwd=ROOT,
        env={**os.environ, "PATH": str(machine.home / "bin")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 1
    assert "did not run: needs Debian package chromium" in answer.stdout
    assert "the browser was started" not in answer.stdout
    assert "1 passed, 1 error in" in answer.stdout
