"""`campaign check`: list every problem in the data, the words and the pages."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from site_builder.build import problems_of
from site_builder.cli import FINE, PROBLEMS, problem_list, tell
from site_builder.publish.committed import made_folders


def run(root: Path, options: Namespace) -> int:
    """Check everything under the root as a build would, and print what was found."""
    problems = [*made_folders.problems(root), *problems_of(root)]
    tell(problem_list(problems))
    return PROBLEMS if any(problem.is_error for problem in problems) else FINE
