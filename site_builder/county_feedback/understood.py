"""How the sheets of a return were understood, in words: heads, rows that were taken, sums, notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from site_builder.collect.structure.parts import PartKind, Table
from site_builder.county_feedback.context import words
from site_builder.shared.problems import shown_name
from site_builder.untrusted_files import address

_MOST = 8  # ranges of a kind that are named


def descriptions(tables: Iterable[Table]) -> Iterator[str]:
    """One line for each table that is more than heads and rows: what was taken for what."""
    said = words()["understood"]
    for table in worth_showing(tables):
        named = [(said["kinds"][kind], _ranges(table, kind)) for kind in kinds(table)]
        parts = [said["part"].format(kind=kind, ranges=ranges) for kind, ranges in named]
        if table.filled_down:
            columns = said["and"].join(address(1, place).rstrip("1") for place in table.filled_down)
            parts.append(said["filled_down"].format(columns=columns))
        is_list = table.header.form.lists_villages
        way = said["one_by_one"] if is_list else said["turned"] if table.is_turned else ""
        title = table.header.form.table.title
        sheet, shown = shown_name(table.name), said["then"].join(parts)
        yield said["table"].format(sheet=sheet, title=title, way=way, parts=shown)


def worth_showing(tables: Iterable[Table]) -> list[Table]:
    """The tables of those sheets that hold more than heads and the rows of one table."""
    every = list(tables)
    count = Counter(table.name for table in every)
    odd = {table.name for table in every if count[table.name] > 1 or not table.is_plain}
    return [table for table in every if table.name in odd]


def kinds(table: Table) -> list[PartKind]:
    """The kinds of parts that a table has, in their order."""
    there = {area.kind for area in table.areas}
    return [kind for kind in PartKind if kind in there]


def _ranges(table: Table, kind: PartKind) -> str:
    ranges = [table.range(area) for area in table.areas if area.kind is kind]
    and_so_on = words()["understood"]["more"] if len(ranges) > _MOST else ""
    return str(words()["understood"]["and"].join(ranges[:_MOST]) + and_so_on)
