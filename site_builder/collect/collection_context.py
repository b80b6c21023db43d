"""What a return is checked against: the settings, the forms, and the record as it stands, with earlier returns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from site_builder import checks
from site_builder.checks import Checked
from site_builder.collect.answers import record_names
from site_builder.collect.merge import RecordRow
from site_builder.collect.values import places
from site_builder.collect.values.places import KnownVillage, Places
from site_builder.collect.village_lists import gazetteer
from site_builder.model.campaign import Campaign
from site_builder.model.forms import Forms
from site_builder.model.schemas import Schemas, Table
from site_builder.record import tables
from site_builder.record.tables import Reading, county_file
from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem

_MATERIALS = f"{tables.FOLDER}/materials.csv"
_UNITS = "responsible_units"


@dataclass(slots=True, kw_only=True)
class CollectionContext:
    """The record, with what earlier returns of this run would write, and the settings and forms.

    stood: its state when it was read, or after the last write of this run, so that what is written goes over nothing
    newer; None where nothing will be written.
    """

    root: Path
    campaign: Campaign
    schemas: Schemas
    forms: Forms
    places: Places
    reading: Reading
    rows: dict[str, list[RecordRow]]
    standing: frozenset[object]
    unread: frozenset[str]
    stood: str | None = None

    def campaign_villages(self, county: str) -> list[KnownVillage]:
        """The villages of a county that are the campaign's; the places of a list of villages are all there are."""
        if not self.forms.lists_villages:
            return self.places.of_county(county)
        codes = [row["village_code"] for row in self.rows.get(county_file("villages", county), [])]
        return [self.places.villages[code] for code in codes if code in self.places.villages]

    @property
    def material_kinds(self) -> dict[str, str]:
        """The kind of each material on record, by number."""
        return {row["material_id"]: row["kind"] for row in self.rows.get(_MATERIALS, [])}

    def record_name(self, table: Table, key: Sequence[str]) -> str:
        """What a record is called, by its key."""
        return record_names.named(table, key, self.places, self.forms.materials)

    def check(self, drafted: Reading) -> list[Problem]:
        """Every problem that the record would have with these drafts."""
        reading = tables.overlaid(self.schemas, self.reading, drafted)
        return checks.check_reading(self.root, self.campaign, self.schemas, reading).problems

    def take_in(self, drafted: Reading, rows: dict[str, list[RecordRow]]) -> None:
        """Let what comes after see these drafts; rows: the same, by path."""
        self.reading = tables.overlaid(self.schemas, self.reading, drafted)
        self.rows.update(rows)


def load(root: Path, campaign: Campaign, schemas: Schemas, forms: Forms, stood: str | None = None) -> CollectionContext:
    """The context as it stands, with the problems it already has, so that no return is blamed for them.

    stood: the state of the record, taken before: what comes in between is seen then as well. Raises CampaignError where
    the public may fetch what would be taken in.
    """
    reading = tables.read_all(root, schemas)
    checked = checks.check_reading(root, campaign, schemas, reading)
    return of_checked(root, campaign, schemas, forms, reading, checked, stood)


def of_checked(  # noqa: PLR0913, PLR0917  (the record, with what it is read by and what was found in it)
    root: Path,
    campaign: Campaign,
    schemas: Schemas,
    forms: Forms,
    reading: Reading,
    checked: Checked,
    stood: str | None,
) -> CollectionContext:
    """The same of a record that has been read and checked. Raises CampaignError as `load` does."""
    problems = checked.problems
    if in_public := [problem for problem in problems if problem.code is Code.REPOSITORY_PUBLIC]:
        raise CampaignError(in_public)
    rows = _rows(reading, schemas)
    materials = {row["material_id"]: row["title"] for row in rows.get(_MATERIALS, [])}
    called = forms.head_words.material_kinds
    words = {row["material_id"]: called.get(row["kind"], ()) for row in rows.get(_MATERIALS, [])}
    return CollectionContext(
        root=root,
        campaign=campaign,
        schemas=schemas,
        forms=replace(forms, materials=materials, material_words=words),
        places=_places(reading, schemas, forms, rows, campaign.province_code),
        reading=reading,
        rows=rows,
        standing=frozenset(map(fingerprint, problems)),
        unread=_unread(reading),
        stood=stood,
    )


def _places(
    reading: Reading, schemas: Schemas, forms: Forms, rows: Mapping[str, list[RecordRow]], province: str
) -> Places:
    """The places that a return may name; where every unit returns, the units stand for the counties.

    Who lists the counties is the province, which stands beside them.
    """
    is_of_all = forms.lists_villages or forms.lists_counties
    found: Places = (gazetteer if is_of_all else places).gather(reading, schemas)
    if forms.lists_counties:
        divisions = rows.get(f"{tables.FOLDER}/{gazetteer.DIVISIONS}.csv", [])
        own = {row["code"]: row["name"] for row in divisions if row["code"] == province}
        return replace(found, counties={**found.counties, **own})
    units = rows.get(county_file(_UNITS, ""), []) if forms.is_of_units else []
    return replace(found, counties={row["unit_code"]: row["name"] for row in units}) if units else found


def fingerprint(problem: Problem) -> object:
    """What distinguishes two problems, wherever their rows have moved to."""
    details = sorted(item for item in problem.details.items() if item[0] not in {"elsewhere", "other"})
    return problem.code, problem.file, problem.column, problem.entered, tuple(details)


def _rows(reading: Reading, schemas: Schemas) -> dict[str, list[RecordRow]]:
    return {
        file.path: [dict(zip(schemas.tables[file.table].header, cells, strict=True)) for cells in file.rows]
        for file in reading.files
    }


def _unread(reading: Reading) -> frozenset[str]:
    """Files that stand there and cannot be read: nothing may be merged into them."""
    read = {file.path for file in reading.files}
    problems: Iterable[Problem] = reading.problems
    return frozenset(problem.file for problem in problems if problem.is_error and problem.file not in read)
