"""Taking in one file: read sheet by sheet, split by county, and applied to the record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from site_builder.collect import apply, authority, cover_data, exports, phones
from site_builder.collect.collection_context import CollectionContext
from site_builder.collect.entries import Findings, NormalisedCell, SheetReader
from site_builder.collect.incoming_file import CollectedReturn, CollectOptions, IncomingFile
from site_builder.collect.structure import head_problems, services, tables, titles, unseen
from site_builder.collect.structure.parts import Table
from site_builder.collect.structure.sections import form_named
from site_builder.collect.structure.sheet_header import dated
from site_builder.collect.structure.tables import Understood
from site_builder.collect.values import clocks, readers
from site_builder.model import county_heads
from site_builder.model.forms import COVER_SHEET, PROBLEM_SHEET, form_digest
from site_builder.model.head_words import HeadWords
from site_builder.record.tables import county_file
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem, safe_to_show
from site_builder.untrusted_files import Sheet, UntrustedFile, address, personal


def take(
    received: UntrustedFile, collection: CollectionContext, collect_options: CollectOptions
) -> list[CollectedReturn]:
    """What a file brings, county by county; one return without drafts when its county is unknown."""
    export = exports.flatten(received, collection.forms, collection.campaign.hotline)
    says = cover_data.of_export(export) if export else cover_data.read(received)
    incoming = IncomingFile(received=received, says=says, collect_options=collect_options, collection=collection)
    understood = [] if export else _understood(incoming)
    found = [table for _, one in understood for table in one.tables]
    of_heads = [problem for table in found for problem in head_problems.problems(received, table.sheet, table.header)]
    unmet = titles.unmet(collect_options.columns, _confirmed(found), collection.forms)
    by_service = [(table.sheet, table.header) for table in found]
    incoming = replace(incoming, says=replace(says, answered_on=services.submitted_on(received, by_service)))
    received, found = _cleared(received, understood, collection.forms.head_words)
    findings = phones.read(received, export, collection) if export else _read_tables(incoming, found)
    by_county = authority.by_county(findings.entries, incoming.expected)
    asked = _phone_cells(found)
    personal_problems = personal.find(received, asked)
    problems = [
        *personal_problems,  # first: of one cell only the first problem is reported, and these come before others
        *_cover_problems(incoming),
        *(_sheet_problems(incoming, understood) if not export else ()),
        *_unseen(incoming, understood),
        *of_heads,
        *(Problem(code=Code.COLUMN_UNMET, file=incoming.file, details={"head": safe_to_show(head)}) for head in unmet),
        *findings.problems,
        *authority.problems(incoming, found, by_county),
        *_unfilled(incoming, found, findings),
    ]
    counties = [county for county in by_county if county in collection.places.counties] or [incoming.expected]
    if len(counties) > 1:
        problems.append(authority.mixed(incoming, by_county))
    returns = []
    for_feedback = personal.blanked(received, asked) if personal.has_number(personal_problems) else received
    for county in counties:
        taken = CollectedReturn(
            file_name=incoming.file, county=county, received_on=incoming.received_on, for_feedback=for_feedback
        )
        taken.normalised = _normalised_back(findings.normalised, found)
        taken.confirmed = {head: title for head, title in collect_options.columns.items() if head not in unmet}
        taken.problems = [problem for problem in problems if authority.concerns(problem, county, by_county, counties)]
        if by_county.get(county):
            apply.apply_entries(taken, incoming, by_county[county])
        elif taken.is_sound:
            taken.problems.append(Problem(code=Code.RETURN_EMPTY, file=incoming.file, county=county))
        taken.problems = _one_for_each_cell(_led_back(taken.problems, found))
        taken.tables = found
        returns.append(taken)
    return returns


# ---- understanding the file


def _data_sheets(received: UntrustedFile) -> list[Sheet]:
    """The sheets that may hold data: not our own hidden ones, the cover or our list of problems."""
    own = {COVER_SHEET, PROBLEM_SHEET}
    return [sheet for sheet in received.sheets if sheet.rows and sheet.name not in own and sheet.name[:1] != "_"]


def _understood(incoming: IncomingFile) -> list[tuple[Sheet, Understood]]:
    forms = incoming.collection.forms
    columns = incoming.collect_options.columns
    confirmed = {**county_heads.load(incoming.collection.root, incoming.expected, forms), **columns}
    sheets = _data_sheets(incoming.received)
    found = [(sheet, tables.understand(incoming.file, sheet, forms, confirmed)) for sheet in sheets]
    if any(one.tables for _, one in found):
        return found
    asked = [(sheet, tables.ask(incoming.file, sheet, forms, confirmed)) for sheet in sheets]
    return [(sheet, one if one.tables else other) for (sheet, other), (_, one) in zip(found, asked, strict=True)]


def _confirmed(found: Iterable[Table]) -> Iterator[str]:
    """The heads of all tables that were read as confirmed."""
    return (head for table in found for head in table.header.confirmed.values())


def _cleared(
    received: UntrustedFile, understood: Iterable[tuple[Sheet, Understood]], words: HeadWords
) -> tuple[UntrustedFile, list[Table]]:
    """The file and its tables without what form services added."""
    found = []
    for sheet, one in understood:
        known = sheet
        for table in one.tables:
            if not table.origins:
                received, ((known, _),) = services.cleared(received, [(known, table.header)], words)
            _, ((own, _),) = services.cleared(received, [(table.sheet, table.header)], words)
            found.append(replace(table, sheet=own))
    return received, found


def _read_tables(incoming: IncomingFile, found: Sequence[Table]) -> Findings:
    together = Findings()
    has_one_clock = clocks.agree(day for table in found for _, _, day in dated(table.sheet, table.header))
    habits = readers.Habits(
        counts_from_1904=incoming.received.counts_from_1904,
        has_one_clock=has_one_clock,
        year=incoming.collection.campaign.year,
    )
    words, places = incoming.collection.forms.head_words, incoming.collection.places
    for table in found:
        laid_out = services.laid_out(table.sheet, table.header, words, places.counties_named)
        reader = SheetReader(
            received=incoming.received,
            sheet=laid_out.sheet,
            header=laid_out.header,
            forms=incoming.collection.forms,
            places=places,
            county=incoming.expected,
            villages_title=incoming.collection.schemas.tables["villages"].title,
            habits=habits,
            accepted=incoming.collect_options.accepted,
        )
        part = led_back(reader.read(), laid_out.origins)
        together.problems.extend(table.problems)
        together.entries.extend(part.entries)
        together.problems.extend(part.problems)
        together.normalised.extend(part.normalised)
    return together


def led_back(found: Findings, origins: Mapping[int, int]) -> Findings:
    """What was found in columns laid beside a sheet, at the cells that they were taken from."""
    if not origins:
        return found
    letters = {address(1, place).rstrip("1"): address(1, origin).rstrip("1") for place, origin in origins.items()}

    def cell(of: Problem | NormalisedCell) -> str:
        column = of.cell.rstrip("0123456789")
        return letters.get(column, column) + of.cell.removeprefix(column)

    entries = [
        entry._replace(places={name: origins.get(place, place) for name, place in entry.places.items()})
        for entry in found.entries
    ]
    return Findings(
        entries=entries,
        problems=[replace(problem, cell=cell(problem)) for problem in found.problems],
        normalised=[replace(changed, cell=cell(changed)) for changed in found.normalised],
        listed=found.listed,
    )


def _sheet_problems(incoming: IncomingFile, understood: Sequence[tuple[Sheet, Understood]]) -> Iterator[Problem]:
    """Sheets that are none of the forms: one that has a form's name has lost its header."""
    known = any(one.tables for _, one in understood)
    forms = incoming.collection.forms
    names = "、".join(form.sheet for form in forms.forms.values())
    for sheet, one in understood:
        yield from one.problems
        if not one.tables and not one.problems:
            form = form_named(sheet.name, forms)
            code = Code.SHEET_HEADS_LOST if form else Code.SHEET_IGNORED if known else Code.RETURN_UNRECOGNISED
            expected = "、".join(column.title for column in form.columns[:6]) if form else names
            yield Problem(code=code, file=incoming.file, sheet=sheet.name, details={"expected": expected})
    if not understood:
        yield Problem(code=Code.RETURN_UNRECOGNISED, file=incoming.file, details={"expected": names})


def _unseen(incoming: IncomingFile, understood: Iterable[tuple[Sheet, Understood]]) -> Iterator[Problem]:
    """What is hidden or struck through below the first heads; anywhere in a sheet with its heads beside its records."""
    for sheet, one in understood:
        heads = [0 if table.origins else table.header.line for table in one.tables]
        if heads:
            yield from unseen.problems(incoming.received, sheet, min(heads))


def _unfilled(incoming: IncomingFile, found: Iterable[Table], findings: Findings) -> Iterator[Problem]:
    """Sheets without a report though the record has some: cleared by mistake, or not this time."""
    filled = {(entry.sheet, entry.table) for entry in findings.entries}
    for table in found:
        name = table.header.form.table.name
        kept = incoming.collection.rows.get(county_file(name, incoming.expected), [])
        if kept and (table.sheet.name, name) not in filled:
            details = {"count": str(len(kept))}
            yield Problem(code=Code.SHEET_UNFILLED, file=incoming.file, sheet=table.sheet.name, details=details)


def _phone_cells(found: Iterable[Table]) -> personal.Allowed:
    """Whether a cell is one in which a phone number is asked for."""
    columns: set[tuple[str, int]] = set()
    cells: set[tuple[str, int, int]] = set()
    for table in found:
        asked = {place for place, column in table.header.columns.items() if column.kind == "phone"}
        cells |= {(table.name, *cell) for (_, place), cell in table.origins.items() if place in asked}
        columns |= {(table.name, place) for place in asked if not table.origins}
    return lambda sheet, line, place: (sheet, place) in columns or (sheet, line, place) in cells


def _cover_problems(incoming: IncomingFile) -> Iterator[Problem]:
    says, collect_options, collection, name = (
        incoming.says,
        incoming.collect_options,
        incoming.collection,
        incoming.file,
    )
    as_of = collection.campaign.data_as_of
    if says.county and collect_options.county and says.county != collect_options.county:
        details = {"found": incoming.county_name(says.county), "expected": incoming.county_name(collect_options.county)}
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
    cover = {"sheet": COVER_SHEET, "cell": says.date_cell, "line": int(says.date_cell[1:])} if says.date_cell else {}
    if says.date_entered:
        yield Problem(code=Code.CELL_DATE_UNCLEAR, file=name, entered=safe_to_show(says.date_entered), **cover)  # type: ignore[arg-type]
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


def _led_back(problems: Iterable[Problem], found: Iterable[Table]) -> list[Problem]:
    """Problems of tables that were turned, at the cells of the sheets that were sent."""
    turned = {table.sheet.name: table for table in found if table.origins}
    return [turned[one.sheet].led_back(one) if one.sheet in turned else one for one in problems]


def _normalised_back(cells: Iterable[NormalisedCell], found: Iterable[Table]) -> list[NormalisedCell]:
    turned = {table.sheet.name: table for table in found if table.origins}
    return [
        replace(one, sheet=turned[one.sheet].name, cell=turned[one.sheet].led_back_cell(one.cell))
        if one.sheet in turned
        else one
        for one in cells
    ]


def _one_for_each_cell(problems: Iterable[Problem]) -> list[Problem]:
    """One problem for each cell, an error before a warning: what a reader could not read, the schema need not miss."""
    seen: set[tuple[str, str, str]] = set()
    kept = []
    for problem in sorted(problems, key=lambda problem: not problem.is_error):
        place = (problem.file, problem.sheet, problem.cell)
        if not problem.cell or place not in seen:
            kept.append(problem)
        seen.add(place)
    return kept
