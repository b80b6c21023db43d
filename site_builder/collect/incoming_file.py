"""An incoming file, and what it brings for each county."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from string import ascii_uppercase

from site_builder.collect.answers.sound import Where
from site_builder.collect.collection_context import CollectionContext
from site_builder.collect.cover_data import CoverData
from site_builder.collect.entries import Entry, NormalisedCell
from site_builder.collect.merge import RecordChange, RecordRow
from site_builder.collect.redated.same_surveys import Against
from site_builder.collect.structure.parts import Table as SheetTable
from site_builder.collect.values.cells import plain
from site_builder.model.forms import form_digest
from site_builder.model.schemas import Table
from site_builder.record.facts import COUNTY_FILE
from site_builder.record.tables import Reading, shown_pair
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem, layout, safe_to_show
from site_builder.untrusted_files import UntrustedFile, address


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectOptions:
    """What the command line says of the files.

    county: from which they are, or ""; received_on: None where the files say it or the campaign's own date will do;
    accept_older: take a return that is older than the last; columns: what heads of the file mean, by title;
    accepted: rows, by sheet and line or by a cell of a turned one, that a person takes though they are another
    county's or look like another person; kept: rows, named alike, in which the record stays as it is where a return
    says otherwise though both have changed;
    source: what it is registered as.
    """

    county: str = ""
    received_on: date | None = None
    submitted_by: str = ""
    accept_older: bool = False
    columns: Mapping[str, str] = field(default_factory=dict)
    accepted: frozenset[tuple[str, int | str]] = frozenset()
    kept: frozenset[tuple[str, int | str]] = frozenset()
    source: str = COUNTY_FILE


@dataclass(slots=True, kw_only=True)
class CollectedReturn:
    """What one file brings for one county.

    for_feedback: the file as feedback may hold it; is_guest: whether the file is another county's, with these rows in
    it; drafts: contents to be written, by path from the root, read again in `drafted`, with their rows in `rows`;
    unsound: changes of what is in error, apart from the others; origins: the cells of the return that changes come
    from; counts: by table: rows new, changed and the same; missing: by table: villages that a sheet of villages lacks;
    tables: as the file's sheets were understood; confirmed: titles that heads
    of the file mean, as the command line says.
    """

    file_name: str
    county: str
    received_on: date
    for_feedback: UntrustedFile
    is_guest: bool = False
    problems: list[Problem] = field(default_factory=list)
    drafts: dict[str, bytes] = field(default_factory=dict)
    drafted: Reading = field(default_factory=lambda: Reading(files=[], problems=[]))
    rows: dict[str, list[RecordRow]] = field(default_factory=dict)
    changes: list[RecordChange] = field(default_factory=list)
    unsound: list[RecordChange] = field(default_factory=list)
    origins: dict[RecordChange, Where] = field(default_factory=dict)
    counts: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    missing: dict[str, list[str]] = field(default_factory=dict)
    normalised: list[NormalisedCell] = field(default_factory=list)
    tables: list[SheetTable] = field(default_factory=list)
    confirmed: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_sound(self) -> bool:
        """Whether it may be written."""
        return not any(problem.is_error for problem in self.problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingFile:
    """One file, what it says of itself, what the command line says of it, and the record that it is for.

    titled: the code of the county that its titles, whoever sends it or its name say; "" for none or several; papers:
    titles that say that a table is no list of ours, and that a person has accepted all the same.
    """

    received: UntrustedFile
    says: CoverData
    collect_options: CollectOptions
    collection: CollectionContext
    titled: str = ""
    papers: frozenset[tuple[str, int | str]] = frozenset()

    @property
    def file(self) -> str:
        """The file's name, as problems give it."""
        return self.received.path.name

    @property
    def expected(self) -> str:
        """The code of the county that it should be from; "" when nobody says."""
        return self.collect_options.county or self.says.county or self.titled

    @property
    def option(self) -> str:
        """The option of the command that says whose a file is."""
        return "--unit" if self.collection.forms.is_of_units else "--county"

    @property
    def received_on(self) -> date:
        """The day that it counts as received on."""
        stated = self.collect_options.received_on or self.says.filled_in_on or self.says.answered_on
        return stated or self.collection.campaign.data_as_of

    @property
    def is_dated_by_answers(self) -> bool:
        """Whether its day is only that of the last answer, which need not be the day on which the county sent it."""
        return self.says.answered_on is not None and not (self.collect_options.received_on or self.says.filled_in_on)

    def county_name(self, code: str) -> str:
        """A county's name, or its code when there is none of that code."""
        return self.collection.places.counties.get(code, safe_to_show(code))

    def problem_at(self, entry: Entry, code: Code, field: str, **details: str) -> Problem:
        """A problem at the cell of an entry in which a field stands; in the first of its row where none does."""
        return Problem(
            code=code,
            file=self.file,
            sheet=entry.sheet,
            line=entry.line,
            cell=address(entry.line, entry.places.get(field, 1)),
            column=self.collection.schemas.tables[entry.table].field(field).title,
            details=details,
        )

    def days_against(self, table: Table, accepted: Collection[tuple[str, int | str]]) -> Against:
        """What the days of its rows of a table are held against. accepted: the rows that a person has."""
        return Against(table, accepted, self.says.answered, self.problem_at, self.collection.places.official)


def other_place(entry: Entry, other: Entry, field: str, tables: Sequence[SheetTable]) -> dict[str, str]:
    """Where another entry is than one, in words: its sheet if that is another, its line, or in one line its cell."""
    texts, (line, place) = layout(), _sent_at(other, field, tables)
    where = texts["sheet"].format(sheet=safe_to_show(other.sheet)) if other.sheet != entry.sheet else ""
    own = _sent_at(entry, field, tables)
    if not where and line == own[0]:
        first = texts["same_cell"] if own[1] == place else texts["cell"].format(cell=address(line, place))
        return {"here": texts["this_cell"], "where": "", "first": first}
    return {"here": texts["this_line"], "where": where, "first": texts["line"].format(line=line)}


def _sent_at(entry: Entry, field: str, tables: Sequence[SheetTable]) -> tuple[int, int]:
    """The cell of a field in the sheet that was sent."""
    cell = entry.line, entry.places.get(field, 1)
    return next(
        (table.origins[cell] for table in tables if table.sheet.name == entry.sheet and cell in table.origins), cell
    )


def differing(incoming: IncomingFile, entry: Entry, other: Entry, found: Sequence[SheetTable]) -> dict[str, str]:
    """What two rows say otherwise, each as far as it may be shown, and when they were submitted."""
    table, texts = incoming.collection.schemas.tables[entry.table], layout()
    pairs = []
    for name in [name for name, text in entry.values.items() if text != other.values.get(name, "")]:
        shown = shown_pair(table.field(name), other.values.get(name, ""), entry.values[name])
        before, after = (text or texts["empty"] for text in shown)
        pairs.append(texts["differs"].format(title=table.field(name).title, before=before, after=after))
    times = {"when": _submitted(incoming, entry, found), "first_when": _submitted(incoming, other, found)}
    return {"differences": "；".join(pairs), **times}


def _submitted(incoming: IncomingFile, entry: Entry, found: Sequence[SheetTable]) -> str:
    """When a row was submitted, as the form service has it; "" where none says it."""
    places = next((table.header.submitted for table in found if table.sheet.name == entry.sheet), ())
    sheets = [sheet for sheet in incoming.received.sheets if sheet.name == entry.sheet]
    cells = [sheet.rows[entry.line - 1][place - 1 : place] for sheet in sheets for place in places]
    numbers = re.findall(r"\d{1,4}", next((plain(cell[0]) for cell in cells if cell), ""))[:5]
    said = f"{'-'.join(numbers[:3])} {':'.join(numbers[3:])}".strip()
    return layout()["submitted"].format(time=said) if len(numbers) >= 3 else ""


def cover_problems(incoming: IncomingFile) -> Iterator[Problem]:
    """What a return says of itself that does not fit who is asked, the campaign, or the forms of today."""
    says, collect_options, collection, name = (
        incoming.says,
        incoming.collect_options,
        incoming.collection,
        incoming.file,
    )
    as_of = collection.campaign.data_as_of
    if says.county and collect_options.county and says.county != collect_options.county:
        details = {"found": incoming.county_name(says.county), "expected": incoming.county_name(collect_options.county)}
        details["option"] = incoming.option
        yield Problem(code=Code.RETURN_WRONG_COUNTY, file=name, details=details)
    if says.data_status and says.data_status != collection.campaign.data_status:
        titles = collection.schemas.code_lists["data_status"]
        details = {"found": titles.get(says.data_status, ""), "expected": titles[collection.campaign.data_status]}
        yield Problem(code=Code.KIT_DATA_STATUS, file=name, details=details)
    if says.kit_version and says.kit_version != collection.forms.version:
        details = {"found": safe_to_show(says.kit_version), "expected": collection.forms.version}
        yield Problem(code=Code.KIT_OLD, file=name, details=details)
    elif changed := _changed_forms(incoming):
        yield Problem(code=Code.KIT_CHANGED, file=name, details={"sheets": "、".join(changed)})
    line = int(says.date_cell.lstrip(ascii_uppercase) or 0)
    cover = {"sheet": says.date_sheet, "cell": says.date_cell, "line": line} if says.date_cell else {}
    if says.date_entered:
        yield Problem(code=Code.CELL_DATE_UNCLEAR, file=name, entered=safe_to_show(says.date_entered), **cover)  # type: ignore[arg-type]
    if says.days_unused:
        details = {"days": safe_to_show(says.days_unused), "date": str(incoming.received_on)}
        yield Problem(code=Code.RETURN_DATE_UNUSED, file=name, details=details)
    if incoming.received_on > as_of:
        details = {"date": str(incoming.received_on), "as_of": str(as_of)}
        yield Problem(code=Code.RETURN_DATE_FUTURE, file=name, details=details, **cover)  # type: ignore[arg-type]


def _changed_forms(incoming: IncomingFile) -> list[str]:
    """The sheets of forms that are not what they were when the kit was made."""
    forms = incoming.collection.forms.forms
    known_digests = incoming.says.digests.items()
    return [
        forms[name].sheet
        for name, digest in known_digests
        if name in forms and digest not in forms[name].earlier | {form_digest(forms[name])}
    ]
