"""What a county can go back to: its files at earlier commits, and the check of all data with them in their place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

import yaml

from site_builder import checks
from site_builder.checks import Checked, removed
from site_builder.last_good import blame, past_columns, withdrawals
from site_builder.model import campaign as settings
from site_builder.model.campaign import Campaign
from site_builder.model.schemas import Schemas
from site_builder.privacy import lint
from site_builder.record import tables
from site_builder.record.tables import FOLDER, Reading
from site_builder.shared import git, strict_yaml, validation_cache
from site_builder.shared.git import CommitLine
from site_builder.shared.problems import CampaignError, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class CountyState:
    """A county's files as they stood at a commit, without what those of today do not allow any more.

    day: the one that the data were then said to reach; names, phones: how many of them were taken out.
    """

    commit: str
    day: date
    reading: Reading
    names: int
    phones: int


@dataclass(frozen=True, kw_only=True)
class DataHistory:
    """All data as they stand under the root, read as `today`, and the line of commits that led there.

    names: those of the counties, by code.
    """

    root: Path
    campaign: Campaign
    schemas: Schemas
    line: CommitLine
    today: Reading
    names: Mapping[str, str]
    _faulty_at: dict[str, frozenset[str]] = field(default_factory=dict)

    def check(self, held: Mapping[str, CountyState]) -> Checked:
        """Check all data, the counties that are held back in the states given for them."""
        return checks.check_reading(self.root, self.campaign, self.schemas, self._with(held))

    def earlier(self, county: str, state: CountyState | None) -> CountyState | None:
        """The county's newest readable state before another one, or before what stands under the root."""
        commits = self._commits(county)
        rest = commits[commits.index(state.commit) + 1 :] if state else commits
        return next((found for commit in rest if (found := self._state(county, commit))), None)

    def is_at_fault(self, county: str) -> bool:
        """Whether the county's files were faulty when they came to be what they are.

        Where they were right then, something else has changed since: settings, or a table of the province.
        """
        if self._is_uncommitted(county):
            return True
        commit = next((commit for commit, _ in self.line.changes(_pathspec(county))), "")
        if commit and commit not in self._faulty_at:
            self._faulty_at[commit] = self._faulty_counties(commit)
        return county in self._faulty_at.get(commit, ())

    def _with(self, held: Mapping[str, CountyState]) -> Reading:
        files = [file for file in self.today.files if file.county not in held]
        files += [file for state in held.values() for file in state.reading.files]
        order = list(self.schemas.tables)
        settled = {f"{FOLDER}/{file.table}" for file in files}  # tables of which today there is no file at all
        problems = [problem for problem in self.today.problems if blame.county_of_path(problem.file) not in held]
        return Reading(
            files=sorted(files, key=lambda file: (order.index(file.table), file.path)),
            problems=[p for p in problems if p.file not in settled and not blame.is_stray(p, self.schemas)],
        )

    def _commits(self, county: str) -> list[str]:
        """The last commit of each state that the county's files had before today's, newest first."""
        before = [parent for _, parent in self.line.changes(_pathspec(county)) if parent]
        tip = git.commit_of(self.line.root, self.line.tip)
        return [tip, *before] if self._is_uncommitted(county) else before

    def _is_uncommitted(self, county: str) -> bool:
        return self._standing(county) != self._files(county, self.line.tip)

    def _standing(self, county: str) -> dict[str, bytes]:
        paths = (self.root / FOLDER).glob(f"*/{county}.csv")
        return {path.relative_to(self.root).as_posix(): path.read_bytes() for path in paths}

    def _files(self, county: str, commit: str) -> dict[str, bytes]:
        ids = git.files_at(self.line.root, commit, FOLDER)
        return git.contents(
            self.line.root, {path: name for path, name in ids.items() if blame.county_of_path(path) == county}
        )

    def _state(self, county: str, commit: str) -> CountyState | None:
        """The county's files at a commit; None when one could not be read, holds a personal number, or was gone."""
        drafts = self._files(county, commit)
        drafts = past_columns.adapted(self.line.root, commit, self.schemas, drafts)
        known = {
            path: content for path, content in drafts.items() if PurePosixPath(path).parent.name in self.schemas.tables
        }
        reading = tables.read_drafts(self.root, self.schemas, known)
        faults = [*reading.problems, *lint.in_drafts(drafts, self.campaign, self.schemas), *self._gone(county, commit)]
        if any(problem.is_error for problem in faults):
            return None
        left = withdrawals.allowed(reading, self._since(county, commit), self.schemas, self.campaign.hotline)
        day = self._day(commit)
        return CountyState(commit=commit, day=day, reading=left.reading, names=left.names, phones=left.phones)

    def _since(self, county: str, commit: str) -> list[dict[str, bytes]]:
        """The county's files as they stand, and as they stood back to a commit, newest first."""
        commits = self._commits(county)
        earlier = commits[: commits.index(commit) + 1]
        return [self._standing(county), *(self._files(county, each) for each in earlier)]

    def _gone(self, county: str, commit: str) -> list[Problem]:
        line = CommitLine(root=self.line.root, tip=commit)
        present = git.files_at(line.root, commit, FOLDER).keys()
        gone = removed.check(present, line, self.names, self.schemas, self.campaign.data_status)
        return [problem for problem in gone if problem.county == county]

    def _day(self, commit: str) -> date:
        """The day that the data were said to reach at a commit; the commit's own where the settings do not say."""
        ids = git.files_at(self.line.root, commit, lint.CONTENT)
        try:
            file = {settings.FILE: ids[settings.FILE]}
            stated = strict_yaml.plain(git.contents(self.line.root, file)[settings.FILE])["data_as_of"]
        except (KeyError, TypeError, ValueError, yaml.YAMLError):
            stated = None
        day = stated if isinstance(stated, date) else date.fromisoformat(git.day_of(self.line.root, commit))
        return min(day, self.campaign.data_as_of)

    def _faulty_counties(self, commit: str) -> frozenset[str]:
        """The counties whose files have errors at a commit, by the rules of today and the settings and columns of then.

        Where those settings cannot be read any more, today's are taken.
        """
        with TemporaryDirectory() as folder:
            root = Path(folder)
            past_columns.write_out(self.line.root, commit, self.schemas, root)
            validation_cache.copy_to(self.root, root)
            try:
                then = settings.load(root)
            except CampaignError:
                then = self.campaign
            line = CommitLine(root=self.line.root, tip=commit)
            checked = checks.check_data(root, then, self.schemas, line)
        return frozenset(blame.county_of_path(problem.file) for problem in checked.problems if problem.is_error)


def _pathspec(county: str) -> str:
    return f":(glob){FOLDER}/*/{county}.csv"
