"""Taking in one file: read sheet by sheet, split by county, and applied to the record."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from string import ascii_uppercase

from site_builder.collect import apply, authority, cover_data, listed_villages, phones, townships, village_rows
from site_builder.collect.answers import checked, marked_rows, once, sound
from site_builder.collect.answers.checked import Conclude
from site_builder.collect.collection_context import CollectionContext
from site_builder.collect.entries import Entry, Findings, NormalisedCell, SheetReader
from site_builder.collect.incoming_file import CollectedReturn, CollectOptions, IncomingFile, cover_problems
from site_builder.collect.left_out import comments, consents, footnotes, leaving, remarks, sheets, stations
from site_builder.collect.neighbours import slipped_rows
from site_builder.collect.papers import claims
from site_builder.collect.structure import head_problems, parts, services, tables, titles, unseen
from site_builder.collect.structure.parts import Table
from site_builder.collect.structure.sheet_header import dated
from site_builder.collect.structure.tables import Understood
from site_builder.collect.values import clocks, named_records, readers
from site_builder.collect.values.cells import plain
from site_builder.collect.village_lists import gazetteer, understanding
from site_builder.collect.whereabouts import kit_county, other_county, table_counties, titled_county
from site_builder.model import county_heads
from site_builder.model.forms import COVER_SHEET, PROBLEM_SHEET
from site_builder.record.tables import county_file
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem, safe_to_show
from site_builder.untrusted_files import Sheet, UntrustedFile, address, personal


@dataclass(frozen=True, slots=True, kw_only=True)
class _FileRead:
    """One file, as far as it was understood.

    is_export: of phone forms; cleared: the file without what a form service added; tables: without it too; unmet:
    heads that were to be confirmed and are in no table; by_county: entries by the code of their county, "" for none.
    """

    incoming: IncomingFile
    is_export: bool
    cleared: UntrustedFile
    understood: Sequence[tuple[Sheet, Understood]]
    tables: list[Table]
    of_heads: list[Problem]
    unmet: Collection[str]
    findings: Findings
    by_county: Mapping[str, list[Entry]]


def take(
    received: UntrustedFile, collection: CollectionContext, collect_options: CollectOptions
) -> list[CollectedReturn]:
    """What a file brings, county by county; one return without drafts when its county is unknown."""
    received = services.with_levels_named(received, collection.forms.head_words)
    read = _read(received, collection, collect_options)
    asked = parts.phone_cells(read.tables)
    personal_problems = personal.find(read.cleared, asked)
    for_feedback = personal.blanked(read.cleared, asked) if personal.has_number(personal_problems) else read.cleared
    other = listed_villages.other_kind(read.incoming, claims.silent(read.understood), read.tables)
    if other and not read.is_export:
        return [_refused(read.incoming, for_feedback, [*personal_problems, other])]
    # Personal numbers first: of one cell only the first problem is reported, and these come before others.
    problems = [*personal_problems, *_problems(read)]
    counties = [county for county in read.by_county if county in collection.places.counties] or [read.incoming.expected]
    if len(counties) > 1:
        problems.append(authority.mixed(read.incoming, read.by_county))
    owners_of = authority.owners_of_rows(read.by_county, counties)
    begun = [
        _of_county(
            read,
            [problem for problem in problems if authority.concerns(problem, county, owners_of, counties)],
            CollectedReturn(
                file_name=read.incoming.file,
                county=county,
                received_on=read.incoming.received_on,
                for_feedback=for_feedback,
                is_guest=authority.is_guest(county, read.incoming, read.tables, read.by_county),
            ),
        )
        for county in counties
    ]
    checked.together(collection.check, [taken.drafted for taken, _, _ in begun], [conclude for _, _, conclude in begun])
    return [_concluded(read, taken, entries) for taken, entries, _ in begun]


def _refused(incoming: IncomingFile, for_feedback: UntrustedFile, problems: list[Problem]) -> CollectedReturn:
    """A return of which nothing is taken in."""
    return CollectedReturn(
        file_name=incoming.file,
        county=incoming.expected,
        received_on=incoming.received_on,
        for_feedback=for_feedback,
        problems=problems,
    )


def _read(received: UntrustedFile, collection: CollectionContext, collect_options: CollectOptions) -> _FileRead:
    export, says = cover_data.of_file(received, collection.forms, collection.campaign.hotline)
    incoming = IncomingFile(
        received=received,
        says=says,
        collect_options=collect_options,
        collection=collection,
        titled="" if export else _titled(received, collection),
    )
    incoming, understood = (incoming, []) if export else _sorted(incoming)
    tables_sent = [table for _, one in understood for table in one.tables]
    by_service = [(table.sheet, table.header) for table in tables_sent]
    answered = services.submitted_on(received, by_service)
    if not export:
        answered_on = max(answered.values(), default=None)
        incoming = replace(incoming, says=replace(says, answered_on=answered_on, answered=answered))
    cleared, found = services.cleared_tables(
        received, [(sheet, one.tables) for sheet, one in understood], collection.forms.head_words
    )
    accepted, kept = (parts.named_rows(rows, found) for rows in (collect_options.accepted, collect_options.kept))
    says = cover_data.with_year(incoming.file, incoming.says, found, collection.campaign.year)
    incoming = replace(incoming, says=says, collect_options=replace(collect_options, accepted=accepted, kept=kept))
    incoming, found = _with_counties(incoming, found)
    findings = phones.read(cleared, export, collection) if export else _read_tables(incoming, found)
    findings = village_rows.with_known_roles(incoming, findings)
    confirmed = [head for table in tables_sent for head in table.header.confirmed.values()]
    return _FileRead(
        incoming=incoming,
        is_export=export is not None,
        cleared=cleared,
        understood=understood,
        tables=found,
        of_heads=[each for one in tables_sent for each in head_problems.problems(received, one.sheet, one.header)],
        unmet=titles.unmet(collect_options.columns, confirmed, collection.forms),
        findings=findings,
        by_county=authority.by_county(findings.entries, incoming.expected, are_one=collection.forms.lists_counties),
    )


def _titled(received: UntrustedFile, collection: CollectionContext) -> str:
    """The code of the county that a file's titles say it is of; a list of counties is the province's."""
    if collection.forms.lists_counties:
        return collection.campaign.province_code
    return titled_county.of_file(received, collection.places, collection.forms)


def _problems(read: _FileRead) -> Iterator[Problem]:
    """All that is to be said of the file, but for personal numbers and what the record says to it."""
    incoming, found = read.incoming, read.tables
    yield from cover_problems(incoming)
    if not incoming.collect_options.county:  # or it has been said by whoever takes it in
        places = incoming.collection.places
        yield from kit_county.problems(incoming.received, incoming.says.county, places, incoming.option)
    forms, confirmed = incoming.collection.forms, _confirmed_heads(incoming)
    yield from () if read.is_export else sheets.problems(incoming.file, forms, read.understood, confirmed)
    yield from unseen.of_sheets(incoming.received, ((sheet, one.tables) for sheet, one in read.understood))
    yield from comments.problems(read.cleared, found)
    yield from remarks.problems(incoming.file, found)
    yield from consents.problems(incoming.file, found)
    for table in found:
        yield from unseen.annulled(incoming.file, table, incoming.collect_options.accepted)
        yield from unseen.moved(incoming.file, table, incoming.collect_options.accepted)
    yield from read.of_heads
    for head in read.unmet:
        yield Problem(code=Code.COLUMN_UNMET, file=incoming.file, details={"head": safe_to_show(head)})
    yield from remarks.without_heads(read.findings.problems, found)
    yield from authority.problems(incoming, found, read.by_county, read.findings.problems)
    yield from townships.problems(
        incoming.file, found, read.findings.entries, incoming.collection.places, incoming.expected
    )
    yield from _unfilled(incoming, found, read.findings)


def _of_county(
    read: _FileRead, problems: list[Problem], taken: CollectedReturn
) -> tuple[CollectedReturn, list[Entry], Conclude | None]:
    """What the file brings for one county, with the problems that concern it, up to the check of its drafts."""
    columns = read.incoming.collect_options.columns
    taken.normalised = _normalised_back(read.findings.normalised, read.tables)
    taken.confirmed = {head: title for head, title in columns.items() if head not in read.unmet}
    taken.problems = [
        *problems,
        *listed_villages.problems(read.incoming, taken.county, read.by_county.get(taken.county, ())),
        *village_rows.problems(read.incoming, taken.county, read.findings, read.tables),
    ]
    taken.tables = read.tables
    entries = read.by_county.get(taken.county, [])
    is_of_another = any(problem.code is Code.RETURN_WRONG_COUNTY for problem in taken.problems)
    if read.incoming.collection.forms.is_of_units and is_of_another:
        entries = []  # what another unit reports is no change of this one's
    if entries:
        return taken, entries, apply.apply_entries(taken, read.incoming, entries)
    if taken.is_sound and not any(problem.code is Code.EXPORT_RIVALS for problem in problems):
        taken.problems.append(Problem(code=Code.RETURN_EMPTY, file=read.incoming.file, county=taken.county))
    return taken, entries, None


def _concluded(read: _FileRead, taken: CollectedReturn, entries: list[Entry]) -> CollectedReturn:
    """What the file brings for one county, once its drafts are checked."""
    counties = read.incoming.collection.places.counties.keys()
    others = authority.owners_of_rows(read.by_county, counties - {taken.county})
    taken.problems.extend(marked_rows.problems(read.incoming.file, taken.changes, taken.origins, read.tables))
    rows = taken.rows.get(county_file("liaisons", taken.county), [])
    terms = leaving.Terms(others, village_rows.ended(taken.changes, rows, entries), leaving.serving(entries, rows))
    taken.problems.extend(leaving.problems(read.cleared, read.tables, terms, read.incoming.collect_options.accepted))
    taken.problems = slipped_rows.said_once(taken.problems)
    taken.changes, taken.unsound = sound.split(taken.changes, taken.origins, taken.problems)
    taken.problems = once.each(parts.led_back(taken.problems, read.tables))
    return taken


# ---- understanding the file


def _with_counties(incoming: IncomingFile, found: list[Table]) -> tuple[IncomingFile, list[Table]]:
    """The tables, of a file that has several counties each with these; then its titles name none that all is of."""
    forms, places = incoming.collection.forms, incoming.collection.places
    if incoming.says.county or forms.lists_villages or forms.lists_counties or forms.is_of_units:
        return incoming, found
    own = table_counties.with_own(found, places)
    if own is found:
        return incoming, found
    return replace(incoming, titled=titled_county.of_sender(incoming.received, places)), own


def _data_sheets(received: UntrustedFile) -> list[Sheet]:
    """The sheets that may hold data: not our own hidden ones, the cover or our list of problems."""
    own = {COVER_SHEET, PROBLEM_SHEET}
    return [sheet for sheet in received.sheets if sheet.rows and sheet.name not in own and sheet.name[:1] != "_"]


def _understood(incoming: IncomingFile) -> list[tuple[Sheet, Understood]]:
    forms = incoming.collection.forms
    confirmed, sent = _confirmed_heads(incoming), _data_sheets(incoming.received)
    if forms.lists_villages:
        of_list = understanding.understand
        places = incoming.collection.places
        return [(sheet, of_list(incoming.file, sheet, forms, confirmed, places)) for sheet in sent]
    found = [(sheet, tables.understand(incoming.file, sheet, forms, confirmed)) for sheet in sent]
    if any(one.tables for _, one in found):
        return found
    asked = [(sheet, tables.ask(incoming.file, sheet, forms, confirmed)) for sheet in sent]
    return [(sheet, one if one.tables else other) for (sheet, other), (_, one) in zip(found, asked, strict=True)]


def _sorted(incoming: IncomingFile) -> tuple[IncomingFile, list[tuple[Sheet, Understood]]]:
    """The sheets as they were understood, without those that say to be no list of ours."""
    collection, accepted = incoming.collection, incoming.collect_options.accepted
    paper = claims.Paper(incoming.received.path.stem, incoming.file, accepted, collection.campaign.year)
    left = claims.sort(paper, sheets.without_signatures(_understood(incoming), collection.forms))
    return replace(incoming, papers=left.accepted), left.sheets


def _confirmed_heads(incoming: IncomingFile) -> dict[str, str]:
    """The heads whose meaning somebody has confirmed: for the county, or with this return."""
    known = county_heads.load(incoming.collection.root, incoming.expected, incoming.collection.forms)
    return {**known, **incoming.collect_options.columns}


def _read_tables(incoming: IncomingFile, found: Sequence[Table]) -> Findings:
    together = Findings()
    places, forms = incoming.collection.places, incoming.collection.forms
    has_one_clock = clocks.agree(day for table in found for _, _, day in dated(table.sheet, table.header))
    habits = readers.Habits(
        counts_from_1904=incoming.received.counts_from_1904,
        has_one_clock=has_one_clock,
        year=incoming.collection.campaign.year,
        year_said=cover_data.year_said(incoming.file, incoming.says, found, incoming.collection.campaign.year),
    )
    looked_up = gazetteer.DIVISIONS if forms.lists_villages else listed_villages.TABLE
    for table in found:
        laid_out, said = _laid_out(incoming, table)
        reader = SheetReader(
            received=incoming.received,
            sheet=laid_out.sheet,
            header=laid_out.header,
            forms=forms,
            places=places,
            county="" if forms.lists_counties else incoming.expected,
            villages_title=incoming.collection.schemas.tables[looked_up].title,
            habits=replace(habits, names=_names(incoming, table)),
            accepted=incoming.collect_options.accepted,
        )
        read = _without_stations(incoming, table, _with_places(incoming, reader.read(), laid_out))
        part = led_back(read, laid_out.origins)
        together.problems.extend((*table.problems, *said))
        together.normalised.extend(_repeated(table))
        together.entries.extend(part.entries)
        together.unfilled.extend(part.unfilled)
        together.vacant.update(part.vacant)
        together.problems.extend(footnotes.quoted(part.problems, table, incoming.received))
        together.normalised.extend(part.normalised)
    together.problems.extend(cover_data.without_year(incoming.file, together.normalised, habits.year_said))
    return together


def _with_places(incoming: IncomingFile, read: Findings, laid_out: services.LaidOut) -> Findings:
    """What was found in a table, with what its rows say of their villages and counties beside the forms' columns."""
    collection = incoming.collection
    if collection.forms.lists_villages:
        read = listed_villages.read(read, laid_out, collection)
    read.entries = authority.with_counties(read.entries, laid_out, collection.places)
    read.problems = other_county.said_of(read.problems, read.entries, collection.places, incoming.expected)
    if collection.forms.lists_counties:
        listed_villages.complete_counties(incoming.file, read, collection)
    return read


def _without_stations(incoming: IncomingFile, table: Table, found: Findings) -> Findings:
    """What was found in a table without its rows of stations, of which nothing is said but that they are."""
    words = incoming.collection.forms.head_words.stations
    others = stations.lines(table, words, incoming.collect_options.accepted)
    cells = tuple(str(line) for line in others)
    reported = stations.problems(incoming.file, table.sheet.name, others.items())
    return replace(
        found,
        entries=[one for one in found.entries if one.line not in others],
        unfilled=[one for one in found.unfilled if one.line not in others],
        problems=[*(one for one in found.problems if one.line not in others), *reported],
        normalised=[one for one in found.normalised if one.cell.lstrip(ascii_uppercase) not in cells],
    )


def _names(incoming: IncomingFile, table: Table) -> Mapping[str, Callable[[str], str]]:
    """What names stand for in a table: those of places within what stands around them."""
    places, county = incoming.collection.places, incoming.expected
    named = townships.named(table, places, county)

    def home() -> str:
        columns = (at for at, column in table.header.columns.items() if column.field.name in named_records.OF_PLACES)
        cells = (value for at in columns for value in table.header.below(table.sheet, at) if isinstance(value, str))
        return places.home(("", text) for text in cells)

    around = named_records.Around(county=county, township=named[0] if len(named) == 1 else "", home=cache(home))
    forms = incoming.collection.forms
    return named_records.lookups(places, forms.materials, forms.material_words, around)


def _laid_out(incoming: IncomingFile, table: Table) -> tuple[services.LaidOut, list[Problem]]:
    """A table with what speaks for its rows in columns of its own: the township, and a day that stands above them."""
    words, places = incoming.collection.forms.head_words, incoming.collection.places
    laid_out = services.laid_out(table.sheet, table.header, words, places.counties_named)
    laid_out = replace(laid_out, origins={**laid_out.origins, **table_counties.laid_column(table)})
    spoken = townships.spoken(laid_out, table, places, incoming.expected)
    return cover_data.with_day_above(incoming.received, spoken, table)


def _repeated(table: Table) -> Iterator[NormalisedCell]:
    """What the cells mean that only say to be as another."""
    for line, place, typed, meant in table.repeated:
        cell = address(line, place)
        yield NormalisedCell(sheet=table.sheet.name, cell=cell, before=typed, after=safe_to_show(plain(meant)))


def led_back(found: Findings, origins: Mapping[int, int]) -> Findings:
    """What was found in columns laid beside a sheet, at the cells that they were taken from."""
    if not origins:
        return found
    letters = {address(1, place).rstrip("1"): address(1, origin).rstrip("1") for place, origin in origins.items()}

    def cell(of: Problem | NormalisedCell) -> str:
        column = of.cell.rstrip("0123456789")
        return letters.get(column, column) + of.cell.removeprefix(column)

    def moved(entries: Iterable[Entry]) -> list[Entry]:
        return [
            entry._replace(places={name: origins.get(place, place) for name, place in entry.places.items()})
            for entry in entries
        ]

    return Findings(
        entries=moved(found.entries),
        unfilled=moved(found.unfilled),
        vacant=found.vacant,
        problems=[replace(problem, cell=cell(problem)) for problem in found.problems],
        normalised=[replace(changed, cell=cell(changed)) for changed in found.normalised],
    )


def _unfilled(incoming: IncomingFile, found: Iterable[Table], findings: Findings) -> Iterator[Problem]:
    """Sheets without a report though the record has some: cleared by mistake, or not this time."""
    filled = {(entry.sheet, entry.table) for entry in findings.entries}
    filled |= {(sheet, "liaisons") for sheet, _ in findings.vacant}
    for table in found:
        name = table.header.form.table.name
        on_record = incoming.collection.rows.get(county_file(name, incoming.expected), [])
        kept = [row for row in on_record if row.get("unit_code", incoming.expected) == incoming.expected]
        if kept and (table.sheet.name, name) not in filled:
            details = {"count": str(len(kept))}
            yield Problem(code=Code.SHEET_UNFILLED, file=incoming.file, sheet=table.sheet.name, details=details)


def _normalised_back(cells: Iterable[NormalisedCell], found: Iterable[Table]) -> list[NormalisedCell]:
    turned = {table.sheet.name: table for table in found if table.origins}
    return [
        replace(one, sheet=turned[one.sheet].name, cell=turned[one.sheet].led_back_cell(one.cell))
        if one.sheet in turned
        else one
        for one in cells
    ]
