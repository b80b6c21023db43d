"""`campaign privacy`: look for personal numbers in the content, in every git object and in all that was written."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from site_builder import checks, last_good, publication
from site_builder.cli import FINE, PROBLEMS, problem_list, tell, words
from site_builder.model import campaign, schemas
from site_builder.model.campaign import Campaign
from site_builder.model.schemas import Schemas
from site_builder.privacy import history, lint, places
from site_builder.privacy.exceptions import Exceptions
from site_builder.privacy.places import Belonging
from site_builder.publication.phones import published_phones
from site_builder.shared import git
from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem

_SITE, _PAGES = "build", "build/pages"  # pages: what the site is made of, and no part of it
_FOR_COUNTIES = ("answers", "kits", "letters")  # where the other verbs write by default


def run(root: Path, options: Namespace) -> int:
    """Look through everything, or only what is about to be committed, and print where personal numbers stand."""
    if options.message:
        problems = history.in_message(Path(options.message).read_bytes())
    else:
        settings, known = campaign.load(root), schemas.load(root)
        exceptions = Exceptions(campaign=settings)
        if options.staged:
            problems = history.in_staged(root, known, exceptions)
        elif options.built:
            problems = _in_output(root, settings, known, exceptions)
        else:
            problems = _everywhere(root, settings, known, exceptions)
    if problems or not (options.staged or options.message):
        tell(problem_list(problems))
    return PROBLEMS if any(problem.is_error for problem in problems) else FINE


def _everywhere(root: Path, settings: Campaign, known: Schemas, exceptions: Exceptions) -> list[Problem]:
    texts = words()["privacy"]
    problems = lint.in_content(root, settings, known, exceptions=exceptions)
    tell(texts["content"].format(count=len(lint.files_below(root / lint.CONTENT))))
    if git.is_repository(root):
        count, found = history.in_history(root, known, exceptions)
        problems += found
        tell(texts["history"].format(count=count))
    else:
        tell(texts["no_history"])
    problems += _in_output(root, settings, known, exceptions)
    return [*problems, *exceptions.problems(everywhere=True)]


def _in_output(
    root: Path, settings: Campaign, known: Schemas, exceptions: Exceptions, built: Path | None = None
) -> list[Problem]:
    """On the site stand the phones that the gate let pass; counties are sent what the record has of them."""
    try:
        records = last_good.publishable(root, settings, known).records
        phones = published_phones(publication.publish(records, settings, known))
    except CampaignError:
        records, phones = checks.check(root, settings, known).records, frozenset()
    published = Belonging(mobiles=places.mobiles(phones))
    on_record = Belonging(mobiles=places.mobiles(liaison.work_phone for liaison in records.liaisons))
    found = _files(_SITE, built or root / _SITE)
    site = [(name, path) for name, path in found if not name.startswith(f"{_PAGES}/")]
    sent = [file for folder in _FOR_COUNTIES for file in _files(folder, root / folder)]
    tell(words()["privacy"]["output"].format(site=len(site), sent=len(sent)))
    problems = lint.in_files(root, Code.PRIVACY_SITE, site, published, exceptions)
    return problems + lint.in_files(root, Code.PRIVACY_SENT, sent, on_record, exceptions)


def _files(name: str, folder: Path) -> list[tuple[str, Path]]:
    return [(f"{name}/{path.relative_to(folder).as_posix()}", path) for path in lint.files_below(folder)]


def in_site(root: Path, built: Path) -> list[Problem]:
    """The personal numbers in a site that was built, and in what else was written for people to see.

    built: its own folder; `build` may show another by now.
    """
    settings, known = campaign.load(root), schemas.load(root)
    return _in_output(root, settings, known, Exceptions(campaign=settings), built)


def in_history(root: Path) -> list[Problem]:
    """The personal numbers in every git object."""
    settings, known = campaign.load(root), schemas.load(root)
    return history.in_history(root, known, Exceptions(campaign=settings))[1]
