"""Which commit is published, and whether it may take the place of the one that is live: a newer one always may.

Newer is told by ancestry in the repository and by nothing else: neither by a clock nor by who finishes first.
"""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from site_builder.problems import CampaignError, Problem
from site_builder.releases import INPUTS


class Verdict(StrEnum):
    """How a commit stands to what is published."""

    NEWER = "newer"
    SAME = "same"
    OLDER = "older"
    ROLLED_BACK = "rolled_back"
    UNRELATED = "unrelated"


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What a place has published, as full ids of commits, "" for none.

    live: the release that is served; newest: the newest that ever was. They differ after a rollback.
    """

    live: str = ""
    newest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Commit:
    """A commit to publish: its full id and when it was made, such as 2018-06-30 16:05."""

    id: str
    made: str


def commit_to_publish(root: Path) -> Commit:
    """The commit that stands under the root.

    Raises CampaignError where there is none, where its line is cut off so that nothing could be compared with it, or
    where what a build reads is not as it was committed.
    """
    told = _git(root, "log", "-1", "--format=%H %cd", "--date=format:%Y-%m-%d %H:%M")
    if told.returncode != 0:
        raise CampaignError([Problem(code="publish-no-commit", file=".")])
    if _git(root, "rev-parse", "--is-shallow-repository").stdout.strip() == "true":
        raise CampaignError([Problem(code="publish-shallow", file=".")])
    changed = _git(root, "status", "--porcelain", "-z", "--untracked-files=all", "--", *INPUTS).stdout.split("\0")
    files = [entry[3:] for entry in changed if entry[2:3] == " "]
    if files:
        raise CampaignError([Problem(code="publish-uncommitted", file=file) for file in sorted(files)])
    commit, _, made = told.stdout.strip().partition(" ")
    return Commit(id=commit, made=made)


def judge(root: Path, commit: str, state: State) -> Verdict:
    """How a commit of the root's repository stands to what a place has published.

    After a rollback the newest is not live: then only a commit that came after it may be published, so that no
    automatic run puts back what a person took away.
    """
    if commit == state.newest != state.live:
        return Verdict.ROLLED_BACK
    published = {state.live, state.newest} - {""}
    if published == {commit}:
        return Verdict.SAME
    if all(_is_ancestor(root, other, commit) for other in published):
        return Verdict.NEWER
    is_older = any(_is_ancestor(root, commit, other) for other in published)
    return Verdict.OLDER if is_older else Verdict.UNRELATED


def _is_ancestor(root: Path, older: str, newer: str) -> bool:
    """Whether a commit is before another, or is it; one that this repository has never heard of is not."""
    return _git(root, "merge-base", "--is-ancestor", older, newer).returncode == 0


def _git(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = ["git", "-C", str(root), *arguments]
    try:
        return subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)  # noqa: S603
    except FileNotFoundError:
        return subprocess.CompletedProcess(command, returncode=127, stdout="", stderr="")
