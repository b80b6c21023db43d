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
    "zizmor --offline --quiet --pedantic .github .gitea/workflows/check.yml .gitea/workflows/long.yml",
    "python -m pytest --numprocesses logical --dist loadfile --no-loadscope-reorder tests",
]
OF_THE_SOFTWARE = [*STEPS[:-1], f"{STEPS[-1]} --ignore=tests/site"]
OF_THE_SITE = [STEPS[0], f"{STEPS[-1]}/site"]
APART = [*OF_THE_SOFTWARE, OF_THE_SITE[-1]]


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


def steps_of(machine: Machine) -> list[str]:
    """What was called since this was asked last, but for the question which software it is; lint before the tests."""
    calls = machine.calls()
    (machine.home / "log").write_text("")
    return sorted((call for call in calls if not call.startswith("software-digest")), key=is_tests)


def is_tests(call: str) -> bool:
    return call.startswith("python -m pytest")


def test_every_step_runs_in_order_and_green_is_green(machine: Machine) -> None:
    """Where all is well the tests' own summary is shown and the exit code is 0."""
    answer = machine.run(".ci/test")
    assert steps_of(machine) == STEPS
    assert answer.returncode == 0
    assert "=== 7 passed in 1.00s ===" in answer.stdout


@pytest.mark.parametrize(
    ("tool", "steps"),
    [
        (".venv/bin/ruff", ["lint, beside the tests"]),
        (".venv/bin/mypy", ["lint, beside the tests"]),
        (".venv/bin/deptry", ["lint, beside the tests"]),
        (".venv/bin/zizmor", ["lint, beside the tests"]),
        (".venv/bin/python", ["tests"]),
        ("bin/npm", ["npm packages"]),
    ],
)
def test_a_failure_stops_nothing_and_ends_red(machine: Machine, tool: str, steps: list[str]) -> None:
    """Whichever step fails, all others run, and the end names it and no other."""
    machine.give(tool, "exit 1")
    answer = machine.run(".ci/test")
    assert steps_of(machine) == STEPS
    assert answer.returncode == 1
    end = answer.stdout.splitlines()[-len(steps) :]
    assert end == [f"── test: did not pass: {step}" for step in steps]


def test_lint_goes_beside_the_tests_and_is_shown_after_them(machine: Machine) -> None:
    """Its first step waits here until the tests have begun; the tests of the site alone need none."""
    machine.give(
        ".venv/bin/ruff", "for try in {1..1200}; do [ -e begun ] && echo clean && exit; sleep 0.1; done; exit 1"
    )
    machine.give(".venv/bin/python", "echo >begun; echo '=== 7 passed ==='")
    answer = machine.run(".ci/test")
    assert answer.returncode == 0
    assert answer.stdout.index("=== 7 passed ===") < answer.stdout.index("clean")
    steps_of(machine)
    machine.run(".ci/test", "site")
    assert steps_of(machine) == OF_THE_SITE


def test_a_missing_system_package_ends_red_and_names_the_remedy(machine: Machine) -> None:
    """Without npm, and no right to install it, the rest runs and the one command stands at the end."""
    (machine.home / "bin" / "npm").unlink()
    answer = machine.run(".ci/test")
    assert steps_of(machine) == STEPS[1:]
    assert answer.returncode == 1
    end = answer.stdout.rpartition("=== 7 passed in 1.00s ===")[2]
    assert "apt-get update && apt-get install --yes --no-install-recommends npm\n" in end
    assert "did not pass: system packages\n" in end
    assert "did not pass: npm packages\n" in end


def test_npm_packages_are_installed_once(machine: Machine) -> None:
    """With the lock's packages in place npm is not called, so that a second run needs no network."""
    (machine.home / "node_modules").mkdir()
    machine.run(".ci/test")
    assert steps_of(machine) == STEPS
    machine.run(".ci/test")
    assert steps_of(machine) == STEPS[1:]


def test_software_that_has_passed_is_tested_once_and_the_site_each_time(machine: Machine) -> None:
    """A push of content alone runs the tests of the site; a change of the software runs both again."""
    machine.give(".ci/software-digest", "cat digest")
    (machine.home / "digest").write_text("a")
    first = machine.run(".ci/test", "push")
    assert steps_of(machine) == APART
    again = machine.run(".ci/test", "push")
    assert steps_of(machine) == OF_THE_SITE
    (machine.home / "digest").write_text("b")
    machine.run(".ci/test", "push")
    assert steps_of(machine) == APART
    assert (first.returncode, again.returncode) == (0, 0)
    assert "this very software has passed them before" in again.stdout
    assert "this very software" not in first.stdout


def test_software_that_failed_is_tested_again(machine: Machine) -> None:
    """Nothing is remembered of a failure, whichever step it was; nor of software that is not committed."""
    machine.give(".ci/software-digest", "echo a")
    machine.give(".venv/bin/mypy", "exit 1")
    assert machine.run(".ci/test", "push").returncode == 1
    assert steps_of(machine) == APART
    machine.give(".venv/bin/mypy")
    machine.give(".ci/software-digest", "exit 1")
    for _ in range(2):
        assert machine.run(".ci/test", "push").returncode == 0
        assert steps_of(machine) == APART


def test_one_kind_of_tests_can_be_asked_for(machine: Machine) -> None:
    """Staff look at their site without the tests of the software, developers the other way round."""
    for kind, steps in (("site", OF_THE_SITE), ("software", OF_THE_SOFTWARE)):
        machine.run(".ci/test", kind)
        assert steps_of(machine) == steps
