"""Which column is which: the heads of a table, of one line or several, as those of one form."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from itertools import combinations
from typing import NamedTuple

from site_builder.collect.structure import titles as head_titles
from site_builder.collect.structure.head_block import HeadBlock, Title
from site_builder.collect.structure.titles import Titles
from site_builder.collect.values.cells import is_blank, plain
from site_builder.model.forms import Form, FormColumn, Forms, RowKind
from site_builder.untrusted_files import Sheet, Value

_FEWEST = 2  # heads that must be known for a line to be a head row
_FEWEST_TITLED, _REMEMBERED = 4, 1 << 12  # heads of an office with a name, though some are missing; heads in memory
_BOTH = 2  # choices that fix a column of a spread form
_JOINTS = "·-—_/:,、的"  # between two choices in one head
_GENERAL = re.compile(r"(?:小计|合计|总计|总数|计|人数|数量|数|户数)?[(（]?(?:[人户名个件])?[)）]?")


class UnclearHead(NamedTuple):
    """A head that should name a choice, and the titles of those that it is most like."""

    head: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetHeader:
    """The heads of one table of a sheet: its form, their lines and its columns.

    first: the first line of the heads; line: the last, from 1; columns: by place (from 1) in the sheet; context:
    places of columns that only help the reader, by kind; ignored: places with a head that no form asks for; personal:
    those whose head asks for what must not be collected; repeated: places of heads that already stood further left;
    counted: rows' numbers; service: what a form service adds; submitted: of these, when; several: questions with
    several answers in one cell, with their columns; options: columns that are one answer of such a question; apart:
    what is laid out in several columns beside the sheet; confirmed: heads read as somebody has confirmed; likely:
    what the ignored ones may have meant; likeliest: of these, those that hardly mean anything else; parts: of these,
    those that are a part of it only; unclear: places where a column is expected that a form is spread over, under an
    unknown head, with the choice that it is like; halves: of the ignored ones, those under a choice of a form that is
    spread over two, whose other choice is unknown; figures: of these, those of numbers with a unit or a sum.
    """

    form: Form
    first: int
    line: int
    columns: dict[int, FormColumn] = field(default_factory=dict)
    context: dict[str, int] = field(default_factory=dict)
    ignored: dict[int, str] = field(default_factory=dict)
    personal: dict[int, str] = field(default_factory=dict)
    repeated: dict[int, FormColumn] = field(default_factory=dict)
    counted: dict[int, str] = field(default_factory=dict)
    service: dict[int, str] = field(default_factory=dict)
    submitted: list[int] = field(default_factory=list)
    several: dict[int, tuple[FormColumn, ...]] = field(default_factory=dict)
    options: set[int] = field(default_factory=set)
    apart: set[int] = field(default_factory=set)
    confirmed: dict[int, str] = field(default_factory=dict)
    likely: dict[int, FormColumn] = field(default_factory=dict)
    likeliest: set[int] = field(default_factory=set)
    parts: set[int] = field(default_factory=set)
    unclear: dict[int, UnclearHead] = field(default_factory=dict)
    halves: set[int] = field(default_factory=set)
    figures: set[int] = field(default_factory=set)

    @property
    def places(self) -> set[int]:
        """Where a head stands, whatever it means."""
        others = (self.ignored, self.unclear, self.personal, self.repeated, self.counted, self.service, self.several)
        return {*self.columns, *self.context.values(), *self.apart, *(place for each in others for place in each)}

    def below(self, sheet: Sheet, place: int) -> list[Value]:
        """The cells of a column below its head."""
        return [row[place - 1] if place <= len(row) else None for row in sheet.rows[self.line :]]

    def head_at(self, rows: Sequence[Sequence[Value]], place: int) -> str:
        """The head of a column, the innermost of several above one another; a line may end before it. rows: from 1."""
        lines = (rows[line - 1] for line in range(self.line, self.first - 1, -1))
        heads = (plain(row[place - 1]) for row in lines if place <= len(row) and not is_blank(row[place - 1]))
        return next(heads, "")

    @property
    def missing(self) -> list[FormColumn]:
        """Columns that must be filled in and are not there."""
        is_long = self.form.is_spread and any(len(column.fixed) < _BOTH for column in self._values())
        asked = self.form.record_columns if is_long else self.form.columns
        there = {(column.field.name, tuple(column.fixed.values())) for column in self.columns.values()}
        spread = [column for column in self.columns.values() if column.fixed]
        fixed = {name for column in spread for name in (*column.fixed, column.field.name)}
        names = {column.field.name for column in self.form.columns}
        known = self._known_otherwise
        return [
            column
            for column in asked
            if column.field.constraints.get("required")
            and not column.fixed
            and (is_long or column.field.name in names)
            and column.field.name != "data_status"
            and column.field.name not in fixed
            and (column.field.name, ()) not in there
            and column.field.name not in known
        ]

    @property
    def _known_otherwise(self) -> set[str]:
        """The fields that a list need not have: of a village that it names, of records that it does not number."""
        named = {self.form.village_field} if "village_name" in self.context else set[str]()
        is_numbered = self.form.rows in (RowKind.IDENTIFIERS, RowKind.WINDOWS)
        return named | {self.form.table.key[0], "campaign_year"} if is_numbered else named

    @property
    def weight(self) -> int:
        """How well the form fits: a head that it has says more than one that it does not ask for."""
        return 2 * (len(self.columns) + len(self.context)) - (len(self.ignored) - len(self.halves))

    @property
    def is_enough(self) -> bool:
        """Whether there are enough heads, and one that says which record a row is about."""
        known = len(self.columns) + len(self.halves)
        if self.form.lists_villages:  # of which the names of places are all that need be told
            known += len(self.context) + len(self.counted)
        return self.names_record and known >= _FEWEST

    @property
    def names_record(self) -> bool:
        """Whether a head says which record a row is about; what is numbered is told by all that is asked of it."""
        fields, rows = {column.field.name for column in self.columns.values()}, self.form.rows
        is_many = len(self.columns) >= _FEWEST_TITLED
        few = rows is RowKind.IDENTIFIERS and is_many  # one that is not there is asked for
        is_whole = rows in (RowKind.IDENTIFIERS, RowKind.WINDOWS) and len(self.missing) <= few
        says_county = "county_name" in self.context or not fields.isdisjoint(("name", "legal_aid_centre"))
        is_office = says_county and (rows is RowKind.COUNTIES or (rows is RowKind.WINDOWS and is_many))
        is_named = self.form.columns[0].field.name in fields or is_office  # a county has one a year
        return is_named or is_whole or not self.context.keys().isdisjoint(("village_name", "region"))

    def _values(self) -> Iterator[FormColumn]:
        key = self.form.columns[0].field.name
        return (column for column in self.columns.values() if column.field.name != key)


@dataclass(frozen=True, kw_only=True)
class HeaderReader:
    """Reads heads as those of one form."""

    titles: Titles

    @property
    def form(self) -> Form:
        """The form."""
        return self.titles.form

    @cached_property
    def choices(self) -> dict[str, tuple[str, str]]:
        """The fields that a spread form is spread over, each with a code of it, by the words for that code."""
        over = next((column.fixed for column in self.form.columns if column.fixed), {})
        named: dict[str, tuple[str, str]] = {}
        for name in over:
            field = self.form.table.field(name)
            words = {title: code for code, title in field.choices.items()}
            for word, code in {**self.titles.forms.choice_aliases.get(field.code_list, {}), **words}.items():
                named[self._closed(word)] = name, code
        return named

    @cached_property
    def spread(self) -> dict[frozenset[tuple[str, str]], FormColumn]:
        """The columns of a spread form by what they are fixed to."""
        return {frozenset(column.fixed.items()): column for column in self.form.columns if column.fixed}

    def knows(self, text: str) -> bool:
        """Whether a text alone could be a head of this form, or half of one."""
        known = self.titles
        if self._closed(text) in self.choices or self._pair_in(self._closed(text)):
            return True
        counted = self.counted
        is_material = counted is not None and bool(known.materials(text, counted).numbers)
        return is_material or bool(
            self._is_known(text) or known.wording.counts_rows(text) or known.confirmed_meaning(text)
        )

    def read(self, block: HeadBlock) -> SheetHeader:
        """The heads of a block; what a place is not known as is noted with its head."""
        header = SheetHeader(form=self.form, first=block.first, line=block.last)
        # A service's 编号 is a window's number only where no head says 窗口编号.
        for place, above in sorted(block.titles.items(), key=lambda each: self._counts_rows(each[1])):
            pair = self._pair(above) or self._counted_under(above)
            head = "" if pair else self._known_head(above)
            if pair and pair in header.columns.values():
                header.repeated[place] = pair
            elif pair:
                header.columns[place] = pair
            elif not (head and _take_known(self.titles, header, place, head)):
                _take_other(self.titles, header, place, _joined(above))
        for place, column in self._spread_over_the_rest(header.columns, block.titles, header.ignored).items():
            (header.repeated if column in header.columns.values() else header.columns)[place] = column
            del header.ignored[place]
        self._take_materials(header, block.titles)
        header.halves.update(place for place in header.ignored if self._is_half(block.titles[place]))
        columns = dict(sorted(header.columns.items()))
        header.columns.clear()
        header.columns.update(columns)
        return header

    def _counts_rows(self, titles: Sequence[Title]) -> bool:
        return len(titles) == 1 and self.titles.wording.counts_rows(titles[0].text)

    def _take_materials(self, header: SheetHeader, titles: Mapping[int, tuple[Title, ...]]) -> None:
        """In a list of deliveries without a column for the material: the columns that are each for one of them."""
        names, counted = {column.field.name for column in header.columns.values()}, self.counted
        if counted is None or "material_id" in names:
            return
        for place, head in [(each, titles[each][-1].text) for each in header.ignored]:
            meant = self.titles.materials(head, counted)
            if meant.is_sure:
                header.columns[place] = replace(counted, title=head.strip(), fixed={"material_id": meant.numbers[0]})
            elif meant.numbers:
                header.unclear[place] = UnclearHead(head, meant.titles)
            if meant.numbers:
                del header.ignored[place]

    def _counted_under(self, titles: Sequence[Title]) -> FormColumn | None:
        """The column of a material that stands over 实发数量; over 应发 it is none."""
        counted, inner = self.counted, self._column(titles[-1].text)
        if counted is None or inner is None or inner.field is not counted.field or len(titles) < _FEWEST:
            return None
        outer = titles[-2].text
        meant = self.titles.materials(outer, counted)
        return replace(counted, title=outer.strip(), fixed={"material_id": meant.numbers[0]}) if meant.is_sure else None

    def material(self, head: str, above: str) -> FormColumn | None:
        """The column of the one material whose title ends with a head, and has more before it that stands above."""
        counted, closed = self.counted, self._closed
        named = self.titles.materials(head, counted).numbers if counted else ()
        titles = {number: closed(self.titles.forms.materials[number]) for number in named}
        bare = min((each.text for each in self.titles.wording.bare(head)), key=len, default="")
        ends = {number: [t[at:] for at in range(len(t) - len(bare) - 1)] for number, t in titles.items()}
        meant = [number for number, longer in ends.items() if any(end in above for end in longer)]
        if counted is None or len(named) < _BOTH or len(meant) != 1:
            return None
        return replace(counted, title=head.strip(), fixed={"material_id": meant[0]})

    @cached_property
    def counted(self) -> FormColumn | None:
        """The column in which materials are counted, in the form that may have one for each of them."""
        return next((column for column in self.form.columns if column.field.name == "quantity"), None)

    def _closed(self, text: str) -> str:
        return self.titles.wording.closed(text)

    @cached_property
    def _column(self) -> Callable[[str], FormColumn | None]:
        """The column that a head names. Remembered: each reading of a sheet's heads asks anew."""
        return lru_cache(maxsize=_REMEMBERED)(self.titles.column)

    @cached_property
    def _is_known(self) -> Callable[[str], bool]:
        known = self.titles
        return lru_cache(maxsize=_REMEMBERED)(
            lambda text: bool(self._column(text) or known.several(text) or known.context(text))
        )

    def _pair(self, titles: Sequence[Title]) -> FormColumn | None:
        """The column of a spread form that two titles above one another name together."""
        texts = [self._closed(title.text) for title in titles]
        for one, other in combinations(texts, 2):
            pair = frozenset(filter(None, (self.choices.get(one), self.choices.get(other))))
            if pair in self.spread:
                return self.spread[pair]
        return next(filter(None, map(self._pair_in, texts)), None)

    def _pair_in(self, text: str) -> FormColumn | None:
        """The column of a spread form that one text names by both of its choices: 农民工劳动报酬."""
        for word, choice in self.choices.items():
            other = self.choices.get(text.removeprefix(word).lstrip(_JOINTS)) if text.startswith(word) else None
            if other and frozenset((choice, other)) in self.spread:
                return self.spread[frozenset((choice, other))]
        return None

    def _is_half(self, titles: Sequence[Title]) -> bool:
        """Whether titles above one another are a choice that a form is spread over, and one that nobody knows."""
        are_choices = [self._closed(title.text) in self.choices for title in titles]
        is_counted = _GENERAL.fullmatch("".join(titles[-1].text.split())) is not None
        return any(are_choices) and not all(are_choices) and not is_counted

    def _known_head(self, titles: Sequence[Title]) -> str:
        """What titles above one another are known as; "" for nothing."""
        for text in _candidates(titles):
            column = self._column(text)
            is_value = column is not None and len(titles) > 1 and self._is_spread_value(column)
            is_alone = text == titles[-1].text.strip()
            outer = [title.text for title in titles[:-1]]
            is_theirs = column is not None and is_alone and self.titles.is_of_others(outer, column)
            if self._is_known(text) and not is_value and not is_theirs:
                return text
        return ""

    def _is_spread_value(self, column: FormColumn) -> bool:
        """Whether a column holds what a spread form counts: under an unknown title it counts who knows what."""
        return not column.fixed and any(other.fixed and other.field is column.field for other in self.form.columns)

    def _spread_over_the_rest(
        self, columns: Mapping[int, FormColumn], titles: Mapping[int, tuple[Title, ...]], unknown: Iterable[int]
    ) -> dict[int, FormColumn]:
        """Where one of the fields is a column of its own, as one row for each group: the columns of the other one.

        Matters alone are read as well, for the group to be asked for once; groups alone are another form's.
        """
        there = {column.field.name for column in columns.values() if not column.fixed}
        value = next((column for column in self.form.columns if column.fixed), None)
        found: dict[int, FormColumn] = {}
        is_alone = value is not None and not there & value.fixed.keys()
        if value is None or (is_alone and any(column.fixed for column in columns.values())):
            return found
        others = {*there, *(tuple(value.fixed)[:-1] if is_alone else ())}
        for place in unknown if not is_alone else [place for place in unknown if len(titles[place]) == 1]:
            text = titles[place][-1].text
            name, code = self.choices.get(self._closed(text), ("", ""))
            if name and name not in others:
                found[place] = replace(value, title=value.field.title + "·" + text.strip(), fixed={name: code})
        return found


@lru_cache(maxsize=4)
def readers(forms: Forms, confirmed: tuple[tuple[str, str], ...]) -> list[HeaderReader]:
    """One for each form. confirmed: heads that mean the title of a column, because somebody has said so.

    The same for all sheets of a return: what a head means is looked up once.
    """
    return [HeaderReader(titles=each) for each in head_titles.of_forms(forms, dict(confirmed))]


def dated(sheet: Sheet, header: SheetHeader) -> Iterator[tuple[int, int, Value]]:
    """Line, place and value of every cell below the heads that tells a day."""
    places = [place for place, column in header.columns.items() if column.field.type == "date"]
    for line, row in enumerate(sheet.rows[header.line :], start=header.line + 1):
        for place in places:
            if place <= len(row) and not is_blank(row[place - 1]):
                yield line, place, row[place - 1]


def _take_known(known: Titles, header: SheetHeader, place: int, head: str) -> bool:
    """Whether a head names what the form has, or what helps the reader; it is noted where it does."""
    column, several = known.column(head), known.several(head)
    kind = "" if column else known.context(head)
    if column and column in header.columns.values() and known.wording.counts_rows(head):
        header.counted[place] = head
    elif column and column in header.columns.values():
        header.repeated[place] = column
    elif column:
        header.columns[place] = column
        header.options.update([place] if known.is_one_of_several(head) else [])
    elif several:
        header.several[place] = several
    elif kind:
        header.context.setdefault(kind, place)
    return bool(column or several or kind)


def _take_other(known: Titles, header: SheetHeader, place: int, head: str) -> None:
    """A head that no form has: a service's, one that must not be asked for, one confirmed, or unknown."""
    meaning = known.confirmed_meaning(head)
    if known.wording.counts_rows(head):
        header.counted[place] = head
    elif known.wording.is_of_service(head) or known.is_above_counties(head):
        header.service[place] = head
        header.submitted.extend([place] if known.wording.tells_time(head) else [])
    elif known.is_personal(head):
        header.personal[place] = head
    elif isinstance(meaning, FormColumn) and meaning not in header.columns.values():
        header.columns[place] = meaning
        header.confirmed[place] = head
    elif isinstance(meaning, str) and meaning not in header.context:
        header.context[meaning] = place
        header.confirmed[place] = head
    else:
        header.ignored[place] = head


def _candidates(titles: Sequence[Title]) -> Iterator[str]:
    """What titles above one another may be called, the likeliest first.

    An outer title alone counts where nothing else stands under it, or only its sum: over 男 and 女 it is neither.
    """
    texts = [title.text.strip() for title in titles]
    if len(texts) > 1:
        yield "".join(texts)
        yield "".join(texts[-2:])
    yield texts[-1]
    for place in range(len(texts) - 2, -1, -1):
        if titles[place].is_shared and not _GENERAL.fullmatch("".join(texts[place + 1].split())):
            return
        yield texts[place]


def _joined(titles: Sequence[Title]) -> str:
    return "·".join(title.text.strip() for title in titles)
