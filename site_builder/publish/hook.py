"""The post-receive hook of a bare repository: what was pushed to main is built in a work area and published.

The hook is a fixed text; where to work and where to publish stands in the repository's own configuration.
"""

from __future__ import annotations

import errno
from pathlib import Path

from site_builder.shared import disk, git
from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem

HOOK_FILE = Path(__file__).parents[1] / "templates" / "publish" / "post-receive"


def install(repository: Path, place: Path) -> None:
    """Set up a bare repository so that each push to main publishes to a directory.

    History can then only grow, so that of two pushes the later always holds the earlier. Installing again is safe.
    Raises CampaignError where it is no bare repository, or has a hook of somebody else's, OSError where it cannot be
    written.
    """
    if git.lines(repository, "rev-parse", "--is-bare-repository") != ["true"]:
        raise CampaignError([Problem(code=Code.HOOK_REPOSITORY, file=repository.name)])
    hook, ours = repository / "hooks" / "post-receive", HOOK_FILE.read_bytes()
    if hook.exists() and hook.read_bytes().splitlines()[:2] != ours.splitlines()[:2]:
        raise CampaignError([Problem(code=Code.HOOK_TAKEN, file="hooks/post-receive")])
    for key, value in (
        ("receive.denyNonFastForwards", "true"),
        ("receive.denyDeletes", "true"),
        ("campaign.target", str(place)),
    ):
        done = git.run(repository, "config", key, value)
        if done.returncode != 0:  # without these the order of pushes would not be the order of commits
            raise PermissionError(errno.EACCES, done.stderr.decode("utf-8", "replace").strip())
    hook.parent.mkdir(exist_ok=True)
    disk.put(hook, ours, mode=0o755)
