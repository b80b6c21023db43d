"""The schemas of survey_schemas/: tables, fields, code lists and the publication policy of every field."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from site_builder.model import programme
from site_builder.model.programme import Programme
from site_builder.shared.characters import unfit_in
from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem

FOLDER = "survey_schemas"
SURVEY = "village_surveys"
_EXAMPLES_OF = 2018  # the year of the examples in the files
_SURVEY_ITEMS = "survey_items"  # stands for the columns in which a survey counts, where a field names its codes
# What only the software reads of a field. It is no part of the schema that a kit knows, see `form_digest`.
_COARSE = "coarse"
_OURS = ("each", "codesOf", "counts", "notAbove", "notBefore", "ofCampaign", "person")


class Policy(StrEnum):
    """What may become public of a field's values."""

    PUBLIC = "public"
    MASKED = "masked"
    AGGREGATE = "aggregate"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What a column of the survey counts.

    unit: what one of them is, "households" or "persons"; figure: its title as a figure of a map, "" where it is none;
    share: the key and the title of its share of the column that it is not above, as a figure of a map, if it is one.
    """

    unit: str
    figure: str
    share: tuple[str, str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One column. `choices` maps codes to Chinese titles where the code list of that name applies, else is empty.

    mask: for a masked field, the kind of what stands in it; reason: why its policy is so, "" for the usual reason;
    each: the code list for each of whose codes there is such a column, or ""; counts: for a column of the survey;
    not_above: the column of the whole of which it is a part, or ""; not_before: that of what comes first, or "";
    of_campaign: whether its day is one of the campaign, and so not before its year;
    is_person: whether a person's name stands in it, in the letters of any people of the country.
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
    each: str
    counts: Counts | None
    not_above: str
    not_before: str
    of_campaign: bool
    is_person: bool

    @property
    def is_free_text(self) -> bool:
        """Whether somebody words what stands in it: no code of a list, nothing of a prescribed form."""
        return self.type == "string" and not self.choices and "pattern" not in self.constraints


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignKey:
    """A column that names a record of another table (or of its own, when `table` is its own name)."""

    field: str
    table: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Coarse:
    """Records of a table of which little may be told, since all their columns together would lead to a household.

    column, codes: which they are; shown: the fields that may pass all the same, by their own policies; month: the day
    of which the month may be told; reason: why.
    """

    column: str
    codes: frozenset[str]
    shown: frozenset[str]
    month: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table: its fields in order, its key, its references; `descriptor` is the published schema.

    coarse: which of its records are told by month alone, if any.
    """

    name: str
    title: str
    description: str
    split_by_county: bool
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...]
    descriptor: Mapping[str, Any]
    coarse: Coarse | None

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

    derived: the tables that are summed up for publication; no files of theirs are collected. programme: by whose terms
    all of it reads, as forms do.
    """

    tables: Mapping[str, Table]
    derived: Mapping[str, Table]
    code_lists: Mapping[str, Mapping[str, str]]
    programme: Programme


def load(root: Path) -> Schemas:
    """Read survey_schemas/ under the project's root, in the terms of its programme.

    Raises CampaignError when it is missing or broken, or the programme is.
    """
    return read(root / FOLDER, programme.load(root))


def read(folder: Path, own: Programme) -> Schemas:
    """The schemas of a folder in the terms of a programme. Raises CampaignError when it is missing or broken."""
    try:
        lists = {path.stem: _code_list(path, own) for path in sorted((folder / "code_lists").glob("*.csv"))}
        codes = lists | {_SURVEY_ITEMS: _survey_items(folder, own)}
        tables = _tables(folder, "datapackage.json", codes, own)
        derived = _tables(folder, "derived.json", codes, own)
    except (OSError, ValueError, KeyError) as error:
        details = {"reason": f"{type(error).__name__}: {error}"}
        raise CampaignError([Problem(code=Code.SCHEMAS_BROKEN, file=FOLDER, details=details)]) from error
    return Schemas(tables=tables, derived=derived, code_lists=lists, programme=own)


def of_year(known: Schemas, year: int) -> Schemas:
    """The same, with the examples that people are shown of this year; what a kit is known by stays."""
    if year == _EXAMPLES_OF:
        return known
    return replace(known, tables={name: _of_year(table, str(year)) for name, table in known.tables.items()})


def _of_year(table: Table, year: str) -> Table:
    before = str(_EXAMPLES_OF)
    fields = (
        replace(field, example=field.example.replace(before, year), description=field.description.replace(before, year))
        for field in table.fields
    )
    return replace(table, fields=tuple(fields))


def _tables(folder: Path, package: str, lists: Mapping[str, Mapping[str, str]], own: Programme) -> dict[str, Table]:
    resources = _json(folder / package, own)["resources"]
    raw = {resource["name"]: _json(folder / resource["schema"], own) for resource in resources}
    return {resource["name"]: _table(resource, raw[resource["name"]], lists) for resource in resources}


def _survey_items(folder: Path, own: Programme) -> dict[str, str]:
    """The columns in which a survey counts, to their titles, but for those of each group."""
    fields = _json(folder / "tables" / f"{SURVEY}.json", own)["fields"]
    return {field["name"]: field["title"] for field in fields if "counts" in field and "each" not in field}


def _code_list(path: Path, own: Programme) -> dict[str, str]:
    with path.open(encoding="utf-8", newline="") as file:
        titles = {row["code"]: programme.filled(row["title"], own) for row in csv.DictReader(file)}
    _refuse_unfit(path, list(titles.items()))
    return titles


def _json(path: Path, own: Programme) -> dict[str, Any]:
    content: dict[str, Any] = programme.filled(json.loads(path.read_text(encoding="utf-8")), own)
    _refuse_unfit(path, content)
    return content


def _refuse_unfit(path: Path, content: object) -> None:
    for place, found in unfit_in(content):
        raise ValueError(f"{path.name} {'.'.join(map(str, place))}: {found.point}")


def expanded(entries: Sequence[dict[str, Any]], lists: Mapping[str, Mapping[str, str]]) -> Iterator[dict[str, Any]]:
    """The entries, one that is said of `each` code of a list as often as there are codes, with {code} and {title}."""
    for entry in entries:
        if "each" not in entry:
            yield entry
        for code, title in lists[entry["each"]].items() if "each" in entry else ():
            yield {key: _filled(value, code, title) for key, value in entry.items()}


def _filled(value: Any, code: str, title: str) -> Any:  # noqa: ANN401  (whatever JSON holds)
    if isinstance(value, list):
        return [_filled(each, code, title) for each in value]
    return value.replace("{code}", code).replace("{title}", title) if isinstance(value, str) else value


def _table(resource: dict[str, Any], raw: dict[str, Any], lists: Mapping[str, Mapping[str, str]]) -> Table:
    fields = [_with_codes(field, lists) for field in expanded(raw["fields"], lists)]
    plain = [{key: value for key, value in field.items() if key not in _OURS} for field in fields]
    return Table(
        name=resource["name"],
        title=resource["title"],
        description=resource["description"],
        split_by_county=resource["splitByCounty"],
        fields=tuple(_field(field, lists) for field in fields),
        key=tuple(raw["primaryKey"]),
        foreign_keys=tuple(_foreign_key(resource["name"], key) for key in raw.get("foreignKeys", [])),
        descriptor={key: value for key, value in raw.items() if key != _COARSE} | {"fields": plain},
        coarse=_coarse(raw[_COARSE], [field["name"] for field in fields]) if _COARSE in raw else None,
    )


def _coarse(raw: dict[str, Any], names: Sequence[str]) -> Coarse:
    """Which records are coarse. Raises KeyError where a field is named that is none."""
    for name in (raw["column"], raw["month"], *raw["shown"]):
        if name not in names:
            raise KeyError(name)
    return Coarse(
        column=raw["column"],
        codes=frozenset(raw["codes"]),
        shown=frozenset(raw["shown"]),
        month=raw["month"],
        reason=raw["reason"],
    )


def _with_codes(field: dict[str, Any], lists: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """The field with the codes that may stand in it: those of its list, and what it says itself where it sums them."""
    if "codeList" in field:
        codes = list(lists[field["codeList"]])
    elif "codesOf" in field:
        codes = [*lists[field["codesOf"]], *field["constraints"]["enum"]]
    else:
        return field
    return field | {"constraints": field.get("constraints", {}) | {"enum": codes}}


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
        each=field.get("each", ""),
        counts=_counts(field["counts"]) if "counts" in field else None,
        not_above=field.get("notAbove", ""),
        not_before=field.get("notBefore", ""),
        of_campaign=field.get("ofCampaign", False),
        is_person=field.get("person", False),
    )


def _counts(counts: dict[str, Any]) -> Counts:
    share = counts.get("share")
    return Counts(
        unit=counts["unit"],
        figure=counts.get("figure", ""),
        share=(share["key"], share["title"]) if share else None,
    )


def _foreign_key(table: str, key: dict[str, Any]) -> ForeignKey:
    (field,), (target,) = key["fields"], key["reference"]["fields"]
    return ForeignKey(field=field, table=key["reference"]["resource"] or table, target=target)
