"""Every problem code has an example: a real fault, made in the tiny campaign or in a return, and what is said of it."""

import subprocess
import sys
from collections.abc import Callable
from functools import cache

import data_faults
import export_faults
import last_good_faults
import material_faults
import privacy_faults
import publish_faults
import pytest
import return_faults
import settings_faults
import untrusted_file_faults
from faulty_project import Fault, Project
from tiny_campaign import PROJECT, make_root, remember

from site_builder.shared.problems import as_lines, catalogue

MODULES = (
    settings_faults,
    data_faults,
    privacy_faults,
    untrusted_file_faults,
    return_faults,
    export_faults,
    material_faults,
    last_good_faults,
    publish_faults,
)
PARTS = tuple(module.FAULTS for module in MODULES)
FAULTS: dict[str, Fault] = {code: fault for part in PARTS for code, fault in part.items()}


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory, warm_memory: dict[str, bytes]) -> Callable[[str], list[str]]:
    """Gives the lines that are printed of a code's fault, made once; none where the fault was not found."""

    @cache
    def made(code: str) -> list[str]:
        project = Project(root=make_root(tmp_path_factory.mktemp(code)))
        remember(project.root, warm_memory)
        problem = next((problem for problem in FAULTS[code](project) if problem.code == code), None)
        return as_lines(problem) if problem else []

    return made


def test_no_code_is_made_twice_or_unknown() -> None:
    """Each fault stands for one code of the catalogue, in one place."""
    assert sum(map(len, PARTS)) == len(FAULTS)
    assert FAULTS.keys() - catalogue().keys() == set()


@pytest.mark.parametrize("code", catalogue())
def test_a_code_has_an_example(code: str, example: Callable[[str], list[str]]) -> None:
    """Its fault is made by this folder's modules, and is found under that code."""
    assert code in FAULTS, f"no fault in tests/site_builder/problem_examples makes {code}"
    assert example(code), f"the fault that should make {code} does not"


@pytest.mark.golden
def test_the_examples_are_as_they_were(
    example: Callable[[str], list[str]], same_as_expected: Callable[[str, bytes], None]
) -> None:
    """What is printed of each, to the letter, and nothing of the machine that printed it."""
    text = "\n".join(_section(code, example(code)) for code in catalogue() if code in FAULTS)
    assert "/tmp" not in text  # noqa: S108
    same_as_expected("problem_examples.md", text.encode())


def _section(code: str, lines: list[str]) -> str:
    return "\n".join([f"## {code}", "", "```text", *lines, "```", ""])


def test_the_handbook_s_pages_of_codes_are_up_to_date() -> None:
    """There is a page for each code, and each is what .ci/problem-codes makes of the catalogue and the examples."""
    done = subprocess.run([sys.executable, PROJECT / ".ci" / "problem-codes", "--check"], check=False)
    assert done.returncode == 0, "run .venv/bin/python .ci/problem-codes, and read the diff"
