"""A sheet understood before any of its cells is read: its tables, each with what the reader of cells needs to know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import NamedTuple

from site_builder.collect.structure import lines
from site_builder.collect.structure.body import Body
from site_builder.collect.structure.parts import Area, PartKind, Table, other_units
from site_builder.collect.structure.sections import LAST_PLACE, Section, SectionSearch, Side, form_named
from site_builder.collect.structure.sheet_header import SheetHeader
from site_builder.collect.structure.sums import Difference, Sums
from site_builder.collect.structure.titled_village import with_village
from site_builder.collect.structure.turned import Turned, counted_by_two, of_one_village, turned
from site_builder.collect.values import dittos
from site_builder.collect.values.cells import is_blank, plain
from site_builder.collect.values.dittos import Repeated
from site_builder.model.forms import Forms
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem, layout, safe_to_show, shown_name
from site_builder.untrusted_files import Sheet, Value, address

_FEWEST_LINES, _FEWEST_CELLS = 2, 3  # of a region above the heads that may be a table of its own
_FEWEST_KNOWN = 3  # heads that make a sheet worth a word of its own, though it is no table of ours
_MOST_NAMED = 12
_FIRST_NUMBERS = ["1", "2"]
_NUMBERED = len(_FIRST_NUMBERS)  # rows that are counted, to say that each is a record
_ABOVE_VILLAGES = {"township_name", "county_name"}

Rows = list[list[Value]]


class Understood(NamedTuple):
    """The tables of a sheet, and what is to be said of regions that are none."""

    tables: list[Table]
    problems: list[Problem]


def understand(file: str, sheet: Sheet, forms: Forms, confirmed: Mapping[str, str] | None = None) -> Understood:
    """The tables of a sheet; those that are written as keys and values, or with a record in each column, turned.

    confirmed: heads that mean the title of a column, because somebody has said so.
    """
    search = SectionSearch(sheet=sheet, forms=forms, confirmed=confirmed or {})
    sections = search.sections()
    best: tuple[int, Turned | None, list[Section]] = (sum(s.weight for s in _first_of_each(sections)), None, sections)
    is_plain = any(section.is_plain or _is_numbered(section, sheet) for section in sections)
    for other in () if is_plain else _other_ways(sheet, search, _of_villages(forms)):
        found = SectionSearch(sheet=other.sheet, forms=forms, confirmed=confirmed or {}).sections()
        weight = sum(section.weight for section in _first_of_each(found))
        if weight > best[0]:
            best = weight, other, found
    _, way, sections = best
    work = _Work(file=file, name=sheet.name, sheet=way.sheet if way else sheet, forms=forms, way=way)
    own = list(work.tables(sections))
    return Understood(own, [*work.problems(sections, search), *_in_other_units(file, sheet, own)])


def _other_ways(sheet: Sheet, search: SectionSearch, of_villages: str) -> Iterator[Turned]:
    """The ways in which a sheet may be written other than a record in each line."""
    counted = of_one_village(sheet, search.edge, of_villages)
    for way in [counted] if counted else turned(sheet, search.knows, of_villages):
        yield way
        titled = with_village(way, sheet, lambda text: bool(search.contexts([text])), of_villages)
        yield from [titled] if titled else ()


def _is_numbered(section: Section, sheet: Sheet) -> bool:
    """Whether rows below heads are counted 1, 2, 3 in a column of its own: then a record stands in each of them."""
    counted = (side.header.below(sheet, place) for side in section.sides for place in side.header.counted)
    return any([plain(value) for value in below[:_NUMBERED]] == _FIRST_NUMBERS for below in counted)


def ask(file: str, sheet: Sheet, forms: Forms, confirmed: Mapping[str, str]) -> Understood:
    """The sheet by the line that is most like heads, for a file in which none is known: what they may mean is asked."""
    sections = SectionSearch(sheet=sheet, forms=forms, confirmed=confirmed).most_like()
    work = _Work(file=file, name=sheet.name, sheet=sheet, forms=forms, way=None)
    return Understood(list(work.tables(sections)), [])


def _in_other_units(file: str, sheet: Sheet, found: Sequence[Table]) -> Iterator[Problem]:
    """Whatever says that numbers are in another unit than they are asked for in: taken as they stand they are wrong."""
    for line, place, said, asked in other_units(sheet, found):
        details = {"said": safe_to_show(said), "asked": "、".join(asked)}
        cell = address(line, place)
        yield Problem(
            code=Code.UNIT_OTHER, file=file, sheet=sheet.name, line=line, cell=cell, details=details | {"cell": cell}
        )


def _of_villages(forms: Forms) -> str:
    """The head of villages' names."""
    return forms.context["village_name"][0]


def _first_of_each(sections: Sequence[Section]) -> list[Section]:
    """The sections without those that only repeat the heads before them."""
    return [next(same) for _, same in groupby(sections, key=Section.signature)]


@dataclass(frozen=True, kw_only=True)
class _Work:
    """One sheet, as it was sent or turned. name: of the sheet that was sent."""

    file: str
    name: str
    sheet: Sheet
    forms: Forms
    way: Turned | None

    # ---- tables

    def tables(self, sections: Sequence[Section]) -> Iterator[Table]:
        """A table for each side of each section; heads that are printed again go on with the table before them."""
        for together in self._continued(sections):
            first, following = together[0], together[-1].next_top
            for side in first.section.sides:
                if not self._is_doubtful(side.header):
                    table = self._table(first.section, side, [part.section for part in together[1:]], following - 1)
                    yield replace(table, titles=self._titles(first.section, side, table, sections[0].block.first))

    def _continued(self, sections: Sequence[Section]) -> list[list[_Placed]]:
        """Sections that are one table under repeated heads, together; each with the line at which the next begins."""
        groups: list[list[_Placed]] = []
        ends = [*(section.top for section in sections[1:]), len(self.sheet.rows) + 1]
        for section, end in zip(sections, ends, strict=False):
            placed = _Placed(section, end)
            if groups and self._goes_on(groups[-1][0].section, section):
                groups[-1].append(placed)
            else:
                groups.append([placed])
        return groups

    def _goes_on(self, first: Section, section: Section) -> bool:
        """Whether heads are those of a table before, without a title or with the same one."""
        if first.signature() != section.signature():
            return False
        before, here = (set(self._texts(part.top, part.block.first)) for part in (first, section))
        return before <= here or here <= before

    def _texts(self, first: int, end: int) -> list[str]:
        rows = self.sheet.rows[first - 1 : end - 1]
        return [plain(value) for row in rows for value in row if not is_blank(value)]

    def _table(self, section: Section, side: Side, again: Sequence[Section], last: int) -> Table:
        rows, header = _between(self.sheet.rows, side, last), side.header
        rows, filled_down = _filled_down(rows, self.sheet, header)
        body = Body(rows=_without(rows, again), header=header, last=last)
        kinds = dict(body.kinds)
        kinds.update((line, PartKind.REPEATED) for part in again for line in range(part.top, part.block.last + 1))
        taken = [n for n in range(header.line + 1, last + 1) if n not in kinds and not _is_empty(rows[n - 1])]
        areas = tuple(self._areas(section, side, kinds, taken))
        rows, repeated = self._without_dittos(rows, taken, header)
        if body.townships:
            rows, header = _under_townships(rows, header, body.townships)
        return Table(
            sheet=self._own_sheet(rows, kinds, side, filled_down),
            header=header,
            name=self.name,
            areas=areas,
            count=len(taken),
            filled_down=filled_down,
            problems=tuple(self._said_of(body, rows, kinds, taken)),
            origins=self.way.origins if self.way else {},
            repeated=tuple(repeated),
        )

    def _without_dittos(self, rows: Rows, taken: Sequence[int], header: SheetHeader) -> tuple[Rows, list[Repeated]]:
        """Rows in which that stands which was only said to be as the one above, where many rows may have it alike."""
        columns = header.columns.items()
        days = {place for place, column in columns if column.field.type == "date"}
        alike = {place for place, column in columns if dittos.may_repeat(column, header.form)}
        places = sorted({*header.context.values(), *days, *alike})
        return dittos.resolved(rows, taken, places, days, self.way is not None)

    def _titles(self, section: Section, side: Side, table: Table, first: int) -> tuple[tuple[str, ...], ...]:
        """What says of whom a table is, the nearest to it first; of the notes below it only who sends it."""
        above = self.sheet.rows[section.top - 1 : section.block.first - 1]
        own = [plain(value) for row in above for value in row[side.left - 1 : side.right] if not is_blank(value)]
        notes = [text for area in table.areas if area.kind is PartKind.NOTE for text in self._of_area(area)]
        shared, of_sheet = self._texts(section.top, section.block.first), self._texts(1, first)
        nearest = [*map(_of_whom, own), *map(lines.sender, notes)]
        return tuple(tuple(filter(None, texts)) for texts in (nearest, map(_of_whom, shared), map(_of_whom, of_sheet)))

    def _of_area(self, area: Area) -> list[str]:
        return self._texts(area.first[0], area.last[0] + 1)

    def _own_sheet(self, rows: Rows, kinds: dict[int, PartKind], side: Side, filled_down: tuple[int, ...]) -> Sheet:
        """The sheet with nothing but the table's heads and rows."""
        if kinds:
            rows = [[] if line in kinds else row for line, row in enumerate(rows, start=1)]
        merged = tuple(
            area
            for area in self.sheet.merged
            if side.left <= area[1] <= side.right and (area[1] not in filled_down or area[1] != area[3])
        )
        own = {(a, b) for a, b in self.sheet.unsolved if a not in kinds and side.left <= b <= side.right}
        return replace(self.sheet, rows=rows, merged=merged, unsolved=frozenset(own))

    # ---- what is said of them

    def _said_of(self, body: Body, rows: Rows, kinds: dict[int, PartKind], taken: Sequence[int]) -> Iterator[Problem]:
        # Sums and notes are told of where it is said what a sheet was understood as.
        skipped = [n for n, kind in kinds.items() if kind is PartKind.REPEATED and not _is_empty(rows[n - 1])]
        if skipped:
            yield self._problem(Code.ROW_SKIPPED, min(skipped), places=self._listed(sorted(skipped)))
        sums = Sums(rows=rows, header=body.header, taken=taken, said=body.sums)
        for line, of_line in groupby(sums.differences(), key=lambda each: each.line):
            yield self._differs(line, list(of_line))
        of_several = {(top, left) for top, left, bottom, _ in self.sheet.merged if bottom > top}
        of_one = (each for each in sums.across_rows() if (each.line, each.place) not in of_several)
        for _, of_column in groupby(of_one, key=lambda each: each.place):
            found = list(of_column)
            cells = self._differences_text(found)
            yield self._problem(Code.ROW_SUM_DIFFERS, found[0].line, found[0].place, cells=cells)
        foreign = [line for line, kind in kinds.items() if kind is PartKind.LEFT_OUT]
        if foreign:
            width = max(map(len, rows[min(foreign) - 1 : max(foreign)]))
            yield self._unclear(min(foreign), 1, max(foreign), width, self._texts(min(foreign), max(foreign) + 1))

    def _differs(self, line: int, found: Sequence[Difference]) -> Problem:
        """One line of sums that does not agree: each cell with both numbers."""
        first, last = (self._at(each, found[0].place) for each in (found[0].first, found[0].last))
        return self._problem(
            Code.SUM_DIFFERS, line, found[0].place, cells=self._differences_text(found), first=first, last=last
        )

    def _differences_text(self, found: Sequence[Difference]) -> str:
        said = layout()["sum"]
        cells = [said.format(cell=self._at(each.line, each.place), said=each.said, found=each.found) for each in found]
        return "、".join(cells[:_MOST_NAMED]) + ("……" if len(cells) > _MOST_NAMED else "")

    def _at(self, line: int, place: int) -> str:
        return address(*self._cell(line, place))

    def _cell(self, line: int, place: int) -> tuple[int, int]:
        """The cell of the sheet that was sent."""
        return self.way.origins.get((line, place), (line, place)) if self.way else (line, place)

    def problems(self, sections: Sequence[Section], search: SectionSearch) -> Iterator[Problem]:
        """Of a sheet whose name is another form's than its heads, and of regions that are no table."""
        for section in sections:
            for side in section.sides:
                if self._is_doubtful(side.header):
                    yield self._doubtful(section, side.header)
        if sections:
            yield from self._above(sections[0])
        else:
            yield from self._half_known(search)

    def _is_doubtful(self, header: SheetHeader) -> bool:
        """Whether heads are half those of a form, and the sheet has the name of another."""
        named = form_named(self.sheet.name, self.forms)
        is_exact = named is not None and self.sheet.name.strip() in named.names
        return is_exact and named is not header.form and bool(header.missing)

    def _doubtful(self, section: Section, header: SheetHeader) -> Problem:
        missing = "、".join(column.title for column in header.missing[:_MOST_NAMED])
        where = self._range((section.block.first, 1), (section.block.last, max(section.block.titles)))
        return self._problem(
            Code.SHEET_FORM_UNCLEAR, section.block.first, range=where, form=header.form.sheet, missing=missing
        )

    def _above(self, first: Section) -> Iterator[Problem]:
        """Lines of figures above the first heads, that stand under no heads at all."""
        above = [
            line
            for line, row in enumerate(self.sheet.rows[: first.block.first - 1], start=1)
            if len(lines.filled(row)) >= _FEWEST_CELLS
            and not lines.is_headlike(row)
            and not lines.is_numbering(row)
            and not any(isinstance(value, str) and lines.is_note(value) for value in row)
        ]
        if len(above) >= _FEWEST_LINES:
            top = next((n for n in range(above[0], 1, -1) if _is_empty(self.sheet.rows[n - 2])), 1)
            width = max(map(len, self.sheet.rows[top - 1 : above[-1]]))
            yield self._unclear(top, 1, above[-1], width, self._texts(top, above[-1] + 1))

    def _half_known(self, search: SectionSearch) -> Iterator[Problem]:
        """A sheet in which some heads are known and too few to say which form it is."""
        candidates = ((line, row) for line, row in enumerate(self.sheet.rows, start=1) if search.is_candidate(row))
        for line, row in candidates:
            texts = [plain(value).strip() for _, value in lines.filled(row)]
            known = [text for text in texts if search.knows(text)]
            width, kinds = max(map(len, self.sheet.rows)), search.contexts(texts)
            is_of_larger = bool(kinds) and kinds <= _ABOVE_VILLAGES
            if len(known) >= _FEWEST_KNOWN and (is_of_larger or counted_by_two(self.sheet, search.edge) == line):
                where = self._range((line, 1), (len(self.sheet.rows), width))
                yield self._problem(Code.REGION_WITHOUT_VILLAGES, line, range=where)
                return
            if len(known) >= _FEWEST_KNOWN and not form_named(self.sheet.name, self.forms):
                yield self._unclear(line, 1, len(self.sheet.rows), width, texts)
                return

    def _unclear(self, first: int, left: int, last: int, right: int, texts: Sequence[str]) -> Problem:
        seen = "、".join(safe_to_show(text) for text in texts[:_MOST_NAMED])
        where = self._range((first, left), (last, right))
        return self._problem(Code.REGION_UNCLEAR, first, range=where, seen=seen, hint="")

    def _listed(self, own: Sequence[int]) -> str:
        """Lines of the sheet as it was sent: by number, or by their first cells where it was turned."""
        names = "、".join(self._at(line, 1) if self.way else str(line) for line in own[:_MOST_NAMED])
        shown = names + ("……" if len(own) > _MOST_NAMED else "")
        return shown if self.way else layout()["line"].format(line=shown)

    def _range(self, first: tuple[int, int], last: tuple[int, int]) -> str:
        return f"{self._at(*first)}:{self._at(*last)}"

    def _problem(self, code: Code, line: int, place: int = 0, **details: str) -> Problem:
        at = self._cell(line, place or 1)
        cell = address(*at) if place or self.way else ""
        details = {"sheet": shown_name(self.name), **details}
        return Problem(code=code, file=self.file, sheet=self.name, line=at[0], cell=cell, details=details)

    # ---- parts

    def _areas(self, section: Section, side: Side, kinds: dict[int, PartKind], taken: Sequence[int]) -> Iterator[Area]:
        """The parts of a table in the order of their lines, lines of one kind together."""
        right = max(side.header.places)
        of_line = {n: PartKind.TITLE for n in range(section.top, section.block.first) if self._texts(n, n + 1)}
        of_line |= dict.fromkeys(range(section.block.first, section.block.last + 1), PartKind.HEADS)
        of_line |= dict.fromkeys(taken, PartKind.ROWS) | kinds
        numbered = sorted(of_line.items())
        for (kind, _), group in groupby(enumerate(numbered), key=lambda each: (each[1][1], each[1][0] - each[0])):
            own = [line for _, (line, _) in group]
            yield Area(kind=kind, first=(own[0], side.left), last=(own[-1], right))


class _Placed(NamedTuple):
    """A section, and the line at which what follows it begins."""

    section: Section
    next_top: int


def _of_whom(text: str) -> str:
    """What a text above heads may say of whom they are: a title all of it, a label only who sends them."""
    return lines.sender(text) if lines.is_label(text) else text


def _between(rows: Rows, side: Side, last: int) -> Rows:
    """The rows to a line, with nothing but the columns of one side."""
    own = rows[:last]
    if side.left == 1 and side.right == LAST_PLACE:
        return own
    nothing: list[Value] = [None] * (side.left - 1)
    return [nothing + row[side.left - 1 : side.right] for row in own]


def _without(rows: Rows, again: Sequence[Section]) -> Rows:
    """The rows without the heads that are printed again."""
    if not again:
        return rows
    heads = {line for part in again for line in range(part.top, part.block.last + 1)}
    return [[] if line in heads else row for line, row in enumerate(rows, start=1)]


def _filled_down(rows: Rows, sheet: Sheet, header: SheetHeader) -> tuple[Rows, tuple[int, ...]]:
    """Rows in which a township or a village merged over several stands in each of them, and in which columns."""
    keys, village = set(header.context.values()), header.form.village_field
    keys |= {place for place, column in header.columns.items() if column.field.name == village}
    areas = [(t, left, b) for t, left, b, right in sheet.merged if left == right and left in keys and b > header.line]
    areas = [(top, place, min(bottom, len(rows))) for top, place, bottom in areas if top > header.line]
    if not areas:
        return rows, ()
    rows = list(rows)
    done: dict[int, int] = {}
    for top, place, bottom in sorted(areas):
        if top <= done.get(place, 0):  # no program lets merged cells overlap
            continue
        done[place] = bottom
        held = rows[top - 1][place - 1] if top <= len(rows) and place <= len(rows[top - 1]) else None
        for line in range(top + 1, bottom + 1) if not is_blank(held) else ():
            own = rows[line - 1]
            rows[line - 1] = [*own[: place - 1], *[None] * (place - 1 - len(own)), held, *own[place:]]
    return rows, tuple(sorted({place for _, place, _ in areas}))


def _under_townships(rows: Rows, header: SheetHeader, townships: Mapping[int, str]) -> tuple[Rows, SheetHeader]:
    """Rows with the township over them in its column where that is blank; in one right of all others without it."""
    place, name = header.context.get("township_name", max(map(len, rows)) + 1), ""
    own: Rows = []
    for line, row in enumerate(rows, start=1):
        cells: list[Value] = [*row, *[None] * (place - len(row))]
        has_own = line > header.line and line not in townships and not is_blank(cells[place - 1])
        name = "" if has_own else townships.get(line, name)
        cells[place - 1] = name or cells[place - 1]
        own.append(cells if name and not _is_empty(row) else row)
    return own, replace(header, context={**header.context, "township_name": place})


def _is_empty(row: Sequence[Value]) -> bool:
    return row.count(None) == len(row) or all(map(is_blank, row))
