"""`make test` runs all it can and ends red if anything failed or could not run."""

from collections.abc import Iterator

import pytest
from ci_machine import Machine, make_machine

STEPS = [
    "npm ci --loglevel=error",
    "ruff format --check .",
    "ruff check .",
    "mypy ",
    "deptry .",
    "deptry tests benchmarks --exclude ^$ --ignore DEP001,DEP002,DEP004",
    "zizmor --offline --quiet --pedantic .github .gitea/workflows/long.yml .gitea/workflows/publish.yml",
    "python -m pytest --numprocesses logical --dist loadfile",
]


@pytest.fixture
def machine() -> Iterator[Machine]:
    """A machine on which every step passes."""
    with make_machine() as machine:
        (machine.home / ".ci" / "system-packages.txt").write_text("npm  command -v npm  # why\n", "utf-8")
        (machine.home / "package-lock.json").touch()
        machine.give("bin/npm")
        for tool in ("ruff", "mypy", "deptry", "zizmor"):
            machine.give(f".venv/bin/{tool}")
        machine.give(".venv/bin/python", "echo '=== 7 passed in 1.00s ==='")
        yield machine


def test_every_step_runs_in_order_and_green_is_green(machine: Machine) -> None:
    """Where all is well the tests' own summary is shown and the exit code is 0."""
    answer = machine.run(".ci/test")
    assert machine.calls() == STEPS
    assert answer.returncode == 0
    assert "=== 7 passed in 1.00s ===" in answer.stdout


@pytest.mark.parametrize(
    ("tool", "step"),
    [
        (".venv/bin/ruff", "lint"),
        (".venv/bin/mypy", "lint"),
        (".venv/bin/deptry", "lint"),
        (".venv/bin/zizmor", "lint"),
        (".venv/bin/python", "tests"),
        ("bin/npm", "npm packages"),
    ],
)
def test_a_failure_stops_nothing_and_ends_red(machine: Machine, tool: str, step: str) -> None:
    """Whichever step fails, all others run, and the end names it alone."""
    machine.give(tool, "exit 1")
    answer = machine.run(".ci/test")
    assert machine.calls() == STEPS
    assert answer.returncode == 1
    assert answer.stdout.splitlines()[-1] == f"── test: did not pass: {step}"


def test_a_missing_system_package_ends_red_and_names_the_remedy(machine: Machine) -> None:
    """Without npm, and no right to install it, the rest runs and the one command stands at the end."""
    (machine.home / "bin" / "npm").unlink()
    answer = machine.run(".ci/test")
    assert machine.calls() == STEPS[1:]
    assert answer.returncode == 1
    end = answer.stdout.split("=== 7 passed in 1.00s ===")[1]
    assert "apt-get update && apt-get install --yes --no-install-recommends npm\n" in end
    assert "did not pass: system packages\n" in end
    assert "did not pass: npm packages\n" in end


def test_npm_packages_are_installed_once(machine: Machine) -> None:
    """With the lock's packages in place npm is not called, so that a second run needs no network."""
    (machine.home / "node_modules").mkdir()
    machine.run(".ci/test")
    machine.run(".ci/test")
    assert machine.calls() == STEPS + STEPS[1:]
