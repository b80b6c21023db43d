"""The check: files against their schemas, then the rules across tables. All that is found comes back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from site_builder.checks import edition_audit, edition_proof, removed, rules, table_schema
from site_builder.checks.rules.scope import Scope
from site_builder.model import county_heads, forms
from site_builder.model.campaign import Campaign
from site_builder.model.schemas import Schemas
from site_builder.privacy import lint
from site_builder.record import loading, tables
from site_builder.record.records import Records
from site_builder.record.tables import DataFile, Reading
from site_builder.shared import validation_cache
from site_builder.shared.codes import Code
from site_builder.shared.git import CommitLine
from site_builder.shared.problems import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a check gave: the records of every file without an error, and all problems."""

    records: Records
    problems: list[Problem]

    @property
    def is_publishable(self) -> bool:
        """Whether nothing but warnings was found."""
        return not any(problem.is_error for problem in self.problems)


def check(root: Path, campaign: Campaign, schemas: Schemas, line: CommitLine | None = None) -> Checked:
    """Check all data under the project's root, and what the office has confirmed of each county's heads.

    line: the commits that led to what stands there; those of its own repository, if there is one, unless given.
    """
    checked = check_data(root, campaign, schemas, line)
    heads = county_heads.check(root, forms.load(root, schemas), county_names(checked.records))
    proofs = edition_proof.check(root, checked.records, campaign)
    return Checked(records=checked.records, problems=[*checked.problems, *heads, *proofs])


def check_data(root: Path, campaign: Campaign, schemas: Schemas, line: CommitLine | None = None) -> Checked:
    """Check all data under a root that need not hold more than content/. line: as above."""
    reading = tables.read_all(root, schemas)
    checked = check_reading(root, campaign, schemas, reading)
    present = {path.relative_to(root).as_posix() for path in (root / tables.FOLDER).rglob("*.csv")}
    names = county_names(checked.records)
    gone = removed.check(present, line or CommitLine(root=root), names, schemas, campaign.data_status)
    problems = [*checked.problems, *lint.in_content(root, campaign, schemas), *gone]
    return Checked(records=checked.records, problems=_without_form_of_faulty(problems))


def county_names(records: Records) -> dict[str, str]:
    """The names of the campaign's counties, by code."""
    names = {division.code: division.name for division in records.divisions}
    return {county.county_code: names.get(county.county_code, county.county_code) for county in records.counties}


def check_reading(root: Path, campaign: Campaign, schemas: Schemas, reading: Reading) -> Checked:
    """Check what was read under the project's root, drafts that do not stand there yet among it.

    Personal numbers are not looked for: whoever brings drafts has searched what they were made of.
    """
    with validation_cache.remembered(root) as known:
        problems = reading.problems + table_schema.check(reading, schemas, known)
        faulty = {problem.file for problem in problems if problem.is_error}
        sound = [file for file in reading.files if file.path not in faulty]
        loaded = loading.load(sound, schemas)
        problems += edition_audit.check(loaded, reading, campaign, schemas, known)
    scope = Scope(
        root=root,
        campaign=campaign,
        schemas=schemas,
        records=loaded,
        files=tuple(file.path for file in sound),
        faulty=frozenset(faulty),
    )
    rest = [file for file in reading.files if file.path in faulty]
    partly = loading.load(_as_far_as_sound(rest, problems, schemas), schemas)
    problems += rules.check(scope, replace(scope, records=partly))
    return Checked(records=loaded, problems=_without_form_of_faulty(problems))


def _as_far_as_sound(files: Iterable[DataFile], problems: Iterable[Problem], schemas: Schemas) -> Iterator[DataFile]:
    """Faulty files without the rows that are faulty as such, and with blanks for the cells that are."""
    found: dict[str, dict[int, set[str]]] = {}
    for problem in problems:
        if problem.is_error and problem.line:
            cells = found.setdefault(problem.file, {}).setdefault(problem.line, set())
            cells.add(problem.cell.rstrip("0123456789"))
    for file in files:
        table, wrong = schemas.tables[file.table], found.get(file.path, {})
        letters = [table.column_letter(name) for name in table.header]
        kept = [(line, row) for line, row in zip(file.lines, file.rows, strict=True) if "" not in wrong.get(line, ())]
        rows = [
            ["" if letter in wrong.get(line, ()) else cell for letter, cell in zip(letters, row, strict=True)]
            for line, row in kept
        ]
        yield replace(file, rows=rows, lines=[line for line, _ in kept])


def _without_form_of_faulty(problems: list[Problem]) -> list[Problem]:
    """How a file is written matters once what it says is right."""
    faulty = {problem.file for problem in problems if problem.is_error}
    return [problem for problem in problems if problem.code != Code.FILE_NOT_CANONICAL or problem.file not in faulty]
