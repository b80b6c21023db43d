"""What may be published when a county's files have errors: its own in their last good state, the others as they are.

A county with errors of its own goes back, all its tables together, to the newest commit at which they pass with the
rest of today's data. What its files of today withdraw is withdrawn from that state too: a name or a phone is shown in
no state that today's files do not allow. That is a pure function of the commit and those before it. Errors that are no
single county's stop the build, and so does a county of which no earlier state passes. Without errors nothing of this is
run.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from site_builder import checks
from site_builder.checks import Checked
from site_builder.last_good import blame, figures
from site_builder.last_good.history import CountyState, DataHistory
from site_builder.model.campaign import Campaign
from site_builder.model.schemas import Schemas
from site_builder.record import tables
from site_builder.record.records import Records
from site_builder.shared import git
from site_builder.shared.codes import Code
from site_builder.shared.git import CommitLine
from site_builder.shared.problems import CampaignError, Problem, layout

HELD_BACK = Code.COUNTY_HELD_BACK
"""The code of the problem that tells of each county that is held back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publishable:
    """What may be published. held_back: the day that a county's data reach, by the codes of those that are held back.

    kept: the commit of the state that is shown of each of them, by the same codes; whether that ever stood on the site
    is for the publishing to say. problems: all that was found, errors too: those of the counties that are held back,
    and of files no table claims.
    """

    records: Records
    problems: list[Problem]
    held_back: Mapping[str, date]
    kept: Mapping[str, str]

    @property
    def notices(self) -> list[Problem]:
        """The notices about the counties that are held back."""
        return [problem for problem in self.problems if problem.code == HELD_BACK]

    def named(self, digest: str) -> str:
        """The digest of all that is published, from that of what stands under the root.

        Where errors keep something back, no digest of the root's files alone is that of the site.
        """
        errors = [problem for problem in self.problems if problem.is_error]
        kept = [(problem.code, problem.file, *problem.details.items()) for problem in self.problems]
        return hashlib.sha256(repr([digest, kept]).encode()).hexdigest() if errors else digest


def publishable(root: Path, campaign: Campaign, schemas: Schemas, line: CommitLine | None = None) -> Publishable:
    """What may be published of the data under the project's root.

    line: the commits that led there, those of the root's own repository unless given. Raises CampaignError with all
    that is wrong when nothing may be published.
    """
    line = line or CommitLine(root=root)
    checked = checks.check_data(root, campaign, schemas, line)
    if checked.is_publishable:
        return Publishable(records=checked.records, problems=checked.problems, held_back={}, kept={})
    if not git.files_at(line.root, line.tip, tables.FOLDER):
        raise _impossible(checked, "no_history")
    names = checks.county_names(checked.records)
    today = tables.read_all(root, schemas)
    data_history = DataHistory(root=root, campaign=campaign, schemas=schemas, line=line, today=today, names=names)
    held, records = _settled(data_history, checked)
    counts, notes = figures.consistent(records, held, data_history)
    return Publishable(
        records=replace(records, published_counts=counts),
        problems=[
            *checked.problems,
            *map(partial(_note, names), held, held.values()),
            *(_withdrawn(names, code, state) for code, state in held.items() if state.names or state.phones),
            *notes,
        ],
        held_back={code: state.day for code, state in held.items()},
        kept={code: state.commit for code, state in held.items()},
    )


def _settled(data_history: DataHistory, checked: Checked) -> tuple[dict[str, CountyState], Records]:
    """Hold back one county after the other, and further back where that is not enough, until no error is left."""
    held: dict[str, CountyState] = {}
    outside = [problem for problem in checked.problems if blame.is_outside_rows(problem)]
    while True:
        trial = data_history.check(held)
        own = [problem for problem in outside if blame.county_of_path(problem.file) not in held]
        errors = [problem for problem in [*trial.problems, *own] if problem.is_error]
        errors = [problem for problem in errors if not blame.is_stray(problem, data_history.schemas)]
        if not errors:
            return held, trial.records
        _hold_back(errors, held, data_history, checked)


def _hold_back(
    errors: list[Problem], held: dict[str, CountyState], data_history: DataHistory, checked: Checked
) -> None:
    """Take the counties that these errors come from one step back. Raises CampaignError for an error of no county."""
    counties = {blame.county_of_path(problem.file) for problem in blame.causes(errors)}
    for code in sorted(counties):
        if not (code and (code in held or data_history.is_at_fault(code))):
            raise _impossible(checked, "nobodys")
        state = data_history.earlier(code, held.get(code))
        if state is None:
            raise _impossible(checked, "none_good", data_history.names.get(code, code))
        held[code] = state


def _impossible(checked: Checked, why: str, county: str = "") -> CampaignError:
    """All that is wrong, and why the whole build stops for it."""
    details = {"reason": layout()["whole"][why].format(county=county)}
    return CampaignError([*checked.problems, Problem(code=Code.BUILD_WHOLE, file=tables.FOLDER, details=details)])


def _note(names: Mapping[str, str], code: str, state: CountyState) -> Problem:
    details = {"county": names.get(code, code), "day": state.day.isoformat(), "commit": state.commit[:10]}
    return Problem(code=HELD_BACK, file=f"{tables.FOLDER}/*/{code}.csv", county=code, details=details)


def _withdrawn(names: Mapping[str, str], code: str, state: CountyState) -> Problem:
    details = {"county": names.get(code, code), "names": str(state.names), "phones": str(state.phones)}
    return Problem(code=Code.WITHDRAWN_HELD_BACK, file=f"{tables.FOLDER}/*/{code}.csv", county=code, details=details)
