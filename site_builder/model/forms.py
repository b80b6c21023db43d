"""The forms that are filled in: survey_schemas/forms.json laid over the tables, one source for every kind of form.

Workbook, phone form, paper form and collector all read these; none has a list of columns of its own.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from enum import StrEnum
from itertools import product
from pathlib import Path
from typing import Any

from site_builder.model import head_words, programme
from site_builder.model.head_words import HeadWords
from site_builder.model.schemas import FOLDER, Field, Schemas, Table, expanded
from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem, layout

FILE = f"{FOLDER}/forms.json"


class RowKind(StrEnum):
    """What the rows of a form are, and so which cells are filled in and locked before it is sent."""

    VILLAGES = "villages"  # one for each village of the county
    WINDOWS = "windows"  # one for each window that the campaign promised the county
    IDENTIFIERS = "identifiers"  # numbered ones, such as A-220881-0001
    PERIODS = "periods"  # one for each period of the campaign's year and each figure that is asked for
    FREE = "free"
    OWN = "own"  # one alone, of the unit that fills it in
    COUNTIES = "counties"  # one for each county of the province


# The fields that our own workbooks fill in, by what the rows of a form are of.
LOCKED = {
    RowKind.VILLAGES: {"village_code"},
    RowKind.WINDOWS: {"window_id", "campaign_year"},
    RowKind.IDENTIFIERS: {"activity_id", "feedback_id"},
    RowKind.PERIODS: {"period", "indicator"},
    RowKind.OWN: {"name"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FormColumn:
    """One column of a form.

    title: what stands at its head; number: such as 3.2, the same on paper; names: every head it is known by,
    title and field name included; kind: "person" for a name, "phone" for a number to call, else "";
    units: the words that may follow a number; page: the page of the phone form that begins with it, or ""; fixed: for
    a column of a spread form, the values of the other key fields, such as {"group": "elderly", "matter": "labour_pay"}.
    """

    field: Field
    title: str
    number: str
    names: tuple[str, ...]
    kind: str
    units: tuple[str, ...]
    page: str
    fixed: Mapping[str, str]

    @property
    def example(self) -> str:
        """A correct entry, as a form shows it."""
        shown = layout()["yes_no"] if self.field.type == "boolean" else self.field.choices
        return shown.get(self.field.example, self.field.example)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One return: a table as a county fills it in.

    number: counted from 1; sheet: the name of its sheet; names: every name a sheet of it is known by;
    earlier: digests of it in kits that were sent before options were added, which lack nothing; milestone: key of the
    campaign's milestone by which it is due, or ""; columns: as the kit writes them, without
    what the collector fills in by itself and what somebody else finds out; record_columns: one for each field of the
    table, in the table's order (for a spread form the two differ: it may also come back with one record a row);
    levels: of the units that fill it in, none for a county's own; of_pilots: whether only pilot areas do.
    """

    number: int
    table: Table
    sheet: str
    names: tuple[str, ...]
    earlier: frozenset[str]
    milestone: str
    rows: RowKind
    columns: tuple[FormColumn, ...]
    record_columns: tuple[FormColumn, ...]
    levels: frozenset[str]
    of_pilots: bool

    @property
    def lists_villages(self) -> bool:
        """Whether its records are the villages themselves, for which a name alone is enough."""
        return self.table.key == ("village_code",)

    @property
    def is_spread(self) -> bool:
        """Whether a row holds several records: one for each cell under a column with fixed values."""
        return any(column.fixed for column in self.columns)

    @property
    def village_field(self) -> str:
        """The field that says of which village a record is; "" where none may."""
        return next((name for name in ("village_code", "recipient_code") if name in self.table.header), "")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)  # each is itself: what was looked up in one is kept with it
class Forms:
    """All forms by table name, in the order of the workbook.

    version: of the kit; context: heads of columns that only help the reader, by kind (township_name, village_name,
    county_name, region for what holds several of them, former_name and former_left for whom a row's person follows, and
    when that one left); choice_aliases: by code list, other words for a choice, to its
    code; head_words: what may stand around a head's name; materials: the titles of those on record, by number: a list
    may have a column for each of them; material_words: what each of them is called by its kind.
    """

    version: str
    forms: Mapping[str, Form]
    context: Mapping[str, tuple[str, ...]]
    choice_aliases: Mapping[str, Mapping[str, str]]
    head_words: HeadWords
    materials: Mapping[str, str] = dataclass_field(default_factory=dict)
    material_words: Mapping[str, tuple[str, ...]] = dataclass_field(default_factory=dict)

    @property
    def lists_villages(self) -> bool:
        """Whether these are not the forms of a county, but that of the list of its villages."""
        return any(form.lists_villages for form in self.forms.values())

    @property
    def lists_counties(self) -> bool:
        """Whether these are that of the list of counties with their offices, which is the province's."""
        return any(form.rows is RowKind.COUNTIES for form in self.forms.values())

    @property
    def is_of_units(self) -> bool:
        """Whether these are what every unit that carries out the notice fills in, by its level."""
        return any(form.levels for form in self.forms.values())

    def asked_of(self, level: str, *, is_pilot: bool) -> Forms:
        """Those that a unit of a level fills in, numbered from 1 without a gap."""
        asked = [form for form in self.forms.values() if level in form.levels and (is_pilot or not form.of_pilots)]
        return replace(self, forms={form.table.name: _numbered(number, form) for number, form in enumerate(asked, 1)})


def _numbered(number: int, form: Form) -> Form:
    """The form with another number, which its columns' numbers begin with."""
    columns = tuple(replace(column, number=f"{number}.{place}") for place, column in enumerate(form.columns, start=1))
    return replace(form, number=number, columns=columns)


def load(root: Path, schemas: Schemas) -> Forms:
    """Read the counties' forms. Raises CampaignError when the file is missing, broken or names what is not there."""
    return _load(root, schemas, "forms")


def load_of_units(root: Path, schemas: Schemas) -> Forms:
    """The forms of all units that carry out the notice. Raises CampaignError as `load` does."""
    return _load(root, schemas, "unit_forms")


def _load(root: Path, schemas: Schemas, of: str) -> Forms:
    with _in_order():
        content = _content(root, schemas)
        forms = [
            _form(number, entry, schemas, content["filled_in"]) for number, entry in enumerate(content[of], start=1)
        ]
        return _forms(root, content, forms)


def load_village_list(root: Path, schemas: Schemas) -> Forms:
    """The form in which villages are listed, alone. Raises CampaignError as `load` does.

    Nothing in it must be filled in, and the name has no column of its own: the code is found by township and name.
    """
    with _in_order():
        content = _content(root, schemas)
        table = schemas.tables[content["village_list"]["table"]]
        asked = _plain(1, table, content["village_list"]["columns"])
        columns = tuple(replace(column, field=_optional(column.field)) for column in asked)
        return _forms(root, content, [_titled(1, content["village_list"], table, columns, columns)])


def load_county_list(root: Path, schemas: Schemas) -> Forms:
    """The form in which the counties that take part are listed with their offices, alone. Raises as `load` does.

    A county is known by its name, and what is not the list's to say need not be filled in.
    """
    with _in_order():
        content = _content(root, schemas)
        entry = content["county_list"]
        table = schemas.tables[entry["table"]]
        asked = _plain(1, table, entry["columns"])
        columns = tuple(
            replace(column, field=_optional(column.field)) if column.field.name in entry["known_otherwise"] else column
            for column in asked
        )
        return _forms(root, content, [_titled(1, entry, table, columns, columns)])


@contextmanager
def _in_order() -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError, KeyError, TypeError, StopIteration) as error:
        details = {"reason": f"{type(error).__name__}: {error}"}
        raise CampaignError([Problem(code=Code.SCHEMAS_BROKEN, file=FILE, details=details)]) from error


def _content(root: Path, schemas: Schemas) -> dict[str, Any]:
    """What the file says, in the terms of the programme."""
    content: dict[str, Any] = json.loads((root / FILE).read_text(encoding="utf-8"))
    filled: dict[str, Any] = programme.filled(content, schemas.programme)
    return filled


def _forms(root: Path, content: dict[str, Any], forms: Iterable[Form]) -> Forms:
    return Forms(
        version=content["version"],
        forms={form.table.name: form for form in forms},
        context={kind: tuple(dict.fromkeys(names)) for kind, names in content["context"].items()},
        choice_aliases=content["choice_aliases"],
        head_words=head_words.load(root),
    )


def _optional(field: Field) -> Field:
    return replace(field, constraints={name: limit for name, limit in field.constraints.items() if name != "required"})


def _form(number: int, entry: dict[str, Any], schemas: Schemas, filled_in: list[str]) -> Form:
    table = schemas.tables[entry["table"]]
    entries = list(expanded(entry["columns"], schemas.code_lists))
    asked = [column for column in entries if column.get("asked", column["field"] not in filled_in)]
    spread = entry.get("spread")
    columns = _spread(number, table, asked, spread) if spread else _plain(number, table, asked)
    by_name = {column["field"]: column for column in entries}
    record_columns = _plain(number, table, [by_name[field.name] for field in table.fields])
    return _titled(number, entry, table, columns, record_columns)


def _titled(
    number: int,
    entry: dict[str, Any],
    table: Table,
    columns: tuple[FormColumn, ...],
    record_columns: tuple[FormColumn, ...],
) -> Form:
    return Form(
        number=number,
        table=table,
        sheet=entry["sheet"],
        names=(entry["sheet"], *entry["aliases"], table.title, table.name),
        earlier=frozenset(entry.get("earlier", ())),
        milestone=entry["milestone"],
        rows=RowKind(entry["rows"]),
        columns=columns,
        record_columns=record_columns,
        levels=frozenset(entry.get("levels", ())),
        of_pilots=entry.get("of_pilots", False),
    )


def _plain(number: int, table: Table, entries: list[dict[str, Any]]) -> tuple[FormColumn, ...]:
    return tuple(
        _column(f"{number}.{place}", table.field(entry["field"]), entry) for place, entry in enumerate(entries, start=1)
    )


def _column(number: str, field: Field, entry: dict[str, Any]) -> FormColumn:
    names = (field.title, *entry.get("aliases", ()), field.name)
    return FormColumn(
        field=field,
        title=field.title,
        number=number,
        names=names,
        kind=entry.get("kind", ""),
        units=tuple(entry.get("units", ())),
        page=entry.get("page", ""),
        fixed={},
    )


def _spread(number: int, table: Table, entries: list[dict[str, Any]], spread: dict[str, Any]) -> tuple[FormColumn, ...]:
    """The key columns as they are, then one column for each combination of the choices that are spread out."""
    over = [table.field(name) for name in spread["over"]]
    kept = [entry for entry in entries if entry["field"] not in (*spread["over"], spread["value"])]
    value = next(entry for entry in entries if entry["field"] == spread["value"])
    columns = list(_plain(number, table, kept))
    for codes in product(*(field.choices for field in over)):
        title = "·".join(field.choices[code] for field, code in zip(over, codes, strict=True))
        columns.append(
            FormColumn(
                field=table.field(spread["value"]),
                title=title,
                number=f"{number}.{len(columns) + 1}",
                names=(title, ".".join(codes)),
                kind="",
                units=tuple(value.get("units", ())),
                page="",
                fixed={field.name: code for field, code in zip(over, codes, strict=True)},
            )
        )
    return tuple(columns)


# County feedback marks a copy of the workbook by these. Sent again, they mark what is not data.
PROBLEM_SHEET = "问题清单"
PROBLEM_MARK = "【问题清单】"  # from here to its end, a comment is ours

# The kit's workbook says what it is on sheets of these names; the collector reads them by the same names.
COVER_SHEET = "填写说明"
COVER_LABELS = {"office": "报送单位", "person": "报送人", "date": "填报日期"}  # column A; what is filled in, column B
KIT_SHEET = "_kit"  # hidden: keys in column A, values in column B
DIGEST_KEY = "schema_digest_"  # before a table's name, on the hidden sheet
HEAD_LINE = 4  # of a form's sheet; the data begin below
NUMBER_LINE = 3  # the columns' numbers, as on paper
BEFORE_SHEET = "_before"  # hidden: table, key and digests of each record that the kit shows
LISTS_SHEET = "_lists"  # hidden: what the dropdowns offer, one list a column


def form_digest(form: Form) -> str:
    """SHA-256 of a form as a kit knows it, lower-case hexadecimal: the table's schema and the heads of the columns."""
    known = {"schema": form.table.descriptor, "heads": [column.title for column in form.columns]}
    canonical = json.dumps(known, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()
