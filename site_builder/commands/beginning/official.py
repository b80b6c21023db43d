"""`campaign official`: from the demonstration to official data, whole or not at all; without --write a dry run."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from site_builder import checks
from site_builder.build import problems_of
from site_builder.cli import FINE, PROBLEMS, WRONG_USE, problem_list, tell, words
from site_builder.commands import collect
from site_builder.disclosure import edition_key
from site_builder.model import campaign, schemas
from site_builder.model.campaign import DataStatus
from site_builder.office.official import demonstration, settings, supplied, trial
from site_builder.office.official.demonstration import Without
from site_builder.privacy import visibility
from site_builder.record import writing
from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem, layout, safe_to_show

_LISTS = ("counties", "villages")  # each is taken in by the option of its name; they come before what counties return


def run(root: Path, options: Namespace) -> int:
    """Take the demonstration away and bring what is given, in a copy first; with --write the campaign is that copy."""
    _refuse_public(root)
    chosen = _asked(options) if sys.stdin.isatty() and sys.stdout.isatty() else options
    writing.complete(root)
    stood = writing.state(root)
    with trial.copied(root) as there:
        if not _made_official(there, chosen):
            return WRONG_USE
        are_taken = [_brought(there, kind, files, chosen) for kind, files in _given(chosen)]
        problems = problems_of(there)
        changes = trial.changes(root, there)
        _tell_outcome(there, problems, changes)
    if not all(are_taken):
        tell(words()["official"]["refused"])
        return PROBLEMS
    if options.write:
        writing.write(root, changes, stood)
        trial.remove_empty(root)
    tell(words()["official"]["written" if options.write else "not_written"])
    return PROBLEMS if any(problem.is_error for problem in problems) else FINE


def _refuse_public(root: Path) -> None:
    """Raises CampaignError where the public may fetch what is about to be brought in."""
    shown_by = visibility.shown_by(root, os.environ)
    if shown_by:
        details = {"shown_by": layout()["repository_shown_by"][shown_by]}
        raise CampaignError([Problem(code=Code.REPOSITORY_PUBLIC, file=campaign.FILE, details=details)])


def _asked(options: Namespace) -> Namespace:
    """The options, with what whoever sits there answers where one was not given; no answer leaves what stands there."""
    texts, given = words()["official"], vars(options)
    if options.as_of is None and (typed := _answer(texts["ask_as_of"])):
        given = {**given, "as_of": _day(typed)}
    if not options.address:
        given = {**given, "address": _answer(texts["ask_address"])}
    return Namespace(**given)


def _answer(question: str) -> str:
    tell(question)
    try:
        return input(words()["liaison"]["reply"]).strip()
    except EOFError:
        return ""


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        tell(words()["official"]["no_day"].format(text=safe_to_show(typed)))
        return None


def _made_official(there: Path, options: Namespace) -> bool:
    """Whether the copy is without the demonstration, with official settings and a key of its own; all is told."""
    texts, known = words()["official"], schemas.load(there)
    gone = demonstration.without(there, known)
    trial.apply(there, gone.files)
    trial.remove_empty(there)
    path = there / campaign.FILE
    text = settings.official(path.read_text(encoding="utf-8"), options.as_of, options.address)
    path.write_text(text, encoding="utf-8", newline="\n")
    made = campaign.load(there)
    key = edition_key.make(there, DataStatus.OFFICIAL, words()["edition"]["key_head"])
    _tell_gone(gone)
    tell(texts["settings"].format(as_of=made.data_as_of, address=made.site.address))
    if key:
        tell(texts["key"].format(file=edition_key.FILE))
    return made.data_status is DataStatus.OFFICIAL


def _tell_gone(gone: Without) -> None:
    texts = words()["official"]
    if not gone.files:
        tell(texts["nothing_gone"])
        return
    rows = "、".join(f"{title}{count}" for title, count in gone.rows.items() if count)
    tell(texts["gone"].format(rows=rows, count=sum(gone.rows.values())))
    others = [name for name, content in gone.files.items() if content is None and not name.startswith("content/data/")]
    if others:
        tell(texts["gone_files"].format(files="、".join(map(safe_to_show, others))))


def _given(options: Namespace) -> Iterator[tuple[str, Sequence[str]]]:
    """What kind of files were given, and which."""
    for kind in _LISTS:
        if file := getattr(options, kind):
            yield kind, [file]
    if options.files:
        yield "", options.files


def _brought(there: Path, kind: str, files: Sequence[str], options: Namespace) -> bool:
    """Whether the copy has taken in all of these files; `campaign collect` does it, and tells what it ever tells."""
    tell(words()["official"]["bringing"][kind or "returns"])
    asked = {"files": list(files), "write": "tried", "answers": options.answers, "by": "", "unit": ""}
    asked |= {name: name == kind for name in _LISTS} | {"county": "", "received": None, "older": False}
    asked |= {"column": options.column, "accept": options.accept, "keep": [], "answer_all": False, "watch": False}
    return collect.run(there, Namespace(**asked)) == FINE


def _tell_outcome(there: Path, problems: Sequence[Problem], changes: Mapping[str, bytes | None]) -> None:
    """What would stand there: how many files change, what is still lacking, and what the check says of it."""
    texts = words()["official"]
    gone = sum(content is None for content in changes.values())
    tell(texts["changes"].format(written=len(changes) - gone, gone=gone))
    made, known = campaign.load(there), schemas.load(there)
    records = checks.check(there, made, known).records
    lacking = [texts["lacking"][key].format(**details) for key, details in supplied.lacking(records, made)]
    if lacking:
        tell(texts["lacking_head"], *(f"  {number}. {line}" for number, line in enumerate(lacking, start=1)))
    tell(texts["check"], problem_list(problems))
