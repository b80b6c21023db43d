"""Which column is which: the heads of a table, of one line or several, by the titles, aliases and names of a form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import combinations

from site_builder.collect.structure.head_block import HeadBlock, Title
from site_builder.collect.values.cells import is_blank
from site_builder.model.forms import Form, FormColumn, Forms
from site_builder.shared.text_forms import half_width
from site_builder.untrusted_files import Sheet, Value

_FEWEST = 2  # heads that must be known for a line to be a head row
_DECORATION = re.compile(r"[\s\u3000*＊:：]+|^[0-9]+\.[0-9]+")
_REMARK = re.compile(r"[(（][^()（）]*[)）]$")
_PERSONAL = re.compile("身份证|证件号|银行|卡号|账号|帐号|住址|出生|户口")
_SERIAL = frozenset("序 序号 编号 顺序号 行号 no no. №".split())  # noqa: SIM905
_GENERAL = re.compile(r"(?:小计|合计|总计|总数|计|人数|数量|数|户数)?[(（]?(?:[人户名个件])?[)）]?")


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetHeader:
    """The heads of one table of a sheet: its form, their lines and its columns.

    first: the first line of the heads; line: the last, from 1; columns: by place (from 1) in the sheet; context: places
    of columns that only help the reader, by kind; ignored: places with a head that no form asks for; personal: those
    whose head asks for what must not be collected; repeated: places of heads that already stood further left; serial:
    places of serial numbers.
    """

    form: Form
    first: int
    line: int
    columns: Mapping[int, FormColumn]
    context: Mapping[str, int]
    ignored: Mapping[int, str]
    personal: Mapping[int, str]
    repeated: Mapping[int, FormColumn]
    serial: frozenset[int]

    @property
    def missing(self) -> list[FormColumn]:
        """Columns that must be filled in and are not there."""
        is_long = self.form.is_spread and any(not column.fixed for column in self._values())
        asked = self.form.record_columns if is_long else self.form.columns
        there = {(column.field.name, tuple(column.fixed.values())) for column in self.columns.values()}
        spread = [column for column in self.columns.values() if column.fixed]
        fixed = {name for column in spread for name in (*column.fixed, column.field.name)}
        names = {column.field.name for column in self.form.columns}
        return [
            column
            for column in asked
            if column.field.constraints.get("required")
            and not column.fixed
            and (is_long or column.field.name in names)
            and column.field.name != "data_status"
            and column.field.name not in fixed
            and (column.field.name, ()) not in there
            and not (column.field.name == "village_code" and "village_name" in self.context)
        ]

    @property
    def weight(self) -> int:
        """How much of the heads is understood."""
        return len(self.columns) + len(self.context) - len(self.ignored)

    @property
    def is_enough(self) -> bool:
        """Whether there are enough heads, and one that says which record a row is about."""
        first = self.form.columns[0].field.name
        names_record = "village_name" in self.context or any(
            column.field.name == first for column in self.columns.values()
        )
        return names_record and len(self.columns) >= _FEWEST

    @property
    def known_places(self) -> set[int]:
        """The places that have a head."""
        return {
            *self.columns,
            *self.context.values(),
            *self.ignored,
            *self.personal,
            *self.repeated,
            *self.serial,
        }

    def _values(self) -> Iterator[FormColumn]:
        key = self.form.columns[0].field.name
        return (column for column in self.columns.values() if column.field.name != key)


@dataclass(frozen=True, kw_only=True)
class HeaderReader:
    """Reads heads as those of one form."""

    form: Form
    forms: Forms

    @cached_property
    def known(self) -> dict[str, FormColumn]:
        """Columns by every name they are known by; a title goes before another column's alias."""
        columns = _all_columns(self.form)
        known: dict[str, FormColumn] = {}
        for column in columns:
            known.setdefault(closed(column.title), column)
        for column in columns:
            for name in column.names:
                known.setdefault(closed(name), column)
        return known

    @cached_property
    def context(self) -> dict[str, str]:
        """The kinds of columns that only help the reader, by their names."""
        return {closed(name): kind for kind, names in self.forms.context.items() for name in names}

    @cached_property
    def choices(self) -> dict[str, tuple[str, str]]:
        """The fields that a spread form is spread over, each with a code of it, by the words for that code."""
        over = next((column.fixed for column in self.form.columns if column.fixed), {})
        named: dict[str, tuple[str, str]] = {}
        for name in over:
            field = self.form.table.field(name)
            words = {title: code for code, title in field.choices.items()}
            for word, code in {**self.forms.choice_aliases.get(field.code_list, {}), **words}.items():
                named[closed(word)] = name, code
        return named

    @cached_property
    def spread(self) -> dict[frozenset[tuple[str, str]], FormColumn]:
        """The columns of a spread form by what they are fixed to."""
        return {frozenset(column.fixed.items()): column for column in self.form.columns if column.fixed}

    def knows(self, text: str) -> bool:
        """Whether a text alone could be a head of this form, or half of one."""
        names = _spellings(text)
        return any(name in self.known or name in self.context or name in self.choices for name in names)

    def read(self, block: HeadBlock) -> SheetHeader:
        """The heads of a block; what a place is not known as is noted with its head."""
        columns: dict[int, FormColumn] = {}
        context: dict[str, int] = {}
        unknown: dict[int, tuple[Title, ...]] = {}
        repeated: dict[int, FormColumn] = {}
        for place, titles in block.titles.items():
            found = self._meant(titles)
            if isinstance(found, FormColumn) and found in columns.values():
                repeated[place] = found
            elif isinstance(found, FormColumn):
                columns[place] = found
            elif found and found not in context:
                context[found] = place
            else:
                unknown[place] = titles
        for place, column in self._spread_over_the_rest(columns, unknown).items():
            columns[place] = column
            del unknown[place]
        serial = frozenset(place for place, titles in unknown.items() if closed(titles[-1].text) in _SERIAL)
        heads = {place: _joined(titles) for place, titles in unknown.items() if place not in serial}
        personal = {place: head for place, head in heads.items() if _PERSONAL.search(head)}
        return SheetHeader(
            form=self.form,
            first=block.first,
            line=block.last,
            columns=dict(sorted(columns.items())),
            context=context,
            ignored={place: head for place, head in heads.items() if place not in personal},
            personal=personal,
            repeated=repeated,
            serial=serial,
        )

    def _meant(self, titles: Sequence[Title]) -> FormColumn | str | None:
        """The column that titles above one another name, or the kind of context; None for neither."""
        for one, other in combinations((title.text for title in titles), 2):
            pair = frozenset(filter(None, (self.choices.get(closed(one)), self.choices.get(closed(other)))))
            if pair in self.spread:
                return self.spread[pair]
        for text in _candidates(titles):
            for name in _spellings(text):
                if name in self.known and not (len(titles) > 1 and self._is_spread_value(self.known[name])):
                    return self.known[name]
                if name in self.context:
                    return self.context[name]
        return None

    def _is_spread_value(self, column: FormColumn) -> bool:
        """Whether a column holds what a spread form counts: under an unknown title it counts who knows what."""
        return not column.fixed and any(other.fixed and other.field is column.field for other in self.form.columns)

    def _spread_over_the_rest(
        self, columns: Mapping[int, FormColumn], unknown: Mapping[int, tuple[Title, ...]]
    ) -> dict[int, FormColumn]:
        """Where one of the fields is a column of its own, as one row for each group: the columns of the other one."""
        there = {column.field.name for column in columns.values() if not column.fixed}
        value = next((column for column in self.form.columns if column.fixed), None)
        found: dict[int, FormColumn] = {}
        if value is None or not there & {name for name, _ in self.choices.values()}:
            return found
        for place, titles in unknown.items():
            name, code = self.choices.get(closed(titles[-1].text), ("", ""))
            if name and name not in there:
                title = value.field.title + "·" + titles[-1].text.strip()
                found[place] = replace(value, title=title, fixed={name: code})
        return found


def dated(sheet: Sheet, header: SheetHeader) -> Iterator[tuple[int, int, Value]]:
    """Line, place and value of every cell below the heads that tells a day."""
    places = [place for place, column in header.columns.items() if column.field.type == "date"]
    for line, row in enumerate(sheet.rows[header.line :], start=header.line + 1):
        for place in places:
            if place <= len(row) and not is_blank(row[place - 1]):
                yield line, place, row[place - 1]


@cache
def closed(text: str) -> str:
    """A head as it is looked up: spaces, width, case, marks for required ones and numbers make no difference."""
    return _DECORATION.sub("", half_width(text)).strip().lower()


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
        if titles[place].is_shared and not _GENERAL.fullmatch(closed(texts[place + 1])):
            return
        yield texts[place]


def _spellings(text: str) -> tuple[str, str]:
    return closed(text), closed(_REMARK.sub("", text.strip()))


def _joined(titles: Sequence[Title]) -> str:
    return "·".join(title.text.strip() for title in titles)


def _all_columns(form: Form) -> list[FormColumn]:
    own = list(form.columns)
    present = {(column.field.name, tuple(column.fixed.values())) for column in own}
    return own + [column for column in form.record_columns if (column.field.name, ()) not in present]


def is_serial(text: str) -> bool:
    """Whether a head stands over serial numbers, which nobody asks for."""
    return closed(text) in _SERIAL
