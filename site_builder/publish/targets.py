"""Where a site can be published: a directory, a plain folder, a branch, an S3 bucket, a place that rsync reaches."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path

from site_builder.publish import branch, directory, folder, lists, order, remote
from site_builder.publish.order import PublishedState, Verdict
from site_builder.publish.package import Package
from site_builder.shared import disk
from site_builder.shared.codes import Code
from site_builder.shared.extras import installed_by
from site_builder.shared.problems import CampaignError, Problem

FOLDER, S3 = "folder:", "s3://"


def refuse_unready(target: str) -> None:
    """Raises CampaignError where what this target alone needs is not installed: before the site is made, not after."""
    if target.startswith(S3):
        with installed_by(f"make publish TARGET={shlex.quote(target)}"):
            import_module("boto3")


def shown(target: str) -> str:
    """A target as it may be shown: without the name and the password of its address."""
    return branch.without_credentials(target)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """How to publish.

    keep: how many releases stay for a rollback. is_rewritten: the history was written anew, so what is published need
    not be in it. is_orphan: a branch keeps no earlier release.
    """

    keep: int = 5
    is_rewritten: bool = False
    is_orphan: bool = False


def publish(target: str, root: Path, package: Package, wanted: Wanted) -> Verdict:
    """Publish a package to a target, and return how its commit stood to what was there.

    root: of the project, whose repository knows which commit is newer. Raises CampaignError.
    """
    judge = partial(_judge, root, package, wanted.is_rewritten)
    with writing(shown(target)):
        return _put(target, package, judge, wanted)


@contextmanager
def writing(target: str) -> Iterator[None]:
    """Report as a problem what keeps a place from being written. Raises CampaignError."""
    try:
        yield
    except OSError as error:
        details = {"reason": disk.reason(error)}
        raise CampaignError([Problem(code=Code.PUBLISH_WRITE, file=target, details=details)]) from None


def _put(target: str, package: Package, judge: Callable[[PublishedState], Verdict], wanted: Wanted) -> Verdict:
    if target.startswith(branch.SCHEME):
        return branch.put(target, package, judge, is_orphan=wanted.is_orphan)
    if target.startswith(FOLDER):
        place = Path(target.removeprefix(FOLDER))
        order.refuse_unsigned(is_there=(place / lists.SIGNATURE).is_file(), is_here=package.is_signed)
        folder.put(place, package.folder)
        return Verdict.NEWER
    if target.startswith(S3):
        from site_builder.publish import storage  # noqa: PLC0415  (it needs what is installed for it alone)

        return storage.put(target, package.folder, package.release.commit, judge)
    if target.startswith(remote.SCHEME):
        return remote.put(target, package.folder, package.release.commit, judge, wanted.keep)
    if ":" not in target:
        return directory.put(Path(target), package.folder, package.release.commit, judge, wanted.keep)
    raise CampaignError([Problem(code=Code.PUBLISH_TARGET, file=shown(target))])


def _judge(root: Path, package: Package, is_rewritten: bool, state: PublishedState) -> Verdict:
    verdict = order.judge(root, package.release.commit, state)
    if verdict is Verdict.UNRELATED and is_rewritten:
        verdict = Verdict.NEWER
    if verdict is Verdict.UNRELATED:
        raise CampaignError([Problem(code=Code.PUBLISH_UNRELATED, file=".", details={"live": state.newest[:12]})])
    if verdict in {Verdict.NEWER, Verdict.SAME}:  # the same commit would lose it as well, where it is sent again
        order.refuse_unsigned(is_there=state.is_signed, is_here=package.is_signed)
    return verdict
