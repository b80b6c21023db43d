"""The schemas of survey_schemas/: tables, fields, code lists and the publication policy of every field."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from site_builder.shared.characters import unfit_in
from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem

FOLDER = "survey_schemas"


class Policy(StrEnum):
    """What may become public of a field's values."""

    PUBLIC = "public"
    MASKED = "masked"
    AGGREGATE = "aggregate"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One column. `choices` maps codes to Chinese titles where the code list of that name applies, else is empty.

    mask: for a masked field, the kind of what stands in it; reason: why its policy is so, "" for the usual reason.
    """

    name: str
    title: str
    type: str
    description: str
    example: str
    policy: Policy
    mask: str
    reason: str
    constraints: Mapping[str, Any]
    code_list: str
    choices: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignKey:
    """A column that names a record of another table (or of its own, when `table` is its own name)."""

    field: str
    table: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table: its fields in order, its key, its references; `descriptor` is the published schema."""

    name: str
    title: str
    description: str
    split_by_county: bool
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...]
    descriptor: Mapping[str, Any]

    @property
    def header(self) -> list[str]:
        """The field names in order, as they stand in the first line of a file."""
        return [field.name for field in self.fields]

    def field(self, name: str) -> Field:
        """The field of that name; KeyError when there is none."""
        return next(field for field in self.fields if field.name == name)

    def column_letter(self, name: str) -> str:
        """The spreadsheet letter of a field's column."""
        return str(xl_col_to_name(self.header.index(name)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Schemas:
    """All tables by name in the descriptor's order, and all code lists by name: code to Chinese title.

    derived: the tables that are summed up for publication; no files of theirs are collected.
    """

    tables: Mapping[str, Table]
    derived: Mapping[str, Table]
    code_lists: Mapping[str, Mapping[str, str]]


def load(root: Path) -> Schemas:
    """Read survey_schemas/ under the project's root. Raises CampaignError when it is missing or broken."""
    folder = root / FOLDER
    try:
        lists = {path.stem: _code_list(path) for path in sorted((folder / "code_lists").glob("*.csv"))}
        tables = _tables(folder, "datapackage.json", lists)
        derived = _tables(folder, "derived.json", lists)
    except (OSError, ValueError, KeyError) as error:
        details = {"reason": f"{type(error).__name__}: {error}"}
        raise CampaignError([Problem(code=Code.SCHEMAS_BROKEN, file=FOLDER, details=details)]) from error
    return Schemas(tables=tables, derived=derived, code_lists=lists)


def _tables(folder: Path, descriptor: str, lists: Mapping[str, Mapping[str, str]]) -> dict[str, Table]:
    package = _json(folder / descriptor)
    return {resource["name"]: _table(folder, resource, lists) for resource in package["resources"]}


def _code_list(path: Path) -> dict[str, str]:
    with path.open(encoding="utf-8", newline="") as file:
        titles = {row["code"]: row["title"] for row in csv.DictReader(file)}
    _refuse_unfit(path, list(titles.items()))
    return titles


def _json(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    _refuse_unfit(path, content)
    return content


def _refuse_unfit(path: Path, content: object) -> None:
    for place, found in unfit_in(content):
        raise ValueError(f"{path.name} {'.'.join(map(str, place))}: {found.point}")


def _table(folder: Path, resource: dict[str, Any], lists: Mapping[str, Mapping[str, str]]) -> Table:
    descriptor = _json(folder / resource["schema"])
    return Table(
        name=resource["name"],
        title=resource["title"],
        description=resource["description"],
        split_by_county=resource["splitByCounty"],
        fields=tuple(_field(field, lists) for field in descriptor["fields"]),
        key=tuple(descriptor["primaryKey"]),
        foreign_keys=tuple(_foreign_key(resource["name"], key) for key in descriptor.get("foreignKeys", [])),
        descriptor=descriptor,
    )


def _field(field: dict[str, Any], lists: Mapping[str, Mapping[str, str]]) -> Field:
    return Field(
        name=field["name"],
        title=field["title"],
        type=field["type"],
        description=field["description"],
        example=field["example"],
        policy=Policy(field.get("publication", Policy.INTERNAL)),
        mask=field.get("mask", ""),
        reason=field.get("reason", ""),
        constraints=field.get("constraints", {}),
        code_list=field.get("codeList", ""),
        choices=lists[field["codeList"]] if "codeList" in field else {},
    )


def _foreign_key(table: str, key: dict[str, Any]) -> ForeignKey:
    (field,), (target,) = key["fields"], key["reference"]["fields"]
    return ForeignKey(field=field, table=key["reference"]["resource"] or table, target=target)
