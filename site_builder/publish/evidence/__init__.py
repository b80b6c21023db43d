"""What a county that is held back goes back to has stood on the site: the releases that were published say so.

The history alone does not know it. Where a branch is merged by rebase or fast-forward, or several commits are pushed
at once, states stand on the line of first parents that no reviewer was shown and no reader ever saw. The build goes
back by the history, so that it stays a pure function of the commit; what it found is held here against what was
published.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from site_builder.publish import directory, lists, targets
from site_builder.publish.browsers.web import Host
from site_builder.publish.lists import Release
from site_builder.shared import git
from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem

_DATA = "content/data"  # a county's files bear its code there, in a folder for each table
_LARGEST = 1 << 20


def refuse_never_shown(root: Path, kept: Mapping[str, str], target: str, address: str) -> None:
    """Refuse to show of a county that is held back what no release has shown of it.

    kept: the commit of the state that each such county would be shown in; address: where readers have the site, which
    is asked where the target itself cannot be looked into. Raises CampaignError with each county.
    """
    known = list(_released(target, address)) if kept else []
    problems = [
        _problem(county, commit, address, is_known=bool(known))
        for county, commit in kept.items()
        if not any(_shows(root, release, county, commit) for release in known)
    ]
    if problems:
        raise CampaignError(problems)


def _problem(county: str, commit: str, address: str, *, is_known: bool) -> Problem:
    file = f"{_DATA}/*/{county}.csv"
    if is_known:
        return Problem(code=Code.PUBLISH_NEVER_SHOWN, file=file, county=county, details={"commit": commit[:12]})
    return Problem(code=Code.PUBLISH_SHOWN_UNKNOWN, file=file, county=county, details={"place": address})


def _shows(root: Path, release: Release, county: str, commit: str) -> bool:
    """Whether a release shows a county as it stood at a commit: its own state, or the one that it went back to."""
    shown = _files(root, county, release.held_back.get(county, release.commit))
    return bool(shown) and shown == _files(root, county, commit)


def _files(root: Path, county: str, commit: str) -> dict[str, str]:
    """The ids of a county's files at a commit by path; none where the repository does not know it."""
    found = git.files_at(root, commit, _DATA)
    return {path: name for path, name in found.items() if PurePosixPath(path).stem == county}


def _released(target: str, address: str) -> Iterator[Release]:
    """What was published: what a directory keeps and nobody took away, what a folder holds, else what is served."""
    folder = Path(target.removeprefix(targets.FOLDER))
    if ":" not in target:
        releases = folder / directory.RELEASES
        found = [lists.release_of(releases / name) for name in directory.shown(folder)]
    elif target.startswith(targets.FOLDER) and (folder / lists.RELEASE).is_file():
        found = [lists.release_of(folder)]
    else:
        found = [_served(address)]
    yield from (release for release in found if release)


def _served(address: str) -> Release | None:
    """What the site says of its release where readers have it; None where it cannot be had."""
    try:
        content = Host(address.rstrip("/") + "/").content(lists.RELEASE, _LARGEST)
    except CampaignError:
        return None
    return lists.read_release(content.decode("utf-8", "replace")) if content else None
