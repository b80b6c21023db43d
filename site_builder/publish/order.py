"""Which commit is published, and whether it may take the place of the one that is live: a newer one always may.

Newer is decided by ancestry in the repository and by nothing else: neither by a clock nor by who finishes first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from site_builder.publish import committed, lists, signature
from site_builder.publish.committed import made_folders
from site_builder.shared import git
from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem, shown_name

_ID = re.compile(r"[0-9a-f]{40,64}")
_MAIN = ("refs/heads/main", "refs/remotes/origin/main")


class Verdict(StrEnum):
    """How a commit stands to what is published."""

    NEWER = "newer"
    SAME = "same"
    OLDER = "older"
    ROLLED_BACK = "rolled_back"
    UNRELATED = "unrelated"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedState:
    """What a place has published, as full ids of commits, "" for none.

    live: the release that is served; newest: the newest that ever was. They differ after a rollback. is_signed: whether
    what is served is signed.
    """

    live: str = ""
    newest: str = ""
    is_signed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Commit:
    """A commit to publish: its full id, when it was made, such as 2018-06-30 16:05, and how many led to it, with it."""

    id: str
    made: str
    number: int


def commit_to_publish(root: Path) -> Commit:
    """The commit that stands under the root.

    Raises CampaignError where there is none, where its line is cut off so that nothing could be compared with it, where
    it says an impossible day, or where what a build reads is not as it was committed.
    """
    newest = git.lines(root, "log", "-1", "--format=%H %cd", "--date=format:%Y-%m-%d %H:%M")
    if not newest:
        raise CampaignError([Problem(code=Code.PUBLISH_NO_COMMIT, file=".")])
    if git.lines(root, "rev-parse", "--is-shallow-repository") == ["true"]:
        raise CampaignError([Problem(code=Code.PUBLISH_SHALLOW, file=".")])
    commit, _, made = newest[0].partition(" ")
    if not lists.is_day_and_time(
        made
    ):  # whoever commits chooses it, and what cannot be read back stops all that follow
        raise CampaignError([Problem(code=Code.PUBLISH_DAY, file=".", details={"commit": commit[:12], "made": made})])
    _refuse_others(root)
    return Commit(id=commit, made=made, number=int(git.lines(root, "rev-list", "--count", commit)[0]))


def _refuse_others(root: Path) -> None:
    """Raises CampaignError that names what a build reads that is not as it was committed, links, and what is made."""
    links = {shown_name(path) for path in git.links_at(root, "HEAD")}
    problems = [Problem(code=Code.CONTENT_LINK, file=path) for path in sorted(links)]
    problems += made_folders.problems(root, "HEAD")
    others = (problem for problem in committed.not_as_committed(root) if problem.file not in links)
    problems += sorted(others, key=lambda problem: problem.file)
    if problems:
        raise CampaignError(problems)


def refuse_changed(root: Path, commit: Commit) -> None:
    """Raises CampaignError where somebody has worked on since the commit was taken: what was built may not be it."""
    if commit_to_publish(root) != commit:
        raise CampaignError([Problem(code=Code.PUBLISH_NOT_AS_CHECKED, file=".")])


def judge(root: Path, commit: str, state: PublishedState) -> Verdict:
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
    is_older = any(_is_ancestor(root, commit, other) and _is_on_main(root, other) for other in published)
    return Verdict.OLDER if is_older else Verdict.UNRELATED


def refuse_unsigned(*, is_there: bool, is_here: bool) -> None:
    """Raises CampaignError where a signature is live and what would take its place has none: the key went missing.

    Readers would be told that the site is unsigned, which is what an attacker's copy looks like.
    """
    if is_there and not is_here:
        details = {"variable": signature.KEY, "signature": lists.SIGNATURE}
        raise CampaignError([Problem(code=Code.PUBLISH_UNSIGNED, file=lists.SIGNATURE, details=details)])


def _is_ancestor(root: Path, older: str, newer: str) -> bool:
    """Whether a commit is before another, or is it; one that this repository has never heard of is not.

    A place may hold anything in place of a commit: what is no full id never reaches git, which would look it up.
    """
    are_ids = all(map(_ID.fullmatch, (older, newer)))
    return are_ids and git.run(root, "merge-base", "--is-ancestor", older, newer).returncode == 0


def _is_on_main(root: Path, commit: str) -> bool:
    """Whether a commit led to `main`, here or where this repository comes from: any branch may be built on ours."""
    known = git.lines(root, "for-each-ref", "--format=%(objectname)", *_MAIN)
    return any(_is_ancestor(root, commit, tip) for tip in known)
