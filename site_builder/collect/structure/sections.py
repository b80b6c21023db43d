"""Where the tables of a sheet begin: heads in one to three lines, tables below one another and beside one another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from site_builder.collect.structure import head_hints, lines
from site_builder.collect.structure.head_block import MOST_LINES, HeadBlock, HeadLines
from site_builder.collect.structure.sheet_header import HeaderReader, SheetHeader, readers
from site_builder.collect.values.cells import plain
from site_builder.model.forms import Form, Forms
from site_builder.shared.text_forms import caseless
from site_builder.untrusted_files import Sheet, Value

LAST_PLACE = 1 << 20  # further right than any column
_FEWEST = 2  # heads in a line that make it worth a look
_FEWEST_PLAIN, _PLAIN_RATIO = 4, 2  # known heads that leave no doubt, and how many of them for each unknown one
_MOST_SEARCHES = 120  # lines of a sheet that are looked at as heads: more are no heads
_LONGEST_HEAD = 60
_MOST_TEXTS = 10_000  # of a sheet that are looked up as heads: what comes after so many is no head
_ASKED = 40  # lines in which heads are looked for that may mean something
_TITLE_LINES = 4  # above heads, in which a title may name the form
_MOST_SIDES = 12  # tables side by side
_NAMED = 4  # heads that the name of a sheet, or a title, is worth
_SHORTEST_NAME = 3  # of a form that counts where it is a part of a longer title


class Side(NamedTuple):
    """One table beside others, or alone: its heads, and the columns from left to right that are its own."""

    header: SheetHeader
    left: int
    right: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Tables that share their lines of heads. top: the first line of the titles above; sides: from left to right."""

    top: int
    block: HeadBlock
    sides: tuple[Side, ...]

    @property
    def weight(self) -> int:
        """How much of the heads is understood."""
        return sum(side.header.weight for side in self.sides)

    @property
    def is_plain(self) -> bool:
        """Whether they are heads beyond doubt: several stand in one line, and few among them are unknown."""
        known = sum(len(side.header.columns) + len(side.header.context) for side in self.sides)
        unknown = sum(len(side.header.ignored) for side in self.sides)
        return known >= _FEWEST_PLAIN and known > _PLAIN_RATIO * unknown

    def signature(self) -> object:
        """What two sections have in common that are one table under heads that are printed again."""
        return [
            (
                side.header.form.table.name,
                {place: (each.field.name, tuple(each.fixed.items())) for place, each in side.header.columns.items()},
                dict(side.header.context),
            )
            for side in self.sides
        ]


@dataclass(frozen=True, kw_only=True)
class SectionSearch:
    """Looks a sheet through for heads."""

    sheet: Sheet
    forms: Forms
    confirmed: Mapping[str, str] = field(default_factory=dict)
    _knows: dict[str, bool] = field(default_factory=dict)
    _headers: dict[object, SheetHeader | None] = field(default_factory=dict)

    def sections(self) -> list[Section]:
        """All tables of the sheet, from the top."""
        found: list[Section] = []
        searches, done = 0, 0
        for line, row in enumerate(self.sheet.rows, start=1):
            if line <= done or not self.is_candidate(row):
                continue
            section = self._again(line, found[-1]) if found else None
            if section is None and searches < _MOST_SEARCHES:
                searches += 1
                best = self._best(line, done)
                section = self._with_sides(best, done) if best else None
            if section:
                found.append(section)
                done = section.block.last
        return found

    def is_candidate(self, row: Sequence[Value]) -> bool:
        """Whether a line may be one of heads: words, some of which are known."""
        return lines.is_headlike(row) and sum(self.knows(text) for text in row if isinstance(text, str)) >= _FEWEST

    def knows(self, text: str) -> bool:
        """Whether a text may be a head of any form, or half of one."""
        known = self._knows.get(text, False if len(self._knows) >= _MOST_TEXTS else None)
        if known is None:
            short = len(text) <= _LONGEST_HEAD
            known = short and any(reader.knows(text) for reader in self.readers)
            self._knows[text] = known
        return known

    def contexts(self, heads: Iterable[str]) -> set[str]:
        """The kinds of place that heads ask for."""
        known = self.readers[0].titles
        return {kind for head in heads if (kind := known.context(head))}

    def edge(self, text: str) -> str:
        """The head of the column in which a choice stands that a form is spread over; "" for what is none."""
        short = text if len(text) <= _LONGEST_HEAD else ""
        for reader in self.readers if short else ():
            name, _ = reader.choices.get(reader.titles.wording.closed(short), ("", ""))
            if name and reader.form.is_spread:
                return reader.form.table.field(name).title
        return ""

    @cached_property
    def readers(self) -> list[HeaderReader]:
        """One for each form."""
        return readers(self.forms, tuple(self.confirmed.items()))

    @cached_property
    def _heads(self) -> HeadLines:
        return HeadLines(sheet=self.sheet)

    # ---- one block of heads

    def _again(self, line: int, last: Section) -> Section | None:
        """The lines here where they are the last heads to the letter: on each page of a long list, for instance."""
        block, rows = last.block, self.sheet.rows
        end = line + block.last - block.first
        if rows[block.first - 1 : block.last] != rows[line - 1 : end]:
            return None
        sides = tuple(side._replace(header=replace(side.header, first=line, line=end)) for side in last.sides)
        again = HeadBlock(first=line, last=end, titles=block.titles)
        return Section(top=self._top(line, block.last, sides), block=again, sides=sides)

    def _best(self, line: int, done: int) -> HeadBlock | None:
        """The best reading of heads that a line is one of; of two alike the one with fewer lines."""
        best: tuple[tuple[int, int], HeadBlock] | None = None
        for block in self._blocks(line, done):
            header = self._header(block)
            if header:
                score = self._score(header, block), block.first - block.last
                if best is None or score > best[0]:
                    best = score, block
        return self._heads.with_units(best[1]) if best else None

    def _blocks(self, line: int, done: int) -> Iterator[HeadBlock]:
        rows = self.sheet.rows
        for first in range(line, max(done, line - MOST_LINES), -1):
            if not lines.is_headlike(rows[first - 1]) or (first < line and self._is_above_heads(first)):
                return
            for last in range(line, min(first + MOST_LINES, len(rows) + 1)):
                if not lines.is_headlike(rows[last - 1]):
                    break
                block = self._heads.block(first, last)
                if last - first == MOST_LINES - 1 or not self._heads.goes_on(block):
                    yield block

    def _is_above_heads(self, line: int) -> bool:
        """Whether a line only says what the table is of, who fills it in or when: it is part of no head."""
        row = self.sheet.rows[line - 1]
        if any(map(lines.is_label, row)):
            return True
        cells = lines.filled(row)
        is_first = len(cells) == 1 and cells[0][0] == self._first_place
        return is_first and not self.knows(plain(cells[0][1])) and not self._heads.goes_down(line, cells[0][0])

    @cached_property
    def _first_place(self) -> int:
        """The first column of the sheet in which anything stands."""
        return min((cells[0][0] for cells in map(lines.filled, self.sheet.rows) if cells), default=1)

    def _header(self, block: HeadBlock) -> SheetHeader | None:
        """The form that heads fit best; None where they fit none. Remembered: it is asked more than once."""
        key = block.first, block.last, tuple(block.titles.items())
        if key not in self._headers:
            read = (reader.read(block) for reader in self.readers)
            enough = [header for header in read if header.is_enough]
            self._headers[key] = max(enough, key=lambda header: self._score(header, block), default=None)
        return self._headers[key]

    def _score(self, header: SheetHeader, block: HeadBlock) -> int:
        return header.weight + (_NAMED if header.form.table.name in self._named_above(block.first) else 0)

    def _named_above(self, line: int) -> set[str]:
        """The forms that the sheet's name and the titles above a line name."""
        rows = self.sheet.rows[max(0, line - 1 - _TITLE_LINES) : line - 1]
        alone = [value for row in rows if len(lines.filled(row)) == 1 for value in row if isinstance(value, str)]
        titles = [value for value in alone if not lines.is_label(value)]
        named = (form_named(text, self.forms) for text in (self.sheet.name, *titles[-1:]))
        return {form.table.name for form in named if form}

    # ---- beside one another

    def _with_sides(self, block: HeadBlock, done: int) -> Section:
        whole = self._header(block)
        assert whole is not None  # noqa: S101  (the block was chosen for it)
        sides = self._sides(block)
        is_apart = len(sides) > 1 and sum(side.header.weight for side in sides) > whole.weight
        chosen = sides if is_apart else [Side(whole, 1, LAST_PLACE)]
        top = self._top(block.first, done, chosen)
        return Section(top=top, block=block, sides=tuple(map(self._asked, chosen)))

    def _asked(self, side: Side) -> Side:
        reader = next(reader for reader in self.readers if reader.form is side.header.form)
        return side._replace(header=head_hints.ask(reader, side.header, self.sheet.rows))

    def most_like(self) -> list[Section]:
        """The line that is most like heads, for a file in which none is known: what they may mean is asked."""
        best, most = [], _FEWEST
        for line, row in enumerate(self.sheet.rows[:_ASKED], start=1):
            block = self._heads.block(line, line)
            for reader in self.readers if lines.is_headlike(row) else ():
                header = head_hints.ask(reader, reader.read(block), self.sheet.rows)
                like = len(header.columns) + len({column.title for column in header.likely.values()})
                if header.names_record and like > most:
                    side = Side(header, 1, LAST_PLACE)
                    best, most = [Section(top=self._top(line, 0, [side]), block=block, sides=(side,))], like
        return best

    def _sides(self, block: HeadBlock) -> list[Side]:
        """The tables that stand beside one another; heads that are none of a table go with those left of them."""
        starts = _starts(block)
        if len(starts) > _MOST_SIDES:
            return []
        found: list[tuple[SheetHeader, int]] = []
        for start, end in zip(starts, [*starts[1:], LAST_PLACE], strict=True):
            header = self._header(block.between(start, end - 1))
            if header:
                found.append((header, start))
        ends = [start - 1 for _, start in found[1:]] + [LAST_PLACE]
        lefts = [1] + [start for _, start in found[1:]]
        read = (self._header(block.between(left, right)) for left, right in zip(lefts, ends, strict=True))
        return [Side(h, left, right) for h, left, right in zip(read, lefts, ends, strict=True) if h]

    def _top(self, first: int, done: int, sides: Sequence[Side]) -> int:
        """The first of the lines above heads that only bear titles, one for a side, or who fills in and when."""
        top = first
        for line in range(first - 1, max(done, 0), -1):
            cells = lines.filled(self.sheet.rows[line - 1])
            texts = [value for _, value in cells if isinstance(value, str)]
            is_one = all(sum(side.left <= place <= side.right for place, _ in cells) <= 1 for side in sides)
            is_title = len(cells) == len(texts) and is_one and not any(lines.sum_line(text) for text in texts)
            if not (is_title or (texts and lines.is_note(texts[0]))) or any(t.isdecimal() for t in texts):
                break
            top = line if texts else top
        return top


def form_named(text: str, forms: Forms) -> Form | None:
    """The form that a text is the name of, or else the one whose name is the longest part of it."""
    typed = caseless(text)
    names = [(caseless(name), form) for form in forms.forms.values() for name in form.names]
    exact = next((form for name, form in names if name == typed), None)
    if exact:
        return exact
    parts = [(len(name), form) for name, form in names if len(name) >= _SHORTEST_NAME and name in typed]
    return max(parts, key=lambda part: part[0], default=(0, None))[1]


def _starts(block: HeadBlock) -> list[int]:
    """The places at which a table may begin: after an empty column, and where a head stands again."""
    starts: list[int] = []
    seen: set[str] = set()
    before = -1
    for place in sorted(block.titles):
        text = caseless("".join(title.text for title in block.titles[place]))
        if place > before + 1 or text in seen:
            starts.append(place)
            seen = set()
        seen.add(text)
        before = place
    return starts
