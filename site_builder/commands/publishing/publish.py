"""`campaign publish`: check, build, verify, and put the site where the public reads it."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from pathlib import Path

from site_builder.cli import FINE, HELD_BACK, PROBLEMS, WRONG_USE, problem_list, tell, words
from site_builder.commands import build, privacy
from site_builder.model import campaign
from site_builder.publish import directory, evidence, hook, order, signature, statement, targets
from site_builder.publish.lists import Release
from site_builder.publish.order import Verdict
from site_builder.publish.package import Package, packed
from site_builder.publish.targets import Wanted
from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem
from site_builder.site import releases


def run(root: Path, options: Namespace) -> int:
    """Publish what is committed under the root, or set up a repository to do so at every push."""
    if not options.target or options.keep < 1:
        tell(words()["publish"]["no_target"])
        return WRONG_USE
    if options.install_hook:
        return _install(Path(options.install_hook), Path(options.target))
    return _publish(root, options)


def _install(repository: Path, place: Path) -> int:
    with targets.writing(str(repository)):
        hook.install(repository.resolve(), place.resolve())
    tell(words()["publish"]["installed"].format(current=place.resolve() / directory.CURRENT))
    return FINE


def _publish(root: Path, options: Namespace) -> int:
    """Straight through: nothing is published that was not committed, checked, built and looked through.

    A personal number in the history is on no page, and only a person can remove it: it is reported after the
    site is in place, so that it delays nobody's news.
    """
    os.umask(0o022)  # a web server reads what is published, under another account
    targets.refuse_unready(options.target)
    commit = order.commit_to_publish(root)
    made = _made_here(root)
    order.refuse_changed(root, commit)
    found = privacy.in_site(root, made.release.folder)
    if any(problem.is_error for problem in found):
        raise CampaignError(found)
    settings = campaign.load(root)
    evidence.refuse_never_shown(root, made.kept, options.target, settings.site.address)
    release = Release(
        commit=commit.id,
        made=commit.made,
        data_as_of=str(settings.data_as_of),
        number=commit.number,
        address=settings.site.address,
        held_back=made.kept,
    )
    until = statement.today() + statement.BELIEVED
    with packed(root, made.release, release, until) as package:
        wanted = Wanted(keep=options.keep, is_rewritten=options.rewritten, is_orphan=options.orphan)
        verdict = targets.publish(options.target, root, package, wanted)
    _tell(verdict, targets.shown(options.target), package, settings.site.address, str(until))
    in_history = _report_history(root)
    return PROBLEMS if verdict is Verdict.ROLLED_BACK else max(made.ended, in_history)


def _made_here(root: Path) -> build.Made:
    """Make what is published, signed or not: whoever could write here once could have changed a build and its list.

    A build that stands already may have been looked at, by whoever previewed it or by a forge's tests: where it says to
    be of the very same inputs and is another, what is published would not be what they saw. Raises CampaignError.
    """
    standing = releases.current(root, releases.input_digest(root))
    made = build.make(root, is_anew=True)
    if standing and standing.listing != made.release.listing:
        raise CampaignError([Problem(code=Code.PUBLISH_NOT_AS_CHECKED, file=releases.LINK)])
    return made


def _report_history(root: Path) -> int:
    """Report the personal numbers in the history, and return the exit code."""
    errors = [problem for problem in privacy.in_history(root) if problem.is_error]
    if not errors:
        return FINE
    tell(problem_list(errors), words()["publish"]["in_history"], file=sys.stderr)
    return HELD_BACK


def _tell(verdict: Verdict, target: str, package: Package, address: str, until: str) -> None:
    texts, release = words()["publish"], package.release
    tell(texts["verdicts"][verdict.value].format(target=target))
    tell(texts["release"].format(commit=release.commit[:12], made=release.made, data_as_of=release.data_as_of))
    if verdict in {Verdict.NEWER, Verdict.SAME}:
        tell(texts["digest"].format(files=package.files, digest=package.digest))
        tell(texts["address"].format(address=address))
        tell(texts["signed" if package.is_signed else "unsigned"].format(variable=signature.KEY, until=until))
