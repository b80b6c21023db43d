"""What a rule may look at, and how it reports."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from site_builder.model.campaign import Campaign
from site_builder.model.schemas import Schemas
from site_builder.record.facts import county_of_record
from site_builder.record.records import TYPES, Record, Records, Village, VillageSurvey, latest_surveys
from site_builder.record.tables import county_file
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem, layout

PAGES = "content/pages"
_TABLE_OF = {type_: name for name, type_ in TYPES.items()}


@dataclass(frozen=True, kw_only=True)
class Scope:
    """What a rule may look at.

    records: those of `files`, which have no error; faulty: the files with errors; all paths from the root.
    """

    root: Path
    campaign: Campaign
    schemas: Schemas
    records: Records
    files: tuple[str, ...]
    faulty: frozenset[str]

    @cached_property
    def names(self) -> dict[str, str]:
        """Division names by code."""
        return {division.code: division.name for division in self.records.divisions}

    @cached_property
    def units(self) -> dict[str, str]:
        """Names of the units that report, by code."""
        return {unit.unit_code: unit.name for unit in self.records.responsible_units}

    @cached_property
    def levels(self) -> dict[str, str]:
        """Division levels by code."""
        return {division.code: division.level for division in self.records.divisions}

    @cached_property
    def villages(self) -> dict[str, Village]:
        """Villages by code."""
        return {village.village_code: village for village in self.records.villages}

    @cached_property
    def surveys(self) -> dict[str, VillageSurvey]:
        """The latest survey of each village."""
        return latest_surveys(self.records.village_surveys)

    def has_file(self, table: str, county: str) -> bool:
        """Whether a county's file of a split table is there, however faulty."""
        path = county_file(table, county)
        return path in self.files or path in self.faulty

    def county_name(self, code: str) -> str:
        """A county's name, or its code when the gazetteer does not have it."""
        return self.names.get(code, code)

    def village_name(self, code: str) -> str:
        """A village's name as a message shows it, with its county."""
        village = self.villages.get(code)
        return self.county_name(code[:6]) + (village.name if village else code)

    def against(self, record: Record, column: str) -> dict[str, object]:
        """The details that say what else a problem is about: a record and a column, at their place in the record."""
        table = self.schemas.tables[_TABLE_OF[type(record)]]
        origin, cell = record.origin, f"{table.column_letter(column)}{record.origin.line}"
        return {
            "elsewhere": layout()["elsewhere"].format(file=origin.file, cell=cell),
            "other": f"{origin.file}:{origin.line}:{column}",
        }

    def problem(self, code: Code, record: Record, column: str = "", **details: object) -> Problem:
        """A problem at a record, and at one of its columns when that is named."""
        table = self.schemas.tables[_TABLE_OF[type(record)]]
        return Problem(
            code=code,
            file=record.origin.file,
            line=record.origin.line,
            cell=f"{table.column_letter(column)}{record.origin.line}" if column else "",
            column=table.field(column).title if column else "",
            county=county_of_record(record) if table.split_by_county else "",
            details={key: str(value) for key, value in details.items()},
        )
