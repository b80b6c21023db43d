"""Lines of sums compared with the rows that they sum: what does not agree is named with both numbers."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from site_builder.collect.structure.lines import SumLine, sum_line
from site_builder.collect.structure.sheet_header import SheetHeader
from site_builder.collect.values.cells import is_blank, plain
from site_builder.model.forms import FormColumn
from site_builder.shared.text_forms import closed
from site_builder.untrusted_files import Value

_NUMBER = re.compile(r"(-?[0-9][0-9,，]*(?:\.[0-9]+)?)[^0-9]{0,3}")
_PARTIAL = "小计"
_WHOLE = frozenset("总计 总数 共计 累计 汇总".split())  # noqa: SIM905


class Difference(NamedTuple):
    """A sum that does not agree. said: in the cell; found: of the rows from one line to another."""

    line: int
    place: int
    said: str
    found: str
    first: int
    last: int


@dataclass(frozen=True, kw_only=True)
class Sums:
    """The sums of a table. rows: of the sheet, from line 1; taken: lines that are rows; said: lines of sums."""

    rows: Sequence[Sequence[Value]]
    header: SheetHeader
    taken: Sequence[int]
    said: Mapping[int, SumLine]

    def differences(self) -> Iterator[Difference]:
        """Every cell that does not agree with what it sums."""
        for line, said in self.said.items():
            spans = [span for span in self._spans(line, said) if span]
            if not spans:
                continue
            best = max(spans, key=lambda span: self._agreeing(line, span))
            yield from self._of_line(line, said, best)

    def across_rows(self) -> Iterator[Difference]:
        """Every cell of a column of sums that does not agree with those of its row that a form is spread over."""
        for place in self._sum_places if not self.header.unclear else ():
            spans = [span for span in self._places_summed(place) if span]
            apart = [[each for line in self.taken for each in self._in_row(line, place, span)] for span in spans]
            yield from min(apart, key=len, default=[])

    def _in_row(self, line: int, place: int, span: Sequence[int]) -> Iterator[Difference]:
        values = [self._value(line, each) for each in span]
        numbers = [0.0 if is_blank(value) else _number(value) for value in values]
        stated, found = self._stated(line, place), sum(number or 0.0 for number in numbers)
        if stated is not None and None not in numbers and round(stated - found, 6):
            yield Difference(line, place, _shown(stated), _shown(found), line, line)

    def _places_summed(self, place: int) -> list[list[int]]:
        """The places that a column may sum: all that the form is spread over, or those up to the next such column."""
        spread = [each for each, column in self.header.columns.items() if column.fixed]
        left = max((each for each in self._sum_places if each < place), default=0)
        right = min((each for each in self._sum_places if each > place), default=max(spread, default=0) + 1)
        before = [each for each in spread if left < each < place]
        after = [each for each in spread if place < each < right]
        head = self.header.ignored[place]
        return [before, after, spread] if "·" in head or _PARTIAL in head else [spread, before, after]

    @cached_property
    def _sum_places(self) -> list[int]:
        """The columns that are called a sum and of nothing else."""
        said = {place: sum_line(head.rpartition("·")[2]) for place, head in self.header.ignored.items()}
        return sorted(place for place, found in said.items() if found and not found.of)

    def _of_line(self, line: int, said: SumLine, span: Sequence[int]) -> Iterator[Difference]:
        first, last = self.taken[span[0]], self.taken[span[-1]]
        for place in self._columns:
            stated, found = self._stated(line, place), self._total(place, span)
            if stated is not None and found is not None and round(stated - found, 6):
                yield Difference(line, place, _shown(stated), _shown(found), first, last)
        if said.count is not None and said.count != len(span):
            place = self._sum_place(line)
            yield Difference(line, place, str(said.count), str(len(span)), first, last)

    def _agreeing(self, line: int, span: Sequence[int]) -> int:
        stated = {place: self._stated(line, place) for place in self._columns}
        found = {place: self._total(place, span) for place, number in stated.items() if number is not None}
        return sum(not round((stated[place] or 0) - total, 6) for place, total in found.items() if total is not None)

    def _spans(self, line: int, said: SumLine) -> list[Sequence[int]]:
        """The rows that a line may sum, the likeliest first, as indexes of `taken`."""
        here, count = bisect_left(self.taken, line), len(self.taken)
        before, after = self._neighbours(line, here)
        since, below = range(before, here), range(here, after)
        if said.kind == _PARTIAL or self._township(line, said) or "页" in said.of:
            return [self._of_township(self._township(line, said)), since, below]
        whole: list[Sequence[int]] = [range(count), range(here)]
        return whole if self._has_parts or said.kind in _WHOLE or said.of else [*whole, since]

    def _neighbours(self, line: int, here: int) -> tuple[int, int]:
        """The indexes of the rows at the sums before and after one."""
        place = bisect_left(self._sum_lines, line)
        before = self._sum_lines[place - 1] if place else 0
        after = self._sum_lines[place + 1] if place + 1 < len(self._sum_lines) else None
        return bisect_left(self.taken, before), bisect_left(self.taken, after) if after else len(self.taken)

    @cached_property
    def _has_parts(self) -> bool:
        return any(said.kind == _PARTIAL for said in self.said.values())

    @cached_property
    def _sum_lines(self) -> list[int]:
        return sorted(self.said)

    @cached_property
    def _columns(self) -> dict[int, FormColumn]:
        return {place: column for place, column in self.header.columns.items() if column.field.type == "integer"}

    # ---- townships

    @cached_property
    def _by_township(self) -> dict[str, list[int]]:
        """The indexes of the rows of each township, as far as the rows say it."""
        place = self.header.context.get("township_name")
        groups: dict[str, list[int]] = {}
        for index, line in enumerate(self.taken) if place else ():
            name = closed(plain(self._value(line, place or 1)))
            if name:
                groups.setdefault(name, []).append(index)
        return groups

    def _township(self, line: int, said: SumLine) -> str:
        """The township that a line sums, as its words or its own cell say."""
        place = self.header.context.get("township_name")
        names = (closed(said.of), closed(plain(self._value(line, place))) if place else "")
        return next((name for name in names if name in self._by_township), "")

    def _of_township(self, name: str) -> Sequence[int]:
        return self._by_township.get(name, ())

    # ---- numbers

    def _stated(self, line: int, place: int) -> float | None:
        value = self._value(line, place)
        return None if is_blank(value) else _number(value)

    @cached_property
    def _totals(self) -> dict[int, tuple[list[float], list[int]]]:
        """By column, up to each row: the sum, and how many cells are no numbers."""
        totals = {}
        for place in self._columns:
            values = [self._value(line, place) for line in self.taken]
            numbers = [0 if is_blank(value) else _number(value) for value in values]
            sums = list(accumulate((number or 0 for number in numbers), initial=0.0))
            totals[place] = sums, list(accumulate((number is None for number in numbers), initial=0))
        return totals

    def _total(self, place: int, span: Sequence[int]) -> float | None:
        """The sum of a column over rows; None where one of its cells is no number."""
        sums, unread = self._totals[place]
        if isinstance(span, range):
            return None if unread[span.stop] - unread[span.start] else sums[span.stop] - sums[span.start]
        key = place, span[0]  # a township's rows are asked for by each of its sums
        if key not in self._of_townships:
            is_read = not any(unread[index + 1] - unread[index] for index in span)
            self._of_townships[key] = sum(sums[index + 1] - sums[index] for index in span) if is_read else None
        return self._of_townships[key]

    @cached_property
    def _of_townships(self) -> dict[tuple[int, int], float | None]:
        """Sums of townships by column and first row, as they were found."""
        return {}

    def _value(self, line: int, place: int) -> Value:
        row = self.rows[line - 1]
        return row[place - 1] if place <= len(row) else None

    def _sum_place(self, line: int) -> int:
        return next((place for place, value in enumerate(self.rows[line - 1], start=1) if not is_blank(value)), 1)


def _number(value: Value) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    if isinstance(value, (int, float)):
        return float(value)
    found = _NUMBER.fullmatch(closed(value))
    return float(re.sub("[,，]", "", found[1])) if found else None


def _shown(number: float) -> str:
    return str(int(number)) if number.is_integer() else f"{number:g}"
