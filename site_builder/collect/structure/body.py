"""What the lines below heads are: rows of the table, sums, notes, lines that explain the heads, another table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from site_builder.collect.structure import lines
from site_builder.collect.structure.lines import SumLine
from site_builder.collect.structure.parts import PartKind
from site_builder.collect.structure.sheet_header import SheetHeader
from site_builder.collect.values.cells import is_blank, plain
from site_builder.model.forms import RowKind
from site_builder.untrusted_files import Value

_REMARKS = ("备注", "说明", "附注", "注")
_EXPLAINING = 2  # lines under the heads that may explain them
_FEWEST_ENTRIES = 3  # beside a label, that make a line a record
_FEWEST_PLACES = 3  # of a table in which a cell alone in its line can be told from a row

Rows = Sequence[Sequence[Value]]


@dataclass(frozen=True, kw_only=True)
class Body:
    """The lines of a table below its heads. rows: of the sheet, from line 1, without what is not the table's."""

    rows: Rows
    header: SheetHeader
    last: int

    @cached_property
    def sums(self) -> dict[int, SumLine]:
        """The lines of sums."""
        found = {}
        for line, row in self._lines():
            said = self._sum_of(row)
            if said:
                found[line] = said
        return found

    @cached_property
    def kinds(self) -> dict[int, PartKind]:
        """What the filled lines are that are no rows of the table."""
        kinds = dict.fromkeys(self._explaining(), PartKind.REPEATED)
        kinds |= dict.fromkeys(self.sums, PartKind.SUM) | dict.fromkeys(self.townships, PartKind.TOWNSHIP)
        after_note = False
        for line, row in self._lines():
            if line not in kinds and self._is_note(row, after_note=after_note):
                kinds[line] = PartKind.NOTE
            after_note = kinds.get(line) is PartKind.NOTE or (after_note and _is_empty(row))
        kinds.update(self._signed_off(kinds))
        for line in range(self.foreign, self.last + 1) if self.foreign else ():
            if not _is_empty(self.rows[line - 1]):
                kinds[line] = PartKind.LEFT_OUT
        return kinds

    def _signed_off(self, kinds: Mapping[int, PartKind]) -> dict[int, PartKind]:
        """The lines at the foot in which an office signs for the table, and none says more than a name of a record."""
        found = {}
        for line, row in reversed(list(self._lines())):
            named = [place for place in self._keys if place <= len(row) and not is_blank(row[place - 1])]
            is_alone = len(lines.filled(row)) == 1 and not self.header.form.lists_villages
            if lines.is_signed_off(row) and (is_alone or not named):
                found[line] = PartKind.NOTE
            elif not (_is_empty(row) or kinds.get(line) is PartKind.NOTE):
                break
        return found

    @cached_property
    def townships(self) -> dict[int, str]:
        """The lines that name the township of the rows below them, with its name."""
        if self.header.form.rows is not RowKind.VILLAGES:
            return {}
        alone = ((line, row) for line, row in self._lines() if len(row) - row.count(None) == 1)
        return {line: name for line, row in alone if (name := lines.township(row))}

    @cached_property
    def foreign(self) -> int:
        """The line at which another table begins, whose heads nobody knows; 0 for none."""
        is_apart = False
        for line, row in self._lines():
            if is_apart and lines.has_head_words(row) and not _is_signed(row):
                above = self.rows[line - 2]
                return line - 1 if len(lines.filled(above)) == 1 else line
            is_apart = _is_empty(row) or len(row) - row.count(None) == 1
        return 0

    @cached_property
    def key_places(self) -> tuple[int, ...]:
        """The places in which a row says which record it is, and in which a sum says that it is one."""
        header = self.header
        named = {*header.form.table.key, header.form.columns[0].field.name}
        keys = {place for place, column in header.columns.items() if column.field.name in named}
        others = {*header.context.values(), *header.counted}
        first_data = min((place for place in header.columns if place not in keys), default=0)
        return tuple(sorted(keys | others | {place for place in header.ignored if place < first_data}))

    def _lines(self) -> Iterator[tuple[int, Sequence[Value]]]:
        start = self.header.line
        return enumerate(self.rows[start : self.last], start=start + 1)

    def _explaining(self) -> Iterator[int]:
        for line, row in self._lines():
            named = [row[place - 1] for place in self.key_places if place <= len(row)]
            if line > self.header.line + _EXPLAINING:
                return
            if lines.is_explaining(row) and _explains(named, row):
                yield line

    def _sum_of(self, row: Sequence[Value]) -> SumLine | None:
        for place in self.key_places:
            if place <= len(row) and row[place - 1].__class__ is str:
                said = lines.sum_line(row[place - 1])
                if said:
                    return said
        first = next((value for value in row if not is_blank(value)), None) if row and row[0] is None else None
        return lines.sum_line(first) or self._sum_of_township(row)

    def _sum_of_township(self, row: Sequence[Value]) -> SumLine | None:
        """The sum over the villages of a township, beside the villages: 2个村 for a village, or figures and no village.

        Each sum is compared with its rows, so what is none is never left out unsaid.
        """
        township, village = map(self.header.context.get, ("township_name", "village_name"))
        if not township or not village or self.header.form.rows is not RowKind.VILLAGES:
            return None
        name = row[village - 1] if village <= len(row) else None
        if not is_blank(name):
            return lines.sum_of_villages(name)
        said = [place for place, _ in lines.filled(row) if place in self.header.columns]
        are_figures = all(self.header.columns[place].field.type == "integer" for place in said)
        own = plain(row[township - 1]).strip() if township <= len(row) else ""
        return lines.PARTIAL_SUM if said and are_figures and own in self._townships_of_villages else None

    @cached_property
    def _townships_of_villages(self) -> frozenset[str]:
        """The townships that stand beside a village."""
        places = [self.header.context.get(kind, 0) - 1 for kind in ("township_name", "village_name")]
        rows = (row for _, row in self._lines() if max(places) < len(row) and not is_blank(row[places[1]]))
        return frozenset(plain(row[places[0]]).strip() for row in rows) - {""}

    def _is_note(self, row: Sequence[Value], *, after_note: bool) -> bool:
        first = _first_text(row)
        if not first:
            return False
        if self._names_remarks(row):
            return True
        if lines.is_rule(row):
            return True
        if _is_signed(row):
            return not self._holds_record(row)
        if len(row) - row.count(None) > 1 and len(lines.filled(row)) > 1:
            return False
        is_wide = len(self.header.places) >= _FEWEST_PLACES
        return is_wide and (lines.is_note_alone(first) or (after_note and lines.is_item(first)))

    def _names_remarks(self, row: Sequence[Value]) -> bool:
        """Whether a line stands for remarks where the others name a village: the last column of a turned list."""
        place = self.header.context.get("village_name", 0)
        named = row[place - 1] if 0 < place <= len(row) else None
        return isinstance(named, str) and "".join(named.split()).strip(":：") in _REMARKS

    def _holds_record(self, row: Sequence[Value]) -> bool:
        """Whether a line holds entries of the form, whatever label stands in it: that is never left out as a note."""
        own = [place for place in self._entered(row) if place in self.header.columns or place in self._keys]
        return len(own) >= _FEWEST_ENTRIES and not self._keys.isdisjoint(own)

    @cached_property
    def _keys(self) -> frozenset[int]:
        """The places in which a row says which record it is, but for days, which stand below many a table."""
        named = {*self.header.form.table.key, self.header.form.columns[0].field.name}
        columns = ((place, column.field) for place, column in self.header.columns.items())
        keys = {place for place, field in columns if field.name in named and field.type != "date"}
        return frozenset((*keys, *self.header.context.values()))

    @staticmethod
    def _entered(row: Sequence[Value]) -> Iterator[int]:
        """The places of what is no label, and not the answer to one at its left."""
        is_answer = False
        for place, value in lines.filled(row):
            is_open = lines.is_open_label(value)
            if not (is_open or is_answer or lines.is_label(value)):
                yield place
            is_answer = is_open


def _explains(named: Sequence[Value], row: Sequence[Value]) -> bool:
    """Whether no cell that would name the record says anything but what the line says."""
    return lines.is_numbering(row) or all(is_blank(value) or lines.is_explaining([value]) for value in named)


def _is_signed(row: Sequence[Value]) -> bool:
    """Whether a line is of labels that say who filled a table in, and when, or begins with a note's."""
    return lines.is_note(_first_text(row)) or lines.is_signature(row)


def _first_text(row: Sequence[Value]) -> str:
    first = row[0] if row and row[0] is not None else next((value for value in row if not is_blank(value)), None)
    return first if isinstance(first, str) else ""


def _is_empty(row: Sequence[Value]) -> bool:
    return row.count(None) == len(row) or all(map(is_blank, row))
