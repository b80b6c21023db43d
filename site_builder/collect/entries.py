"""From the rows of a sheet to entries: what was reported, as text by field, and where each piece stood."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, partial
from itertools import count, repeat
from typing import NamedTuple

from site_builder.collect.left_out import shifted_rows
from site_builder.collect.structure import head_problems, lines, unseen
from site_builder.collect.structure.sheet_header import SheetHeader, dated
from site_builder.collect.values import clocks, dittos, readers
from site_builder.collect.values.cells import is_blank, plain
from site_builder.collect.values.places import Places
from site_builder.collect.values.readers import Understood
from site_builder.collect.values.texts import named_part
from site_builder.collect.whereabouts import row_villages
from site_builder.collect.whereabouts.row_villages import RowVillage
from site_builder.model.forms import LOCKED, FormColumn, Forms, RowKind
from site_builder.record.tables import shown_entry
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem, layout, safe_to_show
from site_builder.untrusted_files import Sheet, UntrustedFile, Value, address


class Entry(NamedTuple):
    """One reported record.

    values: text by field name, of the columns that the sheet has; places: the column, from 1, of each; columns: for one
    of a spread form, what each of the sheet's columns is fixed to; skipped: fields that nobody was asked for; county:
    the code of the one that its row says it is of, else that of the return.
    """

    table: str
    sheet: str
    line: int
    values: dict[str, str]
    places: Mapping[str, int]
    columns: frozenset[frozenset[tuple[str, str]]] = frozenset()
    skipped: frozenset[str] = frozenset()
    county: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NormalisedCell:
    """A cell that was written in another way than it was typed; both fit to print."""

    sheet: str
    cell: str
    before: str
    after: str


@dataclass(slots=True, kw_only=True)
class Findings:
    """What a sheet gave. unfilled: rows that only name what they are about; vacant: those (sheet, line) that say so."""

    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    normalised: list[NormalisedCell] = field(default_factory=list)
    unfilled: list[Entry] = field(default_factory=list)
    vacant: set[tuple[str, int]] = field(default_factory=set)


@dataclass(frozen=True, kw_only=True)
class SheetReader:
    """Reads the rows of one sheet.

    county: the code that a village's name is looked up in, or "" for all counties; villages_title: of their table;
    outside: villages that are not the campaign's; of_others: by line another county; habits: of the file; accepted:
    rows that may be another county's.
    """

    received: UntrustedFile
    sheet: Sheet
    header: SheetHeader
    forms: Forms
    places: Places
    county: str
    villages_title: str
    habits: readers.Habits
    accepted: Container[tuple[str, int | str]] = frozenset()
    found: Findings = field(default_factory=Findings)
    outside: list[tuple[int, str]] = field(default_factory=list)
    of_others: dict[int, str] = field(default_factory=dict)

    def read(self) -> Findings:
        """Every row below the header."""
        for code, line, place, details in head_problems.of_columns(self.sheet, self.header, self.forms.head_words):
            self._report(code, line, place, **details)
        self._tell_of_clocks()
        first, rows, special = self.header.line + 1, self.sheet.rows[self.header.line :], self._special
        columns = [self._understood(place, column, rows) for place, column in self.header.columns.items()]
        cells = zip(*columns, strict=True) if columns else repeat(())
        for line, row, understood in zip(count(first), rows, cells, strict=False):
            filled = {
                place: cell
                for place, cell in zip(self.header.columns, understood, strict=True)
                if not cell.is_blank or (line, place) in special
            }
            if filled or self._context(row, "village_name"):
                self._read_row(line, row, filled)
        self._tell_of_outside()
        return self.found

    def _tell_of_outside(self) -> None:
        """Real villages that are not the campaign's: a list of all villages was sent, which is one thing to say."""
        if self.outside:
            (line, _), place = self.outside[0], self.header.context["village_name"]
            villages = unseen.named(self.outside, lambda each: address(each[0], place) + safe_to_show(each[1]))
            typed, count = self._value(line, place), str(len(self.outside))
            self._report(Code.VILLAGES_OUTSIDE, line, place, typed, villages=villages, count=count)

    def _tell_of_clocks(self) -> None:
        """Days that all bear one clock are read as the midnight that it stands for: that is said once a sheet."""
        first = next(((line, place, day) for line, place, day in dated(self.sheet, self.header)), None)
        stated = clocks.moment(first[2]) if first and self.habits.has_one_clock else None
        if first and stated:
            day = clocks.nearest_midnight(stated).date()
            self._report(Code.DATES_WITH_CLOCK, *first, clock=f"{stated:%H:%M:%S}", day=str(day))

    def _understood(self, place: int, column: FormColumn, rows: list[list[Value]]) -> list[Understood]:
        """What the cells of a column come to, row by row."""
        values = [row[place - 1] if place <= len(row) else None for row in rows]
        return readers.understand(column, self._reader(column), values)

    def _reader(self, column: FormColumn) -> readers.CellReader:
        references = {key.field for key in self.header.form.table.foreign_keys} | {"recipient_code"}
        aliases = self.forms.choice_aliases.get(column.field.code_list, {})
        return readers.reader(column, aliases, column.field.name in references, self.habits)

    @cached_property
    def _readers(self) -> dict[int, readers.CellReader]:
        return {place: self._reader(column) for place, column in self.header.columns.items()}

    @cached_property
    def _shared(self) -> dict[str, int]:
        """The places of the fields that all records of a row have in common."""
        return {column.field.name: place for place, column in self.header.columns.items() if not column.fixed}

    @cached_property
    def _spread(self) -> dict[int, FormColumn]:
        """The columns with fixed values, by place: each filled cell below one is a record of its own."""
        return {place: column for place, column in self.header.columns.items() if column.fixed}

    @cached_property
    def _columns_said(self) -> frozenset[frozenset[tuple[str, str]]]:
        """What the columns are fixed to of which every row says something, be it by an empty cell."""
        fixed = {frozenset(column.fixed.items()) for column in self._spread.values()}
        return frozenset(fixed or [frozenset[tuple[str, str]]()])

    @cached_property
    def _locked(self) -> set[int]:
        """The places that our own workbooks fill in: a row with no others filled reports nothing."""
        columns, locked = self.header.columns.items(), LOCKED.get(self.header.form.rows, ())
        return {place for place, column in columns if column.field.name in locked}

    @cached_property
    def _special(self) -> set[tuple[int, int]]:
        """Cells without a value of their own: covered by a merged cell, or with a formula without a result."""
        return {*self._merged, *self.sheet.unsolved}

    # ---- merged cells

    @cached_property
    def _merged(self) -> dict[tuple[int, int], tuple[int, int]]:
        """For each cell covered by a merged one below the header: the cell that holds its value."""
        covered = {}
        for first, left, last, right in self.sheet.merged:
            top, bottom = max(first, self.header.line + 1), min(last, len(self.sheet.rows))
            held = self._value(first, left)
            if is_blank(held) or top > bottom:
                continue
            columns = [place for place in range(left, right + 1) if place in self.header.columns]
            if not columns:
                continue
            if left != right or not dittos.may_stand_once(self.header.columns[left], self.header.form):
                self._report(Code.CELL_MERGED, first, left)
            else:
                covered.update({(line, left): (first, left) for line in range(first + 1, bottom + 1)})
        return covered

    def _value(self, line: int, place: int) -> Value:
        row = self.sheet.rows[line - 1] if line <= len(self.sheet.rows) else []
        return row[place - 1] if place <= len(row) else None

    # ---- one row

    def _read_row(self, line: int, row: list[Value], filled: Mapping[int, Understood]) -> None:
        county = self._county(line)
        shifted = shifted_rows.shifted_from(row, filled, self.header, self._readers)
        if shifted:
            self._report(Code.ROW_SHIFTED, line, shifted, column=address(1, shifted).rstrip("1"))
        if county is None or shifted:
            return
        self.of_others.update({line: county} if county != self.county else {})
        if self._post in filled and filled[self._post].is_of(Code.NAME_VACANT):
            filled = self._without_vacancy(line, filled)
        filled = self._without_lost_code(line, row, filled, county)
        special = self._special
        texts = {
            place: cell.text if cell.is_plain and (line, place) not in special else self._text(line, place, cell)
            for place, cell in filled.items()
        }
        village = self._village(line, row, texts, county)
        kept = self.found.unfilled if filled.keys() <= self._locked else self.found.entries
        kept.extend(self._entries(line, texts, village, county))

    @cached_property
    def _post(self) -> int:
        """The place of whoever holds the post that a row is about; 0 in forms of anything but liaisons."""
        return self._shared.get("name", 0) if self.header.form.table.name == "liaisons" else 0

    def _without_vacancy(self, line: int, filled: Mapping[int, Understood]) -> Mapping[int, Understood]:
        """The cells of a row that says that nobody is in the post: if it says no more, as if they were left empty."""
        of_post = {place: cell for place, cell in filled.items() if place not in self._locked}
        if any(cell.text or not cell.says_nothing for cell in of_post.values()):
            return filled
        self.found.vacant.add((self.sheet.name, line))
        for place in of_post:
            self._note_text(line, place, safe_to_show(plain(self._value(line, place))), "")
        return {place: cell for place, cell in filled.items() if place not in of_post}

    def _without_lost_code(
        self, line: int, row: list[Value], filled: Mapping[int, Understood], county: str
    ) -> Mapping[int, Understood]:
        """The cells of a row without a village's code that became 2.20881E+11, where its names say which it was."""
        place = self._shared.get(self.header.form.village_field, 0)
        name = plain(self._context(row, "village_name")).strip()
        if not name or place not in filled or not filled[place].is_of(Code.CELL_SCIENTIFIC):
            return filled
        typed = plain(self._value(line, place))
        code = row_villages.lost_code(self._named(county, self._township(row), name), typed)
        if code:
            self._note_text(line, place, safe_to_show(typed), code)
        return {at: cell for at, cell in filled.items() if not code or at != place}

    def _township(self, row: list[Value]) -> str:
        return plain(self._context(row, "township_name")).strip()

    def _entries(self, line: int, texts: Mapping[int, str], village: str, county: str) -> Iterator[Entry]:
        """The records of a row: one, or one for each filled cell under a column with fixed values."""
        form, places = self.header.form, self._shared
        skipped = frozenset(name for name, place in places.items() if (line, place) in self.sheet.unasked)
        values = {name: texts.get(place, "") for name, place in places.items() if name not in skipped}
        if village:
            values[self.header.form.village_field] = village
            places = {self.header.form.village_field: self.header.context.get("village_name", 1), **places}
        shared = Entry(form.table.name, self.sheet.name, line, values, places, self._columns_said, skipped, county)
        if texts.keys() <= self._locked or (not self._spread and (not form.is_spread or len(self._shared) > 1)):
            yield shared
        for place, column in self._spread.items():
            if place in texts and (form.is_spread or texts[place] != "0"):  # nothing was given: that is no delivery
                yield shared._replace(
                    values={**values, **column.fixed, column.field.name: texts[place]},
                    places={**places, **dict.fromkeys(column.fixed, place), column.field.name: place},
                )

    def _text(self, line: int, place: int, cell: Understood) -> str:
        """The text of a cell of which something is to be said; "" when that is a problem."""
        column, held_at = self.header.columns[place], self._merged.get((line, place))
        value = self._value(*held_at) if held_at else self._value(line, place)
        if held_at:
            cell = readers.understand(column, self._reader(column), [value])[0]
        if (line, place) in self.sheet.unsolved:
            self._report(Code.CELL_FORMULA_EMPTY, line, place)
            return ""
        if cell.fault:
            self._report(cell.fault.code, line, place, value, **cell.fault.details)
        elif held_at or cell.is_normalised:
            self._note(line, place, column, value, cell.text)
        return cell.text

    # ---- whose row it is

    def _county(self, line: int) -> str | None:
        """The county that a row says it is of, else the return's; None, and a problem, where that is another one.

        A blank says what stands above it: the county is often written once, or in a merged cell.
        """
        at = self._county_line[line - 1] if self._county_line else 0
        if not at:
            return self.county
        place = self.header.context["county_name"]
        typed = plain(self._value(at, place)).strip()
        named = self._counties_named(typed)
        if self.county in named:
            return self.county
        if len(named) == 1 and (not self.county or (self.sheet.name, line) in self.accepted):
            return named[0]
        if named and self.county:
            self._report_county(line, place, typed, safe_to_show(typed), self.county)
        else:
            self._report(Code.COUNTY_NOT_FOUND, line, place, typed, found=safe_to_show(typed))
        return None

    @cached_property
    def _counties_named(self) -> Callable[[str], list[str]]:
        return cache(self.places.counties_named)

    @cached_property
    def _county_line(self) -> list[int]:
        """For each line the one at or above it in which the county is written; 0 for none, empty without a column."""
        place = self.header.context.get("county_name")
        return lines.last_filled(self.sheet.rows, self.header.line, place) if place else []

    def _village(self, line: int, row: list[Value], texts: Mapping[int, str], county: str) -> str:
        """The code of the village that a row is about, given as code or name; "" when it is about none.

        county: that the name is looked up in; a code must be of it.
        """
        for name in ("village_code", "recipient_code"):
            place = self._shared.get(name, 0)
            if place in texts:
                self._compare_names(line, row, place, name, texts[place])
                self._compare_counties(line, place, texts[place], county)
        place = self._shared.get(self.header.form.village_field, 0)
        if place in texts:
            return texts[place]
        name = plain(self._context(row, "village_name")).strip()
        if not name or not self.header.form.village_field:
            if self.header.form.rows is RowKind.VILLAGES:
                self._report(Code.ROW_UNIDENTIFIED, line, place or self.header.context.get("village_name"))
            return ""
        township, place = self._township(row), self.header.context["village_name"]
        found = self._named(county, township, name)
        if found.village:
            if not found.village.is_written_as(name):
                self._note_text(line, place, safe_to_show(name), found.village.township + found.village.name)
            return found.village.code
        if found.code is None:
            self.outside.append((line, township + name))
        else:
            self._report(found.code, line, place, name, **found.details)
        return ""

    @cached_property
    def _named(self) -> Callable[[str, str, str], RowVillage]:
        return cache(partial(row_villages.of_names, self.places, home=lambda: self._home))

    @cached_property
    def _home(self) -> str:
        """The county that most rows are of, where nobody says it: its villages are offered."""
        rows = self.sheet.rows[self.header.line :]
        return self.places.home((self._township(row), plain(self._context(row, "village_name"))) for row in rows)

    def _compare_names(self, line: int, row: list[Value], place: int, field: str, code: str) -> None:
        """A name next to a code must be that code's, and a village one of the campaign's."""
        names = [named_part(self._value(line, place))]
        if field == self.header.form.village_field:
            names.append(plain(self._context(row, "village_name")).strip())
        for problem, typed, said in row_villages.of_code(self.places, code, names, self.villages_title):
            self._report(problem, line, place, typed, **said)

    def _compare_counties(self, line: int, place: int, code: str, county: str) -> None:
        """A code must be of the county that is written in its row; where that is the return's, every code is asked."""
        if county != self.county and code[:6] in self.places.counties and code[:6] != county:
            self._report_county(line, place, code, self.places.counties[code[:6]], county)

    def _context(self, row: list[Value], kind: str) -> Value:
        place = self.header.context.get(kind)
        return row[place - 1] if place and place <= len(row) else None

    # ---- reporting

    def _report_county(self, line: int, place: int, typed: str, found: str, county: str) -> None:
        expected, name = self.places.counties.get(county, safe_to_show(county)), safe_to_show(self.sheet.name)
        self._report(Code.ROW_OTHER_COUNTY, line, place, typed, found=found, expected=expected, row=f"{name}!{line}")

    def _note(self, line: int, place: int, column: FormColumn, before: Value, after: str) -> None:
        field, official = column.field, self.places.official(after, column.field.name)
        title = field.choices.get(after) or self.forms.materials.get(after) or official
        if plain(before) not in {after, title}:
            self._note_text(line, place, shown_entry(field, plain(before)), shown_entry(field, title))

    def _note_text(self, line: int, place: int, before: str, after: str) -> None:
        cell, now = address(line, place), after or layout()["empty"]
        self.found.normalised.append(NormalisedCell(sheet=self.sheet.name, cell=cell, before=before, after=now))

    def _report(self, code: Code, line: int, place: int | None, typed: Value = None, **details: str) -> None:
        column = self.header.columns.get(place or 0)
        title = column.title if column else plain(self._value(self.header.line, place)) if place else ""
        described = {"description": column.field.description} if column else {}
        self.found.problems.append(
            Problem(
                code=code,
                file=self.received.path.name,
                sheet=self.sheet.name,
                line=line,
                cell=address(line, place) if place else "",
                column=safe_to_show(title),
                entered=shown_entry(column.field, plain(typed)) if column else safe_to_show(plain(typed)),
                example=details.get("example")
                or self.places.own_example(self.county, column.example if column else ""),
                county=self.of_others.get(line, self.county),
                details={"title": safe_to_show(title), **described, **details},
            )
        )
