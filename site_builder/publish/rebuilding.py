"""Rebuilding: the site of a commit is made once more, on this machine, to be compared with the one that is given out.

It is made as every site is, `make publish`, by the software of that commit with what its lock names: the same bytes
come of it wherever that is done.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from site_builder.publish import lists, signature
from site_builder.publish.lists import Release
from site_builder.shared import git
from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem
from site_builder.site import release_folders
from site_builder.site.release_folders import CHECKSUMS


def compare(root: Path, release: Release, listed: Mapping[str, str]) -> Iterator[Problem]:
    """Each file that is another, or stands on one side alone.

    root: of a repository that has the commit; release: what the site says of itself; listed: the SHA-256 of each file
    that the site gives out. Raises CampaignError where the commit did not lead to the one that stands here, or no site
    comes of it.
    """
    made, commit = _made_again(root, release), release.commit
    for path in sorted(made.keys() | listed.keys()):
        if made.get(path) != listed.get(path):
            yield Problem(code=Code.VERIFY_REBUILT, file=path, details={"commit": commit[:12]})


def _made_again(root: Path, release: Release) -> dict[str, str]:
    """The list of the site of a commit.

    Whoever names the commit has its software run here. So it has to be one that led to what stands here: a host cannot
    name any that somebody once pushed to another branch. What the site says it shows of counties that are held back
    counts as shown: whether it may was asked when it was published.
    """
    commit = release.commit
    if git.run(root, "merge-base", "--is-ancestor", commit, "HEAD").returncode != 0:
        raise CampaignError([Problem(code=Code.VERIFY_COMMIT, file=lists.RELEASE, details={"commit": commit[:12]})])
    with TemporaryDirectory() as folder:
        copy, site = Path(folder, "copy"), Path(folder, "site")
        site.mkdir()
        (site / lists.RELEASE).write_text(lists.release_text(release), encoding="utf-8")
        (site / CHECKSUMS).write_text(release_folders.checksums(site), encoding="utf-8")
        quiet = ("-c", "advice.detachedHead=false")
        _run(commit, root, "git", "clone", "--quiet", "--no-checkout", ".", str(copy))
        _run(commit, copy, "git", *quiet, "checkout", "--quiet", "--detach", commit)
        _run(commit, copy, "make", "--silent", "publish", f"TARGET=folder:{site}")
        return lists.read((site / CHECKSUMS).read_text(encoding="utf-8"), CHECKSUMS)


def _run(commit: str, folder: Path, *command: str) -> None:
    """Run one step, without the key: what is built needs none. Raises CampaignError where it fails."""
    # What a make above this one has set is not meant for the make of the copy.
    left_out = {signature.KEY, "MAKEFLAGS", "MAKELEVEL", "MFLAGS"}
    without_key = {name: text for name, text in git.surroundings().items() if name not in left_out}
    try:
        done = subprocess.run(  # noqa: S603
            command,
            cwd=folder,
            env=without_key,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
    except FileNotFoundError:
        raise CampaignError([Problem(code=Code.PUBLISH_TOOL, file=command[0], details={"tool": command[0]})]) from None
    if done.returncode != 0:
        details = {"commit": commit[:12], "reason": " ".join(done.stdout.split("\n")[-4:]).strip()}
        raise CampaignError([Problem(code=Code.VERIFY_REBUILD, file=lists.RELEASE, details=details)])
