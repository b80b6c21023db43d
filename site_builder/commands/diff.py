"""`campaign diff`: what would change for the public, compared with what is published."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from site_builder.cli import FINE, HELD_BACK, PROBLEMS, WRONG_USE, problem_list, tell, words
from site_builder.model import schemas
from site_builder.office import diff
from site_builder.office.diff.sections import DiffSection, sections
from site_builder.office.diff.summary import markdown
from site_builder.shared import git
from site_builder.shared.problems import CampaignError, Problem

# Where what is published stands, the first that there is. By whole names: a tag may be called origin/main, too. Never
# origin/HEAD: where git made no link of that name, it is the branch of whoever pushed one called HEAD.
_PUBLISHED = ("refs/remotes/origin/main", "HEAD")


def run(root: Path, options: Namespace) -> int:
    """Show the differences between a commit and what stands under the root; write them as Markdown where asked."""
    texts = words()["diff"]
    base, commit = _base(root, options.base)
    if not commit:
        tell(texts["no_base"].format(base=base))
        return WRONG_USE
    compared = texts["compared"].format(base=base, commit=commit[:10], day=git.day_of(root, commit))
    known = schemas.load(root)
    before = diff.at_commit(root, known, commit)
    try:
        after = diff.as_it_stands(root, known)
        found, problems, stopped = sections(before, after), after.problems, False
    except CampaignError as error:
        found, problems, stopped = [], error.problems, True
    if options.markdown:
        Path(options.markdown).write_text(
            markdown(compared, found, problem_list(problems), stopped=stopped), encoding="utf-8"
        )
    tell(compared, *_lines(found, problems, stopped=stopped))
    return PROBLEMS if stopped else HELD_BACK if any(problem.is_error for problem in problems) else FINE


def _base(root: Path, wanted: str) -> tuple[str, str]:
    """A name and the commit where the work here parted from it; "" where there is none.

    What others have published since is no difference that this work makes.
    """
    names = [wanted] if wanted else _PUBLISHED
    name = next((name for name in names if git.commit_of(root, name)), names[-1])
    parted = git.lines(root, "merge-base", git.commit_of(root, name), "HEAD") if git.commit_of(root, name) else []
    return name.removeprefix("refs/remotes/"), parted[0] if parted else ""


def _lines(found: list[DiffSection], problems: list[Problem], *, stopped: bool) -> list[str]:
    texts = words()["diff"]
    if stopped:
        return [problem_list(problems), texts["stopped"]]
    lines = [line for section in found for line in ("", section.title, *("  " + line for line in section.lines))]
    errors = sum(problem.is_error for problem in problems)
    return [*(lines or [texts["same"]]), *([texts["errors"].format(count=errors)] if errors else [])]
