"""The hooks of a bare repository: what was pushed to main is built in a work area and published.

One looks before anything is taken in, that nothing keeps git from making main; the other publishes. Both are fixed
texts; where to work and where to publish stands in the repository's own configuration.
"""

from __future__ import annotations

import errno
from pathlib import Path

from site_builder.shared import disk, git
from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem, shown_name

# Of two patterns that match a ref the later one counts. Hidden is what no push may bring, and what none is shown: all
# but branches and tags, git's replacements of commits above all; and the names for which `main`, or `refs/heads/main`,
# could stand as well, so that git knows which one whoever pushes means; and a branch called HEAD, which
# clones would take for what the server has checked out.
HIDDEN = ("refs", "!refs/heads", "!refs/tags", *(f"refs/{kind}/refs" for kind in ("heads", "tags")))
HIDDEN += ("refs/tags/main", "refs/tags/heads", "refs/heads/HEAD", "refs/tags/HEAD")
HOOK_FILE = Path(__file__).parents[1] / "templates" / "publish" / "post-receive"
_HOOKS = (HOOK_FILE.with_name("pre-receive"), HOOK_FILE)
_BELOW_MAIN = "refs/heads/main/"


def install(repository: Path, place: Path) -> None:
    """Set up a bare repository so that each push to main publishes to a directory.

    History can then only grow, so that of two pushes the later always holds the earlier: as it was committed, whatever
    somebody has git replace. Installing again is safe, and mends a repository that such a replacement has stopped.
    Raises CampaignError where it is no bare repository, has a hook of somebody else's, or branches that keep git from
    making main, OSError where it cannot be written.
    """
    if git.lines(repository, "rev-parse", "--is-bare-repository") != ["true"]:
        raise CampaignError([Problem(code=Code.HOOK_REPOSITORY, file=repository.name)])
    problems = [
        Problem(code=Code.HOOK_TAKEN, file=f"hooks/{ours.name}") for ours in _HOOKS if _is_anothers(repository, ours)
    ]
    below = git.lines(repository, "for-each-ref", "--format=%(refname:strip=2)", _BELOW_MAIN)
    problems += [
        Problem(code=Code.BRANCH_IN_THE_WAY, file=shown_name(name), details={"branch": "main"}) for name in below
    ]
    if problems:
        raise CampaignError(problems)
    for key, value in (
        ("receive.denyNonFastForwards", "true"),
        ("receive.denyDeletes", "true"),
        (
            "receive.fsckObjects",
            "true",
        ),  # what is not as git makes it stops whoever looks through the history, for good
        ("core.useReplaceRefs", "false"),
        ("campaign.target", str(place)),
    ):
        _configure(repository, key, value)
    for pattern in HIDDEN if _hidden(repository)[-len(HIDDEN) :] != list(HIDDEN) else ():
        _configure(repository, "--add", "receive.hideRefs", pattern)
    (repository / "hooks").mkdir(exist_ok=True)
    for ours in _HOOKS:
        disk.put(repository / "hooks" / ours.name, ours.read_bytes(), mode=0o755)


def _is_anothers(repository: Path, ours: Path) -> bool:
    """Whether somebody else's hook stands where one of ours would."""
    hook = repository / "hooks" / ours.name
    return hook.exists() and hook.read_bytes().splitlines()[:2] != ours.read_bytes().splitlines()[:2]


def _configure(repository: Path, *setting: str) -> None:
    done = git.run(repository, "config", *setting)
    if done.returncode != 0:  # without these the order of pushes would not be the order of commits
        raise PermissionError(errno.EACCES, done.stderr.decode("utf-8", "replace").strip())


def _hidden(repository: Path) -> list[str]:
    return git.run(repository, "config", "--get-all", "receive.hideRefs").stdout.decode().splitlines()
